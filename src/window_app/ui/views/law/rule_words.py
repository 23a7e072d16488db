"""Turns tables, cells and sources into words of the clerk's language. No Qt."""

from collections.abc import Mapping
from typing import Any

from window_app.domain.assessment import Citation
from window_app.forms import DefinitionSet
from window_app.i18n import Catalogue
from window_app.rules.cells import Cell, Comparison, Interval, Reference
from window_app.rules.durations import Duration
from window_app.rules.tables import Row, Table
from window_app.rules.values import UNCLEAR, Value, write_value
from window_app.services.rule_book import CitationStanding, RowState
from window_app.ui.views.visit.law_reading import DURATION
from window_app.ui.views.visit.route_card import cited

BETWEEN = "time_between"
RECOMMENDED = "recommended"
STANDING = "standing"
MARKS = {
    CitationStanding.VERIFIED: "✓",
    CitationStanding.UNVERIFIED: "?",
    CitationStanding.TEXT_MISSING: "○",
    CitationStanding.CONTRADICTED: "✕",
}
STATES = {RowState.FIRES: "✓", RowState.RULED_OUT: "✕", RowState.OPEN: "?", RowState.BEHIND: "↓"}


class RuleWords:
    """Speaks of rules in one language; facts are called by their question, values by their label."""

    def __init__(self, texts: Catalogue, table: Table, definitions: DefinitionSet) -> None:
        """Take the texts, the table whose scope knows facts and outputs, and what its codes stand for."""
        self._texts = texts
        self._table = table
        self._titles: dict[str, Mapping[str, Any]] = {
            "paper": definitions.wording,
            "office": definitions.offices,
            "deadline": definitions.rules.deadlines.national,
        }

    def fact(self, name: str) -> str:
        """Return how a fact is called: its question, else its own name."""
        fact = self._table.scope.vocabulary.find(name)
        if fact is not None and fact.ask:
            return self._texts.of(fact.ask)
        made = fact.derivation if fact is not None else None
        if made is not None and made.function == BETWEEN:
            start, end = (self.fact(source) for source in made.sources)
            return self._texts.text("rules.fact.between", start=start, end=end)
        return self._named(name)

    def _named(self, name: str) -> str:
        known = {
            "applied_on": "rules.fact.applied_on",
            "route": "rules.fact.route",
            "locality": "rules.fact.locality",
            "district": "rules.fact.district",
        }
        return self._texts.text(known[name]) if name in known else name

    def value(self, name: str, value: Value) -> str:
        """Return a value of a fact or an output in words."""
        if isinstance(value, bool):
            return self._texts.text("ui.yes" if value else "ui.no")
        if value == UNCLEAR:
            return self._texts.text("ui.unclear")
        if isinstance(value, Reference):
            return self.fact(value.name)
        if isinstance(value, list | tuple):
            return self._texts.text("rules.and").join(self.value(name, part) for part in value)
        if isinstance(value, Mapping):
            return self._texts.of({str(key): str(part) for key, part in value.items()})
        if isinstance(value, Duration):
            return self._duration(str(value))
        return self._label(name, str(write_value(value)))

    def _duration(self, text: str) -> str:
        found = DURATION.match(text)
        units = zip(found.groups() if found else (), ("years", "months", "days"), strict=False)
        parts = [f"{amount} {self._texts.text(f'ui.unit.{unit}')}" for amount, unit in units if amount]
        return " ".join(parts) or text

    def cell(self, name: str, cell: Cell) -> str:
        """Return a cell in words: values joined by "or", the sign of a comparison, or "other than"."""
        parts = [self._test(name, test) for test in cell.tests]
        text = self._texts.text("rules.or").join(parts)
        return self._texts.text("rules.other_than", values=text) if cell.negated else text

    def outputs(self, row: Row) -> str:
        """Return what a row answers, output after output."""
        return " · ".join(self._output(name, value) for name, value in row.then.items()) or "—"

    def _output(self, name: str, value: Value) -> str:
        text = self.value(self._of(name), value)
        return self._texts.text("rules.output.recommended", value=text) if name == RECOMMENDED else text

    def period(self, row: Row) -> str:
        """Return from when until when a row holds, "" for always."""
        if row.valid_from is None and row.valid_until is None:
            return ""
        return f"{row.valid_from or '…'} — {row.valid_until or '…'}"

    def source(self, citation: Citation, standing: CitationStanding) -> str:
        """Return a citation behind the mark of its standing."""
        return f"{MARKS[standing]} {cited(citation)}"

    def _of(self, output: str) -> str:
        known = self._table.outputs.get(output)
        return known.of or output if known is not None else output

    def _label(self, name: str, code: str) -> str:
        vocabulary = self._table.scope.vocabulary
        fact = vocabulary.find(name) or vocabulary.find(self._output_of(name))
        if fact is not None and code in fact.values:
            return self._texts.of(fact.values[code])
        if name == STANDING:
            return self._texts.text(f"rules.standing.{code}")
        titled = self._titles.get(name, {}).get(code)
        return self._texts.of(titled.title) if titled is not None else code

    def _output_of(self, name: str) -> str:
        """Return the enum fact that the codes of another table's output stand for; the routes' are routes."""
        return "route" if name.startswith("candidates.") else name.rpartition(".")[2]

    def _test(self, name: str, test: Comparison | Interval) -> str:
        if isinstance(test, Interval):
            return self._interval(name, test)
        value = self.value(name, test.operand)
        return value if test.operator == "=" else f"{_SIGNS.get(test.operator, test.operator)} {value}"

    def _interval(self, name: str, test: Interval) -> str:
        low: Any = None if test.low is None else self.value(name, test.low)
        high: Any = None if test.high is None else self.value(name, test.high)
        parts = []
        if low is not None:
            parts.append(f"{'≥' if test.low_closed else '>'} {low}")
        if high is not None:
            parts.append(f"{'≤' if test.high_closed else '<'} {high}")
        return self._texts.text("rules.and").join(parts) or "—"


_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠"}
