-- Answer whether anything stands in a feed behind `after`: OK for nothing, MORE, or what `pull` answers. Of all calls
-- this is the one that is made most, and nearly always it is the only one.
CREATE OR REPLACE FUNCTION sync_v1.pull_state(token bytea, feed text, after bigint, witness uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me centre.session := gate.enter(token);
    known record;
BEGIN
    IF me.token_hash IS NULL THEN
        RETURN 'SESSION';
    ELSIF NOT coalesce(feed = ANY (me.feeds), false) THEN
        RETURN CASE WHEN me.active THEN 'NO_FEED' ELSE 'REVOKED' END;
    END IF;
    SELECT f.head, f.last_event INTO known FROM centre.feed AS f WHERE f.feed_id = feed;
    RETURN CASE WHEN known.head > after THEN 'MORE'
                WHEN known.head = after AND (after = 0 OR known.last_event = witness) THEN 'OK'
                ELSE 'REWOUND' END;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.pull_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.pull_state TO window_app_station;

-- Return what stands in a feed behind `after`, dense. `witness` is the event the caller holds there.
--
-- Answers OK; REWOUND where the centre holds another event there, or none; NO_FEED without a subscription; SESSION.
-- The arrays of events are parallel, and so are those of batches.
CREATE OR REPLACE FUNCTION sync_v1.pull(
    token bytea, feed text, after bigint, witness uuid, most integer,
    OUT code text, OUT head bigint, OUT places bigint[], OUT stations uuid[], OUT lseqs bigint[],
    OUT envelopes bytea[], OUT bodies bytea[],
    OUT batch_stations uuid[], OUT batch_firsts bigint[], OUT batch_previous bytea[], OUT batch_links bytea[],
    OUT batch_keys text[], OUT batch_signatures text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    me centre.session := gate.enter(token);
    last uuid;
    lasts bigint[];
    upto bigint;
    mine uuid[];
    shared uuid[];
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    ELSIF NOT coalesce(feed = ANY (me.feeds), false) THEN
        code := CASE WHEN me.active THEN 'NO_FEED' ELSE 'REVOKED' END;
        RETURN;
    END IF;
    code := 'OK';
    SELECT f.head, f.last_event INTO head, last FROM centre.feed AS f WHERE f.feed_id = feed;
    IF after = head THEN
        IF after > 0 AND witness IS DISTINCT FROM last THEN
            code := 'REWOUND';
        END IF;
        RETURN;
    ELSIF after > head OR after < 0 THEN
        code := 'REWOUND';
        RETURN;
    ELSIF after > 0 AND NOT EXISTS (
        SELECT FROM centre.event AS e WHERE e.feed_id = feed AND e.fseq = after AND e.event_id = witness) THEN
        code := 'REWOUND';
        RETURN;
    END IF;
    upto := least(after + least(most, 2000), head);
    -- Of most events the body is not the caller's to read, and looking each of them up to find that out is a quarter of
    -- the call. OFFSET keeps the planner from doing so before it has asked whose event it is.
    mine := gate.incarnations();
    shared := ARRAY(
        SELECT b.event_id FROM centre.body AS b
        WHERE b.feed_id = feed AND b.fseq > after AND b.fseq <= upto AND b.class = 'open'
        UNION ALL
        SELECT b.event_id FROM centre.body AS b
        WHERE b.feed_id = feed AND b.fseq > after AND b.fseq <= upto
          AND b.owner_id = me.enrolment_id AND b.owner_id <> b.enrolment_id);
    -- One sorted subquery and nothing beside it: its order is that of every array. ORDER BY within each of them would
    -- have PostgreSQL 15 sort the page six times.
    SELECT array_agg(e.fseq), array_agg(e.station_id), array_agg(e.lseq), array_agg(e.envelope), array_agg(e.content),
           array_agg(e.batch_last)
    INTO places, stations, lseqs, envelopes, bodies, lasts
    FROM (
        SELECT e.fseq, e.station_id, e.lseq, e.envelope, b.content, e.batch_last
        FROM centre.event AS e
        LEFT JOIN LATERAL (
            SELECT b.content FROM centre.body AS b
            WHERE b.event_id = e.event_id AND (e.station_id = ANY (mine) OR e.event_id = ANY (shared))
              AND (b.class = 'open' OR b.enrolment_id = me.enrolment_id OR b.owner_id = me.enrolment_id)
            OFFSET 0) AS b ON true
        WHERE e.feed_id = feed AND e.fseq > after AND e.fseq <= upto
        ORDER BY e.fseq
    ) AS e;
    SELECT b.stations, b.firsts, b.previous, b.links, b.keys, b.signatures
    INTO batch_stations, batch_firsts, batch_previous, batch_links, batch_keys, batch_signatures
    FROM sync_v1.batches_of(ARRAY(
        SELECT ROW(t.station_id, t.batch_last)::sync_v1.batch_key
        FROM unnest(stations, lasts) AS t(station_id, batch_last) GROUP BY t.station_id, t.batch_last)) AS b;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.pull FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.pull TO window_app_station;
