"""What makes a paper an archive copy (PDF/A-3u), read back by other programs."""

import io
import re
import zlib
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import StreamObject
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from tests.documents.samples import RECEIPT, record

from window_app.documents.archive import Description, metadata
from window_app.documents.maker import ReportlabPaperMaker
from window_app.documents.qr import MASK, qr_rows

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
RARE = "欧阳𬭚䶮𠅤𠀀"


@pytest.fixture(scope="module")
def pdf(maker: ReportlabPaperMaker) -> bytes:
    return maker.render(record(values={**RECEIPT, "applicant": f"{RARE}\U00030000"}), reprint=1)


def root(pdf: bytes) -> Any:
    return PdfReader(io.BytesIO(pdf)).root_object


def fonts(pdf: bytes) -> list[Any]:
    resources: Any = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]
    return [one.get_object() for one in resources["/Font"].values()]


def objects(pdf: bytes) -> list[object]:
    reader = PdfReader(io.BytesIO(pdf))
    return [reader.get_object(number) for number in range(1, len(reader.xref[0]))]


def test_the_metadata_says_part_level_title_and_time_as_the_document_does(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    said = ElementTree.fromstring(root(pdf)["/Metadata"].get_object().get_data())  # noqa: S314 - made just now
    assert [said.findtext(f".//{PDFA}{name}") for name in ("part", "conformance")] == ["3", "U"]
    assert reader.metadata is not None
    assert reader.metadata.title in [one.text for one in said.iter(f"{RDF}li")]
    assert "2026-11-21T12:00:00+08:00" in [one.text for one in said.iter()]
    assert str(reader.metadata["/CreationDate"]) == "D:20261121120000+08'00'"
    assert root(pdf)["/Lang"] == "zh-CN"


def test_metadata_of_any_title_are_sound() -> None:
    made = record().issued_at
    told = metadata(Description("<a> & \x07\ud800\ufffe]]>", "字", made, "window-app"))
    texts = [one.text for one in ElementTree.fromstring(told).iter(f"{RDF}li")]  # noqa: S314 - made just now
    assert texts[0] == "<a> & \ufffd\ufffd\ufffd]]>"


def test_colours_have_a_meaning_and_nothing_is_transparent_or_from_outside(pdf: bytes) -> None:
    (intent,) = root(pdf)["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    profile = intent["/DestOutputProfile"].get_data()
    assert profile[16:20] == b"RGB "
    assert profile[36:40] == b"acsp"
    told = b"".join(str(one).encode() for one in objects(pdf))
    for name in (b"/SMask", b"/CA", b"/ca ", b"/BM", b"/JavaScript", b"/Launch", b"/URI", b"/Encrypt", b"/Helvetica"):
        assert name not in told


def test_every_font_is_embedded_whole_as_its_pages_use_it(pdf: bytes) -> None:
    """Each glyph is there, as wide as the document says, and is mapped to its character."""
    assert len(fonts(pdf)) == 3
    seen = ""
    for font in fonts(pdf):
        (drawn,) = [one.get_object() for one in font["/DescendantFonts"]]
        file = TTFont(io.BytesIO(drawn["/FontDescriptor"]["/FontFile2"].get_data()))
        count, em = file["maxp"].numGlyphs, file["head"].unitsPerEm
        widths: dict[int, float] = {}
        said = list(drawn["/W"])
        for first, run in zip(said[::2], said[1::2], strict=True):
            widths |= {first + at: float(width) for at, width in enumerate(run)}
        for number in range(1, count):
            assert file["hmtx"][file.getGlyphName(number)][0] * 1000 / em == pytest.approx(widths.get(number, 1000))
        mapped = re.findall(r"<([0-9A-F]{4,8})>", font["/ToUnicode"].get_data().decode().split("beginbfrange", 1)[1])
        texts = [bytes.fromhex(one).decode("utf-16-be") for one in mapped if one]
        assert len(texts) >= count - 1
        seen += "".join(texts)
        assert re.fullmatch(r"/[A-Z]{6}\+\w+-?\w*", font["/BaseFont"])
        assert font["/BaseFont"] == drawn["/BaseFont"] == drawn["/FontDescriptor"]["/FontName"]
    assert set(RARE) <= set(seen)


def test_two_papers_never_share_the_name_of_a_subset(maker: ReportlabPaperMaker) -> None:
    """Papers are bound into one job, and printers keep fonts by name."""
    names = []
    for name in ("张三", "李四"):
        made = maker.render(record(values={**RECEIPT, "applicant": name}))
        names.append({one["/BaseFont"] for one in fonts(made)})
    assert {one for one in names[0] & names[1] if "Serif" in one} == set()


def test_each_stream_ends_with_a_line_end_of_its_own_and_is_as_long_as_it_says(pdf: bytes) -> None:
    streams = list(re.finditer(rb"/Length (\d+)\b[^>]*>>\s*stream\n", pdf))
    assert len(streams) == sum(isinstance(one, StreamObject) for one in objects(pdf)) > 5
    for found in streams:
        end = found.end() + int(found[1])
        assert pdf[end : end + 11] == b"\nendstream\n"
        assert zlib.decompress(pdf[found.end() : end])


def test_the_record_belongs_to_the_document_and_says_what_it_is(pdf: bytes) -> None:
    (file,) = [one.get_object() for one in root(pdf)["/AF"]]
    assert file["/AFRelationship"] == "/Source"
    assert file["/EF"]["/F"].get_object()["/Subtype"] == "/application/json"
    assert file["/EF"]["/F"].get_object()["/Params"]["/ModDate"].startswith("D:2026")


@pytest.mark.parametrize("text", ["1", "0123456789" * 20, "WA1:" + "AZ09:-" * 40, "中文abc" * 30, "A" * 900])
def test_a_code_is_the_one_that_reportlab_makes(text: str) -> None:
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.makeImpl(False, MASK)
    assert qr_rows(text) == [[bool(module) for module in row] for row in code.modules]
