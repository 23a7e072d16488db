"""A form being filled: visibility, what is wrong, what is missing, facts, materials."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from stdnum.iso7064 import mod_11_2
from tests.forms.small_set import write_set

from window_app.domain.visits import MaterialState, MaterialTick, MatterDraft, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, FormFilling, Problem, load_definitions

PROJECT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 21)
NUMBER = "11010519900307" + "203"
NUMBER += mod_11_2.calc_check_digit(NUMBER)


@pytest.fixture(scope="module")
def definitions(tmp_path_factory) -> DefinitionSet:
    return load_definitions(write_set(tmp_path_factory.mktemp("set") / "forms"))


def visit(
    *, facts: Any = None, matter_facts: Any = None, answers: Any = None, own: Any = None, materials: Any = None
) -> VisitDraft:
    matter = MatterDraft("m1", facts=matter_facts or {"matter_kind": "wages"}, answers=own or {})
    return VisitDraft(
        UUID(int=1),
        datetime(2026, 11, 21, 2, tzinfo=UTC),
        facts={"visitor": "worker"} if facts is None else facts,
        answers=answers or {},
        materials=materials or {},
        matters=(matter,),
    )


def filling(definitions: DefinitionSet, **parts: Any) -> FormFilling:
    return FormFilling(definitions.matters["application"], definitions, visit(**parts), "m1", TODAY)


def shown(form: FormFilling) -> dict[str, list[list[str]]]:
    return {
        section.definition.code: [[field.definition.code for field in record.fields] for record in section.records]
        for section in form.visible_sections()
    }


def found(form: FormFilling, severity: str) -> list[tuple[str, int | None, str, str]]:
    return [
        (problem.section, problem.index, problem.field, problem.code)
        for problem in form.problems()
        if problem.severity == severity
    ]


# --- visibility ---


def test_an_empty_form_shows_what_does_not_depend_on_answers(definitions):
    assert shown(filling(definitions)) == {
        "applicant": [["name", "id_number", "birth_date", "sex", "has_agent"]],
        "respondents": [["name"]],
        "workers": [],
        "claims": [["kind", "from", "to"]],
        "statement": [["text", "left_on", "period"]],
    }


def test_a_fact_of_the_interview_shows_and_hides_fields(definitions):
    employer = shown(filling(definitions, facts={"visitor": "employer"}))
    assert employer["applicant"] == [["name", "sex", "uscc", "has_agent"]]
    unknown = shown(filling(definitions, facts={}))
    assert unknown["applicant"] == [["name", "sex", "has_agent"]]


def test_an_answer_shows_a_section_that_stands_after_it(definitions):
    assert "agents" in shown(filling(definitions, answers={"applicant": {"has_agent": True}}))
    assert "agents" not in shown(filling(definitions, answers={"applicant": {"has_agent": False}}))


def test_a_field_of_the_same_record_shows_another(definitions):
    form = filling(definitions, own={"claims": [{"kind": "wages"}, {"kind": "relation"}]})
    assert shown(form)["claims"] == [["kind", "from", "to", "amount"], ["kind", "from", "to"]]


def test_what_is_hidden_gives_no_fact_and_no_problem(definitions):
    form = filling(definitions, facts={"visitor": "employer"}, answers={"applicant": {"id_number": "nonsense"}})
    assert found(form, "error") == []
    assert "id_number" not in form.normalised()["applicant"]


def test_a_fact_that_nobody_can_read_counts_as_unknown(definitions):
    assert shown(filling(definitions, facts={"visitor": 7, "gone": 1}))["applicant"] == [["name", "sex", "has_agent"]]


# --- problems ---


def test_missing_things_are_due_and_never_errors(definitions):
    form = filling(definitions)
    assert found(form, "error") == []
    assert found(form, "due") == [
        ("applicant", 0, "name", "field.due"),
        ("applicant", 0, "id_number", "field.due"),
        ("respondents", 0, "name", "field.due"),
        ("claims", 0, "kind", "field.due"),
        ("statement", 0, "text", "field.due"),
        ("statement", 0, "left_on", "field.due"),
    ]


def test_due_if_decides_as_soon_as_its_fact_is_known(definitions):
    def left_on_is_due(**facts: Any) -> bool:
        form = filling(definitions, matter_facts=facts)
        return ("statement", 0, "left_on", "field.due") in found(form, "due")

    assert left_on_is_due()
    assert left_on_is_due(employed=False)
    assert not left_on_is_due(employed=True)


def test_bad_values_stand_at_their_field(definitions):
    form = filling(
        definitions,
        answers={"applicant": {"name": "张\x00", "id_number": "110105194912310021", "birth_date": "2027-01-01"}},
        own={"claims": [{"kind": "wages", "amount": "0"}, {"kind": "wages", "amount": "1000000000000"}]},
    )
    assert found(form, "error") == [
        ("applicant", 0, "name", "field.control_character"),
        ("applicant", 0, "id_number", "field.resident_id_check"),
        ("applicant", 0, "birth_date", "field.date_future"),
        ("claims", 0, "amount", "field.zero"),
        ("claims", 1, "amount", "field.money_too_large"),
    ]


def test_what_was_typed_stays_however_wrong(definitions):
    form = filling(definitions, answers={"applicant": {"id_number": "12x"}})
    values = {field.definition.code: field.value for field in form.visible_sections()[0].records[0].fields}
    assert values["id_number"] == "12x"


def test_a_check_across_fields_brings_its_own_message(definitions):
    form = filling(definitions, own={"claims": [{"from": "2026-03-01", "to": "2026-02-01"}]})
    (problem,) = [problem for problem in form.problems() if problem.severity == "error"]
    assert problem == Problem(
        "claims", 0, "to", "check.period_order", {}, {"zh": "止日早于起日。", "en": "Ends before it begins."}, "error"
    )
    assert found(filling(definitions, own={"claims": [{"to": "2026-02-01"}]}), "error") == []


def test_a_check_sees_facts_derived_from_the_form(definitions):
    workers = [{"name": "甲", "owed": "600000"}, {"name": "乙", "owed": "400000"}]
    form = filling(definitions, answers={"workers": workers})
    assert ("statement", 0, "", "check.many_owed") in found(form, "due")


def test_a_birth_date_that_contradicts_the_number_is_an_error(definitions):
    answers = {"applicant": {"name": "张三", "id_number": NUMBER, "birth_date": "1990-03-08", "sex": "male"}}
    assert found(filling(definitions, answers=answers), "error") == [
        ("applicant", 0, "birth_date", "field.differs_from_number"),
    ]


def test_too_few_records_are_due_and_too_many_an_error(definitions):
    none = filling(definitions, answers={"respondents": []})
    many = filling(definitions, answers={"respondents": [{"name": "甲"}] * 4})
    assert ("respondents", None, "", "section.too_few") in found(none, "due")
    assert found(many, "error") == [("respondents", None, "", "section.too_many")]


@pytest.mark.parametrize("content", ["text", 7, [1, 2], {"respondents": 1}])
def test_an_answer_of_the_wrong_form_is_an_error_and_no_crash(definitions, content):
    codes = {code for *_, code in found(filling(definitions, answers={"respondents": content}), "error")}
    assert codes == {"field.section_form"}


def test_a_field_that_no_form_has_is_an_error(definitions):
    form = filling(definitions, answers={"applicant": {"nome": "张三", "empty": ""}, "of_another_matter": {"x": 1}})
    assert found(form, "error") == [("applicant", 0, "nome", "field.unknown")]


def test_ten_thousand_characters_with_emoji_are_taken(definitions):
    text = "🙂" * 10_000
    form = filling(definitions, own={"statement": {"text": text}})
    assert found(form, "error") == []
    assert form.normalised()["statement"]["text"] == text
    long = filling(definitions, own={"statement": {"text": text + "字"}})
    assert found(long, "error") == [("statement", 0, "text", "field.too_long")]


# --- facts and answers ---


def test_fields_give_facts_and_lists_of_records(definitions):
    form = filling(
        definitions,
        answers={
            "applicant": {"has_agent": True},
            "workers": [
                {"name": "甲", "birth_date": "1990-01-01", "owed": "1,000.50"},
                {"name": "乙", "owed": "nonsense"},
                {},
            ],
        },
        own={"statement": {"left_on": "2026年3月1日"}},
    )
    assert form.facts() == {
        "has_agent": True,
        "left_on": date(2026, 3, 1),
        "workers": [
            {"name": "甲", "born_on": date(1990, 1, 1), "owed": Decimal("1000.50")},
            {"name": "乙"},
        ],
    }
    assert form.known_facts()["workers_total"] == 2


def test_a_counted_list_goes_before_the_number_told(definitions):
    facts = {"visitor": "worker", "workers_total": 12}
    assert filling(definitions, facts=facts).known_facts()["workers_total"] == 12
    told = filling(definitions, facts=facts, answers={"workers": [{"name": "甲"}]})
    assert told.known_facts()["workers_total"] == 1


def test_normalised_answers_can_be_filled_in_again(definitions):
    answers = {
        "applicant": {"name": " 张𬭚 ", "id_number": NUMBER.lower(), "birth_date": "1990/3/7", "has_agent": False},
        "respondents": [{"name": "某厂"}, {"name": ""}],
    }
    own = {"claims": [{"kind": "wages", "amount": "12,000"}], "statement": {"period": {"from": "2026.1.1", "to": ""}}}
    once = filling(definitions, answers=answers, own=own).normalised()
    assert once["applicant"]["name"] == "张𬭚"
    assert once["applicant"]["birth_date"] == "1990-03-07"
    assert once["claims"] == [{"kind": "wages", "amount": "12000.00"}]
    assert once["statement"] == {"period": {"from": "2026-01-01"}}
    assert filling(definitions, answers=once, own=once).normalised() == once


def test_a_resident_number_fills_in_birth_date_and_sex(definitions):
    form = filling(definitions)
    assert form.fills("applicant", 0, "id_number", NUMBER) == {"birth_date": "1990-03-07", "sex": "male"}
    assert form.fills("applicant", 0, "id_number", NUMBER[:-1]) == {}
    assert form.fills("applicant", 0, "name", NUMBER) == {}
    with pytest.raises(KeyError):
        form.fills("applicant", 0, "nothing", NUMBER)


# --- materials ---


def lines(form: FormFilling) -> dict[str, tuple[bool, int, bool]]:
    return {line.code: (line.due, line.copies, line.missing) for line in form.materials()}


def test_the_checklist_of_an_empty_visit(definitions):
    assert lines(filling(definitions)) == {
        "application": (True, 1, True),
        "identity": (True, 1, True),
        "mandate": (False, 0, False),
        "wages": (False, 1, False),
    }


def test_due_lines_follow_facts_given_by_the_form(definitions):
    with_agent = lines(filling(definitions, facts={}, answers={"applicant": {"has_agent": True}}))
    assert with_agent["mandate"] == (True, 0, True)
    assert with_agent["identity"] == (False, 1, False)


def test_copies_per_respondent(definitions):
    answers = {"respondents": [{"name": "派遣公司"}, {"name": "用工单位"}]}
    assert lines(filling(definitions, answers=answers))["application"][1] == 2


@pytest.mark.parametrize(
    ("state", "copies", "missing"),
    [
        (MaterialState.MISSING, 0, True),
        (MaterialState.ORIGINAL_SEEN, 0, False),
        (MaterialState.COPY_TAKEN, 2, False),
        (MaterialState.COPY_TAKEN, 1, True),
        (MaterialState.ELECTRONIC, 0, False),
        (MaterialState.NOT_NEEDED, 0, False),
    ],
)
def test_a_ticked_line_is_there_unless_copies_lack(definitions, state, copies, missing):
    answers = {"respondents": [{"name": "甲"}, {"name": "乙"}]}
    form = filling(definitions, answers=answers, materials={"application": MaterialTick(state, copies)})
    assert lines(form)["application"] == (True, 2, missing)


# --- the forms of the program ---


@pytest.fixture(scope="module")
def real() -> DefinitionSet:
    return load_definitions(PROJECT / "forms")


@pytest.mark.parametrize("matter", ["arbitration_application", "inspection_complaint"])
@pytest.mark.parametrize("visitor", ["worker", "workers", "employer", "relative", None])
def test_the_program_s_own_forms_open_for_every_visitor(real, matter, visitor):
    if visitor is not None and visitor not in real.vocabulary.get("visitor").values:
        pytest.skip("the vocabulary names visitors differently")
    facts = {} if visitor is None else {"visitor": visitor}
    form = FormFilling(real.matters[matter], real, visit(facts=facts, matter_facts={"employed": False}), "m1", TODAY)
    assert form.visible_sections()
    assert not [problem for problem in form.problems() if problem.severity == "error"]
    assert any(line.missing for line in form.materials())


def test_an_employer_without_identification_goes_on_with_a_correction_notice(real):
    draft = replace(visit(), answers={"respondents": [{"shop_sign": "老王面馆"}]})
    form = FormFilling(real.matters["arbitration_application"], real, draft, "m1", TODAY)
    assert not [problem for problem in form.problems() if problem.severity == "error"]
    assert ("respondents", 0, "name", "field.due") in found(form, "due")


def test_a_field_of_one_locality_is_shown_at_its_stations_only(real):
    matter = real.matters["inspection_complaint"]
    draft = visit(matter_facts={"employed": False})
    elsewhere = FormFilling(matter, real, draft, "m1", TODAY, {"locality": "330000", "district": "330106"})
    there = FormFilling(matter, real, draft, "m1", TODAY, {"locality": "320000", "district": "320106"})
    assert there.known_facts()["district"] == "320106"
    assert "mediation_wished" not in shown(elsewhere)["complaint"][0]
    assert "mediation_wished" in shown(there)["complaint"][0]


@pytest.mark.parametrize("amount", ["1e999999", "-1e19", "1e-999999", "0e999999", 1e300, Decimal("9e999999")])
def test_an_amount_of_a_fact_has_bounds_so_that_sums_cannot_overflow(real, amount):
    with pytest.raises(WindowAppError, match=r"fact\.invalid"):
        real.vocabulary.read_facts({"workers": [{"owed": amount}, {"owed": amount}]})


def test_shared_sections_are_the_same_answers_in_every_matter(real):
    shared = {
        code: {section.code for section in matter.sections if section.shared} for code, matter in real.matters.items()
    }
    families = ("arbitration_application", "inspection_complaint", "transfer_arbitration", "hotline_ticket")
    assert {"applicant", "respondents"} <= set.intersection(*(shared[code] for code in families))
    assert shared["report"] == set()  # who reports is nobody else's answer
