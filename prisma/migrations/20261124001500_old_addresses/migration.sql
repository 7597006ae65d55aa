BEGIN;

-- A text or mail holds what opens the case's page: its short code, a link, and its reader knows the last four digits of his own number.
-- Where it went to somebody else, none of that is good any more, and neither are the visits that came by it.
CREATE FUNCTION shut_out_old_address(p_case text) RETURNS void LANGUAGE sql AS $$
  UPDATE customer_links SET revoked_at = now() WHERE case_number = p_case AND revoked_at IS NULL;
  DELETE FROM page_visits WHERE case_number = p_case;
  UPDATE cases SET short_code =
    lpad(((short_code::int + 1 + ('x' || right(gen_random_uuid()::text, 7))::bit(28)::int % 9999) % 10000)::text, 4, '0')
  WHERE case_number = p_case
$$;

-- The customer and the product as all accepted entries say, the latest word of each. Another number or mail address shuts out the old one.
CREATE OR REPLACE FUNCTION refresh_case_details(p_case text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE d jsonb; was case_details;
BEGIN
  SELECT * INTO was FROM case_details WHERE case_number = p_case;
  SELECT coalesce(jsonb_object_agg(key, value ORDER BY opening, step, received_at), '{}') INTO d
  FROM entries, jsonb_each(details) WHERE case_number = p_case AND step IS NOT NULL;
  DELETE FROM case_details WHERE case_number = p_case;
  INSERT INTO case_details (case_number, name, phone, email, language, time_zone, address, consent_sms, consent_email, channels,
                            category, model, serial, bought_on, fault, wish)
  VALUES (p_case, d->>'name', d->>'phone', d->>'email', coalesce(d->>'language', 'zh-CN'), d->>'timeZone', d->>'address',
          coalesce((d->>'consentSms')::boolean, false), coalesce((d->>'consentEmail')::boolean, false),
          CASE WHEN d ? 'channels' THEN ARRAY(SELECT jsonb_array_elements_text(d->'channels')) ELSE ARRAY['sms', 'email'] END,
          d->>'category', d->>'model', d->>'serial', (d->>'boughtOn')::date, d->>'fault', d->>'wish');
  IF was.phone <> coalesce(d->>'phone', '') OR was.email <> coalesce(d->>'email', '') THEN PERFORM shut_out_old_address(p_case); END IF;
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

COMMIT;
