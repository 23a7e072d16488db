"""What a draft carries beside what was typed: whose it is, and answers that a newer set has no place for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class HandOver:
    """A draft that waits for a colleague: the codes of the clerks, when it was handed over, a remark."""

    by: str
    to: str
    at: datetime
    remark: str = ""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer that the definition set in force has no place for; it can be read, and goes to the record.

    Attributes:
        kind: "field", "fact", "route" or "material".
        place: where it stood: "applicant.name", "workers[3].phone", a fact, "" for a route; with the key of the
            matter before a colon where it belongs to one ("m1:claims[0].kind").
        label: what the old set called it, in each language.
        shown: the value as the old set showed it, in each language; {} where it is shown as it is.
        definition_set: the set it was given under.
        type: of the field it stood in, "" for what was no field.
    """

    kind: str
    place: str
    label: Mapping[str, str]
    value: Any
    shown: Mapping[str, str]
    definition_set: str
    type: str = ""
