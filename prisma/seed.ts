import type { Policy } from '../domain/policies/terms';
import china from '../policies/china-2026.json';
import { openDatabase } from './database';
import { policyFile } from './policy-schema';
import { publishPolicy } from './publish-policy';

const firstFile = policyFile.parse(china);

/** The first version of the policy: what is usual in the trade. */
export const firstPolicy: Policy = { ...firstFile.policy, version: firstFile.version, ladders: firstFile.ladders };

/**
 * Publishes the first policy, with its stores, people, numbers and calendars, in an empty database. How far its calendar reaches is not
 * asked here: whatever is counted past its horizon is provisional until the next one is published.
 */
export async function seed(databaseUrl: string): Promise<void> {
  const database = openDatabase(databaseUrl, { connections: 2 });
  try {
    if ((await database.prisma.policy.count()) > 0) return; // what was published since then says what there is
    await publishPolicy(database.pool, firstFile);
  } finally {
    await database.close();
  }
}
