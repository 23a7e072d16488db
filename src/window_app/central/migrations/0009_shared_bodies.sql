-- What a station may read of what others wrote, so that a page asks for these bodies alone and for its own.
SET LOCAL ROLE window_app_owner;

CREATE INDEX ON centre.body (feed_id, fseq) WHERE class = 'open';
CREATE INDEX ON centre.body (feed_id, owner_id, fseq) WHERE owner_id <> enrolment_id;

RESET ROLE;
