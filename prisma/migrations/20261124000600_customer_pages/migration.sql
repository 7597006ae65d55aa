BEGIN;

CREATE TABLE customer_links (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  token_hash text NOT NULL,
  case_number text NOT NULL,
  purpose text NOT NULL,
  created_at timestamptz(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(6) NOT NULL,
  revoked_at timestamptz(6),
  CONSTRAINT customer_links_pkey PRIMARY KEY (id),
  CHECK (purpose IN ('view', 'answer'))
);
CREATE UNIQUE INDEX customer_links_token_hash_key ON customer_links (token_hash);
CREATE INDEX customer_links_case_number_idx ON customer_links (case_number);

CREATE TABLE page_visits (
  token_hash text NOT NULL,
  case_number text NOT NULL,
  link_id uuid,
  may_answer boolean NOT NULL,
  expires_at timestamptz(6) NOT NULL,
  CONSTRAINT page_visits_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX page_visits_expires_at_idx ON page_visits (expires_at);

CREATE TABLE page_tries (
  place text NOT NULL,
  wrong integer NOT NULL DEFAULT 0,
  locked_until timestamptz(6),
  changed_at timestamptz(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT page_tries_pkey PRIMARY KEY (place)
);
CREATE INDEX page_tries_changed_at_idx ON page_tries (changed_at);

-- Whether customers may look at it: as long as it is open or can be opened again, which is 30 days, and there is somebody whose it is.
CREATE FUNCTION case_has_page(p_case text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM cases c JOIN case_details d USING (case_number)
    WHERE c.case_number = p_case AND coalesce(d.phone, d.email) IS NOT NULL AND (c.ending IS NULL
      OR (SELECT max(written_at) FROM timeline t WHERE t.case_number = p_case) > now() - interval '30 days'))
$$;

-- One try to enter at a place, counted under the lock of its row so that tries at once are counted one by one. Five wrong ones lock it
-- for 15 minutes, also for the right one. Places that lead nowhere are counted just the same: they take as long and tell nothing.
CREATE FUNCTION enter_page(p_place text, p_right boolean) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE t page_tries;
BEGIN
  INSERT INTO page_tries (place) VALUES (p_place) ON CONFLICT (place) DO UPDATE SET changed_at = now() RETURNING * INTO t;
  IF t.locked_until > now() THEN RETURN false; END IF;
  t.wrong := CASE WHEN p_right OR t.locked_until IS NOT NULL THEN 0 ELSE t.wrong END + (NOT p_right)::int;
  UPDATE page_tries SET wrong = t.wrong, locked_until = CASE WHEN t.wrong >= 5 THEN now() + interval '15 minutes' END
    WHERE place = p_place;
  DELETE FROM page_tries WHERE place IN (
    SELECT place FROM page_tries WHERE changed_at < now() - interval '1 day' LIMIT 20 FOR UPDATE SKIP LOCKED);
  RETURN p_right;
END $$;

-- A visit of 30 minutes, for whoever has its token.
CREATE FUNCTION begin_visit(p_token_hash text, p_case text, p_link uuid, p_may_answer boolean) RETURNS void LANGUAGE sql AS $$
  DELETE FROM page_visits WHERE token_hash IN (
    SELECT token_hash FROM page_visits WHERE expires_at < now() LIMIT 20 FOR UPDATE SKIP LOCKED);
  INSERT INTO page_visits (token_hash, case_number, link_id, may_answer, expires_at)
    VALUES (p_token_hash, p_case, p_link, p_may_answer, now() + interval '30 minutes')
$$;

-- By case number and short code, without a link.
CREATE FUNCTION enter_by_code(p_case text, p_code text, p_visit_hash text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF NOT enter_page('track ' || p_case,
    EXISTS (SELECT FROM cases WHERE case_number = p_case AND short_code = p_code) AND case_has_page(p_case)) THEN
    RETURN false;
  END IF;
  PERFORM begin_visit(p_visit_hash, p_case, NULL, true);
  RETURN true;
END $$;

CREATE VIEW open_links AS
  SELECT l.* FROM customer_links l WHERE l.revoked_at IS NULL AND l.expires_at > now() AND case_has_page(l.case_number);

-- By a link and what only its person knows: the last four digits of the phone; without a phone, the short code.
CREATE FUNCTION enter_by_link(p_token_hash text, p_digits text, p_visit_hash text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE l open_links; known text;
BEGIN
  SELECT * INTO l FROM open_links WHERE token_hash = p_token_hash;
  IF NOT FOUND THEN RETURN false; END IF;
  SELECT coalesce(right(d.phone, 4), c.short_code) INTO known FROM cases c JOIN case_details d USING (case_number)
    WHERE c.case_number = l.case_number;
  IF NOT enter_page('link ' || l.id, known = p_digits) THEN RETURN false; END IF;
  PERFORM begin_visit(p_visit_hash, l.case_number, l.id, l.purpose = 'answer');
  RETURN true;
END $$;

-- What the customer answers on a page reaches the story as a reply by text does, under the same locks: the number's first, then the
-- case's, so that the question is open or closed for good. The same answer again is no news, and neither is one to a question that
-- another matter settled. It proves nothing about the text that asked.
-- `p`: messageId, caseNumber, choice, words. Answers `answer`, `repeated`, `closed`, or `none` if there is no such question or choice.
CREATE FUNCTION receive_answer(p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE q questions; v_sid text := 'page-' || gen_random_uuid(); v_before text;
BEGIN
  SELECT * INTO q FROM questions WHERE message_id = (p->>'messageId')::uuid AND case_number = p->>'caseNumber';
  IF NOT FOUND OR NOT q.choices @> jsonb_build_array(jsonb_build_object('choice', p->>'choice')) THEN RETURN 'none'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('inbound ' || q.number, 0));
  PERFORM FROM cases WHERE case_number = q.case_number FOR UPDATE;
  SELECT choice INTO v_before FROM inbound_messages WHERE message_id = q.message_id AND kind = 'answer' ORDER BY received_at DESC LIMIT 1;
  IF v_before = p->>'choice' THEN RETURN 'repeated'; END IF;
  SELECT * INTO q FROM questions WHERE message_id = q.message_id AND closed_at IS NULL;
  IF NOT FOUND THEN RETURN 'closed'; END IF;

  INSERT INTO inbound_messages (sid, sender, recipient, body, received_at, source, kind, case_number, message_id, choice)
    VALUES (v_sid, q.number, q.sender, p->>'words', clock_timestamp(), 'page', 'answer', q.case_number, q.message_id, p->>'choice');
  INSERT INTO outbox (case_number, kind, payload) VALUES (q.case_number, 'reply', jsonb_build_object(
    'replyId', v_sid, 'question', q.template, 'matter', q.matter, 'choice', p->>'choice'));
  RETURN 'answer';
END $$;

COMMIT;
