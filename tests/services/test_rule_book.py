"""The rule book: tables with their sources, and facts tried against them row by row."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.services.law_texts import write_texts

from window_app.domain.assessment import Citation
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.rules import build_ruleset, build_vocabulary
from window_app.rules.outcomes import evaluate
from window_app.rules.source import Source as Definition
from window_app.services.answers import AnswerInvalid
from window_app.services.desk import Desk
from window_app.services.rule_book import CitationStanding, RowState, RuleBook, Trial

ON = date(2026, 11, 21)


def example(law: DefinitionSet, row: str) -> dict[str, Any]:
    """Return the facts of the first example whose route a row gives."""
    for source in law.rules.tables["candidates"].source.at("examples").items():
        if source.at("expect").at("row").content == row:
            return dict(source.at("facts").content)
    raise LookupError(row)


@pytest.fixture
def book(desk: Desk) -> RuleBook:
    return desk.law_books.rules


def state_of(trial: Trial, row: str) -> RowState:
    return next(one.state for one in trial.rows if one.id == row)


def test_every_table_is_listed_with_its_rows_and_sources(book: RuleBook, law: DefinitionSet) -> None:
    lines = book.lines()
    assert {line.decision for line in lines} == set(law.rules.tables)
    for line in lines:
        table = book.table(line.decision)
        assert len(table.rows) == line.rows > 0
        assert sum(line.standings.values()) == sum(len(row.sources) for row in table.rows)
        tested = {name for row in table.table.rows for name, _ in row.when}
        assert set(table.columns) == tested


def test_without_texts_no_citation_counts_as_verified(book: RuleBook) -> None:
    found = book.standings()
    assert found[CitationStanding.TEXT_MISSING] > 100
    assert found[CitationStanding.VERIFIED] == found[CitationStanding.CONTRADICTED] == 0


def test_a_citation_is_held_against_the_installed_text(desk: Desk, book: RuleBook, tmp_path: Path) -> None:
    desk.statutes.import_folder(write_texts(tmp_path / "texts"))
    assert book.standing(Citation("风筝管理条例", "2")) is CitationStanding.VERIFIED
    assert book.standing(Citation("劳动争议调解仲裁法", "27", paragraph=2)) is CitationStanding.VERIFIED
    assert book.standing(Citation("劳动争议调解仲裁法", "5")) is CitationStanding.TEXT_MISSING  # only an excerpt
    assert book.standing(Citation("劳动争议调解仲裁法", "27", verified=False)) is CitationStanding.UNVERIFIED
    (tmp_path / "texts" / "全.md").write_text("# 纸鸢法\n\n第一条 甲。\n\n第二条 乙。\n", "utf-8")
    desk.statutes.import_folder(tmp_path / "texts")
    assert book.standing(Citation("纸鸢法", "3")) is CitationStanding.CONTRADICTED


def test_the_row_that_fires_is_named_with_the_cells_that_made_it_fire(book: RuleBook, law: DefinitionSet) -> None:
    trial = book.try_facts("candidates", example(law, "C01"), ON)
    assert trial.decided
    assert trial.needs == ()
    assert state_of(trial, "C01") is RowState.FIRES
    fired = next(row for row in trial.rows if row.state is RowState.FIRES)
    assert fired.cells
    assert all(cell.passed for cell in fired.cells)
    assert state_of(trial, "C54") is RowState.RULED_OUT
    failing = [cell.fact for row in trial.rows if row.id == "C54" for cell in row.cells if cell.passed is False]
    assert failing == ["matter_kind"]


def test_what_is_not_told_leaves_rows_open_and_is_named(book: RuleBook, law: DefinitionSet) -> None:
    told = {name: value for name, value in example(law, "C01").items() if name != "employer_position"}
    trial = book.try_facts("candidates", told, ON)
    assert not trial.decided
    assert trial.needs == ("employer_position",)
    assert state_of(trial, "C01") is RowState.OPEN
    assert state_of(trial, "C54") is RowState.RULED_OUT


def test_nothing_told_rules_nothing_out_and_asks_for_the_kind_of_matter_first(book: RuleBook) -> None:
    trial = book.try_facts("candidates", {}, ON)
    assert not trial.decided
    assert RowState.RULED_OUT not in {row.state for row in trial.rows}
    assert RowState.FIRES not in {row.state for row in trial.rows}
    assert "matter_kind" in trial.needs[:3]


def test_a_table_for_each_route_asks_for_the_route_first(book: RuleBook, law: DefinitionSet) -> None:
    each = [table.decision for table in law.rules.tables.values() if table.each is not None]
    assert "standing" in each
    for decision in each:
        trial = book.try_facts(decision, {}, ON)
        assert trial.needs == ("route",)
        assert "route" in [fact.name for fact in book.facts(decision)]


def test_a_derived_fact_is_told_by_its_dates_and_decides_like_the_engine(book: RuleBook, law: DefinitionSet) -> None:
    told = example(law, "C02")
    assert "employment_ended_on" in told
    trial = book.try_facts("candidates", told, ON)
    assert state_of(trial, "C02") is RowState.FIRES
    facts = law.vocabulary.read_facts(told)
    assert [row.id for row in evaluate(law.rules.tables["candidates"], facts, ON).rows] == ["C02"]
    assert "employment_ended_on" in [fact.name for fact in book.facts("candidates")]
    assert "since_end" not in [fact.name for fact in book.facts("candidates")]


def test_a_table_that_reads_another_is_tried_through_it(book: RuleBook) -> None:
    """Every table answers the same as the examples of the engine where the route is told."""
    for line in book.lines():
        facts = [fact.name for fact in book.facts(line.decision)]
        assert facts
        assert not any("." in name for name in facts), line.decision
        trial = book.try_facts(line.decision, {}, ON)
        assert not any("." in name for name in trial.needs), (line.decision, trial.needs)


def test_every_example_fires_the_rows_that_it_expects(book: RuleBook, law: DefinitionSet) -> None:
    """The trial says what the check says, on every national example that holds only facts and the route."""
    tried = 0
    for decision, table in law.rules.tables.items():
        for source in table.source.at("examples").items():
            facts, expected = source.at("facts").content, source.at("expect").content
            wanted = expected.get("rows", [expected["row"]] if "row" in expected else None)
            if wanted is None or source.has("locality") or any("." in name for name in facts):
                continue
            book.locality = None
            trial = book.try_facts(decision, facts, source.at("on").optional_day() or ON)
            fired = [row.id for row in trial.rows if row.state is RowState.FIRES]
            assert fired == wanted, (decision, source.at("name").content)
            tried += 1
    assert tried > 60


def test_what_is_typed_is_read_as_the_fact_wants_it(book: RuleBook) -> None:
    facts = {fact.name: fact for fact in book.facts("candidates")}
    assert book.read(facts["employment_ended_on"], "2026年3月20日") == "2026-03-20"
    assert book.read(facts["employed"], "是") is True
    assert book.read(facts["matter_kind"], "wages_unpaid") == "wages_unpaid"
    with pytest.raises(AnswerInvalid):
        book.read(facts["employment_ended_on"], "昨天")
    with pytest.raises(AnswerInvalid):
        book.read(facts["matter_kind"], "x")


def test_facts_and_tables_that_do_not_exist_are_said_so(book: RuleBook) -> None:
    with pytest.raises(WindowAppError, match="no_such_table"):
        book.table("nothing")
    with pytest.raises(WindowAppError, match=r"fact\.unknown"):
        book.try_facts("candidates", {"nothing": 1}, ON)
    with pytest.raises(WindowAppError, match=r"fact\.invalid"):
        book.try_facts("candidates", {"employed": "perhaps"}, ON)


def test_what_a_table_reads_of_another_is_worked_out_and_asked_for_in_its_place(law: DefinitionSet, desk: Desk) -> None:
    """No national table tests another's answer today; localities and later ones may."""
    vocabulary = build_vocabulary(
        {
            "facts": {
                "wind": {"type": "bool", "ask": {"zh": "有风吗？", "en": "Is there wind?"}},
                "kite": {
                    "type": "enum",
                    "values": {"blue": {"zh": "蓝", "en": "blue"}, "red": {"zh": "红", "en": "red"}},
                },
            }
        }
    )
    first = {
        "decision": "choice", "title": {"zh": "选", "en": "choice"}, "hit_policy": "FIRST", "inputs": ["wind"],
        "outputs": {"kite": {"type": "enum", "of": "kite"}},
        "rows": [
            {"id": "A1", "when": {"wind": True}, "then": {"kite": "blue"}},
            {"id": "A2", "then": {}},
        ],
    }  # fmt: skip
    second = {
        "decision": "flight", "title": {"zh": "飞", "en": "flight"}, "hit_policy": "FIRST", "inputs": ["choice.kite"],
        "outputs": {"kite": {"type": "enum", "of": "kite"}},
        "rows": [
            {"id": "B1", "when": {"choice.kite": "blue"}, "then": {"kite": "blue"}},
            {"id": "B2", "then": {}},
        ],
    }  # fmt: skip
    rules = build_ruleset(vocabulary, [Definition(first), Definition(second)])
    book = RuleBook(replace(law, vocabulary=vocabulary, rules=rules), desk.statutes, None)
    assert [fact.name for fact in book.facts("flight")] == ["wind"]
    assert book.try_facts("flight", {}, ON).needs == ("wind",)
    for wind, row in ((True, "B1"), (False, "B2")):
        trial = book.try_facts("flight", {"wind": wind}, ON)
        assert [one.id for one in trial.rows if one.state is RowState.FIRES] == [row]


def test_facts_are_tried_as_another_place_and_another_day_would_judge_them(book: RuleBook, law: DefinitionSet) -> None:
    assert {code for code, _ in book.places()} == set(law.rules.localities)
    own = {code: place for code, place in law.rules.localities.items() if any(change.row for change in place.changes)}
    for code, place in own.items():
        change = next(change for change in place.changes if change.row is not None)
        there = book.at(code)
        assert change.id in {row.row.id for row in there.table(change.decision).rows if row.row.locality == code}
        assert not [row for row in book.at(None).table(change.decision).rows if row.row.locality is not None]
        tried = there.try_facts(change.decision, {}, ON)
        assert (tried.locality, tried.on) == (code, ON)
    assert own
    with pytest.raises(WindowAppError, match=r"rules\.unknown_locality"):
        book.at("999999")


def test_the_day_of_a_trial_turns_dated_rows_and_keeps_a_limit_over_the_holidays(book: RuleBook) -> None:
    told = {"employment_ended_on": "2025-10-03"}

    def in_time(day: str) -> Any:
        return book.try_facts("standing", told, book.day(day)).values["since_end"]

    assert str(in_time("2026-10-08")) == "P11M28D"
    assert str(in_time("2026-10-09")) == "P1Y6D"


@pytest.mark.parametrize("typed", ["", "yesterday", "1900-01-01", "2201-01-01", "2026-02-30"])
def test_a_day_that_is_none_or_beyond_all_law_is_refused(book: RuleBook, typed: str) -> None:
    with pytest.raises(AnswerInvalid):
        book.day(typed)
