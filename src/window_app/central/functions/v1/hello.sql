CREATE OR REPLACE FUNCTION sync_v1.hello(
    station uuid, secret bytea, release text, protocol integer,
    OUT code text, OUT token bytea, OUT server_at timestamptz, OUT epoch text, OUT feeds text[], OUT active boolean,
    OUT backup_days integer, OUT acked bigint, OUT needed integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    here centre.centre;
    shown record;
    opened centre.session;
BEGIN
    SELECT * INTO STRICT here FROM centre.centre;
    server_at := clock_timestamp();
    IF protocol < here.protocol_from THEN
        code := 'CLIENT_TOO_OLD';
        needed := here.protocol_from;
        RETURN;
    ELSIF protocol > here.protocol_to THEN
        code := 'CENTRE_TOO_OLD';
        RETURN;
    END IF;
    SELECT * INTO shown FROM gate.open(station, secret, release);
    token := shown.token;
    opened := shown.opened;
    IF token IS NULL THEN
        code := 'REFUSED';
        RETURN;
    END IF;
    code := 'OK';
    epoch := here.epoch;
    backup_days := here.backup_days;
    feeds := opened.feeds;
    active := opened.active;
    SELECT s.last_lseq INTO acked FROM centre.station s WHERE s.station_id = opened.station_id;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.hello FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.hello TO window_app_station;
