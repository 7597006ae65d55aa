import type { ZodType, output } from 'zod';
import type { Caller, Scope } from '../keys';
import type { Claim } from './idempotency';

/** What one request said, after every check that needs no case. */
export interface Call<Params = unknown, Query = unknown, Body = unknown> {
  caller: Caller;
  params: Params;
  query: Query;
  body: Body;
  /** The version that the caller believes to act on. */
  ifMatch?: string;
}

export interface Shown {
  body: unknown;
  /** The row version of what is shown. */
  version?: string;
  location?: string;
}

/** What an act came to: enough to show it again, never what was shown. */
export interface Reference {
  id: string;
  version?: string;
}

interface Described<P, Q, B> {
  method: 'get' | 'post';
  /** As OpenAPI writes it: `/v1/cases/{caseNumber}`. */
  path: string;
  /** What a key must have; `public` needs none. */
  scope: Scope | 'public';
  tag: 'cases' | 'actions' | 'tasks' | 'engineers' | 'events' | 'local' | 'operation';
  summary: string;
  description?: string;
  params?: P;
  query?: Q;
  body?: B;
  /** What a yes looks like; text is sent as it is, everything else as JSON. */
  shows: ZodType;
}

type Said<S> = S extends ZodType ? output<S> : undefined;

interface ReadRoute<P, Q, B> extends Described<P, Q, B> {
  show(call: Call<Said<P>, Said<Q>, Said<B>>): Promise<Shown>;
}

interface ActRoute<P, Q, B> extends Described<P, Q, B> {
  status?: 201;
  /** Does it, once for each Idempotency-Key. */
  act(call: Call<Said<P>, Said<Q>, Said<B>>, claim: Claim): Promise<Reference>;
  /** Shows what it came to, as it is now: the first time and at every repetition. */
  show(call: Call<Said<P>, Said<Q>, Said<B>>, reference: Reference): Promise<Shown>;
}

/** The one description from which router, scope check and OpenAPI document are made. */
export interface Route extends Described<ZodType, ZodType, ZodType> {
  status?: 201;
  act?(call: Call, claim: Claim): Promise<Reference>;
  show(call: Call, reference?: Reference): Promise<Shown>;
}

/** A route that changes nothing, or nothing that matters twice: it needs no Idempotency-Key. */
export const read = <P extends ZodType | undefined, Q extends ZodType | undefined, B extends ZodType | undefined>(
  route: ReadRoute<P, Q, B>,
): Route => route as unknown as Route;

/** A route that creates or acts: an Idempotency-Key is required. */
export const act = <P extends ZodType | undefined, Q extends ZodType | undefined, B extends ZodType | undefined>(
  route: ActRoute<P, Q, B>,
): Route => route as unknown as Route;
