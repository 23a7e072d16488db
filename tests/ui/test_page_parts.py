"""What lets a page open fast loses nothing: parts made late, laid out once, shown turn by turn."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from window_app.settings import Settings
from window_app.tasks import TaskRunner
from window_app.ui import theme
from window_app.ui.main import dressed_application
from window_app.ui.qt_tasks import QtTasks
from window_app.ui.views.visit.form_view import AHEAD, FormView, SectionPanel
from window_app.ui.views.visit.materials_view import MaterialsView
from window_app.ui.views.visit.state import MaterialView, SectionView
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import label, laid_out_once, polish


class Count(QObject):
    """Counts events of one kind at a widget."""

    def __init__(self, watched: QWidget, kind: QEvent.Type) -> None:
        super().__init__(watched)
        self._kind = kind
        self.seen = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() is self._kind
        return super().eventFilter(watched, event)


def material(code: str, *, due: bool = True, state: str = "", hint: str = "") -> MaterialView:
    return MaterialView(code, code.title(), due=due, copies_due=0, state=state, copies=0, hint=hint)


@pytest.fixture
def checklist(qapp: Any) -> Iterator[MaterialsView]:
    made = MaterialsView()
    made.show()
    yield made
    made.close()
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_what_is_not_due_gets_its_line_when_the_fold_opens(checklist: MaterialsView) -> None:
    checklist.show_materials((material("passport", due=False), material("contract"), material("payslip", due=False)))
    assert [line.material for line in checklist.lines] == ["contract"]
    assert "2" in checklist.fold.text()
    checklist.turn_fold()
    assert [(line.material, line.isVisible()) for line in checklist.lines] == [
        ("contract", True),
        ("passport", True),
        ("payslip", True),
    ]
    checklist.turn_fold()
    assert [line.isVisible() for line in checklist.lines] == [True, False, False]


def test_a_line_under_the_fold_is_found_and_moves_up_once_it_was_handed_over(checklist: MaterialsView) -> None:
    checklist.show_materials((material("contract"), material("passport", due=False)))
    found = checklist.line_of("passport")
    assert found is not None
    assert not found.isVisible()
    assert checklist.line_of("unknown") is None
    checklist.show_materials((material("contract"), material("passport", due=False, state="original_seen")))
    assert found.isVisible()
    assert checklist.line_of("passport") is found


def test_what_is_offered_at_a_line_has_its_key_until_it_is_withdrawn(checklist: MaterialsView, qtbot: Any) -> None:
    pressed: list[str] = []
    checklist.show_materials((material("contract", hint="the one that was signed"),))
    (line,) = checklist.lines
    line.offer_choice("X", "Something else", lambda: pressed.append(line.material))
    qtbot.keyClicks(line, "x")
    assert pressed == ["contract"]
    assert line.choices.add("Y  More", lambda: None).text() == "Y  More"
    line.withdraw_choice("X")
    qtbot.keyClicks(line, "x")
    assert pressed == ["contract"]


def test_a_panel_unfolds_under_the_line_in_the_place_of_the_one_before(checklist: MaterialsView) -> None:
    checklist.show_materials((material("contract"),))
    line = checklist.lines[0]
    first, second = QLabel("first"), QLabel("second")
    line.show_below(first)
    assert first.isVisible()
    line.show_below(second)
    assert (first.isVisible(), second.isVisible()) == (False, True)
    line.drop_below()
    assert not second.isVisible()


def test_pieces_come_one_a_turn_after_a_turn_for_painting_and_give_way_to_newer_ones(qapp: QApplication) -> None:
    tasks = QtTasks(TaskRunner())
    page = QWidget()
    turns = tasks.turns(page)
    done: list[str] = []
    turns.begin([lambda: done.append("old")])
    turns.begin([lambda: done.append("first"), lambda: done.append("second")])
    assert tasks.running == turns.waiting > 0
    seen = []
    while tasks.running:
        qapp.processEvents()
        seen.append(tuple(done))
    assert seen[0] == ()
    assert seen[-1] == ("first", "second")
    assert ("first",) in seen
    turns.begin([lambda: done.append("late")])
    page.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert tasks.running == 0
    tasks.close()


def test_parts_shown_together_are_laid_out_once_and_stand_in_their_places(qapp: QApplication) -> None:
    page = QWidget()
    lines = QVBoxLayout(page)
    page.resize(200, 300)
    page.show()
    parts = [QLabel(str(number)) for number in range(3)]
    with laid_out_once(lines), laid_out_once(lines):
        for part in parts:
            lines.addWidget(part)
            part.show()
        assert parts[0].y() == parts[2].y()
    assert lines.isEnabled()
    assert parts[0].y() < parts[1].y() < parts[2].y()
    page.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_row_that_fits_keeps_its_end_at_the_right_and_breaks_where_it_does_not(qapp: QApplication) -> None:
    page = QWidget()
    flow = FlowLayout(page)
    left, right = QLabel("left"), QLabel("right")
    flow.addWidget(left)
    flow.push_right()
    flow.addWidget(right)
    page.show()
    flow.setGeometry(QRect(0, 0, 400, 40))
    assert (left.x(), right.geometry().right(), left.y()) == (0, 399, right.y())
    narrow = max(left.width(), right.width()) + 1
    flow.setGeometry(QRect(0, 0, narrow, 80))
    assert (left.x(), right.x()) == (0, 0)
    assert right.y() > left.y()
    page.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_widget_is_dressed_anew_only_by_what_is_new_to_it(qapp: QApplication) -> None:
    plain = theme.theme_for("light", 100)
    theme.apply(qapp, plain)
    shown = QLabel("x")
    shown.show()
    count = Count(shown, QEvent.Type.StyleChange)
    theme.apply(qapp, plain)
    polish(shown, problem="")
    assert count.seen == 0
    theme.apply(qapp, theme.theme_for("light", 150))
    assert count.seen > 0
    theme.apply(qapp, plain)
    shown.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_sections_made_ahead_are_the_ones_that_the_form_shows(qapp: QApplication) -> None:
    del qapp
    form = FormView()
    for _ in range(AHEAD + 3):
        form.make_ahead()
    ahead = form.findChildren(SectionPanel)
    assert len(ahead) == AHEAD
    views = tuple(SectionView(f"s{at}", f"Section {at}", ((),)) for at in range(AHEAD + 1))
    form.show_sections(views)
    assert form.panels[:AHEAD] == ahead
    assert [panel.section for panel in form.panels] == [view.section for view in views]
    assert not any(panel.isHidden() for panel in form.panels)
    form.unfold("s3")
    form.show_sections(views[2:])
    assert [panel.section for panel in form.panels if panel.is_open] == ["s3"]
    form.deleteLater()


def test_lines_of_a_flow_are_broken_anew_when_a_part_comes_goes_or_grows(qapp: QApplication) -> None:
    del qapp
    holder = QWidget()
    flow = FlowLayout(holder, spacing=0, between=0)
    parts = [QLabel("x" * 10) for _ in range(3)]
    for part in parts[:2]:
        part.setFixedSize(100, 10)
        flow.addWidget(part)
    assert flow.heightForWidth(200) == 10
    parts[2].setFixedSize(100, 10)
    flow.addWidget(parts[2])
    assert flow.heightForWidth(200) == 20
    parts[2].hide()
    holder.show()
    assert flow.heightForWidth(200) == 10
    parts[0].setFixedSize(150, 10)
    assert flow.heightForWidth(200) == 20
    flow.removeWidget(parts[0])
    assert flow.heightForWidth(200) == 10
    holder.deleteLater()


def test_a_text_that_becomes_an_error_has_the_room_round_it_of_one_that_was_born_as_it(qapp: QApplication) -> None:
    dressed_application(Settings())
    page = QWidget()
    lines = QVBoxLayout(page)
    became, born = label("缺纸", "secondary", wrap=True), label("缺纸", "note-error", wrap=True)
    lines.addWidget(became)
    lines.addWidget(born)
    page.show()
    qapp.processEvents()
    polish(became, kind="note-error")
    assert became.frameWidth() == born.frameWidth() > 0
