"""Attachments over the real line: in pieces that resume, acknowledged on their own, after events."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.storage import halls
from tests.sync.attached import attach, keys_held
from tests.sync.centres import Centre, Station
from tests.sync.proxy import Faults

from window_app.domain.attachments import PIECE_BYTES, CaseAttachment, attachments_of
from window_app.domain.line import PageDamaged


def fetch(office: Station, one: CaseAttachment) -> None:
    """Fetch what is lacking, piece by piece, as the services do."""
    for number in office.store.vault.lacking(one.file):
        with office.line() as line:
            assert line.fetch_piece(one.case_id, one.file, number, "0031", "decide")


def pieces_at(centre: Centre) -> int:
    """Return how many pieces the centre holds."""
    return int(centre.execute("SELECT count(*) FROM centre.piece")[0][0])


def test_a_file_reaches_the_office_and_is_the_same(
    centre: Centre, east: Station, station: Callable[[str], Station]
) -> None:
    (taken,) = east.take_in()
    attached, content = attach(east.store, taken.case_id)
    report = east.round()
    assert (report.outcome, report.pieces) == ("done", 8)
    assert east.store.unsent_attachments(9) == ()
    office = station("inspection")
    office.round()
    with office.line() as line:
        line.fetch_bodies(taken.case_id, "0031", "decide")
    (one,) = attachments_of(office.store.events(taken.case_id))
    fetch(office, one)
    assert one.attached is not None
    assert office.store.vault.open(one.file, one.attached.key) == content
    assert (one.attached.name, one.material) == ("照片.jpg", "identity")
    read = centre.execute("SELECT clerk, reason, digest FROM centre.attachment_read")
    assert read == [("0031", "decide", bytes.fromhex(attached.file.digest))]


def test_cut_at_ninety_per_cent_only_the_rest_travels_again(centre: Centre, east: Station) -> None:
    (taken,) = east.take_in()
    east.round()
    attach(east.store, taken.case_id, 20 * PIECE_BYTES)
    centre.proxy.faults = Faults(cut_after_sent=int(18.5 * PIECE_BYTES))
    assert east.round().outcome == "down"
    held = pieces_at(centre)
    assert 16 <= held <= 18
    (waiting,) = east.store.unsent_attachments(9)
    assert (waiting.number, waiting.material, waiting.pieces) == (taken.number, "identity", 20)
    centre.proxy.heal()
    before = centre.proxy.sent
    report = east.round()
    assert (report.outcome, report.pieces) == ("done", 20 - held)
    assert centre.proxy.sent - before < (20 - held + 0.5) * PIECE_BYTES
    assert pieces_at(centre) == 20
    assert east.store.unsent_attachments(9) == ()


def test_a_lost_acknowledgement_doubles_nothing(centre: Centre, east: Station) -> None:
    (taken,) = east.take_in()
    attach(east.store, taken.case_id, 4 * PIECE_BYTES)
    centre.proxy.strike(b"put_piece", Faults(swallow=True))
    assert east.round(deadline=2.0).outcome == "down"
    assert centre.proxy.struck == 1
    centre.proxy.heal()
    assert pieces_at(centre) == 1
    assert east.round().pieces == 3
    assert pieces_at(centre) == 4


def test_events_go_first_and_pass_between_two_pieces(centre: Centre, east: Station) -> None:
    (taken,) = east.take_in()
    attach(east.store, taken.case_id, 6 * PIECE_BYTES)
    made: list[halls.TakenIn] = []

    def receive_meanwhile() -> None:
        if not made and pieces_at(centre) == 2:
            made.extend(east.take_in())

    with east.line() as line:
        object.__setattr__(line._ends, "pause", receive_meanwhile)
        report = line.run()
        assert (report.pieces, report.pieces_left) == (2, True)
        report = line.run()
        assert (report.pushed, report.pieces, report.pieces_left) == (4, 4, False)


def test_a_confidential_file_is_not_given_to_counters(
    centre: Centre, east: Station, west: Station, station: Callable[[str], Station]
) -> None:
    (taken,) = east.take_in(confidential=True)
    attached, content = attach(east.store, taken.case_id, confidential=True)
    assert east.round().pieces == 8
    for counter in (east, west):
        with counter.line() as line:
            assert not line.fetch_piece(taken.case_id, attached.file, 0, "0012", "inquiry")
    office = station("inspection")
    office.round()
    with office.line() as line:
        line.fetch_bodies(taken.case_id, "0031", "decide")
    (one,) = attachments_of(office.store.events(taken.case_id))
    fetch(office, one)
    assert office.store.vault.open(attached.file, keys_held(office.store, taken.case_id)[0].key) == content
    assert pieces_at(centre) == 8


def test_what_was_erased_by_law_is_gone_everywhere(centre: Centre, east: Station) -> None:
    (taken,) = east.take_in()
    attached, _ = attach(east.store, taken.case_id)
    east.round()
    (event,) = [one for one in east.store.events(taken.case_id) if one.attachments]
    centre.administration.erase(event.event_id, "删除决定书 1 号")
    assert pieces_at(centre) == 0
    east.round()
    assert keys_held(east.store, taken.case_id) == ()
    east.round()
    assert east.store.vault.lacking(attached.file) == tuple(range(8))
    assert east.store.unsent_attachments(9) == ()


def test_what_the_centre_lost_is_handed_in_again(centre: Centre, east: Station) -> None:
    (taken,) = east.take_in()
    attach(east.store, taken.case_id, 4 * PIECE_BYTES)
    east.round()
    centre.execute("DELETE FROM centre.piece WHERE number > 1")
    assert east.round().pieces == 2
    assert pieces_at(centre) == 4


def test_a_file_is_dropped_here_only_when_the_centre_has_held_all_of_it_long_enough(
    centre: Centre, east: Station
) -> None:
    (taken,) = east.take_in()
    attached, content = attach(east.store, taken.case_id, 3 * PIECE_BYTES)
    far = east.clock.now() + timedelta(days=4000)
    assert east.store.drop_attachments(far) == 0
    centre.proxy.faults = Faults(cut_after_sent=2 * PIECE_BYTES)
    east.round()
    assert east.store.drop_attachments(far) == 0
    centre.proxy.heal()
    east.round()
    assert east.store.drop_attachments(east.clock.now() - timedelta(days=1)) == 0
    assert east.store.vault.open(attached.file, attached.key) == content
    assert east.store.drop_attachments(far) == 1
    assert east.store.vault.lacking(attached.file) == (0, 1, 2)
    (one,) = attachments_of(east.store.events(taken.case_id))
    fetch(east, one)
    assert east.store.vault.open(attached.file, attached.key) == content


def test_a_spoilt_piece_is_told_and_holds_up_nothing(centre: Centre, east: Station) -> None:
    (taken,) = east.take_in()
    attached, _ = attach(east.store, taken.case_id, 3 * PIECE_BYTES)
    other, _ = attach(east.store, taken.case_id, PIECE_BYTES)
    path = east.store.vault._path(attached.file.pieces[1])
    path.write_bytes(b"x" * path.stat().st_size)
    report = east.round()
    assert report.outcome == "done"
    (left,) = east.store.unsent_attachments(9)
    assert (left.file.digest, left.reason) == (attached.file.digest, "attachment.lost_here")
    assert pieces_at(centre) == 2
    assert other.file.digest != attached.file.digest


def test_after_a_fork_files_go_on_under_the_new_identity(centre: Centre, east: Station, tmp_path: Path) -> None:
    (taken,) = east.take_in()
    east.round()
    copy = east.copy_disk(tmp_path / "copy")
    east.take_in()
    east.round()
    east.set_back(copy)
    attach(east.store, taken.case_id, 2 * PIECE_BYTES)
    assert east.round().outcome == "renewed"
    assert east.round().pieces == 2
    assert pieces_at(centre) == 2
    assert east.store.unsent_attachments(9) == ()


def test_a_piece_that_is_not_what_was_sealed_is_not_kept(
    centre: Centre, east: Station, station: Callable[[str], Station]
) -> None:
    (taken,) = east.take_in()
    attached, _ = attach(east.store, taken.case_id, PIECE_BYTES)
    east.round()
    centre.execute("UPDATE centre.piece SET content = 'other'")
    office = station("inspection")
    office.round()
    with office.line() as line, pytest.raises(PageDamaged):
        line.fetch_piece(taken.case_id, attached.file, 0, "0031", "decide")
    assert office.store.vault.lacking(attached.file) == (0,)


ROUND = """
import sys
from pathlib import Path
from tests.sync.centres import Station
from window_app.clock import SystemClock
print(Station(Path(sys.argv[1]), SystemClock()).round(30.0).outcome, flush=True)
"""


@pytest.mark.kill
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of Unix")
def test_a_kill_while_sending_costs_at_most_the_piece_under_way(centre: Centre, east: Station) -> None:
    (taken,) = east.take_in()
    attached, content = attach(east.store, taken.case_id, 12 * PIECE_BYTES)
    east.close()
    centre.proxy.faults = Faults(bytes_per_second=1_500_000)
    paths = os.pathsep.join(path for path in sys.path if path)
    with subprocess.Popen(
        [sys.executable, "-c", ROUND, str(east.directory)], env={**os.environ, "PYTHONPATH": paths}
    ) as process:
        until = time.monotonic() + 60
        while pieces_at(centre) < 4 and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    held = pieces_at(centre)
    assert 4 <= held < 12
    centre.proxy.heal()
    east.open()
    assert east.round().pieces in (12 - held, 11 - held)
    assert pieces_at(centre) == 12
    assert east.store.unsent_attachments(9) == ()
    assert east.store.vault.open(attached.file, attached.key) == content


def test_on_a_slow_line_an_event_waits_for_one_piece_at_most(centre: Centre, east: Station) -> None:
    """Of 64 kB a second: the file is cut into rounds, and what is received meanwhile goes before the rest of it."""
    (taken,) = east.take_in()
    attach(east.store, taken.case_id, 6 * PIECE_BYTES)
    east.round()
    attach(east.store, taken.case_id, 6 * PIECE_BYTES)
    centre.proxy.faults = Faults(bytes_per_second=256_000)
    received: list[float] = []
    seen: list[float] = []

    def between() -> None:
        now = time.monotonic()
        if not received and pieces_at(centre) == 7:
            east.take_in()
            received.append(now)

    with east.line(30.0) as line:
        object.__setattr__(line._ends, "pause", between)
        while not seen:
            report = line.run()
            assert report.outcome == "done"
            if received and report.pushed:
                seen.append(time.monotonic())
            assert received or report.pieces_left
    # A quarter of the time that 64 kB/s would take: one piece is two seconds there, half a second here.
    assert seen[0] - received[0] < 4
