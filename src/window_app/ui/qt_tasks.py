"""Brings results of the task runner to the interface thread. Nothing else in `ui` knows of threads."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from window_app.errors import WindowAppError
from window_app.tasks import TaskRunner

Result = TypeVar("Result")
Failed = Callable[[WindowAppError], None]
UNEXPECTED = "ui.unexpected"


class QtTasks(QObject):
    """Starts work on the runner and delivers what came of it on the thread this object lives on.

    Work never touches a widget; what is done with the result never touches the store.
    """

    unhandled = Signal(object)
    _arrived = Signal(object, object)
    _told = Signal(object, object)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._running = 0
        self._turns: list[Turns] = []
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    @property
    def runner(self) -> TaskRunner:
        """Return the runner, for the line that a desk starts on it."""
        return self._runner

    @property
    def running(self) -> int:
        """Return how many pieces of work have not been delivered yet."""
        return self._running + sum(one.waiting for one in self._turns if isValid(one))

    def run(
        self, work: Callable[[], Result], done: Callable[[Result], object] | None = None, failed: Failed | None = None
    ) -> None:
        """Queue work for the thread that owns the store, in the order of the calls."""
        self._follow(self._runner.submit, work, done, failed)

    def run_free(
        self, work: Callable[[], Result], done: Callable[[Result], object] | None = None, failed: Failed | None = None
    ) -> None:
        """Start work that does not touch the store."""
        self._follow(self._runner.submit_free, work, done, failed)

    def here(self, told: Callable[[Result], object]) -> Callable[[Result], None]:
        """Return a function that any thread may call; what it is given comes to `told` on this object's thread."""

        def tell(news: Result) -> None:
            if not self._closed:
                self._told.emit(told, news)

        return tell

    def turns(self, owner: QObject) -> "Turns":
        """Return what does something for a page bit by bit on this thread; it goes with the page."""
        made = Turns(owner)
        self._turns = [one for one in self._turns if isValid(one)]
        self._turns.append(made)
        return made

    def close(self) -> None:
        """Deliver nothing any more; finishes what was queued."""
        self._closed = True
        self._runner.close()

    def _follow(
        self,
        submit: Callable[[Callable[[], Result]], "Future[Result]"],
        work: Callable[[], Result],
        done: Callable[[Result], object] | None,
        failed: Failed | None,
    ) -> None:
        if self._closed:
            return
        self._running += 1
        submit(work).add_done_callback(lambda future: self._tell(future, done, failed))

    def _tell(self, future: "Future[Any]", done: Callable[[Any], object] | None, failed: Failed | None) -> None:
        if not self._closed:
            self._arrived.emit(future, (done, failed))

    def _deliver(self, future: "Future[Any]", receivers: tuple[Callable[[Any], object] | None, Failed | None]) -> None:
        self._running -= 1
        if not self._closed and not future.cancelled():
            self._hand_over(future, *receivers)

    def _pass_on(self, told: Callable[[Any], object], news: object) -> None:
        if not self._closed:
            told(news)

    def _hand_over(self, future: "Future[Any]", done: Callable[[Any], object] | None, failed: Failed | None) -> None:
        error = future.exception()
        if error is None:
            if done is not None:
                _tell_page(done, future.result())
            return
        # The runner has logged what is not meant for people; they are told that it happened.
        told = error if isinstance(error, WindowAppError) else WindowAppError(UNEXPECTED, kind=type(error).__name__)
        if failed is not None:
            _tell_page(failed, told)
        else:
            self.unhandled.emit(told)


class Turns(QObject):
    """Pieces of what is to be shown, one a turn of the event loop; keys and painting come between them."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._pieces: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    @property
    def waiting(self) -> int:
        """Return how many pieces are still to come."""
        return len(self._pieces)

    def begin(self, pieces: Sequence[Callable[[], object]]) -> None:
        """Do these instead of what is still waiting; what is on show now is painted before the first."""
        self._pieces = [lambda: None, *pieces] if pieces else []
        if pieces:
            self._timer.start()
        else:
            self._timer.stop()

    def _next(self) -> None:
        piece = self._pieces.pop(0) if self._pieces else None
        if not self._pieces:
            self._timer.stop()
        if piece is not None:
            piece()


def _tell_page(receiver: Callable[[Any], object], news: object) -> None:
    """Tell a page what came of its work; one that was taken down meanwhile hears nothing."""
    owner = getattr(receiver, "__self__", None)
    if isinstance(owner, QObject) and not isValid(owner):
        return
    try:
        receiver(news)
    except RuntimeError:
        if not any(isinstance(one, QObject) and not isValid(one) for one in _held(receiver)):
            raise


def _held(receiver: Callable[[Any], object]) -> list[object]:
    """Return what a receiver keeps from where it was made."""
    plain = getattr(receiver, "func", receiver)
    held = [getattr(plain, "__self__", None), *getattr(receiver, "args", ())]
    for cell in getattr(plain, "__closure__", None) or ():
        try:
            held.append(cell.cell_contents)
        except ValueError:  # it was never filled
            continue
    return held
