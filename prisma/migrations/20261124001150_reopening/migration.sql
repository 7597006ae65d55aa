BEGIN;

-- When this opening of a case ended, in the case's own time.
CREATE FUNCTION case_closed_at(p_case text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT max(t.at) FROM cases c JOIN timeline t ON (t.case_number, t.opening) = (c.case_number, c.opening)
  WHERE c.case_number = p_case AND c.ending IS NOT NULL AND t.note = 'closed' AND NOT t.superseded
$$;

-- For how many days it can be opened again: as its terms say.
CREATE FUNCTION case_reopen_days(p_case text) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT coalesce((terms->>'reopenDays')::int, 30) FROM cases WHERE case_number = p_case
$$;

-- Opens a closed case again: entry, case and outbox row in one transaction. Its new run starts at the wall clock, whatever time the
-- last one was moved to. `p`: caseNumber, opening (the one that ended), entryId, by, happenedAt?, words, status, start (the outbox row).
-- Answers false if it is not that opening that has ended: somebody was faster.
CREATE FUNCTION reopen_case(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE c cases; k text := p->>'caseNumber';
BEGIN
  SELECT * INTO c FROM cases WHERE case_number = k FOR UPDATE;
  IF c.ending IS NULL OR c.opening <> (p->>'opening')::int THEN RETURN false; END IF;
  INSERT INTO entries (id, case_number, kind, by, happened_at, words)
    VALUES (p->>'entryId', k, 'reopenCase', p->>'by', (p->>'happenedAt')::timestamptz, p->'words');
  UPDATE cases SET opening = opening + 1, ending = NULL, status = p->>'status', waiting_for = 'terms', actions_now = '{}',
    escalated = false, next_due_at = NULL, version = version + 1 WHERE case_number = k;
  INSERT INTO outbox (case_number, kind, payload, next_try_at)
    VALUES (k, 'start', p->'start' || jsonb_build_object('previousRun', c.run_id), now() + interval '2 seconds');
  DELETE FROM case_clocks WHERE case_number = k;
  RETURN true;
END $$;

COMMIT;
