"""The pad to sign on: strokes with time from mouse, finger and pen; nothing is handed in where nothing was drawn."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from window_app.domain.ink import ASPECT, Stroke, curves, ink_fault
from window_app.ui.theme import Theme
from window_app.ui.widgets.ink_field import InkField
from window_app.ui.widgets.signature_pad import SignaturePad

LINE = ((0.1, 0.6), (0.3, 0.3), (0.5, 0.7), (0.8, 0.4))


@pytest.fixture
def pad(qapp: Any) -> Iterator[SignaturePad]:
    del qapp
    made = SignaturePad(Theme(), "欧阳𬭚䶮")
    made.resize(600, 320)
    made.show()
    QApplication.processEvents()
    yield made
    made.close()


def at(field: InkField, place: tuple[float, float]) -> QPoint:
    room = field.surface()
    return QPoint(round(room.left() + place[0] * room.width()), round(room.top() + place[1] * room.height()))


def with_mouse(field: InkField, places: tuple[tuple[float, float], ...] = LINE) -> None:
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(field, button, none, at(field, places[0]))
    for place in places[1:]:
        QTest.mouseMove(field, at(field, place))
    QTest.mouseRelease(field, button, none, at(field, places[-1]))


def with_pen(field: InkField, begin: int, places: tuple[tuple[float, float], ...] = LINE) -> None:
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * (len(places) - 2), QEvent.Type.TabletRelease]
    for step, (kind, place) in enumerate(zip(kinds, places, strict=True)):
        where = QPointF(at(field, place))
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.TabletRelease else Qt.MouseButton.LeftButton
        device, none = QPointingDevice.primaryPointingDevice(), Qt.KeyboardModifier.NoModifier
        event = QTabletEvent(kind, device, where, where, 0.5, 0, 0, 0, 0, 0, none, Qt.MouseButton.LeftButton, held)
        event.setTimestamp(begin + step * 20)
        QApplication.sendEvent(field, event)


@cache
def touch_screen() -> QPointingDevice:
    return QTest.createTouchDevice()


def fingers(field: InkField, points: list[tuple[int, str, tuple[float, float]]]) -> None:
    window = field.window().windowHandle()
    touched = QTest.touchEvent(window, touch_screen(), False)
    for number, what, place in points:
        getattr(touched, what)(number, field.mapTo(field.window(), at(field, place)), window)
    touched.commit()


def shape(strokes: tuple[Stroke, ...]) -> list[list[tuple[float, float]]]:
    return [[(round(across, 1), round(down, 1)) for across, down, _ in stroke] for stroke in strokes]


def test_a_mouse_draws_what_it_went_over(pad: SignaturePad) -> None:
    with_mouse(pad.field)
    assert shape(pad.strokes()) == [[*LINE]]
    assert ink_fault(pad.strokes()) == ""
    assert pad.field.hasFocus()


def test_a_pen_draws_with_its_time_and_the_next_stroke_goes_on_later(pad: SignaturePad) -> None:
    with_pen(pad.field, 5_000)
    with_pen(pad.field, 5_400)
    first, second = pad.strokes()
    assert shape((first, second)) == [[*LINE], [*LINE]]
    assert [moment for _, _, moment in first] == [0, 20, 40, 60]
    assert [moment for _, _, moment in second] == [400, 420, 440, 460]


def test_of_several_fingers_the_first_one_draws(pad: SignaturePad) -> None:
    field = pad.field
    fingers(field, [(0, "press", LINE[0])])
    fingers(field, [(0, "move", LINE[1]), (1, "press", (0.9, 0.9))])
    fingers(field, [(0, "move", LINE[2]), (1, "move", (0.7, 0.9))])
    fingers(field, [(0, "release", LINE[3]), (1, "release", (0.7, 0.9))])
    assert shape(pad.strokes()) == [[*LINE]]


def test_what_leaves_the_surface_stays_at_its_edge_and_in_shape_whatever_the_size(pad: SignaturePad) -> None:
    pad.resize(900, 260)
    QApplication.processEvents()
    room = pad.field.surface()
    assert room.width() == pytest.approx(ASPECT * room.height(), abs=0.01)
    with_mouse(pad.field, ((0.5, 0.5), (1.4, 0.5), (1.4, 1.6)))
    ((*_, last),) = pad.strokes()
    assert last[:2] == (1.0, 1.0)


@pytest.mark.parametrize("drawn", [False, True])
def test_with_nothing_or_a_mere_dot_drawn_nothing_is_handed_in(pad: SignaturePad, drawn: bool) -> None:
    handed: list[object] = []
    pad.signed.connect(handed.append)
    if drawn:
        with_mouse(pad.field, ((0.5, 0.5), (0.5, 0.5)))
    pad.field.setFocus()
    QTest.keyClick(pad.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert handed == []
    assert pad.problem.isVisible()
    with_mouse(pad.field)
    assert not pad.problem.isVisible()


def test_keys_clear_hand_in_and_leave(pad: SignaturePad) -> None:
    handed: list[object] = []
    left: list[bool] = []
    pad.signed.connect(handed.append)
    pad.left.connect(lambda: left.append(True))
    with_mouse(pad.field)
    QTest.keyClick(pad.field, Qt.Key.Key_Delete)
    assert pad.strokes() == ()
    with_mouse(pad.field)
    QTest.keyClick(pad.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert handed == [pad.strokes()]
    QTest.keyClick(pad.field, Qt.Key.Key_Escape)
    assert left == [True]


def test_it_is_read_out_whose_signature_it_is_and_whether_something_stands_there(pad: SignaturePad) -> None:
    assert "欧阳𬭚䶮" in pad.field.accessibleName()
    empty = pad.field.accessibleDescription()
    with_mouse(pad.field)
    assert empty
    assert pad.field.accessibleDescription() not in ("", empty)


def test_a_shown_signature_takes_no_stroke_and_is_drawn_again_in_its_time(qtbot: Any) -> None:
    strokes: tuple[Stroke, ...] = (((0.1, 0.5, 0), (0.5, 0.2, 60), (0.9, 0.6, 120)),)
    field = InkField(Theme(), read_only=True)
    field.resize(300, 100)
    field.show()
    field.show_ink(strokes)
    with_mouse(field)
    assert field.strokes() == strokes
    played: list[bool] = []
    field.played.connect(lambda: played.append(True))
    field.replay()
    assert field.is_playing
    qtbot.waitUntil(lambda: played == [True])
    field.close()


def test_ink_is_drawn_smooth_in_the_colour_of_the_text(pad: SignaturePad) -> None:
    with_mouse(pad.field)
    (line,) = curves(pad.strokes())
    assert len(line.parts) == len(LINE) - 1
    picture = pad.field.grab().toImage()
    ratio = picture.devicePixelRatio()
    place = at(pad.field, line.parts[0][2])
    seen = picture.pixelColor(round(place.x() * ratio), round(place.y() * ratio))
    assert seen.lightness() < QColor(Theme().colours.line).lightness()
