"""What a check of the definitions found, and by which method."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from window_app.rules.values import Value

PROVED = "proved"
"""The space of all answers was divided without remainder: what was not found does not exist."""

ENUMERATED = "enumerated"
"""Every order of values that are compared with each other was looked at."""

SAMPLED = "sampled"
"""Days on both sides of every border were looked at, because periods of days and months cross."""

EXAMPLE = "example"
"""An example in the file did not give what it says."""

_STRENGTH = (PROVED, ENUMERATED, SAMPLED)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a table.

    Attributes:
        file, line: where to put it right.
        code: of the message; `params` fill it.
        counterexample: facts (JSON) that show it; facts left out do not matter.
        method: "proved", "enumerated", "sampled" or "example".
    """

    file: str
    line: int
    code: str
    params: Mapping[str, Value] = field(default_factory=dict)
    counterexample: Mapping[str, Value] = field(default_factory=dict)
    method: str = PROVED


@dataclass(frozen=True, slots=True)
class Proof:
    """A question put to a table in one period: how it was answered, and what was found.

    Attributes:
        check: "gaps", "overlaps" or "dead_rows".
        period: first day of the period of validity that was looked at.
    """

    decision: str
    locality: str | None
    period: str
    check: str
    method: str
    findings: tuple[Finding, ...] = ()


def weakest(methods: set[str]) -> str:
    """Return the weakest of several methods, because a chain holds no better than that."""
    return max(methods, key=_STRENGTH.index, default=PROVED)
