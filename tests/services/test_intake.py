"""The form as typed, and whole visits from and to JSON."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.services.visits import VISITS, visit

from window_app.domain.visits import MaterialState, MaterialTick, VisitDraft
from window_app.errors import WindowAppError
from window_app.services.desk import Desk
from window_app.services.intake import NoForm
from window_app.services.intake_json import IntakeInvalid, schema

Drafts = Callable[[str], VisitDraft]


def test_a_resident_number_fills_in_birth_date_and_sex(desk: Desk, draft_of: Drafts) -> None:
    draft = replace(draft_of("01"), answers={})
    draft = desk.intake.set_field(draft, "m1", "applicant", 0, "kind", "resident")
    draft = desk.intake.set_field(draft, "m1", "applicant", 0, "id_number", "11010519491231002X")
    assert draft.answers["applicant"]["birth_date"] == "1949-12-31"
    assert draft.answers["applicant"]["sex"] == "female"


def test_shared_sections_belong_to_the_visit_and_own_ones_to_the_matter(desk: Desk, draft_of: Drafts) -> None:
    draft = desk.intake.set_field(draft_of("02"), "m1", "applicant", 0, "occupation", "电工")
    assert draft.answers["applicant"]["occupation"] == "电工"
    draft = desk.intake.set_field(draft, "m1", "claims", 1, "kind", "overtime")
    assert draft.matter("m1").answers["claims"][1] == {"kind": "overtime"}


def test_records_are_added_and_removed(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("02")
    before = len(draft.matter("m1").answers["claims"])
    draft = desk.intake.add_record(draft, "m1", "claims")
    assert len(draft.matter("m1").answers["claims"]) == before + 1
    draft = desk.intake.remove_record(draft, "m1", "claims", before)
    assert len(draft.matter("m1").answers["claims"]) == before


def test_a_field_that_was_emptied_is_not_one_that_was_never_answered(desk: Desk, draft_of: Drafts) -> None:
    draft = desk.intake.set_field(draft_of("02"), "m1", "applicant", 0, "occupation", "")
    assert draft.answers["applicant"]["occupation"] == ""


def missing_materials(desk: Desk, draft: VisitDraft) -> set[str]:
    fillings = [desk.intake.filling(draft, matter.key) for matter in draft.matters]
    return {line.code for filling in fillings if filling for line in filling.materials() if line.missing}


def test_a_material_counts_for_every_matter(desk: Desk, draft_of: Drafts) -> None:
    draft = replace(draft_of("12"), materials={})
    assert "identity" in missing_materials(desk, draft)
    draft = desk.intake.tick(draft, "identity", MaterialTick(MaterialState.ORIGINAL_SEEN, 1))
    assert "identity" not in missing_materials(desk, draft)
    assert desk.intake.tick(draft, "identity", MaterialTick(MaterialState.MISSING)).materials == {}


def test_a_route_without_form_has_none(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("16")
    assert desk.intake.filling(draft, "m1") is None
    with pytest.raises(NoForm):
        desk.intake.set_field(draft, "m1", "applicant", 0, "name", "某")
    with pytest.raises(NoForm):
        desk.intake.set_field(draft_of("01"), "m1", "applicant", 0, "colour", "红")
    with pytest.raises(NoForm):
        desk.intake.add_record(draft_of("01"), "m1", "nothing")


@pytest.mark.parametrize("name", ["01", "05", "10", "12", "16"])
def test_a_visit_survives_being_written_and_read_again(desk: Desk, draft_of: Drafts, name: str) -> None:
    draft = draft_of(name)
    again = desk.intake.from_json(desk.intake.to_json(draft))
    assert replace(again, opened_at=draft.opened_at) == draft


def test_every_collected_visit_is_as_the_schema_says(desk: Desk) -> None:
    judge = Draft202012Validator(schema(desk.definitions))
    for path in sorted(VISITS.glob("*.json")):
        assert [error.message for error in judge.iter_errors(visit(path.name[:2]))] == [], path.name
    assert list(judge.iter_errors({"matters": [{}], "colour": 1}))
    assert list(judge.iter_errors({"matters": [{"route": "moon"}]}))


@pytest.mark.parametrize("name", ["01", "05", "12", "16"])
def test_what_a_draft_is_written_as_is_as_the_schema_says(desk: Desk, draft_of: Drafts, name: str) -> None:
    judge = Draft202012Validator(schema(desk.definitions))
    assert [error.message for error in judge.iter_errors(desk.intake.to_json(draft_of(name)))] == []


def test_recommended_becomes_the_route_that_the_law_recommends(desk: Desk) -> None:
    content = visit("12")
    assert [matter["route"] for matter in content["matters"]] == ["recommended", "recommended"]
    draft = desk.intake.from_json(content)
    assert [matter.route for matter in draft.matters] == ["inspection", "arbitration"]
    with pytest.raises(IntakeInvalid) as raised:
        desk.intake.from_json({"matters": [{"route": "recommended"}]})
    assert raised.value.code == "intake.no_recommendation"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"colour": 1}, "intake.unknown_key"),
        ({"matters": "m"}, "intake.matters"),
        ({"matters": [1]}, "intake.no_object"),
        ({"matters": [{}] * 21}, "intake.matters"),
        ({"matters": [{"key": "a"}, {"key": "a"}]}, "intake.same_key"),
        ({"matters": [{"route": "moon"}]}, "intake.unknown_route"),
        ({"matters": [{"route": 3}]}, "intake.no_text"),
        ({"facts": []}, "intake.no_object"),
        ({"facts": {"colour": 1}}, "fact.unknown"),
        ({"facts": {"employed": "perhaps"}}, "fact.invalid"),
        ({"answers": {"moon": {}}}, "intake.unknown_section"),
        ({"answers": {"respondents": {}}}, "intake.no_list"),
        ({"answers": {"applicant": {"colour": 1}}}, "intake.unknown_key"),
        ({"answers": {"applicant": []}}, "intake.no_object"),
        ({"answers": {"respondents": [{}] * 60}}, "intake.too_many"),
        ({"materials": {"moon": {"state": "missing"}}}, "intake.unknown_key"),
        ({"materials": {"identity": {"state": "eaten"}}}, "intake.state"),
        ({"materials": {"identity": {"state": "copy_taken", "copies": -1}}}, "intake.copies"),
        ({"visit": "no"}, "intake.visit_id"),
    ],
)
def test_an_intake_that_no_visit_can_hold_is_refused_by_place(desk: Desk, change: dict[str, Any], code: str) -> None:
    with pytest.raises(WindowAppError) as raised:
        desk.intake.from_json({"matters": [{}], **change})
    assert raised.value.code == code
