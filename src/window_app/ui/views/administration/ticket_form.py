"""What queue tickets are printed by, for which businesses, and what else stands on them."""

import re

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget
from shiboken6 import isValid

from window_app.domain.ports import PrinterStatus
from window_app.settings import MOST_BUSINESSES, TICKET_CHARACTERS, TICKET_DRIVERS, Settings
from window_app.ui.fields.line import Line
from window_app.ui.widgets.texts import label, polish
from window_app.ui.workplace import Workplace

FAILED = "✕ "
_BUSINESS = re.compile(r"\s*([A-Za-z])[\s:：.、-]*(\S.*?)\s*")
_BETWEEN = re.compile(r"[;；\n]+")


class TicketForm(QWidget):
    """Four fields and a line of what the printer says."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.driver, self.characters = QComboBox(), QComboBox()
        self.target, self.businesses, self.note = Line(latin=True), Line(), Line()
        self.said = label("", "secondary", wrap=True)
        shown = {
            "off": self.tr("None: the hall gives numbers out by other means"),
            "simulated": self.tr("Simulated: files in a folder"),
            "cups": self.tr("Queue of this system (CUPS, raw)"),
            "network": self.tr("Network port"),
            "device": self.tr("Device file"),
            "windows": self.tr("Printer of Windows (raw)"),
        }
        for code in TICKET_DRIVERS:
            self.driver.addItem(shown[code], code)
        ways = {
            "printer": self.tr("its own Chinese characters; rare ones as pictures"),
            "dots": self.tr("everything as a picture"),
        }
        for code in TICKET_CHARACTERS:
            self.characters.addItem(ways[code], code)
        self.driver.activated.connect(lambda _: self._hint())
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for name, widget in (
            (self.tr("Ticket printer"), self.driver),
            (self.tr("Where it is"), self.target),
            (self.tr("Text on it"), self.characters),
            (self.tr("Businesses"), self.businesses),
            (self.tr("Note on the ticket"), self.note),
        ):
            widget.setAccessibleName(name)
            widget.setMaximumWidth(640)
            form.addRow(label(name, "field-label"), widget)
        self.businesses.setPlaceholderText(self.tr("A Labour disputes; B Employment"))
        form.addRow("", self.said)

    def show_settings(self, chosen: Settings) -> None:
        """Show what holds."""
        self.driver.setCurrentIndex(max(0, self.driver.findData(chosen.ticket_driver)))
        self.characters.setCurrentIndex(max(0, self.characters.findData(chosen.ticket_characters)))
        self.target.setText(chosen.ticket_target)
        self.businesses.setText("；".join(f"{code} {name}" for code, name in chosen.ticket_businesses.items()))
        self.note.setText(chosen.ticket_note)
        self._hint()

    def with_entered(self, chosen: Settings) -> Settings:
        """Return the settings with what stands here."""
        return chosen.with_(
            ticket_driver=self.driver.currentData(),
            ticket_characters=self.characters.currentData(),
            ticket_target=self.target.text().strip()[:200],
            ticket_businesses=self._businesses() or dict(chosen.ticket_businesses),
            ticket_note=self.note.text().strip()[:200],
        )

    def problem(self) -> str:
        """Return what is wrong with the businesses, "" where nothing is."""
        if self._businesses():
            return ""
        text = self.tr("Write each business as a letter and its name, separated by semicolons; {most} at most.")
        return text.format(most=MOST_BUSINESSES)

    def ask(self, chosen: Settings) -> None:
        """Ask the ticket printer how it stands."""
        setup = self._place.desk.printing
        self._place.tasks.run_free(lambda: setup.ask_tickets(chosen), self._tell)

    def say(self, text: str) -> None:
        """Say something below the fields."""
        self.said.setText(text)
        polish(self.said, kind="note-error" if text.startswith(FAILED) else "secondary")

    def _businesses(self) -> dict[str, str]:
        parts = [part for part in _BETWEEN.split(self.businesses.text()) if part.strip()]
        found = [match for part in parts if (match := _BUSINESS.fullmatch(part))]
        made = {match[1].upper(): match[2][:60] for match in found}
        return made if len(made) == len(parts) and len(made) <= MOST_BUSINESSES else {}

    def _tell(self, status: PrinterStatus | None) -> None:
        if not isValid(self):
            return
        if status is None:
            self.say(self.tr("No numbers are given out here."))
            return
        texts, name = self._place.texts, status.name or "–"
        if status.detail == "printer.simulated":
            self.say(self.tr("Simulated: nothing is printed, the bytes of each ticket are laid in the folder."))
        elif status.detail:
            self.say(("" if status.ready else FAILED) + texts.text(status.detail, printer=name, seconds=0))
        else:
            notes = [texts.text(note, printer=name) for note in status.notes]
            self.say("\n".join([self.tr("✓ {printer} is ready.").format(printer=name), *notes]))

    def _hint(self) -> None:
        hints = {
            "cups": self.tr("name of a raw queue"),
            "network": self.tr("address:port, such as 10.0.0.5:9100"),
            "device": self.tr("such as /dev/usb/lp0"),
            "windows": self.tr("name of the printer; empty: the default one"),
        }
        code = str(self.driver.currentData())
        self.target.setPlaceholderText(hints.get(code, ""))
        self.target.setEnabled(code in hints)
        self.characters.setEnabled(code != "off")
