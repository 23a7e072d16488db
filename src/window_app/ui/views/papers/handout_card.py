"""Pages that are no paper of the list: an application to be signed, a holder's set, a closing sheet.

They are looked at, printed and saved by the keys of a paper's card; what that means for the papers
in them is the services' business.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from window_app.errors import WindowAppError
from window_app.services.handouts import Handout
from window_app.ui.views.papers.paper_actions import papers_folder, write_pages
from window_app.ui.views.papers.paper_cards import FAILED
from window_app.ui.widgets.attachment_preview import AttachmentPreview
from window_app.ui.widgets.flow import flowing
from window_app.ui.widgets.texts import Button, bind_here, label, polish
from window_app.ui.workplace import Workplace

Over = Callable[[], AttachmentPreview]


@dataclass(frozen=True, slots=True)
class HandoutView:
    """What a card offers.

    Attributes:
        choices: codes, each with its text and what it holds, the first nine taken by the number keys; empty where
            there is but one.
        make: makes the pages of a choice for printing or saving; runs where the store lives, as `look` does.
    """

    title: str
    told: str
    choices: Sequence[tuple[str, str, str]]
    make: Callable[[str], Handout]
    look: Callable[[str], bytes]


class HandoutCard(QFrame):
    """Looks, prints, saves. Escape closes it where it can be closed.

    Signals:
        closed: the focus can go back.
        changed: papers in it were noted as sent.
    """

    closed = Signal()
    changed = Signal()

    def __init__(self, place: Workplace, view: HandoutView, over: Over, *, stays: bool = False) -> None:
        """Take what it offers, and what gives the preview that lies over the page around."""
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(view.title)
        self._place = place
        self._view = view
        self._chosen = view.choices[0][0] if view.choices else ""
        self._held = {code: told for code, _, told in view.choices}
        self.choices = {code: self._choice(at, code, text) for at, (code, text, _) in enumerate(view.choices, start=1)}
        self.told = label(self._held.get(self._chosen, view.told), "secondary", wrap=True)
        self.print_button = self._button(self.tr("Print  F6"), self.print, "primary")
        self.look_button = self._button(self.tr("Look at it  Alt+V"), self.look)
        self.save_button = self._button(self.tr("Save a copy  Ctrl+S"), self.save)
        self.close_button = self._button(self.tr("Close  Esc"), self.closed.emit)
        self.note = label("", "secondary", wrap=True)
        self.note.hide()
        self._over = over
        self._working = False
        self._lay_out()
        if stays:
            self.close_button.hide()
        bind_here(self, "Alt+V", self.look)

    def take_focus(self) -> None:
        """Put the focus on the first choice, on printing where there is none."""
        (self.choices[self._chosen] if self.choices else self.print_button).setFocus()

    def stops(self) -> tuple[Button, ...]:
        """Return the buttons in the order of the Tab key."""
        return (*self.choices.values(), self.print_button, self.look_button, self.save_button, self.close_button)

    def choose(self, code: str) -> None:
        """Take another set."""
        self._chosen = code
        for known, button in self.choices.items():
            button.setChecked(known == code)
        self.told.setText(self._held[code])
        self.choices[code].setFocus()

    def look(self) -> None:
        """Show the pages over the page around."""
        chosen, pictures = self._chosen, self._place.desk.paper_pictures

        def show(pdf: bytes) -> None:
            shown = [self._view.title, *(text for code, text, _ in self._view.choices if code == chosen)]
            self._over().show_pages(" · ".join(shown), pictures.pages(pdf), partial(pictures.page, pdf))

        self._place.tasks.run(lambda: self._view.look(chosen), show, self._failed)

    def print(self) -> None:
        """Note what is in it as sent, then send it; a slow printer holds nothing up."""
        handouts, tasks, chosen = self._place.desk.handouts, self._place.tasks, self._chosen
        simulated, failed = self._place.desk.printer.simulated, self._failed
        if not self._begin():
            return

        def prepare() -> Handout:
            made = self._view.make(chosen)
            handouts.note_sent(made)
            return made

        def sent(job: str) -> None:
            text = self.tr("Simulated printer: {job}") if simulated else self.tr("Sent to the printer: {job}")
            self._end(text.format(job=job))
            self.changed.emit()

        def send(made: Handout) -> None:
            def refused(error: WindowAppError) -> None:
                tasks.run(lambda: handouts.not_sent(made, error), lambda _: failed(error), failed)

            tasks.run_free(lambda: handouts.send(made), sent, refused)

        tasks.run(prepare, send, failed)

    def save(self) -> None:
        """Write a copy into the folder for papers."""
        tasks, chosen = self._place.tasks, self._chosen
        folder, failed = self._place.folder or papers_folder(), self._failed
        if not self._begin():
            return

        def saved(path: Path) -> None:
            self._end(self.tr("Saved: {path}").format(path=path))
            self.changed.emit()

        def write(made: Handout) -> None:
            tasks.run_free(lambda: write_pages(folder, made.name, made.pdf), saved, failed)

        tasks.run(lambda: self._view.make(chosen), write, failed)

    def say(self, text: str) -> None:
        """Say below the buttons what became of it."""
        self.note.setText(text)
        polish(self.note, kind="note-error" if text.startswith(FAILED) else "secondary")
        self.note.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by the number on a button; close on Escape."""
        codes = list(self.choices)
        number = event.text()
        if number.isdecimal() and 0 < int(number) <= len(codes):
            self.choose(codes[int(number) - 1])
        elif event.key() == Qt.Key.Key_Escape and not self.close_button.isHidden():
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys lead from choice to choice."""
        keys = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in keys:
            codes = list(self.choices)
            at = codes.index(self._chosen) + keys[Qt.Key(event.key())]
            if 0 <= at < len(codes):
                self.choose(codes[at])
            return True
        return super().eventFilter(watched, event)

    # -- inside

    def _begin(self) -> bool:
        """Begin one piece of work at a time; a button that was greyed instead would pass the focus on."""
        if self._working:
            return False
        self._working = True
        self.say(self._place.texts.text("ui.paper.sending"))
        return True

    def _end(self, text: str) -> None:
        self._working = False
        self.say(text)

    def _failed(self, error: WindowAppError) -> None:
        self._end(FAILED + self._place.texts.message(error))

    def _button(self, text: str, action: Callable[[], object], kind: str = "") -> Button:
        button = Button(text, kind)
        button.clicked.connect(lambda _=False: action())
        return button

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 14, 18, 14)
        lines.setSpacing(8)
        lines.addWidget(label(self._view.title, "step-title", wrap=True))
        if self.choices:
            lines.addWidget(flowing(*self.choices.values()))
        lines.addWidget(self.told)
        self.told.setHidden(not self.told.text())
        lines.addWidget(flowing(self.print_button, self.look_button, self.save_button, self.close_button))
        lines.addWidget(self.note)

    def _choice(self, number: int, code: str, text: str) -> Button:
        button = self._button(f"{number}  {text}" if number < 10 else text, partial(self.choose, code))
        button.setCheckable(True)
        button.setChecked(code == self._chosen)
        button.installEventFilter(self)
        return button
