"""Starting, welcome, setting up from an enrolment file, signing in."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QFrame, QLineEdit, QVBoxLayout, QWidget

from window_app.ui.fields.line import Line
from window_app.ui.widgets.texts import Button, bind, label, row

if TYPE_CHECKING:
    from window_app.domain.stores import StoreDescription

PANEL = 560


class Panel(QWidget):
    """A card in the middle of an empty window."""

    def __init__(self, title: str, width: int) -> None:
        super().__init__()
        self.setObjectName("page")
        self.card = QFrame()
        self.card.setProperty("card", True)
        self.card.setMaximumWidth(width)
        self.card.setMinimumWidth(min(width, 420))
        self.lines = QVBoxLayout(self.card)
        self.lines.setContentsMargins(32, 28, 32, 28)
        self.lines.setSpacing(14)
        self.title = label(title, "page-title", wrap=True)
        self.lines.addWidget(self.title)
        self.problem = label("", "note-error", wrap=True)
        self.problem.hide()
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        middle = row(None, self.card, None)
        middle.setStretch(1, 4)
        outer.addLayout(middle)
        outer.addStretch(2)

    def show_problem(self, text: str) -> None:
        """Say what went wrong and what to do; "" takes it away."""
        self.problem.setText("✕ " + text if text else "")
        self.problem.setVisible(bool(text))


class StartingScreen(Panel):
    """Stands in the first moments, and where the start failed."""

    retry_asked = Signal()

    def __init__(self, width: int = PANEL) -> None:
        super().__init__(self.tr("One-window acceptance"), width)
        self.word = label(self.tr("Starting…"), "secondary", wrap=True)
        self.retry = Button(self.tr("Try again"))
        self.retry.clicked.connect(self.retry_asked)
        self.retry.hide()
        for part in (self.word, self.problem, self.retry):
            self.lines.addWidget(part)

    def show_problem(self, text: str) -> None:
        """Say why the program cannot start, and offer to try again."""
        super().show_problem(text)
        self.word.setVisible(not text)
        self.retry.setVisible(bool(text))
        self.retry.setFocus()


class WelcomeScreen(Panel):
    """The first start: a practice hall, or this counter from its enrolment file."""

    practice_asked = Signal()
    enrolment_asked = Signal()

    def __init__(self, width: int = PANEL) -> None:
        super().__init__(self.tr("Welcome to the counter desk"), width)
        text = self.tr("Nothing has been set up on this machine yet. How do you want to begin?")
        self.practice = Button(self.tr("1  Practice hall with sample data"), "primary")
        self.practice.clicked.connect(self.practice_asked)
        practice = self.tr("Made-up cases, no password. Every screen and every paper says that it is practice.")
        self.enrolment = Button(self.tr("2  Set up this counter from an enrolment file"))
        self.enrolment.clicked.connect(self.enrolment_asked)
        real = self.tr("Needs the file from your centre and its one-time code. No connection is needed.")
        for part in (label(text, wrap=True), self.practice, label(practice, "secondary", wrap=True)):
            self.lines.addWidget(part)
        for part in (self.enrolment, label(real, "secondary", wrap=True), self.problem):
            self.lines.addWidget(part)
        self.setFocusProxy(self.practice)

    def show_busy(self, busy: bool) -> None:
        """Show that the practice hall is being made."""
        self.practice.setDisabled(busy)
        self.enrolment.setDisabled(busy)
        self.practice.setText(
            self.tr("Setting up the practice hall…") if busy else self.tr("1  Practice hall with sample data")
        )

    def keyPressEvent(self, event: object) -> None:
        """Choose by number."""
        text = event.text()  # type: ignore[attr-defined]
        if text == "1" and self.practice.isEnabled():
            self.practice.click()
        elif text == "2" and self.enrolment.isEnabled():
            self.enrolment.click()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]


class EnrolmentScreen(Panel):
    """Setting this counter up: file, one-time code, the first clerk."""

    enrol_asked = Signal(object)
    back_asked = Signal()

    def __init__(self, width: int = PANEL) -> None:
        super().__init__(self.tr("Set up this counter"), width)
        self.file = Line()
        self.code = Line(latin=True)
        self.clerk = Line(latin=True)
        self.name = Line()
        self.password = Line(latin=True)
        self.again = Line(latin=True)
        for secret in (self.password, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        browse = Button(self.tr("Browse…"))
        browse.clicked.connect(self._browse)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        form.addRow(label(self.tr("Enrolment file"), "field-label"), row(self.file, browse))
        named = [
            (self.code, self.tr("One-time code")),
            (self.clerk, self.tr("Your clerk code")),
            (self.name, self.tr("Your name")),
            (self.password, self.tr("Password, at least 8 characters")),
            (self.again, self.tr("Password once more")),
        ]
        self.file.setAccessibleName(self.tr("Enrolment file"))
        for line, name in named:
            line.setAccessibleName(name)
            form.addRow(label(name, "field-label"), line)
        self.lines.addLayout(form)
        self.lines.addWidget(self.problem)
        self.enrol = Button(self.tr("Set up  Ctrl+Enter"), "primary")
        bind(self, "Ctrl+Return", self.enrol)
        self.enrol.clicked.connect(self._ask)
        back = Button(self.tr("Back  Esc"))
        bind(self, "Esc", back)
        back.clicked.connect(self.back_asked)
        self.lines.addLayout(row(back, None, self.enrol))
        self.order = [self.file, self.code, self.clerk, self.name, self.password, self.again]
        for line, following in pairwise(self.order):
            line.returnPressed.connect(following.setFocus)
        self.again.returnPressed.connect(self._ask)
        self.setFocusProxy(self.file)

    def show_busy(self, busy: bool) -> None:
        """Show that the machine is being set up."""
        self.enrol.setDisabled(busy)

    def values(self) -> dict[str, str]:
        """Return what was typed."""
        names = ("file", "code", "clerk", "name", "password")
        return {name: line.text() for name, line in zip(names, self.order, strict=False)}

    def _ask(self) -> None:
        if self.password.text() != self.again.text():
            self.show_problem(self.tr("The two passwords differ. Type the password once more."))
            self.again.setFocus()
            return
        self.show_problem("")
        self.enrol_asked.emit(self.values())

    def _browse(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Enrolment file"), str(Path.home()))
        if name:
            self.file.setText(name)
            self.code.setFocus()


class SignInScreen(Panel):
    """Who sits at the counter; also the lock of a desk at work."""

    sign_in_asked = Signal(str, str)

    def __init__(self, hall: "StoreDescription", *, locked_for: str = "", width: int = PANEL) -> None:
        super().__init__(self.tr("Locked") if locked_for else self.tr("Sign in"), width)
        self.hall = hall
        place = " · ".join(str(hall.station[name]) for name in ("hall", "name") if hall.station.get(name))
        self.lines.addWidget(label(place, "secondary", wrap=True))
        if hall.practice:
            self.lines.addLayout(row(label(self.tr("Practice"), "practice"), None))
        self.clerk = Line(latin=True)
        self.clerk.setAccessibleName(self.tr("Clerk code"))
        self.clerk.setText(locked_for or (hall.clerks[0].code if len(hall.clerks) == 1 else ""))
        self.clerk.setReadOnly(bool(locked_for))
        self.password = Line(latin=True)
        self.password.setAccessibleName(self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        form.addRow(label(self.tr("Clerk code"), "field-label"), self.clerk)
        form.addRow(label(self.tr("Password"), "field-label"), self.password)
        self.fields = QWidget()
        self.fields.setLayout(form)
        self.fields.setVisible(not hall.practice)
        self.enter = Button(self.tr("Go on  Enter") if hall.practice else self.tr("Sign in  Enter"), "primary")
        self.enter.clicked.connect(self._ask)
        self.clerk.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._ask)
        for part in (self.fields, self.problem):
            self.lines.addWidget(part)
        self.lines.addLayout(row(None, self.enter))

    def take_focus(self) -> None:
        """Put the focus where the next thing is typed."""
        if self.hall.practice:
            self.enter.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (self.password if self.clerk.text() else self.clerk).setFocus()

    def show_busy(self, busy: bool) -> None:
        """Show that the store is being opened."""
        self.enter.setDisabled(busy)

    def show_problem(self, text: str) -> None:
        """Say why nobody was let in; the password is typed anew."""
        super().show_problem(text)
        self.show_busy(False)
        if text:
            self.password.clear()
            self.take_focus()

    def _ask(self) -> None:
        if self.enter.isEnabled():
            self.show_problem("")
            self.show_busy(True)
            self.sign_in_asked.emit(self.clerk.text().strip(), self.password.text())
