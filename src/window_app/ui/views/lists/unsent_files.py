"""Files of materials that the centre does not hold whole yet: whose, how large, how far, and why they stand still."""

from collections.abc import Sequence

from window_app.domain.attachments import UnsentAttachment
from window_app.ui.views.lists.waiting_card import WaitingCard
from window_app.ui.widgets.attachment_line import size_words
from window_app.ui.workplace import Workplace

MOST_SHOWN = 12


class UnsentFiles(WaitingCard):
    """The files that wait."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place

    def show_files(self, files: Sequence[UnsentAttachment]) -> None:
        """Show these files, the oldest first."""
        self.begin(self.tr("Attachments on their way: {n}").format(n=len(files)), len(files))
        for one in files[:MOST_SHOWN]:
            self.add(self._told(one), "note-caution" if one.reason else "")
        if len(files) > MOST_SHOWN:
            self.add(self.tr("and {n} more").format(n=len(files) - MOST_SHOWN), "secondary")

    def _told(self, one: UnsentAttachment) -> str:
        texts, size = self._place.texts, size_words(one.file.size)
        far = self.tr("{percent} % handed in").format(percent=100 * one.sent // max(1, one.pieces))
        reason = texts.text(one.reason) if one.reason else ""
        return " · ".join(part for part in (one.number, self._material(one.material), size, far, reason) if part)

    def _material(self, code: str) -> str:
        matters = self._place.desk.definitions.matters.values()
        found = next((one for matter in matters for one in matter.materials if one.code == code), None)
        return self._place.texts.of(found.title) if found is not None else code
