-- The list of false commitments: entries of the directory that stations of offices sign, not the root key. The centre
-- cannot check an Ed25519 signature; every reader does. What it can check it does: who calls, for which office, that
-- the deciding event stands in a feed, is this station's own and names the person.

SET LOCAL ROLE window_app_owner;

-- Which entries of the directory are such ones: one for a deciding event, whatever is handed in again.
CREATE TABLE centre.credit_entry (
    entry_id uuid PRIMARY KEY,
    dseq bigint NOT NULL UNIQUE REFERENCES centre.directory_entry,
    event_id uuid NOT NULL UNIQUE,
    commitment_id uuid NOT NULL,
    standing text NOT NULL CHECK (standing IN ('listed', 'repaired', 'struck')),
    office text NOT NULL,
    station_id uuid NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON centre.credit_entry (commitment_id);

ALTER TABLE centre.credit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE centre.credit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY administration ON centre.credit_entry TO window_app_administrator USING (true) WITH CHECK (true);
GRANT SELECT ON centre.credit_entry TO window_app_administrator;

RESET ROLE;
SET LOCAL ROLE window_app_gate;

-- The office whose station is calling; null for a counter and for a revoked station.
CREATE FUNCTION gate.office() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT s.office FROM centre.session s
            WHERE s.token_hash = current_setting('window_app.scope', true)
              AND s.opened_by = session_user AND s.expires_at > now() AND s.active AND s.kind = 'office');
END
$$;

-- The stations that the caller's installation has been: what it decided under an earlier id is its own.
CREATE FUNCTION gate.incarnations() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT array_agg(s.station_id) FROM centre.station s WHERE s.enrolment_id = gate.enrolment());
END
$$;

-- Whoever adds to the directory goes one after another, the administrator among them, who locks the same row.
CREATE FUNCTION gate.hold_directory() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF gate.office() IS NOT NULL THEN
        PERFORM FROM centre.centre FOR UPDATE;
    END IF;
END
$$;

REVOKE ALL ON FUNCTION gate.office(), gate.incarnations(), gate.hold_directory() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.office(), gate.incarnations(), gate.hold_directory() TO window_app_service;

RESET ROLE;
SET LOCAL ROLE window_app_owner;

-- PostgreSQL asks for the right to change a row before it locks one; `only_one` can be nothing but true.
GRANT SELECT, UPDATE (only_one) ON centre.centre TO window_app_gate;
CREATE POLICY gate ON centre.centre TO window_app_gate USING (true) WITH CHECK (true);

GRANT SELECT, INSERT ON centre.credit_entry TO window_app_service;
GRANT INSERT (dseq, previous, content, signature) ON centre.directory_entry TO window_app_service;

CREATE POLICY service ON centre.credit_entry FOR SELECT TO window_app_service
    USING ((SELECT gate.feeds()) IS NOT NULL);
CREATE POLICY service_adds ON centre.credit_entry FOR INSERT TO window_app_service
    WITH CHECK (office = (SELECT gate.office()) AND station_id = (SELECT gate.station()));
-- An entry of an office speaks of the list alone, and for that office alone.
CREATE POLICY service_adds ON centre.directory_entry FOR INSERT TO window_app_service
    WITH CHECK ((SELECT gate.office()) IS NOT NULL
                AND convert_from(content, 'UTF8')::jsonb ->> 'entry' = 'credit'
                AND convert_from(content, 'UTF8')::jsonb ->> 'office' = (SELECT gate.office()));

RESET ROLE;
