BEGIN;

-- Senders and what they may carry are one table now.
DROP FUNCTION sender_for(text);
INSERT INTO channels (prefix, number, two_way, carries_urls, needs_templates)
  SELECT prefix, number, two_way, false, false FROM senders ON CONFLICT DO NOTHING;
DROP TABLE senders;
-- Which templates are registered where they must be; null: all of them.
ALTER TABLE channels ADD COLUMN templates text[];

-- The channels by which a customer wants to be told, the first one first.
ALTER TABLE case_details ADD COLUMN channels text[] DEFAULT ARRAY['sms', 'email']::text[];

-- What is said is one message, by whatever channel: each channel and address of it is an intent of its own.
ALTER TABLE messages ADD COLUMN message_key text;
UPDATE messages SET message_key = key;
ALTER TABLE messages ALTER COLUMN message_key SET NOT NULL;
CREATE INDEX messages_message_key_idx ON messages (message_key);
ALTER TABLE messages ADD CHECK (channel IN ('sms', 'email'));

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

-- Our number for one of a customer of this store: the store's own come before those of all stores, then the longest prefix decides.
CREATE FUNCTION sender_for(p_number text, p_store text) RETURNS channels LANGUAGE sql STABLE AS $$
  SELECT * FROM channels WHERE starts_with(p_number, prefix) AND store IN ('', p_store) ORDER BY store <> '' DESC, length(prefix) DESC LIMIT 1
$$;

-- The entry that put another number or address in the place of an earlier one; null while the first one stands.
CREATE FUNCTION address_changed_by(p_case text, p_name text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT id FROM (
    SELECT id, opening, step, received_at, details->>p_name AS said,
      lag(details->>p_name) OVER (ORDER BY opening, step, received_at) AS said_before
    FROM entries WHERE case_number = p_case AND step IS NOT NULL AND details ? p_name
  ) given
  WHERE said <> said_before ORDER BY opening DESC, step DESC, received_at DESC LIMIT 1
$$;

-- The key of one intent: that of the message, the channel if it is not SMS, and the change of contact that gave the address, so that
-- what was said to a wrong number can be said to the right one, once.
CREATE FUNCTION intent_key(p_message_key text, p_channel text, p_changed_by text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT concat_ws('/', p_message_key, CASE WHEN p_channel <> 'sms' THEN p_channel END, left(p_changed_by, 16))
$$;

-- The ways to this customer, in his order. One by which the message has left already, or may have, comes before all.
CREATE FUNCTION message_ways(p_case text, p_key text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_agg(jsonb_build_object(
      'channel', w.channel, 'key', w.key, 'recipient', w.recipient, 'sender', w.sender, 'twoWay', coalesce(w.two_way, false),
      'carriesUrls', coalesce(w.carries_urls, false), 'templates', CASE WHEN w.needs_templates THEN to_jsonb(w.templates) END,
      'freeDigits', to_jsonb(free_digits(w.sender, w.recipient, m.id)),
      'openQuestions', (SELECT jsonb_agg(jsonb_build_object('template', q.template, 'choices', q.choices, 'product', coalesce(o.category, o.model))
                                         ORDER BY q.opened_at)
                        FROM questions q LEFT JOIN case_details o ON o.case_number = q.case_number
                        WHERE q.number = w.recipient AND q.sender = w.sender AND q.closed_at IS NULL AND q.choices->0 ? 'digit'))
    ORDER BY coalesce(m.state IN ('submitting', 'unknown', 'stuck', 'accepted', 'sent', 'delivered'), false) DESC, w.place)
  FROM (
    SELECT by.channel, by.place, s.two_way, s.carries_urls, s.needs_templates, s.templates,
      CASE by.channel WHEN 'sms' THEN d.phone ELSE d.email END AS recipient,
      CASE by.channel WHEN 'sms' THEN s.number ELSE 'email' END AS sender,
      intent_key(p_key, by.channel, address_changed_by(p_case, CASE by.channel WHEN 'sms' THEN 'phone' ELSE 'email' END)) AS key
    FROM cases c JOIN case_details d USING (case_number)
    CROSS JOIN unnest(d.channels) WITH ORDINALITY AS by (channel, place)
    LEFT JOIN LATERAL sender_for(d.phone, c.store) s ON by.channel = 'sms'
    WHERE c.case_number = p_case
  ) w LEFT JOIN messages m ON m.key = w.key
$$;

-- All that a message is rendered from.
CREATE OR REPLACE FUNCTION message_facts(p_case text, p_key text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'terms', c.terms, 'shortCode', c.short_code, 'language', coalesce(d.language, 'zh-CN'), 'zone', d.time_zone,
    'product', coalesce(d.category, d.model), 'name', d.name, 'ways', coalesce(message_ways(p_case, p_key), '[]'))
  FROM cases c LEFT JOIN case_details d USING (case_number)
  WHERE c.case_number = p_case
$$;

-- The only thing that moves a message that was begun: called by activity, webhook, reconciler and poller, in any order, any number of
-- times. Attempts move forward; the message shows the best of them. What the story does not learn from its own call is put into the
-- outbox. `planned` and `deferred` say that this attempt surely did not leave; `lost`, that a complete list of the carrier does not know
-- it: by its class the message is then handed over once more, or a person is told. Mail servers have no list: of a mail `lost` says
-- only that nobody can tell, so it is handed over once more and no third time. Answers the state of the message, or null if there is no
-- such attempt.
CREATE OR REPLACE FUNCTION advance(p_message uuid, p_attempt int, p_state text, p_sid text DEFAULT NULL, p_error text DEFAULT NULL)
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
  IF p_state = 'lost' AND (m.class = 'at-most-once' OR m.channel = 'email'
      AND EXISTS (SELECT FROM attempts WHERE message_id = p_message AND state = 'lost')) THEN
    p_state := 'stuck';
  END IF;
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
    INSERT INTO outbox (case_number, kind, payload)
      VALUES (m.case_number, 'settled', jsonb_build_object('key', m.message_key, 'intent', m.id, 'state', news));
  END IF;
  RETURN shown;
END $$;

-- Why this channel will not do for this message, or null. `p` as `message_begins` has it.
CREATE FUNCTION channel_fails(m messages, d case_details, p jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN p->>'recipient' IS NULL THEN CASE m.channel WHEN 'sms' THEN 'no-phone' ELSE 'no-email' END
    WHEN m.channel = 'sms' AND EXISTS (SELECT FROM opt_outs WHERE number = d.phone AND ended_at IS NULL) THEN 'opted-out'
    WHEN NOT CASE m.channel WHEN 'sms' THEN d.consent_sms ELSE d.consent_email END THEN 'no-consent'
    WHEN m.recipient <> p->>'recipient' AND may_have_left(m.id) THEN 'number-changed' -- the words of a second try are for the old one
    WHEN greatest(m.at, (p->>'at')::timestamptz) > m.useful_until AND may_have_left(m.id) THEN 'too-late' -- its words name a time that has passed
    WHEN p->>'sender' IS NULL THEN 'no-sender'
    ELSE p->>'cannot'
  END
$$;

-- Whether the customer has heard of us often enough on this day of his: about this case, or about all of his cases. One message
-- counts once, by whatever channels it was tried.
CREATE FUNCTION too_many(m messages, p jsonb, p_terms jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  WITH today AS (
    SELECT o.case_number, o.message_key FROM messages o
    WHERE (o.case_number = m.case_number OR o.recipient = p->>'recipient') AND o.message_key <> m.message_key AND may_have_left(o.id)
      AND (o.at AT TIME ZONE (p->>'zone'))::date = ((p->>'at')::timestamptz AT TIME ZONE (p->>'zone'))::date
  )
  SELECT CASE
    WHEN count(DISTINCT message_key) FILTER (WHERE case_number = m.case_number) >= (p_terms->>'textsPerDay')::int THEN 'too-many-today'
    WHEN count(DISTINCT message_key) >= coalesce((p_terms->>'textsPerContactPerDay')::int, 10) THEN 'too-many-for-contact'
  END FROM today
$$;

-- May this message be handed over by this channel now? Decided under the lock of the case row, so never after a settlement was
-- answered. On `submitting` the attempt is stored before anything leaves. `outdated`: address, language or digits are no longer those
-- that it was rendered for. `p`: what the story said, its wording, and `intentKey`, `channel`; `cannot`, if this channel will not do;
-- `link` { path, hash, expiresAt }, which becomes good with the hand-over and stands in no table. The checks stand in their order.
CREATE OR REPLACE FUNCTION message_begins(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  c cases; d case_details; m messages; because text; kept boolean;
  k text := p->>'caseNumber'; moment timestamptz := (p->>'at')::timestamptz; v_to text := p->>'recipient';
  asks boolean := jsonb_typeof(p->'choices') = 'array'; shown_path text := '/p/…';
BEGIN
  SELECT * INTO c FROM cases WHERE case_number = k FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no case %', k; END IF;
  SELECT * INTO d FROM case_details WHERE case_number = k;
  IF v_to IS DISTINCT FROM (CASE p->>'channel' WHEN 'sms' THEN d.phone ELSE d.email END) THEN
    RETURN jsonb_build_object('state', 'outdated');
  END IF;
  INSERT INTO messages (key, message_key, case_number, opening, matter, template, class, facts, at, channel)
    VALUES (p->>'intentKey', p->>'key', k, (p->>'opening')::int, p->>'matter', p->>'template', p->>'class', p->'facts', moment, p->>'channel')
    ON CONFLICT (key) DO NOTHING;
  SELECT * INTO m FROM messages WHERE key = p->>'intentKey' FOR UPDATE;
  IF (m.case_number, m.matter, m.template, m.facts) IS DISTINCT FROM (k, p->>'matter', p->>'template', p->'facts') THEN
    RETURN jsonb_build_object('state', 'other-facts');
  END IF;
  -- The one who began it is gone: whether it left, nobody knows.
  IF m.state = 'submitting' THEN m.state := advance(m.id, m.attempt, 'unknown'); END IF;
  IF m.state NOT IN ('planned', 'deferred', 'cancelled', 'suppressed') THEN
    RETURN jsonb_build_object('state', m.state, 'id', m.id, 'saidAt', m.said_at, 'leftAt', m.at, 'twoWay', m.two_way, 'reason', m.error_code);
  END IF;

  because := CASE
    WHEN c.ending IS NOT NULL OR c.opening <> m.opening THEN 'closed'
    WHEN is_settled(k, m.opening, m.matter) THEN 'settled'
    ELSE coalesce(channel_fails(m, d, p),
      -- Said again, it still says what it said at first: where it could only leave after its time, it does not.
      CASE WHEN p ? 'countedFrom' AND coalesce((p->>'deferUntil')::timestamptz, moment) > (p->>'usefulUntil')::timestamptz THEN 'expired' END)
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
  PERFORM lock_number(v_to);
  because := too_many(m, p, c.terms);
  IF because IS NOT NULL THEN
    UPDATE messages SET state = 'suppressed', error_code = because, changed_at = now() WHERE id = m.id;
    RETURN jsonb_build_object('state', 'suppressed', 'reason', because);
  END IF;

  kept := may_have_left(m.id);
  IF NOT kept THEN
    IF d.language IS DISTINCT FROM p->>'language' OR asks AND NOT ARRAY(
         SELECT choice->>'digit' FROM jsonb_array_elements(p->'choices') choice WHERE choice ? 'digit'
       ) <@ free_digits(p->>'sender', v_to, m.id) THEN
      RETURN jsonb_build_object('state', 'outdated');
    END IF;
    UPDATE messages SET language = p->>'language', recipient = v_to, sender = p->>'sender', two_way = (p->>'twoWay')::boolean,
      body = replace(p->>'body', coalesce(p->'link'->>'path', shown_path), shown_path), said_at = coalesce((p->>'countedFrom')::timestamptz, moment),
      useful_until = (p->>'usefulUntil')::timestamptz WHERE id = m.id;
    IF asks THEN
      INSERT INTO questions (message_id, case_number, opening, matter, template, sender, number, choices)
        VALUES (m.id, k, m.opening, m.matter, m.template, p->>'sender', v_to, p->'choices')
      ON CONFLICT (message_id) DO UPDATE SET sender = excluded.sender, number = excluded.number, choices = excluded.choices,
        closed_at = NULL, closed_step = NULL;
    END IF;
  END IF;
  IF p ? 'link' THEN
    INSERT INTO customer_links (token_hash, case_number, purpose, expires_at)
      VALUES (p->'link'->>'hash', k, 'answer', (p->'link'->>'expiresAt')::timestamptz);
  END IF;
  UPDATE messages SET state = 'submitting', at = moment, attempt = attempt + 1, error_code = NULL, deferred_until = NULL,
    body_hash = encode(sha256(convert_to(replace(body, shown_path, coalesce(p->'link'->>'path', shown_path)), 'UTF8')), 'hex'),
    changed_at = now() WHERE id = m.id RETURNING * INTO m;
  INSERT INTO attempts (message_id, n, state) VALUES (m.id, m.attempt, 'submitting');
  RETURN jsonb_build_object('state', 'submitting', 'id', m.id, 'attempt', m.attempt, 'recipient', m.recipient, 'sender', m.sender,
    'body', replace(m.body, shown_path, coalesce(p->'link'->>'path', shown_path)), 'saidAt', m.said_at, 'leftAt', m.at, 'twoWay', m.two_way);
END $$;

-- One step of a case: accepted at most once, never by an abandoned attempt.
-- A function, because in one statement all parts would share the snapshot taken before the row lock was won: a step that waited for a
-- late write would not see, so not supersede, that write's rows. `clock` = the length of the history and `taken` = the machine's time
-- when the step was scheduled: attempts of one workflow task can share the former. Ordinals restart at 1 in each opening.
-- Answers accepted, repeated, outrun (a later attempt wrote already), or closed (a second start of an opening that has ended).
CREATE OR REPLACE FUNCTION case_step(p_run text, p jsonb) RETURNS text LANGUAGE plpgsql AS $$
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
    -- A corrected number or address: who has the old one answers for nobody.
    UPDATE questions q SET closed_at = now(), closed_step = s FROM case_details d
      WHERE q.case_number = k AND q.closed_at IS NULL AND d.case_number = k AND q.number <> ALL (array_remove(ARRAY[d.phone, d.email], NULL));
  END IF;
  PERFORM desk_reads_reply(reply, k) FROM jsonb_array_elements_text(p->'leftToDesk') reply;
  RETURN 'accepted';
END $$;

COMMIT;
