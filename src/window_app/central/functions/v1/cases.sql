-- All events of cases of a feed, wherever they stand in it; bodies as `pull` gives them.
CREATE OR REPLACE FUNCTION sync_v1.events_of_cases(
    token bytea, feed text, cases uuid[],
    OUT code text, OUT head bigint, OUT places bigint[], OUT stations uuid[], OUT lseqs bigint[],
    OUT envelopes bytea[], OUT bodies bytea[],
    OUT batch_stations uuid[], OUT batch_firsts bigint[], OUT batch_previous bytea[], OUT batch_links bytea[],
    OUT batch_keys text[], OUT batch_signatures text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me centre.session := gate.enter(token);
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    ELSIF NOT coalesce(feed = ANY (me.feeds), false) THEN
        code := CASE WHEN me.active THEN 'NO_FEED' ELSE 'REVOKED' END;
        RETURN;
    END IF;
    code := 'OK';
    SELECT f.head INTO head FROM centre.feed AS f WHERE f.feed_id = feed;
    SELECT array_agg(e.fseq ORDER BY e.fseq), array_agg(e.station_id ORDER BY e.fseq),
           array_agg(e.lseq ORDER BY e.fseq), array_agg(e.envelope ORDER BY e.fseq),
           array_agg(e.content ORDER BY e.fseq)
    INTO places, stations, lseqs, envelopes, bodies
    FROM (
        SELECT e.fseq, e.station_id, e.lseq, e.envelope, b.content
        FROM centre.event AS e
        LEFT JOIN centre.body AS b ON b.event_id = e.event_id
            AND (b.class = 'open' OR b.enrolment_id = me.enrolment_id OR b.owner_id = me.enrolment_id)
        WHERE e.case_id = ANY (cases[:500]) AND e.feed_id = feed AND e.fseq <= head
    ) AS e;
    SELECT b.stations, b.firsts, b.previous, b.links, b.keys, b.signatures
    INTO batch_stations, batch_firsts, batch_previous, batch_links, batch_keys, batch_signatures
    FROM sync_v1.batches_of(ARRAY(
        SELECT DISTINCT ROW(e.station_id, e.batch_last)::sync_v1.batch_key FROM centre.event AS e
        WHERE e.case_id = ANY (cases[:500]) AND e.feed_id = feed AND e.fseq <= head)) AS b;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.events_of_cases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.events_of_cases TO window_app_station;

-- The case with a compact receipt number in any subscribed feed.
CREATE OR REPLACE FUNCTION sync_v1.find_case(token bytea, number text, OUT code text, OUT case_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me centre.session := gate.enter(token);
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    END IF;
    code := 'OK';
    SELECT r.case_id INTO case_id FROM centre.receipt_number AS r
    WHERE r.number = find_case.number AND r.feed_id = ANY (me.feeds);
END
$$;
REVOKE ALL ON FUNCTION sync_v1.find_case FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.find_case TO window_app_station;

-- Bodies of a case, for a named clerk with a reason. The reading is recorded first, and the policy of centre.body
-- opens nothing without that record.
CREATE OR REPLACE FUNCTION sync_v1.bodies(
    token bytea, about uuid, clerk text, reason text, OUT code text, OUT events uuid[], OUT contents bytea[])
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
    ELSIF coalesce(trim(clerk), '') = '' OR coalesce(trim(reason), '') = '' THEN
        code := 'NO_REASON';
        RETURN;
    END IF;
    code := 'OK';
    INSERT INTO centre.body_read (station_id, case_id, clerk, reason, read_at)
    VALUES (me.station_id, about, left(clerk, 100), left(reason, 500), transaction_timestamp());
    SELECT array_agg(b.event_id ORDER BY b.feed_id, b.fseq), array_agg(b.content ORDER BY b.feed_id, b.fseq)
    INTO events, contents
    FROM centre.event AS e JOIN centre.body AS b ON b.event_id = e.event_id
    WHERE e.case_id = about AND e.feed_id = ANY (me.feeds) AND b.content IS NOT NULL;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.bodies FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.bodies TO window_app_station;
