"""What the visit page shows, as plain records in the clerk's language. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from window_app.domain.assessment import Citation, Question
from window_app.domain.visits import VisitDraft
from window_app.services.case_values import APPLICATIONS
from window_app.services.code_lists import Choices
from window_app.ui.attachment_view import AttachmentView


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
    lookup: Choices | None = None


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the form; one tuple of fields per record.

    Attributes:
        errors: how many fields must be put right, the section as a whole counted as one.
        missing: how many due fields are empty.
    """

    section: str
    title: str
    records: tuple[tuple[FieldView, ...], ...]
    repeats: bool = False
    can_add: bool = False
    can_remove: bool = False
    problem: str = ""
    hint: str = ""
    errors: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class OptionView:
    """An answer that a key chooses; `heading` stands before the first of a group."""

    value: object
    key: str
    text: str
    heading: str = ""


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
    """A line of the checklist. `commitment`: a written commitment may stand in its place."""

    material: str
    title: str
    due: bool
    copies_due: int
    state: str
    copies: int
    original: str = "seen"
    remark: str = ""
    hint: str = ""
    files: tuple[AttachmentView, ...] = ()
    commitment: bool = False


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
    """What taking in produced.

    Attributes:
        answers: by number the last day of the office's answer, None where open.
        promised: by number the day that was promised, where one was.
        reused: how many fields nobody had to type and how many materials nobody had to bring again.
        outage: the day of entry, where the visit was typed in from an outage form.
    """

    numbers: tuple[tuple[str, str], ...]
    papers: tuple[PaperView, ...]
    warnings: tuple[str, ...]
    received_on: date
    answers: Mapping[str, date | None] = field(default_factory=dict)
    promised: Mapping[str, date] = field(default_factory=dict)
    reused: tuple[int, int] = (0, 0)
    outage: date | None = None


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What is different between two states in one line; `step` ("what", "form", "materials", "") leads there."""

    text: str
    step: str
    address: FieldAddress | None = None
    material: str = ""


@dataclass(frozen=True, slots=True)
class KeptView:
    """An answer that the definition set in force has no place for."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class MovingView:
    """What a newer definition set changes for the draft; `complete` says that the old set is at hand."""

    lines: tuple[str, ...]
    kept: tuple[KeptView, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class VisitState:
    """Everything the visit page shows.

    Attributes:
        draft: the visit that is on show.
        current: key of the matter that is being worked on.
        ask: the question on the page; None where nothing is left to ask of this matter.
        changing: `ask` is an earlier answer that is being changed.
        unsaved: why what was typed last is not stored yet, and what to do; "" where all of it is.
        can_undo, can_redo: there is a step to take back, or one to do again.
        step: what was just taken back or done again; None after everything else.
        moving: the draft is of an older definition set, and the clerk is to accept what changes.
        kept: earlier answers that the set in force has no place for.
        told: something to be said once; "" for nothing.
    """

    visit_id: UUID
    draft: VisitDraft
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
    can_undo: bool = False
    can_redo: bool = False
    step: DifferenceView | None = None
    moving: MovingView | None = None
    kept: tuple[KeptView, ...] = ()
    told: str = ""

    @property
    def matter(self) -> MatterView:
        """Return the matter that is being worked on."""
        return next(matter for matter in self.matters if matter.key == self.current)

    @property
    def application(self) -> str:
        """Return the kind of the application that is filled in from the current form, "" for none."""
        return self._application_of(self.matter)

    @property
    def has_application(self) -> bool:
        """Answer whether an application is filled in from any form of the visit."""
        return any(self._application_of(matter) for matter in self.matters)

    def _application_of(self, matter: MatterView) -> str:
        taken = self.names.get(matter.key) == "form"
        return APPLICATIONS.get(matter.route or "", "") if taken else ""

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
