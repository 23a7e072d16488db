-- Projections: derived from what envelopes say, never from bodies. Whatever goes wrong here stops nothing: it is
-- noted as an anomaly, and the event stands in its feed.

CREATE OR REPLACE FUNCTION sync_v1.note(me centre.session, kind text, event uuid, about uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO centre.anomaly (kind, station_id, event_id, case_id) VALUES (note.kind, me.station_id, event, about);
END
$$;
REVOKE ALL ON FUNCTION sync_v1.note FROM PUBLIC;

-- Cases taken in: scope, number, present state, count of the day. The first receiving of a case and the first case
-- of a number stay; what comes after is noted.
CREATE OR REPLACE FUNCTION sync_v1.receive(
    me centre.session, given sync_v1.arrival[], envelopes bytea[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    WITH said AS MATERIALIZED (
        SELECT t.event_id, t.case_id, t.feed_id, t.lseq, t.class = 'confidential' AS confidential,
               e.facts, e.readers, upper(translate(coalesce(e.facts ->> 'number', ''), '- ', '')) AS number
        FROM ROWS FROM (unnest(envelopes), unnest(given))
            AS t(envelope, event_id, lseq, standing, feed_id, class, digest, type, case_id, foreign_actor),
            jsonb_to_record(convert_from(t.envelope, 'UTF8')::jsonb) AS e(facts jsonb, readers jsonb)
        WHERE t.standing = 'fresh' AND t.type = 'MatterReceived' AND t.case_id IS NOT NULL
    ), scoped AS (
        INSERT INTO centre.case_scope AS c (case_id, feed_id, enrolment_id, confidential, offices)
        SELECT s.case_id, s.feed_id, me.enrolment_id, s.confidential,
               ARRAY(SELECT jsonb_array_elements_text(s.readers)
                     UNION SELECT s.facts ->> 'office' WHERE s.facts ->> 'office' <> '')
        FROM said AS s ORDER BY s.lseq
        ON CONFLICT ON CONSTRAINT case_scope_pkey DO NOTHING
        RETURNING c.case_id
    ), first AS MATERIALIZED (
        SELECT DISTINCT ON (s.case_id) s.* FROM said AS s JOIN scoped USING (case_id) ORDER BY s.case_id, s.lseq
    ), numbered AS (
        INSERT INTO centre.receipt_number AS r (number, case_id, feed_id, enrolment_id)
        SELECT f.number, f.case_id, f.feed_id, me.enrolment_id FROM first AS f WHERE f.number <> ''
        ON CONFLICT ON CONSTRAINT receipt_number_pkey DO NOTHING
        RETURNING r.case_id
    ), stands AS (
        INSERT INTO centre.case_current (case_id, feed_id, number, matter, route, office, state, state_event,
                                         received_on, due_on)
        SELECT f.case_id, f.feed_id, f.number, f.facts ->> 'matter', f.facts ->> 'route', f.facts ->> 'office',
               'received', f.event_id, (f.facts ->> 'received_on')::date, (f.facts ->> 'due_on')::date
        FROM first AS f
    ), counted AS (
        INSERT INTO centre.daily_count AS d (feed_id, day, what, count)
        SELECT f.feed_id, (f.facts ->> 'received_on')::date, 'received', count(*) FROM first AS f
        WHERE f.facts ->> 'received_on' IS NOT NULL
        GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT ON CONSTRAINT daily_count_pkey DO UPDATE SET count = d.count + excluded.count
    )
    INSERT INTO centre.anomaly (kind, station_id, event_id, case_id)
    SELECT 'received_twice', me.station_id, s.event_id, s.case_id FROM said AS s
    WHERE s.event_id NOT IN (SELECT f.event_id FROM first AS f)
    UNION ALL
    SELECT 'number_twice', me.station_id, f.event_id, f.case_id FROM first AS f
    WHERE f.number <> '' AND f.case_id NOT IN (SELECT n.case_id FROM numbered AS n);
END
$$;
REVOKE ALL ON FUNCTION sync_v1.receive FROM PUBLIC;

-- All at once; where one spoils it, singly.
CREATE OR REPLACE FUNCTION sync_v1.project_received(
    me centre.session, given sync_v1.arrival[], envelopes bytea[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM unnest(given) AS g WHERE g.type = 'MatterReceived' AND g.standing = 'fresh') THEN
        RETURN;
    END IF;
    PERFORM sync_v1.receive(me, given, envelopes);
EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
    FOR place IN 1 .. cardinality(given) LOOP
        BEGIN
            IF given[place].type = 'MatterReceived' THEN
                PERFORM sync_v1.receive(me, given[place:place], envelopes[place:place]);
            END IF;
        EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
            PERFORM sync_v1.note(me, 'not_projected', given[place].event_id, given[place].case_id);
        END;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.project_received FROM PUBLIC;

-- What changes a case after its receiving.
CREATE OR REPLACE FUNCTION sync_v1.project_changes(
    me centre.session, given sync_v1.arrival[], envelopes bytea[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    changed record;
BEGIN
    FOR changed IN
        SELECT g.n, g.event_id, g.case_id, g.type, g.foreign_actor FROM unnest(given) WITH ORDINALITY
            AS g(event_id, lseq, standing, feed_id, class, digest, type, case_id, foreign_actor, n)
        WHERE g.standing = 'fresh'
          AND (g.foreign_actor OR g.type IN ('StatusChanged', 'StatusDetailed', 'NumberVoided', 'ConflictResolved'))
        ORDER BY g.n
    LOOP
        BEGIN
            IF changed.foreign_actor OR changed.case_id IS NULL THEN
                PERFORM sync_v1.note(me, 'foreign_actor', changed.event_id, changed.case_id);
            ELSE
                PERFORM sync_v1.change(me, changed.event_id, changed.case_id, changed.type,
                                       convert_from(envelopes[changed.n], 'UTF8')::jsonb);
            END IF;
        EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
            PERFORM sync_v1.note(me, 'not_projected', changed.event_id, changed.case_id);
        END;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.project_changes FROM PUBLIC;
