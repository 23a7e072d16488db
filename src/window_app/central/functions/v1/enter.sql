-- Number events in their feeds and store them. The feeds' rows are the last locks, taken in the order of their names
-- and held to the commit, so whoever sees a number sees every number before it.
CREATE OR REPLACE FUNCTION sync_v1.enter(
    me centre.session, given sync_v1.arrival[], links bytea[], envelopes bytea[], bodies bytea[], batch_last bigint)
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    entered record;
    feeds text[] := '{}';
    heads bigint[] := '{}';
BEGIN
    FOR entered IN
        SELECT g.feed_id, count(*) AS events, max(g.n) AS last FROM unnest(given) WITH ORDINALITY
            AS g(event_id, lseq, standing, feed_id, class, digest, type, case_id, foreign_actor, n)
        WHERE g.standing = 'fresh' GROUP BY g.feed_id ORDER BY g.feed_id
    LOOP
        heads := heads || gate.draw_numbers(entered.feed_id, entered.events, given[entered.last].event_id);
        feeds := feeds || entered.feed_id;
    END LOOP;
    IF feeds = '{}' THEN
        RETURN;
    END IF;
    PERFORM sync_v1.project_received(me, given, envelopes);
    -- Sorting and numbering go without the bytes, which would be copied at each step.
    -- The mark of an event at its place is domain.line.place_mark; a test compares.
    WITH placed AS MATERIALIZED (
        SELECT t.n, t.event_id, t.lseq, t.feed_id, t.class, t.case_id,
               heads[array_position(feeds, t.feed_id)]
                   + row_number() OVER (PARTITION BY t.feed_id ORDER BY t.lseq) AS fseq
        FROM unnest(given) WITH ORDINALITY
            AS t(event_id, lseq, standing, feed_id, class, digest, type, case_id, foreign_actor, n)
        WHERE t.standing = 'fresh'
    ), kept AS (
        INSERT INTO centre.event (feed_id, fseq, event_id, station_id, lseq, batch_last, case_id, envelope)
        SELECT p.feed_id, p.fseq, p.event_id, me.station_id, p.lseq, batch_last, p.case_id, envelopes[p.n]
        FROM placed AS p
    ), counted AS (
        INSERT INTO centre.feed_count AS c (feed_id, station_id, events, last_lseq, last_link, places)
        SELECT p.feed_id, me.station_id, count(*), max(p.lseq), links[max(p.lseq) - given[1].lseq + 1],
               bit_xor(('x' || encode(substr(sha256(uuid_send(p.event_id) || int8send(p.fseq)), 1, 8), 'hex'))
                       ::bit(64)::bigint)
        FROM placed AS p GROUP BY p.feed_id
        ON CONFLICT ON CONSTRAINT feed_count_pkey DO UPDATE
            SET events = c.events + excluded.events, last_lseq = excluded.last_lseq, last_link = excluded.last_link,
                places = c.places # excluded.places
    )
    INSERT INTO centre.body (event_id, feed_id, fseq, enrolment_id, owner_id, case_id, class, content)
    SELECT p.event_id, p.feed_id, p.fseq, me.enrolment_id,
           (SELECT c.enrolment_id FROM centre.case_scope AS c WHERE c.case_id = p.case_id), p.case_id, p.class,
           bodies[p.n]
    FROM placed AS p;
    PERFORM sync_v1.expect_files(me, given, envelopes);
    PERFORM sync_v1.project_changes(me, given, envelopes);
END
$$;
REVOKE ALL ON FUNCTION sync_v1.enter FROM PUBLIC;
