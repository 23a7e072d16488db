-- Who is calling, and which rows that opens.
--
-- Two walls, and either holds alone: the functions of the protocol check the token themselves, and every
-- policy asks the gate again. The gate believes one thing only: a session whose token was shown in this
-- transaction (its hash stands in window_app.scope), opened by the very login that is connected now.

SET LOCAL ROLE window_app_gate;

-- One question, one row: each of these is evaluated once a statement.
CREATE FUNCTION gate.station() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT s.station_id FROM centre.session s
            WHERE s.token_hash = current_setting('window_app.scope', true)
              AND s.opened_by = session_user AND s.expires_at > now());
END
$$;

CREATE FUNCTION gate.enrolment() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT s.enrolment_id FROM centre.session s
            WHERE s.token_hash = current_setting('window_app.scope', true)
              AND s.opened_by = session_user AND s.expires_at > now());
END
$$;

-- Feeds that may be read: none for a revoked station.
CREATE FUNCTION gate.feeds() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT s.feeds FROM centre.session s
            WHERE s.token_hash = current_setting('window_app.scope', true)
              AND s.opened_by = session_user AND s.expires_at > now() AND s.active);
END
$$;

-- Feeds that own events may enter, home and its confidential one; for an office those of every district it follows,
-- since it decides cases of all of them. None for a revoked station.
CREATE FUNCTION gate.writes() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT s.writes FROM centre.session s
            WHERE s.token_hash = current_setting('window_app.scope', true)
              AND s.opened_by = session_user AND s.expires_at > now() AND s.active);
END
$$;

-- Cases whose bodies this transaction has recorded that it reads, and may: a counter those of its district
-- that are not confidential, an office those it was named for.
CREATE FUNCTION gate.reading() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT array_agg(c.case_id)
            FROM centre.session s
            JOIN centre.body_read r ON r.station_id = s.station_id AND r.read_at = transaction_timestamp()
            JOIN centre.case_scope c ON c.case_id = r.case_id AND c.feed_id = ANY (s.feeds)
            WHERE s.token_hash = current_setting('window_app.scope', true)
              AND s.opened_by = session_user AND s.expires_at > now() AND s.active
              AND CASE WHEN s.kind = 'counter' THEN NOT c.confidential ELSE s.office = ANY (c.offices) END);
END
$$;

-- Set the scope of this transaction to the session of a token and return it; a null row for none.
CREATE FUNCTION gate.enter(token bytea) RETURNS centre.session
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hash text := encode(sha256(token), 'hex');
    found centre.session;
BEGIN
    SELECT * INTO found FROM centre.session s
    WHERE s.token_hash = hash AND s.opened_by = session_user AND s.expires_at > now();
    PERFORM set_config('window_app.scope', coalesce(found.token_hash, ''), true);
    IF found.seen_at < now() - interval '1 minute' THEN
        UPDATE centre.session s SET seen_at = now() WHERE s.token_hash = hash;
        UPDATE centre.station s SET contact_at = now() WHERE s.station_id = found.station_id;
    END IF;
    RETURN found;
END
$$;

-- Open a session for a station that shows its secret from its own login or from a pool's; null for any other.
CREATE FUNCTION gate.open(wanted uuid, secret bytea, release text, OUT token bytea, OUT opened centre.session)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    fresh bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    known record;
BEGIN
    SELECT s.station_id, s.status, e.* INTO known
    FROM centre.station s JOIN centre.enrolment e USING (enrolment_id)
    WHERE s.station_id = wanted AND s.secret_hash = sha256(secret)
      AND (e.login = session_user OR EXISTS (SELECT FROM centre.pool_login p WHERE p.login = session_user));
    IF NOT FOUND THEN
        RETURN;
    END IF;
    DELETE FROM centre.session s WHERE s.station_id = wanted AND s.token_hash IN (
        SELECT old.token_hash FROM centre.session old WHERE old.station_id = wanted
        ORDER BY old.expires_at > now() DESC, old.expires_at DESC OFFSET 9);
    UPDATE centre.station s SET contact_at = now(), release = left(open.release, 40) WHERE s.station_id = wanted;
    INSERT INTO centre.session (token_hash, station_id, enrolment_id, opened_by, active, kind, office, feeds, writes,
                                home, hidden, expires_at)
    SELECT encode(sha256(fresh), 'hex'), wanted, known.enrolment_id, session_user, known.status = 'active', known.kind,
           known.office,
           CASE WHEN known.status = 'active' THEN
               coalesce((SELECT array_agg(b.feed_id ORDER BY b.feed_id <> known.district, b.place, b.feed_id)
                         FROM centre.subscription b WHERE b.enrolment_id = known.enrolment_id), '{}')
           ELSE '{}' END,
           ARRAY(SELECT f.feed_id FROM centre.feed f
                 WHERE f.district = known.district OR known.kind = 'office' AND f.district IN (
                     SELECT split_part(b.feed_id, ':', 1) FROM centre.subscription b
                     WHERE b.enrolment_id = known.enrolment_id)),
           known.district, known.district || ':confidential', now() + interval '12 hours'
    RETURNING * INTO opened;
    PERFORM set_config('window_app.scope', opened.token_hash, true);
    token := fresh;
END
$$;

-- After a fork: a new station under the same enrolment and login, at most five times, and somebody is told.
CREATE FUNCTION gate.renew(OUT code text, OUT station_id uuid, OUT issue_code text, OUT secret bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    old uuid := gate.station();
    enrolled centre.enrolment;
BEGIN
    SELECT e.* INTO enrolled FROM centre.enrolment e WHERE e.enrolment_id = gate.enrolment() FOR UPDATE;
    IF NOT FOUND OR gate.writes() IS NULL THEN
        code := 'REFUSED';
        RETURN;
    END IF;
    IF enrolled.renewals >= 5 THEN
        code := 'TOO_OFTEN';
        RETURN;
    END IF;
    station_id := gen_random_uuid();
    issue_code := gate.draw_code(enrolled.enrolment_id);
    secret := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    UPDATE centre.enrolment e SET renewals = e.renewals + 1 WHERE e.enrolment_id = enrolled.enrolment_id;
    INSERT INTO centre.station (station_id, enrolment_id, issue_code, secret_hash, renewed_from)
    VALUES (renew.station_id, enrolled.enrolment_id, renew.issue_code, sha256(renew.secret), old);
    UPDATE centre.issue_code i SET station_id = renew.station_id WHERE i.code = renew.issue_code;
    INSERT INTO centre.anomaly (kind, station_id) VALUES ('renewed', renew.station_id);
    code := 'OK';
END
$$;

-- Take a reserve code of the enrolment, or else draw one that nobody ever had.
CREATE FUNCTION gate.draw_code(enrolled uuid) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    signs CONSTANT text := '0123456789ABCDEFGHJKMNPQRTVWXY';
    drawn text;
    chance bytea;
BEGIN
    SELECT i.code INTO drawn FROM centre.issue_code i
    WHERE i.enrolment_id = enrolled AND i.station_id IS NULL ORDER BY i.code LIMIT 1 FOR UPDATE;
    WHILE drawn IS NULL LOOP
        chance := sha256(uuid_send(gen_random_uuid()));
        SELECT string_agg(substr(signs, 1 + get_byte(chance, place) % 30, 1), '') INTO drawn
        FROM generate_series(0, 3) AS place;
        INSERT INTO centre.issue_code (code, enrolment_id) VALUES (drawn, enrolled) ON CONFLICT (code) DO NOTHING;
        IF NOT FOUND THEN
            drawn := NULL;
        END IF;
    END LOOP;
    RETURN drawn;
END
$$;

-- Take the next numbers of a feed that the station may write to and return the one before them. The feed stays locked
-- to the end of the transaction. Whoever may write to a feed need not be able to read how long it is.
CREATE FUNCTION gate.draw_numbers(wanted text, events bigint, final uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before bigint;
BEGIN
    UPDATE centre.feed AS f SET head = f.head + events, last_event = final
    WHERE f.feed_id = wanted AND f.feed_id = ANY (gate.writes())
    RETURNING f.head - events INTO STRICT before;
    RETURN before;
END
$$;

-- Who waits in vain for a feed ends the stations that sit on one: a lawful call is one transaction of a moment, so a
-- login that is idle in one, or has been in it for long without waiting itself, does not mean well. The gate is a
-- member of each station's login, and so may see and end what that login does.
CREATE FUNCTION gate.free_feeds() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    sitting record;
BEGIN
    FOR sitting IN
        SELECT DISTINCT a.pid, e.enrolment_id
        FROM pg_locks AS l
        JOIN pg_stat_activity AS a ON a.pid = l.pid AND a.datname = current_database()
        JOIN centre.enrolment AS e ON e.login = a.usename
        WHERE l.locktype = 'relation' AND l.relation = 'centre.feed'::regclass AND l.mode = 'RowExclusiveLock'
          AND (a.state LIKE 'idle in transaction%'
               OR a.xact_start < clock_timestamp() - interval '15 seconds'
                  AND a.wait_event_type IS DISTINCT FROM 'Lock')
    LOOP
        PERFORM pg_terminate_backend(sitting.pid);
        INSERT INTO centre.anomaly (kind, station_id)
        SELECT 'held_a_feed', s.station_id FROM centre.station AS s WHERE s.enrolment_id = sitting.enrolment_id
        ORDER BY s.enrolled_at DESC LIMIT 1;
    END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
    RETURN;
END
$$;

-- Sessions carry rights, so they end when rights change.
CREATE FUNCTION gate.end_sessions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed uuid;
BEGIN
    IF TG_OP = 'DELETE' THEN
        changed := OLD.enrolment_id;
    ELSE
        changed := NEW.enrolment_id;
    END IF;
    DELETE FROM centre.session s WHERE s.enrolment_id = changed;
    RETURN NULL;
END
$$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA gate TO window_app_service;
REVOKE EXECUTE ON FUNCTION gate.end_sessions(), gate.draw_code(uuid) FROM window_app_service;
GRANT EXECUTE ON FUNCTION gate.end_sessions() TO window_app_owner;
RESET ROLE;
