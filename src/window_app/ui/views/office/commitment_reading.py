"""Commitments in the clerk's words: where each stands, what was said at every step, what may be done. No Qt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from window_app.domain.commitments import CommitmentState
from window_app.domain.credit import Listing, refusing
from window_app.domain.events import EventType
from window_app.i18n import Catalogue
from window_app.services.clerk_names import ClerkNames
from window_app.services.commitment_review import ReviewFile, ReviewStep, Stage
from window_app.services.desk import Desk
from window_app.ui.views.lists.case_words import CaseWords, cited
from window_app.ui.views.lists.screens import event_words

Options = tuple[tuple[str, str], ...]
OPEN = (CommitmentState.MADE, CommitmentState.UNCLEAR)
TONES: Mapping[str, str] = {
    "verified_true": "good",
    "found_false": "error",
    "hearing": "caution",
    "heard": "caution",
    "withdrawn": "soft",
    "barred": "error",
}
_FACTS = (("result", "result"), ("method", "method"), ("step", "hearing"), ("outcome", "outcome"))
_DAYS = (("until", "until"), ("correct_by", "correct_by"))
_SAID = ("looked_at", "found", "statement", "reason", "how")


@dataclass(frozen=True, slots=True)
class RulingView:
    """What may be decided: its code, words, and the articles it rests on."""

    code: str
    title: str
    basis: str


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment as a page shows it.

    Attributes:
        key: names it to the services; its material.
        notes: what else is to be known, the most urgent first; each with whether it is a warning.
        lines: its steps: day, what, who.
        own: whoever looks verified it, so that somebody else decides; `decided`: decided it.
        open_to_objection: a decision against the person to which nobody objected.
        withdrawable: nobody has said yet whether it is true, so the applicant may take it back.
    """

    key: str
    title: str
    state: str
    tone: str
    stage: Stage
    summary: str
    notes: tuple[tuple[str, bool], ...]
    lines: tuple[tuple[str, str, str], ...]
    rulings: tuple[RulingView, ...] = ()
    own: bool = False
    decided: bool = False
    open_to_objection: bool = False
    withdrawable: bool = False
    material: str = ""


class CommitmentReader:
    """Reads the commitments of a case or of a person."""

    def __init__(self, desk: Desk, texts: Catalogue) -> None:
        self._desk = desk
        self._texts = texts
        self._words = CaseWords(desk, texts)
        session, office = desk.session, desk.station.office
        self._me = f"{office}/{session.clerk}" if office else session.clerk
        self._names: ClerkNames | None = None

    def views(self, found: Iterable[ReviewFile]) -> tuple[CommitmentView, ...]:
        """Return commitments as they are shown; where the store lives, which knows what clerks are called."""
        self._names = self._desk.clerks.names()
        return tuple(self._view(one) for one in found)

    def word(self, name: str, code: str) -> str:
        """Return what a code is called."""
        known = f"ui.review.{name}.{code}"
        return self._texts.text(known) if known in self._texts else code

    def state(self, one: ReviewFile) -> str:
        """Return where a commitment stands: its outcome where it was decided."""
        said = one.commitment
        if said.outcome is not None:
            return self.word("outcome", said.outcome.value)
        if said.barred:
            return self.word("state", "barred")
        if not said.to_verify and said.state.value in ("made", "unclear"):
            return self.word("state", "exempt")
        return self.word("state", said.state.value)

    def methods(self) -> Options:
        """Return the ways of verifying."""
        return self._options("method", ("online", "written", "on_site", "public"))

    def results(self) -> Options:
        """Return what verifying may find."""
        return self._options("result", ("true", "false", "unclear"))

    def hearings(self) -> Options:
        """Return how a person is heard."""
        return self._options("hearing", ("heard", "waived", "absent"))

    def _options(self, name: str, codes: tuple[str, ...]) -> Options:
        return tuple((code, self.word(name, code)) for code in codes)

    def _view(self, one: ReviewFile) -> CommitmentView:
        said = one.commitment
        tone = TONES.get("barred" if said.barred else said.state.value, "soft")
        if said.outcome is not None:
            tone = "error" if said.is_false else "good"
        return CommitmentView(
            key=str(said.commitment_id),
            title=self._texts.of(one.title),
            state=self.state(one),
            tone=tone,
            stage=one.stage,
            summary=self._summary(one),
            notes=tuple(self._notes(one)),
            lines=tuple(self._line(step) for step in one.steps),
            rulings=tuple(
                RulingView(ground.state, self._texts.of(ground.title), _basis(ground.basis)) for ground in one.grounds
            ),
            own=said.verified_by == self._me,
            decided=said.decided_by == self._me,
            open_to_objection=said.is_false and not said.objection.value,
            withdrawable=said.state in OPEN and not said.barred,
            material=said.material,
        )

    def _summary(self, one: ReviewFile) -> str:
        said, text = one.commitment, self._texts.text
        verification = self.word("verification", said.verification.value)
        parts = [
            text("ui.review.made", day=said.made_on.isoformat(), verification=verification),
            self.word("signer", said.signer.value),
        ]
        if said.to_verify:
            due = text("ui.review.due_none")
            parts.append(text("ui.review.due", day=said.due_on.isoformat()) if said.due_on else due)
        if said.decision_number:
            parts.append(text("ui.review.decision", number=said.decision_number))
        if said.list_standing is not None:
            parts.append(self.word("list", said.list_standing.value))
        return "  ·  ".join(parts)

    def _notes(self, one: ReviewFile) -> Iterable[tuple[str, bool]]:
        for doubt in one.doubts:
            yield self._doubt(doubt), True
        for other in refusing(one.listings):
            if other.commitment_id != one.commitment.commitment_id and other not in one.doubts:
                said = {"number": other.decision_number, "since": other.since.isoformat()}
                yield self._texts.text("ui.review.listed_now", **said), True
        if one.stage is Stage.HEAR and one.speak_until is not None:
            yield self._texts.text("ui.review.until", day=one.speak_until.isoformat()), False

    def _doubt(self, doubt: Listing) -> str:
        return self._texts.text("ui.review.doubt", number=doubt.decision_number, since=doubt.since.isoformat())

    def _line(self, step: ReviewStep) -> tuple[str, str, str]:
        parts = [event_words(self._texts, step.type), *self._facts(step.facts), *self._said(step)]
        articles = step.facts.get("articles")
        if isinstance(articles, list):
            parts.append("、".join(_cited(one) for one in articles if isinstance(one, Mapping)))
        if step.fault:
            parts.append(self._texts.text("ui.review.fault", why=self.word("fault", step.fault)))
        return step.on.isoformat(), " · ".join(part for part in parts if part), self._who(step.by, step.station_id)

    def _facts(self, facts: Mapping[str, Any]) -> Iterable[str]:
        for name, word in _FACTS:
            if name in facts and not (name == "result" and facts[name] in ("kept", "struck")):
                yield self.word(word, str(facts[name]))
        if facts.get("result") in ("kept", "struck"):
            yield self.word("objection", str(facts["result"]))
        if facts.get("intended"):
            yield self.word("outcome", str(facts["intended"]))
        for name, text in _DAYS:
            if facts.get(name):
                yield self._texts.text(f"ui.review.{text}", day=str(facts[name]))
        yield str(facts.get("decision_number") or "")

    def _said(self, step: ReviewStep) -> Iterable[str]:
        said = step.said
        for name in _SAID:
            if said.get(name):
                yield self._texts.text(f"ui.review.{name}", text=str(said[name]))
        if said.get("amount"):
            yield self._texts.text("ui.review.recover", amount=str(said["amount"]))
        if said.get("text"):
            objected = step.type == EventType.COMMITMENT_OBJECTED
            yield self._texts.text("ui.review.objected", text=str(said["text"])) if objected else str(said["text"])

    def _who(self, code: str, station_id: UUID) -> str:
        office, _, clerk = code.rpartition("/")
        name = clerk if self._names is None else self._names.of(code, station_id)
        return f"{self._words.office(office)} {name}" if office else name


def days_words(texts: Catalogue, due_on: date | None, left: int | None) -> str:
    """Return by when a commitment is to be verified."""
    if due_on is None:
        return texts.text("ui.review.due_unset")
    return f"{due_on:%m-%d}" if left is None else f"{due_on:%m-%d}  ({left:+d})"


def _basis(basis: Iterable[Any]) -> str:
    return "、".join(cited(one.law, one.article, one.paragraph, one.item) for one in basis)


def _cited(said: Mapping[str, Any]) -> str:
    return cited(said.get("law", ""), said.get("article", ""), said.get("paragraph"), said.get("item"))
