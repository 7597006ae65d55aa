BEGIN;

-- Two bookings of one engineer that come at once must not both win: the database itself says no (H-07).
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE engineer_slots (
  entry_id text NOT NULL,
  engineer_id text NOT NULL,
  case_number text NOT NULL,
  arrives_from timestamptz(6) NOT NULL,
  arrives_by timestamptz(6) NOT NULL,
  busy_from timestamptz(6) NOT NULL,
  busy_to timestamptz(6) NOT NULL,
  reserved_until timestamptz(6) NOT NULL,
  confirmed_at timestamptz(6),
  freed_at timestamptz(6),
  doubled boolean NOT NULL DEFAULT false,
  CONSTRAINT engineer_slots_pkey PRIMARY KEY (entry_id),
  CHECK (busy_from <= arrives_from AND arrives_from <= arrives_by AND arrives_by < busy_to),
  -- A case has one visit at a time: its own slot is no hindrance when it is moved.
  CONSTRAINT engineer_slots_one_at_a_time EXCLUDE USING gist
    (engineer_id WITH =, case_number WITH <>, tstzrange(busy_from, busy_to) WITH &&) WHERE (freed_at IS NULL AND NOT doubled)
);
CREATE INDEX engineer_slots_case_number_idx ON engineer_slots (case_number);
CREATE INDEX engineer_slots_engineer_id_busy_from_idx ON engineer_slots (engineer_id, busy_from);

-- Holds a slot for a request that is about to be asked; a request that is repeated holds the same slot. One that no step confirmed in
-- time is anybody's again. `p`: entryId, engineerId, caseNumber, from, by, busyFrom, busyTo, minutes.
-- Answers the arrival that is in the way, or null when the slot is held.
CREATE FUNCTION reserve_slot(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE v_from timestamptz := (p->>'busyFrom')::timestamptz; v_to timestamptz := (p->>'busyTo')::timestamptz; v_other engineer_slots;
BEGIN
  UPDATE engineer_slots SET freed_at = now()
    WHERE engineer_id = p->>'engineerId' AND confirmed_at IS NULL AND freed_at IS NULL AND reserved_until < now();
  BEGIN
    INSERT INTO engineer_slots AS s (entry_id, engineer_id, case_number, arrives_from, arrives_by, busy_from, busy_to, reserved_until)
      VALUES (p->>'entryId', p->>'engineerId', p->>'caseNumber', (p->>'from')::timestamptz, (p->>'by')::timestamptz, v_from, v_to,
              now() + (p->>'minutes')::int * interval '1 minute')
      ON CONFLICT (entry_id) DO UPDATE SET freed_at = NULL, reserved_until = excluded.reserved_until WHERE s.confirmed_at IS NULL;
    RETURN NULL;
  EXCEPTION WHEN exclusion_violation THEN
    SELECT * INTO v_other FROM engineer_slots
      WHERE engineer_id = p->>'engineerId' AND case_number <> p->>'caseNumber' AND freed_at IS NULL
        AND tstzrange(busy_from, busy_to) && tstzrange(v_from, v_to)
      ORDER BY busy_from LIMIT 1;
    RETURN jsonb_build_object('from', v_other.arrives_from, 'by', v_other.arrives_by);
  END;
END $$;

-- The request was refused: its slot is free at once.
CREATE FUNCTION release_slot(p_entry text) RETURNS void LANGUAGE sql AS $$
  UPDATE engineer_slots SET freed_at = now() WHERE entry_id = p_entry AND confirmed_at IS NULL AND freed_at IS NULL
$$;

-- The slot that a case holds is the one that its latest step says, whatever steps before it said: also after a reset. What a step takes
-- back after others have taken it too is double, and says so in the timeline.
CREATE FUNCTION keep_slot(p_case text, p_slot text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  UPDATE engineer_slots SET freed_at = now()
    WHERE case_number = p_case AND confirmed_at IS NOT NULL AND freed_at IS NULL AND entry_id IS DISTINCT FROM p_slot;
  IF p_slot IS NULL THEN RETURN true; END IF;
  BEGIN
    UPDATE engineer_slots SET confirmed_at = coalesce(confirmed_at, now()), freed_at = NULL
      WHERE entry_id = p_slot AND case_number = p_case AND (confirmed_at IS NULL OR freed_at IS NOT NULL);
    RETURN true;
  EXCEPTION WHEN exclusion_violation THEN
    UPDATE engineer_slots SET confirmed_at = coalesce(confirmed_at, now()), freed_at = NULL, doubled = true WHERE entry_id = p_slot;
    RETURN false;
  END;
END $$;

-- A step with the slot that its case holds then, in one transaction.
CREATE FUNCTION step_with_slot(p_run text, p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE v_verdict text := case_step(p_run, p);
BEGIN
  IF v_verdict = 'accepted' AND NOT keep_slot(p->>'caseNumber', p->>'slot') THEN
    INSERT INTO timeline (case_number, opening, run_id, clock, taken, step, at, note, facts)
      VALUES (p->>'caseNumber', (p->>'opening')::int, p_run, (p->>'clock')::int, (p->>'taken')::bigint, (p->>'ordinal')::int,
              (p->>'at')::timestamptz, 'slot-doubled', jsonb_build_object('slot', p->>'slot'));
  END IF;
  RETURN v_verdict;
END $$;

COMMIT;
