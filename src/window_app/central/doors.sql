-- What PostgreSQL offers to everybody and a station has no use for. Run at every upgrade, since neither a copy of a
-- database nor a dump carries its own rights along; `centre.open_doors` says what stayed open.

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO window_app_station, window_app_administrator', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- Large objects, advisory locks and notifications. On a rented service the administrator does not own the catalogue.
DO $$
DECLARE
    door regprocedure;
BEGIN
    FOR door IN
        SELECT oid::regprocedure FROM pg_catalog.pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
          AND (proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite') OR proname LIKE 'pg\_%advisory%lock%'
               OR proname IN ('pg_notify', 'pg_logical_emit_message'))
          AND has_function_privilege('window_app_station', oid, 'EXECUTE')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', door);
    END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE WARNING 'window_app: functions of the catalogue stay open to everybody';
END
$$;
