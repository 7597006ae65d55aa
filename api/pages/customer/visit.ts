import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Database } from '../../../prisma/database';
import { hashOf } from '../../../prisma/links';

const cookie = 'aftercare-visit';
const pattern = new RegExp(`(?:^|; ?)${cookie}=([\\w-]{43})(?:;|$)`);
const lastsMs = 30 * 60_000;

/** Somebody showed that this case is his, less than 30 minutes ago. */
export interface Visit {
  caseNumber: string;
  mayAnswer: boolean;
  /** What every form of this visit carries, and no other page can know. */
  csrf: string;
}

/** The visit that this request belongs to: by one link, or, without `linkToken`, by `/track`. */
export async function visitOf(
  { pool }: Database,
  request: Request,
  linkToken: string | undefined,
): Promise<Visit | undefined> {
  const token = pattern.exec(request.get('Cookie') ?? '')?.[1];
  if (!token) return undefined;
  const { rows } = await pool.query<Omit<Visit, 'csrf'>>(
    `SELECT v.case_number AS "caseNumber", v.may_answer AS "mayAnswer" FROM page_visits v
     WHERE v.token_hash = $1 AND v.expires_at > now() AND case_has_page(v.case_number)
       AND v.link_id IS NOT DISTINCT FROM (SELECT id FROM open_links WHERE token_hash = $2) AND (v.link_id IS NULL) = ($2::text IS NULL)`,
    [hashOf(token), linkToken === undefined ? null : hashOf(linkToken)],
  );
  return rows[0] && { ...rows[0], csrf: csrfOf(token) };
}

/** Gives the browser what it shows for the next 30 minutes, under this path only. */
export function giveCookie(response: Response, token: string, path: string, secure: boolean): void {
  response.cookie(cookie, token, { httpOnly: true, sameSite: 'strict', secure, path, maxAge: lastsMs });
}

const csrfOf = (token: string): string => createHash('sha256').update(`csrf ${token}`).digest('base64url');

export function isOwnForm({ csrf }: Visit, given: string): boolean {
  const [known, said] = [Buffer.from(csrf), Buffer.from(given)];
  return known.length === said.length && timingSafeEqual(known, said);
}
