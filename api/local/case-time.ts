import type { Client } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { workflowIdOf } from '../../workflows/ids';

/** One running case and its own time, as the server keeps it. Only where the server allows time skipping. */
export interface CaseTime {
  /**
   * Milliseconds since 1970, whether something is under way (a workflow task or an activity), and whether an activity failed and waits
   * for its next try: a hop goes over that.
   */
  look(): Promise<{ now: number; isRunning: boolean; isBusy: boolean; isRetrying: boolean }>;
  /** Moves its time forward; answers when it is there, or when the case ended on the way. */
  hop(milliseconds: number): Promise<void>;
}

const answerWithinMs = 30_000;

const completed = 2;
const pollTimedOut = 1;
const endedOnTheWay = /ended before|already completed|not found/;

export function caseTime(client: Client, caseNumber: string): CaseTime {
  const { namespace } = client.options;
  const workflowExecution = { workflowId: workflowIdOf(caseNumber) };
  const service = client.workflowService;
  const bounded = <Answer>(ask: () => Promise<Answer>) => client.withDeadline(Date.now() + answerWithinMs, ask);

  return {
    async look() {
      const { raw, status, closeTime } = await bounded(() =>
        client.workflow.getHandle(workflowExecution.workflowId).describe(),
      );
      const moved = raw.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
      const isRunning = status.name === 'RUNNING';
      const activities = raw.pendingActivities ?? [];
      const now = moved ? Number(moved.seconds) * 1000 + (moved.nanos ?? 0) / 1e6 : Date.now();
      return {
        now: isRunning ? now : (closeTime?.getTime() ?? now),
        isRunning,
        isBusy:
          isRunning && (Boolean(raw.pendingWorkflowTask) || activities.some((one) => !one.nextAttemptScheduleTime)),
        isRetrying: isRunning && activities.some((one) => one.nextAttemptScheduleTime),
      };
    },
    async hop(milliseconds) {
      const id = randomUUID();
      const duration = {
        seconds: Math.floor(milliseconds / 1000) as never,
        nanos: Math.round(milliseconds % 1000) * 1e6,
      };
      await bounded(() =>
        service.updateWorkflowExecutionOptions({
          namespace,
          workflowExecution,
          workflowExecutionOptions: { timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration } } },
          updateMask: { paths: ['time_skipping_config'] },
        }),
      );
      for (;;) {
        const { fastForwardPollingResult: result, failedReason } = await bounded(() =>
          service.pollWorkflowExecutionTimeSkipping({ namespace, workflowExecution, fastForwardId: id }),
        ).catch((error: Error) => ({ fastForwardPollingResult: 3, failedReason: error.message }));
        if (result === completed || endedOnTheWay.test(failedReason ?? '')) return;
        if (result !== pollTimedOut) throw new Error(`The time of ${caseNumber} was not moved: ${failedReason}`);
      }
    },
  };
}
