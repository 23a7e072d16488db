"""The mutations follow the code, and every test of the invariants is named by one that it must see."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.invariants.mutation import Mutation
from tests.invariants.mutation_list import MUTATIONS

PROJECT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent


def named_in(path: Path) -> Iterator[str]:
    """Yield the tests of a file as pytest names them, without parameters."""
    said = ast.parse(path.read_text("utf-8")).body
    names = (one.name for one in said if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"))
    yield from (f"{path.relative_to(PROJECT).as_posix()}::{name}" for name in names)


def bare(test: str) -> str:
    """Return a test without its parameters."""
    return test.partition("[")[0]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_a_mutation_changes_a_text_that_stands_once_in_the_code_and_names_tests_that_are_there(
    mutation: Mutation,
) -> None:
    for edit in mutation.edits:
        assert (PROJECT / edit.path).read_text("utf-8").count(edit.text) == 1, edit
        assert edit.instead != edit.text
    for test in mutation.seen_by:
        assert bare(test) in named_in(PROJECT / test.partition("::")[0]), test


def test_each_test_of_the_invariants_is_named_by_a_mutation() -> None:
    named = {bare(test) for mutation in MUTATIONS for test in mutation.seen_by}
    here = {test for path in HERE.glob("test_*.py") if path != Path(__file__) for test in named_in(path)}
    assert here - named == set()
