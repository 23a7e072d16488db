"""A row that says something else than the law makes an example beside its table fail.

The examples are typed from the law, so they are what tells a slip of the pen from the law.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from tests.definitions.mutants import Examples, Mutant, with_other_outcome, without_cell, without_period, without_row

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
JUDGED = ("candidates", "standing", "venue", "limits", "papers", "printing", "commitment_exclusions")
# What no example can notice, because the answer is the same: L05b names the limit that L05 names, T50c and T51c say
# what T50b and T51b say; C88 is the last of the outside matters (a further one would be a gap, which the proof
# finds), and so are C106, C109, C114 and C122 of theirs; where PR03, PR40, PR41 and PR86 stand, no other paper is left.
SAME_ANSWER = {
    "L05b matter_kind",
    "T50c matter_kind",
    "T51c matter_kind",
    "C88 outside_matter",
    "C106 handed_over_kind",
    "C109 help_kind",
    "C114 registration_kind",
    "C122 service_kind",
    "PR03 paper",
    "PR40 paper",
    "PR41 paper",
    "PR86 paper",
}


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


@pytest.mark.parametrize("decision", JUDGED)
def test_another_outcome_fails_an_example(definitions: DefinitionSet, decision: str) -> None:
    assert survivors(definitions, decision, with_other_outcome) == set()


@pytest.mark.parametrize("decision", DECISIONS)
def test_leaving_out_a_condition_fails_an_example(definitions: DefinitionSet, decision: str) -> None:
    assert survivors(definitions, decision, without_cell) - SAME_ANSWER == set()


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
