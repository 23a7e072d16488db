"""The employer directory at the section: looked up as one types, taken over by Enter."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QVBoxLayout
from shiboken6 import isValid

from window_app.domain.employers import Employer
from window_app.services.earlier import record_at
from window_app.ui.fields.line import Line
from window_app.ui.views.visit.aids import AidPanel, AidPlace
from window_app.ui.widgets.texts import ENTER, Button, bind, label, row

TYPING_MS = 120
SHOWN = 8
EXACT = frozenset({"name", "uscc"})
RESPONDENTS = "respondents"


class DirectoryAid:
    """Finds employers offline."""

    sections = frozenset({RESPONDENTS, "applicant"})

    def panel(self, place: AidPlace) -> AidPanel:
        """Return a new panel."""
        return DirectoryPanel(place)


class DirectoryPanel(AidPanel):
    """A key opens the directory; what is typed narrows it; Enter puts the entry into the record."""

    def __init__(self, place: AidPlace) -> None:
        super().__init__()
        self.at = place
        self.found: tuple[Employer, ...] = ()
        self.searched = ""
        self.ask = Button(self.tr("Employer directory  Ctrl+F"))
        self.ask.clicked.connect(self.open)
        bind(self, "Ctrl+F", self.ask)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addLayout(row(self.ask, None))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self.search)

    @cached_property
    def line(self) -> Line:
        """Return where it is typed who is looked for."""
        made = Line()
        made.setPlaceholderText(self.tr("part of the name · pinyin initials · credit code"))
        made.setAccessibleName(self.tr("Look up an employer"))
        made.textEdited.connect(lambda _="": self._timer.start())
        return made

    @cached_property
    def rows(self) -> QListWidget:
        """Return the list of those found."""
        made = QListWidget()
        made.setAccessibleName(self.tr("Employers found"))
        made.itemActivated.connect(lambda _: self._take())
        return made

    @cached_property
    def box(self) -> QFrame:
        """Return what the key opens."""
        made = QFrame()
        made.setProperty("aid", "plain")
        self.note = label("", "secondary", wrap=True)
        inner = QVBoxLayout(made)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.setSpacing(6)
        for part in (self.line, self.rows, self.note):
            inner.addWidget(part)
        made.hide()
        self._lines.addWidget(made)
        return made

    def is_out(self) -> bool:
        """Answer whether the directory stands open."""
        return "box" in self.__dict__ and self.box.isVisible()

    def refresh(self) -> None:
        """Stand there only where an employer is to be named."""
        employer = self.at.section == RESPONDENTS or self.at.draft().facts.get("visitor") == "employer"
        self.setVisible(employer)

    def open(self) -> None:
        """Open the directory with what stands in the record, or close it again."""
        if self.is_out():
            self.close_box()
            return
        _, record = record_at(self.at.draft(), self._place())
        self.box.show()
        self.line.setText(str(record.get("uscc") or record.get("name") or record.get("shop_sign") or ""))
        self.line.setFocus()
        self.line.selectAll()
        self.search()

    def close_box(self) -> None:
        """Close the directory and go back to the record."""
        self.box.hide()
        self.at.show_record(self.at.record())

    def search(self) -> None:
        """Look for what stands in the line now."""
        self._timer.stop()
        text, employers = self.line.text().strip(), self.at.place.desk.employers

        def work() -> tuple[Sequence[Employer], int]:
            state = employers.state()
            return employers.find(text, SHOWN), 0 if state is None else state.entries

        def done(found: tuple[Sequence[Employer], int]) -> None:
            if isValid(self) and text == self.line.text().strip():
                self._show(text, *found)

        self.at.place.tasks.run(work, done, lambda error: self.at.say(self.at.place.texts.message(error)))

    def event(self, event: QEvent) -> bool:
        """Keep Escape for the open directory; elsewhere it leaves the page."""
        if event.type() == QEvent.Type.ShortcutOverride and self.is_out():
            pressed = event.key() if isinstance(event, QKeyEvent) else None
            if pressed == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the line and the list, take by Enter, leave by Escape."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.is_out():
            self.close_box()
        elif key in ENTER and self.is_out():
            self._take()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.is_out() and self.line.hasFocus():
            step = 1 if key == Qt.Key.Key_Down else -1
            self.rows.setCurrentRow(max(0, min(self.rows.count() - 1, self.rows.currentRow() + step)))
        else:
            super().keyPressEvent(event)

    def _place(self) -> str:
        return f"{RESPONDENTS}/{self.at.record()}" if self.at.section == RESPONDENTS else self.at.section

    def _show(self, text: str, found: Sequence[Employer], entries: int) -> None:
        self.searched, self.found = text, tuple(found)
        self.rows.clear()
        for one in found:
            self.rows.addItem("  ·  ".join(part for part in (one.name, one.uscc, one.address) if part))
        self.rows.setVisible(bool(found))
        self.rows.setCurrentRow(0)
        height = self.rows.sizeHintForRow(0) if found else 0
        self.rows.setFixedHeight(height * len(found) + 2 * self.rows.frameWidth() + 4)
        self.note.setText(self._words(text, entries))

    def _words(self, text: str, entries: int) -> str:
        if not entries:
            return self.tr("There is no directory on this machine yet: Settings takes one in from a file.")
        if self.found:
            return self.tr("↑ ↓ choose, Enter takes it over, Esc leaves; {n} employers").format(n=f"{entries:,}")
        return self.tr("Nothing found for “{text}” among {n} employers.").format(text=text, n=f"{entries:,}")

    def _take(self) -> None:
        if self._timer.isActive() or self.searched != self.line.text().strip():
            self.search()
            self.at.place.tasks.run(lambda: None, self._take_chosen)
        else:
            self._take_chosen()

    def _take_chosen(self, _: None = None) -> None:
        at = self.rows.currentRow()
        if not 0 <= at < len(self.found):
            return
        copying, key, place = self.at.place.desk.parties.copying, self.at.matter_key, self._place()
        known = known_of(self.found[at])
        self.at.change(lambda draft: copying.details(draft, key, place, known, EXACT), self.close_box)


def known_of(employer: Employer) -> dict[str, str]:
    """Return an entry of the directory by the fields of a form."""
    said = asdict(employer)
    return {**said, "residence": said.pop("address")}
