"""Sheets of workers: columns recognised, rows checked as the form checks them, good ones taken, added up."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from tests.sheets.people import number_of, pasted, row_of, table_of, write_xlsx

from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.services.desk import Desk
from window_app.services.sheet_reading import SheetReading

KEY = "m1"


@pytest.fixture
def draft(draft_of: Callable[[str], VisitDraft]) -> VisitDraft:
    """A visit of several workers whose list is empty."""
    made = draft_of("05")
    return replace(made, answers={name: kept for name, kept in made.answers.items() if name != "workers"})


def reasons(reading: SheetReading) -> dict[str, str]:
    return {cell.address: cell.error.code for cell in reading.bad_cells}


def test_columns_are_known_by_label_synonym_and_code_in_any_order(desk: Desk, draft: VisitDraft) -> None:
    sheet = (
        "联系方式\towed\t公民身份号码（18位）\t劳动者姓名*\t工龄\n13800000000\t1200\t" + number_of(1) + "\t张三\t3\n"
    )
    reading = desk.sheets.read(draft, KEY, "workers", sheet)
    assert reading.good[0].record == {
        "name": "张三",
        "id_number": number_of(1),
        "birth_date": "1961-02-02",
        "phone": "13800000000",
        "owed": "1200.00",
    }
    assert [(note.code, note.params["columns"]) for note in reading.notes] == [("sheets.other_columns", "工龄")]


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        (2, "110101900307011", "field.resident_id_old"),
        (2, "110199197002020011", "field.resident_id_check"),
        (1, "长" * 300, "field.too_long"),
        (4, "乱写", "sheets.choice"),
        (5, "2026年2月30日", "field.date_impossible"),
        (6, "2025-01-01", "check.worker_period_order"),
        (7, "一万元", "field.money_form"),
        (7, "=1+1", "tabular.formula"),
        (3, "12", "field.phone_form"),
        (1, "张\u0007三", "field.control_character"),
    ],
)
def test_a_bad_cell_is_said_by_its_place_and_the_other_rows_are_good(
    desk: Desk, draft: VisitDraft, column: int, text: str, code: str
) -> None:
    table = table_of(4)
    table[2][column] = text
    reading = desk.sheets.read(draft, KEY, "workers", pasted(table))
    assert reasons(reading) == {f"{'ABCDEFGH'[column]}3": code}
    assert [row.number for row in reading.good] == [2, 4, 5]


def test_full_width_digits_and_dates_as_people_write_them_are_good(desk: Desk, draft: VisitDraft) -> None:
    table = table_of(1)
    table[1][7], table[1][5], table[1][3] = "１２，０００．５元", "2026/1/1", "１３９００００００００"
    record = desk.sheets.read(draft, KEY, "workers", pasted(table)).good[0].record
    assert (record["owed"], record["owed_from"]) == ("12000.50", "2026-01-01")


def test_the_same_number_twice_is_said_and_so_is_one_that_is_there_already(desk: Desk, draft: VisitDraft) -> None:
    table = table_of(4)
    table[3][2] = table[1][2]
    first = desk.sheets.read(draft, KEY, "workers", pasted(table))
    assert reasons(first) == {"C4": "sheets.twice"}
    filled = desk.sheets.add(draft, KEY, first)
    table[1][7] = "1.00"
    second = desk.sheets.read(filled, KEY, "workers", pasted(table))
    assert second.same == 2
    assert reasons(second) == {"C2": "sheets.there_already", "C4": "sheets.twice"}


def test_reading_the_same_sheet_again_adds_nothing(desk: Desk, draft: VisitDraft) -> None:
    once = desk.sheets.add(draft, KEY, desk.sheets.read(draft, KEY, "workers", pasted(table_of(20))))
    again = desk.sheets.read(once, KEY, "workers", pasted(table_of(20)))
    assert (again.same, again.good, again.bad) == (20, (), ())
    assert (
        desk.sheets.add(once, KEY, desk.sheets.read(draft, KEY, "workers", pasted(table_of(20)))).answers
        == once.answers
    )


def test_a_cell_put_right_makes_its_row_good(desk: Desk, draft: VisitDraft) -> None:
    table = table_of(3)
    table[1][2], table[1][7] = "1", "x"
    reading = desk.sheets.read(draft, KEY, "workers", pasted(table))
    half = desk.sheets.correct(draft, KEY, reading, 2, "id_number", number_of(0))
    assert reasons(half) == {"H2": "field.money_form"}
    whole = desk.sheets.correct(draft, KEY, half, 2, "owed", "5")
    assert [row.record["owed"] for row in whole.good] == ["5.00"]
    assert desk.sheets.leave_out(half, 2).bad == ()


def test_more_rows_than_the_list_holds_are_left_to_a_person(desk: Desk, draft: VisitDraft) -> None:
    reading = desk.sheets.read(draft, KEY, "workers", pasted(table_of(1002)))
    assert len(reading.good) == 1000
    assert reasons(reading) == {"1002": "sheets.too_many", "1003": "sheets.too_many"}


def test_a_sheet_is_added_up_by_sum_least_most_and_kind(desk: Desk, draft: VisitDraft) -> None:
    filled = desk.sheets.add(draft, KEY, desk.sheets.read(draft, KEY, "workers", pasted(table_of(4))))
    totals = desk.sheets.totals(filled, KEY, "workers")
    assert totals.count == 4
    assert [(one.field, one.count, one.total, one.least, one.most) for one in totals.money] == [
        ("owed", 4, "40008.00", "10000.50", "10003.50")
    ]
    assert [(one.value, one.count, one.total) for one in totals.kinds] == [
        ("wages", 2, "20004.00"),
        ("overtime", 1, "10001.50"),
        ("severance", 1, "10002.50"),
    ]


def test_the_list_of_evidence_is_read_just_so(desk: Desk, draft: VisitDraft) -> None:
    taken = draft.matter(KEY)
    arbitration = draft.with_matter(replace(taken, route="arbitration"))
    sheet = "证据名称,来源,形式,页数\n工资条,单位,复印件,3\n考勤表,单位,照片,1\n"
    reading = desk.sheets.read(arbitration, KEY, "evidence", sheet)
    assert reading.good[0].record == {"title": "工资条", "source": "单位", "form": "copy", "pages": 3}
    assert reasons(reading) == {"C3": "sheets.choice"}
    assert desk.sheets.add(arbitration, KEY, reading).matter(KEY).answers["evidence"] == [reading.good[0].record]


def test_a_section_that_is_no_list_or_not_shown_takes_no_sheet(desk: Desk, draft: VisitDraft) -> None:
    for section in ("applicant", "nothing"):
        with pytest.raises(WindowAppError, match=r"sheets\.no_section"):
            desk.sheets.read(draft, KEY, section, pasted(table_of(1)))
    alone = replace(draft, facts={**draft.facts, "visitor": "worker"})
    with pytest.raises(WindowAppError, match=r"sheets\.no_section"):
        desk.sheets.read(alone, KEY, "workers", pasted(table_of(1)))


def test_a_reading_can_be_stopped(desk: Desk, draft: VisitDraft, tmp_path: Path) -> None:
    told: list[int] = []

    def progress(rows: int, share: float | None) -> None:
        del share
        told.append(rows)
        if rows >= 300:
            raise WindowAppError("sheets.cancelled")

    with pytest.raises(WindowAppError, match=r"sheets\.cancelled"):
        desk.sheets.read(draft, KEY, "workers", write_xlsx(tmp_path / "a.xlsx", table_of(1000)), progress)
    assert told == [100, 200, 300]


def test_the_bad_rows_come_back_as_a_sheet_with_their_reasons_and_can_be_read_again(
    desk: Desk, draft: VisitDraft, tmp_path: Path
) -> None:
    table = table_of(5)
    table[2][7] = "x"
    reading = desk.sheets.read(draft, KEY, "workers", pasted(table))
    path = tmp_path / "bad.xlsx"
    desk.sheets.save_bad(reading, path, lambda cell: cell.error.code)
    page = openpyxl.load_workbook(path).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == [*table[0][1:], "问题"]
    assert rows[1][0] == row_of(1)[1]
    assert "H3" in str(rows[1][-1])
    again = desk.sheets.read(draft, KEY, "workers", path)
    assert (reasons(again), again.notes) == ({"G2": "field.money_form"}, ())


def test_a_template_has_headings_choices_and_an_example_and_reads_as_empty(
    desk: Desk, draft: VisitDraft, tmp_path: Path
) -> None:
    path = tmp_path / "template.xlsx"
    desk.sheets.save_template(draft, KEY, "workers", path)
    book = openpyxl.load_workbook(path)
    fields = desk.sheets.columns(draft, KEY, "workers").fields
    first, help_page = book.worksheets
    assert [str(cell.value).rstrip("*") for cell in first[1]] == [field.label["zh"] for field in fields]
    assert any("拖欠的工资" in str(rule.formula1) for rule in first.data_validations.dataValidation)
    assert help_page.cell(3, 3).value == "110101199003070118"
    reading = desk.sheets.read(draft, KEY, "workers", path)
    assert (reading.good, reading.bad) == ((), ())
    assert len(reading.columns) == len(fields)


def test_where_a_sheet_cannot_be_written_it_is_said(desk: Desk, draft: VisitDraft, tmp_path: Path) -> None:
    with pytest.raises(WindowAppError, match=r"sheets\.cannot_write"):
        desk.sheets.save_template(draft, KEY, "workers", tmp_path / "gone" / "a.xlsx")


def test_a_thousand_workers_are_one_case_with_a_token_each_and_few_names_on_paper(
    desk: Desk, draft: VisitDraft
) -> None:
    reading = desk.sheets.read(draft, KEY, "workers", pasted(table_of(1000)))
    received = desk.receiving.receive(desk.sheets.add(draft, KEY, reading))
    assert len(received.cases) == 1
    assert [hit.number for hit in desk.search.find(row_of(777)[1])] == [received.cases[0].number]
    record = desk.papers.get(received.cases[0].paper_ids[0]).record
    said = str(record.content)
    assert "等1000人" in said
    assert row_of(19)[1] in said
    assert row_of(20)[1] not in said


def test_what_many_records_lack_stands_once_on_the_notice(desk: Desk, draft: VisitDraft) -> None:
    table = [row[:2] + row[3:] for row in table_of(30)]
    arbitration = draft.with_matter(replace(draft.matter(KEY), route="arbitration"))
    reading = desk.sheets.read(arbitration, KEY, "workers", pasted(table))
    received = desk.receiving.receive(desk.sheets.add(arbitration, KEY, reading))
    notices = [desk.papers.get(paper).record for paper in received.cases[0].paper_ids]
    said = next(str(one.content["blocks"]) for one in notices if one.kind == "notice_once")
    assert said.count("名单（全体）：身份证件号码") == 1
    assert "等30条" in said
