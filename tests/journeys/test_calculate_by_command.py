"""`calculate`: the amount of a claim by command, as a process of its own; exit codes 0, 1 and 2."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.commands import Commands

pytestmark = pytest.mark.journey


def inputs(tmp_path: Path, **typed: Any) -> Path:
    path = tmp_path / "inputs.json"
    path.write_text(json.dumps(typed), "utf-8")
    return path


def test_an_amount_comes_with_its_steps_articles_and_capitals(window_app: Commands, tmp_path: Path) -> None:
    typed = inputs(tmp_path, hired_on="2026-01-01", signed_on="2026-03-16", monthly_pay="6600")
    done = window_app("calculate", "double_wages", typed, "--on", "2026-11-21")
    assert done.code == 0
    told = done.json
    assert told["result"] == "9600.00"
    assert told["capitals"] == "人民币玖仟陆佰元整"
    amount = next(step for step in told["steps"] if step["step"] == "amount")
    assert [row["formula"] for row in amount["rows"]] == ["6600.00 × 1", "6600.00 × 10/22"]
    assert {"law": "劳动合同法", "article": "82", "paragraph": 1, "verified": True} in amount["basis"]
    assert told["rounding"]
    assert not window_app.data.exists()


def test_a_missing_value_gives_no_figure_and_says_who_enters_it_where(window_app: Commands, tmp_path: Path) -> None:
    typed = inputs(tmp_path, hired_on="2024-01-01", ended_on="2026-06-30", average_pay=8000)
    done = window_app("calculate", "severance", typed, "--on", "2026-11-21", "--locality", "310000")
    assert done.code == 1
    assert done.json["result"] is None
    assert {each["name"] for each in done.json["missing"]} == {"local_average_wage", "minimum_wage"}
    assert "上海市" in done.err
    assert "localities/310000.yaml" in done.err


def test_a_contradiction_is_said_at_its_input(window_app: Commands, tmp_path: Path) -> None:
    typed = inputs(tmp_path, hired_on="2024-01-02", ended_on="2024-01-01", average_pay=8000)
    done = window_app("calculate", "severance", typed, "--on", "2026-11-21")
    assert done.code == 1
    assert done.json["problems"] == [{"input": "ended_on", "code": "calculator.contradiction"}]
    assert done.json["steps"] == []
    assert done.err.startswith("ended_on: ")


def test_an_unknown_calculator_is_told_with_those_that_there_are(window_app: Commands, tmp_path: Path) -> None:
    done = window_app("calculate", "lottery", inputs(tmp_path))
    assert done.code != 0
    assert "lottery" in done.err
    assert "overtime" in done.err


def test_rules_check_runs_the_examples_of_calculators(window_app: Commands, tmp_path: Path, project: Path) -> None:
    import shutil

    forms = tmp_path / "forms"
    shutil.copytree(project / "forms", forms)
    changed = forms / "parameters" / "wages.yaml"
    text = changed.read_text("utf-8")
    assert text.count('value: "1.5"') == 1
    changed.write_text(text.replace('value: "1.5"', 'value: "1.6"'), "utf-8")
    done = window_app("rules", "check", "--forms", forms)
    assert done.code == 1
    assert {finding["file"] for finding in done.json["findings"]} == {"calculators/overtime.yaml"}
    assert "calculators/overtime.yaml" in done.err
