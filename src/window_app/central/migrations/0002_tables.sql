-- Tables. All belong to window_app_owner; 0003 says who reads and writes which rows.

SET LOCAL ROLE window_app_owner;

-- Which steps of the schema stand, and the digest of each file as it was applied.
CREATE TABLE centre.migration (
    name text PRIMARY KEY,
    digest text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- This centre. `epoch` is changed by hand after a restore; nothing relies on anybody doing so.
CREATE TABLE centre.centre (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    epoch text NOT NULL,
    root_key bytea NOT NULL CHECK (length(root_key) = 32),
    backup_days integer NOT NULL DEFAULT 30,
    protocol_from integer NOT NULL DEFAULT 1,
    protocol_to integer NOT NULL DEFAULT 1
);

-- The lock that numbers a feed: held from the number to the commit, so that the feed is dense.
CREATE TABLE centre.feed (
    feed_id text PRIMARY KEY,
    district text NOT NULL,
    confidential boolean NOT NULL,
    head bigint NOT NULL DEFAULT 0,
    last_event uuid,
    UNIQUE (district, confidential)
) WITH (fillfactor = 50);

-- Who was enrolled, with the login that stays through forks, and the stations it has been.
CREATE TABLE centre.enrolment (
    enrolment_id uuid PRIMARY KEY,
    login text NOT NULL UNIQUE,
    district text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('counter', 'office')),
    office text CHECK ((kind = 'office') = (office IS NOT NULL)),
    name text NOT NULL,
    hall text NOT NULL,
    renewals integer NOT NULL DEFAULT 0,
    enrolled_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE centre.station (
    station_id uuid PRIMARY KEY,
    enrolment_id uuid NOT NULL REFERENCES centre.enrolment,
    issue_code text NOT NULL UNIQUE,
    secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'revoked')),
    renewed_from uuid REFERENCES centre.station,
    last_lseq bigint NOT NULL DEFAULT 0,
    last_link bytea NOT NULL DEFAULT '',
    contact_at timestamptz,
    release text,
    enrolled_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
CREATE INDEX ON centre.station (enrolment_id);

-- Codes of receipt numbers, used once for ever; without a station a reserve of that enrolment.
CREATE TABLE centre.issue_code (
    code text PRIMARY KEY,
    enrolment_id uuid NOT NULL REFERENCES centre.enrolment,
    station_id uuid REFERENCES centre.station
);

CREATE TABLE centre.subscription (
    enrolment_id uuid NOT NULL REFERENCES centre.enrolment,
    feed_id text NOT NULL REFERENCES centre.feed,
    place integer NOT NULL DEFAULT 0,
    PRIMARY KEY (enrolment_id, feed_id)
);

-- A login behind PgBouncer that stands for many stations; the session token alone tells them apart.
CREATE TABLE centre.pool_login (login text PRIMARY KEY);

-- A session carries what the policies ask, so that each asks one row. Revoking and subscribing end sessions.
CREATE TABLE centre.session (
    token_hash text PRIMARY KEY,
    station_id uuid NOT NULL,
    enrolment_id uuid NOT NULL,
    opened_by text NOT NULL,
    active boolean NOT NULL,
    kind text NOT NULL,
    office text,
    feeds text[] NOT NULL,
    writes text[] NOT NULL,
    home text NOT NULL,
    hidden text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX ON centre.session (station_id);

-- What is unique lives here, since a partitioned table refuses it.
CREATE TABLE centre.event_key (
    event_id uuid PRIMARY KEY,
    station_id uuid NOT NULL,
    lseq bigint NOT NULL,
    digest bytea NOT NULL,
    UNIQUE (station_id, lseq)
);

-- The feeds. An event's link and the one before it stand in its batch.
CREATE TABLE centre.event (
    feed_id text NOT NULL,
    fseq bigint NOT NULL,
    event_id uuid NOT NULL,
    station_id uuid NOT NULL,
    lseq bigint NOT NULL,
    batch_last bigint NOT NULL,
    case_id uuid,
    envelope bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (feed_id, fseq)
) PARTITION BY RANGE (fseq);
CREATE INDEX ON centre.event (case_id, fseq) WHERE case_id IS NOT NULL;

-- Twenty counters fill a partition in about three years; `central upgrade` adds the next ones in time, and the
-- last one takes what comes where nobody upgraded.
CREATE TABLE centre.event_p0 PARTITION OF centre.event FOR VALUES FROM (0) TO (4000001);
CREATE TABLE centre.event_p1 PARTITION OF centre.event FOR VALUES FROM (4000001) TO (8000001);
CREATE TABLE centre.event_rest PARTITION OF centre.event DEFAULT;

-- Bodies: apart, so that they are read in scope and can be erased. A row without content was erased.
CREATE TABLE centre.body (
    event_id uuid PRIMARY KEY,
    feed_id text NOT NULL,
    fseq bigint NOT NULL,
    enrolment_id uuid NOT NULL,
    owner_id uuid,
    case_id uuid,
    class text NOT NULL,
    content bytea,
    erased_at timestamptz,
    erased_for text
);

-- What a station signed: every link, 32 bytes each, in order. Batches of a station overlap, never leave a gap.
CREATE TABLE centre.batch (
    station_id uuid NOT NULL,
    last_lseq bigint NOT NULL,
    first_lseq bigint NOT NULL,
    previous bytea NOT NULL,
    links bytea NOT NULL,
    key_id text NOT NULL,
    signature text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (station_id, last_lseq)
);

-- What a feed holds of each station. `places` is the XOR of domain.line.place_mark over its events, so that another order
-- of the same events is told from this one.
CREATE TABLE centre.feed_count (
    feed_id text NOT NULL,
    station_id uuid NOT NULL,
    events bigint NOT NULL,
    last_lseq bigint NOT NULL,
    last_link bytea NOT NULL,
    places bigint NOT NULL,
    PRIMARY KEY (feed_id, station_id)
) WITH (fillfactor = 50);

-- Kept for a person: what cannot stand in a feed, and all that a revoked station still sends.
CREATE TABLE centre.quarantine (
    quarantine_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    station_id uuid NOT NULL,
    lseq bigint NOT NULL,
    link bytea NOT NULL,
    envelope bytea NOT NULL,
    body bytea,
    reason text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz,
    settled_by text,
    UNIQUE (station_id, lseq, link)
);

-- Stored, but somebody should look: codes and ids, never what was written.
CREATE TABLE centre.anomaly (
    anomaly_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    station_id uuid NOT NULL,
    event_id uuid,
    case_id uuid,
    noticed_at timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz,
    settled_by text
);

-- Projections of the feeds, for status, search by number and counts; made anew from the events at any time.
CREATE TABLE centre.case_scope (
    case_id uuid PRIMARY KEY,
    feed_id text NOT NULL,
    enrolment_id uuid NOT NULL,
    confidential boolean NOT NULL,
    offices text[] NOT NULL
);

CREATE TABLE centre.receipt_number (
    number text PRIMARY KEY,
    case_id uuid NOT NULL,
    feed_id text NOT NULL,
    enrolment_id uuid NOT NULL
);

CREATE TABLE centre.case_current (
    case_id uuid PRIMARY KEY,
    feed_id text NOT NULL,
    number text NOT NULL,
    matter text,
    route text,
    office text,
    state text NOT NULL,
    state_event uuid NOT NULL,
    decision_number text,
    received_on date,
    due_on date
) WITH (fillfactor = 80);
CREATE INDEX ON centre.case_current (feed_id, state);

CREATE TABLE centre.daily_count (
    feed_id text NOT NULL,
    day date NOT NULL,
    what text NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (feed_id, day, what)
) WITH (fillfactor = 50);

-- The office's lawful steps, as domain.cases.OFFICE_STEPS has them; a test compares.
CREATE TABLE centre.office_step (
    before text NOT NULL,
    after text NOT NULL,
    PRIMARY KEY (before, after)
);
INSERT INTO centre.office_step (before, after) VALUES
    ('received', 'accepted'), ('received', 'refused'), ('received', 'transferred'), ('received', 'suspended'),
    ('received', 'returned'), ('received', 'closed'),
    ('accepted', 'suspended'), ('accepted', 'transferred'), ('accepted', 'closed'),
    ('suspended', 'accepted'), ('suspended', 'refused'), ('suspended', 'transferred'), ('suspended', 'closed'),
    ('returned', 'accepted'), ('returned', 'refused'), ('returned', 'transferred'), ('returned', 'closed'),
    ('refused', 'accepted'), ('refused', 'closed'),
    ('transferred', 'accepted'), ('transferred', 'refused'), ('transferred', 'transferred'),
    ('transferred', 'suspended'), ('transferred', 'returned'), ('transferred', 'closed'),
    ('closed', 'accepted');

-- Who asked for the bodies of which case, and why.
CREATE TABLE centre.body_read (
    body_read_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    station_id uuid NOT NULL,
    case_id uuid NOT NULL,
    clerk text NOT NULL,
    reason text NOT NULL,
    read_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON centre.body_read (station_id, read_at);
CREATE INDEX ON centre.body_read (case_id);

-- Signed by the root key, which lies with the administrator.
CREATE TABLE centre.directory_entry (
    dseq bigint PRIMARY KEY,
    previous text NOT NULL,
    content bytea NOT NULL,
    signature text NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE centre.checkpoint (
    feed_id text NOT NULL REFERENCES centre.feed,
    fseq bigint NOT NULL,
    content bytea NOT NULL,
    signature text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (feed_id, fseq)
);

CREATE TABLE centre.definition_set (
    content_hash text PRIMARY KEY,
    content bytea NOT NULL,
    kept_from uuid,
    kept_at timestamptz NOT NULL DEFAULT now()
);

RESET ROLE;
