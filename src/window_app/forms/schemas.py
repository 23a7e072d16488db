"""JSON Schema: of the two inputs of the command line, and of the definition files for editors."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from window_app.domain.visits import TICKABLE
from window_app.forms.definitions import FieldDefinition, FieldType, SectionDefinition
from window_app.forms.kinds import KINDS
from window_app.forms.loader import DefinitionSet
from window_app.rules.values import UNCLEAR, FactType
from window_app.rules.vocabulary import FactDefinition

JsonSchema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DATE: JsonSchema = {"type": "string", "format": "date"}
_MONEY: JsonSchema = {"type": ["string", "integer"], "pattern": r"^-?[0-9]+(\.[0-9]{1,2})?$"}
_DURATION: JsonSchema = {"type": "string", "pattern": r"^-?P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?$"}
_FACTS: Mapping[FactType, JsonSchema] = {
    FactType.BOOL: {"type": "boolean"},
    FactType.INTEGER: {"type": "integer"},
    FactType.MONEY: _MONEY,
    FactType.DATE: _DATE,
    FactType.DURATION: _DURATION,
    FactType.TEXT: {"type": "string"},
}
_TYPED: JsonSchema = {"type": "string"}
_NULL: JsonSchema = {"type": "null"}
_PROGRAM_FACTS = ("applied_on", "in_time_from", "locality", "district")


def facts_schema(definitions: DefinitionSet) -> JsonSchema:
    """Return the schema of the facts that `triage` takes: of the visit, and of its matters.

    Facts of scope `matter` may stand at the top where the visit has one matter only.
    """
    facts = {fact.name: _fact(fact) for fact in definitions.vocabulary.facts.values()}
    matters = {"type": "array", "items": _object(_scoped(definitions, "matter")), "minItems": 1}
    return {
        "$schema": _DRAFT,
        "title": "window-app triage",
        **_object({**facts, "matters": matters}),
    }


def intake_schema(definitions: DefinitionSet) -> JsonSchema:
    """Return the schema of what `receive` takes: facts, answers, materials and matters of one visit."""
    matters = definitions.matters.values()
    shared = [section for matter in matters for section in matter.sections if section.shared]
    materials = sorted({material.code for matter in matters for material in matter.materials})
    return {
        "$schema": _DRAFT,
        "title": "window-app receive",
        **_object(
            {
                "on": _DATE,
                "clerk": _TYPED,
                "facts": _object(_scoped(definitions, "visit")),
                "answers": _object(_sections(shared)),
                "materials": _object({code: _tick() for code in materials}),
                "matters": {"type": "array", "minItems": 1, "items": _matter(definitions)},
            },
            required=("matters",),
        ),
    }


def _object(properties: Mapping[str, JsonSchema], required: Iterable[str] = ()) -> JsonSchema:
    schema: JsonSchema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    needed = list(required)
    return schema | ({"required": needed} if needed else {})


def _scoped(definitions: DefinitionSet, scope: str) -> dict[str, JsonSchema]:
    facts = definitions.vocabulary.facts.values()
    return {fact.name: _fact(fact) for fact in facts if fact.scope == scope and fact.name not in _PROGRAM_FACTS}


def _fact(fact: FactDefinition) -> JsonSchema:
    schema = _fact_value(fact)
    if fact.unclear and "enum" not in schema:
        schema = {"anyOf": [schema, {"const": UNCLEAR}]}
    if fact.ask is not None:
        schema = {**schema, "description": fact.ask["zh"]}
    return schema


def _fact_value(fact: FactDefinition) -> JsonSchema:
    if fact.type is FactType.ENUM:
        return {"enum": [*fact.values, *([UNCLEAR] if fact.unclear else [])]}
    if fact.type is FactType.LIST:
        return {"type": "array", "items": _object({name: _FACTS[kind] for name, kind in fact.fields.items()})}
    schema = dict(_FACTS[fact.type])
    if fact.type is FactType.INTEGER and fact.domain is not None:
        schema |= _integer_bounds(fact)
    return schema


def _integer_bounds(fact: FactDefinition) -> JsonSchema:
    bounds: JsonSchema = {}
    if fact.domain is not None and fact.domain.low is not None:
        bounds["minimum" if fact.domain.low_closed else "exclusiveMinimum"] = int(fact.domain.low)
    if fact.domain is not None and fact.domain.high is not None:
        bounds["maximum" if fact.domain.high_closed else "exclusiveMaximum"] = int(fact.domain.high)
    return bounds


def _matter(definitions: DefinitionSet) -> JsonSchema:
    own = [section for matter in definitions.matters.values() for section in matter.sections if not section.shared]
    route = definitions.vocabulary.find("route")
    routes = list(route.values) if route is not None else []
    return _object(
        {
            "facts": _object(_scoped(definitions, "matter")),
            "route": {"enum": [*routes, "recommended", None]},
            "override_reason": _TYPED,
            "answers": _object(_sections(own)),
        },
        required=("facts",),
    )


def _sections(sections: Iterable[SectionDefinition]) -> dict[str, JsonSchema]:
    """Return each section's schema; where matters share a code, the fields of all of them."""
    fields: dict[str, dict[str, FieldDefinition]] = {}
    heads: dict[str, SectionDefinition] = {}
    for section in sections:
        heads.setdefault(section.code, section)
        known = fields.setdefault(section.code, {})
        known.update({field.code: _widened(known.get(field.code), field) for field in section.fields})
    return {code: _section(heads[code], fields[code]) for code in fields}


def _widened(known: FieldDefinition | None, field: FieldDefinition) -> FieldDefinition:
    """Return a field that takes what either takes: matters may offer other choices at a field of the same name."""
    return field if known is None else replace(field, values={**known.values, **field.values})


def _section(section: SectionDefinition, fields: Mapping[str, FieldDefinition]) -> JsonSchema:
    record = _object({code: _field(field) for code, field in fields.items()})
    if section.repeat is None:
        return {"title": section.title["zh"], **record}
    return {"title": section.title["zh"], "type": "array", "maxItems": section.repeat.maximum, "items": record}


def _field(field: FieldDefinition) -> JsonSchema:
    """Return what may stand at a field. What is typed is judged when the form is filled, so text is always taken."""
    return {"title": field.label["zh"], **_field_value(field)}


def _field_value(field: FieldDefinition) -> JsonSchema:
    if field.type is FieldType.CHOICE:
        return {"enum": [*field.values, "", None]}
    if field.type is FieldType.BOOL:
        return {"type": ["boolean", "null"]}
    if field.type in (FieldType.MONEY, FieldType.INTEGER):
        return {"type": ["string", "number", "null"]}
    if field.type is FieldType.DATE_RANGE:
        return {"anyOf": [_object({"from": _TYPED, "to": _TYPED}), _NULL]}
    return {"type": ["string", "null"]}


def _tick() -> JsonSchema:
    states = {"enum": [state.value for state in TICKABLE]}
    copies = {"type": "integer", "minimum": 0}
    return _object({"state": states, "copies": copies, "remark": _TYPED}, required=("state",))


def editor_schemas() -> dict[str, bytes]:
    """Return the JSON Schema of each kind of definition file, by the file's name in `forms/schema/`."""
    return {
        f"{kind.name}.schema.json": _encoded({"$schema": _DRAFT, "title": kind.name, **kind.shape.schema()})
        for kind in KINDS
    }


def write_editor_schemas(directory: Path) -> None:
    """Write the schemas of the definition files into a folder."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in editor_schemas().items():
        (directory / name).write_bytes(content)


def _encoded(schema: JsonSchema) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


if __name__ == "__main__":
    write_editor_schemas(Path(sys.argv[1]))
