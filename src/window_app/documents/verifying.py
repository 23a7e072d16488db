"""Is this paper ours, and is it as we issued it? Answers for a PDF and for the text of a QR code."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from window_app.clock import legal_date
from window_app.documents.embedding import EmbeddedPaper, find_embedded, read_embedded
from window_app.documents.pdf_objects import shows_the_same
from window_app.documents.registry import LayoutUnknown
from window_app.documents.signature import (
    PublicKey,
    ShortForm,
    content_digest,
    parse_qr,
    record_fields,
    signature_holds,
)
from window_app.domain.papers import PaperRecord, StoredPaper, Verdict, Verification
from window_app.domain.ports import PaperMaker
from window_app.errors import WindowAppError


class PapersHere(Protocol):
    """The papers that this station issued or was told of."""

    def by_number(self, number: str, kind: str) -> Iterable[StoredPaper]:
        """Return the papers of a kind that carry a number."""
        ...

    def by_id(self, paper_id: UUID) -> StoredPaper | None:
        """Return a paper, or None where it is not known here."""
        ...


class KnownKeys(Protocol):
    """The public keys that this station was told of."""

    def find(self, key_id: str) -> PublicKey | None:
        """Return a key, or None where nobody told of it."""
        ...


class Verifier:
    """Checks papers against the keys and papers known here."""

    def __init__(self, keys: KnownKeys, papers: PapersHere, maker: PaperMaker) -> None:
        """Keep the keys, the papers known here, and the maker to draw a paper anew."""
        self._keys = keys
        self._papers = papers
        self._maker = maker

    def verify_pdf(self, pdf: bytes) -> Verification:
        """Answer for a PDF: record, signature, and whether what it shows is what its record says."""
        found = find_embedded(pdf)
        if found is None:
            return _answer(Verdict.NOT_OURS, "no_record")
        try:
            paper = read_embedded(found)
            short = _short_form(paper.record)
        except ValueError:
            return _answer(Verdict.ALTERED, "record_unreadable")
        answer = self._verify_short(short)
        if answer.verdict is Verdict.AUTHENTIC_UNKNOWN and self._papers.by_id(paper.record.paper_id) is not None:
            answer = replace(answer, verdict=Verdict.AUTHENTIC)
        if answer.verdict in (Verdict.NOT_OURS, Verdict.ALTERED):
            return answer
        told = {**answer.detail, "practice": str(paper.record.practice).lower(), "reprint": str(paper.reprint)}
        fault = self._fault_of_appearance(pdf, paper)
        if fault == "layout_unknown":
            return replace(answer, detail={**told, "appearance": "not_checked"})
        if fault is not None:
            return replace(answer, verdict=Verdict.ALTERED, detail={**told, "reason": fault})
        return replace(answer, detail=told)

    def verify_qr(self, text: str) -> Verification:
        """Answer for the text of a QR code."""
        try:
            short = parse_qr(text)
        except ValueError:
            return _answer(Verdict.ALTERED, "qr_unreadable")
        return _answer(Verdict.NOT_OURS, "no_record") if short is None else self._verify_short(short)

    def _verify_short(self, short: ShortForm) -> Verification:
        key = self._keys.find(short.key_id)
        if key is None:
            return _answer(Verdict.NOT_OURS, "key_unknown", short)
        if not signature_holds(key.public, short.signature, short.signed_bytes()):
            return _answer(Verdict.ALTERED, "signature", short)
        if key.revoked:
            return _answer(Verdict.REVOKED, "key_revoked", short)
        if not key.valid_on(short.issued_on):
            return _answer(Verdict.REVOKED, "key_not_valid_then", short)
        known_here = self._papers.by_number(short.number, short.kind)
        here = any(stored.record.signature == short.signature.hex() for stored in known_here)
        answer = _answer(Verdict.AUTHENTIC if here else Verdict.AUTHENTIC_UNKNOWN, None, short)
        return replace(answer, detail={"station": "revoked"}) if key.station_revoked else answer

    def _fault_of_appearance(self, pdf: bytes, paper: EmbeddedPaper) -> str | None:
        stored = self._papers.by_id(paper.record.paper_id)
        if stored is not None and _differs(stored.record, paper.record):
            return "record_differs"
        if stored is not None and stored.pdf_digest == sha256(pdf).hexdigest():
            return None
        try:
            drawn = self._maker.render(paper.record, reprint=paper.reprint)
        except LayoutUnknown:
            return "layout_unknown"
        except (WindowAppError, KeyError, TypeError, ValueError):
            return "record_unreadable"
        return None if shows_the_same(pdf, drawn) else "appearance"


def _differs(kept: PaperRecord, shown: PaperRecord) -> bool:
    # A body erased by law leaves no content here; the signature still covers the digest of what it was.
    if not kept.content:
        return kept.signature != shown.signature
    return record_fields(kept) != record_fields(shown)


def _short_form(record: PaperRecord) -> ShortForm:
    return ShortForm(
        number=record.number,
        kind=record.kind,
        issued_on=legal_date(record.issued_at),
        key_id=record.key_id,
        digest=content_digest(record),
        signature=bytes.fromhex(record.signature),
    )


def _answer(verdict: Verdict, reason: str | None, short: ShortForm | None = None) -> Verification:
    detail: Mapping[str, str] = {} if reason is None else {"reason": reason}
    if short is None:
        return Verification(verdict, detail=detail)
    return Verification(verdict, short.number, short.kind, short.issued_on.isoformat(), short.key_id, detail)
