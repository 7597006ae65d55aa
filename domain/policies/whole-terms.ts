import { everyDay } from './every-day';
import type { Period, Policy, StoreTerms, Terms } from './terms';
import { usualPolicy } from './usual';

/** Terms as a case opened with them: they may be older than some of today's fields. */
export type StoredTerms = {
  [Field in keyof Policy]?: Policy[Field] extends object ? Partial<Policy[Field]> : Policy[Field];
} & {
  version: string;
  store: StoredStore;
};

/** A store of a case that was opened before its days could differ says one `openingHours` for all, and no calendar. */
type StoredStore = Omit<StoreTerms, 'hours' | 'calendar'> &
  Partial<Pick<StoreTerms, 'hours' | 'calendar'>> & { openingHours?: Period[] };

/** The terms with everything that today's stories ask for: what they do not say yet is as usual. What they say stays. */
export function wholeTerms(stored: StoredTerms): Terms {
  const said = stored as unknown as Record<string, unknown>;
  const whole = Object.entries(usualPolicy).map(([field, usual]) => [field, completed(usual, said[field])]);
  // Ladders belong together: half of another's would lead a role elsewhere.
  const ladders = stored.ladders ?? usualPolicy.ladders;
  const policy = { ...stored, ...Object.fromEntries(whole), ladders } as Policy;
  return { ...policy, store: wholeStore(stored.store, policy) };
}

function wholeStore({ openingHours, hours, calendar, ...store }: StoredStore, { deskHours }: Policy): StoreTerms {
  return { ...store, calendar: calendar ?? '', hours: hours ?? everyDay(openingHours ?? [deskHours]) };
}

const completed = (usual: unknown, said: unknown): unknown =>
  isGroup(usual) && isGroup(said) ? { ...usual, ...said } : (said ?? usual);

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
