-- What the envelopes of events that enter a feed say of their files. One that says it wrong is noted and loses nothing
-- but its files.
CREATE OR REPLACE FUNCTION sync_v1.expect_files(
    me centre.session, given sync_v1.arrival[], envelopes bytea[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    stating record;
BEGIN
    FOR stating IN
        SELECT t.event_id, t.feed_id, t.class, t.case_id, t.envelope
        FROM ROWS FROM (unnest(envelopes), unnest(given))
            AS t(envelope, event_id, lseq, standing, feed_id, class, digest, type, case_id, foreign_actor)
        WHERE t.standing = 'fresh' AND position('"attachments":[['::bytea IN t.envelope) > 0
    LOOP
        BEGIN
            INSERT INTO centre.attachment (event_id, digest, size, media_type, pieces, feed_id, enrolment_id, owner_id,
                                           case_id, class)
            SELECT stating.event_id, decode(f.said ->> 0, 'hex'), (f.said ->> 1)::bigint, f.said ->> 2,
                   ARRAY(SELECT decode(p.one, 'hex')
                         FROM json_array_elements_text(f.said -> 3) WITH ORDINALITY AS p(one, n) ORDER BY p.n),
                   stating.feed_id, me.enrolment_id,
                   (SELECT c.enrolment_id FROM centre.case_scope AS c WHERE c.case_id = stating.case_id),
                   stating.case_id, stating.class
            FROM json_array_elements(convert_from(stating.envelope, 'UTF8')::json -> 'attachments') AS f(said)
            WHERE sync_v1.is_bearable(f.said);
            IF NOT FOUND THEN
                PERFORM sync_v1.note(me, 'attachment', stating.event_id, stating.case_id);
            END IF;
        EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
            PERFORM sync_v1.note(me, 'attachment', stating.event_id, stating.case_id);
        END;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.expect_files FROM PUBLIC;

-- Answer whether a file is of a size that is kept: 64 MiB in at most 1024 pieces.
CREATE OR REPLACE FUNCTION sync_v1.is_bearable(said json) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN coalesce(
        (said ->> 1)::bigint BETWEEN 1 AND 67108864 AND length(said ->> 2) <= 100
        AND json_array_length(said -> 3) BETWEEN 1 AND 1024
        AND (SELECT bool_and(length(p.one) = 64) FROM json_array_elements_text(said -> 3) AS p(one)), false);
END
$$;
REVOKE ALL ON FUNCTION sync_v1.is_bearable FROM PUBLIC;

-- How far the centre is with own attachments: 'open', 'whole', 'erased'; those of events it does not hold are left out.
CREATE OR REPLACE FUNCTION sync_v1.attachment_states(
    token bytea, wanted bytea[], OUT code text, OUT known bytea[], OUT standings text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me centre.session := gate.enter(token);
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    ELSIF NOT me.active THEN
        code := 'REVOKED';
        RETURN;
    END IF;
    code := 'OK';
    SELECT array_agg(a.digest), array_agg(CASE
        WHEN a.erased THEN 'erased'
        WHEN cardinality((SELECT h.numbers FROM gate.pieces_held(a.digest) AS h)) = a.pieces THEN 'whole'
        ELSE 'open' END)
    INTO known, standings
    FROM (SELECT a.digest, bool_and(a.erased) AS erased, max(cardinality(a.pieces)) AS pieces
          FROM centre.attachment AS a
          WHERE a.digest = ANY (wanted[:500]) AND a.enrolment_id = me.enrolment_id GROUP BY a.digest) AS a;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.attachment_states FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.attachment_states TO window_app_station;

-- The numbers of the pieces of an own attachment that the centre holds.
CREATE OR REPLACE FUNCTION sync_v1.held_pieces(token bytea, wanted bytea, OUT code text, OUT numbers integer[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me centre.session := gate.enter(token);
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    ELSIF NOT me.active THEN
        code := 'REVOKED';
        RETURN;
    END IF;
    code := 'OK';
    SELECT h.numbers INTO numbers FROM gate.pieces_held(wanted) AS h;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.held_pieces FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.held_pieces TO window_app_station;

-- Keep a piece of an own attachment, in any order and any number of times with the effect of one.
--
-- Answers OK; UNKNOWN where no event that the centre holds states the attachment; ERASED; MALFORMED where it is not the
-- piece that the event names, or makes more bytes than the event says.
CREATE OR REPLACE FUNCTION sync_v1.put_piece(
    token bytea, wanted bytea, number integer, given bytea, OUT code text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    me centre.session := gate.enter(token);
    file record;
    held record;
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    ELSIF NOT me.active THEN
        code := 'REVOKED';
        RETURN;
    END IF;
    SELECT a.size, a.pieces, a.erased INTO file FROM centre.attachment AS a
    WHERE a.digest = wanted AND a.enrolment_id = me.enrolment_id ORDER BY a.erased LIMIT 1;
    IF NOT FOUND THEN
        code := 'UNKNOWN';
        RETURN;
    ELSIF file.erased THEN
        code := 'ERASED';
        RETURN;
    END IF;
    SELECT h.numbers, h.bytes INTO held FROM gate.pieces_held(wanted) AS h;
    IF number = ANY (held.numbers) THEN
        code := 'OK';
    ELSIF length(given) > 1048576 OR held.bytes + length(given) > file.size
          OR sha256(given) IS DISTINCT FROM file.pieces[number + 1] THEN
        code := 'MALFORMED';
    ELSE
        code := 'OK';
        INSERT INTO centre.piece (enrolment_id, digest, number, size, content, kept_from)
        VALUES (me.enrolment_id, wanted, put_piece.number, length(given), given, me.station_id)
        ON CONFLICT DO NOTHING;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.put_piece FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.put_piece TO window_app_station;

-- A piece of an attachment of a case, for a named clerk with a reason. The reading is recorded first; without that
-- record the policy of centre.piece opens nothing but a counter's own. No content: not held, not to be read, or erased.
CREATE OR REPLACE FUNCTION sync_v1.get_piece(
    token bytea, about uuid, wanted bytea, number integer, clerk text, reason text,
    OUT code text, OUT content bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me centre.session := gate.enter(token);
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    ELSIF NOT me.active THEN
        code := 'REVOKED';
        RETURN;
    ELSIF coalesce(trim(clerk), '') = '' OR coalesce(trim(reason), '') = '' OR length(wanted) <> 32 THEN
        code := 'NO_REASON';
        RETURN;
    END IF;
    code := 'OK';
    IF NOT EXISTS (SELECT FROM centre.attachment_read AS r
                   WHERE r.station_id = me.station_id AND r.case_id = about AND r.digest = wanted
                     AND r.clerk = left(get_piece.clerk, 100) AND r.read_at > now() - interval '59 minutes') THEN
        INSERT INTO centre.attachment_read (station_id, case_id, digest, clerk, reason, read_at)
        VALUES (me.station_id, about, wanted, left(get_piece.clerk, 100), left(get_piece.reason, 500),
                transaction_timestamp());
    END IF;
    SELECT p.content INTO content
    FROM centre.attachment AS a
    JOIN centre.piece AS p ON p.digest = a.digest AND p.enrolment_id = a.enrolment_id
    WHERE a.case_id = about AND a.digest = wanted AND p.number = get_piece.number AND NOT a.erased
    LIMIT 1;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.get_piece FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.get_piece TO window_app_station;
