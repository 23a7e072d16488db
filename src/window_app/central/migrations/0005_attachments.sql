-- Attachments: what an event's envelope says of its files, and their sealed pieces. A piece is read by whom the body
-- of the event may be read, the record of the reading included; what was erased has no pieces.

SET LOCAL ROLE window_app_owner;

CREATE TABLE centre.attachment (
    event_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    size bigint NOT NULL,
    media_type text NOT NULL,
    pieces bytea[] NOT NULL,
    feed_id text NOT NULL,
    enrolment_id uuid NOT NULL,
    owner_id uuid,
    case_id uuid,
    class text NOT NULL,
    erased boolean NOT NULL DEFAULT false,
    PRIMARY KEY (event_id, digest)
);
CREATE INDEX ON centre.attachment (digest, enrolment_id);

-- Whose piece it is stands in the key: naming somebody else's attachment in an event of one's own gives nothing.
CREATE TABLE centre.piece (
    enrolment_id uuid NOT NULL,
    digest bytea NOT NULL,
    number integer NOT NULL,
    size integer NOT NULL,
    content bytea NOT NULL,
    kept_from uuid NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (enrolment_id, digest, number)
);
-- Sealed bytes do not shrink.
ALTER TABLE centre.piece ALTER COLUMN content SET STORAGE EXTERNAL;

-- Who asked for which attachment of which case, and why: once an hour for each clerk, not once a piece.
CREATE TABLE centre.attachment_read (
    attachment_read_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    station_id uuid NOT NULL,
    case_id uuid NOT NULL,
    digest bytea NOT NULL,
    clerk text NOT NULL,
    reason text NOT NULL,
    read_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON centre.attachment_read (station_id, read_at);
CREATE INDEX ON centre.attachment_read (case_id);

RESET ROLE;
SET LOCAL ROLE window_app_gate;

-- Cases with attachments of which this station has recorded within the hour that it reads them, and may.
CREATE FUNCTION gate.reading_files() RETURNS TABLE (case_id uuid, digest bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
        SELECT DISTINCT r.case_id, r.digest
        FROM centre.session s
        JOIN centre.attachment_read r ON r.station_id = s.station_id AND r.read_at > now() - interval '1 hour'
        JOIN centre.case_scope c ON c.case_id = r.case_id AND c.feed_id = ANY (s.feeds)
        WHERE s.token_hash = current_setting('window_app.scope', true)
          AND s.opened_by = session_user AND s.expires_at > now() AND s.active
          AND CASE WHEN s.kind = 'counter' THEN NOT c.confidential ELSE s.office = ANY (c.offices) END;
END
$$;

-- Which pieces of an own attachment are held, and how many bytes: also of one that its author may not read back.
CREATE FUNCTION gate.pieces_held(wanted bytea, OUT numbers integer[], OUT bytes bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT array_agg(p.number ORDER BY p.number), coalesce(sum(p.size), 0) INTO numbers, bytes
    FROM centre.piece p WHERE p.enrolment_id = gate.enrolment() AND p.digest = wanted;
END
$$;

REVOKE ALL ON FUNCTION gate.reading_files(), gate.pieces_held(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.reading_files(), gate.pieces_held(bytea) TO window_app_service;

RESET ROLE;
SET LOCAL ROLE window_app_owner;

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['centre.attachment', 'centre.piece', 'centre.attachment_read'] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format('CREATE POLICY administration ON %s TO window_app_administrator USING (true) WITH CHECK (true)',
                       kept);
        EXECUTE format('GRANT SELECT ON %s TO window_app_administrator', kept);
    END LOOP;
END
$$;

-- The administrator erases: the mark that a file was, and its pieces.
GRANT UPDATE (erased) ON centre.attachment TO window_app_administrator;
GRANT DELETE ON centre.piece TO window_app_administrator;

GRANT SELECT (enrolment_id, digest, number, size) ON centre.piece TO window_app_gate;
GRANT SELECT ON centre.attachment_read TO window_app_gate;
CREATE POLICY gate ON centre.piece FOR SELECT TO window_app_gate USING (true);
CREATE POLICY gate ON centre.attachment_read FOR SELECT TO window_app_gate USING (true);

GRANT SELECT, INSERT ON centre.attachment, centre.piece TO window_app_service;
GRANT SELECT (station_id, case_id, digest, clerk, read_at), INSERT ON centre.attachment_read TO window_app_service;

CREATE POLICY service ON centre.attachment FOR SELECT TO window_app_service
    USING (feed_id = ANY ((SELECT gate.feeds())::text[]) OR enrolment_id = (SELECT gate.enrolment()));
CREATE POLICY service_adds ON centre.attachment FOR INSERT TO window_app_service
    WITH CHECK (feed_id = ANY ((SELECT gate.writes())::text[]) AND enrolment_id = (SELECT gate.enrolment()));

-- As centre.body has it. What anybody may read of an attachment says nothing that its envelope does not.
CREATE POLICY service ON centre.piece FOR SELECT TO window_app_service
    USING (EXISTS (
        SELECT FROM centre.attachment AS a
        WHERE a.digest = piece.digest AND a.enrolment_id = piece.enrolment_id AND NOT a.erased
          AND a.feed_id = ANY ((SELECT gate.feeds())::text[])
          AND (a.class <> 'confidential' AND (a.class = 'open' OR a.enrolment_id = (SELECT gate.enrolment())
                                              OR a.owner_id = (SELECT gate.enrolment()))
               OR (a.case_id, a.digest) IN (SELECT f.case_id, f.digest FROM gate.reading_files() AS f))));
CREATE POLICY service_adds ON centre.piece FOR INSERT TO window_app_service
    WITH CHECK (enrolment_id = (SELECT gate.enrolment()) AND kept_from = (SELECT gate.station())
                AND (SELECT gate.writes()) IS NOT NULL);

CREATE POLICY service ON centre.attachment_read FOR SELECT TO window_app_service
    USING (station_id = (SELECT gate.station()));
CREATE POLICY service_adds ON centre.attachment_read FOR INSERT TO window_app_service
    WITH CHECK (station_id = (SELECT gate.station()) AND read_at = transaction_timestamp());

RESET ROLE;
