BEGIN;

CREATE INDEX outbox_undone_of_case ON outbox (case_number, id) WHERE done_at IS NULL;
CREATE INDEX outbox_next ON outbox (next_try_at, id) WHERE done_at IS NULL;
ALTER TABLE inbound_messages ADD CHECK (kind IN ('answer', 'which', 'note', 'stop', 'start', 'unknown-number'));

-- What a person may be answering. A question stands here from its hand-over on, and no longer once it surely did not leave; a text
-- whose fate nobody knows counts, since a reply proves that it arrived.
CREATE VIEW open_questions AS
  SELECT q.*, m.state, m.attempt FROM questions q JOIN messages m ON m.id = q.message_id WHERE q.closed_at IS NULL;

-- Whether a text that says `p_reading` can answer a question with these choices.
CREATE FUNCTION answers(p_reading jsonb, p_choices jsonb, p_template text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_reading ? 'digit' THEN p_choices @> jsonb_build_array(jsonb_build_object('digit', p_reading->>'digit'))
    WHEN p_reading ? 'choice' THEN p_choices @> jsonb_build_array(jsonb_build_object('choice', p_reading->>'choice'))
      AND coalesce(p_reading->>'template' = p_template, true)
    ELSE false END
$$;

-- The case that a text belongs to which answers no question: an open one before a closed one, the latest texted first.
CREATE FUNCTION case_of_number(p_number text) RETURNS cases LANGUAGE sql STABLE AS $$
  SELECT c.* FROM cases c
  LEFT JOIN LATERAL (
    SELECT max(a.submitted_at) AS at
    FROM messages m JOIN attempts a ON a.message_id = m.id
    WHERE m.case_number = c.case_number AND m.recipient = p_number
  ) texted ON true
  WHERE c.case_number IN (SELECT case_number FROM case_details WHERE phone = p_number
                          UNION SELECT case_number FROM messages WHERE recipient = p_number)
  ORDER BY c.ending IS NULL DESC, texted.at DESC NULLS LAST, c.opened_at DESC LIMIT 1
$$;

-- A reply that no story hears is read by a person within 30 minutes.
CREATE FUNCTION desk_reads_reply(p_sid text, p_case text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO desk_tasks (kind, inbound_sid, case_number, due_at)
  VALUES ('read-reply', p_sid, p_case, now() + interval '30 minutes') ON CONFLICT (inbound_sid) DO NOTHING
$$;

-- The carrier keeps such a list too. What the poller finds late changes nothing that was said after it.
CREATE FUNCTION mirror_opt_out(p_number text, p_keyword text, p_source text, p_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM inbound_messages WHERE sender = p_number AND kind IN ('stop', 'start') AND received_at > p_at) THEN
    RETURN;
  END IF;
  IF p_keyword = 'start' THEN
    UPDATE opt_outs SET ended_at = p_at WHERE number = p_number AND ended_at IS NULL;
  ELSE
    INSERT INTO opt_outs AS o (number, since, source) VALUES (p_number, p_at, p_source)
    ON CONFLICT (number) DO UPDATE SET since = excluded.since, source = excluded.source, ended_at = NULL
    WHERE o.ended_at IS NOT NULL;
  END IF;
END $$;

-- Takes what somebody wrote to us: once, whoever finds it first. `p`: sid, from, to, body, source, at?, and what the text says:
-- `reading` { keyword?, digit?, choice?, template? }. An answer or a note reaches the story through the outbox; what no story
-- hears becomes a task of the desk. Answers { kind, caseNumber, choice, desk }, no words; kind `repeated` if the text was known.
-- The lock is of this function alone and taken first: nobody who holds a case waits for it.
CREATE FUNCTION receive_inbound(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_from text := p->>'from'; v_to text := p->>'to'; v_sid text := p->>'sid'; r jsonb := p->'reading';
  v_at timestamptz := least(coalesce((p->>'at')::timestamptz, now()), now());
  v_kind text; v_case text; v_open boolean; v_choice text; v_fits int; v_asked_today boolean := false;
  q open_questions; c cases;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('inbound ' || v_from, 0));
  IF EXISTS (SELECT FROM inbound_messages WHERE sid = v_sid) THEN
    RETURN jsonb_build_object('kind', 'repeated', 'desk', false);
  END IF;

  IF r->>'keyword' = 'stop' OR (r->>'keyword' = 'start'
      AND (r->>'choice' IS NULL OR EXISTS (SELECT FROM opt_outs WHERE number = v_from AND ended_at IS NULL))) THEN
    v_kind := r->>'keyword';
    PERFORM mirror_opt_out(v_from, v_kind, p->>'source', v_at);
  ELSE
    SELECT count(*) INTO v_fits FROM open_questions a WHERE (a.sender, a.number) = (v_to, v_from) AND answers(r, a.choices, a.template);
    SELECT * INTO q FROM open_questions a WHERE (a.sender, a.number) = (v_to, v_from) AND answers(r, a.choices, a.template)
      ORDER BY a.opened_at, a.message_id LIMIT 1;
    IF v_fits = 1 THEN
      SELECT 'answer', q.case_number, x->>'choice' INTO v_kind, v_case, v_choice
        FROM jsonb_array_elements(q.choices) x WHERE r->>'digit' = x->>'digit' OR r->>'choice' = x->>'choice';
    ELSIF v_fits > 1 THEN
      v_kind := 'which'; v_case := q.case_number;
      v_asked_today := EXISTS (SELECT FROM inbound_messages
        WHERE sender = v_from AND recipient = v_to AND kind = 'which' AND received_at > now() - interval '24 hours');
    ELSE
      -- A digit rests for seven days after its question closed: until then it means that question and no other.
      SELECT case_number INTO v_case FROM questions
        WHERE (sender, number) = (v_to, v_from) AND r ? 'digit' AND answers(r, choices, template) AND closed_at > now() - interval '7 days'
        ORDER BY closed_at DESC LIMIT 1;
      v_case := coalesce(v_case, (case_of_number(v_from)).case_number);
      v_kind := CASE WHEN v_case IS NULL THEN 'unknown-number' ELSE 'note' END;
    END IF;
  END IF;

  INSERT INTO inbound_messages (sid, sender, recipient, body, received_at, source, kind, case_number, message_id, choice)
    VALUES (v_sid, v_from, v_to, p->>'body', v_at, p->>'source', v_kind, v_case, CASE WHEN v_kind = 'answer' THEN q.message_id END, v_choice);
  IF v_kind IN ('stop', 'start') THEN
    RETURN jsonb_build_object('kind', v_kind, 'desk', false);
  END IF;

  IF v_kind = 'answer' AND q.state IN ('submitting', 'unknown', 'stuck', 'planned') THEN
    PERFORM advance(q.message_id, q.attempt, 'delivered');
  END IF;
  v_open := NOT v_asked_today AND EXISTS (SELECT FROM cases WHERE case_number = v_case AND ending IS NULL);
  IF v_open THEN
    INSERT INTO outbox (case_number, kind, payload) VALUES (v_case, 'reply', jsonb_strip_nulls(jsonb_build_object('replyId', v_sid,
      'question', CASE WHEN v_kind = 'answer' THEN q.template END, 'matter', CASE WHEN v_kind = 'answer' THEN q.matter END,
      'choice', v_choice)));
  ELSE
    PERFORM desk_reads_reply(v_sid, v_case);
  END IF;
  RETURN jsonb_build_object('kind', v_kind, 'caseNumber', v_case, 'choice', v_choice, 'desk', NOT v_open);
END $$;

COMMIT;
