"""Notice and commitment as one paper of two pages, and the slip that says why a commitment cannot be made.

`CommitmentPapers.pair` composes both texts from the draft: they are shown, hashed and printed from the same blocks.
The digest leaves out what changes by itself (number, hour, clerk, counter) and holds everything else: another name,
another answer that the pair says, another wording give another digest, and a signature names the one it was given to.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol
from uuid import UUID, uuid5

from window_app.clock import CHINA, legal_date
from window_app.domain import ink
from window_app.domain.assessment import Citation, Text
from window_app.domain.commitment_drafts import GUARDIAN, InkSignature, Signer
from window_app.domain.events import canonical_bytes, digest
from window_app.domain.ids import new_id
from window_app.domain.papers import PaperRecord
from window_app.domain.slip_numbers import slip_number
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.forms.definitions import MatterDefinition
from window_app.forms.wording import compose
from window_app.forms.wording_texts import json_values
from window_app.i18n import Catalogue
from window_app.services.judging import JudgedMatter
from window_app.services.paper_values import Counter, PaperValues, Values, citation_values, zh

PAIR = "commitment_pair"
REFUSAL = "commitment_refusal"
BEFORE_RECEIVING = frozenset({PAIR, REFUSAL})
"""Papers of a visit that are not issued by taking it in."""
PAIR_WORDINGS = ("commitment_notice", "commitment_letter")
"""The texts of its two pages where a commitment names no others."""
LAYOUT = 1
_UNMOVED: Mapping[str, Any] = {"number": "", "told_at": datetime(2000, 1, 1, tzinfo=CHINA), "clerk": "", "counter": ""}
_EMPLOYER = "employer"
_LANGUAGES = {"zh": "zh_CN", "en": "en"}


class NoForm(WindowAppError):
    """The matter has no form, so there is nobody who could commit."""

    code = "commitment.no_form"


class NoName(WindowAppError):
    """The form does not say yet who commits."""

    code = "commitment.no_name"


class CatalogueEntry(Protocol):
    """What the pair needs of a commitment of the catalogue."""

    @property
    def notice(self) -> str:
        """Return the code of the notice's wording."""
        ...

    @property
    def commitment(self) -> str:
        """Return the code of the commitment's wording."""
        ...

    def values(self) -> Mapping[str, Any]:
        """Return what both texts say of the commitment."""
        ...


class Ground(Protocol):
    """Why somebody may not commit."""

    @property
    def reason(self) -> Text:
        """Return the reason."""
        ...

    @property
    def repair(self) -> Text:
        """Return what can be done about it."""
        ...

    @property
    def citations(self) -> Sequence[Citation]:
        """Return the articles."""
        ...


@dataclass(frozen=True, slots=True)
class PairText:
    """Notice and commitment for one material of a matter.

    Attributes:
        material: the material that the commitment stands for.
        notice, letter: the blocks of both pages, as they are shown.
        digest: what a signature is given to.
    """

    material: str
    values: Values
    wordings: tuple[str, str]
    notice: tuple[Mapping[str, Any], ...]
    letter: tuple[Mapping[str, Any], ...]
    digest: str

    def number(self, visit_id: UUID, day: date) -> str:
        """Return the number of the paper before anything was received: the same text has the same one."""
        return slip_number(uuid5(visit_id, f"{self.material} {self.digest}"), day)


class CommitmentPapers:
    """Composes the papers of commitments at a counter."""

    def __init__(
        self, definitions: DefinitionSet, counter: Counter, seal: Callable[[PaperRecord], PaperRecord]
    ) -> None:
        """Keep the tools; `seal` puts key id and signature on a paper's record."""
        self._definitions = definitions
        self._counter = counter
        self._seal = seal
        self._values = PaperValues(definitions, counter)

    def pair(
        self, judged: JudgedMatter, material: str, entry: CatalogueEntry, signer: Signer, at: datetime
    ) -> PairText:
        """Return the pair for a material of a matter, with whoever is to sign.

        Raises:
            NoForm: the matter has no form.
            NoName: the form does not say yet who commits.
            WindowAppError: `wording.value_missing` where the wording needs what nobody has said.
        """
        definition = _definition(judged)
        values = {**entry.values(), **self._common(judged, definition, material, at)}
        if signer.kind == GUARDIAN:
            values["signer"] = {"name": signer.name, "relation": signer.relation, "id_number": signer.id_number}
        wordings = (entry.notice, entry.commitment)
        unmoved = self._blocks(wordings, {**values, **_UNMOVED}, legal_date(at))
        told = {"wordings": list(wordings), "blocks": [list(page) for page in unmoved]}
        notice, letter = self._blocks(wordings, values, legal_date(at))
        return PairText(material, values, wordings, notice, letter, digest(canonical_bytes(told)))

    def pair_record(
        self,
        pair: PairText,
        visit_id: UUID,
        at: datetime,
        *,
        case: tuple[UUID, str] | None = None,
        signed: InkSignature | None = None,
    ) -> PaperRecord:
        """Return the paper of a pair.

        Args:
            pair: both texts.
            visit_id: whose visit.
            at: when it is issued.
            case: identity and receipt number, where the case is there already; else the paper is the visit's.
            signed: the signature drawn on the screen; without it there is room for a pen.
        """
        number = pair.number(visit_id, legal_date(at)) if case is None else case[1]
        values = {**pair.values, "number": number, "told_at": at, "material": pair.material, "digest": pair.digest}
        if signed is not None:
            values |= {"ink": ink.to_json(signed.strokes), "signed_on": legal_date(signed.signed_at)}
        content = pair_content(self._definitions, pair.wordings, values, legal_date(at))
        return self._sealed(PAIR, content, visit_id, None if case is None else case[0], at)

    def refusal_record(
        self,
        judged: JudgedMatter,
        material: str,
        entry: CatalogueEntry,
        grounds: Sequence[Ground],
        visit_id: UUID,
        at: datetime,
    ) -> PaperRecord:
        """Return the slip that says why a commitment cannot be made, on which article, and what helps."""
        values = {**entry.values(), **self._common(judged, _definition(judged), material, at)}
        values["reasons"] = [_told(one) for one in grounds]
        wording = self._definitions.wording[REFUSAL]
        said = canonical_bytes([material, values["reasons"]])
        values["number"] = slip_number(uuid5(visit_id, digest(said)), legal_date(at))
        content = {
            "paper": REFUSAL,
            "layout": LAYOUT,
            "title": dict(wording.title),
            "blocks": compose(wording, values, legal_date(at)),
            "copies": [zh(copy) for copy in wording.copies],
            "values": json_values({**values, "material": material}),
        }
        return self._sealed(REFUSAL, content, visit_id, None, at)

    def _common(self, judged: JudgedMatter, definition: MatterDefinition, material: str, at: datetime) -> Values:
        asked = next((one for one in definition.materials if one.code == material), None)
        if asked is None:
            raise WindowAppError("commitment.not_asked", material=material)
        values = {
            **self._counter.values("", at),
            "told_at": at,
            "applicant": _applicant(judged),
            "matter_title": zh(definition.title),
            "office": self._values.answering(judged, definition),
            "replaced": [zh(asked.title)],
        }
        if judged.facts.get("visitor") == _EMPLOYER:
            values["employer"] = True
        return values

    def _blocks(
        self, wordings: tuple[str, str], values: Values, on: date
    ) -> tuple[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]:
        notice, letter = (tuple(compose(self._definitions.wording[code], values, on)) for code in wordings)
        return notice, letter

    def _sealed(
        self, kind: str, content: Mapping[str, Any], visit_id: UUID, case_id: UUID | None, at: datetime
    ) -> PaperRecord:
        unsigned = PaperRecord(
            paper_id=new_id(at),
            kind=kind,
            number=str(content["values"]["number"]),
            case_id=case_id,
            visit_id=visit_id,
            issued_at=at,
            content=content,
            content_salt=secrets.token_hex(16),
            key_id="",
            signature="",
            practice=self._counter.station.practice,
        )
        return self._seal(unsigned)


def pair_content(definitions: DefinitionSet, wordings: tuple[str, str], values: Values, on: date) -> Mapping[str, Any]:
    """Return what the record of a pair holds: notice and commitment, a page each."""
    notice, letter = (compose(definitions.wording[code], values, on) for code in wordings)
    return {
        "paper": PAIR,
        "layout": LAYOUT,
        "title": dict(_pair_title()),
        "blocks": [*notice, {"block": "page", "id": "letter"}, *letter],
        "copies": [zh(copy) for copy in definitions.wording[wordings[0]].copies],
        "values": json_values(values),
    }


@cache
def _pair_title() -> Text:
    return {code: Catalogue(name).text("paper.commitment_pair") for code, name in _LANGUAGES.items()}


def _definition(judged: JudgedMatter) -> MatterDefinition:
    if judged.definition is None or judged.filling is None:
        raise NoForm()
    return judged.definition


def _told(ground: Ground) -> Values:
    basis = [citation_values(citation) for citation in ground.citations]
    return {"reason": zh(ground.reason), "repair": zh(ground.repair), "basis": basis}


def _applicant(judged: JudgedMatter) -> Values:
    """Return who commits, by the form: the name, the number of person or employer, the telephone."""
    said = {} if judged.filling is None else judged.filling.normalised().get("applicant", {})
    record = said if isinstance(said, Mapping) else {}
    number = record.get("uscc") or record.get("id_number") or record.get("other_number")
    known = {"name": record.get("name"), "id_number": number, "phone": record.get("phone")}
    if not known["name"]:
        raise NoName()
    return {name: str(value) for name, value in known.items() if value}
