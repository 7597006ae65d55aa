import { busyTimes } from '../../domain/cases/visit-moments';
import type { SlotAsked } from '../../domain/cases/visit-refusals';
import type { VisitTerms } from '../../domain/policies/terms';
import type { Refusal } from '../../domain/refusal';
import type { Slot } from '../../domain/cases/visit';
import { isInside } from '../../domain/visits/free-slots';
import { isAccepted } from '../cases/ask';
import type { CaseRow } from '../cases/case-row';
import type { Door } from '../door';
import { invalid, Problem, refused, type FreeSlot } from '../problem';
import { engineerRows, freeSlotsOf, visitTermsOf, workingDays, type EngineerRow } from './engineers';

interface Wanted {
  door: Door;
  row: CaseRow;
  entryId: string;
  slot: Slot;
  travelMinutes?: number | undefined;
  /** If not that of the visit which is booked. */
  engineerId?: string | undefined;
}

type Ask = (held: SlotAsked & { heldUntil: string }) => Promise<void>;

const heldMinutes = 10;
/** A case that accepted in the last moment still has to write its step. */
const reservedMinutes = 30;
const offeredWithinDays = 14;

/**
 * Holds the engineer's time while the case is asked: of two that ask at once, one wins, before either case says anything. The step
 * that accepts the request keeps the slot; a refusal gives it back; where nobody knows, it lapses.
 * @throws Problem with `freeSlots` where another slot would do.
 */
export async function holdSlot(wanted: Wanted, ask: Ask): Promise<void> {
  const { door, row, entryId } = wanted;
  const { pool } = door.database;
  const terms = await visitTermsOf(pool, row.caseNumber);
  const engineers = await engineerRows(pool, row.store, null);
  const engineerId = wanted.engineerId ?? (await bookedEngineer(pool, row.caseNumber)) ?? engineers[0]?.id;
  const engineer = engineers.find(({ id }) => id === engineerId);
  if (!engineer) throw invalid({ pointer: '/engineerId', detail: 'Nobody with this id goes out from the store.' });
  const travelMinutes = wanted.travelMinutes ?? terms.travelMinutes;
  const slot = { from: inUtc(wanted.slot.from), by: inUtc(wanted.slot.by) };
  const way = { engineerId: engineer.id, travelMinutes };
  const others = engineers.map(({ id }) => id).filter((id) => id !== engineer.id);
  const held = { slot, ...way, others, heldUntil: new Date(Date.now() + heldMinutes * 60_000).toISOString() };
  if (await isAccepted(pool, entryId)) return ask(held);
  try {
    if (slot.from <= slot.by && Date.parse(slot.from) > row.now.getTime()) await reserve();
    await ask(held);
  } catch (error) {
    throw await withFreeSlots(error);
  }

  /** A slot that cannot be at all is refused by the case. */
  async function reserve(): Promise<void> {
    const no = isInside(slot, workingDays(engineer!, slot.from, slot.by))
      ? await clash(pool, { ...slot, ...way, entryId, caseNumber: row.caseNumber }, terms)
      : outsideHours;
    if (no) throw refused(no);
  }

  async function withFreeSlots(error: unknown): Promise<unknown> {
    if (!(error instanceof Problem) || error.kind.status !== 409) return error;
    await pool.query('SELECT release_slot($1)', [entryId]);
    if (!aboutTheSlot.includes(error.code)) return error;
    const free = await nextFree(door, row, terms, { engineers, slot: { ...slot, ...way } });
    return new Problem(error.code, error.message, { ...(error.rule && { rule: error.rule }), freeSlots: free });
  }
}

const outsideHours: Refusal = { code: 'outside-hours', message: 'Nobody goes out from the store then.', rule: 'H-07' };
const aboutTheSlot = [
  'slot-out-of-range',
  'slot-in-past',
  'outside-hours',
  'engineer-busy',
  'engineer-cannot-arrive',
  'same-engineer',
];

type Pool = Door['database']['pool'];
type Asked = Slot & { engineerId: string; travelMinutes: number };

async function clash(
  pool: Pool,
  asked: Asked & { entryId: string; caseNumber: string },
  terms: VisitTerms,
): Promise<Refusal | undefined> {
  const busy = busyTimes(asked, terms);
  const { rows } = await pool.query<{ other: Slot | null }>('SELECT reserve_slot($1) AS other', [
    { ...asked, busyFrom: busy.from, busyTo: busy.to, minutes: reservedMinutes },
  ]);
  const other = rows[0]?.other;
  if (!other) return undefined;
  const overlaps = Date.parse(other.from) <= Date.parse(asked.by) && Date.parse(asked.from) <= Date.parse(other.by);
  return overlaps
    ? { code: 'engineer-busy', message: 'The engineer is with another customer then.', rule: 'H-07' }
    : { code: 'engineer-cannot-arrive', message: 'The job beside it does not leave him the time.', rule: 'H-07' };
}

/** The asked engineer's next ones; where he may not come or has none, those of the others. */
async function nextFree(
  { database: { pool } }: Door,
  row: CaseRow,
  terms: VisitTerms,
  { engineers, slot }: { engineers: EngineerRow[]; slot: Asked },
): Promise<FreeSlot[]> {
  const now = row.now.getTime() + slot.travelMinutes * 60_000;
  const from = new Date(Math.max(now, Date.parse(slot.from)));
  const wanted = {
    from: from.toISOString(),
    until: new Date(from.getTime() + offeredWithinDays * 24 * 3_600_000).toISOString(),
    minutes: Math.min(Math.max(0, (Date.parse(slot.by) - Date.parse(slot.from)) / 60_000), 480),
    travelMinutes: slot.travelMinutes,
    atMost: terms.slotsOffered,
  };
  const found: FreeSlot[] = [];
  for (const engineer of engineers.toSorted((a, b) => rank(a) - rank(b))) {
    const free = await freeSlotsOf(pool, engineer, wanted, terms, row.caseNumber);
    found.push(...free.map((one) => ({ ...one, engineerId: engineer.id })));
    if (found.length >= terms.slotsOffered) break;
  }
  return found.slice(0, terms.slotsOffered);

  function rank({ id }: EngineerRow): number {
    return id === slot.engineerId ? 0 : 1;
  }
}

/** Who holds the slot of this case now. */
async function bookedEngineer(pool: Pool, caseNumber: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ engineer: string }>(
    `SELECT engineer_id AS engineer FROM engineer_slots
     WHERE case_number = $1 AND confirmed_at IS NOT NULL AND freed_at IS NULL ORDER BY confirmed_at DESC LIMIT 1`,
    [caseNumber],
  );
  return rows[0]?.engineer;
}

const inUtc = (at: string) => new Date(at).toISOString();
