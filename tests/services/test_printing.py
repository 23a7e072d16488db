"""Printing at the desk: copies, reprints with their reason, long runs, choices, counts that agree after any fault."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from tests.documents.samples import text_of
from tests.services.printers import PlayedPrinter, put

from window_app import settings
from window_app.devices.printers import PrinterError
from window_app.domain.events import EventType
from window_app.domain.papers import REPRINT_REASONS, Verdict
from window_app.domain.printing import Sides
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.services import paper_runs
from window_app.services.desk import Desk
from window_app.services.paper_runs import RunProgress
from window_app.services.printing_setup import NotOffered

Drafts = Callable[[str], VisitDraft]
Collected = Callable[[Desk, str], UUID]


@pytest.fixture
def paper(desk: Desk, draft_of: Drafts) -> UUID:
    return desk.receiving.receive(draft_of("01")).cases[0].paper_ids[0]


# -- copies and choices


def test_copies_are_the_paper_s_own_or_more_and_a_reprint_is_one(
    desk: Desk, paper: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = PlayedPrinter()
    put(monkeypatch, desk, printer)
    desk.papers.print(paper)
    own = printer.jobs[-1][1]
    assert own >= 1
    desk.printing.apply(desk.printing.changed("receipt", copies=own + 2))
    desk.papers.print(paper)
    assert printer.jobs[-1][1] == own + 2
    desk.printing.apply(desk.printing.changed("receipt", copies=1))
    desk.papers.print(paper)
    assert printer.jobs[-1][1] == own
    desk.papers.print_reprint(paper, "lost")
    assert printer.jobs[-1][1] == 1


def test_a_choice_is_kept_by_kind_and_what_the_queue_lacks_is_refused(desk: Desk, tmp_path: Path) -> None:
    setup = desk.printing
    made = setup.changed("receipt", queue="Hall_2", sides="long_edge")
    assert made.queue_for("receipt") == "Hall_2"
    assert made.queue_for("guidance") == ""
    assert made.choices_for("receipt") == {"sides": "long_edge"}
    settings.save(made, tmp_path / "kept")
    assert settings.load(tmp_path / "kept").choices_for("receipt") == {"sides": "long_edge"}
    setup.apply(made)
    again = setup.changed("", sides="long_edge", copies=2)
    assert again.choices_for("guidance") == {"sides": "long_edge", "copies": 2}
    setup.apply(again)
    assert setup.changed("receipt", sides="").choices_for("receipt") == {"sides": "", "copies": 2}
    for code, choice in (
        ("printing.no_tray", {"tray": "InputSlot=Tray9"}),
        ("printing.copies", {"copies": 0}),
        ("printing.copies", {"copies": 21}),
    ):
        with pytest.raises(NotOffered) as refused:
            setup.changed("receipt", **choice)
        assert refused.value.code == code
    with pytest.raises(NotOffered, match=r"printing\.kind"):
        setup.changed("no_such_paper", copies=1)


def simulated(desk: Desk) -> bool:
    return desk.printer.simulated


def test_a_desk_that_is_open_follows_new_settings(desk: Desk, paper: UUID) -> None:
    desk.printing.apply(desk.settings.with_(printer_driver="cups", printer_queue="no such queue"))
    assert simulated(desk) is False
    with pytest.raises(PrinterError):
        desk.papers.print(paper)
    desk.printing.apply(desk.settings.with_(printer_driver="simulated"))
    assert simulated(desk) is True
    assert desk.papers.print(paper).endswith(".pdf")
    desk.printing.apply(desk.settings.with_(printer_driver="windows"))
    assert desk.printer.status().detail == "printer.no_system"


# -- reprints


@pytest.mark.parametrize("reason", REPRINT_REASONS)
def test_a_reprint_has_its_reason_on_record_and_words_where_the_names_are(
    desk: Desk, paper: UUID, reason: str, tmp_path: Path
) -> None:
    words = "来访人张建国另存" if reason == "other" else ""
    pdf = desk.papers.reprint(paper, reason, words)
    assert "补打第1次" in text_of(pdf, tmp_path)
    record = desk.papers.get(paper).record
    assert record.case_id is not None
    (event,) = [one for one in desk.tracking.history(record.case_id) if one.type == EventType.PAPER_REPRINTED]
    assert event.facts["reason"] == reason
    assert event.facts["reprint"] == 1
    assert (event.body or {}) == ({"text": words} if words else {})
    assert words not in str(event.facts) or not words


@pytest.mark.parametrize(
    ("reason", "text", "code"),
    [
        ("", "", "papers.reprint_reason"),
        ("because", "", "papers.reprint_reason"),
        ("other", " ", "papers.reprint_words"),
        ("other", "a\x00b", "case.text_characters"),
    ],
)
def test_without_a_reason_nothing_is_made_or_counted(
    desk: Desk, paper: UUID, reason: str, text: str, code: str
) -> None:
    with pytest.raises(WindowAppError) as refused:
        desk.papers.to_reprint(paper, reason, text)
    assert refused.value.code == code
    assert desk.papers.get(paper).reprints == 0
    desk.papers.to_reprint(paper, "lost").send()


# -- long runs


SHEETS_A_JOB = 4


@pytest.fixture
def election(desk: Desk, draft_of: Drafts, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """An election of more people than one job takes."""
    monkeypatch.setattr(paper_runs, "SHEETS_A_JOB", SHEETS_A_JOB)
    received = desk.receiving.receive(draft_of("42"))
    record = desk.case_papers.issue(received.cases[0].number, "representatives_election")
    return record.paper_id


def many(desk: Desk, paper_id: UUID, count: int) -> "object":
    """The run of a paper as if so many people stood on it."""
    run = desk.paper_runs.sheets(paper_id)
    blocks = [
        {**block, "rows": [[str(at + 1), f"推选人{at + 1}", "", "", ""] for at in range(count)]}
        if block.get("id") == "people"
        else block
        for block in run.record.content["blocks"]
    ]
    content = {name: value for name, value in run.record.content.items() if name != "values"}
    return replace(run, record=replace(run.record, content={**content, "blocks": blocks}), rows=count)


def test_each_person_gets_a_sheet_of_their_own_in_jobs_of_some(
    desk: Desk, election: UUID, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printer = PlayedPrinter()
    put(monkeypatch, desk, printer)
    count = SHEETS_A_JOB + 3
    progress = RunProgress()
    report = desk.paper_runs.print(many(desk, election, count), progress)  # type: ignore[arg-type]
    assert (report.made, report.sent, report.cancelled, report.failure) == (count, count, False, None)
    assert (progress.total, progress.made, progress.sent) == (count, count, count)
    assert len(printer.jobs) == len(report.jobs) == 2
    last = text_of(printer.jobs[1][0], tmp_path)
    assert f"推选人{count}" in last
    assert "推选人1" not in last.replace(f"推选人{count}", "")
    assert desk.papers.verify_pdf(desk.paper_runs.pdf(many(desk, election, 1))).verdict in (  # type: ignore[arg-type]
        Verdict.AUTHENTIC,
        Verdict.AUTHENTIC_UNKNOWN,
    )


def test_a_run_ends_where_it_is_cancelled_or_where_the_printer_takes_no_more(
    desk: Desk, election: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = many(desk, election, SHEETS_A_JOB * 2)
    failing = PlayedPrinter(takes=1)
    put(monkeypatch, desk, failing)
    report = desk.paper_runs.print(run)  # type: ignore[arg-type]
    assert report.sent == SHEETS_A_JOB
    assert report.failure is not None
    assert report.failure.code == "printer.stopped"

    progress = RunProgress()

    class Cancelling(PlayedPrinter):
        def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> str:
            progress.cancelled = True
            return super().print_pdf(pdf, title, copies)

    put(monkeypatch, desk, Cancelling())
    report = desk.paper_runs.print(run, progress)  # type: ignore[arg-type]
    assert (report.sent, report.cancelled) == (SHEETS_A_JOB, True)
    with pytest.raises(WindowAppError, match=r"papers\.run_cancelled"):
        desk.paper_runs.pdf(run, RunProgress(cancelled=True))  # type: ignore[arg-type]


def test_a_paper_that_nobody_signs_in_turn_has_no_sheets(desk: Desk, paper: UUID) -> None:
    with pytest.raises(WindowAppError, match=r"papers\.no_sheets"):
        desk.paper_runs.sheets(paper)


def test_sides_of_the_settings_are_those_of_the_port() -> None:
    assert set(settings.SIDES) == {str(one) for one in Sides}
