import type { SmsProvider } from '../activities/providers/sms';
import { stateOfReceipt } from '../domain/messages/receipt';
import type { Database } from '../prisma/database';

/** When a text that the carrier took is asked after, in minutes of wall time after its hand-over; after 4 h `sent` was final. */
const looks = [15, 60, 210] as const;
const finalAfterHours = 4;

/** Texts are asked after side by side, so that a carrier that hangs costs one time-out and not many. */
const atOnce = 20;

interface Waiting {
  id: string;
  attempt: number;
  sid: string;
  nextLookAt: string;
}

/**
 * Asks the carrier what became of texts that it took and of which no receipt told the end: a callback that was lost for good would
 * leave a customer untold, and nobody would know. Three looks at most; a look that fails is one of them. Answers how many there were.
 */
export async function askForReceipts(database: Database, sms: Pick<SmsProvider, 'fetch'>): Promise<number> {
  for (let asked = 0; ;) {
    const waiting = await claimDue(database);
    const found = await Promise.all(waiting.map((one) => askFor(database, sms, one)));
    asked += waiting.length;
    if (waiting.length < atOnce || found.includes(false)) return asked;
  }
}

/** Due for a look; the next one is counted from the hand-over, and after the last one there is none. */
async function claimDue({ pool }: Database): Promise<Waiting[]> {
  const [first, second, third] = looks;
  const { rows } = await pool.query<Waiting>(
    `WITH due AS (
       SELECT a.message_id, a.n FROM attempts a JOIN messages m ON m.id = a.message_id
       WHERE a.state IN ('accepted', 'sent') AND a.sid IS NOT NULL AND m.channel = 'sms'
         AND a.submitted_at > now() - $1 * interval '1 hour'
         AND coalesce(a.next_look_at, a.submitted_at + $2 * interval '1 minute') <= now()
       ORDER BY a.submitted_at LIMIT ${atOnce} FOR UPDATE OF a SKIP LOCKED
     )
     UPDATE attempts a SET looks = looks + 1, next_look_at = CASE
       WHEN now() < a.submitted_at + $3 * interval '1 minute' THEN a.submitted_at + $3 * interval '1 minute'
       WHEN now() < a.submitted_at + $4 * interval '1 minute' THEN a.submitted_at + $4 * interval '1 minute'
       ELSE 'infinity' END
     FROM due d WHERE (a.message_id, a.n) = (d.message_id, d.n)
     RETURNING a.message_id AS id, a.n AS attempt, a.sid, a.next_look_at::text AS "nextLookAt"`,
    [finalAfterHours, first, second, third],
  );
  return rows;
}

/** Answers whether the carrier could be asked. A text that came further, but not to its end, keeps its next look. */
async function askFor({ pool }: Database, sms: Pick<SmsProvider, 'fetch'>, one: Waiting): Promise<boolean> {
  const { id, attempt, sid, nextLookAt } = one;
  const found = await sms.fetch(sid).catch(() => undefined);
  const state = found && stateOfReceipt(found.status);
  if (!state) return found !== undefined;
  await pool.query('SELECT advance($1, $2, $3, $4, $5)', [id, attempt, state, sid, found.errorCode ?? null]);
  await pool.query(
    `UPDATE attempts SET next_look_at = $3
     WHERE message_id = $1 AND n = $2 AND state IN ('accepted', 'sent') AND next_look_at IS NULL`,
    [id, attempt, nextLookAt],
  );
  return true;
}
