"""Whether a paper may be printed in the state of its case: the guard rails, as the definitions state them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from window_app.domain.assessment import Citation, Text
from window_app.errors import WindowAppError
from window_app.rules.outcomes import evaluate_in
from window_app.rules.ruleset import RuleSet
from window_app.rules.values import Value

DECISION = "printing"
"""The table that says which papers are lawful in which state."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the law says of printing a paper.

    Attributes:
        allowed: only where a row says so for certain.
        row: the row that spoke; "" where facts are missing.
        reason, basis: why, and which articles; empty where facts are missing.
        missing: facts without which nothing is allowed.
    """

    allowed: bool
    row: str
    reason: Text
    basis: tuple[Citation, ...]
    missing: tuple[str, ...] = ()


def may_print(
    ruleset: RuleSet, paper: str, facts: Mapping[str, Value], on: date, *, locality: str | None = None
) -> Ruling:
    """Return whether a paper may be printed.

    Args:
        ruleset: the law.
        paper: code of the paper, a value of the fact `paper`.
        facts: `procedure`, `case_status`, `decision_recorded` (the office's decision with its number),
            `decision_ground`, `workers_total`, as far as they are known; what is unknown allows nothing.
        on: the legal date.
        locality: whose changes hold.

    Raises:
        WindowAppError: `fact.not_a_value` for a paper that the definitions do not know,
            `printing.no_table` where they do not say which papers are lawful.
    """
    known = ruleset.vocabulary.read_facts({"paper": paper})
    if DECISION not in ruleset.tables:
        raise WindowAppError("printing.no_table", decision=DECISION)
    chain = ruleset.alone(DECISION, locality)
    outcome = evaluate_in(chain, chain.tables[0].table, {**facts, **known}, on)
    if not outcome.decided or not outcome.rows:
        return Ruling(allowed=False, row="", reason={}, basis=(), missing=outcome.needs)
    row = outcome.rows[0]
    return Ruling(row.then.get("allowed") is True, row.id, row.reason, row.basis)
