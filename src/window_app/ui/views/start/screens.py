"""Starting, welcome, signing in."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from window_app.ui.fields.line import Line
from window_app.ui.views.start.panels import PANEL, Panel
from window_app.ui.widgets.texts import Button, label, row

if TYPE_CHECKING:
    from window_app.domain.stores import StoreDescription


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
    """The first start: a practice hall, this station from its enrolment, or a hall on its own."""

    practice_asked = Signal()
    enrolment_asked = Signal()
    hall_asked = Signal()

    def __init__(self, width: int = PANEL) -> None:
        super().__init__(self.tr("Welcome to the counter desk"), width)
        text = self.tr("Nothing has been set up on this machine yet. How do you want to begin?")
        self.practice = Button(self.tr("1  Practice hall with sample data"), "primary")
        self.practice.clicked.connect(self.practice_asked)
        practice = self.tr("Made-up cases, no password. Every screen and every paper says that it is practice.")
        self.enrolment = Button(self.tr("2  Set up this station from its enrolment"))
        self.enrolment.clicked.connect(self.enrolment_asked)
        real = self.tr(
            "Needs the file or the QR codes from your centre and the one-time code. No connection is needed."
        )
        self.hall = Button(self.tr("3  A hall on its own"))
        self.hall.clicked.connect(self.hall_asked)
        alone = self.tr("For a hall without a centre: this machine keeps the centre itself and gives real numbers.")
        self.buttons = {"1": self.practice, "2": self.enrolment, "3": self.hall}
        self.lines.addWidget(label(text, wrap=True))
        for button, told in ((self.practice, practice), (self.enrolment, real), (self.hall, alone)):
            self.lines.addWidget(button)
            self.lines.addWidget(label(told, "secondary", wrap=True))
        self.lines.addWidget(self.problem)
        self.setFocusProxy(self.practice)

    def show_busy(self, busy: bool) -> None:
        """Show that the practice hall is being made."""
        for button in self.buttons.values():
            button.setDisabled(busy)
        self.practice.setText(
            self.tr("Setting up the practice hall…") if busy else self.tr("1  Practice hall with sample data")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number."""
        button = self.buttons.get(event.text())
        if button is not None and button.isEnabled():
            button.click()
        else:
            super().keyPressEvent(event)


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
        self.password = Line(latin=True)
        self.password.setAccessibleName(self.tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        form.addRow(label(self.tr("Clerk code"), "field-label"), self.clerk)
        form.addRow(label(self.tr("Password"), "field-label"), self.password)
        if locked_for and len(hall.clerks) > 1:
            form.addRow("", label(self.tr("A colleague puts her own code in: Shift+Tab"), "faint", wrap=True))
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
