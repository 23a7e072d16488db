-- A definition set by the hash of its content.
CREATE OR REPLACE FUNCTION sync_v1.find_set(token bytea, wanted text, OUT code text, OUT content bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me centre.session := gate.enter(token);
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    END IF;
    code := 'OK';
    SELECT s.content INTO content FROM centre.definition_set AS s WHERE s.content_hash = wanted;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.find_set FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.find_set TO window_app_station;

-- Keep a definition set; one whose hash does not fit is refused.
CREATE OR REPLACE FUNCTION sync_v1.keep_set(token bytea, wanted text, given bytea, OUT code text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    me centre.session := gate.enter(token);
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
    ELSIF NOT me.active THEN
        code := 'REVOKED';
    ELSIF wanted IS DISTINCT FROM encode(sha256(given), 'hex') OR length(given) > 16777216 THEN
        code := 'MALFORMED';
    ELSE
        code := 'OK';
        INSERT INTO centre.definition_set (content_hash, content, kept_from) VALUES (wanted, given, me.station_id)
        ON CONFLICT ON CONSTRAINT definition_set_pkey DO NOTHING;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.keep_set FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.keep_set TO window_app_station;

-- After a fork: who this installation is from now on.
CREATE OR REPLACE FUNCTION sync_v1.renew(
    token bytea, OUT code text, OUT station_id uuid, OUT issue_code text, OUT secret bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    me centre.session := gate.enter(token);
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    END IF;
    SELECT r.code, r.station_id, r.issue_code, r.secret INTO code, station_id, issue_code, secret FROM gate.renew() AS r;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.renew FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.renew TO window_app_station;
