import { createHash } from 'node:crypto';
import type { Database } from '../../prisma/database';
import { problem, type Problem } from '../problem';
import type { Reference } from './route';

type Pool = Database['pool'];
/** The pool, or the connection of a transaction. */
type Queryable = Pick<Pool, 'query'>;

/** Whoever died over a request held it this long at most. */
const takeOverAfterSeconds = 60;

/** A process that lives has answered by then: a case has 5 s. */
const answeredAfterSeconds = 6;

/** One request, as its Idempotency-Key names it. */
export interface Asked {
  apiKeyId: string;
  key: string;
  /** Method and path. */
  request: string;
  body: unknown;
}

/** The right to carry out a request: held by one process at a time. */
export interface Claim {
  /** The same for every repetition, on every process: what the case and the entries know the request by. */
  updateId: string;
  /**
   * Remembers the outcome, in the act's own transaction if it has one.
   * @throws request-in-progress when somebody else took the request over meanwhile.
   */
  settle(on: Queryable, status: number, reference: Reference): Promise<void>;
  /** A refusal is not an outcome: the key may be tried again. */
  forget(): Promise<void>;
  /** What came of it is not known: whoever repeats it may go on at once. */
  release(): Promise<void>;
}

export type Begun = { claim: Claim } | { outcome: Reference };

const sha256 = (...parts: string[]): string => createHash('sha256').update(parts.join('\n')).digest('hex');

/** At first an answer is to be expected; later the one who had it in hand has died, and it can be taken over at its time. */
function inProgress(heldSeconds = 0): Problem {
  const until = heldSeconds < answeredAfterSeconds ? answeredAfterSeconds : takeOverAfterSeconds;
  const seconds = Math.max(1, Math.ceil(until - heldSeconds));
  return problem('request-in-progress', undefined, { headers: { 'Retry-After': String(seconds) } });
}

/** @throws idempotency-key-reused, request-in-progress */
export async function begin(pool: Pool, { apiKeyId, key, request, body }: Asked): Promise<Begun> {
  const bodyHash = sha256(JSON.stringify(sorted(body)) ?? '');
  const updateId = sha256(apiKeyId, request, key);
  const { rows: created } = await pool.query<{ held: string }>(
    `INSERT INTO idempotency (api_key_id, key, request, body_hash, update_id) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING RETURNING started_at::text AS held`,
    [apiKeyId, key, request, bodyHash, updateId],
  );
  if (created[0]) return { claim: claimOn(pool, apiKeyId, key, updateId, created[0].held) };

  const { rows } = await pool.query<{
    request: string;
    body_hash: string;
    done: boolean;
    reference: string;
    held: string;
    heldSeconds: number;
  }>(
    `SELECT request, body_hash, done_at IS NOT NULL AS done, reference, started_at::text AS held,
       extract(epoch FROM now() - started_at)::float AS "heldSeconds"
     FROM idempotency WHERE api_key_id = $1 AND key = $2`,
    [apiKeyId, key],
  );
  const before = rows[0];
  if (!before) throw inProgress(); // it was refused in this very moment
  if (before.request !== request || before.body_hash !== bodyHash) throw problem('idempotency-key-reused');
  if (before.done) return { outcome: parseReference(before.reference) };

  const { rows: taken } = await pool.query<{ held: string }>(
    `UPDATE idempotency SET started_at = now() WHERE api_key_id = $1 AND key = $2 AND done_at IS NULL AND started_at = $3::timestamptz
       AND started_at <= now() - $4 * interval '1 second' RETURNING started_at::text AS held`,
    [apiKeyId, key, before.held, takeOverAfterSeconds],
  );
  if (!taken[0]) throw inProgress(before.heldSeconds);
  return { claim: claimOn(pool, apiKeyId, key, updateId, taken[0].held) };
}

function claimOn(pool: Pool, apiKeyId: string, key: string, updateId: string, held: string): Claim {
  const mine = 'WHERE api_key_id = $1 AND key = $2 AND done_at IS NULL AND started_at = $3::timestamptz';
  const row = [apiKeyId, key, held];
  let settled = false;
  return {
    updateId,
    async settle(on, status, { id, version }) {
      if (settled) return;
      const { rowCount } = await on.query(
        `UPDATE idempotency SET done_at = now(), status = $4, reference = $5 ${mine}`,
        [...row, status, version ? `${id}@${version}` : id],
      );
      if (!rowCount) throw inProgress();
      settled = true;
    },
    async forget() {
      await pool.query(`DELETE FROM idempotency ${mine}`, row);
    },
    async release() {
      await pool.query(`UPDATE idempotency SET started_at = started_at - $4 * interval '1 second' ${mine}`, [
        ...row,
        takeOverAfterSeconds,
      ]);
    },
  };
}

function parseReference(text: string): Reference {
  const [id = '', version] = text.split('@');
  return version ? { id, version } : { id };
}

/** The same body, whatever the order of its fields. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  );
}

/** Bare or quoted, as both are in use. */
export function readIdempotencyKey(header: string | undefined): string {
  const key = header?.trim().replace(/^"(.*)"$/, '$1');
  if (!key) throw problem('malformed-request', 'The header Idempotency-Key is missing.');
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw problem('malformed-request', 'Idempotency-Key has 1 to 255 visible ASCII characters.');
  return key;
}

/** Forgets what is older than seven days: outcomes, and entries that no step accepted. */
export async function prune(pool: Pool): Promise<void> {
  await pool.query(`DELETE FROM idempotency WHERE started_at < now() - interval '7 days'`);
  await pool.query(`DELETE FROM entries WHERE step IS NULL AND received_at < now() - interval '7 days'`);
}
