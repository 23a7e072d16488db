"""Who may not commit in place of a certificate, as the definitions state it: with reasons and ways to repair."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from window_app.domain.assessment import Citation, Text
from window_app.errors import WindowAppError
from window_app.rules.outcomes import evaluate_in
from window_app.rules.ruleset import RuleSet
from window_app.rules.values import Value

DECISION = "commitment_exclusions"
"""The table that says who is excluded."""
UNCHECKED = "unchecked"
"""The exclusion while facts are missing: nothing that was not looked up passes."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A reason why no commitment may be made.

    Attributes:
        code: a value of the fact `commitment_exclusion`, whose label is its title, or `UNCHECKED`.
        reason, repair: why, and how it can be put right; empty for `UNCHECKED`, which the screens word.
        missing: facts that have to be looked up first; for `UNCHECKED` alone.
        row: the row that spoke.
    """

    code: str
    reason: Text
    repair: Text
    citations: tuple[Citation, ...]
    missing: tuple[str, ...] = ()
    row: str = ""


def commitment_exclusions(
    ruleset: RuleSet, facts: Mapping[str, Value], on: date, *, locality: str | None = None
) -> tuple[Exclusion, ...]:
    """Return every exclusion that holds, in the order of the table; nothing where a commitment may be made.

    Args:
        ruleset: the law.
        facts: values of the table's inputs, as far as they are known. Where a missing one could still exclude,
            the last exclusion is `UNCHECKED` and names it.
        on: the legal date.
        locality: whose changes hold.

    Raises:
        WindowAppError: `catalogue.no_table` where the definitions do not say who is excluded,
            `fact.invalid` for a value that a fact does not have.
    """
    if DECISION not in ruleset.tables:
        raise WindowAppError("catalogue.no_table", decision=DECISION)
    chain = ruleset.alone(DECISION, locality)
    table = chain.tables[0].table
    known = ruleset.vocabulary.read_facts({name: facts[name] for name in table.inputs if facts.get(name) is not None})
    outcome = evaluate_in(chain, table, known, on)
    found = [
        Exclusion(str(row.then["exclusion"]), row.reason, row.then["repair"], row.basis, row=row.id)
        for row in outcome.rows
    ]
    if not outcome.decided:
        found.append(Exclusion(UNCHECKED, {}, {}, (), outcome.needs))
    return tuple(found)
