"""Many workers, one case: taken in with a sheet, the papers read back, each of them found again."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.commands import Commands, paper_text
from tests.sheets.people import number_of, row_of, table_of, write_csv, write_xlsx

VISIT = next((Path(__file__).resolve().parents[1] / "data" / "visits").glob("05*.json"))
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"),
]


@pytest.fixture
def intake(tmp_path: Path) -> Path:
    """Workers who come together, their list still to come."""
    visit: dict[str, Any] = json.loads(VISIT.read_text("utf-8"))
    del visit["answers"]["workers"]
    path = tmp_path / "visit.json"
    path.write_text(json.dumps(visit, ensure_ascii=False), "utf-8")
    return path


@pytest.mark.parametrize("count", [50, 1000])
def test_a_collective_case_is_taken_in_with_its_sheet(
    window_app: Commands, intake: Path, tmp_path: Path, count: int
) -> None:
    sheet = write_xlsx(tmp_path / "名单.xlsx", table_of(count))
    done = window_app("receive", intake, "--sheet", f"workers={sheet}", "--out", tmp_path, "--confirm-clock")
    assert done.code == 0, done.err
    case = done.json["cases"][0]
    receipt = paper_text(next(paper["file"] for paper in case["documents"] if paper["kind"] == "receipt"))
    assert f"何志强等{count}人" in receipt
    assert case["number"] in receipt
    assert f"拖欠的工资{-(-count // 3)}人" in receipt
    assert row_of(0)[1] in receipt
    assert (row_of(49)[1] in receipt) == (count == 50)
    found = window_app("find", row_of(count - 1)[1]).json
    assert [hit["number"] for hit in found["cases"]] == [case["number"]]


def test_a_sheet_with_bad_cells_is_said_cell_by_cell_and_comes_back_to_be_put_right(
    window_app: Commands, intake: Path, tmp_path: Path
) -> None:
    table = table_of(12)
    table[3][2] = "110199197002020011"
    table[5][7] = "=SUM(A1)"
    sheet = write_csv(tmp_path / "名单.csv", table, "gb18030")
    bad = tmp_path / "bad.xlsx"
    checked = window_app("sheet", "check", intake, "workers", sheet, "--bad", bad)
    assert checked.code == 1
    assert [cell["cell"] for cell in checked.json["cells"]] == ["C4", "H6"]
    assert (checked.json["good"], checked.json["bad"]) == (10, 2)
    assert checked.json["totals"]["count"] == 10
    assert sum(kind["count"] for kind in checked.json["totals"]["kinds"]) == 10
    again = window_app("sheet", "check", intake, "workers", bad).json
    assert [cell["cell"] for cell in again["cells"]] == ["B2"]
    assert again["good"] == 1
    refused = window_app("receive", intake, "--sheet", f"workers={sheet}", "--out", tmp_path, "--confirm-clock")
    assert refused.code == 1
    assert "C4" in refused.err
    kept = window_app(
        "receive", intake, "--sheet", f"workers={sheet}", "--keep-good", "--out", tmp_path, "--confirm-clock"
    )
    assert kept.code == 0, kept.err
    assert number_of(2) not in kept.out


def test_a_template_can_be_filled_in_and_read(window_app: Commands, intake: Path, tmp_path: Path) -> None:
    written = window_app("sheet", "template", "arbitration_application", "workers", tmp_path / "模板.xlsx")
    assert written.code == 0, written.err
    columns = written.json["columns"]
    row = dict(zip(columns, [""] * len(columns), strict=True)) | {"姓名": "赵工1", "身份证件号码": number_of(0)}
    sheet = write_xlsx(tmp_path / "filled.xlsx", [columns, list(row.values())])
    assert window_app("sheet", "check", intake, "workers", sheet).json["good"] == 1
    assert window_app("sheet", "template", "arbitration_application", "applicant", tmp_path / "x.xlsx").code == 2
