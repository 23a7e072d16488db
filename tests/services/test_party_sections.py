"""Guardians of minors, agents outside a locality's list, consent to electronic service, several signers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, FormFilling, Problem
from window_app.forms.definitions import FieldDefinition, FieldType
from window_app.forms.fields import parse_field
from window_app.services.desk import Desk

ON = date(2026, 11, 20)
Drafts = Callable[[str], VisitDraft]


def filled(law: DefinitionSet, draft: VisitDraft, locality: str = "", **answers: Any) -> FormFilling:
    both = replace(draft, answers={**draft.answers, **answers})
    matter = next(one for one in law.matters.values() if one.code == "arbitration_application")
    return FormFilling(matter, law, both, "m1", ON, {"locality": locality} if locality else {})


def at(filling: FormFilling, section: str) -> list[Problem]:
    return [one for one in filling.problems() if one.section == section]


def born(draft: VisitDraft, day: str) -> Mapping[str, Any]:
    return {"applicant": {**draft.answers["applicant"], "id_number": "", "kind": "other_document", "birth_date": day}}


def test_an_applicant_under_sixteen_lacks_a_guardian_in_the_notice_and_is_taken_in(
    desk: Desk, law: DefinitionSet, draft_of: Drafts
) -> None:
    draft = draft_of("02")
    filling = filled(law, draft, **born(draft, "2011-11-21"))
    lacking = {(one.field, one.severity) for one in at(filling, "guardians")}
    assert lacking == {("name", "due"), ("relationship", "due"), ("phone", "due")}
    assert any(line.code == "guardian_identity" and line.missing for line in filling.materials())
    cited = {one.law for one in law.matters["arbitration_application"].section("guardians").field("name").basis}
    assert "劳动争议调解仲裁法" in cited
    young = replace(draft, answers={**draft.answers, **born(draft, "2011-11-21")})
    assert desk.receiving.ready(young) == ()


@pytest.mark.parametrize(("day", "shown"), [("2010-11-20", True), ("2008-11-21", True), ("2008-11-20", False)])
def test_from_sixteen_on_a_guardian_is_shown_and_not_due_and_from_eighteen_not_shown(
    law: DefinitionSet, draft_of: Drafts, day: str, shown: bool
) -> None:
    draft = draft_of("02")
    filling = filled(law, draft, **born(draft, day))
    assert at(filling, "guardians") == []
    assert any(one.definition.code == "guardians" for one in filling.visible_sections()) is shown
    assert not any(line.code == "guardian_identity" and line.due for line in filling.materials())


@pytest.mark.parametrize(
    ("kind", "locality", "told"),
    [("other_citizen", "330000", True), ("other_citizen", "310000", False), ("lawyer", "330000", False)],
)
def test_an_agent_outside_the_locality_s_list_is_told_and_never_blocks(
    law: DefinitionSet, draft_of: Drafts, kind: str, locality: str, told: bool
) -> None:
    draft = draft_of("02")
    agents = [{"name": "赵代理", "agent_kind": kind, "powers": "general", "phone": "13900000003"}]
    applicant = {**draft.answers["applicant"], "has_agent": True}
    problems = at(filled(law, draft, locality, agents=agents, applicant=applicant), "agents")
    assert [(one.field, one.severity) for one in problems] == ([("agent_kind", "warning")] if told else [])


def test_consent_to_electronic_service_needs_a_number_and_the_consequences_told(
    law: DefinitionSet, draft_of: Drafts
) -> None:
    draft = draft_of("02")
    lacking = at(filled(law, draft, delivery={"electronic": True}), "delivery")
    assert {(one.field, one.severity) for one in lacking} == {
        ("electronic_address", "due"),
        ("consequences_told", "due"),
    }
    given = {"electronic": True, "electronic_address": "13900000003", "consequences_told": True}
    assert at(filled(law, draft, delivery=given), "delivery") == []
    assert at(filled(law, draft, delivery={"electronic": False}), "delivery") == []


def test_several_signers_keep_who_when_and_how(law: DefinitionSet, draft_of: Drafts) -> None:
    draft = draft_of("02")
    signers = [
        {
            "name": "李秀英",
            "capacity": "applicant",
            "method": "fingerprint",
            "signed_on": "2026-11-20",
            "signed_at": "0930",
        },
        {
            "name": "王记录",
            "capacity": "recorder",
            "method": "signed",
            "signed_on": "2026-11-20",
            "signed_at": "９：３５",
        },
        {"name": "赵代理", "method": "electronic", "signed_on": "2026-11-21"},
    ]
    own = replace(draft.matter("m1"), answers={**draft.matter("m1").answers, "signers": signers})
    filling = filled(law, draft.with_matter(own))
    assert [(one.index, one.field, one.severity) for one in at(filling, "signers")] == [(2, "signed_on", "error")]
    assert [one.get("signed_at") for one in filling.normalised()["signers"]] == ["09:30", "09:35", None]


@pytest.mark.parametrize("text", ["24:00", "9:60", "九点", "930", "12:3", "25时10分"])
def test_what_is_no_time_is_said_at_the_field(text: str) -> None:
    with pytest.raises(WindowAppError) as told:
        parse_field(FieldDefinition("at", FieldType.TIME, {}), text)
    assert told.value.code == "field.time_form"
