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
    person = collected("61")["answers"]["applicant"]
    told = {name: str(person[name]) for name in ("name", "id_number", "phone") if person.get(name)}
    assert len(told) == 3
    return told


@pytest.fixture(params=["report", None], ids=["chosen", "left_with_the_slip_only"])
def reported(request: pytest.FixtureRequest, counter: CounterWindow, collected: Collected) -> CounterWindow:
    """Somebody reported, or only asked and got the guidance slip."""
    visit = collected("61")
    visit["matters"] = [{**visit["matters"][0], "route": request.param}]
    state = counter.driver.take_in(visit)
    assert "report" in [route.route for route in state.matter.routes]
    assert state.received is not None
    assert len(state.received.numbers) == (1 if request.param else 0)
    return counter


def test_the_informant_is_found_nowhere(reported: CounterWindow, informant: dict[str, str]) -> None:
    name, phone = informant["name"], informant["phone"]
    for words in (name, name[-1], phone, phone[-4:], informant["id_number"], "hzq"):
        assert reported.ask(lambda desk, words=words: desk.search.find(words)) == ()  # type: ignore[misc] # bound in the same turn
    assert reported.ask(lambda desk: desk.reception.drafts()) == ()
    reported.keys.press(Key.Key_F3)
    reported.keys.press(Key.Key_A, Held.ControlModifier)
    reported.keys.type(name)
    reported.keys.press(Key.Key_Return)
    assert reported.shell.current == "find"
    assert reported.shell.finder.table.current() is None


def test_the_paper_does_not_say_who_told(reported: CounterWindow, informant: dict[str, str]) -> None:
    reported.driver.print_papers()
    (paper,) = reported.ask(papers)
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
    events = reported.ask(all_said)
    kinds = {event.type for event in events}
    assert kinds >= {"VisitOpened", "PaperConfirmed"}
    assert kinds & {"MatterGuided", "MatterReceived"}
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


def test_the_case_page_of_a_counter_does_not_show_who_told(
    counter: CounterWindow, collected: Collected, informant: dict[str, str]
) -> None:
    received = counter.driver.take_in(collected("61")).received
    assert received is not None
    ((number, _),) = received.numbers
    counter.keys.press(Key.Key_F3)
    counter.keys.press(Key.Key_A, Held.ControlModifier)
    counter.keys.type(number)
    counter.keys.press(Key.Key_Return)
    counter.keys.settle()
    counter.keys.press(Key.Key_Return)
    counter.keys.settle()
    shown = "\n".join(texts(counter.window))
    assert "收取押金五百元" in shown
    for value in informant.values():
        assert value not in shown
    fields = counter.ask(lambda desk: [one.name for one in desk.corrections.fields(number)])
    assert any(name.startswith("reported") for name in fields)
    assert not any(name.startswith("informant") for name in fields)


def papers(desk: Desk) -> tuple[StoredPaper, ...]:
    return tuple(desk.papers.get(event_paper(event)) for event in all_said(desk) if event.type == "PaperIssued")


def event_paper(event: Event) -> UUID:
    return UUID(str(event.facts["paper_id"]))


def all_said(desk: Desk) -> tuple[Event, ...]:
    store = desk.upkeep
    assert isinstance(store, Store)
    streams = (StreamKind.VISIT, StreamKind.CASE)
    return tuple(
        event
        for event in all_events(store._database, Authors(store._database, store._own))
        if event.stream.kind in streams
    )


def texts(widget: QWidget) -> list[str]:
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisible()]
