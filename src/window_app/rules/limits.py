"""Reading limits from the definition files, national ones and what localities change in them."""

from collections.abc import Iterable, Mapping

from window_app.domain.working_days import PeriodUnit
from window_app.rules.conditions import KnownFacts, read_condition, unknown_fact
from window_app.rules.deadlines import DeadlineRule, DeadlineRules, read_amount
from window_app.rules.late import Late
from window_app.rules.source import Source
from window_app.rules.values import FactType

_KEYS = (
    "title",
    "amount",
    "unit",
    "start",
    "restarts",
    "interrupts",
    "defers",
    "excludes",
    "unlimited_while",
    "roll",
    "backwards",
    "note",
    "basis",
    "from",
    "until",
)
_REQUIRED = ("title", "amount", "unit", "start", "basis")


def build_deadlines(
    national: Iterable[Source], local: Mapping[str, Source], vocabulary: KnownFacts, *, late: bool = False
) -> DeadlineRules:
    """Return the rules of `deadlines:` mappings; a locality's entry states only what it changes.

    Args:
        national: the parts under `deadlines:` of the parameter files.
        local: the part under `deadlines:` of each locality, by its code.
        vocabulary: the facts that rules may name.
        late: each rule is read when it is asked for, of a set that was found sound before.

    Raises:
        DefinitionError: for a mistake, with file, line and what to do.
    """
    sources: dict[str, Source] = {}
    for part in national:
        for code, source in part.entries():
            if code in sources:
                raise source.error("deadline.twice", rule=code)
            sources[code] = source
    rules = Late(sources, lambda code: read_deadline(sources[code], vocabulary))
    changed = {locality: _changed(sources, part, vocabulary, locality) for locality, part in local.items()}
    if late:
        return DeadlineRules(rules, changed)
    return DeadlineRules(dict(rules), {locality: dict(each) for locality, each in changed.items()})


def _changed(
    sources: Mapping[str, Source], part: Source, vocabulary: KnownFacts, locality: str
) -> Mapping[str, DeadlineRule]:
    own = dict(part.entries())
    return Late(own, lambda code: read_deadline(_over(sources.get(code), own[code]), vocabulary, locality))


def _over(national: Source | None, local: Source) -> Source:
    if national is None or not isinstance(local.content, Mapping):
        return local
    return local._replace(content={**national.content, **local.content})


def read_deadline(source: Source, vocabulary: KnownFacts, locality: str | None = None) -> DeadlineRule:
    """Return a rule from where it stands in a definition file.

    Raises:
        DefinitionError: for a mistake, with file, line and what to do.
    """
    source.check_keys(_KEYS, _REQUIRED)
    parameter = source.at("amount").at("parameter")
    amount = None if parameter.content is not None else read_amount(source.at("amount").content)
    if amount is None and parameter.content is None:
        raise source.at("amount").error("deadline.amount", rule=source.name)
    backwards = source.at("backwards").flag()
    if backwards and source.at("unit").content != PeriodUnit.WORKDAYS:
        raise source.at("unit").error("deadline.backwards_unit", rule=source.name)
    condition = source.at("unlimited_while")
    unlimited = None if condition.content is None else read_condition(condition, vocabulary)
    return DeadlineRule(
        code=source.name,
        title=source.at("title").text(),
        unit=PeriodUnit(source.at("unit").one_of(tuple(PeriodUnit))),
        start=_fact(source.at("start"), vocabulary, (FactType.DATE,)),
        amount=amount,
        parameter=None if parameter.content is None else parameter.code(),
        restarts=_facts(source.at("restarts"), vocabulary, FactType.DATE),
        interrupts=_facts(source.at("interrupts"), vocabulary, FactType.DATE),
        defers=_facts(source.at("defers"), vocabulary, FactType.BOOL),
        excludes=_facts(source.at("excludes"), vocabulary, FactType.INTEGER),
        unlimited_while=unlimited,
        roll=source.at("roll").flag(default=not backwards),
        backwards=backwards,
        basis=source.at("basis").basis(),
        in_force_from=source.at("from").optional_day(),
        in_force_until=source.at("until").optional_day(),
        locality=locality,
    )


def _facts(source: Source, vocabulary: KnownFacts, kind: FactType) -> tuple[str, ...]:
    return tuple(_fact(part, vocabulary, (kind,)) for part in source.items())


def _fact(source: Source, vocabulary: KnownFacts, kinds: tuple[FactType, ...]) -> str:
    name = source.string()
    fact = vocabulary.find(name)
    if fact is None:
        raise unknown_fact(source, name, vocabulary)
    if fact.type not in kinds:
        raise source.error("deadline.fact_type", fact=name, type=fact.type.value, allowed=", ".join(kinds))
    return name
