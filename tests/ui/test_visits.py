"""The collected visits through the real window, by key events."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.services.visits import VISITS
from tests.ui.counter_window import MORNING, CounterWindow

from window_app.app import Entrance
from window_app.domain.papers import StoredPaper
from window_app.services.desk import Desk
from window_app.services.practice import SampleClock
from window_app.ui import thread_guard
from window_app.ui.journey.driver import VisitDriver
from window_app.ui.views.visit.state import ReceivedView

NAMES = sorted(
    path.stem for path in VISITS.glob("*.json") if json.loads(path.read_text("utf-8"))["expect"].get("by_keys", True)
)
"""Visits that go another way than those before them; each of them goes through `receive` as well."""

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("visits_by_window")]


@pytest.fixture(scope="module")
def counter(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CounterWindow]:
    """One counter for a day's visits, as in a hall."""
    del qapp
    directory = tmp_path_factory.mktemp("hall") / "data"
    with thread_guard.elsewhere():
        Entrance(directory, SampleClock(MORNING)).practise().close()
        opened = CounterWindow(directory)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_collected_visit_ends_with_its_numbers_and_papers(
    name: str, counter: CounterWindow, collected: Callable[[str], dict[str, Any]], tmp_path: Path
) -> None:
    visit = collected(name)
    state = VisitDriver(counter.shell, counter.keys).take_in(visit)
    received = state.received
    assert received is not None, [problem.text for problem in state.problems]

    expected = visit["expect"]
    assert len(received.numbers) == len(expected["cases"])
    assert [paper.kind for paper in received.papers] == expected["papers"]
    routes = {matter.key: [route.route for route in matter.routes] for matter in state.matters}
    assert {key: sorted(codes) for key, codes in routes.items()} == {
        key: sorted(codes) for key, codes in expected["routes"].items()
    }
    for matter in state.matters:  # the suggested one stands first, whatever the order of the law
        assert not any(route.recommended for route in matter.routes[1:])

    counter.driver.print_papers()
    papers = counter.ask(lambda desk: _papers(desk, received))
    assert {str(paper.state) for paper in papers} == {"confirmed"}
    for paper in papers:
        pdf = tmp_path / f"{paper.record.paper_id}.pdf"
        pdf.write_bytes(counter.ask(lambda desk, paper=paper: desk.papers.pdf(paper.record.paper_id)))  # type: ignore[misc] # bound in the same turn
        text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
        assert paper.record.number in text.replace("\n", "")
        named = visit["answers"].get("applicant", {}).get("name", "")
        assert (named in text) is (paper.record.kind != "report_receipt" or not named)


def _papers(desk: Desk, received: ReceivedView) -> list[StoredPaper]:
    return [desk.papers.get(paper.paper_id) for paper in received.papers]
