"""Several matters of one route: which one it is, by what is known; proved to exclude each other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forms.small_set import MATTER, write_set

from window_app.errors import DefinitionError
from window_app.forms import load_definitions
from window_app.rules.checks import check, prove

GROUP = "when: {visitor: worker, workers_total: '>= 10'}"
EMPLOYER = "when: {visitor: employer}"


def written(folder: Path, **conditions: str) -> Path:
    """Return a set in which the route has the general matter and others, by code, with their conditions."""
    write_set(folder)
    for code, when in conditions.items():
        text = MATTER.replace("matter: application", f"matter: {code}", 1)
        text = text.replace("route: arbitration", f"route: arbitration\n{when}", 1)
        (folder / f"matters/{code}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def definitions(tmp_path_factory):
    return load_definitions(written(tmp_path_factory.mktemp("forms"), group=GROUP, employers=EMPLOYER))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "application"),
        ({"visitor": "worker"}, "application"),
        ({"workers_total": 12}, "application"),
        ({"visitor": "worker", "workers_total": 9}, "application"),
        ({"visitor": "worker", "workers_total": 10}, "group"),
        ({"visitor": "employer", "workers_total": 10}, "employers"),
        ({"visitor": "employer"}, "employers"),
    ],
)
def test_the_matter_follows_from_the_facts(definitions, facts, code):
    assert definitions.matter_of("arbitration", facts) == code


def test_a_route_without_a_matter_is_not_taken_in(definitions):
    assert definitions.matter_of("court", {"visitor": "worker"}) is None
    assert definitions.matter_of(None, {}) is None
    assert definitions.matter_for_route == {"arbitration": "application"}


@given(
    visitor=st.sampled_from([None, "worker", "employer"]),
    total=st.one_of(st.none(), st.integers(0, 30)),
)
def test_at_most_one_condition_holds(definitions, visitor, total):
    facts = {"visitor": visitor, "workers_total": total}
    known = {name: value for name, value in facts.items() if value is not None}
    special = definitions.choices["arbitration"].special
    holding = [code for code, conditions in special if any(each.test(known) for each in conditions)]
    assert len(holding) <= 1
    assert definitions.matter_of("arbitration", known) == (holding or ["application"])[0]


def test_one_of_several_conditions_is_enough(tmp_path):
    either = "when:\n  - {visitor: worker, workers_total: '>= 10'}\n  - {visitor: employer, employed: true}"
    definitions = load_definitions(written(tmp_path, group=either))
    assert definitions.matter_of("arbitration", {"visitor": "worker", "workers_total": 10}) == "group"
    assert definitions.matter_of("arbitration", {"visitor": "employer", "employed": True}) == "group"
    assert definitions.matter_of("arbitration", {"visitor": "employer", "employed": False}) == "application"
    assert check(definitions.rules) == []


def test_conditions_that_exclude_each_other_are_proved_to(definitions):
    assert check(definitions.rules) == []
    proofs = {proof.check: proof.method for proof in prove(definitions.rules) if proof.decision == "matters"}
    assert proofs == {"overlaps": "proved", "dead_rows": "proved"}


def test_conditions_that_can_hold_together_are_found_with_an_example(tmp_path):
    both = load_definitions(written(tmp_path, group="when: {workers_total: '>= 10'}", employers=EMPLOYER))
    (finding,) = check(both.rules)
    assert finding.code == "check.overlap"
    assert (finding.file, finding.params["row"], finding.params["other"]) == (
        "matters/group.yaml",
        "employers",
        "group",
    )
    assert finding.counterexample["visitor"] == "employer"
    assert finding.counterexample["workers_total"] >= 10


def test_a_condition_that_never_holds_is_found(tmp_path):
    dead = load_definitions(written(tmp_path, group="when: {visitor: 'not(worker, employer)'}"))
    (finding,) = check(dead.rules)
    assert (finding.code, finding.file, finding.params["row"]) == ("check.dead_row", "matters/group.yaml", "group")


MISTAKES = {
    "a fact that does not exist": ("when: {nobody: true}", "rules.unknown_fact"),
    "a value that does not exist": ("when: {visitor: nobody}", "rules.cell_outside_domain"),
    "no condition at all": ("", "matter.route_twice"),
    "an empty list": ("when: []", "definition.expected"),
    "the route itself": ("when: {route: court}", "matter.when_route"),
}


@pytest.mark.parametrize(("when", "code"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_condition_is_named(tmp_path, when, code):
    with pytest.raises(DefinitionError) as caught:
        load_definitions(written(tmp_path, group=when))
    assert (caught.value.code, caught.value.file) == (code, "matters/group.yaml")


def test_a_route_needs_a_matter_for_all_that_the_conditions_leave(tmp_path):
    folder = written(tmp_path, group=GROUP)
    (folder / "matters/application.yaml").unlink()
    with pytest.raises(DefinitionError) as caught:
        load_definitions(folder)
    assert caught.value.code == "matter.route_general"
