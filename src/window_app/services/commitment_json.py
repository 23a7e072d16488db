"""Commitments of an intake as JSON: what `receive` reads of a matter, and what `commitments take` reads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from window_app.domain import ink
from window_app.domain.commitment_drafts import (
    CAPABLE,
    CAPACITIES,
    CHOICES,
    COMMIT,
    SIGNERS,
    DraftCommitment,
    InkSignature,
    PaperSignature,
    Signature,
    Signer,
)
from window_app.errors import WindowAppError

_SIGNER: dict[str, Any] = {
    "type": "object",
    "description": "who signs; left out: the applicant",
    "properties": {
        "kind": {"enum": list(SIGNERS)},
        "capacity": {"enum": list(CAPACITIES)},
        "name": {"type": "string"},
        "id_number": {"type": "string"},
        "relation": {"type": "string"},
    },
    "required": ["kind"],
    "additionalProperties": False,
}
ENTRY_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "code": {"type": "string", "description": "of the commitment, as `commitments offer` tells it"},
        "choice": {"enum": list(CHOICES), "description": "the applicant's own"},
        "signer": _SIGNER,
        "wording": {"type": "string", "description": "digest of the pair that was signed, from the same place"},
        "paper": {"type": "string", "description": "number of the printed pair that was signed"},
        "ink": {
            "type": "array",
            "description": "strokes of a signature on the screen: points [across, down, milliseconds], 0 to 1",
            "items": {"type": "array", "items": {"type": "array", "minItems": 3, "maxItems": 3}},
        },
    },
    "required": ["code", "choice"],
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "by material: the applicant's choice, and the commitment that she signed in its place",
    "additionalProperties": ENTRY_SCHEMA,
}


class CommitmentUnreadable(WindowAppError):
    """What an intake says of a commitment is not of the form; `place` names where."""

    code = "commitments.intake_form"


def read_entries(said: object, place: str, at: datetime, by: str) -> dict[str, DraftCommitment]:
    """Return the commitments of a matter by material, chosen and signed at an instant, seen by a clerk.

    Raises:
        CommitmentUnreadable: it is not of the form.
    """
    if said is None:
        return {}
    if not isinstance(said, Mapping):
        raise CommitmentUnreadable(place=place)
    return {str(material): read_entry(one, f"{place}.{material}", at, by) for material, one in said.items()}


def read_entry(said: object, place: str, at: datetime, by: str) -> DraftCommitment:
    """Return one commitment.

    Raises:
        CommitmentUnreadable: it is not of the form.
    """
    if not isinstance(said, Mapping) or not set(said) <= set(ENTRY_SCHEMA["properties"]):
        raise CommitmentUnreadable(place=place)
    choice, code, wording = said.get("choice"), said.get("code"), said.get("wording") or ""
    if choice not in CHOICES or not isinstance(code, str) or not isinstance(wording, str):
        raise CommitmentUnreadable(place=place)
    signature = _signature(said, place, at, by)
    if choice == COMMIT and signature is not None and not wording:
        raise CommitmentUnreadable("commitments.wording_needed", place=place)
    return DraftCommitment(code, choice, at, _signer(said.get("signer"), place), signature, wording)


def write_entries(commitments: Mapping[str, DraftCommitment]) -> dict[str, Any]:
    """Return commitments as an intake says them."""
    return {material: _written(one) for material, one in commitments.items() if one.choice is not None}


def _written(one: DraftCommitment) -> dict[str, Any]:
    said: dict[str, Any] = {"code": one.code, "choice": one.choice}
    if one.signer != Signer():
        names = ("kind", "capacity", "name", "id_number", "relation")
        said["signer"] = {name: getattr(one.signer, name) for name in names}
    if one.wording:
        said["wording"] = one.wording
    if isinstance(one.signature, PaperSignature):
        said["paper"] = one.signature.number
    elif isinstance(one.signature, InkSignature):
        said["ink"] = ink.to_json(one.signature.strokes)
    return said


def _signer(said: object, place: str) -> Signer:
    if said is None:
        return Signer()
    known = _SIGNER["properties"]
    if not isinstance(said, Mapping) or not set(said) <= set(known):
        raise CommitmentUnreadable(place=f"{place}.signer")
    told = {name: said.get(name, "") for name in known}
    told["capacity"] = told["capacity"] or CAPABLE
    right = told["kind"] in SIGNERS and told["capacity"] in CAPACITIES
    if not right or not all(isinstance(value, str) for value in told.values()):
        raise CommitmentUnreadable(place=f"{place}.signer")
    return Signer(**told)


def _signature(said: Mapping[str, Any], place: str, at: datetime, by: str) -> Signature | None:
    paper, drawn = said.get("paper"), said.get("ink")
    if paper is not None and drawn is not None:
        raise CommitmentUnreadable(place=place)
    if paper is not None:
        if not isinstance(paper, str) or not paper.strip():
            raise CommitmentUnreadable(place=f"{place}.paper")
        return PaperSignature(paper.strip(), at, by)
    if drawn is None:
        return None
    try:
        return InkSignature(ink.from_json(drawn), at)
    except ValueError:
        raise CommitmentUnreadable(place=f"{place}.ink") from None
