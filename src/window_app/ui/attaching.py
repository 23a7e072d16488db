"""Bringing files in and looking at them, on any page: what waits is done elsewhere, one file after the other."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from window_app.clock import CHINA
from window_app.domain.attachments import DraftAttachment, Picture
from window_app.errors import WindowAppError
from window_app.services.attachments import Source, from_path
from window_app.ui.attachment_sources import SUFFIXES, sources_of
from window_app.ui.widgets.attachment_preview import AttachmentPreview
from window_app.ui.workplace import Workplace

Say = Callable[[str, str], object]
Known = Callable[[], Sequence[DraftAttachment]]
Brought = Callable[[DraftAttachment], object]


class Attaching(QObject):
    """Takes files for materials, tells at its place how each went, and shows them over a page."""

    def __init__(self, page: QWidget, place: Workplace) -> None:
        super().__init__(page)
        self._page = page
        self._place = place
        self._folder = ""
        self.preview = AttachmentPreview(page, place.tasks.run_free, place.texts.message)

    def choose(self) -> list[Source]:
        """Ask for files of this machine."""
        names, _ = QFileDialog.getOpenFileNames(
            self._page,
            self.tr("Attach files"),
            self._folder or str(Path.home()),
            self.tr("Scans and photos ({suffixes})").format(suffixes=SUFFIXES),
        )
        if names:
            self._folder = str(Path(names[0]).parent)
        return [from_path(Path(name)) for name in names]

    def sources(self, mime: QMimeData, now: datetime) -> list[Source]:
        """Return what was dropped or pasted; a picture is called by the hour."""
        moment = now.astimezone(CHINA).strftime("%H%M%S")
        return sources_of(mime, self.tr("pasted picture {time}.png").format(time=moment))

    def bring(self, material: str, sources: Sequence[Source], known: Known, brought: Brought, say: Say) -> None:
        """Look into files one after the other and hand each over that is taken; the others stay out, with the reason.

        `say` shows a text and its kind at the material; "" takes it away.
        """
        if not sources:
            say("✕ " + self._place.texts.text("attachment.nothing_pasted"), "note-error")
            return
        self._bring(material, list(sources), [], known, brought, say)

    def look(self, attached: DraftAttachment) -> None:
        """Show a file whose pieces are here over the page."""
        attachments = self._place.desk.attachments

        def page(number: int, width: int) -> Picture:
            return attachments.page(attached, number, width)

        self.preview.show_pages(attached.name, attached.pages, page)

    def _bring(
        self, material: str, left: list[Source], refused: list[str], known: Known, brought: Brought, say: Say
    ) -> None:
        if not left:
            say("\n".join(refused), "note-error")
            return
        source, rest = left[0], left[1:]
        say(self.tr("Looking into {name} …").format(name=source.name), "secondary")
        there = tuple(known())

        def done(attached: DraftAttachment) -> None:
            brought(attached)
            self._bring(material, rest, refused, known, brought, say)

        def failed(error: WindowAppError) -> None:
            told = f"✕ {source.name}：{self._place.texts.message(error)}"
            self._bring(material, rest, [*refused, told], known, brought, say)

        attachments = self._place.desk.attachments
        self._place.tasks.run_free(lambda: attachments.bring(material, source, there), done, failed)
