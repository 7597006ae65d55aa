BEGIN;

-- Hours by weekday, with holidays and exceptions, are the only ones. A store that had none yet opens as it did, every day.
UPDATE stores SET
  calendar = coalesce(calendar, 'china'),
  hours = coalesce(hours, jsonb_build_object(
    'week', (SELECT jsonb_object_agg(day, opening_hours)
             FROM unnest(ARRAY['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']) day),
    'holidays', 'as-usual', 'makeUpDays', 'as-usual', 'exceptions', '{}'::jsonb));

ALTER TABLE "stores" DROP COLUMN "opening_hours",
ALTER COLUMN "calendar" SET NOT NULL,
ALTER COLUMN "hours" SET NOT NULL;

-- What is known of holidays now: the latest version of the calendar of a case, or of its store where the case begins. One that was
-- never published knows nothing.
CREATE FUNCTION case_calendar(p_case text, p_begins boolean DEFAULT false) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT k.content FROM cases c JOIN stores s ON s.id = c.store
       JOIN calendars k ON k.id = CASE WHEN NOT p_begins AND c.terms->'store' ? 'calendar' THEN c.terms->'store'->>'calendar' ELSE s.calendar END
       JOIN policies p ON p.version = k.version
     WHERE c.case_number = p_case ORDER BY p.published_at DESC, p.version DESC LIMIT 1),
    '{"id": "unknown", "weekend": ["saturday", "sunday"], "horizon": "0001-01-01", "years": []}')
$$;

-- What rests on days that the calendar does not know says so among its reasons (`provisional`, domain/promises/provisional.ts).
CREATE OR REPLACE VIEW promises_now AS
  SELECT p.*, o.outcome, o.reason, o.late_seconds, o.at AS settled_at,
    p.because ? 'provisional: the holidays of that time are not published yet' AS provisional
  FROM promises p LEFT JOIN promise_outcomes o
    ON (o.case_number, o.opening, o.promise) = (p.case_number, p.opening, p.promise) AND NOT o.superseded
  WHERE NOT p.superseded;

COMMIT;
