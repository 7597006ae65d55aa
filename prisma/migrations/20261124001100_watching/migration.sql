BEGIN;

-- Texts that the carrier took and of which no receipt has told the end: looked after for four hours (worker/lost-receipts.ts).
CREATE INDEX attempts_without_receipt ON attempts (submitted_at) WHERE state IN ('accepted', 'sent');

-- Beside replies that belong to no open case, the desk has what the engine room asks of a person: it names a case and no reply. One
-- such task is open for a case at a time, however many workers notice.
ALTER TABLE desk_tasks ALTER COLUMN inbound_sid DROP NOT NULL;
CREATE UNIQUE INDEX desk_tasks_story_stopped ON desk_tasks (case_number) WHERE kind = 'story-stopped' AND done_at IS NULL;

COMMIT;
