"""The tables as DMN, opened and evaluated by an engine that others made, answer as the program does.

The engine (tests/rules/engine) sees the exported files and nothing else. The facts are drawn at random, all of them
known; half of each set is steered towards a row, so that every row's borders are looked at.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from py_mini_racer import MiniRacer

from window_app.forms import DefinitionSet
from window_app.rules import Duration, FactType
from window_app.rules.cells import compile_cell
from window_app.rules.chain import DecisionChain
from window_app.rules.dmn import export
from window_app.rules.outcomes import evaluate_in
from window_app.rules.tables import HitPolicy, Row, Table

ENGINE = Path(__file__).parents[1] / "rules" / "engine" / "engine.js"
TODAY = date(2026, 11, 20)
WORDS = (FactType.ENUM, FactType.TEXT)
DECISIONS = (
    "candidates",
    "standing",
    "venue",
    "limits",
    "tell",
    "papers",
    "forbidden",
    "warnings",
    "printing",
    "commitment_exclusions",
)
DRAWS = 100


@pytest.fixture(scope="module")
def folder(definitions: DefinitionSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the exported tables."""
    directory = tmp_path_factory.mktemp("dmn")
    export(definitions.rules, directory)
    return directory


@pytest.fixture(scope="module")
def engine() -> Iterator[MiniRacer]:
    """Return the engine, in a V8 of its own."""
    racer = MiniRacer()
    racer.eval(ENGINE.read_text(encoding="utf-8"))
    yield racer
    racer.close()


def opened(engine: MiniRacer, path: Path) -> dict[str, Any]:
    """Open a file in the engine; return its decisions and what the engine warns of."""
    promise: Any = engine.eval(f"dmn.open({json.dumps(path.read_text(encoding='utf-8'))})")
    answer: dict[str, Any] = json.loads(promise.get(timeout=60))
    return answer


def feel(value: object) -> str:
    """Write a value as a FEEL literal, by itself and not as the export does."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, Duration):
        months = f"P{value.months}M" if value.months else f"P{value.days}D"
        return f'duration("{months}")'
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def pool(table: Table, name: str) -> list[Any]:
    """Return values of a column: every word; numbers, dates and periods on both sides of every border."""
    fact = table.scope.find(name)
    assert fact is not None, name
    unclear = ["unclear"] if fact.unclear else []
    if fact.type in WORDS:
        return [*fact.values, *unclear]
    if fact.type is FactType.BOOL:
        return [True, False, *unclear]
    cells = [cell for row in table.rows for column, cell in row.tests if column == name]
    borders = {constant for cell in cells for constant in cell.constants() if not isinstance(constant, str)}
    near = {value for border in borders for value in around(border)} or {default(fact.type)}
    return [*sorted((value for value in near if fact.accepts(value)), key=str), *unclear]


def around(border: Any) -> tuple[Any, ...]:
    """Return a border and its neighbours. FEEL's periods have months or days, never both, so each keeps its kind."""
    if isinstance(border, date):
        return border - timedelta(days=1), border, border + timedelta(days=1)
    if isinstance(border, Duration) and border.months:
        assert border.days == 0
        return Duration(border.months - 1, 0), border, Duration(border.months + 1, 0)
    if isinstance(border, Duration):
        return Duration(0, border.days - 1), border, Duration(0, border.days + 1)
    return border - 1, border, border + 1


def default(kind: FactType) -> Any:
    """Return some value of a column that no row tests."""
    return {FactType.DATE: TODAY, FactType.DURATION: Duration(6, 0), FactType.MONEY: Decimal(1)}.get(kind, 1)


def drawn(pools: Mapping[str, list[Any]], random: Random, row: Row | None) -> dict[str, Any]:
    """Draw all facts; those that a row tests so that it may fire, where one is given."""
    facts = {name: random.choice(values) for name, values in pools.items()}
    for name, cell in row.tests if row is not None else ():
        fitting = [value for value in pools[name] if compile_cell(cell)(value, facts)]
        if fitting:
            facts[name] = random.choice(fitting)
    return facts


def ours(chain: DecisionChain, table: Table, facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the program answers, in the form in which the engine answers."""
    found = evaluate_in(chain, table, facts, facts.get("applied_on", TODAY))
    assert found.decided, found.needs
    return [
        {"id": row.id, "outputs": {name: plain(row.then.get(name)) for name in table.outputs}} for row in found.rows
    ]


def plain(value: Any) -> Any:
    """Return an output as JSON."""
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else value


def compare(definitions: DefinitionSet, engine: MiniRacer, table: Table, locality: str | None) -> set[str]:
    """Compare both answers on random facts; return the rows that fired."""
    random = Random(f"{table.decision} {locality}")
    columns = dict.fromkeys((*table.inputs, *(name for row in table.rows for name, _ in row.tests)))
    pools = {name: pool(table, name) for name in columns}
    rules = definitions.rules
    chain = DecisionChain([table], rules.vocabulary, rules.parameters, locality)
    rows = [None] * DRAWS + [row for row in table.rows for _ in range(2)]
    fired: set[str] = set()
    for row in rows:
        facts = drawn(pools, random, row)
        told = json.dumps({name: feel(as_told(table, name, value)) for name, value in facts.items()})
        theirs = json.loads(engine.call("dmn.decide", table.decision, told))
        assert theirs == ours(chain, table, facts), facts
        fired |= {str(one["id"]) for one in theirs}
    return fired


def as_told(table: Table, name: str, value: Any) -> Any:
    """Return a value as the export says that it is to be given: "not clear" is null where there are no words."""
    fact = table.scope.find(name)
    return None if value == "unclear" and fact is not None and fact.type not in WORDS else value


@pytest.mark.parametrize("decision", DECISIONS)
def test_another_engine_answers_alike(
    definitions: DefinitionSet, folder: Path, engine: MiniRacer, decision: str
) -> None:
    table = definitions.rules.tables[decision]
    assert opened(engine, folder / f"{decision}.dmn") == {"decisions": [decision], "warnings": []}
    fired = compare(definitions, engine, table, None)
    if table.hit_policy is HitPolicy.COLLECT:
        assert fired == {row.id for row in table.rows}
    assert len(fired) * 3 >= len(table.rows) * 2


@pytest.mark.parametrize("locality", ["310000", "330000", "440000"])
def test_another_engine_answers_alike_on_what_a_locality_changes(
    definitions: DefinitionSet, folder: Path, engine: MiniRacer, locality: str
) -> None:
    changed = [
        table
        for decision, table in definitions.rules.tables_for(locality).items()
        if table is not definitions.rules.tables[decision]
    ]
    assert changed
    for table in changed:
        assert opened(engine, folder / f"{table.decision}.{locality}.dmn")["warnings"] == []
        assert compare(definitions, engine, table, locality)


def test_every_file_opens_without_a_warning(folder: Path, engine: MiniRacer) -> None:
    for path in folder.glob("*.dmn"):
        assert opened(engine, path)["warnings"] == [], path.name
    assert set(opened(engine, folder / "decisions.dmn")["decisions"]) == set(DECISIONS)


def test_a_row_changed_in_the_file_is_noticed(
    definitions: DefinitionSet, folder: Path, engine: MiniRacer, tmp_path: Path
) -> None:
    text = (folder / "venue.dmn").read_text(encoding="utf-8")
    (tmp_path / "venue.dmn").write_text(text.replace('"here", "several"', '"here"'), encoding="utf-8")
    opened(engine, tmp_path / "venue.dmn")
    with pytest.raises(AssertionError):
        compare(definitions, engine, definitions.rules.tables["venue"], None)
