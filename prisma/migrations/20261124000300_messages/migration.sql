BEGIN;

CREATE INDEX attempts_unresolved ON attempts (submitted_at) WHERE state IN ('submitting', 'unknown');
ALTER TABLE messages ADD CHECK (class IN ('at-least-once', 'at-most-once'));
ALTER TABLE messages ADD CHECK (state IN ('planned', 'deferred', 'cancelled', 'suppressed', 'submitting', 'unknown', 'stuck',
                                          'accepted', 'sent', 'delivered', 'undelivered', 'failed'));
ALTER TABLE attempts ADD CHECK (state IN ('submitting', 'planned', 'deferred', 'unknown', 'stuck', 'lost',
                                          'accepted', 'sent', 'delivered', 'undelivered', 'failed', 'suppressed'));

-- Our number for one of a customer: the longest prefix decides.
CREATE FUNCTION sender_for(p_number text) RETURNS senders LANGUAGE sql STABLE AS $$
  SELECT * FROM senders WHERE starts_with(p_number, prefix) ORDER BY length(prefix) DESC LIMIT 1
$$;

-- Whoever gives digits to a question, or takes them back, does it under this lock. After that of the case row, never before.
CREATE FUNCTION lock_number(p_number text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('number ' || p_number, 0))
$$;

-- The digits no question of this number holds. A digit rests for 7 days after its question was closed, so that a late "1" never
-- answers another case.
CREATE FUNCTION free_digits(p_sender text, p_number text, p_except uuid) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(digit::text ORDER BY digit), '{}') FROM generate_series(1, 9) digit
  WHERE NOT EXISTS (
    SELECT FROM questions q, jsonb_array_elements(q.choices) choice
    WHERE q.sender = p_sender AND q.number = p_number AND q.message_id IS DISTINCT FROM p_except
      AND (q.closed_at IS NULL OR q.closed_at > now() - interval '7 days') AND choice->>'digit' = digit::text)
$$;

-- Whether a copy of it may be with the carrier. Until then its words may still change.
CREATE FUNCTION may_have_left(p_message uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM attempts WHERE message_id = p_message
                 AND (sid IS NOT NULL OR state NOT IN ('planned', 'deferred', 'failed', 'suppressed')))
$$;

-- All that a text is rendered from.
CREATE FUNCTION message_facts(p_case text, p_key text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'terms', c.terms, 'shortCode', c.short_code, 'language', coalesce(d.language, 'zh-CN'), 'zone', d.time_zone,
    'product', coalesce(d.category, d.model), 'recipient', d.phone, 'sender', s.number, 'twoWay', coalesce(s.two_way, false),
    'freeDigits', to_jsonb(free_digits(s.number, d.phone, (SELECT id FROM messages WHERE key = p_key))),
    'openQuestions', (SELECT jsonb_agg(jsonb_build_object('template', q.template, 'choices', q.choices, 'product', coalesce(o.category, o.model))
                                       ORDER BY q.opened_at)
                      FROM questions q LEFT JOIN case_details o ON o.case_number = q.case_number
                      WHERE q.number = d.phone AND q.sender = s.number AND q.closed_at IS NULL AND q.choices->0 ? 'digit'))
  FROM cases c LEFT JOIN case_details d USING (case_number) LEFT JOIN LATERAL sender_for(d.phone) s ON true
  WHERE c.case_number = p_case
$$;

-- How far an attempt has come; it never goes back.
CREATE FUNCTION attempt_rank(p_state text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE p_state WHEN 'submitting' THEN 1 WHEN 'planned' THEN 2 WHEN 'deferred' THEN 2 WHEN 'unknown' THEN 2 WHEN 'stuck' THEN 3
    WHEN 'lost' THEN 3 WHEN 'accepted' THEN 4 WHEN 'sent' THEN 5 WHEN 'delivered' THEN 6 WHEN 'undelivered' THEN 6 WHEN 'failed' THEN 6
    WHEN 'suppressed' THEN 6 END
$$;

CREATE FUNCTION is_settled(p_case text, p_opening int, p_matter text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM settled_matters WHERE (case_number, opening, matter) = (p_case, p_opening, p_matter) AND NOT superseded)
$$;

-- The only thing that moves a message that was begun: called by activity, webhook, reconciler and poller, in any order, any number of
-- times. Attempts move forward; the message shows the best of them. What the story does not learn from its own call is put into the
-- outbox. `planned` and `deferred` say that this attempt surely did not leave; `lost`, that a complete list of the carrier does not know
-- it: by its class the message is then handed over once more, or a person is told. Answers the state of the message, or null if there
-- is no such attempt.
CREATE FUNCTION advance(p_message uuid, p_attempt int, p_state text, p_sid text DEFAULT NULL, p_error text DEFAULT NULL)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE m messages; a attempts; shown text; news text;
BEGIN
  IF attempt_rank(p_state) IS NULL THEN RAISE EXCEPTION 'no such state: %', p_state; END IF;
  PERFORM FROM cases WHERE case_number = (SELECT case_number FROM messages WHERE id = p_message) FOR UPDATE;
  SELECT * INTO m FROM messages WHERE id = p_message FOR UPDATE;
  SELECT * INTO a FROM attempts WHERE message_id = p_message AND n = p_attempt;
  IF NOT FOUND THEN RETURN NULL; END IF;

  IF p_sid IS NOT NULL AND EXISTS (SELECT FROM attempts WHERE sid = p_sid AND (message_id, n) <> (p_message, p_attempt)) THEN
    RETURN m.state;
  END IF;
  IF p_sid <> a.sid THEN
    UPDATE attempts SET twin = true WHERE message_id = p_message AND n = p_attempt;
    RETURN m.state;
  END IF;
  IF p_state = 'lost' AND m.class = 'at-most-once' THEN p_state := 'stuck'; END IF;
  UPDATE attempts SET sid = coalesce(sid, p_sid),
    twin = twin OR p_sid IS NOT NULL AND EXISTS (SELECT FROM attempts o WHERE o.message_id = p_message AND o.n <> p_attempt AND o.sid IS NOT NULL)
  WHERE message_id = p_message AND n = p_attempt AND sid IS NULL;
  UPDATE attempts SET state = p_state, error_code = coalesce(p_error, error_code), changed_at = now(),
    next_look_at = CASE WHEN p_state = 'unknown' THEN submitted_at END
  WHERE message_id = p_message AND n = p_attempt AND attempt_rank(state) < attempt_rank(p_state);
  IF NOT FOUND THEN RETURN m.state; END IF;
  IF p_error = '21610' THEN
    INSERT INTO opt_outs (number, source) VALUES (m.recipient, 'carrier')
    ON CONFLICT (number) DO UPDATE SET since = now(), source = excluded.source, ended_at = NULL WHERE opt_outs.ended_at IS NOT NULL;
  END IF;

  SELECT CASE state WHEN 'lost' THEN 'planned' ELSE state END INTO shown FROM attempts WHERE message_id = p_message
  ORDER BY CASE state WHEN 'delivered' THEN 1 WHEN 'sent' THEN 2 WHEN 'accepted' THEN 3 WHEN 'submitting' THEN 4 WHEN 'unknown' THEN 5
    WHEN 'stuck' THEN 6 WHEN 'planned' THEN 8 WHEN 'deferred' THEN 8 WHEN 'lost' THEN 8 ELSE 7 END, n DESC LIMIT 1;
  IF shown IN ('planned', 'deferred') AND is_settled(m.case_number, m.opening, m.matter) THEN shown := 'cancelled'; END IF;
  IF shown = m.state THEN RETURN shown; END IF;
  UPDATE messages SET state = shown, error_code = coalesce(p_error, error_code), changed_at = now() WHERE id = p_message;
  -- Nobody saw the question: its digits are free at once.
  IF NOT may_have_left(p_message) THEN DELETE FROM questions WHERE message_id = p_message; END IF;

  -- From `submitting` the story's own call brings the news. After 4 h without a receipt `sent` was final.
  news := CASE
    WHEN m.state = 'submitting' THEN CASE WHEN shown = 'stuck' THEN 'stuck' END
    WHEN shown IN ('accepted', 'sent', 'delivered') THEN CASE WHEN m.state NOT IN ('accepted', 'sent') THEN 'accepted' END
    WHEN shown IN ('undelivered', 'failed') THEN
      CASE WHEN m.state NOT IN ('accepted', 'sent') OR a.submitted_at > now() - interval '4 hours' THEN 'failed' END
    WHEN shown = 'stuck' THEN 'stuck'
    WHEN shown = 'planned' AND p_state = 'lost' THEN 'again'
  END;
  IF news IS NOT NULL THEN
    INSERT INTO outbox (case_number, kind, payload) VALUES (m.case_number, 'settled', jsonb_build_object('key', m.key, 'state', news));
  END IF;
  RETURN shown;
END $$;

-- May this message be handed over now? Decided under the lock of the case row, so never after a settlement was answered.
-- On `submitting` the attempt is stored before anything leaves. `outdated`: number or digits are no longer those it was rendered for.
CREATE FUNCTION message_begins(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  c cases; d case_details; m messages; because text; kept boolean;
  k text := p->>'caseNumber'; moment timestamptz := (p->>'at')::timestamptz; said timestamptz;
  asks boolean := jsonb_typeof(p->'choices') = 'array';
BEGIN
  SELECT * INTO c FROM cases WHERE case_number = k FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no case %', k; END IF;
  INSERT INTO messages (key, case_number, opening, matter, template, class, facts, at)
    VALUES (p->>'key', k, (p->>'opening')::int, p->>'matter', p->>'template', p->>'class', p->'facts', moment) ON CONFLICT (key) DO NOTHING;
  SELECT * INTO m FROM messages WHERE key = p->>'key' FOR UPDATE;
  IF (m.case_number, m.matter, m.template, m.facts) IS DISTINCT FROM (k, p->>'matter', p->>'template', p->'facts') THEN
    RETURN jsonb_build_object('state', 'other-facts');
  END IF;
  -- The one who began it is gone: whether it left, nobody knows.
  IF m.state = 'submitting' THEN m.state := advance(m.id, m.attempt, 'unknown'); END IF;
  IF m.state NOT IN ('planned', 'deferred', 'cancelled', 'suppressed') THEN
    RETURN jsonb_build_object('state', m.state, 'saidAt', m.said_at, 'leftAt', m.at, 'twoWay', m.two_way, 'reason', m.error_code);
  END IF;

  SELECT * INTO d FROM case_details WHERE case_number = k;
  because := CASE
    WHEN c.ending IS NOT NULL OR c.opening <> m.opening THEN 'closed'
    WHEN is_settled(k, m.opening, m.matter) THEN 'settled'
    WHEN d.phone IS NULL THEN 'no-phone'
    WHEN EXISTS (SELECT FROM opt_outs WHERE number = d.phone AND ended_at IS NULL) THEN 'opted-out'
    WHEN NOT d.consent_sms THEN 'no-consent'
    WHEN m.recipient <> d.phone AND may_have_left(m.id) THEN 'number-changed' -- the words of a second try are for the old number
    WHEN moment > m.useful_until AND may_have_left(m.id) THEN 'too-late' -- its words name a time that has passed
    WHEN p->>'sender' IS NULL AND p->>'recipient' = d.phone THEN 'no-sender'
  END;
  IF because IS NOT NULL THEN
    UPDATE messages SET state = CASE because WHEN 'settled' THEN 'cancelled' ELSE 'suppressed' END, error_code = because, changed_at = now()
      WHERE id = m.id;
    RETURN jsonb_build_object('state', CASE because WHEN 'settled' THEN 'cancelled' ELSE 'suppressed' END, 'reason', because);
  END IF;
  IF case_now(k) - moment > interval '2 minutes' THEN RETURN jsonb_build_object('state', 'unreachable'); END IF;
  IF p->>'deferUntil' IS NOT NULL THEN
    UPDATE messages SET state = 'deferred', deferred_until = (p->>'deferUntil')::timestamptz, error_code = NULL, changed_at = now()
      WHERE id = m.id;
    RETURN jsonb_build_object('state', 'deferred');
  END IF;
  IF (SELECT count(*) FROM messages o WHERE o.case_number = k AND o.id <> m.id AND may_have_left(o.id)
        AND (o.at AT TIME ZONE (p->>'zone'))::date = (moment AT TIME ZONE (p->>'zone'))::date) >= (c.terms->>'textsPerDay')::int THEN
    UPDATE messages SET state = 'suppressed', error_code = 'too-many-today', changed_at = now() WHERE id = m.id;
    RETURN jsonb_build_object('state', 'suppressed', 'reason', 'too-many-today');
  END IF;

  kept := may_have_left(m.id);
  IF NOT kept THEN
    PERFORM lock_number(d.phone);
    IF (d.phone, d.language) IS DISTINCT FROM (p->>'recipient', p->>'language') OR asks AND NOT ARRAY(
         SELECT choice->>'digit' FROM jsonb_array_elements(p->'choices') choice WHERE choice ? 'digit'
       ) <@ free_digits(p->>'sender', d.phone, m.id) THEN
      RETURN jsonb_build_object('state', 'outdated');
    END IF;
    UPDATE messages SET language = p->>'language', recipient = d.phone, sender = p->>'sender', two_way = (p->>'twoWay')::boolean,
      body = p->>'body', body_hash = encode(sha256(convert_to(p->>'body', 'UTF8')), 'hex'), said_at = moment,
      useful_until = (p->>'usefulUntil')::timestamptz WHERE id = m.id;
    IF asks THEN
      INSERT INTO questions (message_id, case_number, opening, matter, template, sender, number, choices)
        VALUES (m.id, k, m.opening, m.matter, m.template, p->>'sender', d.phone, p->'choices')
      ON CONFLICT (message_id) DO UPDATE SET sender = excluded.sender, number = excluded.number, choices = excluded.choices,
        closed_at = NULL, closed_step = NULL;
    END IF;
  END IF;
  UPDATE messages SET state = 'submitting', at = moment, attempt = attempt + 1, error_code = NULL, deferred_until = NULL,
    changed_at = now() WHERE id = m.id RETURNING * INTO m;
  INSERT INTO attempts (message_id, n, state) VALUES (m.id, m.attempt, 'submitting');
  RETURN jsonb_build_object('state', 'submitting', 'id', m.id, 'attempt', m.attempt, 'recipient', m.recipient, 'sender', m.sender,
    'body', m.body, 'saidAt', m.said_at, 'leftAt', m.at, 'twoWay', m.two_way);
END $$;

COMMIT;
