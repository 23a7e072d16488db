"""Who may open a store, and what happens to everybody else."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.storage import halls

from window_app.clock import FixedClock
from window_app.domain.stores import LineAddress
from window_app.storage import store
from window_app.storage.engine import fits_key
from window_app.storage.failures import (
    ClerkKnown,
    ClerkUnknown,
    LastClerk,
    PasswordDue,
    StoreDamaged,
    StoreExists,
    StoreInUse,
    StoreMissing,
    StoreTooNew,
    WrongPassword,
)


def later(seconds: int) -> FixedClock:
    return FixedClock(halls.NOW + timedelta(seconds=seconds))


def test_a_store_comes_back_with_what_enrolment_set(hall, records):
    records.close()
    again = halls.enter(hall)
    assert again.station() == halls.STATION
    assert again.secrets() == halls.SECRETS
    assert again.particulars() == {"phone": "0755-12345678"}
    assert again.rewound is None
    assert again.integrity() == ()
    again.close()


def test_no_store_is_seen_before_there_is_one(hall):
    assert store.describe(hall) is None
    with pytest.raises(StoreMissing):
        halls.enter(hall)


@pytest.mark.usefixtures("records")
def test_a_store_is_described_without_unlocking_it(hall):
    seen = store.describe(hall)
    assert seen is not None
    assert not seen.practice
    assert [(clerk.code, clerk.name, clerk.role) for clerk in seen.clerks] == [("0012", "陈静", "administrator")]
    assert seen.station == {"name": "3号窗口", "hall": halls.STATION.hall, "kind": "counter"}


def test_a_store_is_never_overwritten(hall, records):
    records.close()
    before = {file.name: file.read_bytes() for file in hall.iterdir() if file.suffix != ".lock"}
    with pytest.raises(StoreExists):
        halls.make(hall)
    assert {file.name: file.read_bytes() for file in hall.iterdir() if file.suffix != ".lock"} == before


def test_practice_opens_without_a_password(hall):
    station = replace(halls.STATION, district="000000", practice=True)
    store.create(hall, station, halls.SECRETS, None, clock=halls.CLOCK).close()
    seen = store.describe(hall)
    assert seen is not None
    assert seen.practice
    opened = store.open(hall)
    assert opened.station().practice
    opened.close()


def test_nothing_in_the_files_can_be_read_without_the_password(hall, records):
    halls.take_in(records, name="王小明", phone="13800138000")
    records.close()
    for file in hall.iterdir():
        content = file.read_bytes()
        for word in ("王小明".encode(), b"13800138000", halls.SECRETS.district_key, halls.SECRETS.signing_keys[0].seed):
            assert word not in content
            assert word.hex().encode() not in content


def test_files_belong_to_their_owner_alone(hall, records):
    halls.take_in(records)
    assert hall.stat().st_mode & 0o077 == 0
    assert {file.name: file.stat().st_mode & 0o077 for file in hall.glob("slots.json")} == {"slots.json": 0}


def test_a_wrong_password_waits_longer_each_time_also_after_a_restart(hall, records):
    records.close()
    waits = []
    at = 0
    for _ in range(6):
        with pytest.raises(WrongPassword) as failed:
            store.open(hall, "0012", "wrong", clock=later(at))
        waits.append(failed.value.wait_seconds)
        at += failed.value.wait_seconds
    assert waits == [0, 0, 2, 4, 8, 16]
    with pytest.raises(WrongPassword) as early:
        store.open(hall, "0012", halls.CLERK.password, clock=later(at - 5))
    assert early.value.wait_seconds == 5
    store.open(hall, "0012", halls.CLERK.password, clock=later(at)).close()
    with pytest.raises(WrongPassword) as first:
        store.open(hall, "0012", "wrong", clock=later(at))
    assert first.value.wait_seconds == 0


def test_setting_the_clock_back_shortens_no_wait_and_never_locks_for_longer(hall, records):
    records.close()
    for _ in range(4):
        with pytest.raises(WrongPassword):
            store.open(hall, "0012", "wrong", clock=later(100))
        with pytest.raises(WrongPassword):
            store.open(hall, "0012", "wrong", clock=later(102))
    with pytest.raises(WrongPassword) as failed:
        store.open(hall, "0012", halls.CLERK.password, clock=later(-1_000_000))
    assert 0 < failed.value.wait_seconds <= 900


def test_an_unknown_clerk_is_told_so(hall, records):
    records.close()
    with pytest.raises(ClerkUnknown):
        store.open(hall, "9999", "x", clock=halls.CLOCK)
    with pytest.raises(ClerkUnknown):
        store.open(hall, clock=halls.CLOCK)


def test_a_colleague_is_admitted_and_signs_in(hall, records):
    taken = halls.take_in(records)
    assert records.admit_clerk("0013", "李娜", password="another good one", profile=store.CHEAP) == ""
    with pytest.raises(ClerkKnown):
        records.admit_clerk("0013", "李娜", password="x", profile=store.CHEAP)
    records.close()
    again = store.open(hall, "0013", "another good one", clock=halls.CLOCK)
    assert again.get_case(taken.case_id).number == taken.number
    again.close()


def test_a_one_time_code_serves_to_set_a_password_once(hall, records):
    code = records.admit_clerk("0013", "李娜", profile=store.CHEAP)
    records.close()
    with pytest.raises(PasswordDue):
        store.open(hall, "0013", code, clock=halls.CLOCK)
    store.set_password(hall, "0013", code, "my own words", profile=store.CHEAP, clock=halls.CLOCK)
    store.open(hall, "0013", "my own words", clock=halls.CLOCK).close()
    with pytest.raises(WrongPassword):
        store.set_password(hall, "0013", code, "a thief's", profile=store.CHEAP, clock=halls.CLOCK)


def test_revoking_changes_the_data_key_and_keeps_everything(hall, records):
    taken = halls.take_in(records)
    records.admit_clerk("0013", "李娜", password="another good one", profile=store.CHEAP)
    old_key = records._data_key
    records.revoke_clerk("0012")
    assert records._data_key != old_key
    assert [clerk.code for clerk in records.clerks()] == ["0013"]
    second = halls.take_in(records)
    assert records.integrity() == ()
    records.close()
    assert not fits_key(hall / "store.db", old_key)
    with pytest.raises(ClerkUnknown):
        halls.enter(hall)
    again = store.open(hall, "0013", "another good one", clock=halls.CLOCK)
    assert [row.number for row in again.cases(None, 5)] == [second.number, taken.number]
    again.close()


def test_the_last_clerk_cannot_be_revoked(records):
    with pytest.raises(LastClerk):
        records.revoke_clerk("0012")
    records.admit_clerk("0013", "李娜", profile=store.CHEAP)
    with pytest.raises(LastClerk):
        records.revoke_clerk("0012")
    with pytest.raises(ClerkUnknown):
        records.revoke_clerk("0099")
    halls.take_in(records)


def test_revoking_beside_a_reader_changes_nothing(hall, records):
    records.admit_clerk("0013", "李娜", password="another good one", profile=store.CHEAP)
    reader = halls.enter(hall, read_only=True)
    halls.take_in(records)
    assert reader.count_cases() == 1
    with pytest.raises(StoreInUse):
        records.revoke_clerk("0013")
    assert [clerk.code for clerk in records.clerks()] == ["0012", "0013"]
    halls.take_in(records)
    reader.close()
    records.revoke_clerk("0013")
    assert records.integrity() == ()


@pytest.mark.usefixtures("records")
def test_a_second_writer_is_told_who_works_here(hall):
    with pytest.raises(StoreInUse) as refused:
        halls.enter(hall)
    assert refused.value.by == f"window-app ({os.getpid()})"


@pytest.mark.usefixtures("records")
def test_a_writer_in_another_process_is_told_too(hall):
    program = (
        "import sys; from pathlib import Path; from tests.storage import halls\n"
        "from window_app.storage.failures import StoreInUse\n"
        "try: halls.enter(Path(sys.argv[1]))\n"
        "except StoreInUse as error: print(error.by)"
    )
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", program, str(hall)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": paths},
        check=True,
    )
    assert done.stdout.strip() == f"window-app ({os.getpid()})"


def test_a_reader_stands_beside_the_writer_and_cannot_write(hall, records):
    reader = halls.enter(hall, read_only=True)
    taken = halls.take_in(records)
    assert reader.find_case(taken.number) == records.find_case(taken.number)
    with pytest.raises(Exception, match=r"disk_failed|readonly"):
        halls.take_in(reader)
    assert reader.count_cases() == 1
    reader.close()


def test_closing_twice_is_as_good_as_once(records):
    records.close()
    records.close()


def test_a_creation_that_was_killed_is_completed_or_begun_anew(hall):
    hall.mkdir()
    (hall / "store.db.unfinished").write_bytes(b"half")
    made = halls.make(hall)
    taken = halls.take_in(made)
    made.close()
    (hall / "store.db").rename(hall / "store.db.unfinished")
    again = halls.enter(hall)
    assert again.get_case(taken.case_id).number == taken.number
    again.close()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 1}'])
def test_slots_that_are_not_ours_are_reported(hall, records, content):
    records.close()
    (hall / "slots.json").write_bytes(content)
    with pytest.raises(StoreDamaged):
        halls.enter(hall)
    assert (hall / "slots.json").read_bytes() == content


def test_a_database_without_slots_is_damaged_not_new(hall, records):
    records.close()
    (hall / "slots.json").unlink()
    with pytest.raises(StoreDamaged):
        store.describe(hall)
    with pytest.raises(StoreDamaged):
        halls.make(hall)


def test_slots_of_a_newer_program_are_left_alone(hall, records):
    records.close()
    said = json.loads((hall / "slots.json").read_bytes())
    (hall / "slots.json").write_text(json.dumps({**said, "format": 2}))
    with pytest.raises(StoreTooNew):
        halls.enter(hall)


def test_a_slot_cannot_be_given_to_somebody_else(hall, records):
    records.admit_clerk("0013", "李娜", password="another good one", profile=store.CHEAP)
    records.close()
    said = json.loads((hall / "slots.json").read_bytes())
    said["slots"][0]["pair"] = said["slots"][1]["pair"]
    (hall / "slots.json").write_text(json.dumps(said))
    with pytest.raises(WrongPassword):
        store.open(hall, "0012", "another good one", clock=halls.CLOCK)


def test_the_way_to_the_centre_is_kept_with_the_secrets(hall, records):
    line = LineAddress("centre.example", 5432, "window_app", "station_1", "secret", certificate="PEM")
    records.replace_secrets(replace(halls.SECRETS, line=line))
    records.close()
    again = halls.enter(hall)
    assert again.secrets() == replace(halls.SECRETS, line=line)
    again.close()
    assert "secret" not in repr(line)
