import { problem } from '../problem';
import { callerOf, type Caller, type Scope } from '../keys';
import type { Database } from '../../prisma/database';

/** Nobody in particular: the caller of a public route. */
export const anyone: Caller = { keyId: 'public', scopes: [], stores: [] };

/** @throws unauthorized, the same for every way in which a key can be wrong. */
export async function identify(pool: Database['pool'], authorization: string | undefined): Promise<Caller> {
  const key = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  const caller = key && (await callerOf(pool, key));
  if (!caller) throw problem('unauthorized', undefined, { headers: { 'WWW-Authenticate': 'Bearer' } });
  return caller;
}

export const may = ({ scopes }: Caller, scope: Scope): boolean => scopes.includes(scope);

/** @throws forbidden, which names the scope. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!may(caller, scope)) throw problem('forbidden', `This needs the scope ${scope}.`);
}
