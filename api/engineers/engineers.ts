import type { Calendar } from '../../domain/calendar/holidays';
import { openDays, type OpeningHours } from '../../domain/calendar/opening-hours';
import type { VisitTerms } from '../../domain/policies/terms';
import { usualPolicy } from '../../domain/policies/usual';
import type { Slot } from '../../domain/cases/visit';
import { freeSlots, type SlotsWanted } from '../../domain/visits/free-slots';
import type { Database } from '../../prisma/database';

type Pool = Database['pool'];

/** Somebody who goes out from a store, with its hours as they are published now. */
export interface EngineerRow {
  id: string;
  store: string;
  timeZone: string;
  hours: OpeningHours;
  calendar: Calendar;
}

export async function engineerRows(pool: Pool, store: string | null, id: string | null): Promise<EngineerRow[]> {
  const { rows } = await pool.query<EngineerRow>(
    `SELECT e.id, e.store, s.time_zone AS "timeZone", s.hours,
       (SELECT k.content FROM calendars k JOIN policies p USING (version) WHERE k.id = s.calendar
        ORDER BY p.published_at DESC, version DESC LIMIT 1) AS calendar
     FROM engineers e JOIN stores s ON s.id = e.store
     WHERE ($1::text IS NULL OR e.store = $1) AND ($2::text IS NULL OR e.id = $2) ORDER BY e.id`,
    [store, id],
  );
  return rows;
}

/** When people go out from his store, from the first opening to the last closing of each day. */
export const workingDays = (engineer: EngineerRow, from: string, until: string) => openDays(from, until, engineer);

/** When he can be with a customer; slots that the case itself holds are no hindrance. */
export async function freeSlotsOf(
  pool: Pool,
  engineer: EngineerRow,
  wanted: SlotsWanted,
  terms: VisitTerms,
  ownCase = '',
): Promise<Slot[]> {
  const { rows: busy } = await pool.query<{ from: string; to: string }>(
    `SELECT to_char(busy_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS from,
       to_char(busy_to AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS to
     FROM engineer_slots
     WHERE engineer_id = $1 AND case_number <> $2 AND freed_at IS NULL AND (confirmed_at IS NOT NULL OR reserved_until > now())
       AND busy_to > $3::timestamptz - interval '1 day' AND busy_from < $4::timestamptz + interval '1 day'`,
    [engineer.id, ownCase, wanted.from, wanted.until],
  );
  return freeSlots(wanted, workingDays(engineer, wanted.from, wanted.until), busy, terms);
}

/** What a case was promised about visits; without a case, what is promised now. What neither says yet is as usual. */
export async function visitTermsOf(pool: Pool, caseNumber?: string): Promise<VisitTerms> {
  const { rows } = await pool.query<{ said: Partial<VisitTerms> | null }>(
    `SELECT coalesce((SELECT terms FROM cases WHERE case_number = $1),
       (SELECT content FROM policies ORDER BY published_at DESC, version DESC LIMIT 1)) -> 'visit' AS said`,
    [caseNumber ?? null],
  );
  return { ...usualPolicy.visit, ...rows[0]?.said };
}
