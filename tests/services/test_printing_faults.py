"""Printers that fail, kills, full disks: what is counted agrees after each, and nothing is printed twice."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from tests.services.printers import PlayedPrinter, put
from tests.services.visits import visit

from window_app.app import Entrance
from window_app.devices.printers import PrinterError
from window_app.domain.events import EventType
from window_app.domain.papers import PaperState
from window_app.domain.tickets import TicketPaper
from window_app.domain.visits import VisitDraft
from window_app.services.desk import Desk
from window_app.storage.failures import DiskFull
from window_app.storage.opened import Store

Drafts = Callable[[str], VisitDraft]
Collected = Callable[[Desk, str], UUID]


@pytest.fixture
def paper(desk: Desk, draft_of: Drafts) -> UUID:
    return desk.receiving.receive(draft_of("01")).cases[0].paper_ids[0]


def counted(desk: Desk) -> dict[str, int]:
    """What the closing sheet counts; compared with what the store and the events say."""
    counts = desk.day_end.close().counts
    papers = desk.papers.unsettled()
    assert counts["open"] == len(papers)
    return dict(counts)


# -- faults: what is counted agrees


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("printer.stopped", PaperState.RENDERED),
        ("printer.unknown", PaperState.RENDERED),
        ("printer.no_system", PaperState.RENDERED),
        ("printer.refused", PaperState.RENDERED),
        ("printer.media_empty", PaperState.RENDERED),
        ("printer.silent", PaperState.PRINTED),
    ],
)
def test_what_the_printer_did_not_take_waits_and_is_printed_once_later(
    desk: Desk, paper: UUID, code: str, state: PaperState, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = PlayedPrinter(takes=0, code=code)
    put(monkeypatch, desk, broken)
    with pytest.raises(PrinterError) as refused:
        desk.papers.print(paper)
    assert refused.value.code == code
    assert desk.papers.get(paper).state is state
    assert counted(desk)["confirmed"] == 0

    mended = PlayedPrinter()
    put(monkeypatch, desk, mended)
    desk.papers.print(paper)
    desk.papers.confirm(paper, came_out=True)
    assert len(mended.jobs) == 1
    counts = counted(desk)
    assert (counts["papers"], counts["confirmed"], counts["reprints"]) == (counts["papers"], 1, 0)


def test_a_missing_printer_never_holds_up_the_next_visit(
    desk: Desk, draft_of: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, desk, PlayedPrinter(takes=0, code="printer.no_system"))
    for name in ("01", "02", "06"):
        received = desk.receiving.receive(draft_of(name))
        for paper_id in (*(one for case in received.cases for one in case.paper_ids), *received.paper_ids):
            with pytest.raises(PrinterError):
                desk.papers.print(paper_id)
    waiting = desk.papers.unsettled()
    assert len(waiting) == counted(desk)["papers"]
    mended = PlayedPrinter()
    put(monkeypatch, desk, mended)
    for one in waiting:
        desk.papers.print(one.record.paper_id)
        desk.papers.confirm(one.record.paper_id, came_out=True)
    assert len(mended.jobs) == len(waiting)
    assert counted(desk)["open"] == 0


STEPS = ("pdf", "note_sent", "confirm", "reprint", "ticket")
KILLED = """
import os, sys, uuid
from pathlib import Path
from window_app.app import Entrance
from window_app.domain.tickets import TicketPaper
desk = Entrance(Path(sys.argv[1])).practise()
paper, step = uuid.UUID(sys.argv[2]), sys.argv[3]
def die(*_, **__): os.kill(os.getpid(), 9)
class Dies:
    simulated = False
    print_pdf = print_ticket = die
if step == "pdf":
    desk.papers._records.unit_of_work = die
    desk.papers.pdf(paper)
elif step == "note_sent":
    desk.printing._open_printer = lambda *_: Dies()
    desk.papers.print(paper)
elif step == "confirm":
    desk.papers.print(paper)
    desk.papers._records.unit_of_work = die
    desk.papers.confirm(paper, came_out=True)
elif step == "reprint":
    desk.printing._open_printer = lambda *_: Dies()
    desk.papers.print_reprint(paper, "lost")
elif step == "ticket":
    desk.printing._open_tickets = lambda *_: Dies()
    desk.tickets.draw("A").send()
die()
"""
AFTER = {
    "pdf": (PaperState.ISSUED, 0),
    "note_sent": (PaperState.PRINTED, 0),
    "confirm": (PaperState.PRINTED, 0),
    "reprint": (PaperState.ISSUED, 1),
    "ticket": (PaperState.ISSUED, 0),
}


@pytest.fixture(scope="module")
def issued_hall(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, UUID, UUID]:
    """A hall with a paper that was issued for a case and never printed; its case and the paper."""
    data = tmp_path_factory.mktemp("issued") / "hall"
    desk = Entrance(data).practise()
    received = desk.receiving.receive(desk.intake.from_json(visit("02")), clock_confirmed=True)
    case = received.cases[0]
    paper = desk.case_papers.issue(case.number, "material_list").paper_id
    desk.close()
    return data, case.case_id, paper


@pytest.mark.kill
@pytest.mark.usefixtures("shared_cache")
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_leaves_counts_that_agree_and_no_second_print(
    step: str, tmp_path: Path, issued_hall: tuple[Path, UUID, UUID]
) -> None:
    made, case_id, paper = issued_hall
    data = tmp_path / "hall"
    shutil.copytree(made, data)
    child = subprocess.run(
        [sys.executable, "-c", KILLED, str(data), str(paper), step], capture_output=True, text=True, check=False
    )
    assert child.returncode == -9, child.stderr

    desk = Entrance(data).practise()
    try:
        found = desk.papers.get(paper)
        assert (found.state, found.reprints) == AFTER[step]
        events = [one for one in desk.tracking.history(case_id) if one.facts.get("paper_id") == str(paper)]
        kinds = [one.type for one in events]
        assert kinds.count(EventType.PAPER_ISSUED) == 1
        assert kinds.count(EventType.PAPER_REPRINTED) == found.reprints
        assert kinds.count(EventType.PAPER_CONFIRMED) == 0
        assert paper in [one.record.paper_id for one in desk.papers.unsettled()]
        tickets = desk.tickets.view()
        assert [one.number for one in tickets.unprinted] == (["A001"] if step == "ticket" else [])
        if step == "ticket":
            assert tickets.unprinted[0].paper is TicketPaper.SENT
        # Whoever says that it came out settles it, without another print; the counts agree.
        desk.papers.confirm(paper, came_out=True)
        counts = counted(desk)
        assert counts["confirmed"] == 1
        assert counts["reprints"] == found.reprints
        assert desk.upkeep.integrity() == ()
    finally:
        desk.close()


def reprints_on_record(desk: Desk, paper: UUID) -> list[int]:
    case_id = desk.papers.get(paper).record.case_id
    assert case_id is not None
    return [one.facts["reprint"] for one in desk.tracking.history(case_id) if one.type == EventType.PAPER_REPRINTED]


def test_a_full_disk_at_any_step_writes_nothing_and_the_next_try_counts_once(desk: Desk, paper: UUID) -> None:
    store = desk.upkeep
    assert isinstance(store, Store)
    (pages,) = store._database.pragma("page_count")[0]
    store._database.pragma(f"max_page_count = {pages}")

    def until_full() -> None:
        for _ in range(200):
            desk.papers.pdf(paper)
            desk.papers.reprint(paper, "lost")

    with pytest.raises(DiskFull):
        until_full()
    before = desk.papers.get(paper)
    assert reprints_on_record(desk, paper) == list(range(1, before.reprints + 1))
    store._database.pragma("max_page_count = 1000000")
    desk.papers.reprint(paper, "lost")
    assert reprints_on_record(desk, paper) == list(range(1, before.reprints + 2))
    assert desk.papers.get(paper).reprints == before.reprints + 1
