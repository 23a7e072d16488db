-- Answer whether an entry names a clerk and says nothing else of the person.
CREATE OR REPLACE FUNCTION sync_v1.names_clerk(said jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN jsonb_typeof(said) = 'object' AND said ->> 'entry' = 'clerk'
       AND said ?& ARRAY['station', 'code', 'name', 'key']
       AND said - ARRAY['entry', 'station', 'code', 'name', 'key'] = '{}'
       AND length(said ->> 'code') BETWEEN 1 AND 32 AND said ->> 'code' !~ '[/[:cntrl:]]'
       AND length(said ->> 'name') BETWEEN 1 AND 80 AND said ->> 'name' !~ '[[:cntrl:]]';
END
$$;
REVOKE ALL ON FUNCTION sync_v1.names_clerk FROM PUBLIC;

-- Put what a clerk of the calling station is called at the end of the directory, signed for this very place.
--
-- Answers OK, also where the directory says so already; STALE where it does not end as the caller thinks: it reads on
-- and signs anew; FOREIGN for a clerk of another station; TOO_MANY; MALFORMED.
CREATE OR REPLACE FUNCTION sync_v1.append_clerk(
    token bytea, place bigint, before text, given bytea, sealed text, OUT code text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    me centre.session := gate.enter(token);
    said jsonb;
    last record;
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    ELSIF NOT me.active THEN
        code := 'REVOKED';
        RETURN;
    ELSIF length(given) > 1024 OR sealed !~ '^[0-9a-f]{128}$' THEN
        code := 'MALFORMED';
        RETURN;
    END IF;
    said := convert_from(given, 'UTF8')::jsonb;
    IF NOT coalesce(sync_v1.names_clerk(said), false) THEN
        code := 'MALFORMED';
        RETURN;
    ELSIF said ->> 'station' IS DISTINCT FROM me.station_id::text THEN
        code := 'FOREIGN';
        RETURN;
    END IF;
    PERFORM gate.hold_directory();
    IF (SELECT c.name FROM centre.clerk_entry AS c
        WHERE c.station_id = me.station_id AND c.code = said ->> 'code'
        ORDER BY c.dseq DESC LIMIT 1) = said ->> 'name' THEN
        code := 'OK';
        RETURN;
    ELSIF (SELECT count(*) FROM centre.clerk_entry AS c WHERE c.enrolment_id = me.enrolment_id) >= 500 THEN
        code := 'TOO_MANY';
        RETURN;
    END IF;
    SELECT d.dseq, encode(sha256(convert_to(format(E'window-app-directory\n%s\n%s\n', d.dseq, d.previous), 'UTF8')
                                 || d.content), 'hex') AS link
    INTO last FROM centre.directory_entry AS d ORDER BY d.dseq DESC LIMIT 1;
    IF place IS DISTINCT FROM last.dseq + 1 OR before IS DISTINCT FROM last.link THEN
        code := 'STALE';
        RETURN;
    END IF;
    INSERT INTO centre.directory_entry (dseq, previous, content, signature) VALUES (place, before, given, sealed);
    INSERT INTO centre.clerk_entry (dseq, station_id, enrolment_id, code, name)
    VALUES (place, me.station_id, me.enrolment_id, said ->> 'code', said ->> 'name');
    code := 'OK';
EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
    code := 'MALFORMED';
END
$$;
REVOKE ALL ON FUNCTION sync_v1.append_clerk FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.append_clerk TO window_app_station;
