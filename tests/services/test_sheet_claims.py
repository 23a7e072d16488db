"""Several claims of one person in a sheet: kept one by one, added up by person and by kind."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.sheets.people import number_of, pasted

from window_app.domain.visits import VisitDraft
from window_app.services.desk import Desk
from window_app.services.sheet_reading import SheetReading

KEY = "m1"
LINES = (
    ["张三", number_of(1), "8000", "1200", "", ""],
    ["李四", number_of(2), "100", "", "", ""],
)
SIDE_BY_SIDE = ["姓名", "身份证号", "拖欠工资", "加班费", "经济补偿金", "合计"]
ROW_BY_ROW = ["姓名", "身份证号", "请求事项", "起始日期", "截止日期", "金额", "备注"]


@pytest.fixture
def draft(draft_of: Callable[[str], VisitDraft]) -> VisitDraft:
    """A visit of several workers whose list is empty."""
    made = draft_of("05")
    return replace(made, answers={name: kept for name, kept in made.answers.items() if name != "workers"})


def read(desk: Desk, draft: VisitDraft, *lines: list[str]) -> SheetReading:
    return desk.sheets.read(draft, KEY, "workers", pasted(lines))


def reasons(reading: SheetReading) -> dict[str, str]:
    return {cell.address: cell.error.code for cell in reading.bad_cells}


def claims(record: object) -> dict[str, str]:
    """What a record says of its claims."""
    assert isinstance(record, dict)
    return {name: value for name, value in record.items() if name in ("claim_kind", "owed") or name.endswith("_amount")}


def test_columns_side_by_side_are_several_claims_of_a_person_with_their_sum(desk: Desk, draft: VisitDraft) -> None:
    reading = read(
        desk,
        draft,
        SIDE_BY_SIDE,
        ["张三", number_of(1), "8000", "1200.5", "", "9200.50"],
        ["李四", number_of(2), "", "0", "3000", ""],
        ["王五", number_of(3), "500", "-", "700", ""],
    )
    assert [claims(row.record) for row in reading.good] == [
        {"claim_kind": "several", "owed": "9200.50", "wages_amount": "8000.00", "overtime_amount": "1200.50"},
        {"claim_kind": "severance", "owed": "3000.00"},
        {"claim_kind": "several", "owed": "1200.00", "wages_amount": "500.00", "severance_amount": "700.00"},
    ]
    assert reading.bad == ()


def test_a_column_of_unpaid_wages_alone_is_the_whole_sum(desk: Desk, draft: VisitDraft) -> None:
    reading = read(desk, draft, ["姓名", "身份证号", "拖欠工资"], ["张三", number_of(1), "8000"])
    assert claims(reading.good[0].record) == {"owed": "8000.00"}


def test_a_sum_that_is_not_what_the_amounts_come_to_is_said_at_its_cell(desk: Desk, draft: VisitDraft) -> None:
    reading = read(
        desk,
        draft,
        SIDE_BY_SIDE,
        ["张三", number_of(1), "8000", "1000", "", "9100"],
        ["李四", number_of(2), "8000", "x", "", ""],
        ["王五", number_of(3), "8000", "", "", "8100"],
    )
    assert reasons(reading) == {"F2": "field.sum_differs", "D3": "field.money_form", "F4": "field.sum_differs"}
    assert reading.bad_cells[0].error.params == {"sum": "9000.00"}
    whole = desk.sheets.correct(draft, KEY, reading, 2, "owed", "9000")
    assert claims(whole.good[0].record)["owed"] == "9000.00"


def test_a_kind_that_contradicts_the_column_with_the_amount_is_said(desk: Desk, draft: VisitDraft) -> None:
    reading = read(
        desk,
        draft,
        ["姓名", "身份证号", "请求事项", "加班费", "经济补偿"],
        ["张三", number_of(1), "拖欠的工资", "1", "2"],
    )
    assert reasons(reading) == {"C2": "sheets.kind_elsewhere"}


def test_rows_with_one_number_and_other_claims_are_one_person(desk: Desk, draft: VisitDraft) -> None:
    reading = read(
        desk,
        draft,
        ROW_BY_ROW,
        ["张三", number_of(1), "拖欠的工资", "2026-01-01", "2026-03-31", "8000", "三个月"],
        ["李四", number_of(2), "加班费", "", "", "50", ""],
        ["张三", number_of(1), "加班费", "2025-11-01", "2026-02-28", "1200", ""],
        ["张三", number_of(1), "经济补偿", "", "", "300", ""],
    )
    assert (reading.bad, reading.joined, [row.joined for row in reading.good]) == ((), 2, [(4, 5), ()])
    record = reading.good[0].record
    assert claims(record) == {
        "claim_kind": "several",
        "owed": "9500.00",
        "wages_amount": "8000.00",
        "overtime_amount": "1200.00",
        "severance_amount": "300.00",
    }
    assert (record["owed_from"], record["owed_to"]) == ("2025-11-01", "2026-03-31")
    assert record["note"] == "三个月；拖欠的工资：2026-01-01至2026-03-31；加班费：2025-11-01至2026-02-28"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["张三", "拖欠的工资", "7"], "sheets.twice"),
        (["张三", "拖欠的工资", "8000"], "sheets.twice"),
        (["张山", "加班费", "7"], "sheets.twice"),
        (["张三", "加班费", ""], "sheets.twice"),
    ],
)
def test_what_does_not_plainly_go_together_is_left_to_the_clerk(
    desk: Desk, draft: VisitDraft, cells: list[str], code: str
) -> None:
    name, kind, amount = cells
    reading = read(
        desk,
        draft,
        ["姓名", "身份证号", "请求事项", "金额"],
        ["张三", number_of(1), "拖欠的工资", "8000"],
        [name, number_of(1), kind, amount],
    )
    assert reasons(reading) == {"B3": code}
    assert len(reading.good) == 1


def test_a_second_sheet_adds_its_claims_and_the_same_sheet_again_adds_nothing(desk: Desk, draft: VisitDraft) -> None:
    heads = ["姓名", "身份证号", "请求事项", "金额"]
    wages = [heads, ["张三", number_of(1), "拖欠的工资", "8000"], ["李四", number_of(2), "拖欠的工资", "100"]]
    overtime = [heads, ["张三", number_of(1), "加班费", "20"], ["王五", number_of(3), "加班费", "30"]]
    once = desk.sheets.add(draft, KEY, read(desk, draft, *wages))
    twice = desk.sheets.add(once, KEY, read(desk, once, *overtime))
    assert [claims(record) for record in twice.answers["workers"]] == [
        {"claim_kind": "several", "owed": "8020.00", "wages_amount": "8000.00", "overtime_amount": "20.00"},
        {"claim_kind": "wages", "owed": "100.00"},
        {"claim_kind": "overtime", "owed": "30.00"},
    ]
    for sheet in (wages, overtime):
        again = read(desk, twice, *sheet)
        assert (again.same, again.good, again.bad) == (2, (), ())
    other = [heads, ["张三", number_of(1), "加班费", "21"]]
    assert reasons(read(desk, twice, *other)) == {"B2": "sheets.there_already"}


def test_a_bad_further_row_put_right_goes_to_its_person(desk: Desk, draft: VisitDraft) -> None:
    reading = read(
        desk,
        draft,
        ["姓名", "身份证号", "请求事项", "金额"],
        ["张三", number_of(1), "拖欠的工资", "8000"],
        ["张三", number_of(1), "加班费", "x"],
    )
    filled = desk.sheets.add(draft, KEY, reading)
    right = desk.sheets.correct(filled, KEY, reading.only_bad(), 3, "owed", "20")
    whole = desk.sheets.add(filled, KEY, right)
    assert [claims(record)["owed"] for record in whole.answers["workers"]] == ["8020.00"]


def test_a_further_claim_needs_no_room_in_a_full_list(desk: Desk, draft: VisitDraft) -> None:
    heads = ["姓名", "身份证号", "请求事项", "金额"]
    rows = [[f"张{at}", number_of(at), "加班费", "1"] for at in range(1000)]
    full = desk.sheets.add(draft, KEY, read(desk, draft, heads, *rows))
    more = read(desk, full, heads, ["张7", number_of(7), "经济补偿", "5"], ["新人", number_of(1003), "", "1"])
    assert [row.number for row in more.good] == [2]
    assert len(desk.sheets.add(full, KEY, more).answers["workers"]) == 1000


def test_totals_count_each_claim_by_its_kind(desk: Desk, draft: VisitDraft) -> None:
    filled = desk.sheets.add(draft, KEY, read(desk, draft, SIDE_BY_SIDE, *LINES))
    totals = desk.sheets.totals(filled, KEY, "workers")
    assert [(one.field, one.count, one.total) for one in totals.money] == [("owed", 2, "9300.00")]
    assert [(one.value, one.count, one.total) for one in totals.kinds] == [
        ("wages", 2, "8100.00"),
        ("overtime", 1, "1200.00"),
    ]


def test_amounts_typed_into_the_form_are_added_up_and_a_sum_typed_over_is_questioned(
    desk: Desk, draft: VisitDraft
) -> None:
    def typed(changed: VisitDraft, **values: str) -> VisitDraft:
        for field, value in values.items():
            changed = desk.intake.set_field(changed, KEY, "workers", 0, field, value)
        return changed

    filled = typed(draft, name="张三", claim_kind="several", wages_amount="８０００", overtime_amount="1,200.5")
    assert filled.answers["workers"][0]["owed"] == "9200.50"
    less = typed(filled, overtime_amount="200")
    assert less.answers["workers"][0]["owed"] == "8200.00"
    over = typed(less, owed="1")
    filling = desk.intake.filling(over, KEY)
    assert filling is not None
    found = [(one.section, one.index, one.field, one.severity) for one in filling.problems() if "sum" in one.code]
    assert found == [("workers", 0, "owed", "error")]
    alone = typed(over, claim_kind="wages")
    assert "wages_amount" not in desk.intake.filling(alone, KEY).normalised()["workers"][0]  # type: ignore[union-attr]


def test_receipt_and_application_say_what_each_and_all_ask_for(desk: Desk, draft: VisitDraft) -> None:
    filled = desk.sheets.add(draft, KEY, read(desk, draft, SIDE_BY_SIDE, *LINES))
    received = desk.receiving.receive(filled)
    receipt = desk.papers.get(received.cases[0].paper_ids[0]).record.content
    assert receipt["values"]["own_claims"] == "拖欠的工资2人8,100.00元；加班费1人1,200.00元；共9,300.00元"
    assert "共9,300.00元，以申请人主张为准" in str(receipt["blocks"])
    kind, pdf = desk.case_papers.application(filled, KEY)
    page = "".join("".join(one.extract_text().split()) for one in PdfReader(BytesIO(pdf)).pages)
    assert kind == "inspection_form"
    assert "拖欠的工资8,000.00元；加班费1,200.00元" in page
    assert "9,200.00" in page
