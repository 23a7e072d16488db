"""Where files come from: dropped, pasted, chosen. Nothing is read here; that is for a free worker."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from window_app.domain.attachments import FileRefused
from window_app.services.attachments import Source, from_path

SUFFIXES = "*.pdf *.jpg *.jpeg *.png *.PDF *.JPG *.JPEG *.PNG"


def can_be_taken(mime: QMimeData) -> bool:
    """Answer whether what is dragged or pasted holds files of this machine or a picture."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def sources_of(mime: QMimeData, picture_name: str) -> list[Source]:
    """Return the files that were dropped or pasted; a picture without a file gets the name given here.

    Where a program offers both, as file managers do, the files are meant.
    """
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return [from_path(path) for path in paths]
    image = QImage(mime.imageData()) if mime.hasImage() else QImage()
    return [] if image.isNull() else [Source(picture_name, lambda _: _as_png(image))]


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # PySide takes the format as text, whatever its annotations say.
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise FileRefused()
    return bytes(buffer.data().data())
