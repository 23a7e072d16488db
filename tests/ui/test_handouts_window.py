"""Applications, sets and the end of the day, by keys; and what a closed window leaves behind."""

import gc
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from shiboken6 import Shiboken, isValid
from tests.services.visits import visit
from tests.ui.counter_window import CounterWindow

from window_app.domain.papers import PaperState
from window_app.ui.journey.keys import Held, Key
from window_app.ui.widgets.growing_area import LABEL, GrowingArea

APPLICATION = "02"


def test_the_application_the_sets_and_the_end_of_the_day_go_out_by_keys(counter: CounterWindow) -> None:
    draft = counter.ask(lambda desk: desk.reception.save(desk.intake.from_json(visit(APPLICATION))))
    counter.front().shell.visits.resume(draft.visit_id)
    counter.keys.wait_until(lambda: counter.shell.visit is not None and counter.shell.visit.state is not None)
    counter.keys.settle()
    before = counter.keys.target()
    counter.keys.press(Key.Key_A, Held.AltModifier)
    card = counter.page.handouts.at.card
    assert card is not None
    assert card.print_button.hasFocus()
    counter.keys.press(Key.Key_V, Held.AltModifier)
    assert counter.page.handouts.at.preview().count > 0
    counter.keys.press(Key.Key_Escape)
    counter.keys.press(Key.Key_S, Held.ControlModifier)
    assert len(list(counter.papers.glob("*-arbitration_form.pdf"))) == 1
    counter.keys.press(Key.Key_Escape)
    assert counter.page.handouts.at.card is None
    assert counter.keys.target() is before

    counter.keys.press(Key.Key_F5)
    counter.keys.press(Key.Key_A, Held.AltModifier)
    papers = counter.page.received.papers
    assert [one.paper.kind for one in papers.cards] == ["receipt", "arbitration_form"]
    assert papers.cards[1].print_button.hasFocus()
    counter.page.received.sets.setFocus()
    counter.keys.press(Key.Key_Tab)
    assert papers.cards[0].print_button.hasFocus()
    counter.keys.press(Key.Key_S, Held.AltModifier)
    counter.keys.press(Key.Key_2)
    counter.keys.press(Key.Key_F6)
    assert [one.paper.state for one in papers.cards] == [PaperState.PRINTED, PaperState.ISSUED]

    counter.keys.press(Key.Key_F12, Held.ShiftModifier)
    closing = counter.shell.closing
    assert counter.shell.current == "closing"
    assert list(closing.buttons) == ["reception", "unsent"]
    counter.keys.press(Key.Key_F6)
    assert "RJ-261120" in closing.card.note.text()
    counter.keys.press(Key.Key_2)
    assert counter.shell.current == "unsent"
    assert not counter.shell.queue.isVisible()


def test_a_closed_window_leaves_no_rows_to_the_collector(qapp: QApplication, practice_hall: Path) -> None:
    """The collector runs on any thread: what it took down there, the interface thread might be using."""
    del qapp
    gc.collect()
    known = set(map(id, of_python()))
    counter = CounterWindow(practice_hall)
    counter.keys.press(Key.Key_F7)
    counter.keys.press(Key.Key_2, Held.ControlModifier)
    for _ in range(2):
        counter.keys.press(Key.Key_Return)
        counter.keys.press(Key.Key_Escape)
    gc.disable()
    try:
        counter.close()
        counter.keys.wait_until(lambda: not isValid(counter.window))
        left = {type(one).__name__ for one in of_python() if id(one) not in known}
    finally:
        gc.enable()
    assert not left & {"RowsModel", "WindowedModel", "Table", "WideTable"}, left


def of_python() -> list[QObject]:
    """Return what lives in Qt and would die where the collector takes its Python side down."""
    living = (one for one in gc.get_objects() if isinstance(one, QObject) and isValid(one))
    return [one for one in living if Shiboken.ownedByPython(one)]


def test_a_field_comes_into_sight_with_its_name_and_a_high_part_with_its_head(qapp: QApplication) -> None:
    del qapp
    body = QWidget()
    lines = QVBoxLayout(body)
    parts = [QLabel(str(number)) for number in range(40)]
    for part in parts:
        part.setFixedHeight(50)
        lines.addWidget(part)
    high = parts[20]
    high.setFixedHeight(2000)
    area = GrowingArea(body)
    area.resize(300, 400)
    area.show()
    area.settle()
    bar = area.verticalScrollBar()
    area.bring_into_sight(parts[10], LABEL)
    assert parts[10].y() + 50 <= bar.value() + area.viewport().height()
    bar.setValue(parts[10].y())
    area.bring_into_sight(parts[10], LABEL)
    assert bar.value() == parts[10].y() - LABEL
    area.bring_into_sight(high)
    head = bar.value()
    assert head <= high.y() < head + 50
    bar.setValue(high.y() + 700)
    area.bring_into_sight(high)
    assert bar.value() == high.y() + 700
    area.close()
