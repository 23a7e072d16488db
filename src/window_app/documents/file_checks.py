"""What a file is, whatever it is called, and whether it is whole and harmless; its pages as pictures.

Everything here meets bytes that a stranger made, so it runs in a process of its own (`file_process`).
"""

import io
import re
import warnings
from pathlib import PurePath

import pypdfium2
from PIL import Image, ImageOps
from pypdfium2 import raw

from window_app.documents.pdf_checks import check_pdf
from window_app.domain.attachments import CheckedFile, FileRefused, Picture

MOST_PIXELS = 64_000_000
MOST_PAGES = 500
MOST_WIDTH = 4000
PDF = "application/pdf"
_STARTS = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
_SUFFIXES = {".pdf": PDF, ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
_NAMES = {PDF: "PDF", **_FORMATS}
_HIDDEN = re.compile(rb"%PDF-\d|<script|<html|<\?php|<!doctype", re.IGNORECASE)
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 65_557
_PNG_END = b"IEND\xaeB`\x82"


def check(content: bytes, name: str) -> CheckedFile:
    """Return what a file is and how many pages it has.

    Raises:
        FileRefused: with the reason as its code.
    """
    if not content:
        raise FileRefused("attachment.empty")
    media_type = next((kind for start, kind in _STARTS if content.startswith(start)), None)
    if media_type is None:
        raise FileRefused("attachment.kind")
    claimed = _SUFFIXES.get(PurePath(name).suffix.lower()) if name else media_type
    if claimed is None:
        raise FileRefused("attachment.suffix", found=_NAMES[media_type])
    if claimed != media_type:
        raise FileRefused("attachment.other_kind", claimed=_NAMES[claimed], found=_NAMES[media_type])
    # Read from its end, a file that begins as a picture can be an archive, and from its middle a page with a script.
    if _ZIP_END in content[-_ZIP_TAIL:]:
        raise FileRefused("attachment.two_in_one")
    return CheckedFile(media_type, _pdf_pages(content) if media_type == PDF else _picture_pages(content, media_type))


def picture(content: bytes, media_type: str, page: int, width: int) -> Picture:
    """Return a page, from 0, as a picture of at most this width.

    Raises:
        FileRefused.
    """
    width = max(16, min(width, MOST_WIDTH))
    image = _pdf_page(content, page, width) if media_type == PDF else _opened(content, media_type)
    if image.width > width:
        image = image.resize((width, max(1, round(image.height * width / image.width))))
    if image.height > MOST_WIDTH * 2:
        raise FileRefused("attachment.bomb")
    shown = image.convert("RGBA")
    return Picture(shown.width, shown.height, shown.tobytes())


def _picture_pages(content: bytes, media_type: str) -> int:
    if _HIDDEN.search(content) or (media_type == "image/png" and not content.endswith(_PNG_END)):
        raise FileRefused(
            "attachment.truncated" if _PNG_END not in content and media_type == "image/png" else "attachment.two_in_one"
        )
    _opened(content, media_type)
    return 1


def _opened(content: bytes, media_type: str) -> Image.Image:
    """Return a picture decoded to its last pixel, upright."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = Image.open(io.BytesIO(content), formats=(_FORMATS[media_type],))
            if image.width * image.height > MOST_PIXELS:
                raise FileRefused("attachment.bomb")
            image.load()
            return ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise FileRefused("attachment.bomb") from None
    except FileRefused:
        raise
    except OSError as error:
        cut = "truncated" in str(error)
        raise FileRefused("attachment.truncated" if cut else "attachment.unreadable") from None
    except Exception:  # whatever a decoder makes of a stranger's bytes, they are refused
        raise FileRefused() from None


def _pdf_pages(content: bytes) -> int:
    check_pdf(content)
    with _document(content) as document:
        count = len(document)
        if not 1 <= count <= MOST_PAGES:
            raise FileRefused("attachment.pages", most=MOST_PAGES)
        if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
            raise FileRefused("attachment.script")
        if raw.FPDFDoc_GetAttachmentCount(document) > 0:
            raise FileRefused("attachment.embedded")
    _pdf_page(content, 0, 200)
    return count


def _document(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise FileRefused("attachment.password" if locked else "attachment.unreadable") from None


def _pdf_page(content: bytes, page: int, width: int) -> Image.Image:
    with _document(content) as document:
        try:
            shown = document[page]
            wide, high = shown.get_size()
            if wide <= 0 or high <= 0 or high / wide > MOST_WIDTH / 100:
                raise FileRefused("attachment.unreadable")
            drawn: Image.Image = shown.render(scale=width / wide, may_draw_forms=False).to_pil()
            return drawn
        except (pypdfium2.PdfiumError, IndexError):
            raise FileRefused() from None
