"""The right column stands ready for reading the moment an answer decides."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton
from tests.ui.counter_window import CounterWindow

Collected = Callable[[str], dict[str, Any]]


def undecided(visit: dict[str, Any]) -> dict[str, Any]:
    """The same visit without the choice of a route."""
    return {**visit, "matters": [{**matter, "route": None} for matter in visit["matters"]]}


def cut(counter: CounterWindow) -> list[str]:
    """What of the column is lower than its text needs."""
    routes = counter.page.routes
    labels = [one for one in routes.findChildren(QLabel) if one.isVisible() and one.text()]
    found = [one.text() for one in labels if one.wordWrap() and one.height() < one.heightForWidth(one.width())]
    found += [one.text() for one in labels if not one.wordWrap() and one.height() < one.fontMetrics().height()]
    buttons = [one for one in routes.findChildren(QPushButton) if one.isVisible()]
    return found + [one.text() for one in buttons if one.height() < one.fontMetrics().height()]


def test_nothing_in_the_column_is_cut_when_the_answer_that_decides_has_come(
    counter: CounterWindow, collected: Collected
) -> None:
    counter.window.resize(1366, 768)
    counter.driver.prepare(undecided(collected("01")))
    assert len(counter.page.routes.cards) == 2
    assert cut(counter) == []
