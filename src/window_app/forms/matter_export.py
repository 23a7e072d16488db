"""What a matter is made of: its file, what it uses of others, and the entries that its definitions name."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from window_app.errors import WindowAppError
from window_app.forms.choosing import ROUTE
from window_app.forms.commitments import FACTS_NAMED, replaced_in
from window_app.forms.compiled import MatterConditions, record_facts
from window_app.forms.definitions import SectionDefinition
from window_app.forms.loader import DefinitionSet, load_definitions
from window_app.forms.matter_bundle import MatterBundle, Part, WholeFile
from window_app.forms.sharing import used_files
from window_app.forms.yaml_parts import take_part
from window_app.rules.conditions import Condition
from window_app.yamlio import YamlDocument

FACTS_FILE = "facts.yaml"
_PLACES_NAMED = frozenset({"only_in", "due_in"})
_HEAD = ("locality", "title", "parent", "districts")
_DATES = ("start",)
_DATE_LISTS = ("restarts", "interrupts", "defers", "excludes")

Place = tuple[str, tuple[str, ...], str]
"""File, path and key of an entry."""


def export_matter(code: str, directory: Path) -> MatterBundle:
    """Return a matter of a definition folder with everything that it is made of.

    Its sections, materials, commitments and the wordings of its papers come whole; of facts, limits, parameters
    and localities come the entries that it names.

    Raises:
        WindowAppError: `bundle.no_matter`, `bundle.commitment_shared`.
        DefinitionError: where the folder holds no sound set.
    """
    return gather_matter(code, load_definitions(directory), directory)


def gather_matter(code: str, law: DefinitionSet, directory: Path) -> MatterBundle:
    """Return a matter of a definition set that was loaded from a folder; see `export_matter`.

    Raises:
        WindowAppError: `bundle.no_matter`, `bundle.commitment_shared` for one that other matters share.
    """
    if code not in law.matters:
        raise WindowAppError("bundle.no_matter", matter=code, known=", ".join(sorted(law.matters)))
    texts = _Texts(directory)
    files = tuple(WholeFile(name, texts.text(name)) for name in _files(law, code))
    places = sorted(set(_Places(law, code).places()))
    parts = []
    for file, path, key in places:
        text = take_part(texts.text(file), path, key)
        if text is None:
            raise WindowAppError("bundle.flow", file=file, key=".".join((*path, key)))
        parts.append(Part(file, path, key, text))
    return MatterBundle(code, files, tuple(parts))


class _Texts:
    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._read: dict[str, str] = {}

    def text(self, name: str) -> str:
        if name not in self._read:
            self._read[name] = (self._directory / name).read_bytes().decode("utf-8-sig")
        return self._read[name]


def _files(law: DefinitionSet, code: str) -> list[str]:
    own = f"matters/{code}.yaml"
    used = used_files(law.files.documents[own].value)
    made = [law.commitments[each] for each in _commitments(law, code)]
    papers = {*law.matters[code].papers, *(paper for each in made for paper in (each.notice, each.commitment))}
    wordings = (f"wording/{paper}.yaml" for paper in papers)
    return [own, *sorted({*used, *wordings, *(f"commitments/{each.code}.yaml" for each in made)})]


def _commitments(law: DefinitionSet, code: str) -> tuple[str, ...]:
    """Return the commitments of a matter; one that names other matters as well cannot leave without them."""
    found = replaced_in(law.catalogue, law.matters[code])
    for each in found:
        matters = law.commitments[each].matters
        if len(matters) > 1:
            raise WindowAppError("bundle.commitment_shared", commitment=each, matters=", ".join(matters))
    return found


class _Places:
    """Finds the entries of other files that a matter names."""

    def __init__(self, law: DefinitionSet, code: str) -> None:
        self._law = law
        self._code = code
        self._facts: set[str] = set()
        self._parameters: set[str] = set()

    def places(self) -> Iterator[Place]:
        matter = self._law.matters[self._code]
        yield from self._route(matter.route)
        limit = matter.answer_deadline or ""
        yield from self._localities(limit)
        yield from self._limit(limit)
        if _commitments(self._law, self._code):
            self._facts.update(FACTS_NAMED)
        self._gather()
        yield from self._vocabulary()
        for name in self._parameters:
            yield from self._named("parameters", name)

    def _route(self, route: str) -> Iterator[Place]:
        """Yield of the routes this one alone: every set has its own list of them."""
        yield FACTS_FILE, ("facts", ROUTE), "type"
        if "scope" in self._fact_entry(ROUTE):
            yield FACTS_FILE, ("facts", ROUTE), "scope"
        yield FACTS_FILE, ("facts", ROUTE, "values"), route

    def _limit(self, code: str) -> Iterator[Place]:
        for document in self._law.files.of_kind("parameters"):
            rule = (document.value.get("deadlines") or {}).get(code)
            if rule is not None:
                yield document.file, ("deadlines",), code
                self._note_rule(rule)

    def _note_rule(self, rule: Mapping[str, Any]) -> None:
        self._facts.update(rule[key] for key in _DATES if key in rule)
        self._facts.update(name for key in _DATE_LISTS for name in rule.get(key, ()))
        self._facts.update(rule.get("unlimited_while", {}))
        amount = rule.get("amount")
        if isinstance(amount, Mapping):
            self._parameters.add(amount["parameter"])

    def _localities(self, limit: str) -> Iterator[Place]:
        """Yield what localities change of limit and commitments, and the heads of those that the matter names."""
        documents = {str(each.value["locality"]): each for each in self._law.files.of_kind("localities")}
        made = _commitments(self._law, self._code)
        named = set(_named_places(self._law.files.documents[f"matters/{self._code}.yaml"].value))
        for code, document in documents.items():
            rule = (document.value.get("deadlines") or {}).get(limit)
            if rule is not None:
                named.add(code)
                yield document.file, ("deadlines",), limit
                self._note_rule(rule)
            for commitment in sorted(set(document.value.get("commitments", {})) & set(made)):
                named.add(code)
                yield document.file, ("commitments",), commitment
        for code in _with_parents(named, documents):
            for key in _HEAD:
                if key in documents[code].value:
                    yield documents[code].file, (), key

    def _named(self, mapping: str, name: str) -> Iterator[Place]:
        for document in self._law.files.of_kind("parameters"):
            if name in (document.value.get(mapping) or {}):
                yield document.file, (mapping,), name

    def _gather(self) -> None:
        matter, conditions = self._law.matters[self._code], self._law.conditions[self._code]
        for section in matter.sections:
            self._gather_section(section, conditions)
        for check in matter.checks:
            self._note(conditions.checks[check.code], record_facts(matter.section(check.section)))
        for condition in conditions.materials.values():
            self._note(condition, ())
        for code, special in self._law.choices[matter.route].special:
            for condition in special if code == self._code else ():
                self._note(condition, ())
        self._facts.update(self._fact_values())

    def _gather_section(self, section: SectionDefinition, conditions: MatterConditions) -> None:
        own = record_facts(section)
        supplied = [section.supplies] if section.supplies is not None else [each.supplies for each in section.fields]
        self._facts.update(name for name in supplied if name is not None)
        self._note(conditions.sections[section.code], ())
        for field in section.fields:
            both = conditions.fields[section.code, field.code]
            self._note(both.show_if, own)
            self._note(both.due_if, own)

    def _fact_values(self) -> Iterator[str]:
        """Yield the enum facts whose values choices of the matter take over."""
        names = (
            f"matters/{self._code}.yaml",
            *used_files(self._law.files.documents[f"matters/{self._code}.yaml"].value),
        )
        for name in names:
            yield from _taken_over(self._law.files.documents[name].value)

    def _note(self, condition: Condition | None, own: Iterable[str]) -> None:
        for name in () if condition is None else condition.facts:
            if name.startswith("parameter("):
                self._parameters.add(name.removeprefix("parameter(").removesuffix(")"))
            elif name not in own:
                self._facts.add(name)

    def _vocabulary(self) -> Iterator[Place]:
        document = self._law.files.documents[FACTS_FILE]
        pending, done = sorted(self._facts), {ROUTE}
        while pending:
            name = pending.pop()
            if name in done:
                continue
            done.add(name)
            for mapping in ("facts", "derived"):
                entry = (document.value.get(mapping) or {}).get(name)
                if entry is not None:
                    yield FACTS_FILE, (mapping,), name
                    pending += [
                        entry[key] for key in ("list", "from", "to", "at") if mapping == "derived" and key in entry
                    ]

    def _fact_entry(self, name: str) -> Mapping[str, Any]:
        entry: Mapping[str, Any] = self._law.files.documents[FACTS_FILE].value["facts"][name]
        return entry


def _taken_over(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        stated = value.get("values")
        if "field" in value and isinstance(stated, Mapping) and isinstance(stated.get("fact"), str):
            yield stated["fact"]
        for child in value.values():
            yield from _taken_over(child)
    elif isinstance(value, list):
        for child in value:
            yield from _taken_over(child)


def _named_places(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, child in value.items():
            if key in _PLACES_NAMED and isinstance(child, list):
                yield from map(str, child)
            else:
                yield from _named_places(child)
    elif isinstance(value, list):
        for child in value:
            yield from _named_places(child)


def _with_parents(named: Iterable[str], documents: Mapping[str, YamlDocument]) -> set[str]:
    found: set[str] = set()
    pending = [code for code in named if code in documents]
    while pending:
        code = pending.pop()
        if code not in found:
            found.add(code)
            parent = documents[code].value.get("parent")
            if parent is not None:
                pending.append(str(parent))
    return found
