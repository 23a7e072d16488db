"""Fonts: what they cover, when they are opened, and that every character can be copied out again."""

import json
import subprocess
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from tests.documents.samples import FONTS, text_of

from window_app.documents.coverage import FILE_NAME, FONT_NAMES, RARE, SANS, SERIF, Coverage, printable
from window_app.documents.fonts import FontShelf, code_mark
from window_app.documents.sheet import Sheet
from window_app.documents.subsets import unicode_map

# GB 18030-2022, implementation level 3: URO, A, B, C, D, E, F and twelve of the compatibility area.
LEVEL_3 = [
    *range(0x4E00, 0x9FF0),
    *range(0x3400, 0x4DB6),
    *range(0x20000, 0x2A6D7),
    *range(0x2A700, 0x2B735),
    *range(0x2B740, 0x2B81E),
    *range(0x2B820, 0x2CEA2),
    *range(0x2CEB0, 0x2EBE1),
    *(0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29),
]


def new_sheet(shelf: FontShelf) -> Sheet:
    return Sheet(shelf, title="字", subject="字", issued_at=datetime(2026, 11, 21, tzinfo=UTC), seed=b"")


@pytest.mark.parametrize("name", FONT_NAMES)
def test_the_coverage_table_equals_the_fonts_character_map(name: str) -> None:
    with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
        mapped = {code for code, glyph in font.getBestCmap().items() if glyph != ".notdef" and printable(code)}
    covered = set(Coverage.read(FONTS).code_points(name))
    assert covered - mapped <= {0xA0}
    assert mapped <= covered


def test_the_coverage_table_answers_at_the_ends_of_its_ranges() -> None:
    coverage = Coverage({"font": [(0x20, 0x22), (0x30, 0x30)]})
    assert [code for code in range(0x10, 0x40) if coverage.has("font", code)] == [0x20, 0x21, 0x22, 0x30]
    assert set(json.loads((FONTS / FILE_NAME).read_text())) == set(FONT_NAMES)


def test_all_87887_hanzi_print_from_embedded_subsets_and_come_out_as_text(tmp_path: Path) -> None:
    assert len(LEVEL_3) == 87_887
    shelf = FontShelf(FONTS)
    sheet = new_sheet(shelf)
    characters = iter(chr(code) for code in LEVEL_3)
    y = 820.0
    while line := "".join(islice(characters, 50)):
        if y < 20:
            sheet.next_page()
            y = 820.0
        sheet.text(40, y, SERIF, 10, line)
        y -= 12
    pdf = sheet.finish()
    assert text_of(pdf, tmp_path) == "".join(map(chr, LEVEL_3))
    fonts = subprocess.run(["pdffonts", tmp_path / "paper.pdf"], capture_output=True, text=True, check=True).stdout
    for row in fonts.splitlines()[2:]:
        assert row[6] == "+", row
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row


def test_the_rare_font_is_opened_only_for_a_rare_character() -> None:
    shelf = FontShelf(FONTS)
    sheet = new_sheet(shelf)
    sheet.text(40, 700, SERIF, 12, "收件回执 2026 𬭚䶮𠅤")
    assert shelf.opened() == (SERIF,)
    sheet.text(40, 680, SERIF, 12, "𠀀")
    assert RARE in shelf.opened()
    assert SANS not in shelf.opened()


def test_a_text_is_split_into_runs_of_one_font() -> None:
    shelf = FontShelf(FONTS)
    assert shelf.runs(SERIF, "张𠀀三\U00030000") == [(SERIF, "张"), (RARE, "𠀀"), (SERIF, "三"), (None, "\U00030000")]
    assert shelf.missing("张𠀀三\U00030000😀\U00030000") == ("\U00030000", "😀")


def test_code_points_above_ffff_are_mapped_as_surrogate_pairs_in_ranges_within_256_numbers() -> None:
    text_map = unicode_map([0x4E00, 0x2CB5A, *range(0x4E01, 0x4EFF), 0x20000])
    assert "1 beginbfrange" not in text_map
    assert "<0001> <00FF> [<4E00><D872DF5A><4E01>" in text_map
    assert "<0100> <0101> [<4EFE><D840DC00>]" in text_map


def test_meeting_marks_give_up_half_an_em() -> None:
    shelf = FontShelf(FONTS)
    assert shelf.width(SERIF, 10, "据：《法") == pytest.approx(35)
    assert shelf.width(SERIF, 10, "据：法") == pytest.approx(30)


def test_a_character_in_no_font_is_drawn_as_its_code_point(tmp_path: Path) -> None:
    sheet = new_sheet(FontShelf(FONTS))
    sheet.text(40, 700, SERIF, 12, "张\U00030000三")
    assert text_of(sheet.finish(), tmp_path) in ("张三U+30000", "张U+30000三")
    assert code_mark("\x07") == "U+0007"
