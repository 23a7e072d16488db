"""Calculations beside an intake: the form in which a draft keeps them, read back without trust."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.forms.calculators import CLAIM_SECTIONS

_TEXT = {"type": "string"}
KEPT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "what was calculated for a claim, by its place, such as claims/0",
    "propertyNames": {"pattern": f"^({'|'.join(CLAIM_SECTIONS)})/[0-9]{{1,3}}$"},
    "additionalProperties": {
        "type": "object",
        "properties": {
            "calculator": _TEXT,
            "on": {"type": "string", "format": "date"},
            "inputs": {"type": "object"},
            "result": {"type": "string", "pattern": r"^[0-9]+\.[0-9]{2}$"},
            "reason": _TEXT,
            "steps": {"type": "array"},
            "notes": {"type": "array", "items": _TEXT},
        },
        "required": ["calculator", "on", "inputs", "result"],
        "additionalProperties": False,
    },
}
_KEYS = frozenset(KEPT_SCHEMA["additionalProperties"]["properties"])


class KeptInvalid(WindowAppError):
    """A calculation of an intake cannot be read; `place` names where."""

    code = "intake.calculation"


def read_kept(entry: object, definitions: DefinitionSet, place: str) -> dict[str, Any]:
    """Return the calculations of an intake's matter; none where it has none.

    Raises:
        KeptInvalid: where one is not what `take_over` makes.
    """
    if entry is None:
        return {}
    if not isinstance(entry, Mapping):
        raise KeptInvalid(place=place)
    return {str(key): _one(str(key), kept, definitions, f"{place}.{key}") for key, kept in entry.items()}


def _one(key: str, kept: object, definitions: DefinitionSet, place: str) -> dict[str, Any]:
    section, _, number = key.rpartition("/")
    if section not in CLAIM_SECTIONS or not number.isdecimal():
        raise KeptInvalid(place=place)
    if not isinstance(kept, Mapping) or not set(kept) <= _KEYS or not _fits(kept, definitions):
        raise KeptInvalid(place=place)
    return {"reason": "", "steps": [], "notes": [], **kept}


def _fits(kept: Mapping[str, Any], definitions: DefinitionSet) -> bool:
    lists = all(isinstance(kept.get(name, []), list) for name in ("steps", "notes"))
    if not lists or not isinstance(kept.get("inputs"), Mapping) or not isinstance(kept.get("reason", ""), str):
        return False
    try:
        date.fromisoformat(str(kept.get("on")))
        result = Decimal(str(kept.get("result")))
    except (ValueError, InvalidOperation):
        return False
    return kept.get("calculator") in definitions.calculators and result.is_finite() and result >= 0
