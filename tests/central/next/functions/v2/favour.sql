CREATE OR REPLACE FUNCTION sync_v2.favour(token bytea, wanted text, OUT code text, OUT count bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me centre.session := gate.enter(token);
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    END IF;
    code := 'OK';
    INSERT INTO centre.favourite (station_id, colour) VALUES (me.station_id, wanted);
    SELECT count(*) INTO count FROM centre.favourite;
END
$$;
REVOKE ALL ON FUNCTION sync_v2.favour FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v2.favour TO window_app_station;
