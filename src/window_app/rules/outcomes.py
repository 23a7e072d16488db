"""The answer of one table on known facts, for examples, tests and whoever needs no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from window_app.rules.chain import DecisionChain
from window_app.rules.evaluation import Verdict
from window_app.rules.parameters import Parameters
from window_app.rules.tables import HitPolicy, Row, Table
from window_app.rules.values import Value, write_value
from window_app.rules.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a table answers.

    Attributes:
        decided: no fact that is still unknown can change the answer.
        rows: the rows that fired for certain, in order.
        outputs: their outputs; with COLLECT every output is the tuple of what the rows give.
        needs: unknown facts on which the answer depends, as they can be asked; empty where decided.
    """

    decided: bool
    rows: tuple[Row, ...]
    outputs: Mapping[str, Value]
    needs: tuple[str, ...]


def evaluate(
    table: Table,
    facts: Mapping[str, Value],
    on: date,
    *,
    parameters: Parameters | None = None,
    locality: str | None = None,
) -> Outcome:
    """Return the answer of one table.

    Args:
        table: what is asked.
        facts: as `Vocabulary.read_facts` gives them; outputs of other decisions
            (`candidates.recommended`) and the item of a list (`route`) are facts here.
        on: the legal date, the fact `applied_on`.
        parameters: for cells that compare with `parameter(name)`.
        locality: whose parameters hold.
    """
    chain = DecisionChain([table], table.scope.vocabulary, parameters or Parameters(), locality)
    return evaluate_in(chain, table, facts, on)


def evaluate_in(chain: DecisionChain, table: Table, facts: Mapping[str, Value], on: date | None) -> Outcome:
    """Return the answer of one table that was compiled alone before."""
    values = chain.values(facts, on)
    decisions = chain.decide(values)
    verdict = decisions.verdicts[table.decision, None]
    needs = asked_for(chain.vocabulary, decisions.relevant, values)
    return Outcome(verdict.decided, verdict.fired, gathered(table, verdict), needs)


def evaluate_each(
    table: Table, facts: Mapping[str, Value], on: date, *, parameters: Parameters | None = None
) -> tuple[Outcome, ...] | None:
    """Return the answers of a table for each record of its list; None where the list is not known.

    The fields of a record are facts under the name of the item: `worker.owed`.
    """
    each = table.each
    records = facts.get(each.list) if each is not None else None
    if each is None or records is None:
        return None
    chain = DecisionChain([table], table.scope.vocabulary, parameters or Parameters())
    named = [{f"{each.alias}.{field}": value for field, value in record.items()} for record in records]
    return tuple(evaluate_in(chain, table, {**facts, **record}, on) for record in named)


def gathered(table: Table, verdict: Verdict) -> dict[str, Value]:
    """Return the outputs of the rows that fired; with COLLECT those of all rows in order."""
    if table.hit_policy is not HitPolicy.COLLECT:
        return dict(verdict.fired[0].then) if verdict.fired else {}
    found: dict[str, tuple[Value, ...]] = {}
    for row in verdict.fired:
        for name, value in row.then.items():
            found[name] = (*found.get(name, ()), *(value if isinstance(value, tuple) else (value,)))
    return dict(found)


def asked_for(vocabulary: Vocabulary, facts: Iterable[str], values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return what is to be asked for facts that matter: themselves, or what they are made of.

    A derived fact with a question of its own is asked itself; another one hands down to its sources
    that are not known. A date without a question is asked through a derived fact that has one.
    """
    found: dict[str, None] = {}
    for name in facts:
        found.update(dict.fromkeys(_asked(vocabulary, name, values)))
    return tuple(sorted(found, key=lambda name: _order(vocabulary, name)))


def askable(vocabulary: Vocabulary, name: str) -> bool:
    """Return whether there is a question for a fact."""
    fact = vocabulary.find(name)
    return fact is not None and fact.ask is not None


def tested_facts(row: Row, values: Mapping[str, Value]) -> dict[str, object]:
    """Return the facts that a row tests with their values as JSON; what is unknown is left out."""
    names = [name for fact, cell in row.tests for name in (fact, *cell.references)]
    return {name: write_value(values[name]) for name in dict.fromkeys(names) if values.get(name) is not None}


def _asked(vocabulary: Vocabulary, name: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    fact = vocabulary.find(name)
    if fact is None or fact.ask is not None:
        return (name,)
    if fact.derivation is not None:
        sources = [part for part in fact.derivation.sources if values.get(part) is None]
        return tuple(asked for part in sources for asked in _asked(vocabulary, part, values)) or (name,)
    through = [
        other.name
        for other in vocabulary.questions()
        if other.derivation is not None and name in other.derivation.sources and values.get(other.name) is None
    ]
    return tuple(through) if through and fact.type.ordered else (name,)


def _order(vocabulary: Vocabulary, name: str) -> tuple[int, str]:
    fact = vocabulary.find(name)
    return (fact.order if fact is not None else len(vocabulary.facts) * 2, name)
