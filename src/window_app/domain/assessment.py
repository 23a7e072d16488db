"""What the law says of a visit: routes with their reasons, the question that still matters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Text = Mapping[str, str]
"""A text in the languages of the definitions: {"zh": …, "en": …}."""


@dataclass(frozen=True, slots=True)
class Citation:
    """An article of a law, by the law's short title; `verified` is false where only recalled."""

    law: str
    article: str
    paragraph: int | None = None
    item: str | None = None
    gist: Text = field(default_factory=dict)
    verified: bool = True


@dataclass(frozen=True, slots=True)
class DeadlineStep:
    """One step of a computed limit: what was done, with which result, on which ground."""

    code: str
    params: Mapping[str, object]
    on: date | None = None
    basis: Citation | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A computed limit.

    Attributes:
        raw_on: last day before rolling; inner warnings go by it.
        due_on: last day after rolling over a holiday; equals `raw_on` where no roll applies.
        provisional: a year without a published calendar was crossed.
        amount, unit: of the rule; unit is workdays, days, months or years.
    """

    rule: str
    title: Text
    amount: int
    unit: str
    start_on: date
    raw_on: date
    due_on: date
    provisional: bool
    basis: tuple[Citation, ...]
    steps: tuple[DeadlineStep, ...]
    locality: str | None = None


class RouteStanding(StrEnum):
    """Whether papers for a route may be taken here, and what follows.

    OPEN: lawful. WARN: lawful, to be taken in, with a risk to be told. CORRECT: taken in,
    something must be put right. ELSEWHERE: papers that were handed over are taken, another
    office is competent. REFUSED: the office must refuse or point to another procedure; what the
    visitor insists on handing over is still received.
    """

    OPEN = "open"
    WARN = "warn"
    CORRECT = "correct"
    ELSEWHERE = "elsewhere"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Fired:
    """A row that fired: the facts that made it fire, what it cites, which locality spoke."""

    decision: str
    row: str
    item: str | None
    facts: Mapping[str, object]
    basis: tuple[Citation, ...]
    locality: str | None = None


@dataclass(frozen=True, slots=True)
class RouteOption:
    """One possible route of a matter.

    Attributes:
        route: code; its label is the value's label of the fact `route`.
        matter: code of the matter definition whose form this route takes; None for guidance only.
        limits: limits that run or will run; a rule whose start is not known is left out and
            named in `open_limits`.
        tell: what must be told to the visitor.
        open_limits: by code of the limit, why it has no last day (start_unknown, unlimited, …).
    """

    route: str
    recommended: bool
    standing: RouteStanding
    matter: str | None
    office: str | None
    reason: Text
    basis: tuple[Citation, ...]
    limits: tuple[Deadline, ...]
    limit_text: Text
    tell: tuple[Text, ...]
    papers: tuple[str, ...]
    open_limits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask next. `matter_key` is None for a fact of the whole visit."""

    fact: str
    matter_key: str | None


@dataclass(frozen=True, slots=True)
class MatterAssessment:
    """The law on one matter, as far as the facts known decide it.

    Attributes:
        decided: the routes are known and no question is left that could change anything.
        routes: those offered for certain whose standing is known, and the chosen one.
        pending_routes: codes of routes that the answers still missing may open.
    """

    key: str
    matter_kind: str | None
    decided: bool
    routes: tuple[RouteOption, ...]
    papers: tuple[str, ...]
    forbidden: tuple[Mapping[str, object], ...]
    warnings: tuple[Text, ...]
    next: tuple[Question, ...]
    trace: tuple[Fired, ...]
    pending_routes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The law on a visit; `definition_set` is the hash of the set that spoke."""

    matters: tuple[MatterAssessment, ...]
    next: tuple[Question, ...]
    definition_set: str
    locality: str | None
    on: date
