"""Setting up, enrolling, revoking: what the directory says, and what a second time changes."""

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tests.central.pen import Pen
from tests.postgres import CHEAP_SEAL, DEBIAN_15, DISTRICT, HIDDEN, HOME, CentreDatabase, StationSeat, running_server

from window_app.central.administration import CentreAdministration, LinePlace
from window_app.central.directory import first_fault, read_directory
from window_app.central.enrolment import StationParticulars
from window_app.central.keys import KeyFolder
from window_app.clock import SystemClock
from window_app.domain.line import Cursor, DirectoryEntry, PushCode, place_mark
from window_app.errors import WindowAppError
from window_app.services.enrolment_pieces import EnrolmentPieces
from window_app.services.setup import read_enrolment

HERE = LinePlace("127.0.0.1", 5432, "window_app")
PARTICULARS = StationParticulars(
    station_id=uuid4(),
    kind="counter",
    name="9号窗口",
    hall="示范大厅",
    hall_phone="12333",
    hall_address="",
    district=DISTRICT,
    issue_code="Q1C2",
    reserve_codes=("Q1C3",),
)


def directory(centre: CentreDatabase) -> tuple[DirectoryEntry, ...]:
    with psycopg.connect(centre.dsn_admin) as connection:
        return read_directory(connection)


def newest(centre: CentreDatabase, kind: str) -> list[dict[str, object]]:
    said = [json.loads(entry.content) for entry in directory(centre)]
    return [one for one in said if one["entry"] == kind]


def refused(code: str) -> pytest.RaisesExc[WindowAppError]:
    return pytest.raises(WindowAppError, match=code.replace(".", r"\."))


def test_a_second_initialising_changes_nothing(centre: CentreDatabase) -> None:
    before = centre.execute("SELECT epoch, root_key FROM centre.centre")
    key = centre.keys.district_key(DISTRICT)
    said = centre.administration.initialise(DISTRICT)
    assert said["already"]
    assert said["applied"] == []
    assert centre.execute("SELECT epoch, root_key FROM centre.centre") == before
    assert centre.keys.district_key(DISTRICT) == key


def test_a_further_district_gets_its_feeds_and_a_key_of_its_own(centre: CentreDatabase) -> None:
    centre.administration.initialise("310102")
    feeds = {row[0] for row in centre.execute("SELECT feed_id FROM centre.feed")}
    assert feeds == {HOME, HIDDEN, "310102", "310102:confidential"}
    assert centre.keys.district_key("310102") != centre.keys.district_key(DISTRICT)


def test_another_root_key_gets_nowhere(centre: CentreDatabase, tmp_path: Path) -> None:
    stranger = CentreAdministration(centre.dsn_admin, KeyFolder.create(tmp_path / "keys"), cost=CHEAP_SEAL)
    KeyFolder(tmp_path / "keys").make_district_key(DISTRICT)
    before = directory(centre)
    for attempt in (
        lambda: stranger.initialise(DISTRICT),
        lambda: stranger.enrol(PARTICULARS, HERE),
        lambda: stranger.revoke(centre.stations["east"].enrolment.station.station_id),
        stranger.status,
    ):
        with refused("central.other_root"):
            attempt()
    assert directory(centre) == before


def test_the_directory_is_dense_chained_and_signed_by_the_root_key(centre: CentreDatabase) -> None:
    centre.administration.enrol(PARTICULARS, HERE)
    entries = directory(centre)
    assert [entry.dseq for entry in entries] == list(range(1, len(entries) + 1))
    assert first_fault(entries, centre.keys.root_key) is None
    altered = replace(entries[2], content=entries[2].content.replace(b"active", b"revoked"))
    assert first_fault((*entries[:2], altered, *entries[3:]), centre.keys.root_key) == 3
    assert first_fault(entries[1:], centre.keys.root_key) == 1


def test_an_enrolled_station_stands_in_the_directory_with_the_key_it_signs_with(centre: CentreDatabase) -> None:
    made = centre.administration.enrol(PARTICULARS, HERE)
    enrolment = read_enrolment(made.file, made.code, SystemClock())
    station, key = newest(centre, "station")[-1], newest(centre, "key")[-1]
    assert (station["station_id"], station["kind"], station["status"]) == (str(made.station_id), "counter", "active")
    assert (key["key_id"], key["revoked"]) == (enrolment.signing_key_id, False)
    assert enrolment.root_key == centre.keys.root_key
    line = enrolment.secrets.line
    assert line is not None
    assert (line.host, line.database, line.user) == ("127.0.0.1", "window_app", made.login)
    for secret in (line.password.encode(), enrolment.secrets.station_secret.hex().encode()):
        assert secret not in made.file


def test_its_login_carries_no_value_into_the_log_and_no_endless_call(centre: CentreDatabase) -> None:
    made = centre.administration.enrol(PARTICULARS, HERE)
    settings = centre.execute("SELECT unnest(rolconfig) FROM pg_roles WHERE rolname = %s", made.login)
    said = dict(row[0].split("=", 1) for row in settings)
    assert said["log_parameter_max_length"] == said["log_parameter_max_length_on_error"] == "0"
    assert (said["statement_timeout"], said["lock_timeout"]) == ("30s", "5s")
    enrolment = read_enrolment(made.file, made.code, SystemClock())
    line = enrolment.secrets.line
    assert line is not None
    log = centre.server.log_file.read_text("utf-8")
    assert line.password not in log
    stored = centre.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", made.login)[0][0]
    assert stored.startswith("SCRAM-SHA-256$")


def test_what_the_qr_codes_carry_is_the_file(centre: CentreDatabase) -> None:
    made = centre.administration.enrol(PARTICULARS, HERE)
    scanned = EnrolmentPieces()
    for text in reversed(made.pieces):
        assert scanned.add(f" {text.lower()} ")
    assert scanned.complete
    assert read_enrolment(scanned.content(), made.code, SystemClock()) == read_enrolment(
        made.file, made.code, SystemClock()
    )


TAKEN = "the code of a station that is there"


def _in_place(value: object, taken: str) -> object:
    """Put a station's code where a change names one that is taken."""
    return taken if value == TAKEN else (taken,) if value == (TAKEN,) else value


@pytest.mark.parametrize(
    ("change", "feeds", "code"),
    [
        ({"issue_code": TAKEN}, None, "central.issue_code_taken"),
        ({"reserve_codes": (TAKEN,)}, None, "central.issue_code_taken"),
        ({"issue_code": "abc1"}, None, "central.issue_code"),
        ({"issue_code": "I0O1"}, None, "central.issue_code"),
        ({"office": "arbitration"}, None, "central.kind"),
        ({"kind": "office"}, None, "central.kind"),
        ({"district": "310199"}, None, "central.keys_no_district"),
        ({"district": "3101"}, None, "central.district"),
        ({}, (HOME, "310199"), "central.no_feed"),
        ({}, (HIDDEN,), "central.feeds"),
        ({}, (HOME, HIDDEN), "central.feeds"),
        ({"practice": True}, None, "central.practice_district"),
    ],
)
def test_what_cannot_be_enrolled_leaves_nothing_behind(
    centre: CentreDatabase, change: dict[str, object], feeds: tuple[str, ...] | None, code: str
) -> None:
    before = (directory(centre), centre.execute("SELECT count(*) FROM pg_roles"))
    taken = centre.stations["east"].enrolment.station.issue_code
    change = {name: _in_place(value, taken) for name, value in change.items()}
    with refused(code):
        centre.administration.enrol(replace(PARTICULARS, **change), HERE, feeds=feeds)  # type: ignore[arg-type]
    assert (directory(centre), centre.execute("SELECT count(*) FROM pg_roles")) == before
    assert centre.execute("SELECT count(*) FROM centre.issue_code WHERE code LIKE 'Q%'") == [(0,)]


def test_over_a_network_a_certificate_is_needed(centre: CentreDatabase) -> None:
    with refused("central.certificate_needed"):
        centre.administration.enrol(PARTICULARS, replace(HERE, host="centre.example.gov.cn"))
    pem = "-----BEGIN CERTIFICATE-----\n"
    made = centre.administration.enrol(PARTICULARS, replace(HERE, host="centre.example.gov.cn", certificate=pem))
    line = read_enrolment(made.file, made.code, SystemClock()).secrets.line
    assert line is not None
    assert line.certificate == pem


def test_a_revoked_station_loses_nothing_and_can_be_reinstated(centre: CentreDatabase, pen: Pen) -> None:
    seat = centre.stations["east"]
    number = seat.enrolment.station.station_id
    centre.administration.revoke(number)
    centre.administration.revoke(number)
    assert newest(centre, "station")[-1]["status"] == "revoked"
    assert len(newest(centre, "station")) == len(centre.stations) + 1
    pen.receive()
    end = seat.centre()
    assert not end.hello().active
    assert pen.push(end).code is PushCode.QUARANTINED
    end.close()
    waiting = centre.administration.quarantine()
    assert [(one["lseq"], one["has_body"]) for one in waiting] == [(1, True)]
    assert "周小满" not in json.dumps(waiting, ensure_ascii=False, default=str)
    assert "周小满" in centre.administration.quarantined(waiting[0]["id"])["body"]
    centre.administration.reinstate(number)
    end = seat.centre()
    assert end.hello().active
    assert pen.push(end).code is PushCode.OK
    end.close()
    assert centre.administration.status()["feeds"][0]["head"] == 1


def test_a_lost_key_is_revoked_with_its_station(centre: CentreDatabase) -> None:
    enrolment = centre.stations["east"].enrolment
    centre.administration.revoke(enrolment.station.station_id, key_lost=True)
    key = newest(centre, "key")[-1]
    assert (key["key_id"], key["revoked"]) == (enrolment.signing_key_id, True)
    assert centre.administration.audit()["ok"]


def test_a_station_nobody_knows_cannot_be_revoked(centre: CentreDatabase) -> None:
    with refused("central.no_station"):
        centre.administration.revoke(uuid4())


def test_a_station_that_the_centre_renewed_is_entered_at_the_next_look(centre: CentreDatabase) -> None:
    seat = centre.stations["east"]
    end = seat.centre()
    end.hello()
    fresh = end.renew()
    end.close()
    assert str(fresh.station_id) not in {one["station_id"] for one in newest(centre, "station")}
    centre.administration.status()
    entered = newest(centre, "station")[-1]
    assert (entered["station_id"], entered["renewed_from"]) == (
        str(fresh.station_id),
        str(seat.enrolment.station.station_id),
    )
    centre.administration.status()
    assert newest(centre, "station")[-1] == entered
    centre.administration.revoke(seat.enrolment.station.station_id)
    revoked = {one["station_id"] for one in newest(centre, "station") if one["status"] == "revoked"}
    assert str(fresh.station_id) in revoked


def test_a_checkpoint_says_where_the_feed_stands_and_is_signed(centre: CentreDatabase, pen: Pen) -> None:
    open_case = pen.receive()
    end = centre.stations["east"].centre()
    end.hello()
    pen.push(end)
    made = centre.administration.checkpoint(HOME)
    Ed25519PublicKey.from_public_bytes(centre.keys.root_key).verify(bytes.fromhex(made.signature), made.content)
    said = json.loads(made.content)
    assert (said["feed"], said["fseq"], said["link"]) == (HOME, 1, pen.link(1))
    assert said["open_cases"] == [str(open_case)]
    mark = place_mark(UUID(said["event_id"]).bytes, 1)
    assert said["counts"] == [[str(pen.station_id), 1, 1, pen.link(1), mark]]
    assert end.checkpoint(HOME) == made
    page = end.pull(HOME, Cursor(said["fseq"], UUID(said["event_id"])), 10)
    assert page.events == ()
    end.close()
    with refused("central.no_feed"):
        centre.administration.checkpoint("999999")


def test_a_definition_set_is_kept_once(centre: CentreDatabase) -> None:
    first = centre.administration.keep_definition_set(b"a set")
    assert centre.administration.keep_definition_set(b"a set") == first
    assert [one["hash"] for one in newest(centre, "definition_set")] == [first]


def test_status_names_stations_and_contacts_and_no_visitor(centre: CentreDatabase, pen: Pen) -> None:
    pen.receive()
    end = centre.stations["east"].centre()
    end.hello()
    pen.push(end)
    end.close()
    said = centre.administration.status()
    east = next(one for one in said["stations"] if one["station"] == pen.station_id)
    assert (east["events"], east["status"], east["feeds"]) == (1, "active", [HOME])
    assert east["last_contact"] is not None
    assert said["directory"]["first_fault"] is None
    assert said["cases"] == {HOME: {"received": 1}}
    assert said["open_doors"] == []
    assert "周小满" not in json.dumps(said, ensure_ascii=False, default=str)


def test_a_centre_that_a_newer_release_upgraded_is_not_set_back(centre: CentreDatabase) -> None:
    centre.execute("INSERT INTO centre.migration (name, digest) VALUES ('migrations/9999_later.sql', 'x')")
    with refused("central.newer"):
        centre.administration.upgrade()


@pytest.mark.parametrize(
    ("dsn", "code"),
    [
        ("host=127.0.0.1 port=1 dbname=x user=y", "central.unreachable"),
        ("this is none", "central.dsn"),
    ],
)
def test_a_wrong_address_is_said(centre: CentreDatabase, dsn: str, code: str) -> None:
    with refused(code):
        CentreAdministration(dsn, centre.keys).status()


def test_a_database_that_is_no_centre_and_a_login_without_rights_are_said(centre: CentreDatabase) -> None:
    with refused("central.not_initialised"):
        CentreAdministration(centre.server.dsn, centre.keys).status()
    station = centre.stations["east"].address
    dsn = psycopg.conninfo.make_conninfo(
        host=station.host, port=station.port, dbname=station.database, user=station.user, password=station.password
    )
    for attempt in (CentreAdministration(dsn, centre.keys).status, CentreAdministration(dsn, centre.keys).upgrade):
        with refused("central.no_right"):
            attempt()
    wrong = dsn.replace(station.password, "wrong")
    with refused("central.unreachable") as raised:
        CentreAdministration(wrong, centre.keys).status()
    assert "wrong" not in str(raised.value.params)


@pytest.mark.parametrize("binaries", [None, DEBIAN_15], ids=["embedded", "debian15"])
def test_a_database_owner_who_may_create_roles_is_administrator_enough(tmp_path: Path, binaries: Path | None) -> None:
    if binaries is not None and not binaries.is_dir():
        pytest.skip(f"no PostgreSQL 15 in {binaries}: apt-get install postgresql-15")
    with running_server(tmp_path / "pg", binaries=binaries) as server:
        with psycopg.connect(server.dsn, autocommit=True) as connection:
            connection.execute("CREATE ROLE centre_admin LOGIN CREATEROLE PASSWORD 'its own'")
            connection.execute("CREATE DATABASE plain OWNER centre_admin")
        dsn = f"host=127.0.0.1 port={server.endpoint.port} dbname=plain user=centre_admin password='its own'"
        centre = CentreAdministration(dsn, KeyFolder.create(tmp_path / "keys"), cost=CHEAP_SEAL)
        assert not centre.initialise(DISTRICT)["already"]
        assert centre.initialise(DISTRICT)["already"]
        place = LinePlace("127.0.0.1", server.endpoint.port, "plain")
        made = centre.enrol(PARTICULARS, place)
        enrolment = read_enrolment(made.file, made.code, SystemClock())
        assert enrolment.secrets.line is not None
        end = StationSeat(enrolment, "plain").centre()
        assert end.hello().feeds == (HOME,)
        end.close()
        status = centre.status()
        assert status["stations"][0]["status"] == "active"
        assert status["open_doors"], "what only a superuser can close must be said"
        centre.revoke(made.station_id)
        assert centre.audit()["ok"]
