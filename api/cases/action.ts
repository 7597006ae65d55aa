import type { UpdateDefinition } from '@temporalio/client';
import { z, type ZodRawShape } from 'zod';
import type { Entered } from '../../domain/cases/case';
import type { Answer } from '../../workflows/steering';
import type { Door } from '../door';
import { instant, staffId } from '../http/input';
import { act, type Route } from '../http/route';
import { askCase } from './ask';
import type { CaseRow } from './case-row';
import { findCase, requireStaff, requireVersion } from './find-case';
import { showCase } from './present-case';
import { caseParams } from './schema';
import { caseShown } from './shown';

/** One thing that may be done on a case: one update of the same name. */
interface Action<Shape extends ZodRawShape, Values extends object> {
  name: string;
  update: UpdateDefinition<Answer, [Entered & Values]>;
  summary: string;
  /** Beside `by` and `happenedAt`. */
  says: Shape;
  atLeastOne?: true;
  /** @throws invalid-request for what only the case can tell. */
  check?(said: z.output<z.ZodObject<Shape>>, row: CaseRow): void;
  /** @throws a refusal or invalid-request for what only the database can tell. */
  admit?(said: z.output<z.ZodObject<Shape>>, by: string, row: CaseRow, pool: Door['database']['pool']): Promise<void>;
  /** What of it belongs to the customer's or the product's details. */
  details?(said: z.output<z.ZodObject<Shape>>): object;
  /** What was said, in words. */
  words?(said: z.output<z.ZodObject<Shape>>): object;
}

/** Closed values: all that the case itself hears. */
type Hears<Said, Values> =
  | { values(said: Said, row: CaseRow): Values; holding?: never }
  /** Where they depend on more than was said, something is held for the request while the case is asked. */
  | { values?: never; holding(request: Held<Said>, ask: (values: Values) => Promise<void>): Promise<void> };

/** A request for which something is held. */
export interface Held<Said> {
  door: Door;
  row: CaseRow;
  said: Said;
  entryId: string;
}

/** What every request says: who, and when it happened if not now. */
export const entered = {
  by: staffId.meta({ description: 'Who did it, by staff id.', example: 'desk-1' }),
  happenedAt: instant.optional().meta({ description: 'When, if not now.' }),
};

export const action =
  <Shape extends ZodRawShape, Values extends object>(
    of: Action<Shape, Values> & Hears<z.output<z.ZodObject<Shape>>, Values>,
  ) =>
  (door: Door): Route =>
    act({
      method: 'post',
      path: `/v1/cases/{caseNumber}/actions/${of.name}`,
      scope: 'cases:write',
      tag: 'actions',
      summary: of.summary,
      params: caseParams,
      body: bodyOf(of),
      shows: caseShown,
      async act(call, claim) {
        const { params, body, caller } = call;
        const row = await findCase(door.database.pool, params.caseNumber, caller);
        requireVersion(row, call);
        const { by, happenedAt, ...rest } = body as z.output<z.ZodObject<typeof entered>>;
        await requireStaff(door.database.pool, by, '/by');
        const said = rest as z.output<z.ZodObject<Shape>>;
        of.check?.(said, row);
        await of.admit?.(said, by, row, door.database.pool);
        const entry = {
          by,
          happenedAt,
          details: of.details?.(said) ?? {},
          words: of.words?.(said) ?? {},
        };
        const ask = (values: Values) => askCase(door, row, of.update, { ...entry, values }, claim);
        if (of.holding) await of.holding({ door, row, said, entryId: claim.updateId }, ask);
        else await ask(of.values(said, row));
        const after = await findCase(door.database.pool, row.caseNumber, caller);
        return { id: row.caseNumber, version: after.version };
      },
      async show({ caller }, { id }) {
        return showCase(await findCase(door.database.pool, id, caller), caller, door.temporalUi);
      },
    });

function bodyOf<Shape extends ZodRawShape>({
  says,
  atLeastOne,
}: Pick<Action<Shape, object>, 'says' | 'atLeastOne'>): z.ZodType {
  const body = z.strictObject({ ...entered, ...says });
  if (!atLeastOne) return body;
  return body.refine((given) => Object.keys(says).some((name) => given[name as keyof typeof given] !== undefined), {
    error: `One of ${Object.keys(says).join(', ')} is needed.`,
  });
}
