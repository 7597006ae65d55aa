import type { ZodError } from 'zod';
import { mistakesIn, type Mistake, type PolicyFile } from '../domain/policies/policy-file';
import { policyFile } from './policy-schema';

/** A policy that cannot be published, with every mistake that was found. */
export class WrongPolicy extends Error {
  constructor(readonly mistakes: Mistake[]) {
    super(mistakes.map(({ pointer, message }) => `${pointer || '(the file)'}: ${message}`).join('\n'));
  }
}

/**
 * Reads a policy file without looking at any database: first its form, then whether what it says can be.
 * @param today the date on which it would be published, `YYYY-MM-DD`.
 * @throws WrongPolicy
 */
export function checkPolicy(written: unknown, today: string): PolicyFile {
  const parsed = policyFile.safeParse(written, { reportInput: true });
  if (!parsed.success) throw new WrongPolicy(parsed.error.issues.flatMap((issue) => mistakesOf(issue, [])));
  const mistakes = mistakesIn(parsed.data, today);
  if (mistakes.length > 0) throw new WrongPolicy(mistakes);
  return parsed.data;
}

type Issue = ZodError['issues'][number];

function mistakesOf(issue: Issue, above: PropertyKey[]): Mistake[] {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ pointer: pointerTo([...path, key]), message: 'This field is unknown.' }));
    case 'invalid_union': {
      const inside = issue.errors.filter((branch) => branch.some((one) => one.path.length > 0));
      if (inside[0]) return inside[0].flatMap((one) => mistakesOf(one, path));
      return [{ pointer: pointerTo(path), message: issue.message }];
    }
    case 'invalid_key':
      return [{ pointer: pointerTo(path), message: issue.issues[0]?.message ?? issue.message }];
    case 'invalid_type':
      return [{ pointer: pointerTo(path), message: issue.input === undefined ? 'This is missing.' : issue.message }];
    default:
      return [{ pointer: pointerTo(path), message: issue.message }];
  }
}

/** RFC 6901. */
const pointerTo = (path: PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
