"""Unary tests of DMN: what may stand in a cell of a decision table.

    cell       = "-" | tests | "not(" tests ")"
    tests      = test { "," test }
    test       = [ "<" | "<=" | ">" | ">=" | "=" | "!=" ] operand | interval
    interval   = ( "[" | "(" ) bound ".." bound ( "]" | ")" )
    bound      = "*" | operand
    operand    = literal | other fact | decision.output | "parameter(" name ")"

A YAML list is "one of". Literals go by the type of the fact: an enum's code, an integer, an amount,
a date, an ISO 8601 period, true or false; `unclear` is the answer "not clear".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from window_app.rules.cells import Cell, Comparison, Interval, Reference
from window_app.rules.source import Source, nearest
from window_app.rules.values import UNCLEAR, FactType, Value, read_value

_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<operator><=|>=|!=|<|>|=)"
    r"|(?P<range>\.\.)"
    r"|(?P<mark>[\[\](),*])"
    r'|(?P<quoted>"[^"]*")'
    r"|(?P<word>[^\s\[\](),*<>=!\".]+(?:\.(?!\.)[^\s\[\](),*<>=!\".]+)*)"
    r")"
)


_CODE = re.compile(r"[a-z][a-z0-9_]*")


class FactKind(Protocol):
    """What a cell has to know of the fact in whose column it stands."""

    @property
    def name(self) -> str:
        """Name of the fact."""
        ...

    @property
    def type(self) -> FactType:
        """Type of the fact."""
        ...

    @property
    def values(self) -> Mapping[str, Value]:
        """Values of an enum."""
        ...

    @property
    def unclear(self) -> bool:
        """Whether `unclear` is a possible value."""
        ...

    def accepts(self, value: Value) -> bool:
        """Return whether a value lies in the domain."""
        ...


class References(Protocol):
    """Knows what a cell may refer to."""

    def resolve(self, name: str) -> FactType | None:
        """Return the type of a fact, output or parameter; None where there is none of the name."""
        ...

    def names(self) -> tuple[str, ...]:
        """Return every name that can be referred to."""
        ...


@dataclass(frozen=True, slots=True)
class NoReferences:
    """For cells that stand alone."""

    def resolve(self, name: str) -> FactType | None:  # noqa: ARG002 - the protocol's signature
        """Return None."""
        return None

    def names(self) -> tuple[str, ...]:
        """Return nothing."""
        return ()


def parse_cell(source: Source, fact: FactKind, references: References) -> Cell | None:
    """Return the cell, or None for "-", which tests nothing.

    Raises:
        DefinitionError: for a mistake of grammar, of type, or a value outside the fact's domain.
    """
    content = source.content
    if isinstance(content, list | tuple):
        cells = [
            _one_code(each, fact) or _Parser(source.at(at), fact, references).parse() for at, each in enumerate(content)
        ]
        if not cells or any(cell is None or cell.negated for cell in cells):
            raise source.error("rules.cell_list", fact=fact.name)
        tests = tuple(test for cell in cells if cell is not None for test in cell.tests)
        return Cell(tests, negated=False, text=", ".join(cell.text for cell in cells if cell is not None))
    return _one_code(content, fact) or _Parser(source, fact, references).parse()


def _one_code(content: Value, fact: FactKind) -> Cell | None:
    """Return the cell that is one of the fact's codes and nothing else, as most are; None for any other."""
    if fact.type is not FactType.ENUM or not isinstance(content, str) or not _CODE.fullmatch(content):
        return None
    if content == UNCLEAR or content not in fact.values:
        return None
    return Cell((Comparison("=", content),), negated=False, text=content)


class _Parser:
    """Reads one cell from left to right; errors name the character where it stopped."""

    def __init__(self, source: Source, fact: FactKind, references: References) -> None:
        self._source = source
        self._fact = fact
        self._references = references
        self._text = _written(source.content)
        self._tokens = self._tokenise()
        self._next = 0

    def parse(self) -> Cell | None:
        if self._text == "-":
            return None
        if self._peek("word", "not") and self._peek("mark", "(", ahead=1):
            self._next += 2
            tests = self._tests()
            self._expect(")")
            cell = Cell(tests, negated=True, text=self._text)
        else:
            cell = Cell(self._tests(), negated=False, text=self._text)
        if self._next < len(self._tokens):
            raise self._error("rules.cell_syntax", expected=", -")
        return cell

    def _tokenise(self) -> list[tuple[str, str, int]]:
        tokens = []
        position = 0
        text = self._text
        while text[position:].strip():
            match = _TOKEN.match(text, position)
            if match is None or match.lastgroup is None:
                stuck = len(text) - len(text[position:].lstrip()) + 1
                raise self._source.error("rules.cell_character", cell=text, position=stuck)
            tokens.append((match.lastgroup, match.group(match.lastgroup), match.start(match.lastgroup) + 1))
            position = match.end()
        return tokens

    def _peek(self, kind: str, text: str | None = None, ahead: int = 0) -> bool:
        index = self._next + ahead
        if index >= len(self._tokens):
            return False
        return self._tokens[index][0] == kind and (text is None or self._tokens[index][1] == text)

    def _take(self) -> str:
        self._next += 1
        return self._tokens[self._next - 1][1]

    def _expect(self, mark: str) -> None:
        if not self._peek("mark", mark):
            raise self._error("rules.cell_syntax", expected=mark)
        self._next += 1

    def _error(self, code: str, **params: object) -> Exception:
        at_end = self._next >= len(self._tokens)
        position = len(self._text) + 1 if at_end else self._tokens[self._next][2]
        return self._source.error(code, cell=self._text, fact=self._fact.name, position=position, **params)

    def _tests(self) -> tuple[Comparison | Interval, ...]:
        tests = [self._test()]
        while self._peek("mark", ","):
            self._next += 1
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> Comparison | Interval:
        if self._peek("mark", "[") or self._peek("mark", "("):
            return self._interval()
        operator = self._take() if self._peek("operator") else ""
        ordered = operator in ("<", "<=", ">", ">=")
        if ordered:
            self._check_order()
        return Comparison(operator or "=", self._operand(refer=bool(operator), ordered=ordered))

    def _interval(self) -> Interval:
        self._check_order()
        low_closed = self._take() == "["
        low = self._bound()
        if not self._peek("range"):
            raise self._error("rules.cell_syntax", expected="..")
        self._next += 1
        high = self._bound()
        if not (self._peek("mark", "]") or self._peek("mark", ")")):
            raise self._error("rules.cell_syntax", expected="] )")
        high_closed = self._take() == "]"
        both = low is not None and high is not None
        if both and not isinstance(low, Reference) and not isinstance(high, Reference) and low > high:
            raise self._source.error("rules.cell_empty_interval", cell=self._text, fact=self._fact.name)
        return Interval(low, low_closed, high, high_closed)

    def _bound(self) -> Value:
        if self._peek("mark", "*"):
            self._next += 1
            return None
        return self._operand(refer=True, ordered=True)

    def _check_order(self) -> None:
        if not self._fact.type.ordered:
            raise self._error("rules.cell_no_order", type=self._fact.type.value)

    def _operand(self, *, refer: bool, ordered: bool = False) -> Value:
        if self._peek("quoted"):
            return self._literal(self._take()[1:-1], quoted=True)
        if not self._peek("word"):
            raise self._error("rules.cell_syntax", expected=self._fact.type.value)
        word = self._take()
        if word == "parameter" and self._peek("mark", "("):
            self._next += 1
            name = self._take() if self._peek("word") else ""
            self._expect(")")
            return self._reference(f"parameter({name})")
        if word == UNCLEAR and not ordered:
            return self._unclear()
        if refer and word not in self._fact.values and self._references.resolve(word) is not None:
            return self._reference(word)
        return self._literal(word, quoted=False)

    def _unclear(self) -> str:
        if not self._fact.unclear:
            self._next -= 1
            raise self._error("rules.cell_never_unclear")
        return UNCLEAR

    def _reference(self, name: str) -> Reference:
        found = self._references.resolve(name)
        if found is None:
            raise self._source.error("rules.unknown_fact", fact=name, near=nearest(name, self._references.names()))
        amounts = (FactType.INTEGER, FactType.MONEY)
        if found is not self._fact.type and not (found in amounts and self._fact.type in amounts):
            raise self._source.error(
                "rules.cell_reference_type", fact=self._fact.name, type=self._fact.type.value, other=name
            )
        return Reference(name)

    def _literal(self, word: str, *, quoted: bool) -> Value:
        kind = self._fact.type
        try:
            value = word if kind in (FactType.ENUM, FactType.TEXT) else read_value(kind, _typed(kind, word, quoted))
        except ValueError:
            raise self._source.error(
                "rules.cell_literal", fact=self._fact.name, type=kind.value, value=word, cell=self._text
            ) from None
        if not self._fact.accepts(value):
            near = nearest(word, tuple(self._fact.values))
            raise self._source.error("rules.cell_outside_domain", fact=self._fact.name, value=word, near=near)
        return value


def _typed(kind: FactType, word: str, quoted: bool) -> Value:
    if quoted and kind in (FactType.BOOL, FactType.INTEGER, FactType.MONEY):
        raise ValueError(word)
    if kind is FactType.BOOL:
        return {"true": True, "false": False}.get(word, word)
    return int(word) if kind is FactType.INTEGER else word


def _written(content: Value) -> str:
    if isinstance(content, bool):
        return "true" if content else "false"
    if content is None:
        return "-"
    return str(content).strip()
