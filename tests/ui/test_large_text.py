"""Text of double size: every answer is whole, and what is asked at the end stands in sight."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from tests.ui.counter_window import CounterWindow

from window_app.settings import Settings
from window_app.ui.journey.driver import VisitDriver
from window_app.ui.journey.keys import Key

Collected = Callable[[str], dict[str, Any]]


def cut(counter: CounterWindow) -> list[str]:
    """Buttons of the page that reach beyond a widget they stand in."""
    part = counter.page.scroller.widget()
    assert part is not None
    found = []
    for button in part.findChildren(QPushButton):
        holder = button.parentWidget()
        while button.isVisible() and holder is not None and (holder is part or part.isAncestorOf(holder)):
            if not holder.rect().contains(QRect(button.mapTo(holder, button.rect().topLeft()), button.size())):
                found.append(button.text())
            holder = holder.parentWidget()
    if part.width() > counter.page.scroller.viewport().width():
        found.append("the page itself")
    return found


def in_sight(counter: CounterWindow, part: QWidget) -> bool:
    """Whether a part stands whole in the visible stretch of the page."""
    port = counter.page.scroller.viewport()
    return port.rect().contains(QRect(part.mapTo(port, part.rect().topLeft()), part.size()))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_in_large_text_every_answer_is_whole_and_the_last_question_in_sight(
    open_window: Callable[..., CounterWindow], collected: Collected, language: str
) -> None:
    counter = open_window(chosen=Settings(language=language, text_scale=200))
    counter.window.resize(1366, 768)
    answers: list[int] = []

    def look(step: str) -> None:
        if step == "interview":
            answers.append(len(counter.page.interview.ask_box.findChildren(QPushButton)))
            assert cut(counter) == []

    driver = VisitDriver(counter.shell, counter.keys, look)
    driver.take_in(collected("01"))
    counter.keys.press(Key.Key_F6)
    focus = QApplication.focusWidget()
    assert answers
    assert cut(counter) == []
    assert focus is not None
    assert in_sight(counter, focus)
