import type { Logger } from 'pino';
import type { Database } from '../prisma/database';
import type { CaseClient } from './case-client';

/** What the routes work with. */
export interface Door {
  database: Database;
  caseClient: CaseClient;
  /** Where an operator opens a case in the Temporal UI. */
  temporalUi(caseNumber: string): string;
  log: Logger;
}
