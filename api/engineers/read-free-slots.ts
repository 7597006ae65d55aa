import { z } from 'zod';
import type { Door } from '../door';
import { instant, staffId } from '../http/input';
import { read } from '../http/route';
import { invalid, notFound } from '../problem';
import { engineerRows, freeSlotsOf, visitTermsOf } from './engineers';

const dayMs = 24 * 3_600_000;
const farthestDays = 31;
const slotsAtMost = 100;

const query = z.strictObject({
  from: instant.optional().meta({ description: 'Not before; now by default.' }),
  until: instant.optional().meta({ description: 'Not after; 7 days after `from` by default, 31 at most.' }),
  minutes: z.coerce
    .number()
    .int()
    .min(0)
    .max(480)
    .default(60)
    .meta({ description: 'From the earliest arrival to the latest; 0 is one time.' }),
  travelMinutes: z.coerce
    .number()
    .int()
    .min(0)
    .max(480)
    .optional()
    .meta({ description: 'By default as the policy says.' }),
});

const slotShown = z
  .object({ from: z.iso.datetime(), by: z.iso.datetime(), engineerId: z.string() })
  .meta({ id: 'FreeSlot' });

/** When an engineer can be with a customer: each slot can be booked as it stands. */
export const readFreeSlots = ({ database: { pool } }: Door) =>
  read({
    method: 'get',
    path: '/v1/engineers/{id}/free-slots',
    scope: 'cases:read',
    tag: 'engineers',
    summary: 'List the slots in which an engineer is free',
    description: 'By the hours of his store, with the way there and the work between two jobs (H-07).',
    params: z.object({ id: staffId }),
    query,
    shows: z.object({ items: z.array(slotShown) }),
    async show({ params: { id }, query: { from, until, minutes, travelMinutes }, caller }) {
      const [engineer] = await engineerRows(pool, null, id);
      if (!engineer || (caller.stores && !caller.stores.includes(engineer.store))) throw notFound();
      const terms = await visitTermsOf(pool);
      const way = travelMinutes ?? terms.travelMinutes;
      const earliest = Math.max(Date.parse(from ?? '') || 0, Date.now() + way * 60_000);
      const latest = until ? Date.parse(until) : earliest + 7 * dayMs;
      if (latest > earliest + farthestDays * dayMs)
        throw invalid({ parameter: 'until', detail: `At most ${farthestDays} days after from.` });
      const wanted = {
        from: new Date(earliest).toISOString(),
        until: new Date(latest).toISOString(),
        minutes,
        travelMinutes: way,
        atMost: slotsAtMost,
      };
      const slots = await freeSlotsOf(pool, engineer, wanted, terms);
      return { body: { items: slots.map((slot) => ({ ...slot, engineerId: id })) } };
    },
  });
