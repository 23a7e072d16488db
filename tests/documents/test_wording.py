"""The wording of papers: what is composed, what may not be left out, what a jurist is told."""

import copy
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from tests.documents.samples import COMMON, GUIDANCE, KINDS, NOTICE, RECEIPT, VALUES, texts, wording, wording_file

from window_app.errors import DefinitionError, WindowAppError
from window_app.forms.wording import build_wording, compose, paper_content
from window_app.forms.wording_texts import Scope, chinese_number, citation_text, fill

ON = date(2026, 11, 21)

# Typed from FACTS 4.4 and 0.5, not from the files: taking an element out of a file and out of its own list is found.
DEMANDED = {
    "receipt": """title particulars.number particulars.received_at particulars.applicant particulars.matter
        particulars.clerk particulars.counter particulars.query particulars.office materials.title materials.kind
        materials.copies missing risks notes.not_acceptance notes.answer_limit notes.answer_limit_incomplete
        notes.answer_limit_inspection particulars.complainant
        notes.restart_arbitration notes.restart_other notes.provisional qr""",
    "notice_once": """title particulars.number particulars.received_at missing.title missing.requirement missing.basis
        notes.complete notes.period notes.effect_arbitration notes.effect_other notes.consequence_arbitration
        notes.consequence_inspection notes.consequence_other notes.contact qr""",
    "guidance": """particulars.number matter direction.office direction.reason direction.basis direction.limits
        tell risks notes.nature notes.may_hand_in qr""",
    "report_receipt": "particulars.number particulars.received_at notes.keep qr",
}


def build(kind: str, content: Mapping[str, Any]) -> None:
    build_wording(content, wording_file(kind).where)


def said(kind: str, **values: object) -> str:
    blocks = compose(wording(kind), {**VALUES[kind], **values}, ON)
    return "\n".join(texts(blocks))


def _without(content: dict[str, Any], block_id: str, item_id: str | None) -> dict[str, Any]:
    changed = copy.deepcopy(content)
    for version in changed["versions"]:
        version["blocks"] = list(_pruned(version["blocks"], block_id, item_id))
    return changed


def _pruned(blocks: list[dict[str, Any]], block_id: str, item_id: str | None) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if block["id"] == block_id and item_id is None:
            continue
        if block["id"] == block_id:
            for parts in ("items", "columns"):
                if isinstance(block.get(parts), list):
                    block[parts] = [part for part in block[parts] if part["id"] != item_id]
        if "blocks" in block:
            block["blocks"] = list(_pruned(block["blocks"], block_id, item_id))
        yield block


@pytest.mark.parametrize("kind", KINDS)
def test_every_demanded_element_is_listed_as_required_with_its_basis(kind: str) -> None:
    listed = {e.block if e.item is None else f"{e.block}.{e.item}": e.basis for e in wording(kind).required}
    assert set(DEMANDED[kind].split()) <= set(listed)
    assert all(citation["law"] and citation["article"] for basis in listed.values() for citation in basis)
    assert all(listed.values())


@pytest.mark.parametrize("kind", KINDS)
def test_taking_out_any_required_element_is_refused(kind: str) -> None:
    content = wording_file(kind).value
    for element in wording(kind).required:
        with pytest.raises(DefinitionError) as caught:
            build(kind, _without(content, element.block, element.item))
        assert caught.value.code == "wording.required_missing"
        assert caught.value.file.endswith(f"{kind}.yaml")
        assert caught.value.line > 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": {"zh": "{nobody}"}}, "wording.value_undeclared"),
        ({"text": {"zh": "{number:roman}"}}, "wording.placeholder_invalid"),
        ({"text": {"zh": "{number"}}, "wording.placeholder_invalid"),
        ({"text": "plain"}, "wording.text_invalid"),
        ({"colour": "red"}, "wording.key_unknown"),
        ({"block": "picture"}, "wording.block_unknown"),
        ({"id": "title"}, "wording.id_twice"),
    ],
)
def test_a_mistake_in_a_file_is_named_by_its_place(change: dict[str, Any], code: str) -> None:
    content = copy.deepcopy(wording_file("receipt").value)
    content["versions"][0]["blocks"][-1].update(change)
    with pytest.raises(DefinitionError) as caught:
        build("receipt", content)
    assert caught.value.code == code


@pytest.mark.parametrize("left_out", ["each", "text"])
def test_a_list_has_either_items_or_a_text_for_each_record(left_out: str) -> None:
    content = copy.deepcopy(wording_file("receipt").value)
    risks = next(block for block in content["versions"][0]["blocks"] if block["id"] == "risks")
    del risks[left_out]
    with pytest.raises(DefinitionError, match=r"wording\.list_form"):
        build("receipt", content)


def test_versions_out_of_order_are_refused() -> None:
    content = copy.deepcopy(wording_file("receipt").value)
    content["versions"].append(content["versions"][0])
    with pytest.raises(DefinitionError, match=r"wording\.versions_unordered"):
        build("receipt", content)


def test_the_version_in_force_on_the_day_speaks() -> None:
    content = copy.deepcopy(wording_file("guidance").value)
    later = copy.deepcopy(content["versions"][0])
    later["from"] = "2027-01-01"
    later["blocks"][0]["text"] = {"zh": "新指引单"}
    content["versions"].append(later)
    definition = build_wording(content, wording_file("guidance").where)
    assert compose(definition, GUIDANCE, date(2026, 12, 31))[0]["text"] == "办事指引单"
    assert compose(definition, GUIDANCE, date(2027, 1, 1))[0]["text"] == "新指引单"
    with pytest.raises(WindowAppError, match=r"wording\.no_version"):
        compose(definition, GUIDANCE, date(2000, 1, 1))


def test_a_value_that_is_not_given_stops_the_paper() -> None:
    values = {name: value for name, value in RECEIPT.items() if name != "clerk"}
    with pytest.raises(WindowAppError) as caught:
        compose(wording("receipt"), values, ON)
    assert caught.value.code == "wording.value_missing"
    assert caught.value.params == {"paper": "receipt", "name": "clerk"}


def test_a_complete_receipt_says_the_last_day_with_working_days_and_article() -> None:
    text = said("receipt", missing=[])
    assert "收件不等于受理" in text
    assert "5个工作日内作出是否受理的决定并告知您，最晚答复日为2026年11月27日" in text
    assert "《劳动争议调解仲裁法》第二十九条；《劳动人事争议仲裁办案规则》第三十条" in text
    assert "补正" not in text


def test_a_receipt_with_papers_missing_says_that_the_limit_runs_from_completion() -> None:
    text = said("receipt")
    assert "尚缺材料：劳动合同或者其他劳动关系证明、被申请人登记信息" in text
    assert "自收到之日起算的最晚答复日为2026年11月27日" in text
    assert "从材料补正之日起重新计算" in text
    assert "《劳动人事争议仲裁办案规则》第四十六条第（二）项" in text


def test_a_complaint_with_papers_missing_does_not_cite_the_arbitration_rules() -> None:
    basis = [{"law": "关于实施劳动保障监察条例若干规定", "article": "18"}]
    answer = {**RECEIPT["answer"], "basis": basis}
    text = said("receipt", route="inspection", route_label="劳动保障监察", office="监察大队", answer=answer)
    assert "自材料补正之日起计算" in text
    assert "自接到投诉之日起5个工作日内决定是否受理并告知您，自收到之日起算的最晚答复日为2026年11月27日" in text
    assert "投诉人" in text
    assert "自收到申请" not in text
    assert "办案规则" not in text


def test_a_provisional_day_is_called_provisional() -> None:
    assert "暂定日期" not in said("receipt")
    assert "暂定日期" in said("receipt", answer={**RECEIPT["answer"], "provisional": True})


def test_without_a_limit_none_is_invented() -> None:
    values = {name: value for name, value in RECEIPT.items() if name != "answer"}
    text = "\n".join(texts(compose(wording("receipt"), values, ON)))
    assert "答复期限由练习区劳动人事争议仲裁委员会依法确定" in text
    assert "最晚答复日" not in text


def test_a_notice_names_a_period_only_where_the_locality_gives_one() -> None:
    assert "补正期限" not in said("notice_once")
    period = {
        "amount": 15,
        "unit": "workdays",
        "due_on": "2026-12-11",
        "basis": [{"law": "某市办法", "article": "9"}],
    }
    text = said("notice_once", period=period)
    assert "补正期限：15个工作日，请在2026年12月11日（含当日）以前补正。依据：《某市办法》第九条。" in text


def test_a_notice_gives_every_missing_item_its_basis() -> None:
    (table,) = (block for block in compose(wording("notice_once"), NOTICE, ON) if block["block"] == "table")
    assert [row[1] for row in table["rows"]] == ["被申请人登记信息", "授权委托书"]
    assert [row[3] for row in table["rows"]] == [
        "《劳动人事争议仲裁办案规则》第二十九条",
        "《劳动争议调解仲裁法》第二十四条",
    ]


def test_a_notice_on_a_complaint_speaks_of_the_complaint() -> None:
    text = said("notice_once", route="inspection", office="监察大队")
    assert "没有明确的被投诉用人单位" in text
    assert "仲裁委员会" not in text


def test_a_guidance_slip_says_where_why_and_until_when() -> None:
    text = said("guidance")
    assert "您咨询的事项一：单位不缴社会保险费" in text
    assert "《社会保险法》第六十三条" in text
    assert "仲裁时效：最后一日为2027年2月1日（暂定，以放假安排公布后的日期为准）。" in text
    assert "\n请带劳动合同、工资条。\n可以同时就工资申请仲裁。\n" in text
    assert "风险提示\n离职将满一年" in text
    assert "也不是受理或者不予受理的决定" in text


def test_the_content_of_a_record_is_plain_json_with_layout_and_values() -> None:
    content = paper_content(wording("receipt"), RECEIPT, ON)
    assert content["layout"] == 2
    assert content["title"]["zh"] == "收件回执"
    assert content["values"]["received_at"] == "2026-11-21T12:00:00+08:00"
    assert content["values"]["answer"]["due_on"] == "2026-11-27"
    assert len(content["copies"]) == 2


@pytest.mark.parametrize(
    ("citation", "text"),
    [
        ({"law": "工伤保险条例", "article": 17}, "《工伤保险条例》第十七条"),
        ({"law": "民法典", "article": "1260"}, "《民法典》第1260条"),
        ({"law": "某法", "article": "20-1", "paragraph": 2, "item": "三"}, "《某法》第二十条之一第二款第（三）项"),
        ({"law": "某法", "article": "8", "item": 4}, "《某法》第八条第（四）项"),
        ({"law": "关于实施《监察条例》若干规定", "article": "18"}, "《关于实施〈监察条例〉若干规定》第十八条"),
    ],
)
def test_a_citation_is_written_as_papers_write_it(citation: Mapping[str, Any], text: str) -> None:
    assert citation_text(citation) == text


def test_numbers_below_a_thousand_are_written_in_chinese() -> None:
    assert [chinese_number(n) for n in (0, 7, 10, 19, 20, 101, 110, 111, 999)] == [
        *("零", "七", "十", "十九", "二十", "一百零一", "一百一十", "一百一十一", "九百九十九")
    ]


def test_time_on_paper_is_china_time() -> None:
    assert "2026年11月21日12:00" in said("receipt")
    assert COMMON["received_at"].hour == 4


def test_a_record_or_a_list_is_never_printed_as_it_stands() -> None:
    """A value of another shape than the wording thinks stops the paper; it does not come out as a program's words."""
    competent = {"name": "邻区仲裁委员会", "address": "邻区和平路2号"}
    with pytest.raises(WindowAppError) as caught:
        fill("由{competent}处理。", Scope("receipt", {"competent": competent}))
    assert caught.value.code == "wording.value_no_text"
    assert fill("由{competent.name}处理。", Scope("receipt", {"competent": competent})) == "由邻区仲裁委员会处理。"
