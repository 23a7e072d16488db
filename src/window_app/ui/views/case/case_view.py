"""What the page of a case shows. No Qt."""

from dataclasses import dataclass

from window_app.domain.cases import Conflict
from window_app.domain.ports import CaseRow
from window_app.ui.views.visit.state import LimitView, PaperView


@dataclass(frozen=True, slots=True)
class SideView:
    """One of two values that dispute a field; `value` may be masked, `full` never is."""

    value: str
    full: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A field that two people set from one base; `known` says that both values are held here."""

    conflict: Conflict
    title: str
    kept: SideView
    other: SideView
    masked: bool
    known: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A field of the form as it reads now; `kind` is its type."""

    name: str
    title: str
    value: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The last decision of the office: its words, number, day, articles, reason."""

    state: str
    number: str
    decided_on: str
    office: str
    articles: str
    reason: str


@dataclass(frozen=True, slots=True)
class OptionView:
    """What an office may decide now: a state on a ground of the law, and to which offices a transfer may go."""

    state: str
    state_title: str
    ground: str
    title: str
    basis: str
    to: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its page shows it.

    Attributes:
        state: in the clerk's words; `mark` is the code.
        claimed: who works on it, in words; "" for nobody.
        mine: the one who looks has claimed it.
        here: the content of the receiving is held on this machine; `whole`: that of all disputed values too.
        ours: this station is the office that has it, and it is not finished.
        verbs: what this station may do with it now.
        materials: the checklist of its matter; `missing` of it what is still to come.
        due: what is or was due about it, each with whether it is settled.
        limits: legal and promised limit of the office's answer, as counted when it was taken in or completed.
    """

    case: CaseRow
    state: str
    mark: str
    office: str
    acknowledged: str
    claimed: str
    mine: bool
    here: bool
    whole: bool
    ours: bool
    read_only: bool
    decision: DecisionView | None
    decisions: tuple[OptionView, ...]
    verbs: frozenset[str]
    conflicts: tuple[ConflictView, ...]
    answers: tuple[tuple[str, tuple[AnswerView, ...]], ...]
    materials: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    papers: tuple[PaperView, ...]
    history: tuple[tuple[str, str, str], ...]
    due: tuple[tuple[str, bool], ...] = ()
    limits: tuple[LimitView, ...] = ()
