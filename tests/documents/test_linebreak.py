"""Chinese line breaking."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app.documents.linebreak import CLOSING, OPENING, atoms, break_lines

CHINESE = "依据劳动争议法受理"
MARKS = "，。、；：？！”》）（《“—…"
RUNS = st.sampled_from(["，", "。”", "）。", "《", "：“", "！？", "、", "（“"])
PLAIN = st.text(st.sampled_from(CHINESE + "ab12 "), min_size=1, max_size=4)


def em(text: str) -> float:
    return float(len(text))


@given(st.lists(st.one_of(PLAIN, st.text(st.sampled_from(MARKS), min_size=1, max_size=4)), max_size=60).map("".join))
def test_pieces_put_together_are_the_text(text: str) -> None:
    assert "".join(atoms(text)) == text


@given(st.lists(st.tuples(PLAIN, RUNS), max_size=40))
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(parts: list[tuple[str, str]]) -> None:
    text = "".join(plain + marks for plain, marks in parts) + "终"
    lines = break_lines(text, 16, em)
    assert all(len(line) <= 16 for line in lines)
    assert not [line for line in lines if line and line[0] in CLOSING and len(lines) > 1 and line is not lines[0]]
    assert not [line for line in lines if line and line[-1] in OPENING]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    "whole",
    ["2026-11-27", "1,234.50", "abc@example.com", "12:30", "GB/T", "9704-2012", "50%", "……", "——"],
)
def test_numbers_words_dashes_and_ellipses_are_not_torn(whole: str) -> None:
    for before in range(1, 20):
        lines = break_lines("依" * before + whole + "据" * 9, 16, em)
        assert sum(whole in line for line in lines) == 1


def test_marks_stay_with_what_they_mark() -> None:
    assert atoms("他说：“好！”（见《法》）。") == ["他", "说：", "“好！”", "（见", "《法》）。"]


def test_what_is_wider_than_a_line_is_torn() -> None:
    assert [len(line) for line in break_lines("a" * 25, 10, em)] == [10, 10, 5]
    assert "".join(break_lines("据" + "！" * 25, 10, em)) == "据" + "！" * 25


def test_line_ends_in_the_text_are_kept_and_the_first_line_is_indented() -> None:
    assert break_lines("一二三四五六\r\n七八", 5, em, 2) == ["一二三", "四五六", "七八"]


def test_a_space_at_the_end_of_a_line_is_dropped() -> None:
    lines = break_lines("word another words", 8, em)
    assert lines == ["word", "another", "words"]
    assert not any(re.search(r"^ | $", line) for line in lines)
