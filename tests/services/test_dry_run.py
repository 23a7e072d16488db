"""A changed set is tried on the stored cases: what would be answered otherwise, and by which rows."""

import json
import shutil
from pathlib import Path

import pytest

from window_app.cli import main

FORMS = Path(__file__).parents[2] / "forms"
VISITS = Path(__file__).parents[1] / "data" / "visits"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a practice hall that took two visits in."""
    data = tmp_path_factory.mktemp("hall")
    for name in ("01_wages_owed_while_employed", "05_twelve_workers_together"):
        out = tmp_path_factory.mktemp("papers")
        assert main(["--data", str(data), "receive", str(VISITS / f"{name}.json"), "--out", str(out)]) == 0
    return data


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    shutil.copytree(FORMS, tmp_path / "forms")
    return tmp_path / "forms"


def run(hall: Path, forms: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert main(["--data", str(hall), "rules", "dry-run", "--forms", str(forms)]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def test_an_unchanged_set_changes_no_answer(hall: Path, changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(hall, changed, capsys)
    assert found["judged"]
    assert (found["changed"], found["closed"], found["refused"]) == ([], [], {})


def test_a_changed_row_is_named_with_the_answers_it_changes(
    hall: Path, changed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed / "rules" / "venue.yaml"
    text = path.read_text("utf-8")
    assert "- id: V12\n" in text
    before, after = text.split("- id: V12\n")
    row = after.replace("then: {office: inspection}", "then: {office: inspection_elsewhere}", 1)
    path.write_text(before + "- id: V12n\n" + row, "utf-8")
    stored = {path: path.read_bytes() for path in hall.glob("store.db*")}
    found = run(hall, changed, capsys)
    answers = found["changed"]
    assert isinstance(answers, list)
    offices = [one for one in answers if one["answer"] == "office"]
    assert offices
    for one in offices:
        assert one["before"]["inspection"] == "inspection"
        assert one["after"]["inspection"] == "inspection_elsewhere"
        assert (one["rows_before"], one["rows_after"]) == (["venue.V12"], ["venue.V12n"])
    assert {path: path.read_bytes() for path in stored if path.suffix == ".db"} == {
        path: content for path, content in stored.items() if path.suffix == ".db"
    }


def test_a_fact_that_the_changed_set_no_longer_knows_is_said(
    hall: Path, changed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed / "facts.yaml"
    text = path.read_text("utf-8")
    assert "      admits:" in text
    path.write_text(text.replace("      admits:", "      admits_it:"), "utf-8")
    for file in (each for folder in changed.iterdir() if folder.is_dir() for each in folder.glob("*.yaml")):
        file.write_text(file.read_text("utf-8").replace("admits", "admits_it"), "utf-8")
    found = run(hall, changed, capsys)
    refused = found["refused"]
    assert isinstance(refused, dict)
    assert refused
    assert all("employer_position" in reason for reason in refused.values())


def test_a_route_that_is_no_longer_offered_is_a_changed_answer(
    hall: Path, changed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed / "rules" / "candidates.yaml"
    text = path.read_text("utf-8")
    begin = text.index("  - id: C01\n")
    row = text[begin : text.index("  - id: ", begin + 1)]
    other = row.replace("routes: [inspection, arbitration]", "routes: [arbitration]")
    other = other.replace("recommended: inspection", "recommended: arbitration")
    assert other != row
    path.write_text(text.replace(row, other), "utf-8")
    answers = run(hall, changed, capsys)["changed"]
    assert isinstance(answers, list)
    routes = [(one["before"], one["after"]) for one in answers if one["answer"] == "routes"]
    assert (["inspection", "arbitration"], ["arbitration"]) in routes
