"""An assessment as JSON, in the language of papers: what `window-app triage` answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from window_app.domain.assessment import Assessment, Citation, Deadline, MatterAssessment, Question, RouteOption, Text
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.rules.deadlines import OpenLimit, compute
from window_app.rules.triage import MatterFacts, assess
from window_app.services.intake_json import MOST_MATTERS, IntakeInvalid
from window_app.services.visit_events import trace_body

_VISIT_KEYS = frozenset({"on", "locality", "facts", "matters", "comment"})
_MATTER_KEYS = frozenset({"key", "facts", "comment"})


class Triage:
    """Answers where the matters of a visit belong, from facts alone; no store is needed."""

    def __init__(self, definitions: DefinitionSet) -> None:
        self._definitions = definitions

    def answer(self, content: Mapping[str, Any], on: date, locality: str | None) -> dict[str, Any]:
        """Return what `assess` says as JSON."""
        return report(self.assess(content, on, locality))

    def assess(self, content: Mapping[str, Any], on: date, locality: str | None) -> Assessment:
        """Return the law on facts as `schema facts` describes them.

        Facts stand at the top or under `facts`; `matters` holds each matter's own ones, likewise.
        Without `matters` all are of one matter.

        Raises:
            IntakeInvalid: an unknown key or a value of a wrong kind.
            WindowAppError: `fact.unknown`, `fact.invalid` as the vocabulary says.
        """
        visit, matters = self._read(content)
        law = self._definitions
        return assess(
            law.rules,
            {"applied_on": on, **({"locality": locality} if locality else {}), **visit},
            matters,
            visit.get("applied_on", on),
            locality=locality,
            working_days=law.calendars,
            matter_of=law.matter_of,
            definition_set=law.content_hash,
        )

    def deadline(self, code: str, start: date, facts: Mapping[str, Any], locality: str | None) -> dict[str, Any]:
        """Return a limit that runs from a day, with its steps; where it has no last day, why.

        Raises:
            WindowAppError: `deadline.unknown_rule`, `rules.unknown_locality`, `fact.unknown`, `fact.invalid`.
        """
        rules = self._definitions.rules
        rule = rules.deadline(code, locality)
        if rule is None:
            raise WindowAppError("deadline.unknown_rule", rule=code, known=", ".join(rules.deadlines.national))
        told = {rule.start: start, **self._definitions.vocabulary.read_facts(facts)}
        known = self._definitions.vocabulary.complete(told)
        found = compute(rule, known, rules.parameters, self._definitions.calendars, start, locality)
        return limit(found) if isinstance(found, Deadline) else open_limit(found)

    def _read(self, content: Mapping[str, Any]) -> tuple[dict[str, Any], list[MatterFacts]]:
        visit = self._facts(content, _VISIT_KEYS, "")
        entries = content.get("matters", [{}])
        if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_MATTERS:
            raise IntakeInvalid("intake.matters", most=MOST_MATTERS)
        matters: list[MatterFacts] = []
        for at, entry in enumerate(entries):
            place = f"matters[{at}]"
            if not isinstance(entry, Mapping):
                raise IntakeInvalid("intake.no_object", place=place)
            facts = self._facts(entry, _MATTER_KEYS, place)
            matters.append((str(entry.get("key") or f"m{at + 1}"), facts, facts.pop("route", None)))
        return visit, matters

    def _facts(self, content: Mapping[str, Any], other_keys: frozenset[str], place: str) -> dict[str, Any]:
        """Return the facts at the top of an object together with those under its `facts`."""
        apart = content.get("facts", {})
        if not isinstance(apart, Mapping):
            raise IntakeInvalid("intake.no_object", place=f"{place}.facts".lstrip("."))
        told = {name: value for name, value in content.items() if name not in other_keys}
        return dict(self._definitions.vocabulary.read_facts({**told, **apart}))


def report(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as JSON."""
    return {
        "matters": [_matter(matter) for matter in assessment.matters],
        "next": _next(assessment.next),
        "trace": [step for matter in assessment.matters for step in trace_body(matter.trace)],
        "on": assessment.on.isoformat(),
        "locality": assessment.locality,
        "definition_set": assessment.definition_set,
    }


def _next(questions: Sequence[Question]) -> list[str]:
    """Return the facts that still matter, each once, in the order of asking."""
    return list(dict.fromkeys(question.fact for question in questions))


def _matter(matter: MatterAssessment) -> dict[str, Any]:
    return {
        "matter": matter.matter_kind,
        "key": matter.key,
        "decided": matter.decided,
        "routes": [_route(option) for option in matter.routes],
        "pending_routes": list(matter.pending_routes),
        "papers": list(matter.papers),
        "forbidden": [_forbidden(entry) for entry in matter.forbidden],
        "warnings": [_shown(text) for text in matter.warnings],
        "next": _next(matter.next),
    }


def _forbidden(entry: Mapping[str, Any]) -> dict[str, Any]:
    text = entry.get("text") or {}
    return {
        "paper": entry["paper"],
        "route": entry.get("route"),
        "text": _shown(text) if isinstance(text, Mapping) else str(text),
        "basis": [cited(citation) for citation in entry.get("basis", ())],
    }


def _route(option: RouteOption) -> dict[str, Any]:
    return {
        "route": option.route,
        "recommended": option.recommended,
        "standing": option.standing.value,
        "matter": option.matter,
        "office": option.office,
        "reason": _shown(option.reason),
        "basis": [cited(citation) for citation in option.basis],
        "limit": {
            "text": _shown(option.limit_text),
            "deadlines": [limit(one) for one in option.limits],
            "open": dict(option.open_limits),
        },
        "tell": [_shown(text) for text in option.tell],
        "papers": list(option.papers),
    }


def _shown(text: Text) -> str:
    return text.get("zh", "")


def cited(citation: Citation) -> dict[str, Any]:
    """Return a citation as JSON, without what it does not say."""
    return {name: value for name, value in asdict(citation).items() if value not in (None, {}) and value is not True}


def limit(deadline: Deadline) -> dict[str, Any]:
    """Return a computed limit with its steps as JSON."""
    return {
        "rule": deadline.rule,
        "title": _shown(deadline.title),
        "amount": deadline.amount,
        "unit": deadline.unit,
        "start_on": deadline.start_on.isoformat(),
        "raw_on": deadline.raw_on.isoformat(),
        "due_on": deadline.due_on.isoformat(),
        "provisional": deadline.provisional,
        "locality": deadline.locality,
        "basis": [cited(citation) for citation in deadline.basis],
        "steps": list(_steps(deadline)),
    }


def open_limit(found: OpenLimit) -> dict[str, Any]:
    """Return a limit without a last day as JSON: why, and which facts would give one."""
    return {
        "rule": found.rule,
        "title": _shown(found.title),
        "open": found.reason.value,
        "facts": list(found.facts),
        "locality": found.locality,
        "basis": [cited(citation) for citation in found.basis],
        "steps": list(_steps(found)),
    }


def _steps(deadline: Deadline | OpenLimit) -> Iterator[dict[str, Any]]:
    for step in deadline.steps:
        params = {name: str(value) if isinstance(value, date) else value for name, value in step.params.items()}
        yield {"code": step.code, "params": params, "on": step.on.isoformat() if step.on is not None else None}
