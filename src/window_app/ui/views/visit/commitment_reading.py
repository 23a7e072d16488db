"""Turns what may be committed in place of a material into what the panel shows. No Qt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from window_app.clock import CHINA
from window_app.domain.commitment_drafts import InkSignature, PaperSignature, Signer
from window_app.domain.ink import Stroke
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.i18n import Catalogue
from window_app.services.commitment_offers import Offer
from window_app.services.commitment_papers import PAIR, REFUSAL
from window_app.services.desk import Desk
from window_app.ui.masking import masked
from window_app.ui.views.papers.reading import PaperReader
from window_app.ui.views.visit.route_card import cited
from window_app.ui.views.visit.state import PaperView

NAME, RELATION, NUMBER = "name", "relation", "id_number"
_PLACES: Mapping[str, str] = {
    "commitments.guardian_name": NAME,
    "commitments.guardian_relation": RELATION,
    "commitments.guardian_is_applicant": NUMBER,
    "commitments.guardian_minor": NUMBER,
}
_UNSIGNED = "commitments.unsigned"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of notice or commitment: title, heading, text, item, numbered or note; `label` stands before it."""

    kind: str
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why no commitment may be made: the reason, its articles, what helps."""

    reason: str
    articles: str
    repair: str


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment in place of a material, as the panel shows it.

    Attributes:
        choice: "commit", "prove", or "" where nobody chose.
        open: the applicant may commit; `reasons` say why where she may not.
        unsigned: everything but the signature is there.
        faults: what else is wrong, by the guardian's field it belongs to, "" for none.
        pages: both texts, as they will be printed.
        signature: "" for none, "ink", "paper"; `signed` says when and how in words.
        counts: the signature stands.
        paper: the pair that was printed to be signed as it reads now; `slip`: why it may not be.
    """

    matter_key: str
    material: str
    certificate: str
    authority: str
    choice: str
    open: bool
    reasons: tuple[ReasonView, ...]
    signer: Signer
    by_guardian: bool
    unsigned: bool
    faults: tuple[tuple[str, str], ...]
    pages: tuple[tuple[TextLine, ...], ...]
    signature: str
    signed: str
    strokes: tuple[Stroke, ...]
    counts: bool
    paper: PaperView | None
    slip: PaperView | None
    applicant: str


class CommitmentReader:
    """Reads the commitments of drafts; lives where the store lives."""

    def __init__(self, desk: Desk, texts: Catalogue) -> None:
        self._desk = desk
        self._texts = texts
        self._papers = PaperReader(desk, texts)

    def read(self, draft: VisitDraft, material: str, current: str) -> CommitmentView | None:
        """Return what is offered in place of a material, by the matter on show first; None for nothing."""
        keys = sorted((matter.key for matter in draft.matters), key=lambda key: key != current)
        offers = (one for key in keys for one in self._desk.commitments.drafts.offers(draft, key))
        found = next((one for one in offers if one.material == material), None)
        return None if found is None else self._view(draft, found)

    def _view(self, draft: VisitDraft, offer: Offer) -> CommitmentView:
        chosen = offer.chosen
        signature = None if chosen is None else chosen.signature
        faults = tuple(self._faults(offer))
        codes = {fault.code for fault in offer.faults}
        kind = "" if signature is None else signature.kind.value
        papers = {(one.record.kind, one.record.number): one for one in self._desk.papers.of_visit(draft.visit_id)}
        number = "" if offer.pair is None else offer.pair.number(draft.visit_id, self._desk.clock.today())
        pair = papers.get((PAIR, number))
        slips = [one for one in papers.values() if _is_slip(one.record.kind, one.record.content, offer.material)]
        return CommitmentView(
            matter_key=offer.matter_key,
            material=offer.material,
            certificate=self._texts.of(offer.definition.certificate),
            authority=self._texts.of(offer.definition.authority),
            choice="" if chosen is None else chosen.choice or "",
            open=offer.open,
            reasons=tuple(self._reasons(offer)),
            signer=Signer() if chosen is None else chosen.signer,
            by_guardian=bool(offer.pair is not None and offer.pair.values.get("guardian")),
            unsigned=codes == {_UNSIGNED},
            faults=faults,
            pages=() if offer.pair is None else (tuple(_lines(offer.pair.notice)), tuple(_lines(offer.pair.letter))),
            signature=kind,
            signed=self._signed(signature),
            strokes=signature.strokes if isinstance(signature, InkSignature) else (),
            counts=offer.counts,
            paper=None if pair is None else self._papers.view(pair),
            slip=self._papers.view(slips[-1]) if slips and offer.exclusions else None,
            applicant=offer.applicant.name,
        )

    def _reasons(self, offer: Offer) -> Iterator[ReasonView]:
        if offer.pair is None:
            yield ReasonView(self._texts.text("commitments.name_needed"), "", "")
        for one in offer.exclusions:
            if one.missing:
                yield ReasonView(self._texts.text("commitments.unchecked"), "", "")
                continue
            articles = " · ".join(dict.fromkeys(cited(citation) for citation in one.citations))
            yield ReasonView(self._texts.of(one.reason), articles, self._texts.of(one.repair))

    def _faults(self, offer: Offer) -> Iterator[tuple[str, str]]:
        for fault in offer.faults:
            place = _place_of(fault)
            if place == NUMBER and offer.chosen is not None and not offer.chosen.signer.id_number:
                yield place, self._texts.text("ui.commitment.guardian_number")
            elif fault.code != _UNSIGNED:
                yield place, self._texts.message(fault)

    def _signed(self, signature: PaperSignature | InkSignature | None) -> str:
        if isinstance(signature, InkSignature):
            return self._texts.text("ui.commitment.signed_ink", at=_moment(signature.signed_at))
        if isinstance(signature, PaperSignature):
            at = _moment(signature.confirmed_at)
            return self._texts.text("ui.commitment.signed_paper", at=at, number=signature.number, by=signature.by)
        return ""


def _place_of(fault: WindowAppError) -> str:
    return NUMBER if fault.code.startswith("field.") else _PLACES.get(fault.code, "")


def _is_slip(kind: str, content: Mapping[str, Any], material: str) -> bool:
    return kind == REFUSAL and content["values"].get("material") == material


def _moment(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def _lines(blocks: Sequence[Mapping[str, Any]]) -> Iterator[TextLine]:
    """Yield what a page says, without what only paper needs: number, code, lines to sign on."""
    for block in blocks:
        kind = block["block"]
        if kind in _PLAIN:
            yield TextLine(_PLAIN[kind], block["text"])
        elif kind in ("fields", "list"):
            yield from _items(block, numbered=kind == "list")


def _items(block: Mapping[str, Any], *, numbered: bool) -> Iterator[TextLine]:
    if block.get("heading"):
        yield TextLine("heading", block["heading"])
    for place, item in enumerate(block["items"], start=1):
        if item["id"] not in _ON_PAPER:
            text = masked(_MASKED.get(item["id"], ""), item["text"])
            yield TextLine("numbered" if numbered else "item", text, f"{place}." if numbered else item["label"])


_PLAIN: Mapping[str, str] = {"title": "title", "paragraph": "text", "note": "note"}
_MASKED: Mapping[str, str] = {"id_number": "resident_id", "phone": "phone"}
"""What everybody in the hall could read over a shoulder."""
_ON_PAPER = frozenset({"number", "told_at"})
