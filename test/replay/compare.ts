import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils';
import {
  DefaultLogger,
  Worker,
  bundleWorkflowCode,
  type InjectedSinks,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { CommandSinks, Issued } from './collect-commands';

/** The fence is another at every replay: how long the history was then, and what the machine's clock said. */
const fence = new Set(['clock', 'taken']);

/** The stories of today, and with them an ear for what they ask for. */
export const bundleWithEar = (): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflowCode({
    workflowsPath: require.resolve('../../workflows'),
    workflowInterceptorModules: [require.resolve('./collect-commands')],
    logger: new DefaultLogger('ERROR'),
  });

/**
 * Plays a history on a bundle. Answers what the story asked for.
 * @throws DeterminismViolationError
 */
export async function replayed(bundle: WorkflowBundleWithSourceMap, history: History): Promise<Issued[]> {
  const issued: Issued[] = [];
  const sinks: InjectedSinks<CommandSinks> = {
    commands: { issued: { fn: (_workflow, command) => void issued.push(command), callDuringReplay: true } },
  };
  await Worker.runReplayHistory({ workflowBundle: bundle, sinks }, history);
  return issued.map(withoutFence);
}

/** What the recorded events say was asked for. Of steps they keep the type alone: what was written is recorded beside them. */
export function recorded(history: History): Issued[] {
  return (history.events ?? []).flatMap((event): Issued[] => {
    const { timerStartedEventAttributes: timer, activityTaskScheduledEventAttributes: activity } = event;
    const marker = event.markerRecordedEventAttributes;
    if (timer) return [{ kind: 'timer', id: timer.timerId ?? '', milliseconds: millisecondsOf(timer) }];
    if (activity) {
      const args = (activity.input?.payloads ?? []).map(valueOf);
      return [
        withoutFence({
          kind: 'activity',
          id: activity.activityId ?? '',
          type: activity.activityType?.name ?? '',
          args,
        }),
      ];
    }
    if (marker?.markerName !== 'core_local_activity') return [];
    const step = valueOf(marker.details?.data?.payloads?.[0]) as { seq: number; activity_type: string };
    return [{ kind: 'step', id: String(step.seq), type: step.activity_type, args: [] }];
  });
}

/** What a story asks for today differently than it did then; empty if all is as it was. */
export function differences(history: History, stepsWritten: Issued[], issued: Issued[]): string[] {
  const expected = recorded(history).map((then) => {
    if (then.kind !== 'step') return then;
    return stepsWritten.find((step) => step.kind === 'step' && step.id === then.id) ?? then;
  });
  return expected.flatMap((then) => {
    const today = issued.find(({ kind, id }) => kind === then.kind && id === then.id);
    return unlike(then, today).map((difference) => `${then.kind} ${then.id}${difference}`);
  });
}

function millisecondsOf({ startToFireTimeout }: { startToFireTimeout?: unknown }): number {
  const { seconds, nanos } = startToFireTimeout as { seconds?: unknown; nanos?: number };
  return Number(seconds ?? 0) * 1000 + (nanos ?? 0) / 1e6;
}

const valueOf = (payload: unknown): unknown => defaultPayloadConverter.fromPayload(payload as Payload);

/** What a story asked for, as it would be at any replay. */
export function withoutFence(command: Issued): Issued {
  if (command.kind === 'timer') return command;
  const args = JSON.parse(JSON.stringify(command.args, (key, value) => (fence.has(key) ? undefined : value)));
  return { ...command, args };
}

/** Where two values differ, by path. */
function unlike(was: unknown, is: unknown, path = ''): string[] {
  if (!isObject(was) || !isObject(is))
    return JSON.stringify(was) === JSON.stringify(is)
      ? []
      : [`${path} was ${JSON.stringify(was)}, is ${JSON.stringify(is)}`];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) =>
    unlike(was[key], is[key], `${path}/${key}`),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
