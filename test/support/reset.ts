import { randomUUID } from 'node:crypto';
import { temporal } from '@temporalio/proto';
import type { Company } from './company';
import type { Repair } from './repair';

const { ResetReapplyExcludeType } = temporal.api.enums.v1;

/** What an operator does in the Temporal UI: the run goes back to before the workflow task that did something, and another begins there. */
export async function reset(
  { client }: Company,
  { handle, caseNumber }: Repair,
  point: { beforeTask: (event: temporal.api.history.v1.IHistoryEvent) => unknown; leaveOutRequests?: true },
): Promise<string> {
  const { events } = await handle.fetchHistory();
  const done = events?.find(point.beforeTask);
  const task =
    done?.activityTaskScheduledEventAttributes?.workflowTaskCompletedEventId ??
    done?.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequestSequencingEventId;
  if (!task) throw new Error('There is no such point in this history.');
  const finished = events!.find(
    ({ eventId, eventType }) =>
      Number(eventId) >= Number(task) &&
      eventType === temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
  );
  const { runId } = await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId: caseNumber },
    reason: 'a test',
    requestId: randomUUID(),
    workflowTaskFinishEventId: finished!.eventId!,
    ...(point.leaveOutRequests && {
      resetReapplyExcludeTypes: [
        ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL,
        ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE,
      ],
    }),
  });
  return runId;
}

type Event = temporal.api.history.v1.IHistoryEvent;

export const sends = ({ activityTaskScheduledEventAttributes }: Event) =>
  activityTaskScheduledEventAttributes?.activityType?.name === 'sendMessage';

export const hears = (update: string) => (event: Event) =>
  event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name === update;
