"""The surface that takes a signature down as strokes with time, from mouse, finger or pen, and shows it again."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QColor,
    QEventPoint,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from window_app.domain.ink import ASPECT, Curve, Point, Stroke, curves, duration, until
from window_app.ui.theme import Theme

WIDTH = 540
NEAREST = 0.006
"""How far, in heights of the surface, the pen must go before a point is kept."""
PEN = 0.016
BASE = 0.8
MARGIN = 2


class InkField(QWidget):
    """A surface three times as wide as high. Only the first finger counts; what leaves the surface stays at its edge.

    Signals:
        drawn: a stroke was finished.
        played: a replay came to its end.
    """

    drawn = Signal()
    played = Signal()

    def __init__(self, theme: Theme, *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._read_only = read_only
        self._strokes: list[Stroke] = []
        self._paths: list[QPainterPath] = []
        self._open: list[Point] = []
        self._began: int | None = None
        self._finger: int | None = None
        self._shown: int | None = None
        self._player = QVariantAnimation(self)
        self._player.valueChanged.connect(self._play_on)
        self._player.finished.connect(self._played)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, not read_only)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if read_only else Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor if read_only else Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def strokes(self) -> tuple[Stroke, ...]:
        """Return what was drawn; nothing where nothing was."""
        return tuple(self._strokes)

    def show_ink(self, strokes: Sequence[Stroke]) -> None:
        """Show a drawing in place of the present one."""
        self._player.stop()
        self._shown = None
        self._open, self._began = [], None
        self._strokes = list(strokes)
        self._remake()

    def clear(self) -> None:
        """Wipe the surface."""
        self.show_ink(())

    def replay(self) -> None:
        """Show the drawing being made again, in the time it took."""
        length = duration(self._strokes)
        if not length or self._open:
            return
        self._player.stop()
        self._player.setStartValue(0)
        self._player.setEndValue(length)
        self._player.setDuration(length)
        self._player.start()

    @property
    def is_playing(self) -> bool:
        """Whether a replay is under way."""
        return self._player.state() is QVariantAnimation.State.Running

    def sizeHint(self) -> QSize:
        """Ask for a hand's width."""
        width = self._theme.px(WIDTH)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Be no narrower than a name needs."""
        return QSize(240, 80)

    def hasHeightForWidth(self) -> bool:
        """Keep the shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return a third of the width."""
        return round(min(width, self._theme.px(WIDTH)) / ASPECT)

    def surface(self) -> QRectF:
        """Return where one can draw: three times as wide as high, whatever room there is."""
        whole = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        width = min(whole.width(), whole.height() * ASPECT)
        return QRectF(whole.left(), whole.top(), width, width / ASPECT)

    # -- from the hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin(event.position(), event.timestamp())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on."""
        self._go(event.position(), event.timestamp())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._end(event.position(), event.timestamp())

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Take a pen's strokes, finer than a mouse's."""
        steps = {
            QEvent.Type.TabletPress: self._begin,
            QEvent.Type.TabletMove: self._go,
            QEvent.Type.TabletRelease: self._end,
        }
        step = steps.get(event.type())
        if step is not None:
            step(event.position(), event.timestamp())
            event.accept()

    def event(self, event: QEvent) -> bool:
        """Take the first finger's strokes."""
        if isinstance(event, QTouchEvent) and not self._read_only:
            self._touched(event)
            event.accept()
            return True
        return super().event(event)

    def _touched(self, event: QTouchEvent) -> None:
        for point in event.points():
            state = point.state()
            if state is QEventPoint.State.Pressed and self._finger is None:
                self._finger = point.id()
                self._begin(point.position(), event.timestamp())
            elif point.id() == self._finger and state is QEventPoint.State.Released:
                self._end(point.position(), event.timestamp())
                self._finger = None
            elif point.id() == self._finger:
                self._go(point.position(), event.timestamp())
        if event.type() is QEvent.Type.TouchCancel:
            self._finger = None
            self._open = []
            self.update()

    def _begin(self, position: QPointF, moment: int) -> None:
        if self._read_only or self._open or not self.isEnabled():
            return
        self._player.stop()
        self._shown = None
        if self._began is None:
            self._began = moment - duration(self._strokes)
        self._open = [self._point(position, moment)]
        self.update()

    def _go(self, position: QPointF, moment: int) -> None:
        if not self._open:
            return
        point = self._point(position, moment)
        across, down, _ = self._open[-1]
        if abs(point[0] - across) * ASPECT + abs(point[1] - down) >= NEAREST:
            self._open.append(point)
            self.update()

    def _end(self, position: QPointF, moment: int) -> None:
        if not self._open:
            return
        self._go(position, moment)
        stroke = tuple(self._open)
        self._open = []
        self._strokes.append(stroke)
        self._paths.extend(_path(line) for line in curves((stroke,)))
        self.update()
        self.drawn.emit()

    def _point(self, position: QPointF, moment: int) -> Point:
        room = self.surface()
        across = min(max((position.x() - room.left()) / max(1.0, room.width()), 0.0), 1.0)
        down = min(max((position.y() - room.top()) / max(1.0, room.height()), 0.0), 1.0)
        earliest = self._open[-1][2] if self._open else duration(self._strokes)
        return round(across, 4), round(down, 4), max(earliest, moment - (self._began or 0))

    # -- to the eye

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface and the ink on it."""
        colours = self._theme.colours
        room = self.surface()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.hasFocus() and not self._read_only
        painter.setPen(QPen(QColor(colours.primary if strong else colours.line), 2 if strong else 1))
        painter.setBrush(QColor(colours.field))
        painter.drawRoundedRect(room, 5, 5)
        base = room.top() + room.height() * BASE
        painter.setPen(QPen(QColor(colours.faint), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(room.left() + 16, base), QPointF(room.right() - 16, base))
        painter.setTransform(QTransform(room.width(), 0, 0, room.height(), room.left(), room.top()), True)
        for path in self._visible():
            painter.strokePath(path, self._pen(room))
        painter.end()

    def _visible(self) -> list[QPainterPath]:
        if self._shown is not None:
            return [_path(line) for line in curves(until(self._strokes, self._shown))]
        return [*self._paths, *(_path(line) for line in curves([tuple(self._open)] if self._open else []))]

    def _pen(self, room: QRectF) -> QPen:
        pen = QPen(QColor(self._theme.colours.text), max(1.5, room.height() * PEN))
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def _remake(self) -> None:
        self._paths = [_path(line) for line in curves(self._strokes)]
        self.update()

    def _play_on(self, elapsed: object) -> None:
        self._shown = int(elapsed) if isinstance(elapsed, int | float) else None
        self.update()

    def _played(self) -> None:
        self._shown = None
        self.update()
        self.played.emit()


def _path(line: Curve) -> QPainterPath:
    path = QPainterPath(QPointF(*line.start))
    for one, two, end in line.parts or ((line.start, line.start, line.start),):
        path.cubicTo(QPointF(*one), QPointF(*two), QPointF(*end))
    if not line.parts:
        # A path of no length is not drawn: a dot is a line too short to be seen as one.
        path.lineTo(QPointF(line.start[0] + 0.0005, line.start[1]))
    return path
