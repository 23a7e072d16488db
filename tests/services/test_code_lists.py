"""Regions and industries: found by code, initials and characters; what is in no list stays as typed."""

from collections import Counter

import pytest

from window_app.services.code_lists import CodeLists
from window_app.services.desk import Desk


@pytest.fixture
def codes(desk: Desk) -> CodeLists:
    return desk.parties.codes


def test_the_list_of_regions_is_as_large_as_the_country(codes: CodeLists) -> None:
    entries = codes.regions._entries
    kinds = Counter(2 if one.code.endswith("0000") else 4 if one.code.endswith("00") else 6 for one in entries)
    assert kinds[2] == 34
    assert 333 <= kinds[4] <= 345
    assert 2800 <= kinds[6] <= 2900
    assert len({one.code for one in entries}) == len(entries)
    per_province = Counter(one.code[:2] for one in entries if not one.code.endswith("00"))
    assert (per_province["31"], per_province["11"], per_province["33"], per_province["44"]) == (16, 16, 90, 122)


def test_the_list_of_industries_has_the_sections_and_divisions_of_the_standard(codes: CodeLists) -> None:
    entries = codes.industries._entries
    assert [one.code for one in entries if one.code.isalpha()] == list("ABCDEFGHIJKLMNOPQRST")
    assert [one.code for one in entries if one.code.isdigit()] == [f"{at:02d}" for at in range(1, 98)]


@pytest.mark.parametrize(
    ("kind", "text", "first"),
    [
        ("region", "310104", "上海市徐汇区"),
        ("region", "shxh", "上海市徐汇区"),
        ("region", "徐汇", "上海市徐汇区"),
        ("region", "上海徐汇", "上海市徐汇区"),
        ("region", "临平", "浙江省杭州市临平区"),
        ("region", "11", "北京市"),
        ("industry", "cyy", "餐饮业"),
        ("industry", "62", "餐饮业"),
        ("industry", "e", "建筑业"),
        ("industry", "建筑安装", "建筑安装业"),
    ],
)
def test_an_entry_is_found_by_code_initials_and_characters(codes: CodeLists, kind: str, text: str, first: str) -> None:
    choices = codes.of(kind)
    assert choices is not None
    assert choices.find(text)[0].title == first


def test_what_lies_near_goes_first(codes: CodeLists) -> None:
    for near, wanted in (("330106", "330106"), ("370102", "130105")):
        choices = codes.of("region", near)
        assert choices is not None
        assert choices.find("xhq")[0].code == wanted


def test_a_title_is_stored_as_its_code_and_anything_else_as_typed(codes: CodeLists) -> None:
    choices = codes.of("region")
    assert choices is not None
    assert choices.read("上海市徐汇区") == choices.read("310104") == "310104"
    assert choices.read("一个新设的区") == "一个新设的区"
    assert choices.title("310104") == "上海市徐汇区"
    assert choices.title("一个新设的区") == "一个新设的区"
    assert codes.of("text") is None
