"""The desk at work: rail, screens, status bar, and the keys that hold everywhere."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from window_app.domain.line import LineStatus
from window_app.domain.ports import PrinterStatus
from window_app.settings import Settings
from window_app.ui import desk_screens
from window_app.ui.desk_screens import Screen
from window_app.ui.line_watch import LineWatch
from window_app.ui.register_screens import RegisterScreens
from window_app.ui.shell_keys import ShellKeys
from window_app.ui.views.administration.settings_page import SettingsPage
from window_app.ui.views.case.case_page import CasePage
from window_app.ui.views.closing.closing_screen import ClosingScreen
from window_app.ui.views.law.law_page import LawPage
from window_app.ui.views.lists.line_words import LineWords
from window_app.ui.views.lists.list_screen import ListScreen
from window_app.ui.views.lists.screens import FindScreen
from window_app.ui.views.lists.unsent_screen import UnsentScreen
from window_app.ui.views.office.queue_screen import QueueScreen
from window_app.ui.views.reception.home import ReceptionHome
from window_app.ui.views.visit.visit_page import VisitPage
from window_app.ui.visiting import Visiting
from window_app.ui.widgets.demo_bar import DemoBar
from window_app.ui.widgets.rail import Rail
from window_app.ui.widgets.status_bar import StatusBar
from window_app.ui.widgets.texts import label
from window_app.ui.workplace import Workplace

REFRESH_MS = 30_000
OFFICE = "office"


class DeskShell(QWidget):
    """Leads from screen to screen.

    Signals:
        lock_asked: the clerk leaves the counter.
        settings_applied: new settings are to be put on.
    """

    lock_asked = Signal()
    settings_applied = Signal(object)

    home = Screen(desk_screens.make_home)
    queue = Screen(desk_screens.make_queue)
    drafts = Screen(desk_screens.make_drafts)
    finder = Screen(desk_screens.make_finder)
    cases = Screen(desk_screens.make_cases)
    conflicts = Screen(desk_screens.make_conflicts)
    unsent = Screen(desk_screens.make_unsent)
    due = Screen(desk_screens.make_due)
    outage = Screen(desk_screens.make_outage)
    closing = Screen(desk_screens.make_closing)
    case = Screen(desk_screens.make_case)
    law = Screen(desk_screens.make_law)
    administration = Screen(desk_screens.make_administration)

    def __init__(self, place: Workplace, settings: Settings, directory: Path) -> None:
        super().__init__()
        self.place = place
        self.settings = settings
        self.directory = directory
        self.is_office = place.desk.station.kind == OFFICE
        self.first_screen = "queue" if self.is_office else "reception"
        self.before = self.first_screen
        self.current = ""
        self.rail = Rail(place.theme)
        self.status = StatusBar(place.theme, office=self.is_office)
        self.stack = QStackedWidget()
        self.stack.setObjectName("stack")
        self.stack.setMinimumHeight(1)  # else the highest of all screens leaves no room to a panel above
        self.word = label("", "note-error", wrap=True)
        self.word.hide()
        self.clock_word = label("", "note-caution", wrap=True)
        self.clock_word.hide()
        self.demo = DemoBar(place.tasks, place.texts)
        self.asks = QVBoxLayout()
        self.asks.setContentsMargins(18, 0, 18, 0)
        self.visits = Visiting(self, place)
        self.line = LineWatch(place, self)
        self._line_words = LineWords(place.texts, place.desk.clock, office=self.is_office)
        self.line.changed.connect(self._line_changed)
        self.register = RegisterScreens(self, place)
        self.screens = self._ways()
        self._lay_out()
        self.keys = ShellKeys(self)
        self._make_timers(settings)

    # -- what the window asks of the shell

    @property
    def visit(self) -> VisitPage | None:
        """Return the page of the visit, None where none is open."""
        return self.visits.page

    def start(self, resume: UUID | None = None) -> None:
        """Show the first screen, or the visit that was open before the lock."""
        station, session = self.place.desk.station, self.place.desk.session
        self.status.show_place([station.hall, station.name, session.name or session.clerk], practice=station.practice)
        self.show_screen(self.first_screen)
        self.refresh_status()
        self.line.start()
        self._timer.start()
        self._idle.start()
        self._watch_idle(True)
        if resume is not None:
            self.home.put_off(resume)
            self.visits.resume(resume)

    def put_away(self) -> None:
        """Write everything through before the desk is closed."""
        self.line.stop()
        self._timer.stop()
        self._idle.stop()
        self._watch_idle(False)
        self.register.put_away()
        self.flush()

    def flush(self) -> None:
        """Hand over what was typed on the page of the visit."""
        self.visits.flush()

    def keep(self) -> None:
        """Store the visit on the page; runs where the store lives.

        Raises:
            WindowAppError: the store does not take it; the page must stay.
        """
        self.visits.keep()

    def unsaved(self) -> bool:
        """Answer whether something of the visit on the page would be lost with the page."""
        return self.visits.unsaved()

    @property
    def clerk(self) -> str:
        """Return the code of the clerk at work."""
        return self.place.desk.session.clerk

    def open_visit(self) -> UUID | None:
        """Return the visit on the page that is not finished, None where there is none."""
        return self.visits.open_visit()

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
        if name == "reception" and self.visits.working():
            name = "visit"
        if name != "case":
            self.before = name
        self.current = name
        screen = self.visit if name == "visit" and self.visit is not None else self.screens[name]()
        self.stack.setCurrentWidget(screen)
        self.rail.show_current("reception" if name == "visit" else name)
        self._enter(screen)

    def show_case(self, number: str) -> None:
        """Show a case."""
        self.case.number = ""
        self.case.show_number(number)
        self.show_screen("case")

    def keep_awake(self) -> None:
        """Begin the idle time anew: something goes on that nobody presses a key for."""
        self._idle.start()

    def show_law(self, law: str, article: str) -> None:
        """Show an article in the law library; Escape leads back to where it was asked for."""
        self.show_screen("law")
        self.law.show_article(law, article)

    def stored(self) -> None:
        """Count anew what the store holds, and send at once what is new in it."""
        self.refresh_status()
        self.line.nudge()

    def refresh_status(self) -> None:
        """Ask for the counts and the printer again."""
        desk, tasks = self.place.desk, self.place.tasks
        tracking = desk.tracking
        tasks.run(
            lambda: (tracking.count_unsent(), tracking.count_set_apart(new=True)),
            lambda found: self.status.show_unsent(*found),
        )
        tasks.run(lambda: len(desk.corrections.disputed()), self.status.show_conflicts)
        tasks.run(desk.due.count, self._show_due)
        if not self.is_office:
            tasks.run(
                lambda: len(desk.reception.drafts()), lambda n: self.rail.set_count("drafts", self.tr("Put aside"), n)
            )
        tasks.run_free(desk.printer.status, self._show_printer)
        self._show_line(self.line.status)

    def _ways(self) -> dict[str, Callable[[], QWidget]]:
        """Return how this kind of station gets to its screens, by their names."""
        own: dict[str, Callable[[], QWidget]] = (
            {"queue": lambda: self.queue}
            if self.is_office
            else {
                "reception": lambda: self.home,
                "drafts": lambda: self.drafts,
                "outage": lambda: self.outage,
                "closing": lambda: self.closing,
            }
        )
        return {
            **own,
            "due": lambda: self.due,
            **self.register.ways(),
            "find": lambda: self.finder,
            "cases": lambda: self.cases,
            "conflicts": lambda: self.conflicts,
            "unsent": lambda: self.unsent,
            "case": lambda: self.case,
            "law": lambda: self.law,
            "administration": lambda: self.administration,
        }

    def _lay_out(self) -> None:
        own = (
            [("queue", self.tr("Queue"))]
            if self.is_office
            else [("reception", self.tr("Reception")), ("drafts", self.tr("Put aside"))]
        )
        shared = [
            ("due", self.tr("Due")),
            ("find", self.tr("Find")),
            ("cases", self.tr("Cases")),
            ("law", self.tr("Law")),
            ("administration", self.tr("Settings")),
        ]
        if not self.is_office:
            shared.insert(-1, ("closing", self.tr("Closing")))
        for name, title in own + shared:
            self.rail.add(name, title)
        self.rail.chosen.connect(self.show_screen)
        self.status.unsent_asked.connect(lambda: self.show_screen("unsent"))
        self.status.conflicts_asked.connect(lambda: self.show_screen("conflicts"))
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.demo)
        middle.addWidget(self.word)
        middle.addWidget(self.clock_word)
        middle.addLayout(self.asks)
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

    def _make_timers(self, settings: Settings) -> None:
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh_status)
        self._timer.timeout.connect(self._prepare_day)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(settings.idle_lock_minutes * 60_000)
        self._idle.timeout.connect(self.lock_asked)

    def _enter(self, screen: QWidget) -> None:
        if self.register.enter(screen):
            return
        if isinstance(screen, FindScreen):
            screen.take_focus()
        elif isinstance(screen, ListScreen):
            screen.refresh()
            screen.table.setFocus()
        elif isinstance(screen, ReceptionHome | ClosingScreen):
            screen.refresh()
            screen.take_focus()
        elif isinstance(screen, LawPage):
            screen.take_focus()
        elif isinstance(screen, SettingsPage):
            screen.setFocus()

    # -- the line and the printer

    def _line_changed(self) -> None:
        self.refresh_status()
        screen = self.stack.currentWidget()
        if isinstance(screen, UnsentScreen | QueueScreen):
            screen.refresh()
        elif isinstance(screen, CasePage):
            screen.look_again()

    def _show_due(self, counts: tuple[int, int]) -> None:
        """Show how much is due: on the rail, and on the first page what is so today."""
        count, today = counts
        self.rail.set_count("due", self.tr("Due"), count)
        if not self.is_office:
            self.home.show_due(count, today)

    def _prepare_day(self) -> None:
        """Make the next day's first questions ready before a desk left open passes midnight."""
        self.place.tasks.run_free(self.place.desk.interview.prepare)

    def _show_line(self, status: LineStatus) -> None:
        self.status.show_line(*self._line_words.bar(status))
        banner = self._line_words.clock_banner(status)
        self.clock_word.setText(banner)
        self.clock_word.setVisible(bool(banner))

    def _show_printer(self, status: PrinterStatus) -> None:
        simulated = self.place.desk.printer.simulated
        known = status.detail.startswith("printer.")
        problem = self.place.texts.text(f"ui.{status.detail}") if known and not status.ready else ""
        self.status.show_printer(status.name, ready=status.ready, simulated=simulated, problem=problem)
