"""The export is DMN 1.3 as the standard's schema orders it, and says what the tables say."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.rules.halls import hall
from tests.rules.small import TEXT, enum, fact, flag, row, ruleset, table, vocabulary

from window_app.rules import build_condition
from window_app.rules.dmn import export
from window_app.rules.feel import cell_text, literal

DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
LOCAL = {"locality": "330000", "rules": {"venue": [{"id": "V2", "remove": True}]}}
# The order in which DMN13.xsd wants the parts of each element.
ORDER = {
    "definitions": ["inputData", "decision"],
    "inputData": ["variable"],
    "decision": ["description", "variable", "informationRequirement", "decisionTable"],
    "decisionTable": ["input", "output", "annotation", "rule"],
    "input": ["inputExpression", "inputValues"],
    "rule": ["description", "inputEntry", "outputEntry", "annotationEntry"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    export(hall(localities=[LOCAL]), tmp_path)
    return tmp_path


def read(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()  # noqa: S314 - our own file


def texts(parent: ElementTree.Element, name: str) -> list[str | None]:
    return [each.findtext(f"{DMN}text") for each in parent.iter(f"{DMN}{name}")]


def test_there_is_a_file_for_all_one_for_each_table_and_one_for_each_local_change(folder: Path):
    assert sorted(path.name for path in folder.iterdir()) == [
        "candidates.dmn",
        "decisions.dmn",
        "forbidden.dmn",
        "limits.dmn",
        "papers.dmn",
        "standing.dmn",
        "tell.dmn",
        "venue.330000.dmn",
        "venue.dmn",
        "warnings.dmn",
    ]


def test_every_file_has_the_shape_of_the_standard(folder: Path):
    for path in folder.iterdir():
        root = read(path)
        assert root.tag == f"{DMN}definitions"
        assert root.get("name")
        assert root.get("namespace")
        for element in root.iter():
            name = element.tag.removeprefix(DMN)
            if name in ORDER:
                places = [ORDER[name].index(child.tag.removeprefix(DMN)) for child in element]
                assert places == sorted(places), (path.name, name)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        targets = {each.get("href", "").removeprefix("#") for each in root.iter() if each.get("href")}
        assert targets <= set(ids)


def test_a_table_keeps_its_hit_policy_inputs_outputs_and_rules(folder: Path):
    root = read(folder / "standing.dmn")
    cells = root.find(f"{DMN}decision/{DMN}decisionTable")
    assert cells is not None
    assert cells.get("hitPolicy") == "FIRST"
    expressions = [each.findtext(f"{DMN}inputExpression/{DMN}text") for each in cells.iter(f"{DMN}input")]
    assert expressions == ["route", "employed", "since_end", "candidates.recommended"]
    assert [each.get("name") for each in cells.iter(f"{DMN}output")] == ["standing"]
    rules = list(cells.iter(f"{DMN}rule"))
    assert [each.findtext(f"{DMN}description") for each in rules] == ["S0", "S1", "S9"]
    assert texts(rules[1], "inputEntry") == ['"arbitration"', "false", '> duration("P1Y")', "-"]
    assert texts(rules[1], "outputEntry") == ['"warn"']
    assert texts(rules[1], "annotationEntry")[0] == "时效 / \\u65f6\\u6548"
    assert read(folder / "tell.dmn").find(f"{DMN}decision/{DMN}decisionTable[@hitPolicy='COLLECT']") is not None


def test_decisions_require_each_other_in_the_whole_and_data_when_alone(folder: Path):
    whole = read(folder / "decisions.dmn")
    required = {
        (decision.get("name"), each.get("href"))
        for decision in whole.iter(f"{DMN}decision")
        for each in decision.iter(f"{DMN}requiredDecision")
    }
    assert {("standing", "#decision_candidates"), ("tell", "#decision_standing")} <= required
    assert "candidates" not in [each.get("name") for each in whole.iter(f"{DMN}inputData")]
    alone = read(folder / "tell.dmn")
    assert [each.get("name") for each in alone.iter(f"{DMN}inputData")] == ["route", "standing"]
    assert list(alone.iter(f"{DMN}requiredDecision")) == []


def test_the_period_of_a_row_is_a_column(tmp_path: Path):
    facts = vocabulary({"kind": enum("a", "b", unclear=True)})
    rows = [row("R1", {"kind": "a"}, {}, until="2026-06-30"), row("R2", {}, {"out": TEXT}, **{"from": "2026-07-01"})]
    export(ruleset(facts, table("one", ["kind"], {"out": {"type": "text"}}, rows)), tmp_path)
    cells = read(tmp_path / "one.dmn")
    assert [each.get("label") for each in cells.iter(f"{DMN}input")] == ["kind", "applied_on"]
    assert texts(cells, "inputValues") == ['"a", "b", "unclear"']
    assert texts(cells, "inputEntry") == ['"a"', '<= date("2026-06-30")', "-", '>= date("2026-07-01")']
    assert texts(cells, "outputEntry") == ["null", '{zh: "文字", en: "text"}']


CELLS = vocabulary({"n": fact("integer"), "m": fact("integer"), "k": enum("x", "y"), "d": fact("date"), "b": flag()})


@pytest.mark.parametrize(
    ("name", "cell", "feel"),
    [
        ("n", 5, "5"),
        ("n", "!= 5", "not(5)"),
        ("n", "[1..5)", "[1..5)"),
        ("n", "(1..*]", "> 1"),
        ("n", "[*..5]", "<= 5"),
        ("n", "[*..*]", "-"),
        ("n", ">= m", ">= m"),
        ("n", "< 3, > 7", "< 3, > 7"),
        ("k", ["x", "y"], '"x", "y"'),
        ("k", "not(x)", 'not("x")'),
        ("b", True, "true"),
        ("d", "[2026-01-01..2026-06-30]", '[date("2026-01-01")..date("2026-06-30")]'),
    ],
)
def test_cells_are_written_in_feel(name: str, cell: Any, feel: str):
    ((_, parsed, _),) = build_condition({name: cell}, CELLS).cells
    assert cell_text(parsed) == feel


def test_texts_are_quoted():
    assert literal('说"不"\n\\') == '"说\\"不\\"\\n\\\\"'
    assert literal(("a", "b")) == '["a", "b"]'
    assert literal(False) == "false"


VAGUE = vocabulary({"n": {**fact("integer"), "unclear": True}, "b": {**flag(), "unclear": True}})


@pytest.mark.parametrize(
    ("name", "cell", "feel"),
    [
        ("b", "not(true)", "false, null"),
        ("b", "unclear", "null"),
        ("b", "not(unclear)", "not(null)"),
        ("n", "not(>= 3)", "< 3, null"),
        ("n", "not(5)", "< 5, > 5, null"),
        ("n", "not([1..3))", "< 1, >= 3, null"),
        ("n", ["5", "unclear"], "5, null"),
        ("n", "not(1, 2)", "? = null or not(? in (1, 2))"),
        ("n", "not(1, unclear)", "? != null and not(? in (1))"),
    ],
)
def test_not_clear_is_null_where_a_column_holds_no_words(name: str, cell: Any, feel: str):
    ((_, parsed, _),) = build_condition({name: cell}, VAGUE).cells
    assert cell_text(parsed, words=False) == feel
