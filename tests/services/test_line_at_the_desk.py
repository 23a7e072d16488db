"""What the services make of the line: clocks that differ, and what travels at this moment."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.services.visits import visit

from window_app import settings
from window_app.app import build_desk, practice_secrets, practice_station
from window_app.domain.line import LineStatus, LinkState
from window_app.domain.visits import VisitDraft
from window_app.forms import DefinitionSet
from window_app.services.desk import Desk
from window_app.services.practice import SampleClock
from window_app.services.receiving import ClockOff
from window_app.services.session import Session
from window_app.storage import store
from window_app.sync.no_line import NoLine

MINUTE = 60_000


class StandingLine(NoLine):
    """A line whose status the test sets."""

    def __init__(self) -> None:
        self.now = LineStatus(LinkState.CONNECTED)

    def status(self) -> LineStatus:
        return self.now


@pytest.fixture
def line() -> StandingLine:
    return StandingLine()


@pytest.fixture
def desk(tmp_path: Path, law: DefinitionSet, clock: SampleClock, line: StandingLine) -> Iterator[Desk]:
    records = store.create(tmp_path / "data", practice_station(), practice_secrets(), None, clock=clock)
    made = build_desk(tmp_path / "data", records, Session("c1", "李窗口"), settings.Settings(), clock, law, line)
    yield made
    made.close()


@pytest.fixture
def draft_of(desk: Desk) -> Callable[[str], VisitDraft]:
    return lambda name: desk.intake.from_json(visit(name))


@pytest.mark.parametrize(("offset_ms", "centre"), [(6 * MINUTE, "2026-11-20 10:06"), (-6 * MINUTE, "2026-11-20 09:54")])
def test_a_clock_far_from_the_centres_asks_before_a_number_is_given(desk, line, draft_of, offset_ms, centre):
    line.now = LineStatus(LinkState.CONNECTED, offset_ms=offset_ms)
    draft = draft_of("01")
    with pytest.raises(ClockOff) as raised:
        desk.receiving.receive(draft)
    assert raised.value.params == {"minutes": 6, "now": "2026-11-20 10:00", "centre": centre}
    assert desk.tracking.count() == 0
    received = desk.receiving.receive(draft, clock_confirmed=True)
    assert received.warnings == ("receiving.warning.clock",)
    opened = desk.tracking.history(draft.visit_id)[0]
    assert opened.facts["clock_off"] is True
    assert opened.facts["clock_behind"] is False


@pytest.mark.parametrize("offset_ms", [None, 0, 5 * MINUTE, -5 * MINUTE])
def test_a_clock_near_the_centres_asks_nothing(desk, line, draft_of, offset_ms):
    line.now = LineStatus(LinkState.DOWN, offset_ms=offset_ms)
    draft = draft_of("01")
    assert desk.receiving.receive(draft).warnings == ()
    assert desk.tracking.history(draft.visit_id)[0].facts["clock_off"] is False


def test_what_travels_now_is_shown_as_sending(desk, line, draft_of):
    desk.receiving.receive(draft_of("01"))
    assert {row.state for row in desk.tracking.unsent()} == {"waiting"}
    line.now = replace(line.now, sending=(2, 3))
    assert [row.lseq for row in desk.tracking.unsent() if row.state == "sending"] == [2, 3]


def test_a_closed_desk_ends_its_line(desk, line):
    ended: list[bool] = []
    line.close = lambda: ended.append(True)
    desk.close()
    assert ended == [True]
