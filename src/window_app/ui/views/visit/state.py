"""What the visit page shows, as plain records in the clerk's language. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from window_app.domain.assessment import Citation, Question


@dataclass(frozen=True, slots=True)
class FieldAddress:
    """Where a field stands: section, record of the section from 0, field."""

    section: str
    index: int
    field: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field with its value. `problem` is a sentence that says what to do; `severity` error or due."""

    address: FieldAddress
    kind: str
    label: str
    hint: str = ""
    due: bool = False
    choices: tuple[tuple[object, str], ...] = ()
    value: object = None
    problem: str = ""
    severity: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the form; one tuple of fields per record."""

    section: str
    title: str
    records: tuple[tuple[FieldView, ...], ...]
    repeats: bool = False
    can_add: bool = False
    can_remove: bool = False
    problem: str = ""
    hint: str = ""

    @property
    def errors(self) -> int:
        """Return how many fields must be put right."""
        return sum(view.severity == "error" for record in self.records for view in record) + bool(self.problem)

    @property
    def missing(self) -> int:
        """Return how many due fields are empty."""
        return sum(view.missing for record in self.records for view in record)


@dataclass(frozen=True, slots=True)
class OptionView:
    """An answer that a key chooses."""

    value: object
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class AskView:
    """A question of the interview. `answered` is the text of the answer on record, "" for none."""

    question: Question
    text: str
    help: str
    why: str
    kind: str
    options: tuple[OptionView, ...]
    answer: object = None
    answered: str = ""


@dataclass(frozen=True, slots=True)
class LimitView:
    """A limit in one line, and the steps that led to it."""

    text: str
    steps: tuple[str, ...]
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class RouteView:
    """A route that is open, as its card shows it. `tone` picks the colours, the texts carry the meaning."""

    route: str
    title: str
    tone: str
    recommended: bool
    standing: str
    reason: str
    basis: tuple[Citation, ...]
    limits: tuple[LimitView, ...]
    limit_text: str
    office: str
    tell: tuple[str, ...]
    papers: tuple[str, ...]
    receivable: bool
    chosen: bool
    office_phone: str = ""


@dataclass(frozen=True, slots=True)
class MatterView:
    """A matter of the visit with what the law says of it."""

    key: str
    title: str
    routes: tuple[RouteView, ...]
    route: str | None
    route_title: str
    override_reason: str
    warnings: tuple[str, ...]
    forbidden: tuple[str, ...]
    decided: bool
    open_questions: int


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A line of the checklist."""

    material: str
    title: str
    due: bool
    copies_due: int
    state: str
    copies: int
    original: str = "seen"


@dataclass(frozen=True, slots=True)
class ProblemView:
    """Something that keeps the visit from being taken in; `address` leads there."""

    text: str
    address: FieldAddress | None
    matter: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper that was issued, with what it says in short."""

    paper_id: UUID
    kind: str
    title: str
    number: str
    state: str
    reprints: int
    lines: tuple[tuple[str, str], ...] = ()
    practice: bool = False


@dataclass(frozen=True, slots=True)
class ReceivedView:
    """What taking in produced. `answers` gives by number the last day of the office's answer, None where open."""

    numbers: tuple[tuple[str, str], ...]
    papers: tuple[PaperView, ...]
    warnings: tuple[str, ...]
    received_on: date
    answers: Mapping[str, date | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VisitState:
    """Everything the visit page shows.

    Attributes:
        current: key of the matter that is being worked on.
        ask: the question on the page; None where nothing is left to ask of this matter.
        changing: `ask` is an earlier answer that is being changed.
        unsaved: why what was typed last is not stored yet, and what to do; "" where all of it is.
    """

    visit_id: UUID
    opened_at: datetime
    who: tuple[FieldView, ...]
    visitor: str
    matters: tuple[MatterView, ...]
    current: str
    ask: AskView | None
    changing: bool
    answered: tuple[AskView, ...]
    sections: tuple[SectionView, ...]
    form_title: str
    materials: tuple[MaterialView, ...]
    problems: tuple[ProblemView, ...] = ()
    received: ReceivedView | None = None
    unsaved: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def matter(self) -> MatterView:
        """Return the matter that is being worked on."""
        return next(matter for matter in self.matters if matter.key == self.current)

    @property
    def chosen(self) -> RouteView | None:
        """Return the route card that was chosen for the current matter, None for none or an override."""
        return next((route for route in self.matter.routes if route.chosen), None)

    @property
    def may_be_received(self) -> bool:
        """Answer whether taking in gives a number, or would once a route is chosen."""
        chosen = any(self.names.get(matter.key) == "form" for matter in self.matters)
        return chosen or any(
            route.receivable for matter in self.matters if matter.route is None for route in matter.routes
        )
