"""The collected visits hold together: numbers are valid, the law and the forms take them as expected."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.definitions.conftest import PROJECT, Assess

from window_app.app import practice_station
from window_app.domain.assessment import RouteOption
from window_app.domain.visits import MaterialState, MaterialTick, MatterDraft, VisitDraft
from window_app.forms import DefinitionSet, FormFilling
from window_app.services.judging import Judge
from window_app.services.practice import SampleClock

VISITS = sorted((PROJECT / "tests" / "data" / "visits").glob("*.json"))


def read(path: Path) -> dict[str, Any]:
    """Return a collected visit."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def draft_of(visit: dict[str, Any]) -> VisitDraft:
    """Return the visit as a draft."""
    return VisitDraft(
        visit_id=UUID(int=1),
        opened_at=datetime(2026, 11, 20, 1, tzinfo=UTC),
        facts=visit["facts"],
        answers=visit["answers"],
        materials={
            code: MaterialTick(MaterialState(tick["state"]), tick["copies"])
            for code, tick in visit["materials"].items()
        },
        matters=tuple(
            MatterDraft(f"m{place}", matter["facts"], matter["route"], matter["override_reason"], matter["answers"])
            for place, matter in enumerate(visit["matters"], 1)
        ),
    )


def fillings(visit: dict[str, Any], definitions: DefinitionSet) -> list[FormFilling]:
    """Return the forms of the matters that are taken in."""
    draft, on = draft_of(visit), date.fromisoformat(visit["on"])
    return [
        FormFilling(definitions.matters[taken_as(case, definitions)], definitions, draft, case["matter"], on)
        for case in visit["expect"]["cases"]
    ]


def taken_as(case: dict[str, str], definitions: DefinitionSet) -> str:
    """Return the matter that a case is expected to be taken in as: the general one of its route, or what it says."""
    return case.get("as") or definitions.matter_for_route[case["route"]]


def chosen(visit: dict[str, Any], place: int) -> str | None:
    """Return the route that a visit's matter takes; None where the visitor chose nothing."""
    route: str | None = visit["matters"][place - 1]["route"]
    return visit["expect"]["recommended"][f"m{place}"] if route == "recommended" else route


def forms_of(visit: dict[str, Any], definitions: DefinitionSet) -> dict[str, str]:
    """Return the matter that each matter's form is expected to be, whether it ends in a case or not."""
    known = definitions.matter_for_route
    routes = {f"m{place}": chosen(visit, place) for place in range(1, len(visit["matters"]) + 1)}
    general = {key: known[route] for key, route in routes.items() if route is not None and route in known}
    return general | {case["matter"]: taken_as(case, definitions) for case in visit["expect"]["cases"]}


def test_there_are_visits_enough() -> None:
    assert len(VISITS) >= 12


def limits_of(option: RouteOption) -> dict[str, str]:
    """Return the last day of each limit of a route, or why it has none."""
    return {limit.rule: limit.due_on.isoformat() for limit in option.limits} | dict(option.open_limits)


@pytest.mark.parametrize("path", VISITS, ids=lambda path: path.stem)
def test_the_law_says_of_a_visit_what_is_expected(law: Assess, path: Path) -> None:
    visit = read(path)
    expected = visit["expect"]
    assessment = law(visit["facts"], *(matter["facts"] for matter in visit["matters"]), on=visit["on"])
    assert assessment.next == ()
    assert {each.key: [option.route for option in each.routes] for each in assessment.matters} == expected["routes"]
    advised = {each.key: option.route for each in assessment.matters for option in each.routes if option.recommended}
    assert advised == expected["recommended"]
    for matter in assessment.matters:
        standings = {option.route: option.standing.value for option in matter.routes}
        assert expected["standing"][matter.key].items() <= standings.items()
        offices = {option.route: option.office for option in matter.routes}
        assert expected.get("offices", {}).get(matter.key, {}).items() <= offices.items()
        limits = {option.route: limits_of(option) for option in matter.routes}
        assert expected.get("limits", {}).get(matter.key, {}).items() <= limits.items()
    warned = "".join(text["zh"] for matter in assessment.matters for text in matter.warnings)
    assert [part for part in expected["warnings_contain"] if part not in warned] == []


@pytest.mark.parametrize("path", VISITS, ids=lambda path: path.stem)
def test_the_form_of_a_visit_has_no_error_and_lacks_what_the_notice_names(
    definitions: DefinitionSet, path: Path
) -> None:
    visit = read(path)
    papers: list[str] = []
    for filling in fillings(visit, definitions):
        problems = filling.problems()
        assert [each for each in problems if each.severity == "error"] == []
        missing = [line for line in filling.materials() if line.missing]
        papers += filling.matter.papers
        papers += ["notice_once"] if (problems or missing) and filling.matter.route != "report" else []
    guided = len(visit["expect"]["cases"]) < len(visit["matters"])
    assert papers + (["guidance"] if guided else []) == visit["expect"]["papers"]


@pytest.mark.parametrize("path", VISITS, ids=lambda path: path.stem)
def test_a_visit_is_taken_in_as_the_matter_that_it_is(definitions: DefinitionSet, path: Path) -> None:
    visit = read(path)
    draft, on = draft_of(visit), date.fromisoformat(visit["on"])
    matters = tuple(replace(each, route=chosen(visit, place)) for place, each in enumerate(draft.matters, 1))
    draft = replace(draft, matters=matters)
    judge = Judge(definitions, practice_station(), SampleClock(datetime(2026, 11, 20, 1, tzinfo=UTC)))
    taken = {each.key: judge.filling(draft, each.key, on) for each in draft.matters}
    found = {key: filling for key, filling in taken.items() if filling is not None}
    assert {key: filling.matter.code for key, filling in found.items()} == forms_of(visit, definitions)
    for filling in found.values():
        assert [each for each in filling.problems() if each.severity == "error"] == []
        assert filling.matter.is_taken_in or filling.problems() == ()


def test_every_matter_has_a_visit(definitions: DefinitionSet) -> None:
    found = {code for path in VISITS for code in forms_of(read(path), definitions).values()}
    assert set(definitions.matters) <= found


def test_the_routes_taken_are_those_chosen(definitions: DefinitionSet) -> None:
    for path in VISITS:
        visit = read(path)
        taken = {case["matter"]: case["route"] for case in visit["expect"]["cases"]}
        for place in range(1, len(visit["matters"]) + 1):
            key = f"m{place}"
            form = definitions.matters.get(definitions.matter_of(chosen(visit, place), {}) or "")
            ends_in_case = form is not None and form.is_taken_in
            assert taken.get(key) == (chosen(visit, place) if ends_in_case else None), path.name


def test_sections_shared_by_matters_are_the_same_in_both(definitions: DefinitionSet) -> None:
    shared = [
        {
            section.code: [(field.code, field.type, field.label, field.show_if) for field in section.fields]
            for section in matter.sections
            if section.shared
        }
        for matter in map(definitions.matters.__getitem__, ("arbitration_application", "inspection_complaint"))
    ]
    assert shared[0] == shared[1]
    assert {"applicant", "workers", "respondents", "agents", "employment", "delivery"} <= shared[0].keys()


@pytest.mark.parametrize(
    ("matter", "wanted"),
    [
        (
            "arbitration_application",
            {
                "applicant": {
                    "name",
                    "sex",
                    "birth_date",
                    "id_number",
                    "residence",
                    "postal_address",
                    "phone",
                    "occupation",
                    "work_unit",
                },
                "respondents": {
                    "name",
                    "residence",
                    "postal_address",
                    "phone",
                    "representative",
                    "representative_title",
                },
                "claims": {"kind", "from", "to", "amount"},
                "statement": {"facts_and_reasons"},
                "evidence": {"title", "source"},
                "witnesses": {"name", "address"},
                "application": {"signed_on", "copies"},
            },
        ),
        (
            "inspection_complaint",
            {
                "applicant": {"name", "sex", "birth_date", "occupation", "work_unit", "residence", "phone"},
                "respondents": {"name", "residence", "representative", "representative_title"},
                "requests": {"kind"},
                "violation": {"happened"},
            },
        ),
    ],
)
def test_a_form_has_every_field_that_the_law_names(
    definitions: DefinitionSet, matter: str, wanted: dict[str, set[str]]
) -> None:
    for section, fields in wanted.items():
        assert fields <= {field.code for field in definitions.matters[matter].section(section).fields}


def test_nothing_about_the_employer_blocks_taking_in(definitions: DefinitionSet) -> None:
    visit = read(next(path for path in VISITS if "shop_sign" in path.stem))
    visit["answers"]["respondents"] = [{}]
    for filling in fillings(visit, definitions):
        assert {each.severity for each in filling.problems()} == {"due"}


def test_names_with_rare_characters_are_among_the_visits() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in VISITS)
    assert {"𬭚", "䶮"} <= set(written)


def test_every_row_that_this_issue_names_has_a_visit_or_a_test() -> None:
    rows = {row for path in VISITS for row in read(path)["facts_rows"]}
    assert {1, 2, 3, 4, 6, 7, 8, 10, 11, 13, 16, 37, 49, 50, 51, 54, 55, 56} <= rows
