-- A made-up next release: a further column, a further table, a further schema of functions; nothing taken away.
SET LOCAL ROLE window_app_owner;
ALTER TABLE centre.event ADD COLUMN weight integer NOT NULL DEFAULT 0;
CREATE TABLE centre.favourite (station_id uuid PRIMARY KEY, colour text NOT NULL);
ALTER TABLE centre.favourite ENABLE ROW LEVEL SECURITY;
ALTER TABLE centre.favourite FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON centre.favourite TO window_app_service;
CREATE POLICY service ON centre.favourite TO window_app_service USING (station_id = (SELECT gate.station()));
RESET ROLE;
UPDATE centre.centre SET protocol_to = 2;
CREATE SCHEMA sync_v2 AUTHORIZATION window_app_service;
GRANT USAGE ON SCHEMA sync_v2 TO window_app_station;
