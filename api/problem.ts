import type { Refusal } from '../domain/refusal';
import { problemKinds, type DoorCode, type ProblemKind } from './errors';

/** One field that is wrong: `pointer` into the body, or the name of a query `parameter`. */
export interface FieldError {
  pointer?: string;
  parameter?: string;
  detail: string;
}

/** What can be booked instead. */
export interface FreeSlot {
  from: string;
  by: string;
  engineerId: string;
}

/** An answer that is a "no"; thrown anywhere behind the door and answered in one place. */
export class Problem extends Error {
  readonly errors?: FieldError[];
  readonly rule?: string;
  readonly freeSlots?: FreeSlot[];
  readonly headers: { [name: string]: string };

  constructor(
    readonly code: string,
    detail?: string,
    more: { errors?: FieldError[]; rule?: string; freeSlots?: FreeSlot[]; headers?: { [name: string]: string } } = {},
  ) {
    super(detail ?? problemKinds.get(code)?.title ?? code);
    this.name = 'Problem';
    if (more.errors) this.errors = more.errors;
    if (more.rule) this.rule = more.rule;
    if (more.freeSlots) this.freeSlots = more.freeSlots;
    this.headers = more.headers ?? {};
  }

  get kind(): ProblemKind {
    const kind = problemKinds.get(this.code);
    if (!kind) throw new Error(`No problem is called ${this.code}.`);
    return kind;
  }
}

/** Typed, so that a misspelt code does not compile. */
export const problem = (code: DoorCode, detail?: string, more?: ConstructorParameters<typeof Problem>[2]): Problem =>
  new Problem(code, detail, more);

export const refused = ({ code, message, rule }: Refusal): Problem => new Problem(code, message, rule ? { rule } : {});

export const notFound = (): Problem => problem('not-found');

export const invalid = (...errors: FieldError[]): Problem =>
  problem('invalid-request', errors.map(({ detail }) => detail).join(' '), { errors });

export const outcomeUnknown = (): Problem => problem('outcome-unknown', undefined, { headers: { 'Retry-After': '5' } });
