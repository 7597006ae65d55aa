import type { CaseInput, Detail, Priority } from '../domain/cases/case';
import { categoryShown } from '../domain/cases/category';
import { statusOf } from '../domain/cases/repair';
import { newRepair } from '../domain/cases/repair-facts';
import { workflowIdOf, type KindOfCase } from './ids';
import { searchAttributes } from './search-attributes';

/** What the outbox row of an opening carries: closed values of the intake, nothing personal. */
export interface Opening {
  kind: KindOfCase;
  opening: number;
  missing: Detail[];
  priority: Priority;
  openedAt: string;
  store: string;
  /** As the support system wrote it. */
  category: string;
  /** For the eyes of operators. */
  city: string;
  reopened?: NonNullable<CaseInput['reopened']>;
  /** The run of the opening before: it may still be on its last step. */
  previousRun?: string;
}

/**
 * How a case is started, by whoever comes first: the intake, the relay, an action. The same opening starts
 * once; one that runs or has ended is left as it is.
 */
export function startOptions(caseNumber: string, opening: Opening, taskQueue: string) {
  const input: CaseInput = {
    caseNumber,
    opening: opening.opening,
    missing: opening.missing,
    priority: opening.priority,
    openedAt: opening.openedAt,
    ...(opening.reopened && { reopened: opening.reopened }),
  };
  return {
    taskQueue,
    workflowId: workflowIdOf(caseNumber),
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    workflowIdReusePolicy: opening.opening === 1 ? ('REJECT_DUPLICATE' as const) : ('ALLOW_DUPLICATE' as const),
    staticSummary: [opening.kind, categoryShown(opening.category), opening.city].join(' · ').slice(0, 60),
    typedSearchAttributes: [
      { key: searchAttributes.caseKind, value: opening.kind },
      { key: searchAttributes.caseStatus, value: statusOf(newRepair(input)) },
      { key: searchAttributes.waitingFor, value: 'terms' },
      { key: searchAttributes.store, value: opening.store },
      { key: searchAttributes.priority, value: opening.priority },
      { key: searchAttributes.escalated, value: false },
    ],
  };
}
