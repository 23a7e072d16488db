"""The papers of commitments: each required element stands there, and taking one out is found."""

import copy
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.documents.commitment_samples import (
    DEMANDED,
    KINDS,
    NAME,
    ON,
    WARD,
    commitment_record,
    filled,
    ink,
    pair_record,
)
from tests.documents.samples import text_of, texts, wording, wording_file

from window_app.documents import blocks, signing
from window_app.documents.maker import ReportlabPaperMaker
from window_app.documents.sheet import Sheet
from window_app.domain.papers import PaperRecord
from window_app.errors import DefinitionError
from window_app.forms.wording import build_wording, compose

LONGEST = "阿卜杜热依木江·买买提吐尔逊·阿卜力克木·艾山江·玉素甫𠅤"


def said(kind: str, content: Mapping[str, Any], **more: object) -> str:
    """Return all that a paper of this content of its wording file says, without white space."""
    built = build_wording(content, wording_file(kind).where)
    return "".join(texts(compose(built, filled(kind, **more), ON)))


def lacking(kind: str, text: str, more: Mapping[str, Any]) -> list[str]:
    """Return the demanded elements of these values that a text does not say: the test of the paper."""
    return [name for name, _, words, called in DEMANDED[kind] if called == more and not says(text, words)]


def says(text: str, words: str) -> bool:
    """Answer whether a text says words; the layout sets colons after labels, the wording has none there."""
    return words.replace("：", "") in text.replace("：", "")


def without(content: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Return a wording file without an element, and without its own demand for it."""
    block_id, _, item_id = place.partition(".")
    changed = copy.deepcopy(dict(content))
    changed["required"] = [
        one for one in changed["required"] if (one["block"], one.get("item", "")) != (block_id, item_id)
    ]
    for version in changed["versions"]:
        version["blocks"] = list(_pruned(version["blocks"], block_id, item_id))
    return changed


def _pruned(held: list[dict[str, Any]], block_id: str, item_id: str) -> Iterator[dict[str, Any]]:
    for block in held:
        if block["id"] == block_id and not item_id:
            continue
        if block["id"] == block_id:
            for parts in ("items", "columns"):
                if isinstance(block.get(parts), list):
                    block[parts] = [part for part in block[parts] if part["id"] != item_id]
        yield block


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("kind", KINDS)
def test_every_demanded_element_is_said_and_is_listed_as_required_with_its_basis(kind: str) -> None:
    required = {
        one.block if one.item is None else f"{one.block}.{one.item}": one.basis for one in wording(kind).required
    }
    for name, place, words, called in DEMANDED[kind]:
        assert says(said(kind, wording_file(kind).value, **called), words), name
        assert required[place], name


@pytest.mark.parametrize("kind", KINDS)
def test_taking_any_required_element_out_of_the_wording_is_refused_and_seen_on_the_paper(kind: str) -> None:
    content = wording_file(kind).value
    for name, place, _, called in DEMANDED[kind]:
        left = without(content, place)
        assert name in lacking(kind, said(kind, left, **called), called)
        with pytest.raises(DefinitionError) as caught:
            build_wording({**left, "required": content["required"]}, wording_file(kind).where)
        assert caught.value.code == "wording.required_missing"


@pytest.mark.parametrize("kind", KINDS)
def test_everything_the_record_says_stands_on_the_paper(kind: str, maker: ReportlabPaperMaker, tmp_path: Path) -> None:
    paper = commitment_record(kind)
    pdf = maker.render(paper)
    text = text_of(pdf, tmp_path)
    assert [part for part in texts(paper.content["blocks"]) if part not in text] == []
    assert lacking(kind, text, {}) == []
    assert pages(pdf) == (2 if paper.kind == "commitment_pair" else 1)


@pytest.mark.parametrize(
    "kind", ["title", "fields", "paragraph", "list", "note", "table", "qr", "signature", "signing"]
)
def test_a_layout_that_leaves_out_a_kind_of_block_is_found(
    kind: str, maker: ReportlabPaperMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if kind == "signing":
        monkeypatch.setattr(signing, "_signing", lambda *_: [])
    elif kind == "signature":
        monkeypatch.setattr(blocks.BlockSetter, "closing", lambda *_: [])
    elif kind == "qr":
        monkeypatch.setattr(blocks.BlockSetter, "_paint_qr", lambda *_: None)
    else:
        monkeypatch.setitem(blocks.SETTERS, kind, lambda *_: [])
    paper = commitment_record("commitment_refusal" if kind == "table" else "commitment_notice")
    pdf = maker.render(paper)
    if kind == "qr":
        assert _codes(pdf) == 0
        return
    text = text_of(pdf, tmp_path)
    of_paper = ("commitment_refusal",) if kind == "table" else ("commitment_notice", "commitment_letter")
    assert [name for one in of_paper for name in lacking(one, text, {})]


def _drawn(pdf: bytes) -> list[bytes]:
    """Return what is drawn on each page."""
    found = [page.get_contents() for page in PdfReader(io.BytesIO(pdf)).pages]
    return [content.get_data() for content in found if content is not None]


def _codes(pdf: bytes) -> int:
    """Return how many codes are drawn, each one stencil."""
    return sum(drawn.count(b"/IM true") for drawn in _drawn(pdf))


def test_both_pages_carry_the_code_and_the_number(maker: ReportlabPaperMaker) -> None:
    pdf = maker.render(pair_record())
    assert _codes(pdf) == 2
    assert all("ZY-261121-7K4M2-9QTRWX" in page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_notice_is_the_first_page_and_the_commitment_the_second(maker: ReportlabPaperMaker) -> None:
    first, second = (page.extract_text() for page in PdfReader(io.BytesIO(maker.render(pair_record()))).pages)
    assert "告知书" in first
    assert "承诺人（签名）" not in first
    assert "承诺人（签名）" in second
    assert "不实承诺的法律责任\n1" not in second


@pytest.mark.parametrize(("name", "guardian"), [("王一", False), (NAME, True), (LONGEST, True)])
def test_the_pair_keeps_to_two_pages_with_short_long_and_rare_names(
    name: str, guardian: bool, maker: ReportlabPaperMaker, tmp_path: Path
) -> None:
    more: dict[str, Any] = {
        "applicant": {"name": name, "id_number": "11010519900307231X"},
        "signed_on": ON,
        "ink": ink(),
    }
    if guardian:
        more |= {"signer": {**WARD, "name": LONGEST}, "guardian": True}
    paper = pair_record(**more)
    pdf = maker.render(paper)
    assert pages(pdf) == 2
    assert name in text_of(pdf, tmp_path)
    assert maker.missing_characters(paper) == ()


def _curves(pdf: bytes) -> list[int]:
    return [len(re.findall(rb" c$", drawn, re.M)) for drawn in _drawn(pdf)]


def test_ink_is_drawn_as_curves_on_the_line_of_the_signature_and_nowhere_else(maker: ReportlabPaperMaker) -> None:
    drawn = ink(strokes=3, points=20)
    assert _curves(maker.render(pair_record(ink=drawn, signed_on=ON))) == [0, 3 * 19]
    assert _curves(maker.render(pair_record())) == [0, 0]


def test_a_layout_that_loses_the_ink_is_found(maker: ReportlabPaperMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sheet, "drawing", lambda *_args, **_more: None)
    assert _curves(maker.render(pair_record(ink=ink(), signed_on=ON))) == [0, 0]


def test_the_strokes_stand_once_in_the_record_and_come_back_out_of_the_pdf(maker: ReportlabPaperMaker) -> None:
    paper = pair_record(ink=ink(), signed_on=ON)
    found = maker.read_record(maker.render(paper))
    assert found is not None
    assert found["content"]["values"]["ink"] == ink()
    assert [part for part in _all_lists(found["content"]["blocks"]) if part == ink()] == []


def _all_lists(value: object) -> Iterator[object]:
    if isinstance(value, list):
        yield value
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _all_lists(part)


def test_an_altered_stroke_no_longer_is_the_paper_that_was_signed() -> None:
    drawn = ink()
    paper = pair_record(ink=drawn, signed_on=ON)
    drawn[0][0][0] = 0.5
    altered: PaperRecord = pair_record(ink=drawn, signed_on=ON)
    assert paper.signature != altered.signature
