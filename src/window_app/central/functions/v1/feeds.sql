-- What a feed holds of each station, or STALE where its head is no longer the one asked for.
CREATE OR REPLACE FUNCTION sync_v1.counts(
    token bytea, feed text, upto bigint,
    OUT code text, OUT stations uuid[], OUT events bigint[], OUT lseqs bigint[], OUT links bytea[],
    OUT marks bigint[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me centre.session := gate.enter(token);
    at_head boolean;
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    ELSIF NOT coalesce(feed = ANY (me.feeds), false) THEN
        code := CASE WHEN me.active THEN 'NO_FEED' ELSE 'REVOKED' END;
        RETURN;
    END IF;
    -- One statement, one view: the head and the counts of the same moment.
    SELECT bool_and(f.head = upto), array_agg(c.station_id) FILTER (WHERE c.station_id IS NOT NULL),
           array_agg(c.events) FILTER (WHERE c.station_id IS NOT NULL),
           array_agg(c.last_lseq) FILTER (WHERE c.station_id IS NOT NULL),
           array_agg(c.last_link) FILTER (WHERE c.station_id IS NOT NULL),
           array_agg(c.places) FILTER (WHERE c.station_id IS NOT NULL)
    INTO at_head, stations, events, lseqs, links, marks
    FROM centre.feed AS f LEFT JOIN centre.feed_count AS c ON c.feed_id = f.feed_id WHERE f.feed_id = feed;
    code := CASE WHEN at_head THEN 'OK' ELSE 'STALE' END;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.counts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.counts TO window_app_station;

-- The latest signed checkpoint of a feed.
CREATE OR REPLACE FUNCTION sync_v1.checkpoint(
    token bytea, feed text, OUT code text, OUT content bytea, OUT signature text)
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
    SELECT p.content, p.signature INTO content, signature FROM centre.checkpoint AS p
    WHERE p.feed_id = feed ORDER BY p.fseq DESC LIMIT 1;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.checkpoint FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.checkpoint TO window_app_station;

-- The directory behind `after`; `previous` is the digest of the entry held there.
CREATE OR REPLACE FUNCTION sync_v1.pull_directory(
    token bytea, after bigint, previous text, most integer,
    OUT code text, OUT places bigint[], OUT befores text[], OUT contents bytea[], OUT signatures text[])
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
    SELECT array_agg(d.dseq ORDER BY d.dseq), array_agg(d.previous ORDER BY d.dseq),
           array_agg(d.content ORDER BY d.dseq), array_agg(d.signature ORDER BY d.dseq)
    INTO places, befores, contents, signatures
    FROM centre.directory_entry AS d WHERE d.dseq > after AND d.dseq <= after + least(most, 1000);
    IF after > 0 AND previous IS DISTINCT FROM (
        SELECT encode(sha256(convert_to(format(E'window-app-directory\n%s\n%s\n', d.dseq, d.previous), 'UTF8')
                             || d.content), 'hex')
        FROM centre.directory_entry AS d WHERE d.dseq = after) THEN
        code := 'REWOUND';
        places := NULL;
        befores := NULL;
        contents := NULL;
        signatures := NULL;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.pull_directory FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.pull_directory TO window_app_station;
