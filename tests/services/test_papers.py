"""Papers after receiving: made once, printed, confirmed, reprinted; each step repeatable."""

from collections.abc import Callable
from pathlib import Path

import pytest

from window_app.domain.events import EventType
from window_app.domain.papers import PaperState, Verdict
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.services.desk import Desk
from window_app.services.papers import NoSuchPaper

Drafts = Callable[[str], VisitDraft]


@pytest.fixture
def paper(desk: Desk, draft_of: Drafts):
    case = desk.receiving.receive(draft_of("01")).cases[0]
    return desk.papers.of_case(case.case_id)[0].record


def test_a_paper_is_made_once_and_the_same_bytes_come_back(open_desk: Callable[[], Desk], draft_of: Drafts) -> None:
    desk = open_desk()
    paper_id = desk.receiving.receive(draft_of("01")).cases[0].paper_ids[0]
    assert desk.papers.get(paper_id).state is PaperState.ISSUED
    made = desk.papers.pdf(paper_id)
    assert desk.papers.get(paper_id).state is PaperState.RENDERED
    assert desk.papers.pdf(paper_id) == made
    assert open_desk().papers.pdf(paper_id) == made


def test_a_paper_goes_from_print_to_confirmed_and_is_settled(desk: Desk, paper, tmp_path: Path) -> None:
    assert [one.record.paper_id for one in desk.papers.unsettled()] == [paper.paper_id]
    job = desk.papers.print(paper.paper_id)
    assert desk.papers.get(paper.paper_id).state is PaperState.PRINTED
    assert (tmp_path / "data" / "printed" / job).read_bytes() == desk.papers.pdf(paper.paper_id)
    desk.papers.confirm(paper.paper_id, came_out=False)
    assert desk.papers.get(paper.paper_id).state is PaperState.NOT_OUT
    assert len(desk.papers.unsettled()) == 1
    desk.papers.print(paper.paper_id)
    desk.papers.confirm(paper.paper_id, came_out=True)
    desk.papers.confirm(paper.paper_id, came_out=True)
    assert desk.papers.unsettled() == ()
    answers = [e for e in desk.tracking.history(paper.case_id) if e.type == EventType.PAPER_CONFIRMED]
    assert [event.facts["came_out"] for event in answers] == [False, True]


def test_reprints_are_marked_and_counted_once_the_bytes_are_there(desk: Desk, paper) -> None:
    original = desk.papers.pdf(paper.paper_id)
    first, second = (desk.papers.reprint(paper.paper_id, "lost") for _ in range(2))
    assert len({original, first, second}) == 3
    assert desk.papers.get(paper.paper_id).reprints == 2
    assert desk.papers.verify_pdf(second).verdict is Verdict.AUTHENTIC
    assert desk.papers.verify_pdf(second).detail["reprint"] == "2"
    counted = [e.facts["reprint"] for e in desk.tracking.history(paper.case_id) if e.type == EventType.PAPER_REPRINTED]
    assert counted == [1, 2]


def test_a_reprint_that_could_not_be_made_is_not_counted(desk: Desk, paper, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise WindowAppError("paper.layout_unknown", kind="receipt", revision=9)

    monkeypatch.setattr(desk.papers._maker, "render", fail)
    with pytest.raises(WindowAppError):
        desk.papers.reprint(paper.paper_id, "lost")
    assert desk.papers.get(paper.paper_id).reprints == 0


def test_a_printer_that_fails_leaves_the_paper_as_it_was(desk: Desk, paper) -> None:
    elsewhere = desk.papers_on("no_such_queue")
    with pytest.raises(WindowAppError) as raised:
        elsewhere.print(paper.paper_id)
    assert raised.value.code.startswith("printer.")
    assert desk.papers.get(paper.paper_id).state in (PaperState.ISSUED, PaperState.RENDERED)


def test_a_paper_verifies_and_finds_its_case_by_its_qr_text(desk: Desk, paper) -> None:
    from window_app.documents.signature import qr_text

    text = qr_text(paper)
    assert desk.papers.verify_qr(text).verdict is Verdict.AUTHENTIC
    assert [row.number for row in desk.search.find(text)] == [paper.number]
    assert desk.papers.verify_pdf(desk.papers.pdf(paper.paper_id)).verdict is Verdict.AUTHENTIC


def test_a_preview_is_marked_and_stored_nowhere(desk: Desk, paper) -> None:
    preview = desk.papers.preview(paper)
    assert preview.startswith(b"%PDF")
    assert desk.papers.verify_pdf(preview).verdict is not Verdict.AUTHENTIC
    assert desk.papers.get(paper.paper_id).state is PaperState.ISSUED


def test_an_unknown_paper_is_said(desk: Desk) -> None:
    from uuid import uuid4

    with pytest.raises(NoSuchPaper):
        desk.papers.pdf(uuid4())
