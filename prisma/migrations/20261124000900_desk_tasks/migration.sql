BEGIN;

-- Who has several roles: the first in `role`, the others here.
ALTER TABLE "staff" ADD COLUMN "also" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- Tasks without a story remind and climb as well, by wall time: `next_at` is when, and null until the times of a new one were counted.
ALTER TABLE "desk_tasks" ADD COLUMN "because" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "climbed_from" TEXT,
ADD COLUMN "next_at" TIMESTAMPTZ(6),
ADD COLUMN "reminded" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX desk_tasks_next ON desk_tasks (next_at) WHERE done_at IS NULL;

-- What happened to them: their part of the feed of events. Wall time.
CREATE TABLE "desk_task_notes" (
    "id" BIGSERIAL NOT NULL,
    "xact" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "task_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "note" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "by" TEXT,

    CONSTRAINT "desk_task_notes_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "desk_task_notes_task_id_idx" ON "desk_task_notes"("task_id");
CREATE INDEX "desk_task_notes_xact_id_idx" ON "desk_task_notes"("xact", "id");

-- By what the times of such a task are counted: the policy in force, at the store of its case, or at the first one where it has none.
CREATE FUNCTION desk_facts(p_case text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'terms', p.content || jsonb_build_object('version', p.version, 'store', jsonb_build_object(
      'id', s.id, 'name', s.name, 'timeZone', s.time_zone, 'calendar', s.calendar, 'hours', s.hours)),
    'calendar', coalesce(
      (SELECT k.content FROM calendars k JOIN policies o ON o.version = k.version WHERE k.id = s.calendar
       ORDER BY o.published_at DESC, o.version DESC LIMIT 1),
      '{"id": "unknown", "weekend": ["saturday", "sunday"], "horizon": "0001-01-01", "years": []}'))
  FROM (SELECT * FROM policies WHERE published_at <= now() ORDER BY published_at DESC, version DESC LIMIT 1) p,
    (SELECT * FROM stores ORDER BY id = (SELECT store FROM cases WHERE case_number = p_case) DESC NULLS LAST,
       retired_at IS NULL DESC, id LIMIT 1) s
$$;

COMMIT;
