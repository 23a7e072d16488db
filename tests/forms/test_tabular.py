"""Tables of others' making: what they hold comes out, what is wrong is said at its place, nothing is run."""

import contextlib
import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sheets.hostile import REFUSED, one_endless_line, other_encoding, repacked
from tests.sheets.people import pasted, table_of, write_csv, write_xlsx

from window_app.errors import WindowAppError
from window_app.forms.tabular import Limits, Row, TableFault, column_letters, plain_heading, read_table
from window_app.forms.tabular_package import check_package
from window_app.i18n import Catalogue

NAMES = {"姓名", "电话", "手机号", "金额", "日期"}


def headed(text: str) -> bool:
    return text in NAMES


def read(source: Path | str, limits: Limits | None = None) -> tuple[list[Row], tuple[WindowAppError, ...]]:
    with read_table(source, headed=headed, limits=limits) as table:
        rows = list(table.rows())
        return rows, table.notes


def texts(rows: list[Row]) -> list[list[str]]:
    return [list(row.cells) for row in rows]


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(name: str, tmp_path: Path) -> None:
    make, code = REFUSED[name]
    path = make(tmp_path)
    with pytest.raises(TableFault) as caught:
        read(path)
    assert caught.value.code == code
    for language in ("zh_CN", "en"):
        said = Catalogue(language).message(caught.value)
        assert not said.startswith("tabular.")
        assert "{" not in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_text_is_read_in_its_encoding_whatever_separates(tmp_path: Path, encoding: str, separator: str) -> None:
    table = [["姓名", "电话", "金额"], ["张三，李四", "138;139", "1,5"], ["王\n五", 'a"b', ""], ["龥㐀𠮷", "1", "2"]]
    rows, notes = read(write_csv(tmp_path / "a.csv", table, encoding, separator))
    assert texts(rows) == table[1:]
    assert notes == ()


def test_cells_pasted_from_a_spreadsheet_are_read() -> None:
    table = table_of(30)
    rows, notes = read(pasted(table))
    assert texts(rows) == table[1:]
    assert [row.number for row in rows] == list(range(2, 32))
    assert not notes


def test_a_line_in_another_encoding_is_said_and_the_others_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,电话\n张三,1\n".encode() + "李四,2\n".encode("gb18030") + "王五,3\n".encode())
    rows, notes = read(path)
    assert [row.cells for row in rows] == [("张三", "1"), ("", "2"), ("王五", "3")]
    assert rows[1].refused[0].code == "tabular.undecodable"
    assert [(note.code, note.params) for note in notes] == [("tabular.encoding_lines", {"line": 3})]


def test_an_encoding_of_elsewhere_is_not_taken_for_text(tmp_path: Path) -> None:
    with pytest.raises(TableFault, match=r"tabular\.no_headings"):
        read_table(other_encoding(tmp_path), headed={"電話號碼"}.__contains__)


def test_a_quotation_mark_left_open_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('姓名,电话\n张三,1\n"李四,2\n' + "".join(f"王{at},3\n" for at in range(200)), "utf-8")
    rows, _ = read(path)
    assert rows[1].fault is not None
    assert rows[1].fault.code == "tabular.quotes"
    assert len(rows) == 202
    assert [row.number for row in rows if row.fault] == [3]


def test_a_row_with_more_cells_than_headings_is_not_taken_for_shifted_ones(tmp_path: Path) -> None:
    rows, _ = read(write_csv(tmp_path / "a.csv", [["姓名", "电话"], ["张三", "某路1号", "138"], ["李四", "1", ""]]))
    assert rows[0].fault is not None
    assert rows[0].fault.code == "tabular.shifted"
    assert rows[1].fault is None


def test_a_line_without_end_stops_the_reading_and_keeps_what_was_before(tmp_path: Path) -> None:
    rows, notes = read(one_endless_line(tmp_path))
    assert rows == []
    assert [note.code for note in notes] == ["tabular.damaged_from"]


def test_formulas_and_what_excel_has_lost_are_refused_at_their_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, ["姓名", "电话", "金额", "日期"])
        page.write_formula(1, 0, '=HYPERLINK("http://x","张三")', None, "张三")
        page.write_number(1, 1, 110101199003077715)
        page.write_number(1, 2, 12000.5)
        page.write_datetime(1, 3, date(2026, 3, 1), day)
        page.write_formula(2, 2, "=NA()", None, "#N/A")
        page.write_boolean(2, 0, True)
        page.write_number(2, 1, 13800000000)
    rows, _ = read(path)
    assert rows[0].cells == ("", "", "12000.5", "2026-03-01")
    assert {at: fault.code for at, fault in rows[0].refused.items()} == {0: "tabular.formula", 1: "tabular.digits_lost"}
    assert rows[1].cells == ("true", "13800000000", "", "")
    assert rows[1].refused[2].code == "tabular.formula"


def test_a_formula_in_text_and_a_number_in_powers_of_ten_are_refused() -> None:
    rows, _ = read('姓名\t电话\n=cmd|"/c calc"!A1\t1.10101E+17\n')
    assert {at: fault.code for at, fault in rows[0].refused.items()} == {0: "tabular.formula", 1: "tabular.digits_lost"}


def test_merged_cells_are_refused_but_for_the_first_and_a_merged_title_is_passed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet()
        page.merge_range("A1:B1", "某某公司欠薪名单")
        page.write_row(1, 0, ["姓名", "电话"])
        page.write_row(2, 0, ["张三", ""])
        page.write_row(3, 0, ["李四", ""])
        page.merge_range("B3:B4", "138")
        page.write_row(4, 0, ["王五", "139"])
    rows, _ = read(path)
    assert texts(rows) == [["张三", "138"], ["李四", ""], ["王五", "139"]]
    assert [list(row.refused) for row in rows] == [[], [1], []]
    assert rows[1].refused[1].params == {"range": "B3:B4"}


def test_hidden_sheets_are_said_and_read_only_where_there_is_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = openpyxl.Workbook()
    shown = workbook.active
    assert shown is not None
    shown.append(["姓名"])
    shown.append(["张三"])
    secret = workbook.create_sheet("底稿")
    secret.sheet_state = "veryHidden"
    secret.append(["姓名", "电话"])
    secret.append(["李四", "1"])
    workbook.save(path)
    rows, notes = read(path)
    assert texts(rows) == [["张三"]]
    assert [note.code for note in notes] == ["tabular.hidden_sheets"]
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").replace(b'state="visible"', b'state="hidden"')
    rows, notes = read(repacked(path, {"xl/workbook.xml": book}))
    assert [note.code for note in notes] == ["tabular.hidden_read"]
    assert rows


def test_the_sheet_with_the_headings_is_taken_and_hidden_rows_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("封面").write(0, 0, "说明")
        page = workbook.add_worksheet("名单")
        page.write_column(0, 0, ["姓名", "张三", "李四"])
        page.set_row(2, None, None, {"hidden": True})
    rows, notes = read(path)
    assert texts(rows) == [["张三"], ["李四"]]
    assert {note.code for note in notes} == {"tabular.other_sheets", "tabular.hidden_rows"}


def test_the_name_may_lie_about_what_a_file_is(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "名单.csv", table_of(2))
    rows, notes = read(book)
    assert len(rows) == 2
    assert [note.code for note in notes] == ["tabular.named_otherwise"]
    text = write_csv(tmp_path / "名单.xlsx", table_of(2), "gb18030")
    assert len(read(text)[0]) == 2


def test_a_dimension_that_lies_neither_hides_rows_nor_makes_millions(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table_of(3))
    with zipfile.ZipFile(path) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    start, end = page.index(b"<dimension"), page.index(b"/>", page.index(b"<dimension"))
    small = repacked(path, {"xl/worksheets/sheet1.xml": page[:start] + b'<dimension ref="A1"' + page[end:]})
    assert len(read(small)[0]) == 3
    far = page.replace(b'<row r="4"', b'<row r="99999999999"').replace(b'r="A4"', b'r="A99999999999"')
    rows, notes = read(repacked(path, {"xl/worksheets/sheet1.xml": far}), Limits(rows=5000))
    assert len(rows) == 2
    assert [note.code for note in notes] == ["tabular.too_many_rows"]


def test_a_sheet_damaged_further_down_gives_the_rows_before(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table_of(1200))
    with zipfile.ZipFile(path) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    at = page.index(b'<row r="1100"')
    rows, notes = read(repacked(path, {"xl/worksheets/sheet1.xml": page[:at] + b"<row r=<<<" + page[at:]}))
    assert len(rows) >= 499
    assert [note.code for note in notes] == ["tabular.damaged_from"]


def test_more_rows_than_allowed_are_said(tmp_path: Path) -> None:
    rows, notes = read(write_csv(tmp_path / "a.csv", table_of(20)), Limits(rows=10))
    assert len(rows) == 10
    assert [note.code for note in notes] == ["tabular.too_many_rows"]


def test_names_of_300_characters_and_full_width_digits_come_as_they_are() -> None:
    rows, _ = read("姓名\t电话\n" + "长" * 300 + "\t１３８\n")
    assert rows[0].cells == ("长" * 300, "１３８")


def test_a_cell_longer_than_a_spreadsheet_holds_is_refused() -> None:
    rows, _ = read("姓名\t电话\n" + "长" * 40_000 + "\t1\n")
    assert rows[0].refused[0].code == "tabular.cell_long"


def test_the_jurists_workbooks_are_looked_through_as_well(tmp_path: Path) -> None:
    check_package(write_xlsx(tmp_path / "a.xlsx", table_of(1)), Limits())
    with pytest.raises(TableFault, match=r"tabular\.bomb"):
        check_package(REFUSED["zip bomb"][0](tmp_path), Limits())


@pytest.mark.parametrize(
    ("text", "plain"), [("身份证 号码 ", "身份证号码"), ("金额（元）*", "金额"), ("（备注）", "(备注)")]
)
def test_headings_are_compared_without_what_does_not_matter(text: str, plain: str) -> None:
    assert plain_heading(text) == plain


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [column_letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


CELL = (
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="\ufffd\ufeff_\u2028\u2029"),
        max_size=12,
    )
    .map(str.strip)
    .filter(lambda text: not text.startswith("=") and "E+" not in text.upper())
)
TABLE = st.integers(2, 5).flatmap(
    lambda wide: st.lists(st.lists(CELL, min_size=wide, max_size=wide), min_size=1, max_size=8)
)
OFTEN = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def with_headings(table: list[list[str]]) -> list[list[str]]:
    return [["姓名", "电话", "金额", "日期", "手机号"][: len(table[0])], *table]


@OFTEN
@given(TABLE)
def test_any_table_of_texts_comes_back_from_a_workbook(tmp_path: Path, table: list[list[str]]) -> None:
    rows, _ = read(write_xlsx(tmp_path / "a.xlsx", with_headings(table)))
    assert texts(rows) == [row for row in table if any(row)]


@OFTEN
@given(TABLE, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), st.sampled_from(["\t", ",", ";"]))
def test_any_table_of_texts_comes_back_from_a_csv(
    tmp_path: Path, table: list[list[str]], encoding: str, separator: str
) -> None:
    rows, _ = read(write_csv(tmp_path / "a.csv", with_headings(table), encoding, separator))
    assert texts(rows) == [row for row in table if any(row)]


@OFTEN
@given(TABLE)
def test_any_table_of_texts_comes_back_from_what_was_pasted(table: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter="\t").writerows(with_headings(table))
    rows, _ = read(written.getvalue())
    assert texts(rows) == [row for row in table if any(row)]


@OFTEN
@given(st.binary(max_size=400))
def test_no_bytes_at_all_lead_to_anything_but_rows_or_a_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with contextlib.suppress(TableFault):
        read(path)


def test_a_workbook_tells_how_much_of_it_was_read_and_a_size_that_cannot_be_tells_nothing(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table_of(9))
    with read_table(path) as table:
        shares = [table.share for _ in table.rows()]
    assert shares == [pytest.approx(at / 10) for at in range(2, 11)]
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as package:
        said = package.read(part)
    repacked(path, {part: said.replace(b'ref="A1:H10"', b'ref="A1:H3"')})
    with read_table(path) as table:
        assert [table.share for _ in table.rows()][-1] is None
