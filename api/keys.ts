import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Database } from '../prisma/database';

export const scopes = ['cases:read', 'cases:write', 'cases:personal', 'policy:write', 'keys:manage', 'ops'] as const;
export type Scope = (typeof scopes)[number];

type Pool = Database['pool'];

/** Who is calling, as the key says. Without `stores` the key is good for all of them. */
export interface Caller {
  keyId: string;
  scopes: readonly string[];
  stores?: string[];
}

export interface NewKey {
  name: string;
  scopes: Scope[];
  stores?: string[];
  expiresAt?: Date;
}

/** A key as it may be listed: never its secret. */
export interface KeyInfo {
  id: string;
  name: string;
  scopes: string[];
  stores: string[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const format = /^ack_([a-z0-9]{8})_[A-Za-z0-9_-]{43}$/;

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Compared with where there is no such key, so that a guess takes as long as a miss. */
const nobody = Buffer.alloc(32);

/**
 * Makes a key and answers with it: this is the only time that it can be read.
 * @throws an Error that names the stores that do not exist: a key for them would open nothing, and nobody would see why.
 */
export async function createKey(pool: Pool, { name, scopes, stores = [], expiresAt }: NewKey): Promise<string> {
  const { rows: unknown } = await pool.query<{ store: string }>(
    'SELECT store FROM unnest($1::text[]) AS store WHERE store NOT IN (SELECT id FROM stores)',
    [stores],
  );
  if (unknown.length > 0) throw new Error(`There is no store ${unknown.map(({ store }) => store).join(', ')}.`);
  const { id, key } = newSecret();
  await pool.query(
    'INSERT INTO api_keys (id, hash, name, scopes, stores, expires_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, hashOf(key).toString('hex'), name, scopes, stores, expiresAt ?? null],
  );
  return key;
}

/**
 * Makes a second key with the same rights; the old one stays good for `overlapHours` (0 or more), so that no caller is cut off. Both or
 * nothing: the old one never ends alone.
 * @throws an Error when no valid key has that id.
 */
export async function rotateKey(pool: Pool, id: string, overlapHours: number): Promise<string> {
  const second = newSecret();
  const { rowCount } = await pool.query(
    `WITH old AS (
       UPDATE api_keys SET expires_at = least(expires_at, now() + $2 * interval '1 hour')
       WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) RETURNING name, scopes, stores)
     INSERT INTO api_keys (id, hash, name, scopes, stores) SELECT $3, $4, name, scopes, stores FROM old`,
    [id, overlapHours, second.id, hashOf(second.key).toString('hex')],
  );
  if (rowCount === 0) throw new Error(`No valid key has the id ${id}.`);
  return second.key;
}

function newSecret(): { id: string; key: string } {
  const id = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return { id, key: `ack_${id}_${randomBytes(32).toString('base64url')}` };
}

/** @returns false when no key has that id, or it was revoked before. */
export async function revokeKey(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('UPDATE api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL', [
    id,
  ]);
  return rowCount === 1;
}

export async function listKeys(pool: Pool): Promise<KeyInfo[]> {
  const { rows } = await pool.query<KeyInfo>(
    `SELECT id, name, scopes, stores, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt",
            last_used_at AS "lastUsedAt" FROM api_keys ORDER BY created_at`,
  );
  return rows;
}

/** Who a key belongs to; nobody, whether it is unknown, malformed, revoked or expired. */
export async function callerOf(pool: Pool, key: string): Promise<Caller | undefined> {
  const id = format.exec(key)?.[1];
  if (!id) return undefined;
  const { rows } = await pool.query<{
    hash: string;
    scopes: string[];
    stores: string[];
    valid: boolean;
    unseen: boolean;
  }>(
    `SELECT hash, scopes, stores, revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) AS valid,
            last_used_at IS NULL OR last_used_at < now() - interval '1 minute' AS unseen FROM api_keys WHERE id = $1`,
    [id],
  );
  const row = rows[0];
  const same = timingSafeEqual(hashOf(key), row ? Buffer.from(row.hash, 'hex') : nobody);
  if (!row || !same || !row.valid) return undefined;
  if (row.unseen) await pool.query('UPDATE api_keys SET last_used_at = now() WHERE id = $1', [id]);
  return { keyId: id, scopes: row.scopes, ...(row.stores.length > 0 && { stores: row.stores }) };
}
