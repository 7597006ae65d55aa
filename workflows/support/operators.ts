import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { CaseKind, CaseState, OpenTask } from '../../domain/cases/case';
import type { Step } from '../../domain/cases/step';
import { searchAttributes } from '../search-attributes';

/** What operators see in the Temporal UI: details after every step; lists only when the kind of wait changed, for that is an event. */
export function showOperators<State extends CaseState>(state: State, kind: CaseKind<State>, written: Step): void {
  setCurrentDetails(detailsOf(state, kind));
  const shown = workflowInfo().typedSearchAttributes;
  const { caseStatus, waitingFor, priority, escalated, policyVersion } = searchAttributes;
  const version = state.terms?.version ?? '';
  const same =
    shown.get(caseStatus) === written.status &&
    shown.get(waitingFor) === written.waitingFor &&
    shown.get(priority) === written.priority &&
    shown.get(escalated) === written.escalated &&
    shown.get(policyVersion) === version;
  if (same) return;
  upsertSearchAttributes([
    { key: caseStatus, value: written.status },
    { key: waitingFor, value: written.waitingFor },
    { key: priority, value: written.priority },
    { key: escalated, value: written.escalated },
    { key: policyVersion, value: version },
  ]);
}

function detailsOf<State extends CaseState>(state: State, kind: CaseKind<State>): string {
  const { timeZone } = state.terms?.store ?? { timeZone: 'UTC' };
  const time = (at?: string) => (at ? at.slice(0, 16).replace('T', ' ') + ' UTC' : 'soon');
  return [
    `**${kind.statusOf(state)}**, waiting for **${kind.waitingFor(state)}** · opened ${time(state.openedAt)} · store zone ${timeZone}`,
    heading('Promised', state.promises.length),
    ...state.promises.map(({ kind, dueAt, because }) => `- ${kind}, due ${time(dueAt)}: ${because?.join('; ') ?? ''}`),
    heading('To do', state.tasks.length),
    ...state.tasks.map(
      (task) => `- ${task.kind} (${holderOf(task)}), from ${time(task.notBefore)}, due ${time(task.dueAt)}`,
    ),
    ...(state.pausedUntil ? [`A text waits until ${time(state.pausedUntil)}.`] : []),
    `May be done now: ${kind.actionsNow(state).join(', ') || 'nothing'}`,
  ].join('\n');
}

const heading = (title: string, entries: number) => `\n${title}: ${entries === 0 ? 'nothing' : ''}`;
const holderOf = ({ role, holder }: OpenTask) => (holder ? `${role}, ${holder}` : role);
