-- One change of a case, by the rules of domain.fold: the base must be current, the office must have the case, the
-- step must be lawful. A base that is no longer current is a conflict, which stations show and a person settles;
-- here the first stays. What its author had no right to is noted and changes nothing.
CREATE OR REPLACE FUNCTION sync_v1.change(
    me centre.session, event uuid, about uuid, type text, envelope jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    facts jsonb := envelope -> 'facts';
    held centre.case_current;
    offices text[];
    base uuid;
BEGIN
    SELECT c.* INTO held FROM centre.case_current AS c WHERE c.case_id = about FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM sync_v1.note(me, 'unknown_case', event, about);
        RETURN;
    END IF;
    IF type = 'NumberVoided' THEN
        IF me.kind = 'counter' AND held.state = 'received' THEN
            PERFORM sync_v1.set_state(me, event, held, jsonb_build_object('state', 'voided'));
        END IF;
        RETURN;
    END IF;
    SELECT s.offices INTO offices FROM centre.case_scope AS s WHERE s.case_id = about;
    IF me.kind <> 'office' THEN
        IF type = 'StatusChanged' OR facts ->> 'field' = 'status' THEN
            PERFORM sync_v1.note(me, 'status_by_counter', event, about);
        END IF;
        RETURN;
    ELSIF NOT coalesce(me.office = ANY (offices), false) THEN
        PERFORM sync_v1.note(me, 'foreign_office', event, about);
        RETURN;
    END IF;
    base := (envelope -> 'base' ->> 'status')::uuid;
    IF type = 'StatusDetailed' THEN
        UPDATE centre.case_current AS c SET decision_number = coalesce(facts ->> 'decision_number', c.decision_number),
            due_on = coalesce((facts ->> 'due_on')::date, c.due_on)
        WHERE c.case_id = about AND c.state_event = (facts ->> 'status')::uuid;
    ELSIF type = 'ConflictResolved' THEN
        PERFORM sync_v1.settle(me, event, held, facts, base);
    ELSIF base = held.state_event OR (base IS NULL AND held.state = 'received') THEN
        IF coalesce(held.office, '') IN ('', me.office)
           AND EXISTS (SELECT FROM centre.office_step AS o WHERE o.before = held.state AND o.after = facts ->> 'state')
        THEN
            PERFORM sync_v1.set_state(me, event, held, facts);
        ELSE
            PERFORM sync_v1.note(me, 'unlawful_step', event, about);
        END IF;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.change FROM PUBLIC;

-- A person chose between two states set from one base.
CREATE OR REPLACE FUNCTION sync_v1.settle(
    me centre.session, event uuid, held centre.case_current, facts jsonb, base uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    chosen bytea;
BEGIN
    IF facts ->> 'field' <> 'status' OR base IS DISTINCT FROM held.state_event THEN
        RETURN;
    ELSIF (facts ->> 'kept')::uuid = held.state_event THEN
        UPDATE centre.case_current AS c SET state_event = event WHERE c.case_id = held.case_id;
        RETURN;
    END IF;
    SELECT e.envelope INTO chosen FROM centre.event AS e
    WHERE e.case_id = held.case_id AND e.event_id = (facts ->> 'kept')::uuid;
    IF FOUND THEN
        PERFORM sync_v1.set_state(me, event, held, convert_from(chosen, 'UTF8')::jsonb -> 'facts');
    END IF;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.settle FROM PUBLIC;

-- Give a case its next state; a transfer opens it to the office it goes to.
CREATE OR REPLACE FUNCTION sync_v1.set_state(
    me centre.session, event uuid, held centre.case_current, facts jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    goes_to text := CASE WHEN facts ->> 'state' = 'transferred' THEN nullif(facts ->> 'office', '') END;
BEGIN
    UPDATE centre.case_current AS c
    SET state = facts ->> 'state', state_event = event, office = coalesce(goes_to, c.office),
        decision_number = coalesce(facts ->> 'decision_number', c.decision_number),
        due_on = coalesce((facts ->> 'due_on')::date, c.due_on)
    WHERE c.case_id = held.case_id;
    UPDATE centre.case_scope AS s SET offices = s.offices || goes_to
    WHERE s.case_id = held.case_id AND goes_to IS NOT NULL AND NOT goes_to = ANY (s.offices);
    INSERT INTO centre.daily_count AS d (feed_id, day, what, count)
    VALUES (held.feed_id, (now() AT TIME ZONE 'Asia/Shanghai')::date, facts ->> 'state', 1)
    ON CONFLICT ON CONSTRAINT daily_count_pkey DO UPDATE SET count = d.count + 1;
END
$$;
REVOKE ALL ON FUNCTION sync_v1.set_state FROM PUBLIC;
