"""Files of materials that the centre does not hold whole yet: whose, how large, how far, and why they stand still."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from window_app.domain.attachments import UnsentAttachment
from window_app.ui.widgets.attachment_line import size_words
from window_app.ui.widgets.texts import clear, label
from window_app.ui.workplace import Workplace

MOST_SHOWN = 12


class UnsentFiles(QFrame):
    """A card under the list of what waits; it hides where no file waits."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.texts: list[str] = []
        self.setProperty("card", True)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(18, 12, 18, 12)
        self._lines.setSpacing(4)
        self.hide()

    def show_files(self, files: Sequence[UnsentAttachment]) -> None:
        """Show these files, the oldest first."""
        clear(self._lines)
        self.texts = [self._told(one) for one in files[:MOST_SHOWN]]
        self.setVisible(bool(files))
        self._lines.addWidget(label(self.tr("Attachments on their way: {n}").format(n=len(files)), "strong"))
        for one, text in zip(files, self.texts, strict=False):
            self._lines.addWidget(label(text, "note-caution" if one.reason else "", wrap=True))
        if len(files) > MOST_SHOWN:
            more = self.tr("and {n} more").format(n=len(files) - MOST_SHOWN)
            self._lines.addWidget(label(more, "secondary"))

    def _told(self, one: UnsentAttachment) -> str:
        texts, size = self._place.texts, size_words(one.file.size)
        far = self.tr("{percent} % handed in").format(percent=100 * one.sent // max(1, one.pieces))
        reason = texts.text(one.reason) if one.reason else ""
        return " · ".join(part for part in (one.number, self._material(one.material), size, far, reason) if part)

    def _material(self, code: str) -> str:
        matters = self._place.desk.definitions.matters.values()
        found = next((one for matter in matters for one in matter.materials if one.code == code), None)
        return self._place.texts.of(found.title) if found is not None else code
