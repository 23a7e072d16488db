"""Tables and parameters go into a workbook and come back; only what was edited changes in the files."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from window_app.errors import DefinitionError, WindowAppError
from window_app.forms import load_definitions
from window_app.forms.sheet_cells import flow
from window_app.forms.sheet_export import export_sheets
from window_app.forms.sheet_import import SheetImport, import_sheets
from window_app.yamlio import parse_yaml

PUBLISHED = Path(__file__).parents[2] / "forms"


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    shutil.copytree(PUBLISHED, tmp_path / "forms")
    return tmp_path / "forms"


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheets") / "law.xlsx"
    export_sheets(load_definitions(PUBLISHED).files, path)
    return path


@pytest.fixture
def edited(exported: Path, forms: Path, tmp_path: Path) -> Callable[..., SheetImport]:
    """Return a function that edits cells, by sheet, id and column, and imports."""

    def edit(*cells: tuple[str, str, str, str | int], change: Callable[[Any], None] | None = None) -> SheetImport:
        workbook = openpyxl.load_workbook(exported)
        for sheet, key, column, value in cells:
            page = workbook[sheet]
            head = [cell.value for cell in page[1]]
            name = head.index("name") if "name" in head else head.index("id")
            line = next(row for row in page.iter_rows(min_row=2) if row[name].value == key)
            line[head.index(column)].value = value
        if change is not None:
            change(workbook)
        workbook.save(tmp_path / "edited.xlsx")
        return import_sheets(tmp_path / "edited.xlsx", forms)

    return edit


def differing(forms: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the lines that differ from the published set, by file."""
    found = {}
    for path in PUBLISHED.rglob("*.yaml"):
        name = path.relative_to(PUBLISHED).as_posix()
        before, after = path.read_text("utf-8").splitlines(), (forms / name).read_text("utf-8").splitlines()
        if before != after:
            found[name] = [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]]
    return found


def test_what_is_not_edited_comes_back_byte_for_byte(edited: Callable[..., SheetImport], forms: Path) -> None:
    assert edited() == SheetImport((), (), ())
    assert differing(forms) == {}


def test_every_row_of_every_table_stands_on_a_sheet(exported: Path) -> None:
    workbook = openpyxl.load_workbook(exported)
    law = load_definitions(PUBLISHED)
    for decision, table in law.rules.tables.items():
        ids = [row[0].value for row in workbook[decision].iter_rows(min_row=2)]
        assert ids == [row.id for row in table.rows]
    names = {row[1].value for row in workbook["parameters"].iter_rows(min_row=2)}
    known = law.rules.parameters
    stated = {name for part in (known.national, *known.local.values()) for name, one in part.items() if one.values}
    assert names == stated  # one without any value yet has no row


def test_a_cell_changes_its_line_and_nothing_else(edited: Callable[..., SheetImport], forms: Path) -> None:
    found = edited(("venue", "V01", "when.workplace", "here, neighbour"))
    assert found.files == ("rules/venue.yaml",)
    ((_, after),) = differing(forms)["rules/venue.yaml"]
    assert after == "    when: {route: [arbitration, arbitration_review], workplace: [here, neighbour]}"
    assert list(differing(forms)) == ["rules/venue.yaml"]


def test_dates_numbers_and_texts_come_back_as_what_they_are(edited: Callable[..., SheetImport], forms: Path) -> None:
    edited(
        ("parameters", "representatives_from", "value", 12),
        ("parameters", "representatives_from", "from", "2027-01-01"),
        ("venue", "V02", "reason.en", 'Say "no": [1], {2} # three'),
        ("deadlines", "arbitration_answer", "amount", 6),
    )
    parameters = parse_yaml((forms / "parameters/legal_values.yaml").read_bytes(), file="").value["parameters"]
    assert parameters["representatives_from"]["values"][0]["value"] == 12
    assert parameters["representatives_from"]["values"][0]["from"] == "2027-01-01"
    law = load_definitions(forms)
    (row,) = [row for row in law.rules.tables["venue"].rows if row.id == "V02"]
    assert row.reason["en"] == 'Say "no": [1], {2} # three'
    assert law.files.documents["parameters/deadlines.yaml"].value["deadlines"]["arbitration_answer"]["amount"] == 6


def test_a_row_is_added_where_it_stands_and_one_left_out_with_its_comments_kept(
    edited: Callable[..., SheetImport], forms: Path
) -> None:
    def change(workbook: Any) -> None:
        page = workbook["candidates"]
        head = [cell.value for cell in page[1]]
        page.delete_rows(2)
        page.insert_rows(2)
        new = {"id": "C54n", "when.matter_kind": "award_unperformed", "then.routes": "court_enforcement, court"}
        new |= {"then.recommended": "court_enforcement", "reason.zh": "执行", "reason.en": "Enforce"}
        new |= {
            "basis": "{law: 民事诉讼法, article: 250}\n{law: 劳动争议调解仲裁法, article: 51}",
            "from": "2027-01-01",
        }
        for column, text in new.items():
            page.cell(2, head.index(column) + 1).value = text

    found = edited(change=change)
    assert found.mistakes == ()
    assert {one.column for one in found.changes} == {"+", "-"}
    rows = load_definitions(forms).rules.tables["candidates"].rows
    published = load_definitions(PUBLISHED).rules.tables["candidates"].rows
    assert [row.id for row in rows] == ["C54n", *(row.id for row in published[1:])]
    assert [each.article for each in rows[0].basis] == ["250", "51"]
    text = (forms / "rules/candidates.yaml").read_text("utf-8")
    comments = [line for line in (PUBLISHED / "rules/candidates.yaml").read_text("utf-8").splitlines() if "#" in line]
    assert [line for line in text.splitlines() if "#" in line] == comments


def test_rows_moved_on_the_sheet_are_moved_in_the_file(edited: Callable[..., SheetImport], forms: Path) -> None:
    def change(workbook: Any) -> None:
        page = workbook["tell"]
        first = [cell.value for cell in page[2]]
        page.delete_rows(2)
        page.insert_rows(4)
        for place, value in enumerate(first, 1):
            page.cell(4, place).value = value

    edited(change=change)
    rows = [row.id for row in load_definitions(forms).rules.tables["tell"].rows]
    published = [row.id for row in load_definitions(PUBLISHED).rules.tables["tell"].rows]
    assert rows == [*published[1:3], published[0], *published[3:]]


@pytest.mark.parametrize(
    ("sheet", "key", "column", "value", "code"),
    [
        ("venue", "V01", "when.workplace", "nowhere", "rules.cell_outside_domain"),
        ("venue", "V01", "when.workplace", "not(here", "rules.cell_syntax"),
        ("venue", "V01", "then.office", "no_such_office", "rules.output_code"),
        ("venue", "V01", "basis", "{article: 3}", "rules.missing_key"),
        ("venue", "V01", "basis", "{law: [", "sheet.unreadable"),
        ("venue", "V01", "from", "2027-02-30", "rules.not_a_date"),
        ("venue", "V01", "from", "=TODAY()", "sheet.not_text"),
        ("venue", "V01", "reason.zh", "=HYPERLINK(1)", "sheet.not_text"),
        ("venue", "V01", "id", "V02", "sheet.row_twice"),
        ("parameters", "representatives_from", "unit", "cows", "sheet.only_shown"),
        ("parameters", "representatives_from", "from", "tomorrow", "rules.not_a_date"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_written(
    edited: Callable[..., SheetImport], forms: Path, sheet: str, key: str, column: str, value: str, code: str
) -> None:
    found = edited((sheet, key, column, value), ("tell", "T01", "reason.zh", "这一处是好的"))
    (mistake,) = found.mistakes
    assert (mistake.sheet, mistake.error.code) == (sheet, code)
    assert mistake.row > 1
    assert mistake.column.endswith(f"({column})")
    assert found.files == ()
    assert differing(forms) == {}


def test_a_change_that_the_set_cannot_take_as_a_whole_is_refused(
    edited: Callable[..., SheetImport], forms: Path
) -> None:
    with pytest.raises(DefinitionError):
        edited(("deadlines", "arbitration_answer", "unit", "fortnights"))
    assert differing(forms) == {}


def test_limits_can_neither_be_added_nor_left_out(edited: Callable[..., SheetImport], forms: Path) -> None:
    found = edited(change=lambda workbook: workbook["deadlines"].delete_rows(2))
    assert [one.error.code for one in found.mistakes] == ["sheet.row_gone"]
    assert differing(forms) == {}


def test_a_sheet_or_column_that_is_gone_is_named(edited: Callable[..., SheetImport]) -> None:
    with pytest.raises(WindowAppError, match=r"sheet\.missing"):
        edited(change=lambda workbook: workbook.remove(workbook["tell"]))
    with pytest.raises(WindowAppError, match=r"sheet\.column_missing"):
        edited(change=lambda workbook: workbook["tell"].delete_cols(3))


def test_a_file_that_is_no_workbook_is_refused(forms: Path, tmp_path: Path) -> None:
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(WindowAppError, match=r"sheet\.no_workbook"):
        import_sheets(tmp_path / "no.xlsx", forms)


@pytest.mark.parametrize(
    "value", ["no", "010", "5", 5, True, "true", "null", "a: b", "x # y", "'", '"', "", "> 3", "a\nb", "- a", "{", " x"]
)
def test_a_value_written_on_one_line_reads_back(value: Any) -> None:
    for whole in ({"k": value}, [value], {"k": [{"l": value}]}):
        assert parse_yaml(flow(whole), file="").value == whole
    assert yaml.safe_load(flow({"k": "x"})) == {"k": "x"}
