"""A report in confidence: nobody can see at the counter, on the slip or in an envelope who told."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QLabel, QWidget
from tests.ui.counter_window import CounterWindow

from window_app.domain.events import Confidentiality, Event, StreamKind
from window_app.domain.papers import StoredPaper
from window_app.services.desk import Desk
from window_app.storage.authors import Authors
from window_app.storage.event_log import all_events
from window_app.storage.opened import Store
from window_app.ui.journey.keys import Held, Key

Collected = Callable[[str], dict[str, Any]]


@pytest.fixture
def informant(collected: Collected) -> dict[str, str]:
    """What could tell who reported."""
    person = collected("20")["answers"]["applicant"]
    told = {name: str(person[name]) for name in ("name", "id_number", "phone") if person.get(name)}
    assert len(told) == 3
    return told


@pytest.fixture(params=["report", None], ids=["chosen", "left_with_the_slip_only"])
def reported(request: pytest.FixtureRequest, counter: CounterWindow, collected: Collected) -> CounterWindow:
    """A bystander told of unlawful overtime, and got the guidance slip."""
    visit = collected("20")
    visit["facts"] = {**visit["facts"], "visitor": "bystander"}
    visit["matters"] = [{**visit["matters"][0], "route": request.param}]
    state = counter.driver.take_in(visit)
    assert [route.route for route in state.matter.routes] == ["report"]
    assert state.received is not None
    assert state.received.numbers == ()
    return counter


def test_the_informant_is_found_nowhere_and_makes_no_case(reported: CounterWindow, informant: dict[str, str]) -> None:
    name, phone = informant["name"], informant["phone"]
    for words in (name, name[-1], phone, phone[-4:], informant["id_number"], "yf"):
        assert reported.ask(lambda desk, words=words: desk.search.find(words)) == ()  # type: ignore[misc] # bound in the same turn
    assert reported.ask(lambda desk: (desk.tracking.count(), desk.reception.drafts())) == (0, ())
    reported.keys.press(Key.Key_F3)
    reported.keys.press(Key.Key_A, Held.ControlModifier)
    reported.keys.type(name)
    reported.keys.press(Key.Key_Return)
    assert reported.shell.current == "find"
    assert reported.shell.finder.table.current() is None


def test_the_slip_does_not_say_who_told(reported: CounterWindow, informant: dict[str, str]) -> None:
    reported.driver.print_papers()
    (paper,) = reported.ask(slips)
    pdf = reported.ask(lambda desk: desk.papers.pdf(paper.record.paper_id))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert paper.record.number in text.replace("\n", "")
    for value in informant.values():
        assert value not in text
        assert value not in str(paper.record.content)
        assert value.encode() not in pdf


def test_no_envelope_says_who_told_and_each_body_is_confidential(
    reported: CounterWindow, informant: dict[str, str]
) -> None:
    reported.driver.print_papers()
    events = reported.ask(all_of_visit)
    assert {event.type for event in events} >= {"VisitOpened", "AnswersRecorded", "MatterGuided", "PaperConfirmed"}
    for event in events:
        assert event.confidentiality is Confidentiality.CONFIDENTIAL, event.type
        assert event.tokens == (), event.type
        for value in informant.values():
            assert value not in str(event.facts), event.type


def test_no_screen_between_visits_says_who_told(reported: CounterWindow, informant: dict[str, str]) -> None:
    reported.keys.press(Key.Key_F2)
    reported.keys.press(Key.Key_F4)
    for name in ("reception", "drafts", "cases", "unsent"):
        reported.shell.show_screen(name)
        reported.keys.settle()
        shown = "\n".join(texts(reported.window))
        for value in informant.values():
            assert value not in shown, name


def slips(desk: Desk) -> tuple[StoredPaper, ...]:
    return desk.papers.unsettled() or tuple(
        desk.papers.get(event_paper(event)) for event in all_of_visit(desk) if event.type == "PaperIssued"
    )


def event_paper(event: Event) -> UUID:
    return UUID(str(event.facts["paper_id"]))


def all_of_visit(desk: Desk) -> tuple[Event, ...]:
    store = desk.upkeep
    assert isinstance(store, Store)
    return tuple(
        event
        for event in all_events(store._database, Authors(store._database, store._own))
        if event.stream.kind is StreamKind.VISIT
    )


def texts(widget: QWidget) -> list[str]:
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisible()]
