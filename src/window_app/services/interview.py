"""The interview: which question still matters, what its answers are, where the matter belongs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from window_app.domain.assessment import Assessment, Question, Text
from window_app.domain.visits import MatterDraft, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.rules.values import Value
from window_app.rules.vocabulary import FactDefinition
from window_app.services.answers import AnswerInvalid, read_answer
from window_app.services.judging import Judge

_MATTER_SCOPE = "matter"
_NO_TEXT: Text = {}


class UnknownQuestion(WindowAppError):
    """The vocabulary has no such fact, or it is never asked."""

    code = "interview.unknown_question"


class RouteNotOffered(WindowAppError):
    """The law does not offer this route for the matter; leaving the offer needs a reason."""

    code = "interview.route_not_offered"


class ReasonMissing(WindowAppError):
    """An override was not given its reason."""

    code = "interview.reason_missing"


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as a screen shows it.

    Attributes:
        kind: type of the fact: enum, bool, integer, money, date, duration, text.
        options: values to choose among with their labels, in the order of their groups; empty where
            something is typed.
        groups: the heading of each option that begins a group, by its value.
        unclear: "not clear" may be answered.
        answer: the answer on record as JSON value; None where there is none.
    """

    question: Question
    text: Text
    help: Text
    why: Text
    kind: str
    options: tuple[tuple[str, Text], ...]
    unclear: bool
    answer: Any = None
    groups: Mapping[str, Text] = field(default_factory=dict)


class Interview:
    """Leads from what the visitor says to the routes that are open; every change returns the new draft."""

    def __init__(self, definitions: DefinitionSet, judge: Judge) -> None:
        self._vocabulary = definitions.vocabulary
        self._judge = judge

    def prepare(self) -> tuple[date, ...]:
        """Make ready what the day's first questions need, and before midnight the next day's; return the days.

        Of use at any time, needed at none; quick where it was done before.
        """
        return self._judge.prepare()

    def assess(self, draft: VisitDraft) -> Assessment:
        """Return what the law says of the visit as far as it is known today."""
        return self._judge.assess(draft)

    def question(self, question: Question, draft: VisitDraft | None = None) -> QuestionView:
        """Return a question with its texts and choices, and the answer that a draft already holds.

        Raises:
            UnknownQuestion: where the vocabulary has no such fact.
        """
        fact = self._asked(question)
        return QuestionView(
            question=question,
            text=fact.ask or _NO_TEXT,
            help=fact.help or _NO_TEXT,
            why=fact.why or _NO_TEXT,
            kind=fact.type.value,
            options=tuple((code, fact.values[code]) for code in _in_order(fact)),
            unclear=fact.unclear,
            answer=None if draft is None else _facts_of(draft, question).get(question.fact),
            groups={codes[0]: title for title, codes in fact.groups},
        )

    def answered(self, draft: VisitDraft) -> tuple[QuestionView, ...]:
        """Return the questions that the draft holds answers to: the visit's, then matter by matter, as asked."""
        return tuple(self.question(question, draft) for question in self._answered(draft))

    def answer(self, draft: VisitDraft, question: Question, value: Value) -> VisitDraft:
        """Return the draft with an answer, which may be a JSON value or what was typed.

        Raises:
            UnknownQuestion: where the vocabulary has no such fact.
            AnswerInvalid: the text is no such answer; the code says what is expected.
        """
        fact = self._asked(question)
        read = read_answer(fact.type.value, value, values=fact.values, unclear=fact.unclear)
        try:
            self._vocabulary.read_fact(fact.name, read)
        except WindowAppError:
            raise AnswerInvalid("answer.out_of_range") from None
        return _with_facts(draft, question, {**_facts_of(draft, question), fact.name: read})

    def retract(self, draft: VisitDraft, question: Question) -> VisitDraft:
        """Return the draft without an answer."""
        kept = {name: value for name, value in _facts_of(draft, question).items() if name != question.fact}
        return _with_facts(draft, question, kept)

    def add_matter(self, draft: VisitDraft) -> VisitDraft:
        """Return the draft with one more empty matter; its key is the last matter's."""
        taken = {matter.key for matter in draft.matters}
        key = next(key for key in _keys() if key not in taken)
        return draft.with_matter(MatterDraft(key))

    def remove_matter(self, draft: VisitDraft, key: str) -> VisitDraft:
        """Return the draft without a matter; the last one is emptied instead."""
        kept = tuple(matter for matter in draft.matters if matter.key != key)
        return replace(draft, matters=kept or (MatterDraft(key),))

    def choose_route(self, draft: VisitDraft, key: str, route: str | None) -> VisitDraft:
        """Return the draft with the visitor's choice among the routes offered; None takes it back.

        Raises:
            RouteNotOffered: where the law does not offer this route.
        """
        matter = draft.matter(key)
        if route is not None and route not in self._judge.offered(draft, key):
            raise RouteNotOffered(route=self._label(route))
        return draft.with_matter(replace(matter, route=route, override_reason=""))

    def override(self, draft: VisitDraft, key: str, route: str, reason: str) -> VisitDraft:
        """Return the draft with a route the clerk sets against the offer, and why.

        It never unlocks a paper that the law forbids: papers come from the rules at receiving.

        Raises:
            ReasonMissing: without a reason.
            RouteNotOffered: the route is not one that exists.
        """
        if not reason.strip():
            raise ReasonMissing()
        if route not in dict(self.routes()):
            raise RouteNotOffered(route=self._label(route))
        return draft.with_matter(replace(draft.matter(key), route=route, override_reason=reason.strip()))

    def routes(self) -> tuple[tuple[str, Text], ...]:
        """Return every route there is with its label, for an override."""
        fact = self._vocabulary.find("route")
        return () if fact is None else tuple(fact.values.items())

    def label(self, fact: str, value: str) -> Text:
        """Return the label of an enum fact's value; the value itself where it has none."""
        known = self._vocabulary.find(fact)
        return {"zh": value, "en": value} if known is None else known.values.get(value, {"zh": value, "en": value})

    def _label(self, route: str) -> Text:
        return self.label("route", route)

    def _asked(self, question: Question) -> FactDefinition:
        fact = self._vocabulary.find(question.fact)
        if fact is None or fact.ask is None or (fact.scope == _MATTER_SCOPE) != (question.matter_key is not None):
            raise UnknownQuestion(fact=question.fact)
        return fact

    def _answered(self, draft: VisitDraft) -> Iterator[Question]:
        for fact in self._vocabulary.questions():
            if fact.name in draft.facts:
                yield Question(fact.name, None)
        for matter in draft.matters:
            for fact in self._vocabulary.questions():
                if fact.name in matter.facts:
                    yield Question(fact.name, matter.key)


def _keys() -> Iterator[str]:
    number = 1
    while True:
        yield f"m{number}"
        number += 1


def _facts_of(draft: VisitDraft, question: Question) -> Mapping[str, Any]:
    return draft.facts if question.matter_key is None else draft.matter(question.matter_key).facts


def _with_facts(draft: VisitDraft, question: Question, facts: Mapping[str, Any]) -> VisitDraft:
    if question.matter_key is None:
        return replace(draft, facts=facts)
    return draft.with_matter(replace(draft.matter(question.matter_key), facts=facts))


def _in_order(fact: FactDefinition) -> tuple[str, ...]:
    """Return an enum's values as they are offered: group by group, else as they are written down."""
    return tuple(code for _, codes in fact.groups for code in codes) or tuple(fact.values)
