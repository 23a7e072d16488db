-- Take the ids of new events. An id that is known already: with the same body nothing is stored twice (a station
-- renewed after a fork hands its events in again); with another it is set aside.
CREATE OR REPLACE FUNCTION sync_v1.claim(me centre.session, given sync_v1.arrival[]) RETURNS sync_v1.arrival[]
LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint;
    taken bigint[];
BEGIN
    -- Nearly always every id is new, and then an INSERT without ON CONFLICT takes half the time.
    BEGIN
        INSERT INTO centre.event_key (event_id, station_id, lseq, digest)
        SELECT g.event_id, me.station_id, g.lseq, g.digest FROM unnest(given) AS g WHERE g.standing = 'fresh'
        ORDER BY g.lseq;
        RETURN given;
    EXCEPTION WHEN unique_violation THEN
        NULL;
    END;
    WITH added AS (
        INSERT INTO centre.event_key AS k (event_id, station_id, lseq, digest)
        SELECT g.event_id, me.station_id, g.lseq, g.digest FROM unnest(given) AS g WHERE g.standing = 'fresh'
        ORDER BY g.lseq
        ON CONFLICT (event_id) DO NOTHING
        RETURNING k.lseq)
    SELECT array_agg(added.lseq) INTO taken FROM added;
    SELECT count(*) INTO wanted FROM unnest(given) AS g WHERE g.standing = 'fresh';
    IF wanted = coalesce(cardinality(taken), 0) THEN
        RETURN given;
    END IF;
    RETURN (SELECT array_agg(ROW(
        g.event_id, g.lseq,
        CASE WHEN g.standing <> 'fresh' OR g.lseq = ANY (taken) THEN g.standing
             WHEN k.digest = g.digest THEN 'known' ELSE 'id_taken' END,
        g.feed_id, g.class, g.digest, g.type, g.case_id, g.foreign_actor)::sync_v1.arrival ORDER BY g.lseq)
    FROM unnest(given) AS g LEFT JOIN centre.event_key AS k ON k.event_id = g.event_id);
END
$$;
REVOKE ALL ON FUNCTION sync_v1.claim FROM PUBLIC;

-- Set events aside for a person, once each.
CREATE OR REPLACE FUNCTION sync_v1.set_apart(
    me centre.session, given sync_v1.arrival[], links bytea[], envelopes bytea[], bodies bytea[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO centre.quarantine (station_id, lseq, link, envelope, body, reason)
    SELECT me.station_id, g.lseq, links[g.n], envelopes[g.n], bodies[g.n], g.standing
    FROM unnest(given) WITH ORDINALITY
        AS g(event_id, lseq, standing, feed_id, class, digest, type, case_id, foreign_actor, n)
    WHERE g.standing NOT IN ('fresh', 'known')
    ON CONFLICT (station_id, lseq, link) DO NOTHING;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.set_apart FROM PUBLIC;

-- The same for all that a revoked station sends, unread, up to what the centre keeps of one: QUARANTINED, or FULL and
-- nothing of it. What is kept already may be sent again for ever.
CREATE OR REPLACE FUNCTION sync_v1.set_all_apart(
    me centre.session, first_lseq bigint, links bytea[], envelopes bytea[], bodies bytea[]) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO centre.quarantine (station_id, lseq, link, envelope, body, reason)
    SELECT me.station_id, first_lseq + t.n - 1, t.link, t.envelope, t.body, 'revoked'
    FROM unnest(links, envelopes, bodies) WITH ORDINALITY AS t(link, envelope, body, n)
    ON CONFLICT (station_id, lseq, link) DO NOTHING;
    IF FOUND AND (
        SELECT count(*) > min(c.quarantine_events)
               OR sum(length(q.envelope) + coalesce(length(q.body), 0)) > min(c.quarantine_bytes)
        FROM centre.quarantine AS q, centre.centre AS c
        WHERE q.station_id = me.station_id AND q.settled_at IS NULL) THEN
        RAISE SQLSTATE 'WA001';
    END IF;
    RETURN 'QUARANTINED';
EXCEPTION WHEN SQLSTATE 'WA001' THEN
    RETURN 'FULL';
END
$$;
REVOKE ALL ON FUNCTION sync_v1.set_all_apart FROM PUBLIC;
