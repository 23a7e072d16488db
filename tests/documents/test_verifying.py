"""What `verify` answers, for papers that were left alone and papers that were not."""

import io
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from tests.documents.samples import RECEIPT, SEED, FixedClock, Shelf, record, signer

from window_app.documents.known_papers import KnownPapers
from window_app.documents.maker import ReportlabPaperMaker
from window_app.documents.pdf_objects import NotPlain, shown_objects, shows_the_same
from window_app.documents.signature import (
    Ed25519Signer,
    NoSigningKey,
    SigningKey,
    content_digest,
    parse_qr,
    qr_text,
    sign_record,
    signed_bytes,
)
from window_app.documents.verifying import Verifier
from window_app.domain.papers import PaperRecord, PaperState, StoredPaper, Verdict

OTHER_SEED = bytes(32)
ISSUED = Path(__file__).parent / "issued"
STREAM = re.compile(rb"(/Length )(\d+)((?:(?!endobj).)*?stream\r?\n)", re.DOTALL)


def stored(paper: PaperRecord, pdf: bytes | None = None) -> StoredPaper:
    return StoredPaper(paper, PaperState.RENDERED, None if pdf is None else sha256(pdf).hexdigest())


def verifier(maker: ReportlabPaperMaker, *papers: StoredPaper, keys: Ed25519Signer | None = None) -> Verifier:
    return Verifier(keys or signer(), Shelf(list(papers)), maker)


def rewrite_streams(pdf: bytes, change: Callable[[bytes], bytes], level: int = 6) -> bytes:
    """Return a well-formed PDF whose inflated streams were changed; offsets are put right."""
    parts: list[bytes] = []
    at = 0
    for match in STREAM.finditer(pdf):
        if match.start() < at:
            continue
        end = match.end() + int(match[2])
        packed = zlib.compress(change(zlib.decompress(pdf[match.end() : end])), level)
        parts += [pdf[at : match.start()], b"%s%d%s" % (match[1], len(packed), match[3]), packed]
        at = end
    return with_right_offsets(b"".join([*parts, pdf[at:]]))


def with_right_offsets(pdf: bytes) -> bytes:
    table = pdf.index(b"\nxref\n") + 1
    lines = pdf[table:].splitlines(keepends=True)
    for number in range(1, int(lines[1].split()[1])):
        place = re.search(rb"(?<=\n)%d 0 obj" % number, pdf)
        assert place is not None
        lines[number + 2] = b"%010d" % place.start() + lines[number + 2][10:]
    tail = re.sub(rb"startxref\n\d+", b"startxref\n%d" % table, b"".join(lines))
    return pdf[:table] + tail


def test_a_paper_of_this_store_is_authentic(maker: ReportlabPaperMaker) -> None:
    paper = record()
    pdf = maker.render(paper)
    answer = verifier(maker, stored(paper, pdf)).verify_pdf(pdf)
    assert answer.verdict is Verdict.AUTHENTIC
    assert (answer.number, answer.kind, answer.issued_on) == (paper.number, "receipt", "2026-11-21")
    assert answer.key_id == paper.key_id
    assert "欧阳" not in str(answer)


def test_a_paper_of_another_counter_is_authentic_and_not_yet_known(maker: ReportlabPaperMaker) -> None:
    pdf = maker.render(record())
    assert verifier(maker).verify_pdf(pdf).verdict is Verdict.AUTHENTIC_UNKNOWN


@pytest.mark.parametrize("paper", sorted(path.stem for path in ISSUED.glob("*.pdf")))
def test_papers_issued_with_earlier_programs_stay_authentic(maker: ReportlabPaperMaker, paper: str) -> None:
    """Where this fails, a layout was changed without a new revision beside the old one."""
    answer = verifier(maker).verify_pdf((ISSUED / f"{paper}.pdf").read_bytes())
    assert answer.verdict is Verdict.AUTHENTIC_UNKNOWN
    assert "appearance" not in answer.detail


def test_a_reprint_is_authentic(maker: ReportlabPaperMaker) -> None:
    paper = record()
    known = stored(paper, maker.render(paper))
    answer = verifier(maker, known).verify_pdf(maker.render(paper, reprint=2))
    assert answer.verdict is Verdict.AUTHENTIC
    assert answer.detail["reprint"] == "2"


def test_a_paper_that_was_only_packed_anew_is_authentic(maker: ReportlabPaperMaker) -> None:
    pdf = maker.render(record())
    packed = rewrite_streams(pdf, lambda content: content, level=1)
    assert packed != pdf
    assert verifier(maker).verify_pdf(packed).verdict is Verdict.AUTHENTIC_UNKNOWN


def test_a_preview_or_a_foreign_pdf_is_not_ours(maker: ReportlabPaperMaker) -> None:
    check = verifier(maker)
    assert check.verify_pdf(maker.render(record(), preview=True)).verdict is Verdict.NOT_OURS
    assert check.verify_pdf(b"").verdict is Verdict.NOT_OURS
    assert check.verify_pdf(b"%PDF-1.4\nstream\nendstream").verdict is Verdict.NOT_OURS


def test_a_paper_signed_by_a_key_nobody_knows_is_not_ours(maker: ReportlabPaperMaker) -> None:
    paper = record(signed_by=signer(seed=OTHER_SEED))
    answer = verifier(maker).verify_pdf(maker.render(paper))
    assert answer.verdict is Verdict.NOT_OURS
    assert answer.detail["reason"] == "key_unknown"


@pytest.mark.parametrize("position", range(0, 60, 7))
def test_one_changed_character_on_the_page_is_found(maker: ReportlabPaperMaker, position: int) -> None:
    paper = record()
    pdf = maker.render(paper)

    def change(content: bytes) -> bytes:
        shown = list(re.finditer(rb"<([0-9a-f]{4,})> Tj", content))
        if not shown:
            return content
        place = shown[position % len(shown)].start(1)
        first, second = content[place : place + 2], content[place + 2 : place + 4]
        return content[:place] + (second if second != first else b"07") + content[place + 2 :]

    changed = rewrite_streams(pdf, change)
    assert len(PdfReader(io.BytesIO(changed)).pages) == 1
    if changed != pdf:
        assert verifier(maker).verify_pdf(changed).verdict is Verdict.ALTERED
        assert verifier(maker, stored(paper, pdf)).verify_pdf(changed).verdict is Verdict.ALTERED


def test_a_changed_text_map_is_found(maker: ReportlabPaperMaker) -> None:
    pdf = maker.render(record())
    changed = rewrite_streams(pdf, lambda content: re.sub(rb"(> \[<)....", rb"\g<1>F900", content, count=1))
    swapped = rewrite_streams(pdf, lambda content: re.sub(rb"(<....>)(<....>)", rb"\2\1", content, count=1))
    for attempt in (changed, swapped):
        assert verifier(maker).verify_pdf(attempt).verdict is Verdict.ALTERED


def test_a_changed_glyph_is_found(maker: ReportlabPaperMaker) -> None:
    pdf = maker.render(record())
    changed = rewrite_streams(pdf, lambda c: c[:-1] + b"\x01" if c[:4] == b"\x00\x01\x00\x00" else c)
    assert verifier(maker).verify_pdf(changed).verdict is Verdict.ALTERED


def test_a_changed_record_is_found(maker: ReportlabPaperMaker) -> None:
    pdf = maker.render(record())
    changes = (('"copies":3', '"copies":4'), ('"practice":false', '"practice":true '), ("0003-7KX", "0004-7KX"))
    for before, after in changes:
        changed = rewrite_streams(pdf, lambda c, b=before, a=after: c.replace(b.encode(), a.encode()))  # type: ignore[misc]
        assert changed != pdf
        assert verifier(maker).verify_pdf(changed).verdict is Verdict.ALTERED


def test_a_forged_paper_around_a_genuine_record_is_found(maker: ReportlabPaperMaker) -> None:
    genuine = record()
    forged = replace(record(values={**RECEIPT, "office": "别的委员会"}), signature=genuine.signature)
    assert verifier(maker).verify_pdf(maker.render(forged)).verdict is Verdict.ALTERED

    def with_genuine_record(content: bytes) -> bytes:
        return attached if content.startswith(b'{"format"') else content

    attached = b""
    rewrite_streams(maker.render(genuine), lambda c: _keep(c))
    attached = _KEPT[-1]
    assert json.loads(attached)["record"]["number"] == genuine.number
    changed = rewrite_streams(maker.render(forged), with_genuine_record)
    assert verifier(maker).verify_pdf(changed).verdict is Verdict.ALTERED


_KEPT: list[bytes] = []


def _keep(content: bytes) -> bytes:
    if content.startswith(b'{"format"'):
        _KEPT.append(content)
    return content


def test_something_drawn_over_the_paper_later_is_found(maker: ReportlabPaperMaker) -> None:
    pdf = maker.render(record())
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.add_metadata({"/Title": "别的"})
    target = io.BytesIO()
    writer.write(target)
    assert target.getvalue().startswith(pdf)
    assert verifier(maker).verify_pdf(target.getvalue()).verdict is Verdict.ALTERED
    assert verifier(maker).verify_pdf(pdf + b"more").verdict is Verdict.ALTERED


def test_a_record_that_differs_from_the_one_kept_here_is_found(maker: ReportlabPaperMaker) -> None:
    paper = record()
    pdf = maker.render(paper)
    kept = record(values={**RECEIPT, "clerk": "李四"})
    assert verifier(maker, stored(kept)).verify_pdf(pdf).verdict is Verdict.ALTERED


def test_a_paper_whose_content_was_erased_here_stays_authentic(maker: ReportlabPaperMaker) -> None:
    paper = record()
    erased = StoredPaper(replace(paper, content={}), PaperState.RENDERED)
    assert verifier(maker, erased).verify_pdf(maker.render(paper)).verdict is Verdict.AUTHENTIC


def test_an_attached_record_that_makes_no_sense_is_altered(maker: ReportlabPaperMaker) -> None:
    pdf = maker.render(record())
    for start in (b'{"format":"window-app/paper/1"}', b'{"format":"window-app/paper/1","record":{}}'):
        changed = rewrite_streams(pdf, lambda c, s=start: s if c.startswith(b'{"format"') else c)  # type: ignore[misc]
        assert verifier(maker).verify_pdf(changed).verdict is Verdict.ALTERED


def test_a_record_packed_to_burst_or_nested_without_end_is_altered(maker: ReportlabPaperMaker) -> None:
    pdf = maker.render(record())
    start = b'{"format":"window-app/paper/1","record":'
    for bad in (start + b" " * 40_000_000 + b"{}}", start + b"[" * 200_000):
        changed = rewrite_streams(pdf, lambda c, b=bad: b if c.startswith(b'{"format"') else c, 9)  # type: ignore[misc]
        assert verifier(maker).verify_pdf(changed).verdict is Verdict.ALTERED


def test_a_paper_of_a_newer_layout_is_authentic_but_its_look_is_not_checked(maker: ReportlabPaperMaker) -> None:
    paper = record()
    newer = sign_record(replace(paper, content={**paper.content, "layout": 99}), signer())
    older_pdf = maker.render(paper)

    def with_newer_record(content: bytes) -> bytes:
        if not content.startswith(b'{"format"'):
            return content
        said = json.loads(content)
        said["record"]["content"]["layout"] = 99
        said["record"]["signature"] = newer.signature
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

    answer = verifier(maker).verify_pdf(rewrite_streams(older_pdf, with_newer_record))
    assert answer.verdict is Verdict.AUTHENTIC_UNKNOWN
    assert answer.detail["appearance"] == "not_checked"


def test_keys_rotate_and_old_papers_stay_authentic(maker: ReportlabPaperMaker) -> None:
    old = SigningKey(SEED, date(2026, 1, 1), date(2026, 12, 31))
    new = SigningKey(OTHER_SEED, date(2026, 12, 1))
    before, after = FixedClock(), FixedClock(FixedClock().instant.replace(year=2027))
    early = Ed25519Signer([old, new], [], before)
    late = Ed25519Signer([old, new], [], after)
    assert early.key_id() == old.public_key().key_id
    assert late.key_id() == new.public_key().key_id
    pdf = maker.render(record(signed_by=early))
    assert verifier(maker, keys=late).verify_pdf(pdf).verdict is Verdict.AUTHENTIC_UNKNOWN
    assert verifier(maker, keys=signer(old.public_key(), seed=OTHER_SEED)).verify_pdf(pdf).verdict is (
        Verdict.AUTHENTIC_UNKNOWN
    )
    with pytest.raises(NoSigningKey):
        Ed25519Signer([old], [], after).key_id()


def test_a_revoked_key_is_told_and_no_longer_signs(maker: ReportlabPaperMaker) -> None:
    paper = record()
    key = SigningKey(SEED).public_key()
    keys = Ed25519Signer([SigningKey(OTHER_SEED)], [replace(key, revoked=True)], FixedClock())
    assert verifier(maker, keys=keys).verify_pdf(maker.render(paper)).verdict is Verdict.REVOKED
    assert verifier(maker, keys=keys).verify_qr(qr_text(paper)).verdict is Verdict.REVOKED
    with pytest.raises(NoSigningKey):
        Ed25519Signer([SigningKey(SEED)], [replace(key, revoked=True)], FixedClock()).sign(b"")


def test_a_paper_dated_outside_its_keys_time_is_not_authentic(maker: ReportlabPaperMaker) -> None:
    key = replace(SigningKey(SEED).public_key(), valid_until=date(2026, 11, 20))
    answer = verifier(maker, keys=Ed25519Signer([], [key], FixedClock())).verify_pdf(maker.render(record()))
    assert answer.verdict is Verdict.REVOKED
    assert answer.detail["reason"] == "key_not_valid_then"


def test_the_qr_text_is_verified(maker: ReportlabPaperMaker) -> None:
    paper = record("notice_once")
    check = verifier(maker, stored(paper))
    text = qr_text(paper)
    assert check.verify_qr(text).verdict is Verdict.AUTHENTIC
    assert check.verify_qr(f" {text}\n").kind == "notice_once"
    assert verifier(maker).verify_qr(text).verdict is Verdict.AUTHENTIC_UNKNOWN
    assert check.verify_qr(text.replace("0003", "0004")).verdict is Verdict.ALTERED
    assert check.verify_qr(text.replace("NOTICE-ONCE", "RECEIPT")).verdict is Verdict.ALTERED
    assert check.verify_qr(text[:-3]).verdict is Verdict.ALTERED
    assert check.verify_qr("WA1:what").verdict is Verdict.ALTERED
    assert check.verify_qr(f"WA1:1:RECEIPT:20261399:{paper.key_id}:A:A").verdict is Verdict.ALTERED
    assert check.verify_qr("https://example.com").verdict is Verdict.NOT_OURS
    assert check.verify_qr("").verdict is Verdict.NOT_OURS


def test_a_code_copied_onto_another_paper_is_found_in_its_pdf_and_names_its_own_paper(
    maker: ReportlabPaperMaker,
) -> None:
    """On paper a code cannot know where it stands: the answer says number, kind and date to compare."""
    own, other = record(), record("notice_once")
    drawn: list[bytes] = []

    def note(content: bytes) -> bytes:
        drawn.extend(re.findall(rb"/AHx ID ([0-9a-f]+)>", content))
        return content

    rewrite_streams(maker.render(other), note)
    copied = rewrite_streams(
        maker.render(own), lambda content: re.sub(rb"(/AHx ID )[0-9a-f]+(>)", rb"\g<1>" + drawn[0] + rb"\g<2>", content)
    )
    assert verifier(maker).verify_pdf(copied).verdict is Verdict.ALTERED
    told = verifier(maker).verify_qr(qr_text(other))
    assert (told.number, told.kind, told.issued_on) == (other.number, "notice_once", "2026-11-21")


def test_changed_metadata_are_found(maker: ReportlabPaperMaker) -> None:
    pdf = maker.render(record())
    changed = rewrite_streams(pdf, lambda content: content.replace(b"<pdfaid:part>3<", b"<pdfaid:part>2<"))
    assert changed != pdf
    assert verifier(maker).verify_pdf(changed).verdict is Verdict.ALTERED


def test_the_qr_text_holds_no_personal_data_and_fits_alphanumeric_mode() -> None:
    text = qr_text(record())
    assert re.fullmatch(r"[-0-9A-Z $%*+./:]+", text)
    assert len(text) < 221
    short = parse_qr(text)
    assert short is not None
    assert short.number == record().number


def test_every_field_of_a_record_is_signed() -> None:
    paper = record()
    changes: dict[str, Any] = {
        "paper_id": record(number=5).paper_id,
        "kind": "guidance",
        "number": "X",
        "case_id": None,
        "visit_id": paper.paper_id,
        "issued_at": paper.issued_at.replace(hour=5),
        "content": {**paper.content, "copies": []},
        "content_salt": "00" * 16,
        "key_id": "AAAAAAAA",
        "practice": True,
    }
    assert set(changes) == set(PaperRecord.__dataclass_fields__) - {"signature"}
    for name, value in changes.items():
        assert signed_bytes(replace(paper, **{name: value})) != signed_bytes(paper), name


def test_the_digest_of_equal_papers_differs_by_salt() -> None:
    paper = record()
    assert content_digest(replace(paper, content_salt="00" * 16)) != content_digest(paper)


def test_a_file_that_is_not_wholly_accounted_for_is_not_plain(maker: ReportlabPaperMaker) -> None:
    pdf = maker.render(record())
    objects = shown_objects(pdf)
    assert len(objects) > 10
    middle = pdf.index(b"\n2 0 obj") + 1
    hidden = pdf[:middle] + b"99 0 obj\n<< >>\nendobj\n" + pdf[middle:]
    for broken in (b"x" + pdf, pdf + b"x", hidden, pdf[:middle] + b" " + pdf[middle:], pdf.replace(b"xref", b"yref")):
        with pytest.raises(NotPlain):
            shown_objects(broken)
        assert not shows_the_same(broken, pdf)


def test_papers_are_known_by_number_and_by_id() -> None:
    assert set(dir(Shelf)) >= {name for name in dir(KnownPapers) if not name.startswith("_")}
