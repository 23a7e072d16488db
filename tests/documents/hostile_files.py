"""Files as strangers bring them, made here: good ones, broken ones and ones made to do harm."""

import io
import struct
import zipfile
import zlib

from PIL import Image


def jpeg(width: int = 64, height: int = 48) -> bytes:
    """Return a photo."""
    kept = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(kept, "JPEG")
    return kept.getvalue()


def png(width: int = 64, height: int = 48) -> bytes:
    """Return a picture."""
    kept = io.BytesIO()
    Image.effect_noise((width, height), 60).save(kept, "PNG")
    return kept.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """Return a small PNG that becomes a picture of nearly a milliard pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side + 1) * 64)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(extra: bytes = b"", catalogue: bytes = b"", trailer: bytes = b"", pages: int = 1) -> bytes:
    """Return a PDF of empty pages; `extra` are further objects, from number 50 on."""
    kids = b" ".join(b"%d 0 R" % (10 + at) for at in range(pages))
    objects = [
        (1, b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>"),
        (2, b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % pages),
        *((10 + at, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>") for at in range(pages)),
    ]
    out = b"%PDF-1.7\n"
    places = {}
    for number, content in objects:
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    out += extra
    begun = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    return out + b"trailer\n<< /Size 100 /Root 1 0 R " + trailer + b" >>\nstartxref\n%d\n%%%%EOF\n" % begun


def packed(objects: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """Return an object stream, in which a PDF can keep objects out of sight."""
    content = zlib.compress(objects)
    heading = b"<< /Type /ObjStm /N 1 /First 5 /Filter %s /Length %d >>" % (filters, len(content))
    return b"50 0 obj\n" + heading + b"\nstream\n" + content + b"\nendstream\nendobj\n"


def locked() -> bytes:
    """Return a PDF that asks for a password, as far as a reader can tell before it has it."""
    entry = b"<< /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -4 >>"
    return pdf(trailer=b"/Encrypt " + entry + b" /ID [<00112233> <00112233>]")


def archive() -> bytes:
    """Return a zip archive."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        made.writestr("run.js", "alert(1)")
    return kept.getvalue()


SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
PAGE = b"<html><script>alert(1)</script></html>"

REFUSED: tuple[tuple[str, str, bytes, str], ...] = (
    ("nothing at all", "空.pdf", b"", "attachment.empty"),
    ("a text", "说明.pdf", "只是文字".encode(), "attachment.kind"),
    ("a program", "合同.pdf", b"MZ" + bytes(900), "attachment.kind"),
    ("a drawing with a script", "图.png", b"<svg onload='x()'/>", "attachment.kind"),
    ("a photo called PDF", "合同.pdf", jpeg(), "attachment.other_kind"),
    ("a picture called photo", "照片.jpg", png(), "attachment.other_kind"),
    ("a PDF called photo", "照片.jpeg", pdf(), "attachment.other_kind"),
    ("a photo called program", "照片.exe", jpeg(), "attachment.suffix"),
    ("a photo without an ending", "照片", jpeg(), "attachment.suffix"),
    ("half a photo", "照片.jpg", jpeg(400, 300)[:9_000], "attachment.truncated"),
    ("half a picture", "图.png", png(400, 300)[:9_000], "attachment.truncated"),
    ("half a PDF", "合同.pdf", pdf(pages=9)[:700], "attachment.truncated"),
    ("a photo of noise", "照片.jpg", jpeg()[:20] + bytes(range(256)) * 20, "attachment.unreadable"),
    ("a PDF of noise", "合同.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"\n%%EOF", "attachment.unreadable"),
    ("a picture that becomes a milliard pixels", "图.png", bomb(), "attachment.bomb"),
    ("packed objects without end", "合同.pdf", pdf(packed(bytes(40_000_000))), "attachment.bomb"),
    ("objects packed by a trick", "合同.pdf", pdf(packed(b"x", b"[/ASCIIHexDecode]")), "attachment.unreadable"),
    ("a script that starts by itself", "合同.pdf", pdf(catalogue=b"/OpenAction " + SCRIPT), "attachment.script"),
    (
        "a script in other letters",
        "合同.pdf",
        pdf(catalogue=b"/OpenAction << /S /J#61vaScript >>"),
        "attachment.script",
    ),
    ("a script out of sight", "合同.pdf", pdf(packed(b"9 0 \n" + SCRIPT)), "attachment.script"),
    ("a program to be started", "合同.pdf", pdf(catalogue=b"/OpenAction << /S /Launch /F (x) >>"), "attachment.script"),
    ("a file inside", "合同.pdf", pdf(b"60 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n"), "attachment.embedded"),
    ("a form program inside", "合同.pdf", pdf(catalogue=b"/AcroForm << /XFA [] >>"), "attachment.embedded"),
    ("a password", "合同.pdf", locked(), "attachment.password"),
    ("an archive behind a PDF", "合同.pdf", pdf() + archive(), "attachment.two_in_one"),
    ("an archive behind a photo", "照片.jpg", jpeg() + archive(), "attachment.two_in_one"),
    ("an archive behind a picture", "图.png", png() + archive(), "attachment.two_in_one"),
    ("a page with a script behind a photo", "照片.jpg", jpeg() + PAGE, "attachment.two_in_one"),
    ("a PDF behind a photo", "照片.jpg", jpeg() + pdf(), "attachment.two_in_one"),
    ("a program behind a PDF", "合同.pdf", pdf() + b"MZ" + bytes(3000), "attachment.two_in_one"),
    ("a PDF of a thousand pages", "合同.pdf", pdf(pages=1000), "attachment.pages"),
)
