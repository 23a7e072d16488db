"""The definition set as the program uses it: read, checked as a whole, named by its content."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from window_app.collecting import without_collecting
from window_app.domain.assessment import Citation, Text
from window_app.domain.working_days import CalendarYear, WorkingDays
from window_app.errors import DefinitionError
from window_app.forms.calculators import Calculator, check_calculators, read_calculators
from window_app.forms.choosing import TABLE, RouteMatters, exclusive_table, read_choices
from window_app.forms.commitment_definitions import CommitmentDefinition
from window_app.forms.commitments import Catalogue, check_catalogue, read_catalogue
from window_app.forms.compiled import MatterConditions, compile_matter
from window_app.forms.consistency import check_decisions, check_listed, check_matters, check_offices
from window_app.forms.definitions import MatterDefinition, read_matter
from window_app.forms.files import DefinitionFiles, note_sound, read_files, unpack_files, was_sound
from window_app.forms.office_definitions import (
    DecisionGround,
    Lists,
    LocalityDefinition,
    OfficeDefinition,
    lists_in,
    read_decisions,
    read_locality,
    read_office,
)
from window_app.forms.phrases import PhraseGroup, check_phrases, read_phrases
from window_app.forms.promises import Promises, check_promises, read_promises
from window_app.forms.sharing import matter_files, whole_matters
from window_app.forms.statutes import StatuteTitles
from window_app.forms.wording import WordingDefinition, read_wordings
from window_app.rules import RuleSet, Source, Vocabulary, build_ruleset, build_vocabulary
from window_app.rules.deadlines import DeadlineRules
from window_app.rules.late import Late, LateWhole
from window_app.rules.limits import build_deadlines
from window_app.yamlio import YamlDocument


@dataclass(frozen=True)
class DefinitionSet:
    """Everything law and business staff have written down, immutable.

    Attributes:
        content_hash: SHA-256 of `pack()`; the set's name.
        conditions: compiled conditions of each matter.
        decisions: what offices may decide and on which grounds, by kind of office.
        choices: the matters of each route that is taken in; a route without one is guidance.
    """

    content_hash: str
    files: DefinitionFiles
    vocabulary: Vocabulary
    rules: RuleSet
    matters: Mapping[str, MatterDefinition]
    conditions: Mapping[str, MatterConditions]
    choices: Mapping[str, RouteMatters]
    calendars: WorkingDays
    wording: Mapping[str, WordingDefinition]
    offices: Mapping[str, OfficeDefinition]
    decisions: Mapping[str, tuple[DecisionGround, ...]]
    localities: Mapping[str, LocalityDefinition]
    statute_titles: StatuteTitles
    promises: Promises
    calculators: Mapping[str, Calculator]
    phrases: Mapping[str, PhraseGroup]
    catalogue: Catalogue

    @property
    def commitments(self) -> Mapping[str, CommitmentDefinition]:
        """The commitments in place of certificates by code, as the national catalogue has them."""
        return self.catalogue.national

    def commitment(self, code: str, locality: str | None = None) -> CommitmentDefinition:
        """Return a commitment as a locality has it; KeyError where there is none."""
        return self.catalogue.in_chain(code, self.rules.chain(locality))

    def commitments_for(
        self, matter: str, material: str, locality: str | None = None
    ) -> tuple[CommitmentDefinition, ...]:
        """Return the commitments that a locality offers in place of a material of a matter; mostly one or none."""
        return tuple(self.catalogue.offered(matter, material, self.rules.chain(locality)))

    def gist(self, citation: Citation) -> Text:
        """Return what a citation says in our own words: its own gist, else the article's; {} where there is none."""
        return citation.gist or self._gists.get(citation.law, {}).get(citation.article, {})

    @cached_property
    def _gists(self) -> Mapping[str, Mapping[str, Text]]:
        found: dict[str, Mapping[str, Text]] = {}
        for document in self.files.of_kind("gists"):
            found.update(document.value["gists"])
        return found

    def pack(self) -> bytes:
        """Return the canonical bytes of the set, whose hash is its name."""
        return self.files.packed

    @cached_property
    def matter_for_route(self) -> Mapping[str, str]:
        """Return the code of the general matter definition by route."""
        return {route: matters.general for route, matters in self.choices.items() if matters.general is not None}

    def matter_of(self, route: str | None, facts: Mapping[str, Any]) -> str | None:
        """Return the code of the matter that a route is taken in as, by completed facts; None where it is not."""
        matters = self.choices.get(route or "")
        return None if matters is None else matters.chosen(facts)

    @cached_property
    def _section_fields(self) -> Mapping[str, frozenset[str]]:
        fields: dict[str, frozenset[str]] = {}
        for matter in self.matters.values():
            for section in matter.sections:
                known = fields.get(section.code, frozenset())
                fields[section.code] = known | {field.code for field in section.fields}
        return fields

    def binding(self, basis: Iterable[Citation], locality: str | None) -> tuple[Citation, ...]:
        """Return the citations that bind in a locality: national ones, and local ones of a place that it follows."""
        places = (None, *self.rules.chain(locality))
        return tuple(one for one in basis if self.statute_titles.places.get(one.law) in places)

    def listed_in(self, locality: str | None) -> Lists:
        """Return what a locality and those it follows list of the values of choices, by section and field."""
        return lists_in(self.localities, self.rules.chain(locality))

    def field_codes(self, section: str) -> frozenset[str]:
        """Return the fields that any matter has in a section of this code."""
        return self._section_fields.get(section, frozenset())


def load_definitions(directory: Path, *, cache: Path | None = None) -> DefinitionSet:
    """Return the definition set of a folder.

    Args:
        directory: the folder `forms/`.
        cache: a folder for parsed files, made at need; it may be deleted at any time.

    Raises:
        DefinitionError: the first mistake, with file, line and what to do.
    """
    with without_collecting():
        files = read_files(directory, cache)
        if cache is not None and was_sound(cache, files.content_hash):
            return _assembled(files, sound=True)
        made = _assembled(files)
    if cache is not None:
        note_sound(cache, files.content_hash)
    return made


def unpack(packed: bytes) -> DefinitionSet:
    """Return the definition set of bytes made by `pack`; its errors name the file but no line.

    Raises:
        DefinitionError: where they are not a definition set that this program takes.
    """
    return _assembled(unpack_files(packed))


def _assembled(files: DefinitionFiles, *, sound: bool = False) -> DefinitionSet:
    """Put a set together; parts of one found sound before are read when asked for, and not checked again."""
    vocabulary = _vocabulary(files)
    wording = read_wordings(files.by_code("wording"), late=sound)
    offices = {code: read_office(each.value) for code, each in files.by_code("offices").items()}
    deadlines = _deadlines(files, vocabulary, late=sound)
    heads = matter_files(files)
    choices = _choices(files, heads, vocabulary, late=sound)
    ruleset = _ruleset(files, vocabulary, deadlines, heads, tuple(offices), late=sound)
    documents = whole_matters(files, late=sound)
    matters = _matters(documents, vocabulary, late=sound)
    grounds = files.by_code("decisions")
    decisions = Late(grounds, lambda kind: read_decisions(grounds[kind].value))
    localities = {code: read_locality(each.value) for code, each in files.by_code("localities").items()}
    calculators = read_calculators(files.by_code("calculators"), ruleset.parameters.names(), late=sound)
    phrases = read_phrases(files.by_code("phrases"), vocabulary, late=sound)
    promises = read_promises(heads, files.by_code("localities"))
    catalogue = read_catalogue(files.by_code("commitments"), files.by_code("localities"), late=sound)
    made = DefinitionSet(
        content_hash=files.content_hash,
        files=files,
        vocabulary=vocabulary,
        rules=ruleset,
        matters=matters,
        conditions=_conditions(matters, documents, vocabulary),
        choices=choices,
        calendars=WorkingDays(read_calendars(files.of_kind("calendar"))),
        wording=wording,
        offices=offices,
        decisions=decisions,
        localities=localities,
        statute_titles=_statute_titles(files),
        promises=promises,
        calculators=calculators,
        phrases=phrases,
        catalogue=catalogue,
    )
    if not sound:
        _check(made, documents, heads)
    return made


def _check(made: DefinitionSet, documents: Mapping[str, YamlDocument], heads: Mapping[str, YamlDocument]) -> None:
    """Hold all parts of a set against each other, and read what is else read late."""
    files, vocabulary, matters, limits = made.files, made.vocabulary, made.matters, made.rules.deadlines
    check_offices(made.offices.values(), files.by_code("offices"), vocabulary)
    check_decisions(made.decisions, files.by_code("decisions"), limits, vocabulary)
    check_matters(matters, documents, vocabulary, wording=made.wording, deadlines=limits, localities=made.localities)
    check_listed(made.localities, files.by_code("localities"), matters)
    check_calculators(made.calculators, matters, vocabulary)
    check_phrases(made.phrases, matters, vocabulary)
    check_promises(made.promises, matters, heads, files.of_kind("localities"), made.rules)
    check_catalogue(made.catalogue, files.by_code("commitments"), matters, made.wording, vocabulary)
    for code in made.conditions:
        made.conditions[code]


def _ruleset(
    files: DefinitionFiles,
    vocabulary: Vocabulary,
    deadlines: DeadlineRules,
    heads: Mapping[str, YamlDocument],
    offices: Sequence[str],
    *,
    late: bool,
) -> RuleSet:
    def exclusive() -> Mapping[str, Source]:
        table = exclusive_table(heads)
        return {} if table is None else {TABLE: table}

    # Papers of offices come later, so only the codes of offices are closed.
    return build_ruleset(
        vocabulary,
        _sources(files, "rules"),
        parameters=_sources(files, "parameters"),
        localities=_sources(files, "localities"),
        deadlines=deadlines,
        codes={"office": offices},
        exclusive=LateWhole(exclusive),
        late=late,
    )


def _choices(
    files: DefinitionFiles, heads: Mapping[str, YamlDocument], vocabulary: Vocabulary, *, late: bool
) -> Mapping[str, RouteMatters]:
    complete = any(files.of_kind("rules"))
    choices = LateWhole(lambda: read_choices(heads, vocabulary, complete=complete))
    return choices if late else dict(choices)


def _matters(
    documents: Mapping[str, YamlDocument], vocabulary: Vocabulary, *, late: bool
) -> Mapping[str, MatterDefinition]:
    values = {name: fact.values for name, fact in vocabulary.facts.items() if fact.values}
    matters = Late(documents, lambda code: read_matter(documents[code].value, values))
    return matters if late else dict(matters)


def _source(document: YamlDocument) -> Source:
    return Source(document.value, document.where)


def _sources(files: DefinitionFiles, kind: str) -> tuple[Source, ...]:
    return tuple(_source(document) for document in files.of_kind(kind))


def _vocabulary(files: DefinitionFiles) -> Vocabulary:
    for document in files.of_kind("facts"):
        return build_vocabulary(document.value, document.where)
    raise DefinitionError("definition.no_facts", file="facts.yaml", line=1)


def _statute_titles(files: DefinitionFiles) -> StatuteTitles:
    for document in files.of_kind("statutes"):
        return StatuteTitles.read(document.value)
    return StatuteTitles({})


def _deadlines(files: DefinitionFiles, vocabulary: Vocabulary, *, late: bool) -> DeadlineRules:
    national = [source.at("deadlines") for source in _sources(files, "parameters")]
    local = {str(source.at("locality").content): source.at("deadlines") for source in _sources(files, "localities")}
    return build_deadlines(national, local, vocabulary, late=late)


def _conditions(
    matters: Mapping[str, MatterDefinition], documents: Mapping[str, YamlDocument], vocabulary: Vocabulary
) -> Mapping[str, MatterConditions]:
    def made(code: str) -> MatterConditions:
        return compile_matter(matters[code], documents[code].value, vocabulary, documents[code].where)

    return Late(matters, made)


def read_calendars(documents: Iterable[YamlDocument]) -> Iterator[CalendarYear]:
    """Yield the years of calendar files.

    Raises:
        DefinitionError: for a day of another year, or one that is both off and worked.
    """
    for document in documents:
        content: Mapping[str, Any] = document.value
        for key, works in (("holidays", False), ("workdays", True)):
            for index, text in enumerate(content[key]):
                _check_day(document, (key, index), date.fromisoformat(text), works=works)
        yield CalendarYear(
            content["year"],
            content["notice"],
            frozenset(map(date.fromisoformat, content["holidays"])),
            frozenset(map(date.fromisoformat, content["workdays"])),
        )


def _check_day(document: YamlDocument, path: tuple[str | int, ...], day: date, *, works: bool) -> None:
    year: int = document.value["year"]
    neighbour = (day.year, day.month) in ((year - 1, 12), (year + 1, 1))
    if day.year != year and not neighbour:
        raise _error(document, path, "calendar.other_year", day=day, year=year)
    if works and day.weekday() < 5:
        raise _error(document, path, "calendar.workday_not_weekend", day=day)
    if works and day.isoformat() in document.value["holidays"]:
        raise _error(document, path, "calendar.both", day=day)


def _error(document: YamlDocument, path: tuple[str | int, ...], code: str, /, **params: object) -> DefinitionError:
    file, line = document.where(path)
    return DefinitionError(code, file=file, line=line, **params)
