"""The definition set as the program uses it: read, checked as a whole, named by its content."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from window_app.domain.assessment import Citation, Text
from window_app.domain.working_days import CalendarYear, WorkingDays
from window_app.errors import DefinitionError
from window_app.forms.calculators import Calculator, check_calculators, read_calculators
from window_app.forms.choosing import RouteMatters, exclusive_table, read_choices
from window_app.forms.compiled import LateConditions, MatterConditions, compile_matter
from window_app.forms.consistency import check_decisions, check_matters, check_offices
from window_app.forms.definitions import MatterDefinition, read_matter
from window_app.forms.files import DefinitionFiles, note_sound, read_files, unpack_files, was_sound
from window_app.forms.office_definitions import (
    DecisionGround,
    LocalityDefinition,
    OfficeDefinition,
    read_decisions,
    read_locality,
    read_office,
)
from window_app.forms.phrases import PhraseGroup, check_phrases, read_phrases
from window_app.forms.promises import Promises, read_promises
from window_app.forms.sharing import whole_matters
from window_app.forms.statutes import StatuteTitles
from window_app.forms.wording import WordingDefinition, build_wording
from window_app.rules import RuleSet, Source, Vocabulary, build_ruleset, build_vocabulary
from window_app.rules.deadlines import DeadlineRules, build_deadlines
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
    phrases: tuple[PhraseGroup, ...]

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
    """Put a set together; of one that this release found sound before, conditions are read when they are asked."""
    vocabulary = _vocabulary(files)
    wording = {each.value["paper"]: build_wording(each.value, each.where) for each in files.of_kind("wording")}
    offices = {each.value["office"]: read_office(each.value) for each in files.of_kind("offices")}
    deadlines = _deadlines(files, vocabulary)
    documents = whole_matters(files)
    choices = read_choices(documents, vocabulary, complete=any(files.of_kind("rules")))
    exclusive = exclusive_table(documents)
    ruleset = build_ruleset(
        vocabulary,
        _sources(files, "rules"),
        parameters=_sources(files, "parameters"),
        localities=_sources(files, "localities"),
        deadlines=deadlines,
        codes=_codes(wording, offices),
        exclusive=() if exclusive is None else (exclusive,),
    )
    values = {name: fact.values for name, fact in vocabulary.facts.items() if fact.values}
    matters = {code: read_matter(each.value, values) for code, each in documents.items()}
    check_offices(offices.values(), {each.value["office"]: each for each in files.of_kind("offices")}, vocabulary)
    grounds = {each.value["decisions"]: each for each in files.of_kind("decisions")}
    decisions = {kind: read_decisions(each.value) for kind, each in grounds.items()}
    check_decisions(decisions, grounds, deadlines, vocabulary)
    localities = {each.value["locality"]: read_locality(each.value) for each in files.of_kind("localities")}
    check_matters(matters, documents, vocabulary, wording=wording, deadlines=deadlines, localities=localities)
    calculators, phrases = _claims(files, ruleset, matters)
    return DefinitionSet(
        content_hash=files.content_hash,
        files=files,
        vocabulary=vocabulary,
        rules=ruleset,
        matters=matters,
        conditions=_conditions(matters, documents, vocabulary, sound=sound),
        choices=choices,
        calendars=WorkingDays(read_calendars(files.of_kind("calendar"))),
        wording=wording,
        offices=offices,
        decisions=decisions,
        localities=localities,
        statute_titles=_statute_titles(files),
        promises=read_promises(matters, documents, files.of_kind("localities"), ruleset),
        calculators=calculators,
        phrases=phrases,
    )


def _claims(
    files: DefinitionFiles, ruleset: RuleSet, matters: Mapping[str, MatterDefinition]
) -> tuple[Mapping[str, Calculator], tuple[PhraseGroup, ...]]:
    """Return the calculators and the phrases, checked against the matters that use them."""
    calculators = read_calculators(files.of_kind("calculators"), ruleset.parameters.names())
    check_calculators(calculators, matters, ruleset.vocabulary)
    phrases = read_phrases(files.of_kind("phrases"), ruleset.vocabulary)
    check_phrases(phrases, matters, ruleset.vocabulary)
    return calculators, phrases


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


def _deadlines(files: DefinitionFiles, vocabulary: Vocabulary) -> DeadlineRules:
    national = [source.at("deadlines") for source in _sources(files, "parameters")]
    local = {str(source.at("locality").content): source.at("deadlines") for source in _sources(files, "localities")}
    return build_deadlines(national, local, vocabulary)


def _codes(
    wording: Mapping[str, WordingDefinition], offices: Mapping[str, OfficeDefinition]
) -> Mapping[str, Sequence[str]]:
    """Return the codes that rules may name. Papers of offices come later, so only offices are closed."""
    del wording
    return {"office": tuple(offices)}


def _conditions(
    matters: Mapping[str, MatterDefinition],
    documents: Mapping[str, YamlDocument],
    vocabulary: Vocabulary,
    *,
    sound: bool,
) -> Mapping[str, MatterConditions]:
    def made(code: str) -> MatterConditions:
        return compile_matter(matters[code], documents[code].value, vocabulary, documents[code].where)

    conditions = LateConditions(matters, made)
    return conditions if sound else dict(conditions)


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
    file, line = document.where(path)
    year: int = document.value["year"]
    neighbour = (day.year, day.month) in ((year - 1, 12), (year + 1, 1))
    if day.year != year and not neighbour:
        raise DefinitionError("calendar.other_year", file=file, line=line, day=day, year=year)
    if works and day.weekday() < 5:
        raise DefinitionError("calendar.workday_not_weekend", file=file, line=line, day=day)
    if works and day.isoformat() in document.value["holidays"]:
        raise DefinitionError("calendar.both", file=file, line=line, day=day)
