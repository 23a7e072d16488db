"""From the centre's file to a counter with real numbers; what was altered, expired or mistyped is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from tests.services.conftest import MORNING
from tests.services.visits import visit

from window_app.app import Entrance
from window_app.central.enrolment import EnrolmentAuthority, SealCost, StationParticulars, new_code
from window_app.clock import FixedClock
from window_app.domain.enrolment import plain_code
from window_app.domain.events import EventType
from window_app.errors import WindowAppError
from window_app.services.clerks import NotAdministrator
from window_app.services.practice import SampleClock
from window_app.services.session import UnknownClerk
from window_app.services.setup import EnrolmentExpired, EnrolmentInvalid, WrongCode, read_enrolment
from window_app.storage import store

CLOCK = FixedClock(MORNING)
AUTHORITY = EnrolmentAuthority(
    Ed25519PrivateKey.from_private_bytes(b"r" * 32), b"d" * 32, SealCost(memory_kib=64, passes=1, lanes=1)
)
PARTICULARS = StationParticulars(
    station_id=uuid4(),
    kind="counter",
    name="3号窗口",
    hall="示范区人社服务大厅",
    hall_phone="0755-12345678",
    hall_address="示范区人民路1号",
    district="440305",
    issue_code="A1C2",
    reserve_codes=("A1C3",),
)
FILE, CODE = AUTHORITY.enrol(PARTICULARS, MORNING)


def changed(change: Callable[[dict[str, Any]], None]) -> bytes:
    document = json.loads(FILE)
    change(document)
    return json.dumps(document).encode()


def test_the_file_and_its_code_give_the_enrolment() -> None:
    enrolment = read_enrolment(FILE, CODE.lower().replace("-", " "), CLOCK)
    assert enrolment.station.district == "440305"
    assert enrolment.station.issue_code == "A1C2"
    assert not enrolment.station.practice
    assert enrolment.station.phone == "0755-12345678"
    assert enrolment.root_key == AUTHORITY.root_key
    assert len(enrolment.secrets.signing_seed) == 32
    assert enrolment.secrets.district_key == b"d" * 32


def test_the_file_alone_gives_no_secret_away() -> None:
    enrolment = read_enrolment(FILE, CODE, CLOCK)
    for secret in (enrolment.secrets.station_secret, enrolment.secrets.district_key, enrolment.secrets.signing_seed):
        assert secret.hex().encode() not in FILE
    assert plain_code(CODE).encode() not in FILE


def test_a_wrong_code_opens_nothing() -> None:
    with pytest.raises(WrongCode):
        read_enrolment(FILE, new_code(), CLOCK)
    with pytest.raises(WrongCode):
        read_enrolment(FILE, "", CLOCK)


def test_a_changed_particular_breaks_the_signature() -> None:
    with pytest.raises(EnrolmentInvalid):
        read_enrolment(changed(lambda file: file["public"].update(district="440306")), CODE, CLOCK)


def test_another_root_cannot_be_put_in_the_place_of_ours() -> None:
    impostor = EnrolmentAuthority(Ed25519PrivateKey.generate(), b"x" * 32, SealCost(64, 1, 1))
    forged = json.loads(impostor.enrol(PARTICULARS, MORNING)[0])
    forged["sealed"] = json.loads(FILE)["sealed"]
    with pytest.raises(WrongCode):
        read_enrolment(json.dumps(forged).encode(), CODE, CLOCK)


def test_an_expired_file_and_a_newer_version_are_said() -> None:
    with pytest.raises(EnrolmentExpired):
        read_enrolment(FILE, CODE, FixedClock(MORNING + timedelta(days=15)))
    with pytest.raises(EnrolmentInvalid) as raised:
        read_enrolment(changed(lambda file: file.update(version=2)), CODE, CLOCK)
    assert raised.value.code == "setup.enrolment_version"


def test_a_seal_that_would_eat_the_memory_is_refused() -> None:
    with pytest.raises(EnrolmentInvalid):
        read_enrolment(changed(lambda file: file["sealed"].update(memory_kib=1 << 30)), CODE, CLOCK)


@given(st.binary(max_size=200))
def test_any_other_bytes_are_no_enrolment(content: bytes) -> None:
    with pytest.raises(EnrolmentInvalid):
        read_enrolment(content, CODE, CLOCK)


@pytest.mark.parametrize("part", ["public", "sealed", "signature", "format"])
def test_a_file_with_a_part_missing_is_no_enrolment(part: str) -> None:
    with pytest.raises(EnrolmentInvalid):
        read_enrolment(changed(lambda file: file.pop(part)), CODE, CLOCK)


@pytest.mark.parametrize("part", ["salt", "nonce", "content", "memory_kib"])
def test_a_seal_with_a_part_missing_is_no_enrolment(part: str) -> None:
    with pytest.raises(EnrolmentInvalid):
        read_enrolment(changed(lambda file: file["sealed"].pop(part)), CODE, CLOCK)


def enrolled(directory: Path, clock: SampleClock) -> Entrance:
    entrance = Entrance(directory, clock)
    enrolment = entrance.read_enrolment(FILE, CODE)
    entrance.enrol(enrolment, "0012", "李窗口", "correct horse", profile=store.CHEAP)
    return entrance


def test_an_enrolled_counter_gives_real_numbers_and_its_papers_say_nothing_of_practice(
    tmp_path: Path, clock: SampleClock
) -> None:
    entrance = enrolled(tmp_path / "data", clock)
    desk = entrance.sign_in("0012", "correct horse")
    try:
        received = desk.receiving.receive(desk.intake.from_json(visit("01")))
        assert received.cases[0].number.startswith("440305-A1C2-261120-0001-")
        record = desk.papers.get(received.cases[0].paper_ids[0]).record
        assert not record.practice
        assert record.content["values"]["hall"] == "示范区人社服务大厅"
        assert record.content["values"]["phone"] == "0755-12345678"
        noted = [event.type for event in desk.tracking.history(desk.station.station_id)]
        assert noted == [EventType.STATION_ENROLLED, EventType.CLERK_ADMITTED]
    finally:
        desk.close()


def test_signing_in_needs_a_known_clerk_and_her_password(tmp_path: Path, clock: SampleClock) -> None:
    entrance = enrolled(tmp_path / "data", clock)
    hall = entrance.describe()
    assert hall is not None
    assert [(one.code, one.name) for one in hall.clerks] == [("0012", "李窗口")]
    with pytest.raises(UnknownClerk):
        entrance.sign_in("9999", "correct horse")
    waits = []
    for _ in range(4):
        with pytest.raises(WindowAppError) as raised:
            entrance.sign_in("0012", "wrong")
        waits.append(float(str(raised.value.params["wait_seconds"])))
        clock.instant += timedelta(seconds=waits[-1])
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]
    clock.instant += timedelta(hours=1)
    entrance.sign_in("0012", "correct horse").close()


def test_a_second_enrolment_never_overwrites_the_first(tmp_path: Path, clock: SampleClock) -> None:
    entrance = enrolled(tmp_path / "data", clock)
    with pytest.raises(WindowAppError) as raised:
        entrance.enrol(entrance.read_enrolment(FILE, CODE), "1", "别人", "another one", profile=store.CHEAP)
    assert raised.value.code == "store.exists"


@pytest.mark.parametrize(
    ("clerk", "name", "password", "code"),
    [
        ("", "李", "long enough", "setup.clerk_code"),
        ("工号", "李", "long enough", "setup.clerk_code"),
        ("1", " ", "long enough", "setup.clerk_name"),
        ("1", "李", "short", "setup.password_short"),
    ],
)
def test_the_first_clerk_is_checked_before_anything_is_made(
    tmp_path: Path, clock: SampleClock, clerk: str, name: str, password: str, code: str
) -> None:
    entrance = Entrance(tmp_path / "data", clock)
    with pytest.raises(WindowAppError) as raised:
        entrance.enrol(entrance.read_enrolment(FILE, CODE), clerk, name, password, profile=store.CHEAP)
    assert raised.value.code == code
    assert entrance.describe() is None


def test_two_stations_of_a_district_share_its_key_and_nothing_else() -> None:
    other = replace(PARTICULARS, station_id=uuid4(), issue_code="B1C2")
    file, code = AUTHORITY.enrol(other, MORNING)
    ours, theirs = (read_enrolment(*one, CLOCK).secrets for one in ((FILE, CODE), (file, code)))
    assert ours.district_key == theirs.district_key
    assert ours.station_secret != theirs.station_secret
    assert ours.signing_seed != theirs.signing_seed


def test_an_administrator_admits_a_clerk_who_sets_her_own_password_and_can_be_revoked(
    tmp_path: Path, clock: SampleClock
) -> None:
    entrance = enrolled(tmp_path / "data", clock)
    desk = entrance.sign_in("0012", "correct horse")
    code = desk.clerks.admit("0013", "王窗口")
    assert [one.code for one in desk.clerks.list()] == ["0012", "0013"]
    desk.close()
    with pytest.raises(WindowAppError):
        entrance.sign_in("0013", code)
    entrance.set_password("0013", code, "battery staple", profile=store.CHEAP)
    colleague = entrance.sign_in("0013", "battery staple")
    assert colleague.session.role == "clerk"
    with pytest.raises(NotAdministrator):
        colleague.clerks.admit("0014", "赵窗口")
    with pytest.raises(NotAdministrator):
        colleague.clerks.revoke("0012")
    colleague.close()
    desk = entrance.sign_in("0012", "correct horse")
    desk.clerks.revoke("0013")
    noted = [(event.type, event.facts.get("clerk")) for event in desk.tracking.history(desk.station.station_id)]
    assert noted[-2:] == [(EventType.CLERK_ADMITTED, "0013"), (EventType.CLERK_REVOKED, "0013")]
    desk.close()
    with pytest.raises(WindowAppError):
        entrance.sign_in("0013", "battery staple")
    entrance.sign_in("0012", "correct horse").close()
