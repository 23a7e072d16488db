"""What makes each paper an archive copy, PDF/A-3u: what it says of itself, and what its colours mean.

Part three, because the paper's record is attached to it; level U: every character can be read out as text. The
other conditions (embedded fonts, no transparency, nothing from outside) the pages meet by how they are drawn.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from window_app.documents.streams import Packed

PROFILE = "sRGB.icc"
"""Beside the fonts; the standard colour space as LittleCMS writes it."""
COLOURS = 3
PART, LEVEL = 3, "U"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Description:
    """What a document says of itself. `made_at` has an offset from UTC."""

    title: str
    subject: str
    made_at: datetime
    program: str


def make_archivable(document: Any, said: Description, fonts_dir: Path) -> None:  # noqa: ANN401 - reportlab's, untyped
    """Enter metadata and the meaning of colours into a document's catalogue."""
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents", "AF"]
    kind = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    catalog.Metadata = Packed(metadata(said).encode("utf-8"), kind)
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString("sRGB"),
        "Info": PDFString("sRGB"),
        "DestOutputProfile": document.Reference(Packed((fonts_dir / PROFILE).read_bytes(), {"N": COLOURS})),
    }
    catalog.OutputIntents = PDFArray([PDFDictionary(intent)])


def metadata(said: Description) -> str:
    """Return a document's description in XMP."""
    made = said.made_at.isoformat(timespec="seconds")
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>{PART}</pdfaid:part><pdfaid:conformance>{LEVEL}</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_text(said.title)}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{_text(said.subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:CreatorTool>{_text(said.program)}</xmp:CreatorTool><pdf:Producer>{_text(said.program)}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def _text(text: str) -> str:
    return escape(NOT_IN_XML.sub("\ufffd", text))
