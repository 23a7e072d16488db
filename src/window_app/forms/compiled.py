"""A matter with its conditions compiled: what is shown, due or wrong, ready to be asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from window_app.forms.definitions import FieldDefinition, FieldType, MatterDefinition, SectionDefinition
from window_app.rules.conditions import Condition, KnownFacts, LocalFacts, RecordField, build_condition
from window_app.rules.values import FactType

Path = tuple[str | int, ...]
Where = Callable[[Path], tuple[str, int]]

FACT_TYPES: Mapping[FieldType, FactType] = {
    FieldType.DATE: FactType.DATE,
    FieldType.MONEY: FactType.MONEY,
    FieldType.INTEGER: FactType.INTEGER,
    FieldType.CHOICE: FactType.ENUM,
    FieldType.BOOL: FactType.BOOL,
}
"""As what a field's value enters conditions; any other type as text."""

RANGE_ENDS = ("from", "to")
"""A date range enters conditions as two dates: `<field>_from` and `<field>_to`."""


@dataclass(frozen=True, slots=True)
class FieldConditions:
    """A field's conditions, None where it has none."""

    show_if: Condition | None
    due_if: Condition | None


@dataclass(frozen=True, slots=True)
class MatterConditions:
    """All conditions of a matter, by section, by section and field, by check and by material."""

    sections: Mapping[str, Condition | None]
    fields: Mapping[tuple[str, str], FieldConditions]
    checks: Mapping[str, Condition]
    materials: Mapping[str, Condition | None]


def compile_matter(
    matter: MatterDefinition, content: Mapping[str, Any], vocabulary: KnownFacts, where: Where
) -> MatterConditions:
    """Return the compiled conditions of a matter; `content` is its parsed YAML, for the places of errors.

    Raises:
        DefinitionError: for a condition that names what does not exist or a cell that does not fit.
    """
    compiler = _Compiler(vocabulary, where)
    fields: dict[tuple[str, str], FieldConditions] = {}
    sections: dict[str, Condition | None] = {}
    for place, section in enumerate(matter.sections):
        path: Path = ("sections", place)
        sections[section.code] = compiler.optional(section.show_if, vocabulary, (*path, "show_if"))
        known = LocalFacts(record_facts(section), vocabulary)
        for index, field in enumerate(section.fields):
            here = (*path, "fields", index)
            show_if = compiler.optional(field.show_if, known, (*here, "show_if"))
            due_if = compiler.optional(field.due_if, known, (*here, "due_if"))
            fields[section.code, field.code] = FieldConditions(show_if, due_if)
    checks = {
        check.code: build_condition(
            content["checks"][index]["problem_if"],
            LocalFacts(record_facts(matter.section(check.section)), vocabulary),
            where,
            ("checks", index, "problem_if"),
        )
        for index, check in enumerate(matter.checks)
    }
    materials = {
        material.code: compiler.optional(material.due_if, vocabulary, ("materials", index, "due_if"))
        for index, material in enumerate(matter.materials)
    }
    return MatterConditions(sections, fields, checks, materials)


def record_facts(section: SectionDefinition) -> dict[str, RecordField]:
    """Return a section's fields as facts that conditions can test by name."""
    return {fact.name: fact for field in section.fields for fact in _field_facts(field)}


def _field_facts(field: FieldDefinition) -> Sequence[RecordField]:
    if field.type is FieldType.DATE_RANGE:
        return [RecordField(f"{field.code}_{end}", FactType.DATE, {}) for end in RANGE_ENDS]
    return [RecordField(field.code, FACT_TYPES.get(field.type, FactType.TEXT), field.values)]


@dataclass(frozen=True, slots=True)
class _Compiler:
    vocabulary: KnownFacts
    where: Where

    def optional(self, cells: Mapping[str, Any] | None, known: KnownFacts, path: Path) -> Condition | None:
        return None if cells is None else build_condition(cells, known, self.where, path)
