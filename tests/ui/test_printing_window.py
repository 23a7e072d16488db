"""Printing at the window by keys: why again, all that waits, sheets for many, printers and their choices, numbers."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event as Flag
from typing import Any
from uuid import UUID, uuid4

import pytest
from shiboken6 import delete
from tests.services.printers import PlayedPrinter
from tests.ui.conftest import Open
from tests.ui.counter_window import CounterWindow

from window_app import settings
from window_app.domain.events import Event, EventType
from window_app.domain.printing import JobReport, JobState, Sides
from window_app.domain.visits import Received
from window_app.services.desk import Desk
from window_app.services.papers import PrintJob
from window_app.settings import Settings
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.papers.job_watch import PATIENCE_MS, JobWatch
from window_app.ui.views.papers.sheet_card import SheetCard

Collected = Callable[[str], dict[str, Any]]


@pytest.fixture
def case(counter: CounterWindow, collected: Collected) -> CounterWindow:
    """A counter with a case of its own on show, its papers handed over."""
    received = counter.front().ask(partial(hand_over, collected("01")))
    counter.shell.show_case(received.cases[0].number)
    counter.keys.settle()
    return counter


def hand_over(said: dict[str, Any], desk: Desk) -> Received:
    received = take_in(said, desk)
    for paper_id in received.cases[0].paper_ids:
        desk.papers.print(paper_id)
        desk.papers.confirm(paper_id, came_out=True)
    return received


def history_of(case_id: UUID, desk: Desk) -> tuple[Event, ...]:
    return desk.tracking.history(case_id)


def asks_why(counter: CounterWindow) -> bool:
    return counter.shell.case.papers.cards[0].reasons is not None


def test_a_receipt_that_never_went_to_a_printer_is_printed_from_its_case_without_a_mark(
    counter: CounterWindow, collected: Collected
) -> None:
    received = counter.front().ask(partial(take_in, collected("01")))
    counter.shell.show_case(received.cases[0].number)
    counter.keys.settle()
    counter.keys.press(Key.Key_F6)
    assert not asks_why(counter)
    paper = counter.shell.case.papers.cards[0].paper
    assert (paper.state, paper.reprints) == ("printed", 0)
    counter.keys.press(Key.Key_N)
    paper = counter.shell.case.papers.cards[0].paper
    assert (paper.state, paper.reprints) == ("printed", 0)
    counter.keys.press(Key.Key_Y)
    assert counter.shell.case.papers.cards[0].paper.state == "confirmed"


def test_a_reprint_asks_why_and_escape_leaves_it(case: CounterWindow) -> None:
    keys, page = case.keys, case.shell.case
    page.papers.cards[0].print_button.setFocus()
    keys.press(Key.Key_F6)
    card = page.papers.cards[0]
    assert asks_why(case)
    keys.press(Key.Key_Escape)
    assert not asks_why(case)
    assert case.shell.current == "case"
    assert page.papers.cards[0].paper.reprints == 0
    keys.press(Key.Key_F6)
    keys.press(Key.Key_6)
    keys.press(Key.Key_Return)
    assert card.reasons is not None
    assert card.reasons.problem.isVisible()
    keys.type("来访人另存一份")
    keys.press(Key.Key_Return)
    (card,) = page.papers.cards[:1]
    assert card.paper.reprints == 1
    record = case.ask(lambda desk: desk.papers.get(card.paper.paper_id)).record
    assert record.case_id is not None
    history = case.ask(partial(history_of, record.case_id))
    (event,) = [one for one in history if one.type == EventType.PAPER_REPRINTED]
    assert (event.facts["reason"], event.body) == ("other", {"text": "来访人另存一份"})


def take_in(said: dict[str, Any], desk: Desk) -> Received:
    return desk.receiving.receive(desk.intake.from_json(said))


def test_all_that_waits_is_printed_and_saved_by_a_key_and_asked_about_one_by_one(
    counter: CounterWindow, collected: Collected, practice_hall: Path
) -> None:
    counter.front()
    for said in (collected("01"), collected("02")):
        counter.ask(partial(take_in, said))
    waiting = len(counter.ask(lambda desk: desk.papers.unsettled()))
    keys, home = counter.keys, counter.shell.home
    counter.shell.show_screen("reception")
    keys.settle()
    keys.press(Key.Key_P, Held.ControlModifier | Held.ShiftModifier)
    assert f"{waiting} 份已送打印机" in home.batch.told.text()
    assert len(list((practice_hall / "printed").glob("*.pdf"))) == waiting
    keys.press(Key.Key_P, Held.ControlModifier | Held.ShiftModifier)
    assert len(list((practice_hall / "printed").glob("*.pdf"))) == waiting, (
        "what was sent is asked about, not sent again"
    )
    keys.press(Key.Key_S, Held.ControlModifier | Held.ShiftModifier)
    assert len(list(counter.papers.glob("*.pdf"))) == waiting
    for _ in range(waiting):
        keys.press(Key.Key_Y)
    assert counter.ask(lambda desk: desk.papers.unsettled()) == ()
    assert not home.batch.isVisible()


def running(sheets: SheetCard) -> bool:
    return sheets.progress is not None


def test_a_sheet_for_each_person_is_printed_in_the_background_and_can_be_cancelled(
    counter: CounterWindow, collected: Collected, practice_hall: Path
) -> None:
    received = counter.front().ask(lambda desk: desk.receiving.receive(desk.intake.from_json(collected("42"))))
    number = received.cases[0].number
    counter.ask(lambda desk: desk.case_papers.issue(number, "representatives_election"))
    counter.shell.show_case(number)
    keys, page = counter.keys, counter.shell.case
    keys.settle()
    at = next(at for at, one in enumerate(page.papers.cards) if one.paper.kind == "representatives_election")
    page.papers.cards[at].print_button.setFocus()
    counter.front()
    keys.press(Key.Key_B, Held.AltModifier)
    sheets = page.papers.cards[at].findChild(SheetCard)
    assert sheets is not None
    assert "12 人" in sheets.told.text()
    keys.press(Key.Key_P)
    assert "12 页已送打印机" in sheets.told.text()
    assert len(list((practice_hall / "printed").glob("*representatives_election-1*"))) == 1
    sheets.print()
    assert running(sheets)
    sheets.cancel()
    keys.settle()
    assert not running(sheets)
    assert "已取消" in sheets.told.text() or "12 页" in sheets.told.text()


def test_printers_are_chosen_by_kind_and_hold_at_once(counter: CounterWindow, practice_hall: Path) -> None:
    keys = counter.front().keys
    counter.shell.show_screen("administration")
    keys.press(Key.Key_R, Held.AltModifier)
    page = counter.shell.register.printers
    assert counter.shell.current == "printers"
    assert "模拟打印机" in page.said.text()
    assert page.sides.isEnabled()
    assert not page.tray.isEnabled(), "the simulated printer has no trays to offer"
    keys.press(Key.Key_Down)
    kind = page.kind()
    page.sides.setFocus()
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Down)
    page.copies.setValue(3)
    keys.press(Key.Key_Return, Held.ControlModifier)
    keys.settle()
    kept = settings.load(practice_hall)
    assert kept.choices_for(kind) == {"sides": str(Sides.LONG_EDGE), "copies": 3}
    assert kept.choices_for("guidance_of_no_kind") == {}
    assert counter.desk.printing.copies_of(kind) == 3, "the desk that is open follows"


def test_what_is_no_business_is_told_at_its_field(counter: CounterWindow) -> None:
    counter.front().shell.show_screen("printers")
    counter.keys.settle()
    page = counter.shell.register.printers
    page.tickets.businesses.setText("劳动维权")
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    assert "字母" in page.tickets.said.text()
    assert page.tickets.businesses.hasFocus()
    assert counter.shell.current == "printers"


def test_numbers_are_given_called_and_called_again_by_keys(open_window: Open, practice_hall: Path) -> None:
    businesses = {"A": "劳动维权", "B": "就业服务"}
    settings.save(Settings(ticket_businesses=businesses), practice_hall)
    counter = open_window().front()
    keys, card = counter.keys, counter.shell.home.tickets
    keys.press(Key.Key_F9, Held.ShiftModifier)
    assert card.ask is not None
    keys.press(Key.Key_2)
    assert "B001" in card.note.text()
    assert "模拟小票打印机" in card.note.text()
    keys.press(Key.Key_F9)
    assert "请 B001 号到" in card.note.text()
    keys.press(Key.Key_F9)
    assert len(list((practice_hall / "printed").glob("*B001.escpos"))) == 1
    keys.press(Key.Key_F10)
    assert "请 B001 号到" in card.note.text()


def test_a_ticket_printer_that_fails_leaves_the_number_and_the_clerk_is_told(
    open_window: Open, practice_hall: Path
) -> None:
    settings.save(Settings(ticket_driver="device", ticket_target="/dev/usb/no-printer"), practice_hall)
    counter = open_window().front()
    keys, card = counter.keys, counter.shell.home.tickets
    keys.press(Key.Key_F9, Held.ShiftModifier)
    assert "A001 号有效" in card.note.text()
    assert "联系不上" in card.note.text()
    assert card.again_button.isVisible()
    settings_now = counter.desk.printing.chosen
    counter.desk.printing.apply(settings_now.with_(ticket_driver="simulated"))
    keys.press(Key.Key_F10, Held.ShiftModifier)
    assert not card.again_button.isVisible()


WORDS = [
    (JobReport(JobState.WAITING), 0, "还在处理", False),
    (JobReport(JobState.WAITING), PATIENCE_MS, "60 秒", True),
    (JobReport(JobState.WAITING, "printer.media_empty"), 0, "缺纸", True),
    (JobReport(JobState.WAITING, "printer.door_open"), 0, "盖板", True),
    (JobReport(JobState.WAITING, "printer.stopped"), 0, "停用", True),
    (JobReport(JobState.DONE), 0, "已打完", False),
    (JobReport(JobState.CANCELLED), 0, "被取消", True),
    (JobReport(JobState.GONE, "printer.unknown"), 0, "已被删除", True),
    (JobReport(JobState.UNKNOWN), 0, "不再报告", False),
]


def test_what_becomes_of_a_job_is_said_in_plain_words(counter: CounterWindow) -> None:
    for report, waited, word, bad in WORDS:
        said = counter.shell.home.doing.watch.words(report, "Hall_1-42", waited)
        assert word in said
        assert said.startswith("✕") is bad


def test_a_page_that_was_left_hears_no_more_of_its_job(counter: CounterWindow) -> None:
    said: list[str] = []
    printer = SlowToTell()
    watch = JobWatch(counter.opening.tasks, counter.opening.texts, counter.window)
    watch._wait(0, PrintJob(uuid4(), printer, b"", "x", 1, None, set()), "Hall_1-42", said.append, 0)
    counter.keys.wait_until(printer.asked.is_set)
    delete(watch)
    printer.goes_on.set()
    counter.keys.settle()
    assert said == []


class SlowToTell(PlayedPrinter):
    """Is asked about a job, and answers when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.goes_on = Flag(), Flag()

    def job(self, name: str) -> JobReport:
        self.asked.set()
        assert self.goes_on.wait(20), name
        return JobReport(JobState.WAITING)
