-- Understand envelopes: ids, class, digest, and whether each says what its place in the batch says. Raises where
-- one of them cannot be read; then the caller takes them singly.
CREATE OR REPLACE FUNCTION sync_v1.judge(
    me centre.session, first_lseq bigint, envelopes bytea[], bodies bytea[]) RETURNS sync_v1.arrival[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT array_agg(ROW(
        said.event, said.place,
        CASE
            WHEN said.event IS NULL OR said.type IS NULL OR said.body IS NULL OR said.actor IS NULL THEN 'incomplete'
            WHEN said.station IS DISTINCT FROM me.station_id THEN 'other_station'
            WHEN said.lseq IS DISTINCT FROM said.place THEN 'other_place'
            WHEN said.class IS NULL OR said.class NOT IN ('open', 'restricted', 'confidential') THEN 'class'
            WHEN length(said.body) <> 64 OR sha256(said.content) <> decode(said.body, 'hex') THEN 'body'
            ELSE 'fresh'
        END,
        me.home || CASE WHEN said.class = 'confidential' THEN ':confidential' ELSE '' END,
        said.class, decode(said.body, 'hex'), said.type,
        CASE WHEN said.stream ->> 0 = 'case' THEN (said.stream ->> 1)::uuid END,
        said.actor ->> 0 = 'office'
            AND (me.kind = 'counter' OR split_part(said.actor ->> 1, '/', 1) IS DISTINCT FROM me.office)
    )::sync_v1.arrival ORDER BY said.place)
    -- OFFSET keeps the planner from parsing an envelope anew for each of its fields. json_to_record would need a
    -- table of its own for each envelope.
    FROM (SELECT (heard.said).*, heard.content, heard.place
          FROM (SELECT json_populate_record(NULL::sync_v1.said, convert_from(t.envelope, 'UTF8')::json) AS said,
                       t.body AS content, first_lseq + t.n - 1 AS place
                FROM unnest(envelopes, bodies) WITH ORDINALITY AS t(envelope, body, n) OFFSET 0) AS heard) AS said);
END
$$;
REVOKE ALL ON FUNCTION sync_v1.judge FROM PUBLIC;

-- The same, event by event, so that one that cannot be read stands alone.
CREATE OR REPLACE FUNCTION sync_v1.judge_singly(
    me centre.session, first_lseq bigint, envelopes bytea[], bodies bytea[]) RETURNS sync_v1.arrival[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found sync_v1.arrival[] := '{}';
BEGIN
    FOR place IN 1 .. cardinality(envelopes) LOOP
        BEGIN
            found := found || sync_v1.judge(me, first_lseq + place - 1, envelopes[place:place], bodies[place:place]);
        EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
            found := found || ROW(NULL, first_lseq + place - 1, 'unreadable', NULL, NULL, NULL, NULL, NULL, false)
                              ::sync_v1.arrival;
        END;
    END LOOP;
    RETURN found;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.judge_singly FROM PUBLIC;

-- Where an office writes about a case of another district to which it is subscribed, the case's own feed takes it.
CREATE OR REPLACE FUNCTION sync_v1.sent_home(me centre.session, given sync_v1.arrival[]) RETURNS sync_v1.arrival[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT array_agg(ROW(
        g.event_id, g.lseq, g.standing,
        CASE WHEN f.feed_id = ANY (me.writes) THEN f.feed_id ELSE g.feed_id END,
        g.class, g.digest, g.type, g.case_id, g.foreign_actor)::sync_v1.arrival ORDER BY g.lseq)
    FROM unnest(given) AS g
    LEFT JOIN centre.case_scope AS c ON c.case_id = g.case_id
    LEFT JOIN LATERAL (SELECT split_part(c.feed_id, ':', 1)
                              || CASE WHEN g.class = 'confidential' THEN ':confidential' ELSE '' END) AS f(feed_id)
        ON c.case_id IS NOT NULL);
END
$$;
REVOKE ALL ON FUNCTION sync_v1.sent_home FROM PUBLIC;

-- Understand all that is new: at once, or singly where one of them cannot be read.
CREATE OR REPLACE FUNCTION sync_v1.understood(
    me centre.session, first_lseq bigint, envelopes bytea[], bodies bytea[]) RETURNS sync_v1.arrival[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    given sync_v1.arrival[];
BEGIN
    BEGIN
        given := sync_v1.judge(me, first_lseq, envelopes, bodies);
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
        given := sync_v1.judge_singly(me, first_lseq, envelopes, bodies);
    END;
    IF me.kind = 'office' THEN
        given := sync_v1.sent_home(me, given);
    END IF;
    RETURN given;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.understood FROM PUBLIC;
