import { stepNames, type StepName } from '../domain/cases/notes';
import type { Database } from '../prisma/database';
import { caseRecords } from './case-records';
import type { EmailProvider } from './providers/email';
import type { SmsProvider } from './providers/sms';
import { messageSender } from './send-message';

export interface Dependencies {
  database: Database;
  sms: SmsProvider;
  /** Without it no mails are sent. */
  email?: EmailProvider | undefined;
  /** Where the carrier reaches the webhooks, and customers their pages. */
  publicUrl: string;
}

/** The hands of the stories. Every name that a step can record is one and the same hand: the Temporal UI shows the name. */
export function createActivities({ database, ...carriers }: Dependencies) {
  const { recordStep } = caseRecords(database);
  const steps = Object.fromEntries(stepNames.map((name) => [name, recordStep])) as Record<StepName, typeof recordStep>;
  return { ...steps, ...messageSender({ database, ...carriers }) };
}

export type CaseActivities = ReturnType<typeof createActivities>;
