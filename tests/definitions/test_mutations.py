"""A row that says something else than the law makes an example beside its table fail.

The examples are typed from the law, so they are what tells a slip of the pen from the law.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from tests.definitions.mutants import (
    Examples,
    LocalExamples,
    Mutant,
    with_other_outcome,
    without_cell,
    without_period,
    without_row,
)

from window_app.forms import DefinitionSet
from window_app.rules.checks import check
from window_app.rules.tables import Table, with_rows

DECISIONS = (
    "candidates",
    "standing",
    "venue",
    "limits",
    "tell",
    "papers",
    "forbidden",
    "warnings",
    "printing",
    "commitment_exclusions",
)
# What no example can notice, because the answer is the same, with the reason.
_SAID_BY_THE_NEXT = "the last of its kind: a further one would be a gap, which the proof finds"
_NO_OTHER_PAPER = "no other paper is left where it stands"
SAME_ANSWER = {
    "L05b matter_kind": "names the limit that L05 names",
    "T50c matter_kind": "says what T50b says",
    "T51c matter_kind": "says what T51b says",
    "C88 outside_matter": _SAID_BY_THE_NEXT,
    "C106 handed_over_kind": _SAID_BY_THE_NEXT,
    "C109 help_kind": _SAID_BY_THE_NEXT,
    "C114 registration_kind": _SAID_BY_THE_NEXT,
    "C122 service_kind": _SAID_BY_THE_NEXT,
    "PR41 paper": _NO_OTHER_PAPER,
    "PR86 paper": _NO_OTHER_PAPER,
    "PR89 paper": _NO_OTHER_PAPER,
}
WORDS = "words for people: an example names the row that says them, and nothing computes with them"


def test_the_published_tables_have_no_gap_no_dead_row_and_keep_their_examples(definitions: DefinitionSet) -> None:
    assert check(definitions.rules) == []


def test_every_table_is_mutated(definitions: DefinitionSet) -> None:
    assert set(definitions.rules.tables) == set(DECISIONS)


def survivors(definitions: DefinitionSet, decision: str, mutants: Callable[[Table], Iterator[Mutant]]) -> set[str]:
    """Return the mutants of a table that no example beside it notices."""
    examples = Examples(definitions.rules, decision)
    return {mutant.name for mutant in mutants(examples.table) if not examples.notice(mutant)}


@pytest.mark.parametrize("decision", DECISIONS)
def test_leaving_out_a_row_fails_an_example(definitions: DefinitionSet, decision: str) -> None:
    assert survivors(definitions, decision, without_row) == set()


@pytest.mark.parametrize("decision", DECISIONS)
def test_another_outcome_fails_an_example(definitions: DefinitionSet, decision: str) -> None:
    assert survivors(definitions, decision, with_other_code) == set()


def with_other_code(table: Table) -> Iterator[Mutant]:
    """Yield the table with another outcome in each row, but for words: see `WORDS`."""
    words = [f" {name}" for name, output in table.outputs.items() if output.is_text]
    yield from (mutant for mutant in with_other_outcome(table) if not mutant.name.endswith(tuple(words)))


def test_leaving_out_what_a_locality_changes_fails_an_example_of_its(definitions: DefinitionSet) -> None:
    places = definitions.rules.localities
    assert {code: found for code in places if (found := LocalExamples(definitions.rules, code).unnoticed())} == {}


@pytest.mark.parametrize("decision", DECISIONS)
def test_leaving_out_a_condition_fails_an_example(definitions: DefinitionSet, decision: str) -> None:
    rows = {row.id for row in definitions.rules.tables[decision].rows}
    known = {name for name in SAME_ANSWER if name.split()[0] in rows}
    assert survivors(definitions, decision, without_cell) == known


@pytest.mark.parametrize("decision", DECISIONS)
def test_leaving_out_a_first_or_last_day_fails_an_example(definitions: DefinitionSet, decision: str) -> None:
    assert survivors(definitions, decision, without_period) == set()


def test_a_table_that_answers_nothing_for_somebody_is_found(definitions: DefinitionSet) -> None:
    rules = definitions.rules
    table = rules.tables["candidates"]
    short = with_rows(table, tuple(row for row in table.rows if row.id != "C99"))
    alone = replace(rules, tables={"candidates": short}, localities={})
    gaps = [finding for finding in check(alone) if finding.code == "check.gap"]
    assert gaps
    assert gaps[0].counterexample.get("matter_kind") == "other"
