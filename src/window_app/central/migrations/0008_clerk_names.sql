-- Names of clerks: entries of the directory that every station signs of its own clerks, with code and name and nothing
-- else. The centre cannot check an Ed25519 signature; every reader does. It checks who calls, of whom the entry
-- speaks, what it says beyond a code and a name (nothing), and how many there are.

SET LOCAL ROLE window_app_owner;

CREATE TABLE centre.clerk_entry (
    dseq bigint PRIMARY KEY REFERENCES centre.directory_entry,
    station_id uuid NOT NULL,
    enrolment_id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON centre.clerk_entry (station_id, code, dseq);
CREATE INDEX ON centre.clerk_entry (enrolment_id);

ALTER TABLE centre.clerk_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE centre.clerk_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY administration ON centre.clerk_entry TO window_app_administrator USING (true) WITH CHECK (true);
GRANT SELECT ON centre.clerk_entry TO window_app_administrator;

RESET ROLE;
SET LOCAL ROLE window_app_gate;

-- The station that is calling; null for a revoked one.
CREATE FUNCTION gate.active_station() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT s.station_id FROM centre.session s
            WHERE s.token_hash = current_setting('window_app.scope', true)
              AND s.opened_by = session_user AND s.expires_at > now() AND s.active);
END
$$;

-- Counters add to the directory as well by now.
CREATE OR REPLACE FUNCTION gate.hold_directory() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF gate.active_station() IS NOT NULL THEN
        PERFORM FROM centre.centre FOR UPDATE;
    END IF;
END
$$;

REVOKE ALL ON FUNCTION gate.active_station() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.active_station() TO window_app_service;

RESET ROLE;
SET LOCAL ROLE window_app_owner;

GRANT SELECT, INSERT ON centre.clerk_entry TO window_app_service;
CREATE POLICY service ON centre.clerk_entry FOR SELECT TO window_app_service
    USING (enrolment_id = (SELECT gate.enrolment()));
CREATE POLICY service_adds ON centre.clerk_entry FOR INSERT TO window_app_service
    WITH CHECK (station_id = (SELECT gate.active_station()) AND enrolment_id = (SELECT gate.enrolment()));
-- An entry of a station speaks of its own clerks alone.
CREATE POLICY service_names ON centre.directory_entry FOR INSERT TO window_app_service
    WITH CHECK (convert_from(content, 'UTF8')::jsonb ->> 'entry' = 'clerk'
                AND convert_from(content, 'UTF8')::jsonb ->> 'station' = (SELECT gate.active_station())::text);

RESET ROLE;
