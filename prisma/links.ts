import { createHash, randomBytes } from 'node:crypto';
import type { Database } from './database';

/** What a link is good for: to look at the case, or also to answer its questions. */
export type LinkPurpose = 'view' | 'answer';

export interface NewLink {
  caseNumber: string;
  purpose: LinkPurpose;
  expiresAt: Date;
}

export interface Link {
  /** By which it is revoked. */
  id: string;
  /** What a message carries behind our own address; this is the only time that it can be read. */
  path: string;
}

/** 256 bits, as they stand in a URL or a cookie. */
export const tokenPattern = /^[\w-]{43}$/;
export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A link for the customer of one case. It ends at `expiresAt` (wall time), when it is revoked, or when the case has no page any more. */
export async function createLink({ pool }: Database, { caseNumber, purpose, expiresAt }: NewLink): Promise<Link> {
  const token = newToken();
  const { rows } = await pool.query<{ id: string }>(
    'INSERT INTO customer_links (token_hash, case_number, purpose, expires_at) VALUES ($1, $2, $3, $4) RETURNING id',
    [hashOf(token), caseNumber, purpose, expiresAt],
  );
  return { id: rows[0]!.id, path: `/p/${token}` };
}

/**
 * Ends a link at once, and the visits that came by it.
 * @returns false when there is no such link, or it was revoked before.
 */
export async function revokeLink({ pool }: Database, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'UPDATE customer_links SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL',
    [id],
  );
  return rowCount === 1;
}
