"""The parties of a matter, read from the answers: who applies, against whom, by which numbers known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from window_app.domain.tokens import lookup_token
from window_app.forms.definitions import FieldType, MatterDefinition, SectionDefinition

_ROLES: Mapping[str, str] = {
    "applicant": "applicant",
    "workers": "worker",
    "representatives": "representative",
    "respondents": "respondent",
    "agents": "agent",
}
"""The role of whoever stands in a section of a form, by the section's code."""
REGISTERS: Mapping[FieldType, str] = {FieldType.RESIDENT_ID: "person", FieldType.USCC: "employer"}


@dataclass(frozen=True, slots=True)
class Party:
    """A party with its role; `party_id` is the same in every matter of the visit.

    Attributes:
        place: where it stands in the form ("applicant", "workers/3").
    """

    party_id: UUID
    role: str
    name: str
    record: Mapping[str, Any]
    tokens: tuple[str, ...]
    place: str = ""

    def body(self, registered: UUID | None = None) -> dict[str, Any]:
        """Return what an event's body keeps of the party; `registered` is the person or employer that it is."""
        known = {} if registered is None else {"registered": str(registered)}
        return {"party_id": str(self.party_id), "role": self.role, "name": self.name, **self.record, **known}


def parties(
    definition: MatterDefinition, answers: Mapping[str, Any], visit_id: UUID, district_key: bytes
) -> tuple[Party, ...]:
    """Return the parties of a matter in the order of its form."""
    return tuple(_parties(definition, answers, visit_id, district_key))


def _parties(
    definition: MatterDefinition, answers: Mapping[str, Any], visit_id: UUID, district_key: bytes
) -> Iterator[Party]:
    for section in definition.sections:
        role = _ROLES.get(section.code)
        if role is None:
            continue
        for index, record in enumerate(_records(answers.get(section.code))):
            if any(record.values()):
                yield Party(
                    party_id=uuid5(visit_id, f"{section.code}/{index}"),
                    role=role,
                    name=str(record.get("name") or record.get("shop_sign") or ""),
                    record=record,
                    tokens=tuple(_tokens(section, record, district_key)),
                    place=place_of(section.code, index, repeats=section.repeat is not None),
                )


def place_of(section: str, index: int, *, repeats: bool) -> str:
    """Return how a record of a form is named where it is linked to a person or an employer."""
    return f"{section}/{index}" if repeats else section


def _records(content: object) -> list[Mapping[str, Any]]:
    if isinstance(content, Mapping):
        return [content]
    return [record for record in content if isinstance(record, Mapping)] if isinstance(content, list) else []


def _tokens(section: SectionDefinition, record: Mapping[str, Any], district_key: bytes) -> Iterator[str]:
    for field in section.fields:
        register = REGISTERS.get(field.type)
        number = str(record.get(field.code) or "")
        if register is not None and any(character.isalnum() for character in number):
            yield lookup_token(district_key, register, number)


def applicant_heading(found: tuple[Party, ...]) -> str:
    """Return how a paper addresses the applicants: the contact person, and how many they are; "" for nobody."""
    names = [party.name for party in found if party.role == "applicant" and party.name]
    workers = sum(party.role == "worker" for party in found)
    if not names:
        return ""
    return f"{names[0]}等{workers}人" if workers > 1 else names[0]


def respondent_heading(found: tuple[Party, ...]) -> str:
    """Return the respondents as a paper's heading has them: three by name, then how many; "" for nobody."""
    names = [party.name for party in found if party.role == "respondent" and party.name]
    if len(names) <= 3:
        return "、".join(names)
    return f"{'、'.join(names[:3])}等{len(names)}家"
