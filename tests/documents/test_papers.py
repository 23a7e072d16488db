"""The papers themselves, looked at from outside: pdftotext, pdffonts, pdfinfo, a QR reader."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from tests.documents.samples import FONTS, KINDS, NOTICE, RECEIPT, WORDING, record, text_of, texts, wording

from window_app.documents import blocks
from window_app.documents.maker import ReportlabPaperMaker
from window_app.documents.registry import Layout, LayoutUnknown, Registry, load_layouts
from window_app.documents.signature import qr_text
from window_app.domain.papers import PaperRecord
from window_app.errors import WindowAppError

DRAWN_IN_ANOTHER_PROCESS = """
import sys
from tests.documents.samples import FONTS, record
from window_app.documents.maker import ReportlabPaperMaker
sys.stdout.buffer.write(ReportlabPaperMaker(FONTS).render(record()))
"""


def unsaid(paper: PaperRecord, pdf: bytes, folder: Path) -> list[str]:
    """Return what the record says and the PDF does not."""
    text = text_of(pdf, folder)
    return [part for part in texts(paper.content["blocks"]) if part not in text]


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_the_record_says_stands_on_the_paper(maker: ReportlabPaperMaker, kind: str, tmp_path: Path) -> None:
    paper = record(kind)
    pdf = maker.render(paper)
    assert unsaid(paper, pdf, tmp_path) == []
    assert pages(pdf) == 1
    assert "第1页共1页" in text_of(pdf, tmp_path)


@pytest.mark.parametrize("kind", ["fields", "list", "note", "paragraph", "signature", "table", "title"])
def test_a_layout_that_leaves_out_a_kind_of_block_is_found(
    kind: str, maker: ReportlabPaperMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if kind == "signature":
        monkeypatch.setattr(blocks.BlockSetter, "closing", lambda *_: [])
    monkeypatch.setitem(blocks.SETTERS, kind, lambda *_: [])
    paper = record("notice_once" if kind == "note" else "receipt")
    assert unsaid(paper, maker.render(paper), tmp_path)


def test_rare_names_can_be_copied_out_of_a_receipt(maker: ReportlabPaperMaker, tmp_path: Path) -> None:
    assert "欧阳𬭚䶮、李𠅤" in text_of(maker.render(record()), tmp_path)


def test_a_character_in_no_font_is_marked_and_reported(maker: ReportlabPaperMaker, tmp_path: Path) -> None:
    paper = record(values={**RECEIPT, "applicant": "张\U00030000三😀"})
    text = text_of(maker.render(paper), tmp_path)
    assert "U+30000" in text
    assert "U+1F600" in text
    assert maker.missing_characters(paper) == ("\U00030000", "😀")
    assert maker.missing_characters(record()) == ()


def test_control_characters_and_lone_surrogates_do_not_stop_a_paper(maker: ReportlabPaperMaker, tmp_path: Path) -> None:
    paper = record(values={**RECEIPT, "applicant": "张\x07三\ud800四\t五"})
    text = text_of(maker.render(paper), tmp_path)
    assert "U+0007" in text
    assert "U+D800" in text


def test_every_font_is_embedded_as_a_subset_and_helvetica_is_gone(maker: ReportlabPaperMaker, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(maker.render(record(values={**RECEIPT, "applicant": "𠀀𪚥"})))
    listed = subprocess.run(["pdffonts", tmp_path / "a.pdf"], capture_output=True, text=True, check=True).stdout
    rows = listed.splitlines()[2:]
    assert {row.split()[0].partition("+")[2] for row in rows} == {
        "NotoSerifSC-Regular",
        "NotoSansSC-Regular",
        "HanaMinB",
    }
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)


def test_the_pdf_says_title_language_and_time_of_issue(maker: ReportlabPaperMaker) -> None:
    reader = PdfReader(io.BytesIO(maker.render(record())))
    assert reader.metadata is not None
    assert reader.metadata.title == "收件回执 000000-PRAC-261121-0003-7KX"
    assert str(reader.metadata["/CreationDate"]) == "D:20261121120000+08'00'"
    assert str(reader.root_object["/Lang"]) == "zh-CN"


def test_the_record_is_attached_and_read_back(maker: ReportlabPaperMaker) -> None:
    paper = record()
    pdf = maker.render(paper)
    (attached,) = PdfReader(io.BytesIO(pdf)).attachments
    assert attached == "window-app-record.json"
    found = maker.read_record(pdf)
    assert found is not None
    assert found["number"] == paper.number
    assert found["content"] == paper.content
    assert maker.read_record(b"%PDF-1.4 nothing") is None


@pytest.mark.parametrize(
    ("practice", "options", "marks"),
    [
        (False, {}, ()),
        (True, {}, ("练习·无效",)),
        (False, {"reprint": 3}, ("补打第3次",)),
        (False, {"preview": True}, ("预览·无效",)),
        (True, {"reprint": 1}, ("练习·无效", "补打第1次")),
        (True, {"preview": True}, ("练习·无效", "预览·无效")),
    ],
)
def test_practice_reprint_and_preview_are_marked(
    maker: ReportlabPaperMaker, practice: bool, options: Mapping[str, Any], marks: tuple[str, ...], tmp_path: Path
) -> None:
    text = text_of(maker.render(record(practice=practice), **options), tmp_path)
    for mark in ("练习·无效", "补打第1次", "补打第3次", "预览·无效"):
        assert (mark in text) == (mark in marks)


def test_marks_stand_on_every_page(maker: ReportlabPaperMaker, tmp_path: Path) -> None:
    many = {**NOTICE, "missing": [{**NOTICE["missing"][0], "title": f"材料{n}"} for n in range(60)]}
    pdf = maker.render(record("notice_once", many, practice=True), reprint=1)
    count = pages(pdf)
    assert count >= 3
    text = text_of(pdf, tmp_path)
    assert text.count("补打第1次") == count
    assert text.count("练习·无效") == 2 * count
    assert text.count("补正要求") in (count - 1, count)
    for number in range(1, count + 1):
        assert f"第{number}页共{count}页" in text


def test_nothing_is_lost_and_nothing_leaves_the_page_when_texts_are_long(
    maker: ReportlabPaperMaker, tmp_path: Path
) -> None:
    values = {
        **RECEIPT,
        "applicant": "名" * 200,
        "respondent": "Very-Long-Latin-Name" * 20,
        "materials": [{"title": "材" * 2000, "kind": "原件", "copies": 1}] * 3,
        "missing": ["缺" * 10_000],
    }
    paper = record(values=values)
    pdf = maker.render(paper)
    text = text_of(pdf, tmp_path)
    assert text.count("材") - text.count("材料") == 6000
    assert text.count("缺") >= 10_000
    assert pages(pdf) > 5
    boxes = subprocess.run(["pdftotext", "-bbox", tmp_path / "paper.pdf", "-"], capture_output=True, check=True).stdout
    for word in boxes.decode("utf-8").splitlines():
        if "<word" in word:
            left, top, right, bottom = (float(part) for part in word.split('"')[1:8:2])
            assert 0 <= left <= right <= 595.3
            assert 0 <= top <= bottom <= 842


def test_a_receipt_of_eight_materials_with_papers_missing_fits_one_page(maker: ReportlabPaperMaker) -> None:
    values = {**RECEIPT, "materials": [{"title": f"材料{n}", "kind": "原件", "copies": 1} for n in range(8)]}
    assert pages(maker.render(record(values=values))) == 1


def test_a_receipt_without_papers_says_so(maker: ReportlabPaperMaker, tmp_path: Path) -> None:
    assert "未收到书面材料" in text_of(maker.render(record(values={**RECEIPT, "materials": []})), tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_record_gives_the_same_bytes(maker: ReportlabPaperMaker, kind: str) -> None:
    paper = record(kind)
    first = maker.render(paper)
    assert maker.render(record(kind, number=9)) != first
    assert maker.render(paper) == first
    assert ReportlabPaperMaker(FONTS).render(paper) == first


def test_the_bytes_do_not_depend_on_the_process_its_hash_seed_or_its_time_zone(maker: ReportlabPaperMaker) -> None:
    here = maker.render(record())
    for zone, seed in (("UTC", "1"), ("America/New_York", "2")):
        surroundings = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1"}
        done = subprocess.run(
            [sys.executable, "-c", DRAWN_IN_ANOTHER_PROCESS], capture_output=True, env=surroundings, check=True
        )
        assert done.stdout == here


@pytest.mark.parametrize(("kind", "practice"), [*((kind, False) for kind in KINDS), ("receipt", True)])
def test_the_qr_code_is_read_from_a_200_dpi_picture(
    maker: ReportlabPaperMaker, kind: str, practice: bool, tmp_path: Path
) -> None:
    paper = record(kind, practice=practice)
    (tmp_path / "a.pdf").write_bytes(maker.render(paper))
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", tmp_path / "a.pdf", tmp_path / "a"], check=True)
    (picture,) = tmp_path.glob("a*.png")
    with Image.open(picture) as image:
        (code,) = zxingcpp.read_barcodes(image)
    assert code.text == qr_text(paper)
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    assert code.text.startswith(f"WA1:{paper.number}:")
    assert not any(ord(character) > 127 for character in code.text)


@pytest.mark.parametrize("turned", [-4, 2.5])
def test_the_qr_code_is_read_through_noise_and_skew(maker: ReportlabPaperMaker, turned: float, tmp_path: Path) -> None:
    paper = record()
    (tmp_path / "a.pdf").write_bytes(maker.render(paper))
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", tmp_path / "a.pdf", tmp_path / "a"], check=True)
    with Image.open(next(tmp_path.glob("a*.png"))) as image:
        skewed = image.convert("L").rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        noisy = Image.blend(skewed, Image.effect_noise(skewed.size, 90), 0.3)
    assert [code.text for code in zxingcpp.read_barcodes(noisy)] == [qr_text(paper)]


def test_a_preview_carries_neither_record_nor_qr_code(maker: ReportlabPaperMaker, tmp_path: Path) -> None:
    pdf = maker.render(record(), preview=True)
    assert maker.read_record(pdf) is None
    (tmp_path / "a.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", tmp_path / "a.pdf", tmp_path / "a"], check=True)
    with Image.open(next(tmp_path.glob("a*.png"))) as image:
        assert zxingcpp.read_barcodes(image) == []


def test_there_is_a_layout_for_every_wording_and_each_stands_once() -> None:
    registry = load_layouts()
    # Notice and letter of commitment are the two halves of one paper.
    halves = dict.fromkeys(("commitment_notice", "commitment_letter"), "commitment_pair")
    kinds = {path.stem: halves.get(path.stem, path.stem) for path in WORDING.glob("*.yaml")}
    # An extract of the law has no wording: it is no paper.
    assert registry.kinds() == tuple(sorted({*kinds.values(), "law_extract"}))
    for code, kind in kinds.items():
        for version in wording(code).versions:
            assert registry.get(kind, version.layout).kind == kind
    known: Layout = registry.get("receipt", 1)
    with pytest.raises(ValueError, match="receipt"):
        registry.add(known)
    with pytest.raises(LayoutUnknown):
        Registry().get("receipt", 1)


def test_a_block_that_no_layout_knows_is_an_error_not_a_gap(maker: ReportlabPaperMaker) -> None:
    paper = record()
    content = {**paper.content, "blocks": [{"block": "picture", "id": "x"}]}
    changed = PaperRecord(
        **{name: getattr(paper, name) for name in PaperRecord.__dataclass_fields__ if name != "content"},
        content=content,
    )
    with pytest.raises(WindowAppError, match=r"paper\.block_unknown"):
        maker.render(changed)
