import { hashOf, newToken } from '../prisma/links';

/** A page of the case's customer: it becomes good with the hand-over. */
export interface PageLink {
  /** As it stands in the message. */
  path: string;
  hash: string;
  expiresAt: string;
}

/** Longer than any question stays open; the case's page ends by itself. */
const linkDays = 90;

export function newPageLink(): PageLink {
  const token = newToken();
  const expiresAt = new Date(Date.now() + linkDays * 86_400_000).toISOString();
  return { path: `/p/${token}`, hash: hashOf(token), expiresAt };
}
