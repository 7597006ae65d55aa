import { z } from 'zod';

const instant = z.iso.datetime();
const maybe = z.string().nullable();

export const taskShown = z
  .object({
    id: z.string().meta({ example: 'AC-7K3M-9XQ2~guidance-call~1' }),
    caseNumber: maybe,
    taskId: maybe.meta({ description: 'As its case knows it, for `record-call`.' }),
    kind: z.string(),
    role: z.string(),
    store: maybe,
    notBefore: instant,
    dueAt: instant,
    because: z.array(z.string()),
    now: instant.meta({ description: "The case's own time, which due times are compared with." }),
    overdue: z.boolean(),
    reminded: z.boolean(),
    holder: maybe,
    claimedUntil: instant.nullable().meta({ description: 'Wall time; null when nobody is at work on it.' }),
    result: maybe,
    completesWith: z.string().optional().meta({ description: 'The action of the case that completes it.' }),
    results: z.array(z.string()).optional().meta({ description: 'How it may be completed.' }),
    actions: z.array(z.object({ name: z.string(), href: z.string() })),
    links: z.object({ case: maybe }),
  })
  .meta({ id: 'Task' });

/** A task of a case, as its story names it, or one of the desk's own. */
export type TaskPlace = { caseNumber: string; task: string } | { deskTask: string };

const ofCase = /^(AC-[0-9A-Z]{4}-[0-9A-Z]{4})~([a-z-]{1,40})~(\d{1,6})$/;
const ofDesk = /^desk~(\d{1,18})$/;

/** The id in URLs is without the slash that the story writes. */
export function placeOfTask(id: string): TaskPlace | undefined {
  const [, caseNumber, kind, n] = ofCase.exec(id) ?? [];
  if (caseNumber) return { caseNumber, task: `${kind}/${n}` };
  const deskTask = ofDesk.exec(id)?.[1];
  return deskTask ? { deskTask } : undefined;
}

export const taskParams = z.object({ id: z.string().refine((id) => placeOfTask(id) !== undefined) });
