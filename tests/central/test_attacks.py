"""What the holder of a counter's login can do with psql: nothing to anybody else.

`ATTACKS` is the table that docs/testing.md shows; each row names its test, here or in `test_broken_checks`.
"""

import time
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
import pytest
from tests.central import test_broken_checks
from tests.central.attacker import denied, token_of
from tests.central.pen import Ends, Pen, event_id, whole
from tests.postgres import HIDDEN, HOME, CentreDatabase

from window_app.domain.events import canonical_bytes, chain_hash
from window_app.domain.line import Cursor, LineDown, PushCode, StationRefused

ATTACKS = (
    ("read another district's or the confidential feed", "refused; policies alone give no row", "other_feed"),
    (
        "push as another station, with one's own token or none",
        "refused or set aside; nothing in a feed",
        "other_station",
    ),
    ("open a session of another station with its secret, from one's own login", "refused", "stolen_secret"),
    ("use another station's session token from one's own login", "refused", "stolen_token"),
    ("repeat a batch, one's own or another station's", "once; refused or set aside", "replay"),
    ("alter a body, an envelope, a link", "set aside or refused as a whole", "altered"),
    ("rewrite one's own history", "FORK", "rewritten"),
    ("call a function whose own check was broken", "no row: row-level security holds alone", "broken"),
    (
        "hand in through functions whose own checks were broken: into another feed, in another station's name",
        "refused as a whole: row-level security holds alone",
        "broken_writing",
    ),
    ("set the scope by hand", "no row; permission denied", "scope"),
    ("read, change or drop tables; make schemas, tables, temporary tables, functions", "permission denied", "tables"),
    (
        "SET ROLE, SET SESSION AUTHORIZATION, GRANT, ALTER ROLE of oneself or others",
        "denied, or harms oneself",
        "roles",
    ),
    ("large objects, advisory locks, notifications, files, programs", "permission denied", "large_objects"),
    ("call internal functions of the protocol or the gate", "permission denied", "internals"),
    ("sit on a feed in an open transaction", "ended by the first who waits; noted", "sitting"),
    ("hand in more than a call may hold", "refused as a whole", "too_much"),
    ("give oneself somebody's case", "stored, noted; no body", "own_scope"),
    ("go on after being revoked", "reads nothing; what was unsent is kept for a person", "revoked"),
    ("renew without end", "at most five times; noted each time", "renewing"),
)


def test_each_row_of_the_table_has_its_test() -> None:
    known = {*globals(), *vars(test_broken_checks)}
    assert [name for *_, name in ATTACKS if f"test_attack_{name}" not in known] == []


def test_attack_other_feed(ends: Ends, centre: CentreDatabase, victim: Pen) -> None:
    centre.administration.initialise("310104")
    for feed in (HIDDEN, "310104", "310104:confidential", "nowhere", ""):
        with pytest.raises(StationRefused):
            ends["west"].pull(feed, Cursor(), 10)
        with pytest.raises(StationRefused):
            ends["west"].events_of_cases(feed, [UUID(int=1)])
        with pytest.raises(StationRefused):
            ends["west"].counts(feed, 1)
        with pytest.raises(StationRefused):
            ends["west"].checkpoint(feed)
    assert victim.last == 2


def test_attack_other_station(ends: Ends, centre: CentreDatabase, victim: Pen) -> None:
    # The token says who pushes, whatever the envelopes say.
    forger = replace(ends.pen("west"), station_id=victim.station_id)
    forger.write("VisitOpened")
    assert forger.push(ends["west"]).set_aside == (1,)
    assert len(whole(ends["east"], HOME)) == 1
    assert centre.execute("SELECT reason FROM centre.quarantine") == [("other_station",)]
    with centre.stations["west"].psql() as psql:
        answer = psql.execute("SELECT code FROM sync_v1.push('\\x00', 3, '\\x', '{}', '{}', '{}', 'k', 's')").fetchone()
    assert answer == ("SESSION",)


def test_attack_stolen_secret(centre: CentreDatabase) -> None:
    east, west = centre.stations["east"], centre.stations["west"]
    thief = west.centre(station_id=east.enrolment.station.station_id, secret=east.enrolment.secrets.station_secret)
    with pytest.raises(StationRefused):
        thief.hello()
    thief.close()


def test_attack_stolen_token(ends: Ends, victim: Pen, attacker: psycopg.Connection[Any]) -> None:
    token = token_of(ends, "east")
    answer = attacker.execute("SELECT code FROM sync_v1.pull(%s, %s, 0, NULL, 10)", (token, HOME)).fetchone()
    assert answer == ("SESSION",)
    assert victim.last == 2


def test_attack_replay(ends: Ends, centre: CentreDatabase, victim: Pen) -> None:
    assert victim.push(ends["east"]).code is PushCode.OK
    # Another station's batch, with its signature, handed in as one's own: every envelope names its true author.
    batch = victim.batch()
    answer = ends["west"].push(batch, victim.key_id, victim.key.sign(batch.signed_bytes).hex())
    assert answer.set_aside == (1, 2)
    assert centre.execute("SELECT count(*), count(DISTINCT event_id) FROM centre.event") == [(2, 2)]


def test_attack_altered(ends: Ends, centre: CentreDatabase) -> None:
    pen = ends.pen("west")
    pen.receive(words={"owed": 100})
    pen.receive(words={"owed": 100})
    batch = pen.batch()
    first = batch.events[0]
    for spoilt in (
        replace(first, envelope=first.envelope.replace(b"MatterReceived", b"MatterReturned")),
        replace(first, link=chain_hash("", b"other")),
    ):
        with pytest.raises(StationRefused):
            ends["west"].push(replace(batch, events=(spoilt, batch.events[1])), "k", "00")
    body = canonical_bytes({"body": {"owed": 900}, "salt": "00"})
    answer = ends["west"].push(replace(batch, events=(replace(first, body=body), batch.events[1])), "k", "00")
    assert answer.set_aside == (1,)
    assert centre.execute("SELECT reason, body FROM centre.quarantine") == [("body", body)]
    assert [event.lseq for event in whole(ends["west"], HOME)] == [2]


def test_attack_rewritten(ends: Ends) -> None:
    pen = ends.pen("west")
    clean = pen.copied()
    for _ in range(3):
        pen.write("VisitOpened")
    pen.push(ends["west"])
    for _ in range(3):
        clean.write("VisitOpened")
    assert clean.push(ends["west"]).code is PushCode.FORK
    assert [event.envelope for event in whole(ends["west"], HOME)] == [event.envelope for event in pen.written]


def test_attack_scope(ends: Ends, victim: Pen, attacker: psycopg.Connection[Any]) -> None:
    token_of(ends, "east")
    for name, value in (("window_app.scope", "0" * 64), ("window_app.station", str(victim.station_id))):
        attacker.execute("SELECT set_config(%s, %s, false)", (name, value))
    denied(attacker, "SELECT * FROM centre.event")
    # Without row security the functions do not go on without it; they do not run at all.
    attacker.execute("SET row_security = off")
    denied(attacker, "SELECT code FROM sync_v1.pull('\\x00', '310101', 0, NULL, 1)")
    attacker.execute("SET row_security = on")
    answer = attacker.execute("SELECT code FROM sync_v1.pull('\\x00', %s, 0, NULL, 1)", (HOME,)).fetchone()
    assert answer == ("SESSION",)


def test_attack_tables(centre: CentreDatabase, attacker: psycopg.Connection[Any]) -> None:
    tables = [
        name
        for (name,) in centre.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'centre'::regnamespace AND relkind IN ('r', 'p')"
        )
    ]
    assert len(tables) > 20
    for table in tables:
        for words in ("SELECT * FROM centre.{}", "DELETE FROM centre.{}", "TRUNCATE centre.{}", "DROP TABLE centre.{}",
                      "COPY centre.{} TO STDOUT"):  # fmt: skip
            denied(attacker, words.format(table))
    for statement in (
        "CREATE TEMP TABLE mine (x int)", "CREATE TABLE public.mine (x int)", "CREATE SCHEMA mine",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION sync_v1.pull() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE DATABASE mine",
        "ALTER FUNCTION sync_v1.pull OWNER TO CURRENT_USER", "DROP SCHEMA sync_v1 CASCADE",
        "CREATE TYPE public.t AS (x int)", "SELECT * FROM centre.open_doors()",
    ):  # fmt: skip
        denied(attacker, statement)


def test_attack_roles(centre: CentreDatabase, attacker: psycopg.Connection[Any]) -> None:
    (other,) = (row[0] for row in centre.execute("SELECT login FROM centre.enrolment WHERE name = 'east'"))
    me = centre.stations["west"].address.user
    for role in (
        "window_app_owner",
        "window_app_gate",
        "window_app_service",
        "window_app_administrator",
        other,
        "postgres",
    ):
        for words in ("SET ROLE {}", "SET SESSION AUTHORIZATION {}", "GRANT {} TO CURRENT_USER", "DROP ROLE {}",
                      "ALTER ROLE {} PASSWORD 'x'", "REASSIGN OWNED BY {} TO CURRENT_USER"):  # fmt: skip
            denied(attacker, words.format(role))
    for statement in (
        f'ALTER ROLE "{me}" SUPERUSER', f'ALTER ROLE "{me}" BYPASSRLS', f'ALTER ROLE "{me}" CREATEROLE',
        f'ALTER ROLE "{me}" CONNECTION LIMIT 900', f'ALTER ROLE "{me}" SET log_parameter_max_length = 1000',
        "SET session_replication_role = replica", "SET log_statement = 'all'", "CREATE ROLE more",
        "GRANT SELECT ON centre.event TO PUBLIC",
    ):  # fmt: skip
        denied(attacker, statement)
    # What it may change is its own: the time its own calls may take.
    attacker.execute(f'ALTER ROLE "{me}" SET statement_timeout = 0'.encode())
    # SET ROLE to the group gains nothing either: whoever is in it may call functions.
    attacker.execute("SET ROLE window_app_station")
    denied(attacker, "SELECT * FROM centre.event")
    answer = attacker.execute("SELECT code FROM sync_v1.find_set('\\x00', 'x')").fetchone()
    assert answer == ("SESSION",)


def test_attack_large_objects(centre: CentreDatabase, attacker: psycopg.Connection[Any]) -> None:
    assert centre.execute("SELECT * FROM centre.open_doors()") == []
    for statement in (
        "SELECT lo_create(0)", "SELECT lo_from_bytea(0, '\\x00')", "SELECT lo_creat(-1)",
        "SELECT lo_import('/etc/passwd')",
        "SELECT pg_advisory_lock(1)", "SELECT pg_advisory_xact_lock(1)", "SELECT pg_try_advisory_lock_shared(1)",
        "SELECT pg_notify('x', 'y')", "SELECT pg_read_file('/etc/passwd')", "SELECT pg_ls_dir('.')",
        "COPY (SELECT 1) TO PROGRAM 'id'", "COPY (SELECT 1) TO '/tmp/x'", "SELECT pg_reload_conf()", "CHECKPOINT",
        "SELECT pg_switch_wal()", "SELECT pg_create_restore_point('x')", "ALTER SYSTEM SET fsync = off",
    ):  # fmt: skip
        denied(attacker, statement)


def test_attack_internals(ends: Ends, attacker: psycopg.Connection[Any]) -> None:
    token = token_of(ends, "west")
    callable_here = {
        name
        for (name,) in attacker.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname IN ('sync_v1', 'gate', 'centre') AND has_schema_privilege(n.oid, 'USAGE')"
            " AND has_function_privilege(p.oid, 'EXECUTE')"
        )
    }
    assert callable_here == {
        "append_clerk", "append_credit", "hello", "push", "pull_state", "pull", "pull_directory", "checkpoint",
        "events_of_cases", "find_case", "bodies", "counts", "find_set", "keep_set", "renew", "attachment_states",
        "held_pieces", "put_piece", "get_piece",
    }  # fmt: skip
    for call in ("gate.enter('\\x00')", "gate.station()", "gate.renew()", "gate.reading()", "gate.free_feeds()",
                 "sync_v1.note(NULL, 'x', NULL, NULL)", "sync_v1.set_state(NULL, NULL, NULL, NULL)"):  # fmt: skip
        denied(attacker, f"SELECT {call}")
    assert token


def test_attack_sitting(ends: Ends, centre: CentreDatabase, attacker: psycopg.Connection[Any]) -> None:
    pen, token = ends.pen("west"), token_of(ends, "west")
    pen.write("VisitOpened")
    event = pen.written[0]
    attacker.execute("SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0; BEGIN")
    answer = attacker.execute(
        "SELECT code FROM sync_v1.push(%s, 1, '', %s::bytea[], %s::bytea[], %s::bytea[], 'k', 's')",
        (token, [bytes.fromhex(event.link)], [event.envelope], [event.body]),
        binary=True,
    ).fetchone()
    assert answer == ("OK",)
    victim = ends.pen("east")
    victim.write("VisitOpened")
    start = time.monotonic()
    with pytest.raises(LineDown):
        victim.push(ends["east"])
    assert victim.push(ends["east"]).code is PushCode.OK
    assert time.monotonic() - start < 10
    with pytest.raises(psycopg.OperationalError):
        attacker.execute("COMMIT")
    assert [found.station_id for found in whole(ends["east"], HOME)] == [victim.station_id]
    assert centre.execute("SELECT kind, station_id FROM centre.anomaly") == [("held_a_feed", pen.station_id)]


def test_attack_too_much(ends: Ends) -> None:
    pen = ends.pen("west")
    for _ in range(1001):
        pen.add(b"{}", None)
    with pytest.raises(StationRefused):
        pen.push(ends["west"])


def test_attack_own_scope(ends: Ends, centre: CentreDatabase, victim: Pen) -> None:
    (case, hidden) = (row[0] for row in centre.execute("SELECT case_id FROM centre.case_scope ORDER BY confidential"))
    thief = ends.pen("arbitration")
    for wanted in (case, hidden):
        thief.write("MatterReceived", wanted, facts={"number": "310101-9", "office": "arbitration"})
        thief.write("StatusChanged", wanted, facts={"state": "transferred", "office": "arbitration"})
    thief.push(ends["arbitration"])
    theirs = {event_id(event.envelope) for event in victim.written}
    own_case = {found for found, _ in ends["arbitration"].bodies(case, "0031", "opened")}
    assert own_case & theirs == {event_id(victim.written[0].envelope)}, "arbitration was named for it by its counter"
    assert {found for found, _ in ends["arbitration"].bodies(hidden, "0031", "opened")} & theirs == set()


def test_attack_revoked(ends: Ends, centre: CentreDatabase) -> None:
    pen = ends.pen("west")
    pen.write("VisitOpened")
    pen.push(ends["west"])
    case = pen.receive()
    pen.write("VisitOpened")
    centre.administration.revoke(pen.station_id)
    with pytest.raises(StationRefused):
        pen.push(ends["west"], 2)
    answer = pen.push(ends["west"], 2)
    assert (answer.code, answer.acked) == (PushCode.QUARANTINED, 1)
    assert pen.push(ends["west"], 2).code is PushCode.QUARANTINED
    assert centre.execute("SELECT lseq, envelope, reason FROM centre.quarantine ORDER BY lseq") == [
        (2, pen.written[1].envelope, "revoked"),
        (3, pen.written[2].envelope, "revoked"),
    ]
    greeting = ends["west"].hello()
    assert (greeting.active, greeting.feeds, greeting.acked) == (False, (), 1)
    for call in (
        lambda: ends["west"].pull(HOME, Cursor(), 10),
        lambda: ends["west"].pull_directory(0, "", 10),
        lambda: ends["west"].bodies(case, "0012", "why"),
        lambda: ends["west"].counts(HOME, 1),
        lambda: ends["west"].keep_set("00", b"x"),
        lambda: ends["west"].renew(),
    ):
        with pytest.raises(StationRefused):
            call()
    assert ends["west"].find_set("x") is None
    assert len(whole(ends["east"], HOME)) == 1
    centre.administration.reinstate(pen.station_id)
    ends["west"].hello()
    assert pen.push(ends["west"], 2).acked == 3, "and nothing is lost where that was a mistake"
    assert len(whole(ends["east"], HOME)) == 3


def test_attack_renewing(ends: Ends, centre: CentreDatabase) -> None:
    made = [ends["west"].renew() for _ in range(5)]
    with pytest.raises(StationRefused):
        ends["west"].renew()
    assert len({one.station_id for one in made}) == len({one.issue_code for one in made}) == 5
    assert centre.execute("SELECT kind, count(*) FROM centre.anomaly GROUP BY kind") == [("renewed", 5)]
    fresh = centre.stations["west"].centre(station_id=made[-1].station_id, secret=made[-1].station_secret)
    assert fresh.hello().acked == 0
    fresh.close()
