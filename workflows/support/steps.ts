import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { CaseActivities } from '../../activities';
import type { StepName } from '../../domain/cases/notes';
import type { Step, StepWritten } from '../../domain/cases/step';
import type { Message, MessageResult } from '../../domain/messages/message';

/** Our own database answers in milliseconds: a local activity costs one event instead of six. */
const quick = proxyLocalActivities<CaseActivities>({
  startToCloseTimeout: '4 seconds',
  scheduleToCloseTimeout: '5 seconds',
  retry: { maximumAttempts: 2 },
});

/** Our own database is away: it will come back, and until then nobody is told that something was written. */
const patient = proxyActivities<CaseActivities>({
  startToCloseTimeout: '4 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 1.5, maximumInterval: '3 seconds' },
});

/**
 * Messages are handed over now or not at all: if it cannot be now, the story waits on its own clock and asks again. A carrier has 15 s
 * to answer, a mail server 25, and one may be asked after the other.
 */
const prompt = proxyActivities<CaseActivities>({
  startToCloseTimeout: '55 seconds',
  scheduleToCloseTimeout: '2 minutes',
});

/**
 * Writes one page, under the name of the last thing it records: so operators read a case in the Timeline of the Temporal UI.
 * @param lull let pass before the answer of a local activity takes effect.
 */
export async function recordStep(step: Step, lull: () => Promise<void>): Promise<StepWritten> {
  const name = nameOf(step);
  const summary = `${step.status}, waiting for ${step.waitingFor}`;
  try {
    return await quick[name].executeWithOptions({ summary }, [step]).finally(lull);
  } catch (error) {
    if (isCancellation(error) || isFinal(error)) throw error;
    return await patient[name].executeWithOptions({ summary: `${summary} (the ledger is away)` }, [step]);
  }
}

/** A page says at least one thing. */
const nameOf = ({ notes }: Step): StepName => notes[notes.length - 1]!.note;

export function sendMessage(message: Message): Promise<MessageResult> {
  return prompt.sendMessage.executeWithOptions({ summary: `message to the customer: ${message.template}` }, [message]);
}

export function isFinal(error: unknown): boolean {
  return (
    error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.nonRetryable === true
  );
}
