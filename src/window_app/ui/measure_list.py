"""A long list of cases: opening, jumping, scrolling, against a minimal model of the same rows."""

import time
from collections.abc import Callable
from statistics import median

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QApplication, QTableView

from window_app import settings
from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.tasks import TaskRunner
from window_app.ui.main import dressed_application
from window_app.ui.qt_tasks import QtTasks
from window_app.ui.theme import Theme
from window_app.ui.views.lists.screens import CasesScreen
from window_app.ui.widgets.table import DISPLAY, PAGE, ROOT
from window_app.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
SIZE = (1200, 680)
COLUMNS = 6
SCROLLED = 30
ROUNDS = 5


class MinimalModel(QAbstractTableModel):
    """The floor: the same rows by the same window of the store, kept by page, nothing more."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._count = desk.tracking.count()
        self._pages: dict[int, list[tuple[str, ...]]] = {}

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many cases there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return as many columns as the real list has."""
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """Return a cell's text, fetching its page at once."""
        if role != DISPLAY:
            return None
        page, at = divmod(index.row(), PAGE)
        if page not in self._pages:
            rows = self._desk.tracking.window_at(page * PAGE, PAGE)
            self._pages[page] = [
                (row.number, row.applicant, row.respondent, row.matter, str(row.received_on), str(row.due_on))
                for row in rows
            ]
        return self._pages[page][at][index.column()]


def list_times(desk: Desk) -> dict[str, float]:
    """Return the milliseconds of opening, of a whole round in our list, and of the same in the floor."""
    application = dressed_application(settings.Settings())
    tasks = QtTasks(TaskRunner())
    texts = Catalogue("zh_CN")
    ours, floors, opens = [], [], []
    try:
        for _ in range(ROUNDS):
            floors.append(_timed(lambda: _floor_round(application, desk)))
            place = Workplace(desk, tasks, texts, Theme())
            opened: list[float] = []
            ours.append(_timed(lambda place=place, opened=opened: _our_round(application, place, tasks, opened)))  # type: ignore[misc] # bound in the same turn
            opens.append(opened[0])
    finally:
        tasks.close()
    return {"open_ms": median(opens), "value_ms": median(ours), "floor_ms": median(floors)}


def _timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _our_round(application: QApplication, place: Workplace, tasks: QtTasks, opened: list[float]) -> None:
    begun = time.perf_counter()

    def rest() -> None:
        application.processEvents()
        while tasks.running:
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        application.processEvents()

    screen = CasesScreen(place, place.desk.tracking.window_at)
    screen.resize(*SIZE)
    screen.show()
    screen.refresh()
    rest()
    opened.append((time.perf_counter() - begun) * 1000)
    _travel(screen.table, rest)
    screen.close()
    screen.deleteLater()


def _floor_round(application: QApplication, desk: Desk) -> None:
    view = QTableView()
    model = MinimalModel(desk)
    view.setModel(model)
    view.resize(*SIZE)
    view.show()
    application.processEvents()
    _travel(view, application.processEvents)
    view.close()
    view.deleteLater()


def _travel(view: QTableView, rest: Callable[[], None]) -> None:
    """Jump to the end, the middle and back, then scroll page by page."""
    model = view.model()
    count = model.rowCount()
    for row in (count - 1, count // 2, count // 3, 0):
        view.scrollTo(model.index(row, 0))
        rest()
    bar = view.verticalScrollBar()
    for _ in range(SCROLLED):
        bar.setValue(bar.value() + bar.pageStep())
        rest()
