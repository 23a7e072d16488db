"""What offices may decide, as the definitions say it: mistakes are named, and what is offered is lawful."""

from pathlib import Path

import pytest
from tests.forms.small_set import FILES, write_set

from window_app import paths
from window_app.domain.cases import OFFICE_STEPS, CaseStatus
from window_app.errors import DefinitionError
from window_app.forms import DefinitionSet, load_definitions
from window_app.forms.kinds import COMMITMENT_SERIES, OF_COMMITMENTS, RULINGS

DECISIONS = """\
decisions: arbitration
title: {zh: 决定, en: Decisions}
grounds:
  - {ground: fit, state: accepted, title: {zh: 合, en: F}, after: [received], limit: answer,
     basis: [{law: 法, article: 1}]}
  - {ground: away, state: transferred, title: {zh: 移, en: A}, after: [accepted], to: [court],
     basis: [{law: 法, article: 2}]}
"""
SERIES = "series:\n  accepted: '受〔{year}〕{station}-{serial}号'\n"


def small_set(folder: Path, decisions: str = DECISIONS, series: str = SERIES) -> Path:
    """Write the small set with decisions and their numbering."""
    made = write_set(folder / "forms")
    (made / "decisions").mkdir()
    (made / "decisions" / "arbitration.yaml").write_text(decisions, "utf-8")
    office = made / "offices" / "arbitration.yaml"
    office.write_text(FILES["offices/arbitration.yaml"] + series, "utf-8")
    return made


def test_grounds_and_numbering_are_read(tmp_path: Path) -> None:
    law = load_definitions(small_set(tmp_path))
    fit, away = law.decisions["arbitration"]
    assert (fit.code, fit.state, fit.after, fit.limit, fit.to) == (
        "fit",
        "accepted",
        frozenset({"received"}),
        "answer",
        (),
    )
    assert (away.to, away.basis[0].article) == (("court",), "2")
    assert law.offices["arbitration"].series == {"accepted": "受〔{year}〕{station}-{serial}号"}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("limit: answer", "limit: never", "decision.limit_unknown", 4),
        ("ground: away", "ground: fit", "decision.ground_twice", 6),
        (" to: [court],", "", "decision.to_where", 6),
        ("state: transferred", "state: accepted", "decision.to_where", 6),
        ("state: accepted", "state: believed", "definition.choice", 4),
        ("after: [received]", "after: [voided]", "definition.choice", 4),
        (" after: [received],", "", "decision.state_where", 4),
        ("state: accepted", "state: revoked", "decision.state_where", 4),
        ("basis: [{law: 法, article: 1}]", "basis: []", "definition.too_few", 5),
        ("decisions: arbitration", "decisions: court", "definition.file_name", 1),
    ],
)
def test_a_mistake_in_the_grounds_is_named(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    with pytest.raises(DefinitionError) as caught:
        load_definitions(small_set(tmp_path, DECISIONS.replace(old, new, 1)))
    assert (caught.value.code, caught.value.line) == (code, line)


@pytest.mark.parametrize(
    ("series", "code"),
    [
        ("series:\n  believed: '{year}{station}{serial}'\n", "office.series_state"),
        ("series:\n  accepted: '受〔{year}〕{serial}号'\n", "office.series_text"),
        ("series:\n  accepted: '{year}{station}{serial}{serial}'\n", "office.series_text"),
        ("series:\n  accepted: '{year}{station}{serial}{clerk}'\n", "office.series_text"),
        ("series:\n  accepted: '{year'\n", "office.series_text"),
    ],
)
def test_a_numbering_that_could_give_a_number_twice_is_refused(tmp_path: Path, series: str, code: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        load_definitions(small_set(tmp_path, series=series))
    assert caught.value.code == code


@pytest.fixture(scope="module")
def law() -> DefinitionSet:
    return load_definitions(paths.definitions_dir())


def test_what_offices_may_decide_is_a_step_the_fold_allows(law: DefinitionSet) -> None:
    wrong = [
        (kind, ground.code, before)
        for kind, grounds in law.decisions.items()
        for ground in grounds
        for before in ground.after
        if CaseStatus(ground.state) not in OFFICE_STEPS[CaseStatus(before)]
    ]
    assert wrong == []


def test_no_application_is_refused_for_its_respondent_before_that_was_told(law: DefinitionSet) -> None:
    # FACTS 2.4: an unnamed or misnamed respondent is put right first (补正); what cannot be put right is refused.
    about = [one for one in law.decisions["arbitration"] if one.state == "refused" and "被申请人" in one.title["zh"]]
    assert [(one.code, one.after) for one in about] == [("respondent_uncorrected", frozenset({"returned"}))]
    told = next(one for one in law.decisions["arbitration"] if one.code == "incomplete")
    assert told.state == "returned"
    assert "received" in told.after


def test_grounds_are_for_routes_that_exist(tmp_path: Path, law: DefinitionSet) -> None:
    wrong = DECISIONS.replace("after: [received],", "after: [received], routes: [nowhere],", 1)
    with pytest.raises(DefinitionError) as caught:
        load_definitions(small_set(tmp_path, wrong))
    assert (caught.value.code, caught.value.line) == ("decision.route_unknown", 4)
    for route, begins in (("arbitration", "review"), ("arbitration_review", "qualified")):
        fitting = [one.code for one in law.decisions["arbitration"] if one.is_for(route)]
        assert "incomplete" in fitting
        assert not any(code.startswith(begins) for code in fitting)


def test_every_decision_a_practice_office_may_give_has_its_numbering(law: DefinitionSet) -> None:
    for code in ("arbitration", "arbitration_neighbour", "inspection", "inspection_neighbour", "mediation"):
        office = law.offices[code]
        assert {ground.state for ground in law.decisions[office.kind]} == set(office.series) - {COMMITMENT_SERIES}


def test_whatever_an_office_decides_of_a_commitment_has_its_ground_and_its_numbering(law: DefinitionSet) -> None:
    assert {ground.state for ground in law.decisions[OF_COMMITMENTS]} == set(RULINGS)
    assert all(ground.basis for ground in law.decisions[OF_COMMITMENTS])
    unnumbered = [one.code for one in law.offices.values() if one.series and COMMITMENT_SERIES not in one.series]
    assert unnumbered == []
