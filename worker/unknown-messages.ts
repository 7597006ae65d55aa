import { createHash } from 'node:crypto';
import type { Listed, SmsProvider } from '../activities/providers/sms';
import { stateOfReceipt } from '../domain/messages/receipt';
import type { Database } from '../prisma/database';

/** All in seconds of wall time after the hand-over. */
export interface Patience {
  /** When the carrier's list is read. Complete at the last of them and without the text: the text is not there. */
  looks: number[];
  /** When a person is told, if the list could not be read all the while. */
  stuckAfterSeconds: number;
  /** When nobody is at work any more on an attempt that was begun. */
  abandonedAfterSeconds: number;
}

export const patience: Patience = { looks: [15, 60, 180, 600], stuckAfterSeconds: 1800, abandonedAfterSeconds: 120 };

/** An attempt whose fate nobody knows. */
interface Unknown {
  id: string;
  attempt: number;
  recipient: string;
  sender: string;
  bodyHash: string;
  submittedAt: Date;
  elapsedSeconds: number;
  /** Of other messages to this number, how many may be the one that a list shows. */
  others: number;
}

type Sms = Pick<SmsProvider, 'list'>;

/** Clocks differ: the carrier may say that it took a text before we say that we gave it. */
const clocksApartMs = 60_000;

/** Lists are read side by side, so that a carrier that hangs costs one time-out and not many. */
const atOnce = 20;

/**
 * Looks for the texts of which the carrier's answer was lost, and moves them to where they are. A list that
 * fails, or ends early, is not silence. Answers how many it looked for.
 */
export async function resolveUnknown(database: Database, sms: Sms, settings: Patience): Promise<number> {
  await takeOverAbandoned(database, settings);
  await giveUpMails(database, settings);
  for (let looked = 0; ;) {
    const unknown = await claimDue(database, settings);
    const recipients = [...new Set(unknown.map(({ recipient }) => recipient))];
    const couldRead = await Promise.all(
      recipients.map((recipient) =>
        lookFor(
          unknown.filter((one) => one.recipient === recipient),
          { database, sms, settings },
        ),
      ),
    );
    looked += unknown.length;
    if (unknown.length < atOnce || couldRead.includes(false)) return looked;
  }
}

async function takeOverAbandoned(database: Database, { abandonedAfterSeconds }: Patience): Promise<void> {
  await moveAll(database, 'unknown', `a.state = 'submitting'`, abandonedAfterSeconds);
}

/** Mail servers have no list to look into: what class and attempts so far allow is decided at the first look (`advance`). */
async function giveUpMails(database: Database, { looks }: Patience): Promise<void> {
  await moveAll(database, 'lost', `a.state = 'unknown' AND m.channel = 'email'`, looks[0] ?? 0);
}

async function moveAll({ pool }: Database, state: string, which: string, olderThanSeconds: number): Promise<void> {
  const { rows } = await pool.query<{ id: string; n: number }>(
    `SELECT a.message_id AS id, a.n FROM attempts a JOIN messages m ON m.id = a.message_id
     WHERE ${which} AND a.submitted_at <= now() - $1 * interval '1 second'`,
    [olderThanSeconds],
  );
  for (const { id, n } of rows) await pool.query('SELECT advance($1, $2, $3)', [id, n, state]);
}

/** Answers whether the carrier's list for their number could be read. */
async function lookFor(
  toOneNumber: Unknown[],
  { database, sms, settings }: { database: Database; sms: Sms; settings: Patience },
): Promise<boolean> {
  const list = await unownedTexts(database, sms, toOneNumber);
  for (const one of toOneNumber) await decide(database, one, list, settings);
  return list !== undefined;
}

/** Due for a look, and for half a minute nobody else's. */
async function claimDue({ pool }: Database, { looks }: Patience): Promise<Unknown[]> {
  const { rows } = await pool.query<Unknown>(
    `WITH due AS (
       SELECT a.message_id, a.n FROM attempts a JOIN messages m ON m.id = a.message_id
       WHERE a.state = 'unknown' AND m.channel = 'sms' AND a.next_look_at <= now()
         AND a.submitted_at <= now() - $1 * interval '1 second'
       ORDER BY a.next_look_at LIMIT ${atOnce} FOR UPDATE OF a SKIP LOCKED
     ), claimed AS (
       UPDATE attempts a SET next_look_at = now() + interval '30 seconds' FROM due d
       WHERE (a.message_id, a.n) = (d.message_id, d.n) RETURNING a.*
     )
     SELECT m.id, c.n AS attempt, m.recipient, m.sender, m.body_hash AS "bodyHash", c.submitted_at AS "submittedAt",
       extract(epoch FROM now() - c.submitted_at)::float AS "elapsedSeconds",
       (SELECT count(*)::int FROM messages o JOIN attempts a ON a.message_id = o.id
        WHERE o.recipient = m.recipient AND a.state IN ('submitting', 'unknown') AND (a.message_id, a.n) <> (c.message_id, c.n)) AS others
     FROM claimed c JOIN messages m ON m.id = c.message_id`,
    [looks[0] ?? 0],
  );
  return rows;
}

/** What the carrier has for this number and none of our attempts owns; undefined if its list could not be read to its end. */
async function unownedTexts({ pool }: Database, sms: Sms, unknown: Unknown[]): Promise<Listed[] | undefined> {
  const first = Math.min(...unknown.map(({ submittedAt }) => submittedAt.getTime()));
  const listed = await sms.list(unknown[0]?.recipient ?? '', new Date(first - clocksApartMs)).catch(() => undefined);
  if (!listed) return undefined;
  const { rows } = await pool.query<{ sid: string }>('SELECT sid FROM attempts WHERE sid = ANY($1)', [
    listed.map(({ sid }) => sid),
  ]);
  const owned = new Set(rows.map(({ sid }) => sid));
  return listed.filter(({ sid }) => !owned.has(sid));
}

async function decide({ pool }: Database, one: Unknown, list: Listed[] | undefined, settings: Patience): Promise<void> {
  const { looks, stuckAfterSeconds } = settings;
  const found = list && matching(one, list);
  const looksDone = looks.filter((look) => look <= one.elapsedSeconds).length;
  const become = (state: string, sid: string | null = null) =>
    pool.query('SELECT advance($1, $2, $3, $4)', [one.id, one.attempt, state, sid]);

  if (found) {
    list.splice(list.indexOf(found), 1);
    await become(stateOfReceipt(found.status) ?? 'accepted', found.sid);
  } else if (list && looksDone === looks.length) await become('lost');
  else if (!list && one.elapsedSeconds >= stuckAfterSeconds) await become('stuck');
  else {
    const next = list ? (looks[looksDone] ?? 0) - one.elapsedSeconds : (looks[0] ?? 0);
    await pool.query(
      `UPDATE attempts SET looks = looks + 1, next_look_at = now() + $3 * interval '1 second'
       WHERE message_id = $1 AND n = $2 AND state = 'unknown'`,
      [one.id, one.attempt, next],
    );
  }
}

/** The same words decide. Other words are ours only if nothing else to this number is under way: carriers may add a line. */
function matching({ sender, bodyHash, submittedAt, others }: Unknown, list: Listed[]): Listed | undefined {
  const earliest = submittedAt.getTime() - clocksApartMs;
  const possible = list.filter(({ from, createdAt }) => from === sender && Date.parse(createdAt) >= earliest);
  const same = possible.find(({ body }) => createHash('sha256').update(body).digest('hex') === bodyHash);
  return same ?? (others === 0 && possible.length === 1 ? possible[0] : undefined);
}
