-- Hand in own events. One call, one transaction: nobody who dies holds a feed.
--
-- Answers OK, GAP, FORK, QUARANTINED; FULL where a revoked station sent more than is kept of one; BUSY where somebody
-- holds the feed; SESSION where the token opens nothing; MALFORMED for a batch that is not a chain. Whatever an event says, it is kept: in its feed, or set aside for a person.
CREATE OR REPLACE FUNCTION sync_v1.push(
    token bytea, first_lseq bigint, previous bytea, links bytea[], envelopes bytea[], bodies bytea[],
    key_id text, signature text,
    OUT code text, OUT acked bigint, OUT epoch text, OUT set_aside bigint[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s'
-- A batch's arrays tell the planner nothing, yet it would plan a session's first five batches each anew.
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    me centre.session := gate.enter(token);
    known record;
    apart boolean := false;
    final bigint := first_lseq + cardinality(links) - 1;
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    ELSIF NOT sync_v1.chained(first_lseq, previous, links, envelopes, bodies)
          OR length(key_id) > 100 OR length(signature) > 200 THEN
        code := 'MALFORMED';
        RETURN;
    END IF;
    SELECT s.last_lseq AS lseq, s.last_link AS link, c.epoch INTO STRICT known
    FROM centre.station AS s, centre.centre AS c WHERE s.station_id = me.station_id FOR NO KEY UPDATE OF s;
    acked := known.lseq;
    epoch := known.epoch;
    IF NOT me.active THEN
        code := sync_v1.set_all_apart(me, first_lseq, links, envelopes, bodies);
    ELSIF first_lseq > known.lseq + 1 THEN
        code := 'GAP';
    ELSIF NOT coalesce(
        sync_v1.continues(me.station_id, known.lseq, known.link, first_lseq, previous, links), false) THEN
        code := 'FORK';
    ELSE
        code := 'OK';
        IF final > known.lseq THEN
            BEGIN
                apart := sync_v1.take_new(me, known.lseq, first_lseq, previous, links, envelopes, bodies, key_id,
                                          signature);
                acked := final;
            EXCEPTION WHEN lock_not_available THEN
                PERFORM gate.free_feeds();
                code := 'BUSY';
                RETURN;
            END;
        END IF;
        -- Only a repeat, or what was set aside just now, has anything to tell; each question asks the gate again.
        IF apart OR first_lseq <= known.lseq THEN
            SELECT array_agg(q.lseq ORDER BY q.lseq) INTO set_aside FROM centre.quarantine AS q
            WHERE q.station_id = me.station_id AND q.lseq BETWEEN first_lseq AND final
              AND q.link = links[q.lseq - first_lseq + 1];
        END IF;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.push FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.push TO window_app_station;

-- Take the part of a batch that is new; answer whether anything of it was set aside.
CREATE OR REPLACE FUNCTION sync_v1.take_new(
    me centre.session, known bigint, first_lseq bigint, previous bytea, links bytea[], envelopes bytea[],
    bodies bytea[], key_id text, signature text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    final bigint := first_lseq + cardinality(links) - 1;
    overlap integer := known + 1 - first_lseq;
    given sync_v1.arrival[];
    apart boolean;
BEGIN
    INSERT INTO centre.batch (station_id, last_lseq, first_lseq, previous, links, key_id, signature)
    SELECT me.station_id, final, first_lseq, previous, string_agg(t.link, '' ORDER BY t.n), key_id, signature
    FROM unnest(links) WITH ORDINALITY AS t(link, n);
    IF overlap > 0 THEN
        links := links[overlap + 1:];
        envelopes := envelopes[overlap + 1:];
        bodies := bodies[overlap + 1:];
    END IF;
    given := sync_v1.claim(me, sync_v1.understood(me, known + 1, envelopes, bodies));
    UPDATE centre.station AS s SET last_lseq = final, last_link = links[cardinality(links)], contact_at = now()
    WHERE s.station_id = me.station_id;
    apart := EXISTS (SELECT FROM unnest(given) AS g WHERE g.standing NOT IN ('fresh', 'known'));
    IF apart THEN
        PERFORM sync_v1.set_apart(me, given, links, envelopes, bodies);
    END IF;
    PERFORM sync_v1.enter(me, given, links, envelopes, bodies, final);
    RETURN apart;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.take_new FROM PUBLIC;
