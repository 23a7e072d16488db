"""Shapes of matters: their sections, fields and materials, with a file of their own or inside a matter."""

from collections.abc import Mapping
from typing import NamedTuple

from window_app.forms.shapes import (
    CODE,
    Anything,
    Bool,
    Choice,
    Day,
    Either,
    Int,
    ListOf,
    MapOf,
    Named,
    Number,
    Record,
    Shape,
    Str,
)

FIELD_TYPES = (
    "text",
    "long_text",
    "person_name",
    "resident_id",
    "uscc",
    "date",
    "date_range",
    "money",
    "integer",
    "choice",
    "bool",
    "phone",
    "address",
    "region",
    "industry",
    "time",
)
ENDINGS = ("case", "inquiry", "guidance", "referral")

_CODE = Str(CODE, "code (a-z, 0-9, _)")
_PLACES = ListOf(Str(r"[a-z0-9][a-z0-9_]*", "code (a-z, 0-9, _)"), minimum=1)

Keys = Mapping[str, Shape]


class MatterShapes(NamedTuple):
    """What a section, a material and a matter may say."""

    section: Shape
    material: Shape
    matter: Shape


def matter_shapes(text: Shape, basis: Shape, condition: Shape, promise: Shape) -> MatterShapes:
    """Return the shapes, made of what texts, citations, conditions and promises look like everywhere."""
    fields = _field_keys(text, basis, condition)
    sections = _section_keys(text, condition, Record(fields))
    materials = _material_keys(text, basis, condition)
    checks = _check_keys(text, basis, condition)
    shared = Record({**sections, "checks?": ListOf(Record(checks)), "note?": text})
    used = _used_section(sections, fields)
    return MatterShapes(
        shared,
        Record(materials),
        Record(
            {
                "matter": _CODE,
                "title": text,
                "route": _CODE,
                "ends?": Choice(ENDINGS),
                "when?": Either((condition, ListOf(condition, minimum=1))),
                "office_kind": _CODE,
                "sections": ListOf(Named({"section": Record(sections), "use": used}), minimum=1),
                "checks?": ListOf(Record({**checks, "section": _CODE})),
                "materials": ListOf(Named({"material": Record(materials), "use": _used_material(materials)})),
                "papers": ListOf(_CODE),
                "answer_deadline?": _CODE,
                "promised?": promise,
                "basis?": basis,
                "examples?": ListOf(Anything()),
            }
        ),
    )


def _field_keys(text: Shape, basis: Shape, condition: Shape) -> Keys:
    return {
        "field": _CODE,
        "type": Choice(FIELD_TYPES),
        "label": text,
        "hint?": text,
        "due?": Bool(),
        "due_if?": condition,
        "show_if?": condition,
        "values?": Either((MapOf(text, key=r"[a-z0-9][a-z0-9_]*"), Record({"fact": _CODE}))),
        "min?": Either((Number(), Day(("today",)))),
        "max?": Either((Number(), Day(("today",)))),
        "max_length?": Int(1, 1_000_000),
        "supplies?": _CODE,
        "fills?": MapOf(_CODE),
        "headings?": ListOf(Str(), minimum=1),
        "takes?": Str(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", "section.field"),
        "on_slip?": Bool(),
        "counted?": Bool(),
        "only_in?": _PLACES,
        "due_in?": _PLACES,
        "basis?": basis,
    }


def _section_keys(text: Shape, condition: Shape, field: Shape) -> Keys:
    return {
        "section": _CODE,
        "title": text,
        "hint?": text,
        "shared?": Bool(),
        "repeat?": Record({"min?": Int(0, 10_000), "max?": Int(1, 10_000)}),
        "show_if?": condition,
        "supplies?": _CODE,
        "only_in?": _PLACES,
        "own_claims?": _own_claims(),
        "fields": ListOf(field, minimum=1),
    }


def _own_claims() -> Shape:
    named = dict.fromkeys(("kind", "several", "total", "since", "until", "note"), _CODE)
    return Record({**named, "amounts": MapOf(_CODE, key=CODE)})


def _check_keys(text: Shape, basis: Shape, condition: Shape) -> Keys:
    return {
        "check": _CODE,
        "problem_if": condition,
        "field?": _CODE,
        "severity": Choice(("error", "due", "warning")),
        "message": text,
        "basis?": basis,
    }


def _material_keys(text: Shape, basis: Shape, condition: Shape) -> Keys:
    return {
        "material": _CODE,
        "title": text,
        "hint?": text,
        "due_if?": condition,
        "optional?": Bool(),
        "original": Choice(("seen", "taken", "none")),
        "copies": Either((Int(0, 1000), Choice(("per_respondent",)))),
        "only_in?": _PLACES,
        "due_in?": _PLACES,
        "basis?": basis,
    }


def _changes(keys: Keys, but: tuple[str, ...]) -> dict[str, Shape]:
    """Return the keys of a definition as those that may change it: all but some, and none must be there."""
    return {f"{name.rstrip('?')}?": shape for name, shape in keys.items() if name not in but}


def _used_section(sections: Keys, fields: Keys) -> Record:
    """Return what a matter may say of a section with a file of its own that it uses."""
    changed: Keys = {"field": _CODE, "after?": _CODE, "without?": ListOf(_CODE, minimum=1)}
    return Record(
        {
            "use": _CODE,
            **_changes(sections, but=("section", "shared", "fields")),
            "leave_out?": ListOf(_CODE, minimum=1),
            "fields?": ListOf(Record({**changed, **_changes(fields, but=("field",))}), minimum=1),
        }
    )


def _used_material(materials: Keys) -> Record:
    """Return what a matter may say of a material with a file of its own that it uses."""
    return Record({"use": _CODE, "without?": ListOf(_CODE, minimum=1), **_changes(materials, but=("material",))})
