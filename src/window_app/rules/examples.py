"""The examples beside the tables: what the law says, typed by hand, against what the rows answer."""

from collections.abc import Iterator, Mapping

from window_app.errors import DefinitionError, WindowAppError
from window_app.rules.chain import DecisionChain
from window_app.rules.findings import EXAMPLE, Finding
from window_app.rules.outcomes import Outcome, evaluate_in
from window_app.rules.ruleset import RuleSet
from window_app.rules.source import Source, nearest
from window_app.rules.tables import HitPolicy, Table
from window_app.rules.values import UNCLEAR, Value, read_value, write_value

_KEYS = ("name", "on", "locality", "facts", "expect")
_EXPECTED = ("row", "rows", "then", "needs", "none", "says")


def run_examples(ruleset: RuleSet) -> Iterator[Finding]:
    """Yield every example that does not give what it says, national ones and those of localities."""
    chains: dict[tuple[str, str | None], DecisionChain] = {}
    for decision, source, locality in _examples(ruleset):
        try:
            source.check_keys(_KEYS, ("name", "facts", "expect"))
            place = str(source.at("locality").content) if source.has("locality") else locality
            key = (decision, place)
            if key not in chains:
                table = ruleset.tables_for(place)[decision]
                chains[key] = DecisionChain([table], ruleset.vocabulary, ruleset.parameters, place)
            yield from _run(source, chains[key])
        except DefinitionError as error:
            params = {name: value for name, value in error.params.items() if name not in ("file", "line")}
            yield Finding(error.file, error.line, error.code, params, {}, EXAMPLE)
        except WindowAppError as error:
            yield _finding(source, error.code, **error.params)


def _examples(ruleset: RuleSet) -> Iterator[tuple[str, Source, str | None]]:
    for decision, table in ruleset.tables.items():
        for source in table.source.at("examples").items():
            yield decision, source, None
    for locality in ruleset.localities.values():
        for decision, examples in locality.examples.items():
            if decision not in ruleset.tables:
                near = nearest(decision, tuple(ruleset.tables))
                raise examples.error("rules.unknown_decision", decision=decision, near=near)
            for source in examples.items():
                yield decision, source, locality.code


def _run(source: Source, chain: DecisionChain) -> Iterator[Finding]:
    table = chain.tables[0].table
    facts = {name: _read_fact(part, name, table) for name, part in source.at("facts").entries()}
    outcome = evaluate_in(chain, table, facts, facts.get("applied_on") or source.at("on").optional_day())
    expected = source.at("expect")
    expected.check_keys(_EXPECTED)
    if not expected.content:
        raise source.error("check.example_empty", example=str(source.at("name").content))
    yield from _compare(source, expected, table, outcome)


def _read_fact(source: Source, name: str, table: Table) -> Value:
    fact = table.scope.find(name)
    if fact is None:
        raise source.error("rules.unknown_fact", fact=name, near=nearest(name, table.scope.names()))
    if table.scope.fact(name) is not None:
        try:
            return table.scope.vocabulary.read_fact(name, source.content)
        except WindowAppError as error:
            raise source.error(f"rules.{error.code.replace('.', '_')}", **error.params) from None
    if isinstance(source.content, list):
        return tuple(source.content)
    if source.content == UNCLEAR:
        return UNCLEAR
    try:
        value = read_value(fact.type, source.content)
    except ValueError:
        raise source.error("rules.fact_invalid", fact=name, type=fact.type.value) from None
    if not fact.accepts(value):
        raise source.error("rules.fact_invalid", fact=name, type=fact.type.value)
    return value


def _compare(source: Source, expected: Source, table: Table, outcome: Outcome) -> Iterator[Finding]:
    fired = [row.id for row in outcome.rows]
    if expected.has("needs"):
        needs = sorted(str(part.content) for part in expected.at("needs").items())
        if needs != sorted(outcome.needs):
            yield _finding(source, "check.example_needs", expected=needs, found=sorted(outcome.needs))
        return
    wanted = _wanted_rows(expected)
    if wanted is not None and (wanted != fired or not outcome.decided):
        yield _finding(source, "check.example_rows", expected=wanted, found=fired, needs=list(outcome.needs))
        return
    if not outcome.decided:
        yield _finding(source, "check.example_open", needs=list(outcome.needs))
        return
    yield from _compare_words(source, expected, outcome)
    yield from _compare_outputs(source, expected, table, outcome)


def _compare_words(source: Source, expected: Source, outcome: Outcome) -> Iterator[Finding]:
    said = _said(outcome)
    missing = [part.string() for part in expected.at("says").items() if part.string() not in said]
    if missing:
        yield _finding(source, "check.example_says", expected=missing, found=[row.id for row in outcome.rows])


def _compare_outputs(source: Source, expected: Source, table: Table, outcome: Outcome) -> Iterator[Finding]:
    for name, part in expected.at("then").entries():
        if name not in table.outputs:
            raise part.error("rules.unknown_output", output=name, near=nearest(name, tuple(table.outputs)))
        found = _plain(outcome.outputs.get(name))
        if not _agrees(part.content, found, collected=table.hit_policy is HitPolicy.COLLECT):
            yield _finding(source, "check.example_then", output=name, expected=part.content, found=found)


def _said(outcome: Outcome) -> str:
    """Return the Chinese words of all rows that fired, reasons among them."""
    texts = [text for row in outcome.rows for text in (row.reason, *row.then.values()) if isinstance(text, Mapping)]
    return "\n".join(text.get("zh", "") for text in texts)


def _wanted_rows(expected: Source) -> list[str] | None:
    if expected.at("none").flag():
        return []
    if expected.has("rows"):
        return [str(part.content) for part in expected.at("rows").items()]
    return [str(expected.at("row").content)] if expected.has("row") else None


def _agrees(expected: Value, found: Value, *, collected: bool) -> bool:
    if expected is None:
        return found is None
    if collected and not isinstance(expected, list):
        return bool(found == [expected])
    return bool(found == expected or str(found) == str(expected))


def _plain(value: Value) -> Value:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else write_value(value)


def _finding(source: Source, code: str, **params: Value) -> Finding:
    file, line = source.where(source.path)
    name = source.at("name").content
    return Finding(file, line, code, {"example": str(name), **params}, {}, EXAMPLE)
