"""A whole visit as JSON: what `receive` reads, and what a draft is written back as."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from window_app.domain.outage import REASONS, OutageForm
from window_app.domain.visits import TICKABLE, MaterialState, MaterialTick, MatterDraft, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.forms.definitions import SectionDefinition
from window_app.forms.schemas import intake_schema
from window_app.rules.values import Value
from window_app.services.commitment_json import SCHEMA as COMMITMENTS_SCHEMA
from window_app.services.commitment_json import read_entries, write_entries
from window_app.services.kept_calculations import KEPT_SCHEMA, read_kept

RECOMMENDED = "recommended"
# What a collected visit says of itself: its name, the rows it was made from, what it should lead to.
_REMARKS = frozenset({"name", "facts_rows", "expect", "comment"})
_VISIT_KEYS = (
    frozenset({"visit", "on", "clerk", "facts", "answers", "materials", "matters", "note", "outage"}) | _REMARKS
)
_MATTER_KEYS = frozenset(
    {"key", "facts", "route", "override_reason", "answers", "calculations", "commitments", "comment"}
)
_TICK_KEYS = frozenset({"state", "copies", "remark"})
MOST_MATTERS = 20
MOST_COPIES = 9999


class IntakeInvalid(WindowAppError):
    """The intake says something that no visit can hold; `place` names where."""

    code = "intake.invalid"


def read(intake: Mapping[str, Any], definitions: DefinitionSet, begun: VisitDraft) -> VisitDraft:
    """Return the visit that an intake describes, on the ground of a visit just begun.

    Raises:
        IntakeInvalid: an unknown key, section, field or material, or a value of a wrong kind.
        WindowAppError: `fact.unknown`, `fact.invalid` as the vocabulary says.
    """
    _keys(intake, _VISIT_KEYS, "")
    entries = intake.get("matters")
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_MATTERS:
        raise IntakeInvalid("intake.matters", most=MOST_MATTERS)
    facts = _facts(intake.get("facts"), definitions, "facts")
    shared, own = _sections(definitions)
    matters = tuple(_matter(entry, at, definitions, own, begun) for at, entry in enumerate(entries))
    if len({matter.key for matter in matters}) < len(matters):
        raise IntakeInvalid("intake.same_key", key=", ".join(matter.key for matter in matters))
    return replace(
        begun,
        visit_id=_visit_id(intake, begun.visit_id),
        facts=facts,
        answers=_answers(intake.get("answers"), shared, "answers"),
        materials=_materials(intake.get("materials"), definitions),
        matters=matters,
        note=_text(intake.get("note", ""), "note"),
        outage=_outage(intake.get("outage")),
    )


def schema(definitions: DefinitionSet) -> dict[str, Any]:
    """Return the JSON Schema of an intake: the form's, with the visit's own id, note and remarks."""
    whole = intake_schema(definitions)
    whole["properties"] |= {
        "visit": {"type": "string", "format": "uuid", "description": "a repeat with the same id doubles nothing"},
        "note": {"type": "string"},
        "outage": _OUTAGE_SCHEMA,
        "attachments": _ATTACHMENTS_SCHEMA,
        **{name: {"description": "a remark, not read"} for name in sorted(_REMARKS)},
    }
    matter = whole["properties"]["matters"]["items"]
    matter["properties"] |= {"key": {"type": "string"}, "comment": {"description": "a remark, not read"}}
    matter["properties"]["calculations"] = KEPT_SCHEMA
    matter["properties"]["commitments"] = COMMITMENTS_SCHEMA
    whole["properties"]["matters"]["maxItems"] = MOST_MATTERS
    return whole


def write(draft: VisitDraft) -> dict[str, Any]:
    """Return the intake that `read` makes the same visit from."""
    return {
        "visit": str(draft.visit_id),
        "facts": dict(draft.facts),
        "answers": dict(draft.answers),
        "materials": {
            code: {"state": tick.state.value, "copies": tick.copies, "remark": tick.remark}
            for code, tick in draft.materials.items()
        },
        "matters": [
            {
                "key": matter.key,
                "facts": dict(matter.facts),
                "route": matter.route,
                "override_reason": matter.override_reason,
                "answers": dict(matter.answers),
                **({"calculations": dict(matter.calculations)} if matter.calculations else {}),
                **({"commitments": write_entries(matter.commitments)} if matter.commitments else {}),
            }
            for matter in draft.matters
        ],
        "note": draft.note,
        **({} if draft.outage is None else {"outage": asdict(draft.outage)}),
    }


_ATTACHMENTS_SCHEMA: dict[str, Any] = {
    "type": "array",
    "description": "files of materials, looked for beside the intake; read by `receive` alone",
    "items": {
        "type": "object",
        "properties": {"material": {"type": "string"}, "file": {"type": "string"}},
        "required": ["material", "file"],
        "additionalProperties": False,
    },
}
_OUTAGE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "the outage form that is typed in: its number, the true day, why it was taken down on paper",
    "properties": {
        "number": {"type": "string"},
        "day": {"type": "string", "format": "date"},
        "reason": {"enum": list(REASONS)},
        "remark": {"type": "string"},
    },
    "required": ["number", "day", "reason"],
    "additionalProperties": False,
}
_OUTAGE_KEYS = frozenset(_OUTAGE_SCHEMA["properties"])


def _outage(entry: object) -> OutageForm | None:
    if entry is None:
        return None
    _keys(entry, _OUTAGE_KEYS, "outage")
    if not isinstance(entry, Mapping):
        raise IntakeInvalid("intake.no_object", place="outage")
    return OutageForm(**{name: _text(entry.get(name), f"outage.{name}") for name in _OUTAGE_SCHEMA["properties"]})


def _keys(entry: object, known: frozenset[str], place: str) -> None:
    if not isinstance(entry, Mapping):
        raise IntakeInvalid("intake.no_object", place=place)
    for key in entry:
        if key not in known:
            raise IntakeInvalid("intake.unknown_key", place=place, key=key, known=", ".join(sorted(known)))


def _visit_id(intake: Mapping[str, Any], otherwise: UUID) -> UUID:
    given = intake.get("visit")
    if given is None:
        return otherwise
    try:
        return UUID(str(given))
    except ValueError:
        raise IntakeInvalid("intake.visit_id") from None


def _facts(entry: object, definitions: DefinitionSet, place: str) -> dict[str, Any]:
    if entry is None:
        return {}
    if not isinstance(entry, Mapping):
        raise IntakeInvalid("intake.no_object", place=place)
    definitions.vocabulary.read_facts(entry)
    return dict(entry)


def _text(entry: object, place: str) -> str:
    if entry is None:
        return ""
    if not isinstance(entry, str):
        raise IntakeInvalid("intake.no_text", place=place)
    return entry


def _matter(
    entry: object, at: int, definitions: DefinitionSet, sections: Mapping[str, SectionDefinition], begun: VisitDraft
) -> MatterDraft:
    place = f"matters[{at}]"
    _keys(entry, _MATTER_KEYS, place)
    if not isinstance(entry, Mapping):
        raise IntakeInvalid("intake.no_object", place=place)
    return MatterDraft(
        key=_text(entry.get("key"), f"{place}.key") or f"m{at + 1}",
        facts=_facts(entry.get("facts"), definitions, f"{place}.facts"),
        route=_route(entry.get("route"), definitions, f"{place}.route"),
        override_reason=_text(entry.get("override_reason"), f"{place}.override_reason"),
        answers=_answers(entry.get("answers"), sections, f"{place}.answers"),
        calculations=read_kept(entry.get("calculations"), definitions, f"{place}.calculations"),
        commitments=read_entries(entry.get("commitments"), f"{place}.commitments", begun.opened_at, begun.owner),
    )


def _route(entry: object, definitions: DefinitionSet, place: str) -> str | None:
    route = _text(entry, place)
    known = definitions.vocabulary.get("route").values
    if route and route != RECOMMENDED and route not in known:
        raise IntakeInvalid("intake.unknown_route", place=place, route=route, known=", ".join(known))
    return route or None


def _sections(
    definitions: DefinitionSet,
) -> tuple[Mapping[str, SectionDefinition], Mapping[str, SectionDefinition]]:
    """Return the shared sections and the matters' own ones, by code, the fields of namesakes together."""
    shared: dict[str, SectionDefinition] = {}
    own: dict[str, SectionDefinition] = {}
    for matter in definitions.matters.values():
        for section in matter.sections:
            group = shared if section.shared else own
            known = group.get(section.code)
            fields = section.fields if known is None else (*known.fields, *section.fields)
            group[section.code] = replace(section, fields=fields)
    return shared, own


def _answers(entry: object, sections: Mapping[str, SectionDefinition], place: str) -> dict[str, Any]:
    if entry is None:
        return {}
    if not isinstance(entry, Mapping):
        raise IntakeInvalid("intake.no_object", place=place)
    read: dict[str, Any] = {}
    for code, content in entry.items():
        section = sections.get(code)
        if section is None:
            raise IntakeInvalid("intake.unknown_section", place=place, key=code, known=", ".join(sorted(sections)))
        read[code] = _section_content(content, section, f"{place}.{code}")
    return read


def _section_content(content: object, section: SectionDefinition, place: str) -> Value:
    known = frozenset(field.code for field in section.fields)
    if section.repeat is None:
        return _record(content, known, place)
    if not isinstance(content, list):
        raise IntakeInvalid("intake.no_list", place=place)
    if len(content) > section.repeat.maximum:
        raise IntakeInvalid("intake.too_many", place=place, most=section.repeat.maximum)
    return [_record(record, known, f"{place}[{at}]") for at, record in enumerate(content)]


def _record(content: object, known: frozenset[str], place: str) -> dict[str, Any]:
    _keys(content, known, place)
    return dict(content) if isinstance(content, Mapping) else {}


def _materials(entry: object, definitions: DefinitionSet) -> dict[str, MaterialTick]:
    if entry is None:
        return {}
    if not isinstance(entry, Mapping):
        raise IntakeInvalid("intake.no_object", place="materials")
    known = {line.code for matter in definitions.matters.values() for line in matter.materials}
    return {code: _tick(code, tick, known) for code, tick in entry.items()}


def _tick(code: str, entry: object, known: Collection[str]) -> MaterialTick:
    place = f"materials.{code}"
    if code not in known:
        raise IntakeInvalid("intake.unknown_key", place="materials", key=code, known=", ".join(sorted(known)))
    _keys(entry, _TICK_KEYS, place)
    given = dict(entry) if isinstance(entry, Mapping) else {}
    if given.get("state") not in TICKABLE:
        raise IntakeInvalid("intake.state", place=place, known=", ".join(TICKABLE))
    copies = given.get("copies", 0)
    if not isinstance(copies, int) or isinstance(copies, bool) or not 0 <= copies <= MOST_COPIES:
        raise IntakeInvalid("intake.copies", place=place, most=MOST_COPIES)
    return MaterialTick(MaterialState(given["state"]), copies, _text(given.get("remark"), f"{place}.remark"))
