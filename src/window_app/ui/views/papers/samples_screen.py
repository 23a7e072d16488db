"""For whoever writes papers, and for whoever doubts one: papers with made-up values, and whether a paper is ours."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from window_app.domain.papers import Verdict, Verification
from window_app.errors import WindowAppError
from window_app.ui.fields.line import Line
from window_app.ui.widgets.attachment_preview import AttachmentPreview
from window_app.ui.widgets.texts import Button, bind_here, label, polish, row
from window_app.ui.workplace import Workplace

GOOD = (Verdict.AUTHENTIC, Verdict.AUTHENTIC_UNKNOWN)


class SamplesScreen(QWidget):
    """Above the line that a scanner types into, below the list of papers.

    Signals:
        closed: the clerk leaves the screen.
    """

    closed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("page")
        self._place = place
        self.scanned = Line(latin=True)
        self.scanned.setPlaceholderText(self.tr("scan the QR code of the paper, or paste its text"))
        self.scanned.setAccessibleName(self.tr("Text of the QR code"))
        self.scanned.returnPressed.connect(self.check_text)
        self.file = Button(self.tr("Check a PDF file  Alt+F"))
        self.file.clicked.connect(self.choose_file)
        self.answer = label("", "note-good", wrap=True)
        self.answer.hide()
        self.kinds = QListWidget()
        self.kinds.setAccessibleName(self.tr("Papers with made-up values"))
        self.kinds.itemActivated.connect(lambda _: self.look())
        self.longest = QCheckBox(self.tr("Names, lists and texts as long as they come  Alt+L"))
        self.looked = Button(self.tr("Look at it  Enter"), "primary")
        self.looked.clicked.connect(self.look)
        self.problem = label("", "note-error", wrap=True)
        self.problem.hide()
        self._lay_out()
        self.preview = AttachmentPreview(self, place.tasks.run_free, place.texts.message)
        self.preview.closed.connect(self.kinds.setFocus)
        bind_here(self, "Alt+F", self.file.click)
        bind_here(self, "Alt+L", self.longest.toggle)

    def refresh(self) -> None:
        """Read which papers can be shown."""
        self._place.tasks.run(self._place.desk.paper_samples.kinds, self._show_kinds, self._failed)

    def take_focus(self) -> None:
        """Put the focus where the scanner types."""
        self.scanned.setFocus()

    def escape(self) -> bool:
        """Close what lies over the screen; answers whether something did."""
        if self.preview.isHidden():
            return False
        self.preview.dismiss()
        return True

    def check_text(self) -> None:
        """Say whether the text of a QR code is of a paper of ours; the next scan begins anew."""
        text = self.scanned.text().strip()
        if text:
            self.scanned.selectAll()
            self._place.tasks.run(lambda: self._place.desk.papers.verify_qr(text), self._show_answer, self._failed)

    def choose_file(self) -> None:
        """Ask for a PDF and say whether it is one of ours, unaltered."""
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Check a PDF file"), str(Path.home()), "PDF (*.pdf)")
        if name:
            self.check_file(Path(name))

    def check_file(self, path: Path) -> None:
        """Say whether a PDF is one of ours, unaltered."""
        papers = self._place.desk.papers
        check: Callable[[bytes], None] = lambda pdf: self._place.tasks.run(  # noqa: E731 - reads better in order
            lambda: papers.verify_pdf(pdf), self._show_answer, self._failed
        )
        self._place.tasks.run_free(partial(_read, path), check, self._failed)

    def look(self) -> None:
        """Show the chosen paper with made-up values, as a clerk would see it, marked as not valid."""
        if self.kinds.currentRow() < 0:
            return
        item = self.kinds.currentItem()
        samples, pictures = self._place.desk.paper_samples, self._place.desk.paper_pictures
        kind, longest = str(item.data(Qt.ItemDataRole.UserRole)), self.longest.isChecked()
        self.problem.hide()

        def show(pdf: bytes) -> None:
            self.preview.show_pages(item.text(), pictures.pages(pdf), partial(pictures.page, pdf))

        self._place.tasks.run_free(lambda: samples.pdf(kind, longest=longest), show, self._failed)

    def _show_kinds(self, kinds: tuple[tuple[str, object], ...]) -> None:
        if self.kinds.count():
            return
        for code, title in kinds:
            item = QListWidgetItem(self._place.texts.of(title), self.kinds)  # type: ignore[arg-type] # a Text
            item.setData(Qt.ItemDataRole.UserRole, code)
        self.kinds.setCurrentRow(0)

    def _show_answer(self, found: Verification) -> None:
        texts = self._place.texts
        good = found.verdict in GOOD
        lines = [("✓ " if good else "✕ ") + texts.text(f"ui.verify.{found.verdict}")]
        if found.number:
            wording = self._place.desk.definitions.wording.get(found.kind)
            title = found.kind if wording is None else texts.of(wording.title)
            lines.append(texts.text("ui.verify.paper", title=title, number=found.number, day=found.issued_on))
            lines.append(texts.text("ui.verify.compare"))
        if found.detail.get("station"):
            lines.append(texts.text("ui.verify.station_revoked"))
        reason = found.detail.get("reason")
        if reason:
            lines.append(texts.text(f"ui.verify.reason.{reason}"))
        self.answer.setText("\n".join(lines))
        polish(self.answer, kind="note-good" if good else "note-error")
        self.answer.show()

    def _failed(self, error: WindowAppError) -> None:
        self.problem.setText("✕ " + self._place.texts.message(error))
        self.problem.show()

    def _lay_out(self) -> None:
        back = Button(self.tr("Back  Esc"))
        back.clicked.connect(self.closed)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 14, 18, 16)
        lines.setSpacing(10)
        lines.addLayout(row(label(self.tr("Papers: check and try"), "page-title"), None, back))
        for title, parts in (
            (self.tr("Is this paper ours?"), (row(self.scanned, self.file), self.answer)),
            (self.tr("Papers with made-up values"), (self.kinds, row(self.looked, self.longest, None), self.problem)),
        ):
            card = QFrame()
            card.setProperty("card", True)
            inner = QVBoxLayout(card)
            inner.setContentsMargins(18, 14, 18, 14)
            inner.setSpacing(8)
            inner.addWidget(label(title, "step-title"))
            for part in parts:
                inner.addWidget(part) if isinstance(part, QWidget) else inner.addLayout(part)
            lines.addWidget(card, 1 if self.kinds in parts else 0)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WindowAppError("cli.no_such_file", file=path.name) from error
