BEGIN;

CREATE UNIQUE INDEX promises_once ON promises (case_number, opening, promise) WHERE NOT superseded;
CREATE UNIQUE INDEX promise_outcomes_once ON promise_outcomes (case_number, opening, promise) WHERE NOT superseded;
CREATE UNIQUE INDEX task_versions_current ON task_versions (case_number, opening, task) WHERE NOT superseded AND replaced_by_step IS NULL;
CREATE INDEX task_versions_open ON task_versions (due_at) WHERE NOT superseded AND replaced_by_step IS NULL AND result IS NULL;
ALTER TABLE promise_outcomes ADD CHECK (outcome IN ('kept', 'kept-late', 'moved', 'cancelled', 'escalated'));
ALTER TABLE outbox ADD CHECK (kind IN ('start', 'reply', 'settled', 'run-changed'));

CREATE VIEW open_tasks AS
  SELECT * FROM task_versions WHERE NOT superseded AND replaced_by_step IS NULL AND result IS NULL;

CREATE VIEW promises_now AS
  SELECT p.*, o.outcome, o.reason, o.late_seconds, o.at AS settled_at
  FROM promises p LEFT JOIN promise_outcomes o
    ON (o.case_number, o.opening, o.promise) = (p.case_number, p.opening, p.promise) AND NOT o.superseded
  WHERE NOT p.superseded;

-- A case's own time: the wall clock, unless the case was moved forward on one machine.
CREATE FUNCTION case_now(p_case text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT now() + coalesce((SELECT offset_millis FROM case_clocks WHERE case_number = p_case), 0) * interval '1 millisecond'
$$;

-- The customer and the product as all accepted entries say, the latest word of each.
CREATE FUNCTION refresh_case_details(p_case text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE d jsonb;
BEGIN
  SELECT coalesce(jsonb_object_agg(key, value ORDER BY opening, step, received_at), '{}') INTO d
  FROM entries, jsonb_each(details) WHERE case_number = p_case AND step IS NOT NULL;
  DELETE FROM case_details WHERE case_number = p_case;
  INSERT INTO case_details (case_number, name, phone, email, language, time_zone, address, consent_sms, consent_email,
                            category, model, serial, bought_on, fault, wish)
  VALUES (p_case, d->>'name', d->>'phone', d->>'email', coalesce(d->>'language', 'zh-CN'), d->>'timeZone', d->>'address',
          coalesce((d->>'consentSms')::boolean, false), coalesce((d->>'consentEmail')::boolean, false),
          d->>'category', d->>'model', d->>'serial', (d->>'boughtOn')::date, d->>'fault', d->>'wish');
END $$;

-- What is planned for a settled matter does not leave any more.
CREATE FUNCTION messages_withdraw(p_case text, p_matters jsonb) RETURNS void LANGUAGE sql AS $$
  UPDATE messages SET state = 'cancelled', changed_at = now()
  WHERE case_number = p_case AND p_matters ? matter AND state IN ('planned', 'deferred')
$$;

-- One step of a case: accepted at most once, never by an abandoned attempt.
-- A function, because in one statement all parts would share the snapshot taken before the row lock was won: a step that waited for a
-- late write would not see, so not supersede, that write's rows. `clock` = the length of the history and `taken` = the machine's time
-- when the step was scheduled: attempts of one workflow task can share the former. Ordinals restart at 1 in each opening.
-- Answers accepted, repeated, outrun (a later attempt wrote already), or closed (a second start of an opening that has ended).
CREATE FUNCTION case_step(p_run text, p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  c cases; fresh boolean; touched boolean := false; t text; n int;
  k text := p->>'caseNumber'; o int := (p->>'opening')::int; s int := (p->>'ordinal')::int;
  f_clock int := (p->>'clock')::int; f_taken bigint := (p->>'taken')::bigint; moment timestamptz := (p->>'at')::timestamptz;
BEGIN
  SELECT * INTO c FROM cases WHERE case_number = k FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no case %', k; END IF;
  fresh := CASE WHEN c.run_id = p_run THEN (f_clock, f_taken, s) > (c.clock, c.taken, c.step) ELSE p_run <> ALL (c.past_runs) END;
  IF NOT fresh THEN
    RETURN CASE WHEN EXISTS (SELECT FROM timeline WHERE (case_number, run_id, clock, taken, step) = (k, p_run, f_clock, f_taken, s))
      THEN 'repeated' ELSE 'outrun' END;
  END IF;
  IF s = 1 AND (p->>'firstRun')::boolean AND c.run_id NOT IN ('', p_run) AND c.opening = o AND c.ending IS NOT NULL THEN
    RETURN 'closed';
  END IF;

  FOREACH t IN ARRAY ARRAY['timeline', 'promises', 'promise_outcomes', 'task_versions', 'settled_matters'] LOOP
    EXECUTE format('UPDATE %I SET superseded = true WHERE case_number = $1 AND (opening, step) >= ($2, $3) AND NOT superseded', t) USING k, o, s;
  END LOOP;
  UPDATE task_versions SET replaced_by_step = NULL WHERE case_number = k AND opening = o AND replaced_by_step >= s AND NOT superseded;
  UPDATE questions SET closed_at = NULL, closed_step = NULL WHERE case_number = k AND opening = o AND closed_step >= s;
  UPDATE entries SET opening = NULL, step = NULL WHERE case_number = k AND (opening, step) >= (o, s);
  GET DIAGNOSTICS n = ROW_COUNT;
  touched := n > 0;

  UPDATE cases SET past_runs = CASE WHEN run_id IN ('', p_run) THEN past_runs ELSE past_runs || run_id END, run_id = p_run,
    opening = o, clock = f_clock, taken = f_taken, step = s, status = p->>'status', waiting_for = p->>'waitingFor',
    actions_now = ARRAY(SELECT jsonb_array_elements_text(p->'actionsNow')), next_due_at = (p->>'nextDueAt')::timestamptz,
    terms = CASE WHEN s = 1 THEN p->'terms' ELSE terms END, escalated = (p->>'escalated')::boolean, priority = p->>'priority',
    ending = p->>'ending', version = version + 1
  WHERE case_number = k;

  INSERT INTO timeline (case_number, opening, run_id, clock, taken, step, at, note, facts, entry_id)
    SELECT k, o, p_run, f_clock, f_taken, s, moment, m->>'note', coalesce(m->'facts', '{}'), m->>'entryId'
    FROM jsonb_array_elements(p->'notes') WITH ORDINALITY AS notes (m, i) ORDER BY i;
  INSERT INTO promises (case_number, opening, step, promise, kind, matter, keeper, made_at, due_at, because)
    SELECT k, o, s, m->>'id', m->>'kind', m->>'matter', m->>'keeper', moment, (m->>'dueAt')::timestamptz, m->'because'
    FROM jsonb_array_elements(p->'promised') m;
  INSERT INTO promise_outcomes (case_number, opening, step, promise, outcome, reason, late_seconds, at)
    SELECT k, o, s, m->>'promise',
      CASE WHEN m->>'outcome' = 'kept' AND kept_at > d.due_at + interval '5 minutes' THEN 'kept-late' ELSE m->>'outcome' END,
      m->>'reason', CASE WHEN m->>'outcome' = 'kept' AND kept_at > d.due_at THEN extract(epoch FROM kept_at - d.due_at)::int END, kept_at
    FROM jsonb_array_elements(p->'outcomes') m
    CROSS JOIN LATERAL (SELECT coalesce((m->>'at')::timestamptz, moment) AS kept_at) settled
    JOIN promises d ON (d.case_number, d.opening, d.promise) = (k, o, m->>'promise') AND NOT d.superseded;

  WITH before AS (
    UPDATE task_versions v SET replaced_by_step = s
    WHERE v.case_number = k AND v.opening = o AND NOT v.superseded AND v.replaced_by_step IS NULL
      AND v.task IN (SELECT m->>'id' FROM jsonb_array_elements(p->'tasks') m)
    RETURNING v.*
  )
  INSERT INTO task_versions (case_number, opening, step, task, kind, role, matter, not_before, due_at, because, next_at, reminded,
                             holder, claimed_until, result, at)
    SELECT k, o, s, m->>'id', m->>'kind', m->>'role', m->>'matter',
      coalesce((m->>'notBefore')::timestamptz, b.not_before), coalesce((m->>'dueAt')::timestamptz, b.due_at),
      coalesce(m->'because', b.because), coalesce((m->>'nextAt')::timestamptz, b.next_at), coalesce((m->>'reminded')::boolean, false),
      m->>'holder', CASE WHEN m ? 'claimMinutes' THEN now() + (m->>'claimMinutes')::int * interval '1 minute'
        WHEN m->>'holder' = b.holder THEN b.claimed_until END, m->>'result', moment
    FROM jsonb_array_elements(p->'tasks') m LEFT JOIN before b ON b.task = m->>'id';

  INSERT INTO settled_matters (case_number, opening, step, matter) SELECT k, o, s, m FROM jsonb_array_elements_text(p->'settledMatters') m;
  PERFORM messages_withdraw(k, p->'settledMatters');
  UPDATE questions SET closed_at = now(), closed_step = s
    WHERE case_number = k AND opening = o AND closed_at IS NULL AND (p->'settledMatters' ? matter OR p->>'ending' IS NOT NULL);

  UPDATE entries SET opening = o, step = s
    WHERE case_number = k AND id IN (SELECT m->>'entryId' FROM jsonb_array_elements(p->'notes') m);
  GET DIAGNOSTICS n = ROW_COUNT;
  IF touched OR n > 0 THEN
    PERFORM refresh_case_details(k);
    -- A corrected number: who has the old one answers for nobody.
    UPDATE questions q SET closed_at = now(), closed_step = s FROM case_details d
      WHERE q.case_number = k AND q.closed_at IS NULL AND d.case_number = k AND q.number IS DISTINCT FROM d.phone;
  END IF;
  PERFORM desk_reads_reply(reply, k) FROM jsonb_array_elements_text(p->'leftToDesk') reply;
  RETURN 'accepted';
END $$;

COMMIT;
