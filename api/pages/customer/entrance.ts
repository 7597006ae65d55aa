import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Database } from '../../../prisma/database';
import type { CountPages } from './limits';
import type { Visit } from './visit';

/** What the pages work with. */
export interface Pages {
  database: Database;
  log: Logger;
  /** Cookies only over https; not where all runs on one machine. */
  secure: boolean;
  count: CountPages;
}

/** One of the two ways in: by `/track`, or by a link. */
export interface Entrance {
  /** Beginning of the addresses of this way, and where its cookie is good. */
  base: string;
  /** The page of the case. */
  home: string;
  visit(): Promise<Visit | undefined>;
  /** The one page for every way in which one may not enter. */
  refuse(): Promise<void>;
}

export type Enter = (request: Request, response: Response) => Entrance;

/** One field of a form; what is not text is nothing. */
export function field(request: Request, name: string): string {
  const value = ((request.body ?? {}) as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
}
