"""Matters that end with a slip instead of a case, what their forms tell, and what a locality asks for besides."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.forms.small_set import FACTS, LOCALITY, write_set
from tests.forms.test_filling import TODAY

from window_app import paths
from window_app.clock import SystemClock
from window_app.domain.visits import MaterialState, MatterDraft, VisitDraft
from window_app.errors import DefinitionError
from window_app.forms import DefinitionSet, FormFilling, load_definitions
from window_app.i18n import Catalogue
from window_app.services.slip_lines import slip_lines

ADVICE = """
matter: advice
title: {zh: 咨询, en: Advice}
route: court
ends: inquiry
office_kind: other
sections:
  - section: question
    title: {zh: 问题, en: Question}
    fields:
      - {field: who, type: person_name, label: {zh: 称呼, en: Who}, takes: applicant.name}
      - field: topic
        type: choice
        label: {zh: 主题, en: Topic}
        values: {wages: {zh: 工资, en: Wages}, other: {zh: 其他, en: Other}}
        counted: true
        on_slip: true
      - {field: minutes, type: integer, label: {zh: 用时, en: Minutes}, counted: true}
      - {field: done, type: bool, label: {zh: 已答复, en: Answered}, counted: true, on_slip: true}
      - {field: on, type: date, label: {zh: 日期, en: Day}, on_slip: true}
      - {field: period, type: date_range, label: {zh: 期间, en: Period}, on_slip: true}
      - {field: local, type: text, label: {zh: 本省项, en: Here only}, only_in: ['320000']}
      - {field: address, type: address, label: {zh: 地址, en: Address}, due_in: ['320000']}
  - section: articles
    title: {zh: 条文, en: Articles}
    repeat: {min: 0, max: 9}
    fields:
      - {field: law, type: text, label: {zh: 法律, en: Law}, on_slip: true}
  - section: province
    title: {zh: 本省, en: Province}
    only_in: ['320000']
    fields:
      - {field: remark, type: text, label: {zh: 备注, en: Remark}}
materials:
  - {material: letter, title: {zh: 来信, en: Letter}, optional: true, original: seen, copies: 1, due_in: ['320000']}
  - {material: form, title: {zh: 省表, en: Form}, original: taken, copies: 0, only_in: ['320000']}
papers: [guidance]
"""
PROVINCE = "locality: '320000'\ntitle: {zh: 江苏, en: Jiangsu}\n"


def written(folder: Path, advice: str = ADVICE, **changes: str) -> Path:
    """Write the small set with a matter that ends in a slip, and a province above its city."""
    city = LOCALITY.replace("districts:", "parent: '320000'\ndistricts:")
    made = write_set(folder, **{"320500": city, **changes})
    (made / "localities/320000.yaml").write_text(PROVINCE, "utf-8")
    (made / "matters/advice.yaml").write_text(advice, "utf-8")
    (made / "wording").mkdir()
    slip = (paths.definitions_dir() / "wording/guidance.yaml").read_text("utf-8")
    (made / "wording/guidance.yaml").write_text(slip, "utf-8")
    return made


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> DefinitionSet:
    return load_definitions(written(tmp_path_factory.mktemp("set") / "forms"))


def filled(definitions: DefinitionSet, own: Any, shared: Any = None, locality: str | None = None) -> FormFilling:
    """Return the form of the advice as answers fill it, in a locality or in none."""
    matter = MatterDraft("m1", route="court", answers=own)
    draft = VisitDraft(UUID(int=1), SystemClock().now(), answers=shared or {}, matters=(matter,))
    facts = {} if locality is None else {"locality": locality}
    return FormFilling(definitions.matters["advice"], definitions, draft, "m1", TODAY, facts)


def test_a_matter_ends_in_a_case_unless_it_says_otherwise(definitions: DefinitionSet) -> None:
    assert definitions.matters["application"].is_taken_in
    assert not definitions.matters["advice"].is_taken_in
    assert definitions.matters["advice"].answer_deadline is None


def test_a_field_takes_what_the_visit_says_until_something_else_is_typed(definitions: DefinitionSet) -> None:
    shared = {"applicant": {"name": "张三"}}
    assert filled(definitions, {}, shared).normalised()["question"]["who"] == "张三"
    assert filled(definitions, {"question": {"who": "李四"}}, shared).normalised()["question"]["who"] == "李四"
    assert "who" not in filled(definitions, {}).normalised()["question"]
    odd = filled(definitions, {}, {"applicant": ["张三"]})
    assert "who" not in odd.normalised()["question"]


def test_codes_and_numbers_are_counted_and_nothing_that_was_written(definitions: DefinitionSet) -> None:
    question = {"who": "张三", "topic": "wages", "minutes": "8", "done": True, "on": "2026-11-20"}
    counts = filled(definitions, {"question": question}).counts()
    assert counts == {"question.topic": "wages", "question.minutes": 8, "question.done": True}
    assert filled(definitions, {"question": {"topic": "nonsense", "minutes": "many"}}).counts() == {}


def test_the_slip_says_fields_in_words_and_in_order(definitions: DefinitionSet) -> None:
    own = {
        "question": {
            "who": "张三",
            "topic": "wages",
            "done": False,
            "on": "2026-11-05",
            "period": {"from": "2026-01-01", "to": "2026-10-31"},
        },
        "articles": [{"law": "劳动法"}, {"law": "民法典"}],
    }
    lines = list(slip_lines(filled(definitions, own), Catalogue("zh_CN")))
    assert [(line["label"], line["text"]) for line in lines] == [
        ("主题", "工资"),
        ("已答复", "否"),
        ("日期", "2026年11月5日"),
        ("期间", "2026年1月1日至2026年10月31日"),
        ("法律（1）", "劳动法"),
        ("法律（2）", "民法典"),
    ]
    assert list(slip_lines(None, Catalogue("zh_CN"))) == []


@pytest.mark.parametrize(("locality", "here"), [(None, False), ("320000", True), ("320500", True)])
def test_a_province_asks_for_more_in_its_cities_too(
    definitions: DefinitionSet, locality: str | None, here: bool
) -> None:
    form = filled(definitions, {}, locality=locality)
    sections = {section.definition.code: section for section in form.visible_sections()}
    assert ("province" in sections) is here
    shown = {field.definition.code: field.due for field in sections["question"].records[0].fields}
    assert ("local" in shown) is here
    assert shown["address"] is here
    lines = {line.code: line for line in form.materials()}
    assert ("form" in lines) is here
    assert (lines["letter"].due, lines["letter"].state) == (here, MaterialState.MISSING)


CASE = ADVICE.replace("ends: inquiry\n", "")
WRONG = {
    "a case that only gives a slip": (CASE, "matter.papers_of_ending"),
    "a slip for what gives none": (ADVICE.replace("papers: [guidance]", "papers: []"), "matter.papers_of_ending"),
    "a field for a slip in a case": (CASE.replace("papers: [guidance]", "papers: []"), "matter.slip_of_case"),
    "a text counted": (
        ADVICE.replace("on_slip: true}\n  - section: province", "counted: true}\n  - section: province"),
        "matter.counted_type",
    ),
    "a day counted": (ADVICE.replace("en: Day}, on_slip: true}", "en: Day}, counted: true}"), "matter.counted_type"),
    "a section of nowhere": (
        ADVICE.replace("only_in: ['320000']\n    fields", "only_in: ['999999']\n    fields"),
        "matter.locality_unknown",
    ),
    "a material of nowhere": (
        ADVICE.replace("due_in: ['320000']}\n  - {material: form", "due_in: ['310000']}\n  - {material: form"),
        "matter.locality_unknown",
    ),
    "a shared field that takes": (
        ADVICE.replace("en: Question}\n    fields", "en: Question}\n    shared: true\n    fields"),
        "matter.takes_shared",
    ),
    "a field that takes from nowhere": (
        ADVICE.replace("takes: applicant.name", "takes: applicant.nickname"),
        "matter.takes_unknown",
    ),
    "an end that is none": (ADVICE.replace("ends: inquiry", "ends: nowhere"), "definition.choice"),
}


@pytest.mark.parametrize(("advice", "code"), WRONG.values(), ids=WRONG)
def test_what_does_not_fit_is_said_with_its_line(tmp_path: Path, advice: str, code: str) -> None:
    assert advice != ADVICE
    with pytest.raises(DefinitionError) as caught:
        load_definitions(written(tmp_path / "forms", advice))
    assert caught.value.code == code
    assert caught.value.file.endswith("matters/advice.yaml")
    assert caught.value.line > 1


GROUPED = """    values:
      wages: {zh: 工资, en: Wages}
      other: {zh: 其他, en: Other}
    groups:
      - {title: {zh: 工资, en: Pay}, values: [wages]}
      - {title: {zh: 其他, en: Other}, values: [other]}
"""


@pytest.mark.parametrize("values", ["[]", "[wages]", "[other, wages]", "[nothing]"])
def test_the_groups_of_a_question_name_each_answer_once(tmp_path: Path, values: str) -> None:
    plain = "    values:\n      wages: {zh: 工资, en: Wages}\n      other: {zh: 其他, en: Other}\n"
    whole = FACTS.replace(plain, GROUPED, 1)
    assert whole != FACTS
    law = load_definitions(written(tmp_path / "good", facts=whole))
    assert [codes for _, codes in law.vocabulary.get("matter_kind").groups] == [("wages",), ("other",)]
    with pytest.raises(DefinitionError) as caught:
        load_definitions(written(tmp_path / "bad", facts=whole.replace("values: [other]", f"values: {values}")))
    assert caught.value.code in ("rules.groups_once", "definition.too_few")
