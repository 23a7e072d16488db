-- Answer whether an entry of the list says what its deciding event does: an event of this installation's own, in a
-- feed it reads, of the type that decides so, about this commitment, with this person's token.
CREATE OR REPLACE FUNCTION sync_v1.is_decided(said jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM centre.event_key AS k
        JOIN centre.body AS b ON b.event_id = k.event_id
        JOIN centre.event AS e ON e.feed_id = b.feed_id AND e.fseq = b.fseq,
             jsonb_to_record(convert_from(e.envelope, 'UTF8')::jsonb) AS n(type text, tokens jsonb, facts jsonb)
        WHERE k.event_id = (said ->> 'event')::uuid AND k.station_id = ANY (gate.incarnations())
          AND n.tokens ? (said ->> 'token') AND n.facts ->> 'commitment' = said ->> 'commitment'
          AND n.facts ->> 'decision_number' = said ->> 'decision_number'
          AND CASE said ->> 'standing'
                  WHEN 'listed' THEN n.type = 'CreditListed'
                  WHEN 'repaired' THEN n.type = 'CreditRepaired'
                  WHEN 'struck' THEN n.type = 'ObjectionDecided' AND n.facts ->> 'result' = 'struck'
                  ELSE false END);
END
$$;
REVOKE ALL ON FUNCTION sync_v1.is_decided FROM PUBLIC;

-- Put an entry of the list at the end of the directory, signed by the office's station for this very place.
--
-- Answers OK, also for one that stands there already; STALE where the directory does not end as the caller thinks: it
-- reads on and signs anew; NO_RIGHT for whoever is no office, or speaks for another one, or takes back what another
-- one listed; UNDECIDED where no event of this station's says so; MALFORMED.
CREATE OR REPLACE FUNCTION sync_v1.append_credit(
    token bytea, place bigint, before text, given bytea, sealed text, OUT code text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    me centre.session := gate.enter(token);
    said jsonb;
    last record;
BEGIN
    IF me.token_hash IS NULL THEN
        code := 'SESSION';
        RETURN;
    ELSIF NOT me.active THEN
        code := 'REVOKED';
        RETURN;
    ELSIF me.kind <> 'office' THEN
        code := 'NO_RIGHT';
        RETURN;
    ELSIF length(given) > 4096 OR sealed !~ '^[0-9a-f]{128}$' THEN
        code := 'MALFORMED';
        RETURN;
    END IF;
    said := convert_from(given, 'UTF8')::jsonb;
    IF said ->> 'entry' IS DISTINCT FROM 'credit' OR said ->> 'office' IS DISTINCT FROM me.office THEN
        code := 'NO_RIGHT';
        RETURN;
    END IF;
    PERFORM gate.hold_directory();
    IF EXISTS (SELECT FROM centre.credit_entry AS c
               WHERE c.event_id = (said ->> 'event')::uuid AND c.office = me.office) THEN
        code := 'OK';
        RETURN;
    ELSIF NOT coalesce(sync_v1.is_decided(said), false) THEN
        code := 'UNDECIDED';
        RETURN;
    ELSIF EXISTS (SELECT FROM centre.credit_entry AS c
                  WHERE c.commitment_id = (said ->> 'commitment')::uuid AND c.office <> me.office)
          OR said ->> 'standing' <> 'listed' AND NOT EXISTS (
              SELECT FROM centre.credit_entry AS c
              WHERE c.commitment_id = (said ->> 'commitment')::uuid AND c.standing = 'listed') THEN
        code := 'NO_RIGHT';
        RETURN;
    END IF;
    SELECT d.dseq, encode(sha256(convert_to(format(E'window-app-directory\n%s\n%s\n', d.dseq, d.previous), 'UTF8')
                                 || d.content), 'hex') AS link
    INTO last FROM centre.directory_entry AS d ORDER BY d.dseq DESC LIMIT 1;
    IF place IS DISTINCT FROM last.dseq + 1 OR before IS DISTINCT FROM last.link THEN
        code := 'STALE';
        RETURN;
    END IF;
    INSERT INTO centre.directory_entry (dseq, previous, content, signature) VALUES (place, before, given, sealed);
    INSERT INTO centre.credit_entry (entry_id, dseq, event_id, commitment_id, standing, office, station_id)
    VALUES ((said ->> 'id')::uuid, place, (said ->> 'event')::uuid, (said ->> 'commitment')::uuid,
            said ->> 'standing', me.office, me.station_id);
    code := 'OK';
EXCEPTION WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
    code := 'MALFORMED';
END
$$;
REVOKE ALL ON FUNCTION sync_v1.append_credit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sync_v1.append_credit TO window_app_station;
