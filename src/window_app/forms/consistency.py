"""What the form of one file cannot show: that the files of a definition set fit one another."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from string import Formatter

from window_app.errors import DefinitionError
from window_app.forms.choosing import ROUTE
from window_app.forms.compiled import FACT_TYPES
from window_app.forms.definitions import (
    FieldDefinition,
    FieldType,
    MaterialDefinition,
    MatterDefinition,
    OwnClaims,
    SectionDefinition,
)
from window_app.forms.kinds import COMMITMENT_SERIES, DECIDED, OF_COMMITMENTS, RULINGS
from window_app.forms.office_definitions import DecisionGround, LocalityDefinition, OfficeDefinition
from window_app.rules.deadlines import DeadlineRules
from window_app.rules.values import FactType
from window_app.rules.vocabulary import Vocabulary
from window_app.yamlio import YamlDocument

SLIP = "guidance"
"""The paper of a matter that does not end in a case."""

_COUNTED = frozenset({FieldType.CHOICE, FieldType.BOOL, FieldType.INTEGER})
_NUMBER_TELLS = frozenset({"birth_date", "sex", "kind"})


def check_offices(
    offices: Iterable[OfficeDefinition], documents: Mapping[str, YamlDocument], vocabulary: Vocabulary
) -> None:
    """Check that offices serve routes that exist and number their decisions so that no number comes twice.

    Raises:
        DefinitionError: `office.route_unknown`, `office.series_state`, `office.series_text`.
    """
    for office in offices:
        _check_series(office, documents[office.code])
        for index, route in enumerate(office.serves):
            if route not in _routes(vocabulary):
                raise _error(documents[office.code], "office.route_unknown", ("serves", index), route=route)


def _check_series(office: OfficeDefinition, document: YamlDocument) -> None:
    for state, text in office.series.items():
        if state not in (*DECIDED, COMMITMENT_SERIES):
            raise _error(document, "office.series_state", ("series", state), state=state, states=", ".join(DECIDED))
        if not _is_series(text):
            raise _error(document, "office.series_text", ("series", state), text=text)


def _is_series(text: str) -> bool:
    try:
        named = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return False
    return sorted(named) == ["serial", "station", "year"]


def check_decisions(
    decisions: Mapping[str, tuple[DecisionGround, ...]],
    documents: Mapping[str, YamlDocument],
    deadlines: DeadlineRules,
    vocabulary: Vocabulary,
) -> None:
    """Check the grounds of each kind of office.

    Raises:
        DefinitionError: `decision.ground_twice`, `decision.state_where`, `decision.limit_unknown`,
            `decision.to_where`, `decision.route_unknown`.
    """
    known = _routes(vocabulary)
    for kind, grounds in decisions.items():
        codes: set[str] = set()
        states = RULINGS if kind == OF_COMMITMENTS else DECIDED
        for index, ground in enumerate(grounds):
            path = ("grounds", index)
            if ground.code in codes:
                raise _error(documents[kind], "decision.ground_twice", path, ground=ground.code)
            if ground.state not in states or bool(ground.after) is (kind == OF_COMMITMENTS):
                raise _error(
                    documents[kind], "decision.state_where", path, state=ground.state, states=", ".join(states)
                )
            if ground.limit is not None and deadlines.find(ground.limit) is None:
                raise _error(documents[kind], "decision.limit_unknown", path, deadline=ground.limit)
            if bool(ground.to) is not (ground.state == "transferred"):
                raise _error(documents[kind], "decision.to_where", path, ground=ground.code)
            strange = next((one for one in (*ground.routes, *ground.not_routes) if one not in known), None)
            if strange is not None:
                raise _error(documents[kind], "decision.route_unknown", path, route=strange, ground=ground.code)
            codes.add(ground.code)


def check_matters(
    matters: Mapping[str, MatterDefinition],
    documents: Mapping[str, YamlDocument],
    vocabulary: Vocabulary,
    *,
    wording: Collection[str],
    deadlines: DeadlineRules,
    localities: Collection[str] = (),
) -> None:
    """Check each matter's references, and that shared sections mean the same in all matters.

    Raises:
        DefinitionError: the first mistake.
    """
    shared: dict[tuple[str, str], tuple[str, FieldType]] = {}
    for code, matter in matters.items():
        document = documents[code]
        _Matter(matter, document, vocabulary, localities).check(wording, deadlines)
        for path, section, field in _shared_fields(matter):
            other, kind = shared.setdefault((section.code, field.code), (code, field.type))
            if kind is not field.type:
                raise _error(document, "matter.shared_differs", path, field=field.code, other=other, type=kind.value)
    sections = {section for section, _ in shared}
    for code, matter in matters.items():
        for path, field in _taking_fields(matter):
            # A set in which no matter shares that section has nothing to take, which is no mistake.
            if field.takes not in shared and (field.takes or ("",))[0] in sections:
                place = ".".join(field.takes or ())
                raise _error(documents[code], "matter.takes_unknown", path, field=field.code, place=place)


def check_listed(
    localities: Mapping[str, LocalityDefinition],
    documents: Mapping[str, YamlDocument],
    matters: Mapping[str, MatterDefinition],
) -> None:
    """Check that what localities list are values of choices that some matter has.

    Raises:
        DefinitionError: `locality.listed_unknown`.
    """
    known: dict[tuple[str, str], set[str]] = {}
    for matter in matters.values():
        for section in matter.sections:
            for each in section.fields:
                known.setdefault((section.code, each.code), set()).update(each.values)
    for code, locality in localities.items():
        for index, (place, listed) in enumerate(locality.listed.items()):
            strange = sorted(listed.values - known.get(place, set()))
            if strange:
                path = ("listed", index, "values")
                raise _error(documents[code], "locality.listed_unknown", path, field=".".join(place), value=strange[0])


def _taking_fields(matter: MatterDefinition) -> Iterator[tuple[tuple[str | int, ...], FieldDefinition]]:
    for place, section in enumerate(matter.sections):
        for index, field in enumerate(section.fields):
            if field.takes is not None:
                yield ("sections", place, "fields", index, "takes"), field


def _shared_fields(
    matter: MatterDefinition,
) -> Iterator[tuple[tuple[str | int, ...], SectionDefinition, FieldDefinition]]:
    for place, section in enumerate(matter.sections):
        if section.shared:
            for index, field in enumerate(section.fields):
                yield ("sections", place, "fields", index), section, field


def _routes(vocabulary: Vocabulary) -> Collection[str]:
    route = vocabulary.find(ROUTE)
    return route.values if route is not None else ()


def _error(document: YamlDocument, code: str, path: tuple[str | int, ...], /, **params: object) -> DefinitionError:
    file, line = document.where(path)
    return DefinitionError(code, file=file, line=line, **params)


class _Matter:
    """Checks one matter against its file and the vocabulary."""

    def __init__(
        self, matter: MatterDefinition, document: YamlDocument, vocabulary: Vocabulary, localities: Collection[str]
    ) -> None:
        self._matter = matter
        self._localities = localities
        self._document = document
        self._vocabulary = vocabulary

    def check(self, wording: Collection[str], deadlines: DeadlineRules) -> None:
        matter = self._matter
        if matter.route not in _routes(self._vocabulary):
            raise self._error("matter.route_unknown", ("route",), route=matter.route)
        if matter.answer_deadline is not None and deadlines.find(matter.answer_deadline) is None:
            raise self._error("matter.deadline_unknown", ("answer_deadline",), deadline=matter.answer_deadline)
        for index, paper in enumerate(matter.papers):
            if paper not in wording:
                raise self._error("matter.paper_unknown", ("papers", index), paper=paper)
        if (matter.papers == (SLIP,)) is matter.is_taken_in:
            raise self._error("matter.papers_of_ending", ("papers",), ends=matter.ends, slip=SLIP)
        self._once("sections", [section.code for section in matter.sections])
        self._once("checks", [check.code for check in matter.checks])
        self._once("materials", [material.code for material in matter.materials])
        for place, section in enumerate(matter.sections):
            self._check_section(("sections", place), section)
        for place, material in enumerate(matter.materials):
            self._check_places(("materials", place), material)
        self._check_checks()

    def _error(self, code: str, path: tuple[str | int, ...], /, **params: object) -> DefinitionError:
        return _error(self._document, code, path, **params)

    def _once(self, key: str, codes: list[str], path: tuple[str | int, ...] = ()) -> None:
        for index, code in enumerate(codes):
            if code in codes[:index]:
                raise self._error("matter.code_twice", (*path, key, index), name=code)

    def _check_section(self, path: tuple[str | int, ...], section: SectionDefinition) -> None:
        self._once("fields", [field.code for field in section.fields], path)
        self._check_places(path, section)
        repeat = section.repeat
        if repeat is not None and repeat.minimum > repeat.maximum:
            raise self._error("matter.repeat_bounds", (*path, "repeat"))
        if section.supplies is not None:
            fact = self._vocabulary.find(section.supplies)
            if fact is None or fact.type is not FactType.LIST or repeat is None:
                raise self._error("matter.supplies_list", (*path, "supplies"), fact=section.supplies)
        for index, field in enumerate(section.fields):
            self._check_field((*path, "fields", index), section, field)
        if section.own_claims is not None:
            self._check_own_claims((*path, "own_claims"), section, section.own_claims)

    def _check_own_claims(self, path: tuple[str | int, ...], section: SectionDefinition, own: OwnClaims) -> None:
        types = {field.code: field.type for field in section.fields}
        kinds: Mapping[str, object] = {} if own.kind not in types else section.field(own.kind).values
        wanted = {own.kind: FieldType.CHOICE, own.since: FieldType.DATE, own.until: FieldType.DATE}
        wanted |= dict.fromkeys((own.total, *own.amounts.values()), FieldType.MONEY) | {own.note: FieldType.TEXT}
        wrong = [code for code, kind in wanted.items() if types.get(code) is not kind]
        wrong += [kind for kind in (own.several, *own.amounts) if kind not in kinds]
        if wrong or section.repeat is None:
            raise self._error("matter.own_claims", path, names=", ".join(wrong) or section.code)

    def _check_field(self, path: tuple[str | int, ...], section: SectionDefinition, field: FieldDefinition) -> None:
        if field.type is FieldType.CHOICE and not field.values:
            raise self._error("matter.choice_without_values", (*path, "values"), field=field.code)
        self._check_places(path, field)
        self._check_telling(path, section, field)
        if field.fills and field.type is not FieldType.RESIDENT_ID:
            raise self._error("matter.fills_type", (*path, "fills"), field=field.code)
        known = {each.code for each in section.fields}
        for source, target in field.fills.items():
            if target not in known or source not in _NUMBER_TELLS:
                raise self._error("matter.fills_unknown", (*path, "fills", source), field=target, source=source)
        if field.supplies is not None:
            self._check_supplies((*path, "supplies"), section, field, field.supplies)

    def _check_telling(self, path: tuple[str | int, ...], section: SectionDefinition, field: FieldDefinition) -> None:
        """Check what a field tells the slip and the statistics, and whose answer it takes."""
        if (field.on_slip or field.counted) and self._matter.is_taken_in:
            raise self._error("matter.slip_of_case", path, field=field.code)
        if field.takes is not None and section.shared:
            raise self._error("matter.takes_shared", (*path, "takes"), field=field.code)
        if field.counted and (field.type not in _COUNTED or section.repeat is not None):
            raise self._error("matter.counted_type", (*path, "counted"), field=field.code)

    def _check_places(
        self, path: tuple[str | int, ...], part: SectionDefinition | FieldDefinition | MaterialDefinition
    ) -> None:
        due_in = () if isinstance(part, SectionDefinition) else part.due_in
        for key, places in (("only_in", part.only_in), ("due_in", due_in)):
            for place in sorted(places):
                if place not in self._localities:
                    raise self._error("matter.locality_unknown", (*path, key), locality=place)

    def _check_supplies(
        self, path: tuple[str | int, ...], section: SectionDefinition, field: FieldDefinition, supplies: str
    ) -> None:
        if section.supplies is not None:
            kinds = self._vocabulary.get(section.supplies).fields
            if supplies not in kinds:
                raise self._error("matter.supplies_unknown", path, fact=supplies)
            return
        fact = self._vocabulary.find(supplies)
        if fact is None or fact.derivation is not None:
            raise self._error("matter.supplies_unknown", path, fact=supplies)
        if section.repeat is not None:
            raise self._error("matter.supplies_repeated", path, fact=supplies)
        given = FACT_TYPES.get(field.type, FactType.TEXT)
        if field.type is FieldType.DATE_RANGE or (fact.type is not given and FactType.TEXT not in (fact.type, given)):
            raise self._error("matter.supplies_type", path, fact=supplies, type=fact.type.value, given=given.value)

    def _check_checks(self) -> None:
        sections = {section.code: section for section in self._matter.sections}
        for index, check in enumerate(self._matter.checks):
            path = ("checks", index)
            if check.section not in sections:
                raise self._error("matter.section_unknown", (*path, "section"), section=check.section)
            codes = {field.code for field in sections[check.section].fields}
            if check.field is not None and check.field not in codes:
                raise self._error("matter.field_unknown", (*path, "field"), field=check.field, section=check.section)
