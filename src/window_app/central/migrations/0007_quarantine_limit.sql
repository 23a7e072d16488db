-- How much of what a revoked station still sends is kept for a person: far more than a counter writes in years, and
-- no more than a disk can bear from each.
SET LOCAL ROLE window_app_owner;

ALTER TABLE centre.centre
    ADD COLUMN quarantine_events bigint NOT NULL DEFAULT 200000 CHECK (quarantine_events >= 0),
    ADD COLUMN quarantine_bytes bigint NOT NULL DEFAULT 1000000000 CHECK (quarantine_bytes >= 0);

RESET ROLE;
