"""The vocabulary: every fact that law and forms can speak of, in the order of asking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from window_app.domain.assessment import Text
from window_app.errors import WindowAppError
from window_app.rules.cells import Interval
from window_app.rules.conditions import Condition, LocalFacts, RecordField, read_condition
from window_app.rules.derived import DATE_FUNCTIONS, LIST_FUNCTIONS, RESULT_TYPES, Derivation
from window_app.rules.source import Source, Where, nearest, nowhere
from window_app.rules.unary import NoReferences, parse_cell
from window_app.rules.values import UNCLEAR, FactType, Value, read_value, write_value

_COMMON_KEYS = ("scope", "type", "ask", "help", "why", "label", "unclear", "domain", "values")
_BASE_KEYS = (*_COMMON_KEYS, "groups", "supplied_by", "fields")
_DATE_KEYS = ("function", "from", "to", "at")
_LIST_KEYS = ("function", "list", "field", "when", "by", "from", "to")
_PROGRAM_FACTS = {
    "applied_on": FactType.DATE,
    "in_time_from": FactType.DATE,
    "locality": FactType.TEXT,
    "district": FactType.TEXT,
}
_FIELD_TYPES = tuple(kind.value for kind in FactType if kind not in (FactType.LIST, FactType.ENUM))


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """A fact.

    Attributes:
        scope: "visit" (shared by all matters) or "matter".
        values: an enum's codes with their labels.
        groups: headings under which they are offered, each with its codes; empty for none.
        domain: smallest and largest integer, amount or day.
        unclear: the visitor may answer "not clear".
        ask, help, why: the question; without `ask` it is never put.
        supplied_by: "form" where a form's field gives it, "program" where the program does.
        fields: of a list's records.
        derivation: how it is made of other facts; None for a fact that is told.
        order: place in the order of asking.
    """

    name: str
    type: FactType
    scope: str = "visit"
    values: Mapping[str, Text] = field(default_factory=dict)
    groups: tuple[tuple[Text, tuple[str, ...]], ...] = ()
    domain: Interval | None = None
    unclear: bool = False
    ask: Text | None = None
    help: Text | None = None
    why: Text | None = None
    supplied_by: str | None = None
    fields: Mapping[str, FactType] = field(default_factory=dict)
    derivation: Derivation | None = None
    order: int = 0

    def accepts(self, value: Value) -> bool:
        """Return whether a value of the right type lies in the domain."""
        if isinstance(value, str) and value == UNCLEAR:
            return self.unclear
        if self.type is FactType.ENUM:
            return value in self.values
        if self.domain is None:
            return True
        low, high = self.domain.low, self.domain.high
        above = low is None or value > low or (self.domain.low_closed and value == low)
        return above and (high is None or value < high or (self.domain.high_closed and value == high))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that cannot be true together, and what to say of it."""

    code: str
    condition: Condition
    message: Text


class Vocabulary:
    """The closed set of facts and what contradicts itself among them; immutable."""

    def __init__(self, facts: Mapping[str, FactDefinition], contradictions: Sequence[Contradiction] = ()) -> None:
        """Take the facts in any order; each knows its place in the order of asking."""
        self.facts = dict(sorted(facts.items(), key=lambda entry: entry[1].order))
        self.places = {name: place for place, name in enumerate(self.facts)}
        self.contradictions = tuple(contradictions)
        self._derived = [fact for fact in _by_dependency(self.facts) if fact.derivation is not None]

    def __contains__(self, name: object) -> bool:
        return name in self.facts

    def get(self, name: str) -> FactDefinition:
        """Return a fact.

        Raises:
            KeyError: where the vocabulary has no fact of that name.
        """
        return self.facts[name]

    def find(self, name: str) -> FactDefinition | None:
        """Return a fact, None where there is none of the name."""
        return self.facts.get(name)

    def resolve(self, name: str) -> FactType | None:
        """Return the type of a fact, None where there is none of the name."""
        fact = self.facts.get(name)
        return None if fact is None else fact.type

    def names(self) -> tuple[str, ...]:
        """Return the names of all facts in order."""
        return tuple(self.facts)

    def questions(self) -> tuple[FactDefinition, ...]:
        """Return the facts that have a question, in the order of asking."""
        return tuple(fact for fact in self.facts.values() if fact.ask is not None)

    def complete(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        """Return the facts with every derived fact that they decide; None values left out.

        What the sources say goes before a direct answer.
        """
        known = {name: value for name, value in facts.items() if value is not None}
        for fact in self._derived:
            assert fact.derivation is not None  # noqa: S101 - by construction of the list
            value = fact.derivation.compute(known)
            if value is not None:
                known[fact.name] = value
        return known

    def contradicted(self, facts: Mapping[str, Value]) -> tuple[Contradiction, ...]:
        """Return what contradicts itself among completed facts; what is unknown contradicts nothing."""
        return tuple(each for each in self.contradictions if each.condition.test(facts))

    def roots(self, name: str) -> tuple[str, ...]:
        """Return the facts told that a fact is made of; itself where it is told."""
        derivation = self.facts[name].derivation if name in self.facts else None
        if derivation is None:
            return (name,)
        return tuple(root for source in derivation.sources for root in self.roots(source))

    def read_facts(self, content: Mapping[str, Value]) -> dict[str, Value]:
        """Return JSON values as facts; None values are left out.

        Raises:
            WindowAppError: `fact.unknown` or `fact.invalid`, naming the fact, never its value.
        """
        return {name: self.read_fact(name, value) for name, value in content.items() if value is not None}

    def read_fact(self, name: str, value: Value) -> Value:
        """Return one JSON value as the value of a fact.

        Raises:
            WindowAppError: `fact.unknown` or `fact.invalid`.
        """
        fact = self.facts.get(name)
        if fact is None:
            raise WindowAppError("fact.unknown", fact=name, near=nearest(name, self.names()))
        if isinstance(value, str) and value == UNCLEAR and fact.unclear:
            return UNCLEAR
        try:
            known = read_value(fact.type, value)
            if fact.type is FactType.LIST:
                known = [_read_record(fact, record) for record in known]
        except ValueError:
            raise WindowAppError("fact.invalid", fact=name, type=fact.type.value) from None
        if not fact.accepts(known):
            raise _outside(fact)
        return known

    def write_facts(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        """Return facts as JSON values."""
        return {name: write_value(value) for name, value in facts.items() if value is not None}


def build_vocabulary(content: object, where: Where = nowhere) -> Vocabulary:
    """Return the vocabulary of a parsed facts.yaml.

    Raises:
        DefinitionError: for a mistake, with file, line and what to do.
    """
    source = Source(content, where)
    source.check_keys(("facts", "derived", "contradictions"), ("facts",))
    facts = {name: FactDefinition(name, kind, order=-1) for name, kind in _PROGRAM_FACTS.items()}
    told = set()
    for index, (name, part) in enumerate(source.at("facts").entries()):
        facts[name] = _read_fact(part, index * 2)
        told.add(name)
    for name, part in source.at("derived").entries():
        if name in told:
            raise part.error("rules.fact_twice", fact=name)
        facts[name] = _read_derived(part, facts)
    known = Vocabulary(facts)
    return Vocabulary(facts, [_read_contradiction(part, known) for _, part in source.at("contradictions").entries()])


def _read_contradiction(source: Source, vocabulary: Vocabulary) -> Contradiction:
    source.check_keys(("problem_if", "message"), ("problem_if", "message"))
    condition = read_condition(source.at("problem_if"), vocabulary)
    if not condition.cells:
        raise source.error("rules.contradiction_empty", name=source.name)
    return Contradiction(source.name, condition, source.at("message").text())


def _outside(fact: FactDefinition) -> WindowAppError:
    """Return the error for a value of the right type that is not possible; it never shows the value."""
    if fact.type is FactType.ENUM:
        return WindowAppError("fact.not_a_value", fact=fact.name, values=", ".join(fact.values))
    if fact.domain is not None:
        return WindowAppError("fact.out_of_range", fact=fact.name, domain=str(fact.domain))
    return WindowAppError("fact.invalid", fact=fact.name, type=fact.type.value)


def _read_record(fact: FactDefinition, record: Mapping[str, Value]) -> dict[str, Value]:
    for name in record:
        if name not in fact.fields:
            raise WindowAppError("fact.unknown_field", fact=fact.name, field=name)
    return {name: read_value(fact.fields[name], value) for name, value in record.items() if value is not None}


def _read_fact(source: Source, order: int) -> FactDefinition:
    source.check_keys(_BASE_KEYS, ("type",))
    fact = _read_common(source, order, {})
    if (fact.type is FactType.LIST) != source.has("fields"):
        raise source.error("rules.list_fields", fact=fact.name)
    return fact


def _read_common(source: Source, order: int, derived: Mapping[str, Value]) -> FactDefinition:
    name = Source(source.name, source.where, source.path).code()
    kind = FactType(source.at("type").one_of(tuple(FactType)))
    if (kind is FactType.ENUM) != source.has("values"):
        raise source.error("rules.enum_values", fact=name)
    values = {_value_code(part): part.text() for _, part in source.at("values").entries()}
    return FactDefinition(
        name=name,
        type=kind,
        scope=source.at("scope").one_of(("visit", "matter")) if source.has("scope") else "visit",
        values=values,
        groups=_read_groups(source, name, values),
        domain=_read_domain(source.at("domain"), name, kind),
        unclear=source.at("unclear").flag(),
        ask=source.at("ask").optional_text(),
        help=source.at("help").optional_text(),
        why=source.at("why").optional_text(),
        supplied_by=source.at("supplied_by").one_of(("form", "program")) if source.has("supplied_by") else None,
        fields={key: FactType(part.one_of(_FIELD_TYPES)) for key, part in source.at("fields").entries()},
        order=order,
        **derived,
    )


def _read_groups(source: Source, fact: str, values: Mapping[str, Text]) -> tuple[tuple[Text, tuple[str, ...]], ...]:
    """Return the headings of an enum's values, which name each of them once."""
    groups = tuple(
        (part.at("title").text(), tuple(each.string() for each in part.at("values").items()))
        for part in source.at("groups").items()
    )
    named = [code for _, codes in groups for code in codes]
    if groups and sorted(named) != sorted(values):
        wrong = sorted({code for code in named if named.count(code) > 1} | set(named) ^ set(values))
        raise source.at("groups").error("rules.groups_once", fact=fact, values=", ".join(wrong))
    return groups


def _value_code(part: Source) -> str:
    code = Source(part.name, part.where, part.path).code()
    if code == UNCLEAR:
        raise part.error("rules.value_unclear")
    return code


def _read_domain(source: Source, name: str, kind: FactType) -> Interval | None:
    if source.content is None:
        return None
    if kind not in (FactType.INTEGER, FactType.MONEY, FactType.DATE):
        raise source.error("rules.domain_type", fact=name)
    cell = parse_cell(source, FactDefinition(name, kind), NoReferences())
    if cell is None or len(cell.tests) != 1 or not isinstance(cell.tests[0], Interval):
        raise source.error("rules.domain_interval", fact=name)
    return cell.tests[0]


def _read_derived(source: Source, facts: Mapping[str, FactDefinition]) -> FactDefinition:
    functions = (*DATE_FUNCTIONS, *LIST_FUNCTIONS)
    function = source.at("function").one_of(functions) if source.has("function") else ""
    if not function:
        raise source.error("rules.missing_key", key="function", name=source.name)
    dates = function in DATE_FUNCTIONS
    own = _DATE_KEYS if dates else _LIST_KEYS
    source.check_keys((*_COMMON_KEYS, *own), ("type", "from" if dates else "list"))
    derivation = _read_date_function(source, facts) if dates else _read_list_function(source, facts)
    _check_result_type(source, function)
    sources = [facts[name] for name in derivation.sources]
    derived: dict[str, Value] = {"derivation": derivation}
    fact = _read_common(source, max(part.order for part in sources) + 1, derived)
    scope = "matter" if any(part.scope == "matter" for part in sources) else fact.scope
    unclear = fact.unclear or any(part.unclear for part in sources)
    return FactDefinition(**{**_fields(fact), "scope": scope, "unclear": unclear})


def _fields(fact: FactDefinition) -> dict[str, Value]:
    return {name: getattr(fact, name) for name in FactDefinition.__slots__}


def _check_result_type(source: Source, function: str) -> None:
    kind = source.at("type").one_of(tuple(FactType))
    if FactType(kind) not in RESULT_TYPES[function]:
        allowed = ", ".join(sorted(RESULT_TYPES[function]))
        raise source.at("type").error("rules.derived_type", function=function, allowed=allowed)


def _source_fact(source: Source, key: str, kind: FactType, facts: Mapping[str, FactDefinition]) -> str:
    name = source.at(key).string()
    if name not in facts:
        raise source.at(key).error("rules.unknown_fact", fact=name, near=nearest(name, tuple(facts)))
    if facts[name].type is not kind:
        raise source.at(key).error("rules.derived_source", fact=name, type=kind.value)
    return name


def _read_date_function(source: Source, facts: Mapping[str, FactDefinition]) -> Derivation:
    end = "at" if source.has("at") else "to"
    source.check_keys(source.content, (end,))
    names = tuple(_source_fact(source, key, FactType.DATE, facts) for key in ("from", end))
    return Derivation(source.at("function").string(), names)


def _read_list_function(source: Source, facts: Mapping[str, FactDefinition]) -> Derivation:
    function = source.at("function").string()
    name = _source_fact(source, "list", FactType.LIST, facts)
    fields = facts[name].fields
    own = {key: RecordField(key, kind, {}) for key, kind in fields.items()}
    needed: tuple[str, ...] = ()
    if function in ("sum", "min", "max"):
        needed = ("field",)
    elif function == "overlap":
        needed = ("by", "from", "to")
    source.check_keys(source.content, needed)
    by = source.at("by").content
    return Derivation(
        function,
        (name,),
        field=_field_name(source.at("field"), fields) if source.has("field") else None,
        where=read_condition(source.at("when"), LocalFacts(own)) if source.has("when") else None,
        by=_field_names(source.at("by"), fields) if by is not None else (),
        start=_field_name(source.at("from"), fields) if source.has("from") else "",
        end=_field_name(source.at("to"), fields) if source.has("to") else "",
    )


def _field_names(source: Source, fields: Mapping[str, FactType]) -> tuple[str, ...]:
    if isinstance(source.content, str):
        return (_field_name(source, fields),)
    return tuple(_field_name(part, fields) for part in source.items())


def _field_name(source: Source, fields: Mapping[str, FactType]) -> str:
    return source.one_of(tuple(fields))


def _by_dependency(facts: Mapping[str, FactDefinition]) -> list[FactDefinition]:
    """Return the facts so that each comes after those it is made of.

    A derived fact can only name facts read before it, so there are no cycles to look for.
    """
    done: dict[str, FactDefinition] = {}

    def visit(fact: FactDefinition) -> None:
        if fact.name in done:
            return
        for name in fact.derivation.sources if fact.derivation is not None else ():
            visit(facts[name])
        done[fact.name] = fact

    for fact in facts.values():
        visit(fact)
    return list(done.values())
