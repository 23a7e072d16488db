"""The desk at work: rail, screens, status bar, and the keys that hold everywhere."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from window_app.domain.ports import PrinterStatus
from window_app.domain.visits import DraftSummary
from window_app.errors import WindowAppError
from window_app.settings import Settings
from window_app.ui.views.administration.settings_page import SettingsPage
from window_app.ui.views.case.case_page import CasePage
from window_app.ui.views.lists.screens import CasesScreen, DraftsScreen, FindScreen, UnsentScreen
from window_app.ui.views.reception.home import ReceptionHome
from window_app.ui.views.visit.presenter import VisitPresenter
from window_app.ui.views.visit.visit_page import VisitPage
from window_app.ui.widgets.rail import Rail
from window_app.ui.widgets.status_bar import StatusBar
from window_app.ui.widgets.texts import Ask, clear, label
from window_app.ui.workplace import Workplace

REFRESH_MS = 30_000
DISCARDED = "clerk"


class DeskShell(QWidget):
    """Leads from screen to screen.

    Signals:
        lock_asked: the clerk leaves the counter.
        settings_applied: new settings are to be put on.
    """

    lock_asked = Signal()
    settings_applied = Signal(object)

    def __init__(self, place: Workplace, settings: Settings, directory: Path) -> None:
        super().__init__()
        self._place = place
        self._settings = settings
        self._before = "reception"
        self.current = ""
        self.visit: VisitPage | None = None
        self.rail = Rail(place.theme)
        self.status = StatusBar(place.theme)
        self.stack = QStackedWidget()
        self.stack.setObjectName("stack")
        self.word = label("", "note-error", wrap=True)
        self.word.hide()
        self._asks = QVBoxLayout()
        self._asks.setContentsMargins(18, 0, 18, 0)
        self._make_screens(directory)
        self._lay_out()
        self._bind_keys()
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh_status)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(settings.idle_lock_minutes * 60_000)
        self._idle.timeout.connect(self.lock_asked)

    # -- what the window asks of the shell

    def start(self, resume: UUID | None = None) -> None:
        """Show the reception, or the visit that was open before the lock."""
        station, session = self._place.desk.station, self._place.desk.session
        self.status.show_place([station.hall, station.name, session.name or session.clerk], practice=station.practice)
        self.status.show_line(False)
        self.show_screen("reception")
        self.refresh_status()
        self._timer.start()
        self._idle.start()
        self._watch_idle(True)
        if resume is not None:
            self.home.put_off(resume)
            self.resume_visit(resume)

    def put_away(self) -> None:
        """Write everything through before the desk is closed."""
        self._timer.stop()
        self._idle.stop()
        self._watch_idle(False)
        self.flush()

    def flush(self) -> None:
        """Hand over what was typed on the page of the visit."""
        if self.visit is not None:
            self.visit.flush()

    def keep(self) -> None:
        """Store the visit on the page; runs where the store lives.

        Raises:
            WindowAppError: the store does not take it; the page must stay.
        """
        page = self.visit
        if page is not None:
            page.presenter.keep()

    def unsaved(self) -> bool:
        """Answer whether something of the visit on the page would be lost with the page."""
        return self.visit is not None and self.visit.working() and bool(self.visit.trouble)

    def open_visit(self) -> UUID | None:
        """Return the visit on the page that is not finished, None where there is none."""
        if self.visit is None or self.visit.state is None or self.visit.state.received is not None:
            return None
        return self.visit.state.visit_id if self.visit.touched() else None

    def say(self, text: str) -> None:
        """Say above the screens what went wrong."""
        self.word.setText("✕ " + text if text else "")
        self.word.setVisible(bool(text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin the idle time anew with every key and click."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod):
            self._idle.start()
        return super().eventFilter(watched, event)

    def _watch_idle(self, watch: bool) -> None:
        """Hear of keys and clicks where they enter the window; a filter on every widget would cost each paint."""
        for handle in (self.window().windowHandle(),):
            if isinstance(handle, QObject):  # a window that was never shown has none
                (handle.installEventFilter if watch else handle.removeEventFilter)(self)

    # -- screens

    def show_screen(self, name: str) -> None:
        """Show a screen; the visit on the page stays as it is behind it."""
        if self.current == "visit":
            self.flush()
        self.say(self.visit.trouble if self.visit is not None else "")
        if name == "reception" and self.visit is not None and self.visit.state is not None and self.visit.working():
            name = "visit"
        if name in ("cases", "find", "drafts", "unsent", "reception", "visit"):
            self._before = name
        self.current = name
        screen = self.visit if name == "visit" and self.visit is not None else self.screens[name]
        self.stack.setCurrentWidget(screen)
        self.rail.show_current("reception" if name == "visit" else name)
        self._enter(name)

    def new_visit(self) -> None:
        """Begin a visit; the one on the page is put aside, or stays where it cannot be stored."""
        self.flush()
        self._place.tasks.run(self._present, self._begin, self._failed)

    def resume_visit(self, visit_id: UUID) -> None:
        """Take up a draft; the visit on the page is put aside, or stays where it cannot be stored."""
        self.flush()
        self._place.tasks.run(
            self._present, lambda presenter: self._open_visit(presenter).resume(visit_id), self._failed
        )

    def show_case(self, number: str) -> None:
        """Show a case."""
        self.case.number = ""
        self.case.show_number(number)
        before = self._before
        self.show_screen("case")
        self._before = before

    def refresh_status(self) -> None:
        """Ask for the counts and the printer again."""
        desk = self._place.desk
        self._place.tasks.run(desk.tracking.count_unsent, self.status.show_unsent)
        self._place.tasks.run(
            lambda: len(desk.reception.drafts()), lambda n: self.rail.set_count("drafts", self.tr("Put aside"), n)
        )
        self._place.tasks.run_free(desk.printer.status, self._show_printer)

    def _make_screens(self, directory: Path) -> None:
        place = self._place
        self.home = ReceptionHome(place)
        self.drafts = DraftsScreen(place)
        self.finder = FindScreen(place)
        self.cases = CasesScreen(place, place.desk.tracking.window_at)
        self.unsent = UnsentScreen(place)
        self.case = CasePage(place)
        self.administration = SettingsPage(self._settings, directory, place.desk.definitions.content_hash[:16])
        self.screens: dict[str, QWidget] = {
            "reception": self.home,
            "drafts": self.drafts,
            "find": self.finder,
            "cases": self.cases,
            "unsent": self.unsent,
            "case": self.case,
            "administration": self.administration,
        }
        for screen in self.screens.values():
            self.stack.addWidget(screen)
        self.home.new_asked.connect(self.new_visit)
        self.home.resume_asked.connect(self.resume_visit)
        self.drafts.resume_asked.connect(self.resume_visit)
        self.drafts.new_asked.connect(self.new_visit)
        self.drafts.discard_asked.connect(self._ask_discard)
        self.finder.case_asked.connect(self.show_case)
        self.cases.case_asked.connect(self.show_case)
        self.case.closed.connect(lambda: self.show_screen(self._before))
        self.administration.applied.connect(self.settings_applied)

    def _lay_out(self) -> None:
        for name, title in (
            ("reception", self.tr("Reception")),
            ("drafts", self.tr("Put aside")),
            ("find", self.tr("Find")),
            ("cases", self.tr("Cases")),
            ("administration", self.tr("Settings")),
        ):
            self.rail.add(name, title)
        self.rail.chosen.connect(self.show_screen)
        self.status.unsent_asked.connect(lambda: self.show_screen("unsent"))
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.word)
        middle.addLayout(self._asks)
        middle.addWidget(self.stack, 1)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        top.addWidget(self.rail)
        top.addLayout(middle, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(top, 1)
        lines.addWidget(self.status)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "F2": self.new_visit,
            "F3": lambda: self.show_screen("find"),
            "F4": self._put_aside,
            "F5": self._receive,
            "F6": self._print,
            "F12": self.lock_asked.emit,
            "Esc": self._escape,
        }
        for key, action in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(action)

    def _enter(self, name: str) -> None:
        screen = self.screens.get(name)
        if isinstance(screen, DraftsScreen | CasesScreen | UnsentScreen):
            screen.refresh()
            screen.table.setFocus()
        elif isinstance(screen, ReceptionHome):
            screen.refresh()
            screen.take_focus()
        elif isinstance(screen, FindScreen):
            screen.take_focus()
        elif isinstance(screen, SettingsPage):
            screen.setFocus()

    # -- visits

    def _present(self) -> VisitPresenter:
        self.keep()
        return VisitPresenter(self._place.desk, self._place.texts)

    def _failed(self, error: WindowAppError) -> None:
        self.say(self._place.texts.message(error))

    def _begin(self, presenter: VisitPresenter) -> None:
        self._open_visit(presenter).begin()

    def _open_visit(self, presenter: VisitPresenter) -> VisitPage:
        old = self.visit
        page = VisitPage(self._place, presenter)
        page.closed.connect(self._visit_closed)
        page.stored_changed.connect(self.refresh_status)
        page.troubled.connect(self.say)
        self.visit = page
        self.stack.addWidget(page)
        self.show_screen("visit")
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        return page

    def _visit_closed(self) -> None:
        page, self.visit = self.visit, None
        if page is not None and page.state is not None:
            self.home.put_off(page.state.visit_id)
        self.show_screen("reception")
        self.refresh_status()
        if page is not None:
            self.stack.removeWidget(page)
            page.deleteLater()

    def _put_aside(self) -> None:
        if self.current == "visit" and self.visit is not None:
            self.visit.put_aside()

    def _receive(self) -> None:
        if self.current == "visit" and self.visit is not None:
            self.visit.receive()

    def _print(self) -> None:
        if self.current == "visit" and self.visit is not None:
            self.visit.print_paper()
        elif self.current == "case":
            self.case.print_paper()
        elif self.current == "reception" and (card := self.home.papers.current()) is not None:
            card.print_button.click()

    def _escape(self) -> None:
        if self.current == "visit" and self.visit is not None and self.visit.escape():
            return
        if self.current == "case":
            self.show_screen(self._before)
        elif self.visit is not None:
            self.show_screen("visit")
        else:
            self.show_screen("reception")

    def _ask_discard(self, draft: DraftSummary) -> None:
        clear(self._asks)
        text = self.tr("Discard the visit of {visitor} for good?").format(visitor=draft.visitor or "—")
        ask = Ask(text, [("no", self.tr("1  Keep it")), ("yes", self.tr("2  Discard"))], self)

        def answered(code: str) -> None:
            clear(self._asks)
            self.drafts.table.setFocus()
            if code == "yes":
                reception = self._place.desk.reception
                self._place.tasks.run(
                    lambda: reception.discard(draft.visit_id, DISCARDED),
                    lambda _: self._after_discard(draft.visit_id),
                    self._failed,
                )

        ask.answered.connect(answered)
        self._asks.addWidget(ask)
        ask.take_focus()

    def _after_discard(self, visit_id: UUID) -> None:
        page = self.visit
        if page is not None and page.state is not None and page.state.visit_id == visit_id:
            self.visit = None  # typed into later it would come back
            self.stack.removeWidget(page)
            page.deleteLater()
        self.drafts.refresh()
        self.refresh_status()

    def _show_printer(self, status: PrinterStatus) -> None:
        simulated = self._place.desk.printer.simulated
        self.status.show_printer(status.name, ready=status.ready, simulated=simulated)
