"""Setting this machine up: from the enrolment of a centre, or as a hall on its own."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from window_app.domain.enrolment import HallParticulars
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue
from window_app.services.enrolment_pieces import EnrolmentPieces
from window_app.ui.views.start.panels import PANEL, FormPanel
from window_app.ui.widgets.texts import Button, label, polish


class EnrolmentScreen(FormPanel):
    """Setting this station up: file or scanned QR codes, one-time code, the first clerk."""

    def __init__(self, texts: Catalogue, width: int = PANEL) -> None:
        super().__init__(self.tr("Set up this station"), width, self.tr("Set up"))
        self._texts = texts
        self.pieces = EnrolmentPieces()
        browse = Button(self.tr("Browse…"))
        browse.clicked.connect(self._browse)
        self.file = self.add_line("file", self.tr("Enrolment file"), beside=browse)
        self.scan = self.add_line("scan", self.tr("or scan the QR codes here"), latin=True)
        self.scan.setPlaceholderText(self.tr("one after the other, in any order"))
        self.scanned_word = label("", "secondary", wrap=True)
        self.scanned_word.hide()
        self.form.addRow("", self.scanned_word)
        self.add_line("code", self.tr("One-time code"), latin=True)
        self.add_clerk()
        self.setFocusProxy(self.file)

    def content(self) -> bytes | None:
        """Return the enrolment that was scanned, None where a file is named instead.

        Raises:
            WindowAppError: pieces are missing, or they do not make an enrolment.
        """
        return self.pieces.content() if self.pieces.have else None

    def go_on(self, name: str) -> None:
        """Go on; a file needs no scanning, and a scanned piece waits for the next until all are here."""
        if name == "file" and self.file.text().strip():
            self.entries["code"].setFocus()
        elif name == "scan" and self.scan.text().strip():
            self._take_scanned()
        else:
            super().go_on(name)

    def _take_scanned(self) -> None:
        self.show_problem("")
        for text in self.scan.text().split():
            try:
                self.pieces.add(text)
            except WindowAppError as error:
                self.show_problem(self._texts.message(error))
        self.scan.clear()
        self._tell_scanned()
        if self.pieces.complete:
            self.entries["code"].setFocus()

    def _tell_scanned(self) -> None:
        pieces = self.pieces
        self.scanned_word.setVisible(bool(pieces.have))
        if pieces.complete:
            self.scanned_word.setText("✓ " + self.tr("All {n} codes are read.").format(n=pieces.of))
        else:
            text = self.tr("{have} of {all} codes read; still missing: {missing}")
            missing = ", ".join(map(str, pieces.missing))
            self.scanned_word.setText(text.format(have=pieces.have, all=pieces.of, missing=missing))
        polish(self.scanned_word, kind="good" if pieces.complete else "secondary")
        self.scroller.settle(self.scanned_word)

    def _browse(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Enrolment file"), str(Path.home()))
        if name:
            self.file.setText(name)
            self.entries["code"].setFocus()


class HallScreen(FormPanel):
    """Setting up a hall on its own: where it is, what it is called, the first clerk."""

    def __init__(self, width: int = PANEL) -> None:
        super().__init__(self.tr("Set up a hall on its own"), width, self.tr("Set up"))
        text = self.tr(
            "This machine will keep the centre of your hall, with its keys and all cases: back up its data folder."
            " Numbers and papers are real. Other machines can join a centre on a server of your own later."
        )
        self.lines.insertWidget(1, label(text, "secondary", wrap=True))
        self.add_line("district", self.tr("District code, six digits"), latin=True)
        self.add_line("hall", self.tr("Name of the hall"))
        self.add_line("counter", self.tr("Name of this counter"), text=self.tr("Counter 1"))
        self.add_line("phone", self.tr("Telephone for visitors"), latin=True, text="12333")
        self.add_line("address", self.tr("Address of the hall"))
        self.add_clerk()
        self.setFocusProxy(self.entries["district"])

    def particulars(self) -> HallParticulars:
        """Return the hall as it was described."""
        said = {name: text.strip() for name, text in self.values().items()}
        return HallParticulars(said["district"], said["hall"], said["counter"], said["phone"], said["address"])
