"""Damaged, full and set-back disks: noticed, named, and never made worse."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.storage import halls

from window_app.storage import integrity, store
from window_app.storage.failures import DiskFailed, DiskFull, StoreDamaged
from window_app.storage.opened import Store

PAGE = 8192


def flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 0x10
    file.write_bytes(content)


def filled(hall: Path) -> Path:
    records = halls.make(hall)
    for _ in range(20):
        halls.take_in(records)
    records.close()
    return hall / "store.db"


def test_a_flipped_bit_anywhere_is_noticed_at_the_next_opening(hall):
    file = filled(hall)
    sound = file.read_bytes()
    pages = len(sound) // PAGE
    chance = random.Random(7)
    for page in (0, *chance.sample(range(1, pages), 8)):
        flip(file, page * PAGE + chance.randrange(PAGE - 80))
        harmed = file.read_bytes()
        with pytest.raises(StoreDamaged):
            halls.enter(hall)
        assert file.read_bytes() == harmed
        file.write_bytes(sound)
    again = halls.enter(hall)
    assert again.count_cases() == 20
    again.close()


def test_a_file_that_is_no_database_is_damaged(hall):
    file = filled(hall)
    for content in (b"", b"hello", os.urandom(PAGE * 4), file.read_bytes()[: PAGE * 3 + 100]):
        file.write_bytes(content)
        with pytest.raises(StoreDamaged):
            halls.enter(hall)
        assert file.read_bytes() == content
    file.unlink()
    with pytest.raises(StoreDamaged):
        halls.enter(hall)


def test_damage_in_a_large_store_is_named_by_the_integrity_check(hall, monkeypatch):
    file = filled(hall)
    monkeypatch.setattr(integrity, "QUICK_LIMIT", 0)
    sound = file.read_bytes()
    named = 0
    for page in range(1, len(sound) // PAGE):
        flip(file, page * PAGE + 100)
        try:
            records = halls.enter(hall)
        except StoreDamaged:
            named += 1
        else:
            named += any(finding.startswith("cipher_integrity_check") for finding in records.integrity())
            records.close()
        file.write_bytes(sound)
    assert named == len(sound) // PAGE - 1


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM event WHERE lseq = 2",
        "UPDATE event SET envelope = CAST(replace(envelope, 'Closed', 'Opened') AS BLOB) WHERE lseq = 4",
        "UPDATE body SET content = CAST('{}' AS BLOB) WHERE position = 2",
        "UPDATE station_state SET value = '3 ' || substr(value, 3) WHERE name = 'head'",
    ],
)
def test_a_changed_event_breaks_the_chain(records, harm):
    halls.take_in(records)
    assert records.integrity() == ()
    records._database.pragma("foreign_keys = OFF")
    records._database._connection.execute(harm)
    assert any(finding.startswith("chain:") for finding in records.integrity())


def test_an_erased_body_breaks_no_chain(records):
    taken = halls.take_in(records)
    records._database._connection.execute("DELETE FROM body WHERE position = 2")
    assert records.integrity() == ()
    assert records.events(taken.case_id)[0].body is None
    records.rebuild()
    assert records.get_case(taken.case_id).number == taken.number


def test_a_full_database_writes_nothing_by_halves_and_goes_on_when_there_is_room(records):
    taken = halls.take_in(records)
    pages = records._database.pragma("page_count")[0][0]
    records._database.pragma(f"max_page_count = {pages}")
    refused = 0
    while not refused:
        before = (records.count_cases(), records.count_outbox())
        try:
            halls.take_in(records, statement_more="字" * 3000)
        except DiskFull:
            refused += 1
            assert (records.count_cases(), records.count_outbox()) == before
    assert records.integrity() == ()
    records._database.pragma("max_page_count = 1000000")
    halls.take_in(records)
    assert records.find_case(taken.number) is not None
    assert records.integrity() == ()


def fill(records: Store, numbers: list[str]) -> None:
    while True:
        numbers.append(halls.take_in(records, statement_more="字" * 2000).number)


def small_disk(place: Path) -> None:
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2560k", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path):
    place = tmp_path / "disk"
    small_disk(place)
    try:
        ballast = place / "ballast"
        ballast.write_bytes(b"x" * 200_000)
        records = halls.make(place / "hall")
        numbers: list[str] = []
        with pytest.raises(DiskFull):
            fill(records, numbers)
        assert len(numbers) > 5
        assert [row.number for row in records.cases(None, 10_000)] == numbers[::-1]
        with pytest.raises(DiskFull):
            halls.take_in(records, statement_more="字" * 100_000)
        with pytest.raises(DiskFull):
            records.admit_clerk("0013", "李娜" * 20_000, password="x", profile=store.CHEAP)
        assert [clerk.code for clerk in records.clerks()] == ["0012"]
        records.close()
        ballast.unlink()
        again = halls.enter(place / "hall")
        assert [row.number for row in again.cases(None, 10_000)] == numbers[::-1]
        assert again.integrity() == ()
        again.close()
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_set_back_takes_a_reserve_code_and_never_gives_a_number_again(hall, records):
    halls.take_in(records)
    records.close()
    backup = hall.with_name("backup")
    backup.mkdir()
    shutil.copy(hall / "store.db", backup)
    records = halls.enter(hall)
    lost = halls.take_in(records).number
    records.close()
    shutil.copy(backup / "store.db", hall)
    again = halls.enter(hall)
    assert again.rewound is not None
    assert (again.rewound.found, again.rewound.reached, again.rewound.issue_code) == (4, 8, "A1C3")
    assert again.station().issue_code == "A1C3"
    with again.unit_of_work() as work:
        assert work.next_serial(halls.TODAY) == 3
    halls.take_in(again)
    assert again.find_case(lost) is None
    again.close()
    onwards = halls.enter(hall)
    assert onwards.rewound is None
    assert onwards.station().issue_code == "A1C3"
    onwards.close()


def test_a_disk_set_back_goes_on_behind_the_decision_numbers_it_had_given(hall, records):
    def draw(store, *series):
        with store.unit_of_work() as work:
            return [work.next_in_series(one) for one in series]

    assert draw(records, "accepted 2026 A1C2", "accepted 2026 A1C2") == [1, 2]
    records.close()
    backup = (hall / "store.db").read_bytes()
    records = halls.enter(hall)
    assert draw(records, "accepted 2026 A1C2", "refused 2026 A1C2") == [3, 1]
    halls.take_in(records)
    records.close()
    (hall / "store.db").write_bytes(backup)
    again = halls.enter(hall)
    assert again.rewound is not None
    assert draw(again, "refused 2026 A1C2", "accepted 2026 A1C2", "closed 2026 A1C2") == [2, 4, 1]
    again.close()
    (hall / "store.db").write_bytes(backup)
    onwards = halls.enter(hall)
    assert draw(onwards, "accepted 2026 A1C2", "refused 2026 A1C2") == [5, 3]
    onwards.close()


def test_a_disk_set_back_and_written_to_elsewhere_is_noticed_too(hall, records):
    records.close()
    clone = hall.with_name("clone")
    shutil.copytree(hall, clone)
    for place in (hall, clone):
        opened = halls.enter(place)
        halls.take_in(opened)
        opened.close()
    opened = halls.enter(clone)
    halls.take_in(opened)
    opened.close()
    shutil.copy(clone / "store.db", hall)
    again = halls.enter(hall)
    assert again.rewound is not None
    again.close()


def test_a_lost_or_broken_high_water_file_stops_nobody(hall, records):
    halls.take_in(records)
    records.close()
    for content in (b"", b"\x00" * 256, b"[1, 2", b'["", 0, "", "", 0, 7]'):
        (hall / "high-water").write_bytes(content)
        again = halls.enter(hall)
        assert again.rewound is None
        again.close()


def test_a_directory_that_cannot_be_made_is_told():
    with pytest.raises(DiskFailed):
        store.create(
            Path(sys.executable) / "not-a-directory", halls.STATION, halls.SECRETS, halls.CLERK, profile=store.CHEAP
        )
