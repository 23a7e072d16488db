"""The keys that hold everywhere at a desk, and what they do on the screen that is on show."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from window_app.ui.views.due.due_screen import DueScreen
from window_app.ui.views.due.outage_screen import OutageScreen
from window_app.ui.views.law.law_page import LawPage
from window_app.ui.views.reception.ticket_card import TicketCard
from window_app.ui.widgets.passing_note import PassingNote

if TYPE_CHECKING:
    from window_app.ui.shell import DeskShell

NOTE_MS = 8000


class ShellKeys(QObject):
    """Binds keys to the shell; each does what the screen on show offers."""

    def __init__(self, shell: "DeskShell") -> None:
        super().__init__(shell)
        self._shell = shell
        self._bind_keys()
        self._note = PassingNote(shell)
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(NOTE_MS)
        self._passing.timeout.connect(lambda: self._note.say(""))
        if not shell.is_office:
            shell.home.tickets.told.connect(self._tell)

    def begin(self) -> None:
        """Begin a visit; at an office show its queue."""
        if self._shell.is_office:
            self._shell.show_screen("queue")
        else:
            self._shell.visits.begin()

    def begin_outage(self) -> None:
        """Begin a visit that is typed in from an outage form."""
        if not self._shell.is_office:
            self._shell.visits.begin_outage()

    def close_day(self) -> None:
        """Show what the day came to; an office has no such day."""
        if not self._shell.is_office:
            self._shell.show_screen("closing")

    def put_aside(self) -> None:
        """Put the visit on the page aside."""
        if self._shell.current == "visit" and self._shell.visit is not None:
            self._shell.visit.put_aside()

    def receive(self) -> None:
        """Do what the screen on show does at F5: take in, take over, send, settle."""
        if self._shell.current == "visit" and self._shell.visit is not None:
            self._shell.visit.receive()
        elif self._shell.current == "case":
            self._shell.case.acknowledge()
        elif self._shell.current == "unsent":
            self._shell.line.nudge()
        elif self._shell.current == "due":
            self._shell.due.press_settle()

    def print(self) -> None:
        """Print what the screen on show prints."""
        if self._shell.current == "visit" and self._shell.visit is not None:
            self._shell.visit.print_paper()
        elif self._shell.current == "case":
            self._shell.case.print_paper()
        elif self._shell.current == "law":
            self._shell.law.print_paper()
        elif self._shell.current == "outage":
            self._shell.outage.print_again()
        elif self._shell.current == "closing":
            self._shell.closing.print_paper()
        elif self._shell.current == "reception" and (card := self._shell.home.papers.current()) is not None:
            card.print_button.click()

    def queue(self, step: Callable[[TicketCard], None]) -> None:
        """Take a step with the queue of this counter, and show what came of it; a visit at work stays on show."""
        if self._shell.is_office or not self._shell.home.tickets.offered:
            return
        if self._shell.current != "reception":
            self._shell.show_screen("reception")
        step(self._shell.home.tickets)

    def _tell(self, text: str) -> None:
        """Say over the page what became of the queue, where its own page is not on show."""
        if self._shell.current != "reception":
            self._note.say(text)
            self._passing.start()

    def escape(self) -> None:
        """Leave what lies on top: a panel, a page, the screen."""
        page = self._shell.visit
        if self._shell.current == "visit" and page is not None and (self._shell.visits.escape() or page.escape()):
            return
        screen = self._shell.stack.currentWidget()
        if isinstance(screen, LawPage | DueScreen | OutageScreen) and screen.escape():
            return
        if self._shell.current == "drafts" and self._shell.drafts.escape():
            return
        if self._shell.register.escape(self._shell.current):
            return
        if self._shell.current == "case":
            if not self._shell.case.escape():
                self._shell.show_screen(self._shell.before)
        elif self._shell.visit is not None:
            self._shell.show_screen("visit")
        else:
            self._shell.show_screen(self._shell.first_screen)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "F2": self.begin,
            "Shift+F2": self.begin_outage,
            "F3": lambda: self._shell.show_screen("find"),
            "F4": self.put_aside,
            "F5": self.receive,
            "F6": self.print,
            "Ctrl+L": lambda: self._shell.show_screen("unsent"),
            "Ctrl+J": lambda: self._shell.show_screen("conflicts"),
            "F7": lambda: self._shell.show_screen("law"),
            "F11": self._shell.demo.turn,
            "Shift+F12": self.close_day,
            "F12": self._shell.lock_asked.emit,
            "F9": lambda: self.queue(TicketCard.call),
            "F10": lambda: self.queue(TicketCard.recall),
            "Shift+F9": lambda: self.queue(TicketCard.draw),
            "Shift+F10": lambda: self.queue(TicketCard.again),
            "Esc": self.escape,
        }
        for key, action in keys.items():
            shortcut = QShortcut(QKeySequence(key), self._shell)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(action)
