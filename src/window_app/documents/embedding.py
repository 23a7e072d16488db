"""The paper's record inside its PDF, as an attached file, and how it is read out again."""

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from reportlab.pdfbase.pdfdoc import PDFDate, PDFDictionary, PDFName, PDFString

from window_app.documents.sheet import Sheet
from window_app.documents.signature import canonical_json, record_fields
from window_app.documents.streams import Packed
from window_app.domain.papers import PaperRecord

FILE_NAME = "window-app-record.json"
JSON_TYPE = "/application#2Fjson"
FORMAT = "window-app/paper/1"
MARKER = b'{"format":"' + FORMAT.encode("ascii") + b'"'
MOST_BYTES = 32 * 1024 * 1024
MOST_REPRINTS = 9999
STREAM = re.compile(rb"stream\r?\n")


@dataclass(frozen=True, slots=True)
class EmbeddedPaper:
    """What a PDF of ours says of itself."""

    record: PaperRecord
    reprint: int


def embed(sheet: Sheet, record: PaperRecord, reprint: int) -> None:
    """Attach a record to the document."""
    said = {"format": FORMAT, "record": record_fields(record), "reprint": reprint}
    content = _as_json(said)
    kind = {
        "Type": PDFName("EmbeddedFile"),
        "Subtype": JSON_TYPE,
        "Params": PDFDictionary({"ModDate": PDFDate(ts=sheet.document._timeStamp)}),
    }
    stream = Packed(content, kind)
    file = {
        "Type": PDFName("Filespec"),
        "F": PDFString(FILE_NAME),
        "UF": PDFString(FILE_NAME),
        "AFRelationship": PDFName("Source"),
        "EF": PDFDictionary({"F": sheet.document.Reference(stream)}),
    }
    sheet.attach(FILE_NAME, PDFDictionary(file))


def _as_json(said: Mapping[str, Any]) -> bytes:
    """Return JSON as short as it goes; half a surrogate pair, which has no UTF-8, takes the longer form."""
    try:
        return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return canonical_json(said)


def find_embedded(pdf: bytes) -> Mapping[str, Any] | None:
    """Return the JSON of the first record attached to a PDF, None where there is none.

    Where something is attached that begins as a record and is none, the answer is empty.
    """
    for content in _streams(pdf):
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}
    return None


def read_embedded(found: Mapping[str, Any]) -> EmbeddedPaper:
    """Return the record that an attached JSON holds.

    Raises:
        ValueError: where it is no record.
    """
    try:
        fields = found["record"]
        record = PaperRecord(
            paper_id=UUID(fields["paper_id"]),
            kind=str(fields["kind"]),
            number=str(fields["number"]),
            case_id=None if fields["case_id"] is None else UUID(fields["case_id"]),
            visit_id=UUID(fields["visit_id"]),
            issued_at=datetime.fromisoformat(fields["issued_at"]),
            content=fields["content"],
            content_salt=str(fields["content_salt"]),
            key_id=str(fields["key_id"]),
            signature=str(fields["signature"]),
            practice=bool(fields["practice"]),
        )
        bytes.fromhex(record.content_salt)
        bytes.fromhex(record.signature)
        reprint = int(found["reprint"])
        if not 0 <= reprint <= MOST_REPRINTS or record.issued_at.tzinfo is None:
            raise ValueError(reprint)
        return EmbeddedPaper(record, reprint)
    except (KeyError, TypeError, AttributeError) as cause:
        raise ValueError(str(cause)) from cause


def _streams(pdf: bytes) -> Iterator[bytes]:
    whole = memoryview(pdf)
    for match in STREAM.finditer(pdf):
        packed = whole[match.end() :]
        if _inflated(packed, len(MARKER)) == MARKER:
            yield _inflated(packed, MOST_BYTES)


def _inflated(content: memoryview, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, most)
    except zlib.error:
        return b""
