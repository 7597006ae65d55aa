BEGIN;

-- The day that an answer names, of the store.
ALTER TABLE inbound_messages ADD COLUMN day date;
ALTER TABLE inbound_messages DROP CONSTRAINT inbound_messages_kind_check;
ALTER TABLE inbound_messages ADD CHECK (kind IN ('answer', 'which', 'note', 'stop', 'start', 'unknown-number', 'own-number'));
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CHECK (kind IN ('start', 'reply', 'settled', 'run-changed', 'opted-out', 'opted-in'));

-- What is said to one customer once a day, however many cases he has: by whom last, and when in that case's time.
CREATE TABLE said_once_a_day (
  contact text NOT NULL,
  template text NOT NULL,
  key text NOT NULL,
  at timestamptz(6) NOT NULL,
  CONSTRAINT said_once_a_day_pkey PRIMARY KEY (contact, template)
);

-- Whether it may be said now. The one who was told yes may ask again: it is the same saying.
CREATE FUNCTION may_say_today(p_case text, p_template text, p_key text, p_at timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE v_contact text;
BEGIN
  SELECT coalesce(phone, email) INTO v_contact FROM case_details WHERE case_number = p_case;
  IF v_contact IS NULL THEN RETURN true; END IF;
  INSERT INTO said_once_a_day AS said (contact, template, key, at) VALUES (v_contact, p_template, p_key, p_at)
  ON CONFLICT (contact, template) DO UPDATE SET key = excluded.key, at = excluded.at
    WHERE said.key = excluded.key OR excluded.at - said.at >= interval '24 hours';
  RETURN FOUND;
END $$;

-- What a text says to a question: one of its choices, or null. `p_reading`: digit, or `choices` by template, or `days` by question.
CREATE FUNCTION choice_said(p_reading jsonb, p_question uuid, p_choices jsonb, p_template text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT x->>'choice' FROM jsonb_array_elements(p_choices) x
  WHERE x->>'digit' = p_reading->>'digit'
    OR x->>'choice' = coalesce(p_reading->'choices'->>p_template, p_reading->'choices'->>'any')
    OR x->>'choice' = 'day' AND p_reading->'days' ? p_question::text
  LIMIT 1
$$;

-- A reply that no story hears is read by a person within 30 minutes; of a closed case it may be the wish to go on.
CREATE OR REPLACE FUNCTION desk_reads_reply(p_sid text, p_case text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO desk_tasks (kind, inbound_sid, case_number, due_at)
  VALUES (CASE WHEN EXISTS (SELECT FROM cases WHERE case_number = p_case AND ending IS NOT NULL) THEN 'reply-to-closed' ELSE 'read-reply' END,
    p_sid, p_case, now() + interval '30 minutes') ON CONFLICT (inbound_sid) DO NOTHING
$$;

-- STOP or START of a number: mirrored, and news to every open case of its customer if it changed anything.
CREATE FUNCTION hear_opt(p_number text, p_keyword text, p_sid text, p_source text, p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v_before boolean; v_now boolean;
BEGIN
  v_before := EXISTS (SELECT FROM opt_outs WHERE number = p_number AND ended_at IS NULL);
  PERFORM mirror_opt_out(p_number, p_keyword, p_source, p_at);
  v_now := EXISTS (SELECT FROM opt_outs WHERE number = p_number AND ended_at IS NULL);
  IF v_before = v_now THEN RETURN; END IF;
  INSERT INTO outbox (case_number, kind, payload)
    SELECT c.case_number, CASE WHEN v_now THEN 'opted-out' ELSE 'opted-in' END, jsonb_build_object('replyId', p_sid)
    FROM cases c JOIN case_details d USING (case_number) WHERE d.phone = p_number AND c.ending IS NULL ORDER BY c.case_number;
END $$;

-- The case that a text belongs to which answers no question: one whose customer has this number now before one that we only texted there,
-- an open one before a closed one, the latest texted first.
CREATE OR REPLACE FUNCTION case_of_number(p_number text) RETURNS cases LANGUAGE sql STABLE AS $$
  SELECT c.* FROM cases c
  LEFT JOIN LATERAL (
    SELECT max(a.submitted_at) AS at
    FROM messages m JOIN attempts a ON a.message_id = m.id
    WHERE m.case_number = c.case_number AND m.recipient = p_number
  ) texted ON true
  WHERE c.case_number IN (SELECT case_number FROM case_details WHERE phone = p_number
                          UNION SELECT case_number FROM messages WHERE recipient = p_number)
  ORDER BY EXISTS (SELECT FROM case_details d WHERE d.case_number = c.case_number AND d.phone = p_number) DESC,
    c.ending IS NULL DESC, texted.at DESC NULLS LAST, c.opened_at DESC LIMIT 1
$$;

-- Takes what somebody wrote to us: once, whoever finds it first. `p`: sid, from, to, body, source, at?, and what the text says:
-- `reading` { keyword?, digit?, choices?, days? }. An answer or a note reaches the story through the outbox; what no story
-- hears becomes a task of the desk. Answers { kind, caseNumber, choice, desk }, no words; kind `repeated` if the text was known.
-- Texts about one matter ask again what the one before asked: the same choice of the same template, a day or another time said to
-- several of them is one answer, to the latest.
-- The lock is of this function alone and taken first: nobody who holds a case waits for it.
CREATE OR REPLACE FUNCTION receive_inbound(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_from text := p->>'from'; v_to text := p->>'to'; v_sid text := p->>'sid'; r jsonb := p->'reading';
  v_at timestamptz := least(coalesce((p->>'at')::timestamptz, now()), now());
  v_kind text; v_case text; v_open boolean; v_choice text; v_day text; v_fits int; v_asked_today boolean := false;
  q open_questions;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('inbound ' || v_from, 0));
  IF EXISTS (SELECT FROM inbound_messages WHERE sid = v_sid) THEN
    RETURN jsonb_build_object('kind', 'repeated', 'desk', false);
  END IF;

  IF v_from = v_to OR EXISTS (SELECT FROM channels WHERE number = v_from) THEN
    v_kind := 'own-number'; -- whatever sends our own texts back to us is no customer, and is never answered
  ELSIF r->>'keyword' = 'stop' OR (r->>'keyword' = 'start'
      AND (r->'choices' IS NULL OR EXISTS (SELECT FROM opt_outs WHERE number = v_from AND ended_at IS NULL))) THEN
    v_kind := r->>'keyword';
    PERFORM hear_opt(v_from, v_kind, v_sid, p->>'source', v_at);
  ELSE
    SELECT count(DISTINCT (a.case_number, a.opening, a.matter, CASE WHEN said IN ('day', 'change') THEN said ELSE a.template END)) INTO v_fits
      FROM open_questions a CROSS JOIN LATERAL choice_said(r, a.message_id, a.choices, a.template) said
      WHERE (a.sender, a.number) = (v_to, v_from) AND said IS NOT NULL;
    SELECT * INTO q FROM open_questions a WHERE (a.sender, a.number) = (v_to, v_from)
      AND choice_said(r, a.message_id, a.choices, a.template) IS NOT NULL ORDER BY a.opened_at DESC, a.message_id LIMIT 1;
    IF v_fits = 1 THEN
      v_kind := 'answer'; v_case := q.case_number;
      v_choice := choice_said(r, q.message_id, q.choices, q.template);
      v_day := CASE WHEN v_choice = 'day' THEN r->'days'->>q.message_id::text END;
    ELSIF v_fits > 1 THEN
      v_kind := 'which';
      SELECT case_number INTO v_case FROM open_questions a WHERE (a.sender, a.number) = (v_to, v_from)
        AND choice_said(r, a.message_id, a.choices, a.template) IS NOT NULL ORDER BY a.opened_at, a.message_id LIMIT 1;
      v_asked_today := EXISTS (SELECT FROM inbound_messages
        WHERE sender = v_from AND recipient = v_to AND kind = 'which' AND received_at > now() - interval '24 hours');
    ELSE
      -- A digit rests for seven days after its question closed: until then it means that question and no other.
      SELECT case_number INTO v_case FROM questions
        WHERE (sender, number) = (v_to, v_from) AND r ? 'digit' AND choice_said(r, message_id, choices, template) IS NOT NULL
          AND closed_at > now() - interval '7 days'
        ORDER BY closed_at DESC LIMIT 1;
      v_case := coalesce(v_case, (case_of_number(v_from)).case_number);
      v_kind := CASE WHEN v_case IS NULL THEN 'unknown-number' ELSE 'note' END;
    END IF;
  END IF;

  INSERT INTO inbound_messages (sid, sender, recipient, body, received_at, source, kind, case_number, message_id, choice, day)
    VALUES (v_sid, v_from, v_to, p->>'body', v_at, p->>'source', v_kind, v_case, CASE WHEN v_kind = 'answer' THEN q.message_id END,
      v_choice, v_day::date);
  IF v_kind IN ('stop', 'start', 'own-number') THEN
    RETURN jsonb_build_object('kind', v_kind, 'desk', false);
  END IF;

  IF v_kind = 'answer' AND q.state IN ('submitting', 'unknown', 'stuck', 'planned') THEN
    PERFORM advance(q.message_id, q.attempt, 'delivered');
  END IF;
  -- Whoever only has a number that was corrected is no longer its customer: what he writes is not answered by a text to the right one.
  v_open := NOT v_asked_today AND EXISTS (SELECT FROM cases c JOIN case_details d USING (case_number)
    WHERE c.case_number = v_case AND c.ending IS NULL AND (v_kind = 'answer' OR d.phone = v_from));
  IF v_open THEN
    INSERT INTO outbox (case_number, kind, payload) VALUES (v_case, 'reply', jsonb_strip_nulls(jsonb_build_object('replyId', v_sid,
      'question', CASE WHEN v_kind = 'answer' THEN q.template END, 'matter', CASE WHEN v_kind = 'answer' THEN q.matter END,
      'choice', v_choice, 'day', v_day)));
  ELSE
    PERFORM desk_reads_reply(v_sid, v_case);
  END IF;
  RETURN jsonb_build_object('kind', v_kind, 'caseNumber', v_case, 'choice', v_choice, 'desk', NOT v_open);
END $$;
DROP FUNCTION answers(jsonb, jsonb, text);

-- As before; an answer may be a day (`day`), and another day is another answer.
CREATE OR REPLACE FUNCTION receive_answer(p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE q questions; v_sid text := 'page-' || gen_random_uuid(); v_before inbound_messages; v_day date := (p->>'day')::date;
BEGIN
  SELECT * INTO q FROM questions WHERE message_id = (p->>'messageId')::uuid AND case_number = p->>'caseNumber';
  IF NOT FOUND OR (p->>'choice' = 'day') <> (v_day IS NOT NULL)
      OR NOT q.choices @> jsonb_build_array(jsonb_build_object('choice', p->>'choice')) THEN RETURN 'none'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('inbound ' || q.number, 0));
  PERFORM FROM cases WHERE case_number = q.case_number FOR UPDATE;
  SELECT * INTO v_before FROM inbound_messages WHERE message_id = q.message_id AND kind = 'answer' ORDER BY received_at DESC LIMIT 1;
  IF v_before.choice = p->>'choice' AND v_before.day IS NOT DISTINCT FROM v_day THEN RETURN 'repeated'; END IF;
  SELECT * INTO q FROM questions WHERE message_id = q.message_id AND closed_at IS NULL;
  IF NOT FOUND THEN RETURN 'closed'; END IF;

  INSERT INTO inbound_messages (sid, sender, recipient, body, received_at, source, kind, case_number, message_id, choice, day)
    VALUES (v_sid, q.number, q.sender, p->>'words', clock_timestamp(), 'page', 'answer', q.case_number, q.message_id, p->>'choice', v_day);
  INSERT INTO outbox (case_number, kind, payload) VALUES (q.case_number, 'reply', jsonb_strip_nulls(jsonb_build_object(
    'replyId', v_sid, 'question', q.template, 'matter', q.matter, 'choice', p->>'choice', 'day', p->>'day')));
  RETURN 'answer';
END $$;

COMMIT;
