-- Roles. None of them logs in: stations get a login each, a member of window_app_station.
--   window_app_owner          owns every table; FORCE ROW LEVEL SECURITY holds it out as well
--   window_app_gate           knows stations, secrets and sessions, and answers who is calling
--   window_app_service        owns the functions of the protocol; owns no table, bypasses nothing
--   window_app_station        may call these functions, and nothing else
--   window_app_administrator  reads all, enrols, revokes, settles, erases

DO $$
DECLARE
    wanted text;
    -- From 16 on, who makes a role may grant it, but not become it.
    may_become CONSTANT text := CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['window_app_owner', 'window_app_gate', 'window_app_service',
                                  'window_app_station', 'window_app_administrator']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', wanted);
        END IF;
        IF wanted <> 'window_app_station' AND NOT pg_has_role(current_user, wanted, may_become) THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
        END IF;
    END LOOP;
END
$$;

CREATE SCHEMA centre AUTHORIZATION window_app_owner;
CREATE SCHEMA gate AUTHORIZATION window_app_gate;
CREATE SCHEMA sync_v1 AUTHORIZATION window_app_service;
GRANT USAGE ON SCHEMA centre TO window_app_gate, window_app_service, window_app_administrator;
GRANT USAGE ON SCHEMA gate TO window_app_service, window_app_owner;
GRANT USAGE ON SCHEMA sync_v1 TO window_app_station;

ALTER DEFAULT PRIVILEGES FOR ROLE window_app_gate REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE window_app_service REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE window_app_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE window_app_service REVOKE USAGE ON TYPES FROM PUBLIC;
