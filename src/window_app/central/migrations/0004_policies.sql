-- Row-level security, forced on the owner too. What has no policy for a role has no rows for it.

SET LOCAL ROLE window_app_owner;

DO $$
DECLARE
    kept regclass;
BEGIN
    FOR kept IN
        SELECT oid::regclass FROM pg_catalog.pg_class
        WHERE relnamespace = 'centre'::regnamespace AND relkind IN ('r', 'p')
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format('CREATE POLICY administration ON %s TO window_app_administrator USING (true) WITH CHECK (true)',
                       kept);
        EXECUTE format('GRANT SELECT ON %s TO window_app_administrator', kept);
    END LOOP;
END
$$;

-- The administrator: enrols, revokes, settles, erases bodies; changes no event, key, batch or record of reading.
GRANT INSERT, UPDATE, DELETE ON centre.migration, centre.centre, centre.enrolment, centre.station, centre.issue_code,
    centre.subscription, centre.pool_login, centre.session, centre.checkpoint, centre.definition_set,
    centre.case_scope, centre.receipt_number, centre.case_current, centre.daily_count
    TO window_app_administrator;
GRANT INSERT ON centre.feed, centre.directory_entry TO window_app_administrator;
GRANT UPDATE (content, erased_at, erased_for) ON centre.body TO window_app_administrator;
GRANT UPDATE (settled_at, settled_by) ON centre.quarantine, centre.anomaly TO window_app_administrator;

-- The gate: who is who.
GRANT SELECT ON centre.enrolment, centre.station, centre.issue_code, centre.subscription, centre.pool_login,
    centre.session, centre.feed, centre.body_read, centre.case_scope TO window_app_gate;
GRANT INSERT, UPDATE, DELETE ON centre.session TO window_app_gate;
GRANT INSERT ON centre.station, centre.issue_code, centre.anomaly TO window_app_gate;
GRANT UPDATE (head, last_event) ON centre.feed TO window_app_gate;
GRANT UPDATE (renewals) ON centre.enrolment TO window_app_gate;
GRANT UPDATE (contact_at, release) ON centre.station TO window_app_gate;
GRANT UPDATE (station_id) ON centre.issue_code TO window_app_gate;
CREATE POLICY gate ON centre.enrolment TO window_app_gate USING (true) WITH CHECK (true);
CREATE POLICY gate ON centre.station TO window_app_gate USING (true) WITH CHECK (true);
CREATE POLICY gate ON centre.issue_code TO window_app_gate USING (true) WITH CHECK (true);
CREATE POLICY gate ON centre.subscription FOR SELECT TO window_app_gate USING (true);
CREATE POLICY gate ON centre.pool_login FOR SELECT TO window_app_gate USING (true);
CREATE POLICY gate ON centre.session TO window_app_gate USING (true) WITH CHECK (true);
CREATE POLICY gate ON centre.feed TO window_app_gate USING (true) WITH CHECK (true);
CREATE POLICY gate ON centre.body_read FOR SELECT TO window_app_gate USING (true);
CREATE POLICY gate ON centre.case_scope FOR SELECT TO window_app_gate USING (true);
CREATE POLICY gate ON centre.anomaly FOR INSERT TO window_app_gate WITH CHECK (true);

-- The functions of the protocol.
GRANT SELECT ON centre.centre, centre.feed, centre.station, centre.event_key, centre.event, centre.body, centre.batch,
    centre.feed_count, centre.quarantine, centre.case_scope, centre.receipt_number, centre.case_current,
    centre.daily_count, centre.office_step, centre.directory_entry, centre.checkpoint, centre.definition_set
    TO window_app_service;
GRANT INSERT ON centre.event_key, centre.event, centre.body, centre.batch, centre.feed_count, centre.quarantine,
    centre.anomaly, centre.case_scope, centre.receipt_number, centre.case_current, centre.daily_count,
    centre.body_read, centre.definition_set TO window_app_service;
GRANT UPDATE (last_lseq, last_link, contact_at) ON centre.station TO window_app_service;
GRANT UPDATE (events, last_lseq, last_link, places) ON centre.feed_count TO window_app_service;
GRANT UPDATE (offices) ON centre.case_scope TO window_app_service;
GRANT UPDATE (state, state_event, decision_number, office, due_on) ON centre.case_current TO window_app_service;
GRANT UPDATE (count) ON centre.daily_count TO window_app_service;

CREATE POLICY service ON centre.centre FOR SELECT TO window_app_service USING (true);
CREATE POLICY service ON centre.office_step FOR SELECT TO window_app_service USING (true);
-- Ids and digests say nothing, and whether an id was used before must be known across stations.
CREATE POLICY service ON centre.event_key FOR SELECT TO window_app_service
    USING ((SELECT gate.station()) IS NOT NULL);
CREATE POLICY service_adds ON centre.event_key FOR INSERT TO window_app_service
    WITH CHECK (station_id = (SELECT gate.station()));

CREATE POLICY service ON centre.station FOR SELECT TO window_app_service
    USING (station_id = (SELECT gate.station()));
CREATE POLICY service_moves ON centre.station FOR UPDATE TO window_app_service
    USING (station_id = (SELECT gate.station()));

CREATE POLICY service ON centre.feed FOR SELECT TO window_app_service
    USING (feed_id = ANY ((SELECT gate.feeds())::text[]));

CREATE POLICY service ON centre.event FOR SELECT TO window_app_service
    USING (feed_id = ANY ((SELECT gate.feeds())::text[]));
CREATE POLICY service_adds ON centre.event FOR INSERT TO window_app_service
    WITH CHECK (feed_id = ANY ((SELECT gate.writes())::text[]) AND station_id = (SELECT gate.station()));

CREATE POLICY service ON centre.body FOR SELECT TO window_app_service
    USING (feed_id = ANY ((SELECT gate.feeds())::text[])
           AND (class <> 'confidential' AND (class = 'open' OR enrolment_id = (SELECT gate.enrolment())
                                             OR owner_id = (SELECT gate.enrolment()))
                OR case_id = ANY ((SELECT gate.reading())::uuid[])));
CREATE POLICY service_adds ON centre.body FOR INSERT TO window_app_service
    WITH CHECK (feed_id = ANY ((SELECT gate.writes())::text[]) AND enrolment_id = (SELECT gate.enrolment()));

-- Links are hashes of envelopes: whoever reads any feed may check them, and whoever writes compares its own.
CREATE POLICY service ON centre.batch FOR SELECT TO window_app_service
    USING ((SELECT gate.station()) IS NOT NULL);
CREATE POLICY service_adds ON centre.batch FOR INSERT TO window_app_service
    WITH CHECK (station_id = (SELECT gate.station()));

CREATE POLICY service ON centre.feed_count FOR SELECT TO window_app_service
    USING (feed_id = ANY ((SELECT gate.feeds())::text[]) OR station_id = (SELECT gate.station()));
CREATE POLICY service_adds ON centre.feed_count FOR INSERT TO window_app_service
    WITH CHECK (station_id = (SELECT gate.station()));
CREATE POLICY service_moves ON centre.feed_count FOR UPDATE TO window_app_service
    USING (station_id = (SELECT gate.station()));

CREATE POLICY service ON centre.quarantine FOR SELECT TO window_app_service
    USING (station_id = (SELECT gate.station()));
CREATE POLICY service_adds ON centre.quarantine FOR INSERT TO window_app_service
    WITH CHECK (station_id = (SELECT gate.station()));
CREATE POLICY service_adds ON centre.anomaly FOR INSERT TO window_app_service
    WITH CHECK (station_id = (SELECT gate.station()));

CREATE POLICY service ON centre.case_scope FOR SELECT TO window_app_service
    USING (feed_id = ANY ((SELECT gate.feeds())::text[]) OR enrolment_id = (SELECT gate.enrolment()));
CREATE POLICY service_adds ON centre.case_scope FOR INSERT TO window_app_service
    WITH CHECK (feed_id = ANY ((SELECT gate.writes())::text[]) AND enrolment_id = (SELECT gate.enrolment()));
CREATE POLICY service_moves ON centre.case_scope FOR UPDATE TO window_app_service
    USING (feed_id = ANY ((SELECT gate.feeds())::text[]));

-- Own numbers too, since a counter does not read the feed into which its confidential reports go.
CREATE POLICY service ON centre.receipt_number FOR SELECT TO window_app_service
    USING (feed_id = ANY ((SELECT gate.feeds())::text[]) OR enrolment_id = (SELECT gate.enrolment()));
CREATE POLICY service_adds ON centre.receipt_number FOR INSERT TO window_app_service
    WITH CHECK (feed_id = ANY ((SELECT gate.writes())::text[]) AND enrolment_id = (SELECT gate.enrolment()));
CREATE POLICY service ON centre.case_current FOR SELECT TO window_app_service
    USING (feed_id = ANY ((SELECT gate.feeds())::text[]));
CREATE POLICY service_adds ON centre.case_current FOR INSERT TO window_app_service
    WITH CHECK (feed_id = ANY ((SELECT gate.writes())::text[]));
CREATE POLICY service_moves ON centre.case_current FOR UPDATE TO window_app_service
    USING (feed_id = ANY ((SELECT gate.feeds())::text[]));
CREATE POLICY service ON centre.daily_count TO window_app_service
    USING (feed_id = ANY ((SELECT gate.writes())::text[]) OR feed_id = ANY ((SELECT gate.feeds())::text[]));

CREATE POLICY service_adds ON centre.body_read FOR INSERT TO window_app_service
    WITH CHECK (station_id = (SELECT gate.station()) AND read_at = transaction_timestamp());

CREATE POLICY service ON centre.directory_entry FOR SELECT TO window_app_service
    USING ((SELECT gate.feeds()) IS NOT NULL);
CREATE POLICY service ON centre.checkpoint FOR SELECT TO window_app_service
    USING (feed_id = ANY ((SELECT gate.feeds())::text[]));
CREATE POLICY service ON centre.definition_set FOR SELECT TO window_app_service
    USING ((SELECT gate.feeds()) IS NOT NULL);
CREATE POLICY service_adds ON centre.definition_set FOR INSERT TO window_app_service
    WITH CHECK (kept_from = (SELECT gate.station()) AND (SELECT gate.writes()) IS NOT NULL);

CREATE TRIGGER rights_changed AFTER UPDATE OF status ON centre.station
    FOR EACH ROW EXECUTE FUNCTION gate.end_sessions();
CREATE TRIGGER rights_changed AFTER INSERT OR UPDATE OR DELETE ON centre.subscription
    FOR EACH ROW EXECUTE FUNCTION gate.end_sessions();

-- What PUBLIC still may do that it need not: empty where the administrator owns the catalogue.
CREATE FUNCTION centre.open_doors() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND (p.proname LIKE 'lo\_%' OR p.proname IN ('loread', 'lowrite') OR p.proname LIKE 'pg\_%advisory%lock%'
           OR p.proname IN ('pg_notify', 'pg_logical_emit_message'))
      AND has_function_privilege('window_app_station', p.oid, 'EXECUTE')
    UNION ALL
    SELECT 'TEMP' WHERE has_database_privilege('window_app_station', current_database(), 'TEMP')
    UNION ALL
    SELECT 'public' WHERE has_schema_privilege('window_app_station', 'public', 'CREATE')
$$;
GRANT EXECUTE ON FUNCTION centre.open_doors() TO window_app_administrator;

RESET ROLE;
