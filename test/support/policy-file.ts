import { readFileSync } from 'node:fs';
import type { PolicyFile } from '../../domain/policies/policy-file';

/** The policy of policies/ as a second version, with a calendar that is known to the end of next year: it can be published whenever the tests run. */
export function aPolicyFile(changes: Partial<PolicyFile> = {}, thisYear = new Date().getUTCFullYear()): PolicyFile {
  const file = JSON.parse(readFileSync('policies/china-2026.json', 'utf8')) as PolicyFile;
  const years = [thisYear, thisYear + 1].map((year) => ({ year, source: 'a test', holidays: [], makeUpDays: [] }));
  const calendars = [{ id: 'china', weekend: file.calendars[0]!.weekend, horizon: `${thisYear + 1}-12-31`, years }];
  return { ...file, version: 'next-year', calendars, ...changes };
}
