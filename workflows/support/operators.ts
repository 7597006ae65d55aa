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
  const { promises, tasks, told, pausedUntil, terms } = state;
  return [
    `**${kind.statusOf(state)}**, waiting for **${kind.waitingFor(state)}** · times in ${terms?.store.timeZone ?? 'UTC'}`,
    ...list('Promised', promises, ({ kind, dueShown, because }) => `${kind}, due ${dueShown}: ${because?.join('; ')}`),
    ...list('To do', tasks, (task) => `${task.kind} (${holderOf(task)}), due ${task.dueShown}, next ${task.nextShown}`),
    ...list(
      'Told',
      told,
      ({ template, at, channel }) => `${template} by ${channel} at ${at.slice(0, 16).replace('T', ' ')} UTC`,
    ),
    ...(pausedUntil ? [`\nA text waits until ${pausedUntil}.`] : []),
    `\n**May be done now:** ${kind.actionsNow(state).join(', ') || 'nothing'}`,
  ].join('\n');
}

function list<Entry>(title: string, entries: Entry[], inWords: (entry: Entry) => string): string[] {
  return entries.length === 0 ? [] : [`\n**${title}**`, ...entries.map((entry) => `- ${inWords(entry)}`)];
}

const holderOf = ({ role, holder }: OpenTask) => (holder ? `${role}, ${holder}` : role);
