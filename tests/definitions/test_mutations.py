"""A row that says something else than the law makes an example beside its table fail.

The examples are typed from the law, so they are what tells a slip of the pen from the law.
"""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from window_app.forms import DefinitionSet
from window_app.rules import Source, build_ruleset, nowhere
from window_app.rules.checks import check
from window_app.rules.examples import run_examples

Table = dict[str, Any]


def tables(definitions: DefinitionSet) -> dict[str, Table]:
    """Return the parsed tables by decision."""
    return {document.value["decision"]: document.value for document in definitions.files.of_kind("rules")}


def fails(definitions: DefinitionSet, changed: Table) -> bool:
    """Return whether an example of a changed table fails, with no more of the others than it reads."""
    candidates = tables(definitions)["candidates"]
    stub = {**candidates, "rows": candidates["rows"][-1:], "examples": []}
    read = (changed,) if changed["decision"] == "candidates" else (changed, stub)
    ruleset = build_ruleset(
        definitions.vocabulary,
        [Source(table, nowhere) for table in read],
        codes={"office": tuple(definitions.offices)},
        deadlines=definitions.rules.deadlines,
    )
    return any(True for _ in run_examples(ruleset))


def without_row(table: Table) -> Iterator[tuple[str, Table]]:
    """Yield the table without each of its rows."""
    for place, row in enumerate(table["rows"]):
        changed = copy.deepcopy(table)
        del changed["rows"][place]
        yield row["id"], changed


def with_other_outcome(table: Table) -> Iterator[tuple[str, Table]]:
    """Yield the table with another outcome in each row, where the outcome is a code."""
    for name in table["outputs"]:
        found = [row["then"].get(name) for row in table["rows"]]
        for place, row in enumerate(table["rows"]):
            other = next((value for value in found if value is not None and value != row["then"].get(name)), None)
            if isinstance(other, dict) or name == "limit" or other is None:
                continue
            changed = copy.deepcopy(table)
            changed["rows"][place]["then"][name] = other
            yield f"{row['id']} {name}", changed


def without_cell(table: Table) -> Iterator[tuple[str, Table]]:
    """Yield the table with each cell of each row left out."""
    for place, row in enumerate(table["rows"]):
        for fact in row["when"]:
            changed = copy.deepcopy(table)
            del changed["rows"][place]["when"][fact]
            yield f"{row['id']} {fact}", changed


DECISIONS = ("candidates", "standing", "venue", "limits", "tell", "papers", "forbidden", "warnings")
# Without this cell the row fires beside L05, which names the same limit: the answer is the same.
SAME_ANSWER = {"L05b matter_kind"}
JUDGED = ("candidates", "standing", "venue", "limits", "papers")


def test_the_published_tables_have_no_gap_no_dead_row_and_keep_their_examples(definitions: DefinitionSet) -> None:
    assert check(definitions.rules) == []


@pytest.mark.parametrize("decision", DECISIONS)
def test_leaving_out_a_row_fails_an_example(definitions: DefinitionSet, decision: str) -> None:
    survivors = [row for row, changed in without_row(tables(definitions)[decision]) if not fails(definitions, changed)]
    assert survivors == []


@pytest.mark.parametrize("decision", JUDGED)
def test_another_outcome_fails_an_example(definitions: DefinitionSet, decision: str) -> None:
    mutants = with_other_outcome(tables(definitions)[decision])
    assert [row for row, changed in mutants if not fails(definitions, changed)] == []


@pytest.mark.parametrize("decision", DECISIONS)
def test_leaving_out_a_condition_fails_an_example(definitions: DefinitionSet, decision: str) -> None:
    mutants = without_cell(tables(definitions)[decision])
    survivors = {cell for cell, changed in mutants if not fails(definitions, changed)}
    assert survivors <= SAME_ANSWER


def test_a_table_that_answers_nothing_for_somebody_is_found(definitions: DefinitionSet) -> None:
    changed = copy.deepcopy(tables(definitions)["candidates"])
    changed["rows"] = [row for row in changed["rows"] if row["id"] != "C99"]
    changed["examples"] = []
    ruleset = build_ruleset(definitions.vocabulary, [Source(changed, nowhere)])
    gaps = [finding for finding in check(ruleset) if finding.code == "check.gap"]
    assert gaps
    assert gaps[0].counterexample.get("matter_kind") == "other"
