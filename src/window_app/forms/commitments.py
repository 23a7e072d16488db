"""The catalogue of commitments: read, held against matters and wording, and as a locality has it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from window_app.domain.commitment_words import Verification
from window_app.errors import DefinitionError
from window_app.forms.choosing import ROUTE
from window_app.forms.commitment_definitions import (
    ANY_MATTER,
    CommitmentDefinition,
    LiabilityKind,
    Proxy,
    as_in,
    read_commitment,
)
from window_app.forms.definitions import MatterDefinition
from window_app.forms.wording import WordingDefinition
from window_app.forms.wording_texts import Scope
from window_app.rules.late import Late
from window_app.rules.vocabulary import Vocabulary
from window_app.yamlio import YamlDocument, YamlPath

NOTICE_ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "item": ("item",),
    "basis": ("basis",),
    "content": ("content",),
    "way": ("method", "method_guardian"),
    "civil": ("civil",),
    "administrative": ("administrative",),
    "criminal": ("criminal",),
    "verification": ("verification_exempt", "verification_during", "verification_after"),
    "publication": ("publication",),
}
"""What every notice tells, with the items of the wording that say it: of each one stands on every paper."""
LETTER_ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "informed": ("known",),
    "qualified": ("met",),
    "liable": ("liable",),
    "genuine": ("genuine",),
}
"""What every commitment says."""
EXAMINATION_ELEMENTS: Mapping[str, tuple[str, ...]] = {"truthful": ("accurate",)}
"""What one of an examination says besides: what is stated is true, and may be verified."""
AREA = "commitment_area"
METHOD = "commitment_method"
FACTS_NAMED = (AREA, METHOD)
"""The facts whose values commitments name."""
EVERY = "*"
"""In a locality's file: every commitment of the catalogue."""

LocalChanges = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""What localities say instead: by locality, then by commitment or `EVERY`."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The commitments of a definition set by code, and what localities say instead."""

    national: Mapping[str, CommitmentDefinition]
    local: LocalChanges

    def in_chain(self, code: str, chain: Sequence[str]) -> CommitmentDefinition:
        """Return a commitment as the nearest locality of a chain has it, nearest first; KeyError where unknown."""
        found = self.national[code]
        for place in reversed(chain):
            said = self.local.get(place, {})
            for name in (EVERY, code):
                if name in said:
                    found = as_in(found, said[name], place)
        return found

    def offered(self, matter: str, material: str, chain: Sequence[str]) -> Iterator[CommitmentDefinition]:
        """Yield the commitments that may stand for a material of a matter where the chain of localities holds."""
        for code, commitment in self.national.items():
            if commitment.is_for(matter, material):
                here = self.in_chain(code, chain)
                if here.offered:
                    yield here


def read_catalogue(
    documents: Mapping[str, YamlDocument], localities: Mapping[str, YamlDocument], *, late: bool = False
) -> Catalogue:
    """Return the catalogue of parsed files by code; with `late`, what was found sound is read when it is asked for.

    Raises:
        DefinitionError: `catalogue.unknown` for a locality that speaks of one that is not there,
            `catalogue.method_missing` where what it says of verification does not fit.
    """
    national: Mapping[str, CommitmentDefinition] = Late(documents, lambda code: read_commitment(documents[code].value))
    local = {place: said for place, each in localities.items() if (said := each.value.get("commitments"))}
    if not late:
        national = dict(national)
        for place, said in local.items():
            _check_said(place, said, national, localities[place])
    return Catalogue(national, local)


def _check_said(
    place: str,
    said: Mapping[str, Mapping[str, Any]],
    national: Mapping[str, CommitmentDefinition],
    document: YamlDocument,
) -> None:
    """Hold what a locality says instead against the catalogue."""
    for code in said:
        if code != EVERY and code not in national:
            raise _error(document, "catalogue.unknown", ("commitments", code), commitment=code)
        for name in national if code == EVERY else (code,):
            if not _fits(as_in(national[name], said[code], place)):
                raise _error(document, "catalogue.method_missing", ("commitments", code), commitment=name)


def check_catalogue(
    catalogue: Catalogue,
    documents: Mapping[str, YamlDocument],
    matters: Mapping[str, MatterDefinition],
    wording: Mapping[str, WordingDefinition],
    vocabulary: Vocabulary,
) -> None:
    """Check that commitments replace materials that matters ask for, and that their papers say all they must.

    Raises:
        DefinitionError: `catalogue.replaces_nothing`, `catalogue.matter_unknown`, `catalogue.material_unknown`,
            `catalogue.twice`, `catalogue.route_unknown`, `catalogue.area_unknown`, `catalogue.method_missing`,
            `catalogue.proxy_examination`, `catalogue.wording_unknown`, `catalogue.element_missing`,
            `catalogue.element_conditional`.
    """
    taken: dict[tuple[str, str], str] = {}
    for code, commitment in catalogue.national.items():
        checking = _Checking(commitment, documents[code])
        checking.check_place(matters, vocabulary)
        checking.check_terms(vocabulary)
        checking.check_papers(wording, vocabulary)
        for pair in sorted(_pairs(commitment, matters)):
            other = taken.setdefault(pair, code)
            if other != code:
                raise checking.error("catalogue.twice", ("replaces",), matter=pair[0], material=pair[1], other=other)


def replaced_in(catalogue: Catalogue, matter: MatterDefinition) -> tuple[str, ...]:
    """Return the codes of the commitments that may stand for a material of a matter, in order of name."""
    materials = {each.code for each in matter.materials}
    return tuple(
        code
        for code, each in sorted(catalogue.national.items())
        if any(each.is_for(matter.code, material) for material in materials)
    )


def commitment_values(commitment: CommitmentDefinition, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return what the wording of notice and commitment takes from the catalogue; the rest is the visit's to give."""
    within = commitment.verify_within
    return {
        "item": commitment.title["zh"],
        "certificate": commitment.certificate["zh"],
        "authority": commitment.authority["zh"],
        "content": commitment.proves["zh"],
        "conditions": commitment.conditions["zh"],
        "basis": commitment.basis,
        "verification": commitment.verification.value,
        "methods": [vocabulary.get(METHOD).values[each]["zh"] for each in commitment.method],
        "verify_within": None if within is None else {"amount": within.number, "unit": within.unit},
        "publication": commitment.published.text["zh"],
        "guardian": commitment.proxy is Proxy.GUARDIAN_ONLY,
        "examination": commitment.examination,
        **{f"{kind.value}_more": _more(commitment, kind) for kind in LiabilityKind},
    }


def _more(commitment: CommitmentDefinition, kind: LiabilityKind) -> str:
    return "".join(each.text["zh"] for each in commitment.liabilities if each.kind is kind)


class _Checking:
    """Checks one commitment."""

    def __init__(self, commitment: CommitmentDefinition, document: YamlDocument) -> None:
        self._commitment = commitment
        self._document = document

    def error(self, code: str, path: YamlPath, /, **params: object) -> DefinitionError:
        return _error(self._document, code, path, commitment=self._commitment.code, **params)

    def check_place(self, matters: Mapping[str, MatterDefinition], vocabulary: Vocabulary) -> None:
        found = self._commitment
        here = bool(found.replaces) and bool(found.matters)
        if here is (found.elsewhere is not None) or bool(found.replaces) is not bool(found.matters):
            raise self.error("catalogue.replaces_nothing", ())
        if found.elsewhere is not None and found.elsewhere.route not in _values(vocabulary, ROUTE):
            raise self.error("catalogue.route_unknown", ("elsewhere", "route"), route=found.elsewhere.route)
        named = [code for code in found.matters if code != ANY_MATTER]
        for index, code in enumerate(named):
            if code not in matters:
                raise self.error("catalogue.matter_unknown", ("matters", index), matter=code)
            if not {each.code for each in matters[code].materials} & set(found.replaces):
                raise self.error("catalogue.replaces_nothing", ("matters", index))
        known = {
            each.code
            for matter in (named or matters)
            for each in (matters[matter].materials if matter in matters else ())
        }
        for index, material in enumerate(found.replaces):
            if material not in known:
                raise self.error("catalogue.material_unknown", ("replaces", index), material=material)

    def check_terms(self, vocabulary: Vocabulary) -> None:
        found = self._commitment
        if found.area not in _values(vocabulary, AREA):
            raise self.error("catalogue.area_unknown", ("area",), area=found.area)
        if not _fits(found):
            raise self.error("catalogue.method_missing", ("method",))
        if found.examination and found.proxy is not Proxy.NONE:
            raise self.error("catalogue.proxy_examination", ("proxy",))

    def check_papers(self, wording: Mapping[str, WordingDefinition], vocabulary: Vocabulary) -> None:
        examination = EXAMINATION_ELEMENTS if self._commitment.examination else {}
        for key, code, elements in (
            ("notice", self._commitment.notice, NOTICE_ELEMENTS),
            ("letter", self._commitment.commitment, {**LETTER_ELEMENTS, **examination}),
        ):
            if code not in wording:
                raise self.error("catalogue.wording_unknown", (key,), paper=code)
            scope = Scope(code, commitment_values(self._commitment, vocabulary))
            for element, items in elements.items():
                self._check_element(key, wording[code], element, items, scope)

    def _check_element(
        self, key: str, paper: WordingDefinition, element: str, items: Sequence[str], scope: Scope
    ) -> None:
        """Check that nobody can take an element out, and that by the catalogue alone it stands on every paper."""
        named = {"paper": paper.paper, "element": element}
        if not set(items) <= {each.item for each in paper.required}:
            raise self.error("catalogue.element_missing", (key,), **named)
        for version in paper.versions:
            found = [entries for entries in _items(version.blocks, ()) if entries[-1]["id"] in items]
            if not any(all(map(scope.holds, entries)) for entries in found):
                raise self.error("catalogue.element_conditional", (key,), **named)


def _fits(commitment: CommitmentDefinition) -> bool:
    """Answer whether an exempt one has neither method nor period, and any other a method."""
    if commitment.verification is Verification.EXEMPT:
        return not commitment.method and commitment.verify_within is None
    return bool(commitment.method)


def _items(
    blocks: Iterable[Mapping[str, Any]], around: tuple[Mapping[str, Any], ...]
) -> Iterator[tuple[Mapping[str, Any], ...]]:
    """Yield each item with the blocks that it stands in."""
    for block in blocks:
        for item in block.get("items", ()):
            yield (*around, block, item)
        yield from _items(block.get("blocks", ()), (*around, block))


def _pairs(commitment: CommitmentDefinition, matters: Mapping[str, MatterDefinition]) -> Iterator[tuple[str, str]]:
    for matter in matters.values():
        for material in matter.materials:
            if commitment.is_for(matter.code, material.code):
                yield matter.code, material.code


def _values(vocabulary: Vocabulary, name: str) -> tuple[str, ...]:
    fact = vocabulary.find(name)
    return () if fact is None else tuple(fact.values)


def _error(document: YamlDocument, code: str, path: YamlPath, /, **params: object) -> DefinitionError:
    file, line = document.where(path)
    return DefinitionError(code, file=file, line=line, **params)
