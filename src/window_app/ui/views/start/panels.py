"""What the screens before the desk are made of: a card in the middle, and a form in it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLayout, QLineEdit, QVBoxLayout, QWidget

from window_app.ui.fields.line import Line
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.texts import Button, bind, label, row

PANEL = 560


class Panel(QWidget):
    """A card in the middle of an empty window; it scrolls where the text is too large for the window."""

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
        body = QWidget()
        body.setObjectName("pageBody")
        inner = QVBoxLayout(body)
        inner.addStretch(1)
        middle = row(None, self.card, None)
        middle.setStretch(1, 4)
        inner.addLayout(middle)
        inner.addStretch(2)
        self.scroller = GrowingArea(body)
        # The window hears of its first picture by its own paint event, which Qt leaves out where children cover it.
        self.scroller.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.scroller)

    def show_problem(self, text: str) -> None:
        """Say what went wrong and what to do; "" takes it away."""
        self.problem.setText("✕ " + text if text else "")
        self.problem.setVisible(bool(text))
        self.scroller.settle(self.problem)
        if text:
            self.scroller.ensureWidgetVisible(self.problem)


class FormPanel(Panel):
    """A card with lines to fill in: Enter goes on, Ctrl+Enter does it, Esc goes back.

    Signals:
        done: everything was filled in and the two passwords agree.
    """

    done = Signal()
    back_asked = Signal()

    def __init__(self, title: str, width: int, go: str) -> None:
        """Take the title and what the button does, without its key."""
        super().__init__(title, width)
        self.entries: dict[str, Line] = {}
        self.form = QFormLayout()
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setHorizontalSpacing(14)
        self.form.setVerticalSpacing(10)
        self.lines.addLayout(self.form)
        self.lines.addWidget(self.problem)
        self._go = f"{go}  Ctrl+Enter"
        self.go = Button(self._go, "primary")
        bind(self, "Ctrl+Return", self.go)
        self.go.clicked.connect(self._ask)
        back = Button(self.tr("Back  Esc"))
        bind(self, "Esc", back)
        back.clicked.connect(self.back_asked)
        self.lines.addLayout(row(back, None, self.go))

    def add_line(
        self, name: str, title: str, *, latin: bool = False, text: str = "", beside: QWidget | None = None
    ) -> Line:
        """Add a line under a name; `beside` is a button at its end."""
        line = Line(latin=latin)
        line.setText(text)
        line.setAccessibleName(title)
        line.entered.connect(lambda: self.scroller.ensureWidgetVisible(line))
        line.returnPressed.connect(lambda: self.go_on(name))
        self.entries[name] = line
        held: QLayout | QWidget = line if beside is None else row(line, beside)
        if isinstance(held, QLayout):
            self.form.addRow(label(title, "field-label"), held)
        else:
            self.form.addRow(label(title, "field-label"), line)
        return line

    def add_clerk(self) -> None:
        """Add who the first clerk is, and her password twice."""
        self.add_line("clerk", self.tr("Your clerk code"), latin=True)
        self.add_line("name", self.tr("Your name"))
        for name, title in (
            ("password", self.tr("Password, at least 8 characters")),
            ("again", self.tr("Password once more")),
        ):
            self.add_line(name, title, latin=True).setEchoMode(QLineEdit.EchoMode.Password)

    def values(self) -> dict[str, str]:
        """Return what was typed."""
        return {name: line.text() for name, line in self.entries.items()}

    def show_busy(self, busy: bool, text: str = "") -> None:
        """Show that it is being done, and what on its button."""
        self.go.setDisabled(busy)
        self.go.setText(text if busy and text else self._go)

    def show_problem(self, text: str) -> None:
        """Say what went wrong; it can be tried again."""
        super().show_problem(text)
        self.show_busy(False)

    def go_on(self, name: str) -> None:
        """Go on from a line to the next, from the last one to what the form is for."""
        names = list(self.entries)
        at = names.index(name) + 1
        if at < len(names):
            self.entries[names[at]].setFocus()
        else:
            self._ask()

    def _ask(self) -> None:
        if not self.go.isEnabled():
            return
        if self.entries["password"].text() != self.entries["again"].text():
            self.show_problem(self.tr("The two passwords differ. Type the password once more."))
            self.entries["again"].setFocus()
            return
        self.show_problem("")
        self.done.emit()
