"""Finding cases as clerks type: names, initials, phone tails, numbers; and the list of cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.storage import halls

from window_app.domain.fold import Party
from window_app.storage import search_index
from window_app.storage.opened import Store
from window_app.storage.pinyin import initials
from window_app.storage.search_terms import matches, normalised_name, phrases_for, terms_of


def names_found(records: Store, text: str, limit: int = 50) -> list[str]:
    return [row.applicant for row in records.search(text, limit)]


@pytest.fixture(params=["waiting outside the index", "in the index", "in a tidied index"])
def searched(request, records, monkeypatch):
    """A store whose cases are found by the index, as grown or tidied, and one where they still wait outside it."""
    if request.param != "waiting outside the index":
        monkeypatch.setattr(search_index, "BATCH", 1)
    for name, phone, employer in (
        ("王小明", "13800138000", "深圳市宏发建筑有限公司"),
        ("单田芳", "0755-8300 1234", "老张烧烤（招牌）"),
        ("曾𬭚", "", "ABC 电子厂"),
        ("买买提·艾合买提", "", "宏发物流"),
        ("欧阳小明", "13900139000", ""),
    ):
        halls.take_in(records, name=name, phone=phone, employer=employer)
    if request.param == "in a tidied index":
        records.tidy()
    return records


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("小明", ["欧阳小明", "王小明"]),
        ("王小明", ["王小明"]),
        ("王", ["王小明"]),
        ("𬭚", []),
        ("曾𬭚", ["曾𬭚"]),
        ("宏发", ["买买提·艾合买提", "王小明"]),
        ("宏发 小明", ["王小明"]),
        ("建筑有限", ["王小明"]),
        ("建限", []),
        ("老张烧烤", ["单田芳"]),
        ("abc", ["曾𬭚"]),
        ("ＡＢＣ电子", ["曾𬭚"]),
        ("买提艾合", ["买买提·艾合买提"]),
        ("wxm", ["王小明"]),
        ("w", ["王小明"]),
        ("stf", ["单田芳"]),
        ("dtf", ["单田芳"]),
        ("zf", []),
        ("WXM", ["王小明"]),
        ("8000", ["王小明"]),
        ("13800138000", ["王小明"]),
        ("83001234", ["单田芳"]),
        ("9000", ["欧阳小明"]),
        ("没有的人", []),
        ("", []),
        ('"', []),
        ("* OR NEAR(", []),
    ],
)
def test_a_typed_text_finds(searched, text, names):
    assert names_found(searched, text) == names


def test_the_end_and_the_beginning_of_a_number_find_the_case(searched):
    wanted = searched.cases(None, 10)[2]
    assert names_found(searched, wanted.number[-8:]) == [wanted.applicant]
    assert names_found(searched, wanted.number[:23]) == [wanted.applicant]
    assert len(searched.search(wanted.number[:12], 50)) == 5


def test_a_number_is_found_however_it_is_typed_and_inside_a_qr_text(searched):
    row = searched.cases(None, 1)[0]
    for text in (row.number.lower(), row.number.replace("-", " "), f"WA1|receipt|{row.number}|key"):
        found = searched.find_case(text)
        assert found == row


def test_a_limit_keeps_the_newest(searched):
    assert names_found(searched, "小明", 1) == ["欧阳小明"]


def test_cases_waiting_and_cases_indexed_are_found_together(records):
    taken = [halls.take_in(records, name=f"王{'甲乙丙丁'[n % 4]}") for n in range(search_index.BATCH + 3)]
    found = records.search("王", 1000)
    assert [row.case_id for row in found] == [one.case_id for one in reversed(taken)]


def test_the_list_is_paged_newest_first_and_jumped_into(records):
    numbers = [halls.take_in(records).number for _ in range(7)][::-1]
    first = records.cases(None, 3)
    second = records.cases(first[-1].number, 3)
    assert [row.number for row in (*first, *second)] == numbers[:6]
    assert [row.number for row in records.cases(numbers[-1], 3)] == []
    assert [row.number for row in records.cases_at(5, 10)] == numbers[5:]
    assert records.count_cases() == 7


NAMES = st.text(alphabet="王李张小明单曾𬭚a1 ·", min_size=1, max_size=6)


@given(names=st.lists(NAMES, min_size=1, max_size=3), at=st.integers(0, 5), length=st.integers(2, 4))
def test_every_part_of_a_name_is_among_its_terms(names, at, length):
    terms = terms_of([Party("applicant", name) for name in names], "440305A1C22611210001Q2C")
    part = normalised_name(names[0])[at : at + length]
    if len(part) > 1:
        assert matches(terms, phrases_for(part))


def test_a_phrase_never_reaches_over_two_names():
    terms = terms_of([Party("applicant", "张三"), Party("applicant", "三丰")], "")
    assert not matches(terms, phrases_for("张三丰"))


@pytest.mark.parametrize(
    ("name", "letters"),
    [("单田芳", "stf"), ("曾国藩", "zgf"), ("解晓东", "xxd"), ("仇英", "qy"), ("万俟卨", "mqx"), ("尉迟恭", "ycg")],
)
def test_surnames_are_read_as_surnames(name, letters):
    assert initials(name)[0] == letters


def test_a_rebuilt_index_finds_the_same(searched):
    wanted = ("小明", "宏发", "stf", "8000")
    before = [searched.search(text, 50) for text in wanted]
    searched.rebuild()
    assert [searched.search(text, 50) for text in wanted] == before
