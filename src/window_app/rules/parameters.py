"""Dated legal values: what no date covers is unknown, and nothing is guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from window_app.domain.assessment import Citation, Text
from window_app.rules.durations import Duration
from window_app.rules.source import Source
from window_app.rules.values import FactType, Value

_MONEY_UNITS = ("money", "yuan", "CNY", "元")


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A value and the days on which it holds, both ends included."""

    value: Value
    valid_from: date | None
    valid_until: date | None
    basis: tuple[Citation, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Return whether the value is in force on a day."""
        after_start = self.valid_from is None or day >= self.valid_from
        return after_start and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A legal value with its history, latest start last; `locality` is None for the nation."""

    name: str
    title: Text
    unit: str
    values: tuple[ParameterValue, ...]
    locality: str | None = None

    @property
    def type(self) -> FactType:
        """The type of its values, for comparison in cells."""
        if self.unit in _MONEY_UNITS or any(isinstance(known.value, Decimal) for known in self.values):
            return FactType.MONEY
        first = self.values[0].value if self.values else 0
        kinds = {date: FactType.DATE, Duration: FactType.DURATION, str: FactType.TEXT, bool: FactType.BOOL}
        return kinds.get(type(first), FactType.INTEGER)

    def on(self, day: date) -> ParameterValue | None:
        """Return the value in force on a day: of those that hold, the one that began last."""
        found = None
        for known in self.values:
            if known.holds_on(day):
                found = known
        return found


@dataclass(frozen=True)
class Parameters:
    """The national values and what localities put in their place.

    Attributes:
        chains: by locality, the localities that speak for it, nearest first.
    """

    national: Mapping[str, Parameter] = field(default_factory=dict)
    local: Mapping[str, Mapping[str, Parameter]] = field(default_factory=dict)
    chains: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def find(self, name: str, on: date, locality: str | None) -> tuple[Parameter, ParameterValue] | None:
        """Return the parameter that speaks on a day and its value; a locality's goes first."""
        places = self.chains.get(locality, (locality,)) if locality is not None else ()
        for parameter in (*(self.local.get(place, {}).get(name) for place in places), self.national.get(name)):
            value = parameter.on(on) if parameter is not None else None
            if parameter is not None and value is not None:
                return parameter, value
        return None

    def value(self, name: str, on: date, locality: str | None) -> Value:
        """Return the value in force, None where none is known."""
        found = self.find(name, on, locality)
        return None if found is None else found[1].value

    def type_of(self, name: str) -> FactType | None:
        """Return the type of a parameter, None where there is none of the name."""
        for known in (self.national, *self.local.values()):
            if name in known:
                return known[name].type
        return None

    def names(self) -> tuple[str, ...]:
        """Return the names of all parameters."""
        return tuple(dict.fromkeys(name for known in (self.national, *self.local.values()) for name in known))


def read_parameters(source: Source, locality: str | None = None) -> dict[str, Parameter]:
    """Return the parameters of a mapping from name to definition.

    Raises:
        DefinitionError: for a mistake, with its place.
    """
    return {name: _read_parameter(name, part, locality) for name, part in source.entries()}


def _read_parameter(name: str, source: Source, locality: str | None) -> Parameter:
    source.check_keys(("title", "unit", "values"), ("title", "unit", "values"))
    unit = source.at("unit").string()
    values = [_read_value(part, unit) for part in source.at("values").items()]
    values.sort(key=lambda known: known.valid_from or date.min)
    for before, after in pairwise(values):
        if before.valid_from == after.valid_from or (before.valid_until or date.min) >= (after.valid_from or date.min):
            raise source.at("values").error("rules.value_overlap", name=name, day=str(after.valid_from or ""))
    return Parameter(name, source.at("title").text(), unit, tuple(values), locality)


def _read_value(source: Source, unit: str) -> ParameterValue:
    source.check_keys(("from", "until", "value", "basis", "note"), ("value",))
    return ParameterValue(
        _typed(source.at("value"), unit),
        source.at("from").optional_day(),
        source.at("until").optional_day(),
        source.at("basis").basis(),
    )


def _typed(source: Source, unit: str) -> Value:
    value = source.content
    if unit in _MONEY_UNITS:
        return _decimal(source)
    if isinstance(value, bool | int | float):
        return _decimal(source) if isinstance(value, float) else value
    for read in (date.fromisoformat, Duration.parse, Decimal):
        try:
            return read(str(value))
        except (ValueError, ArithmeticError):
            continue
    return value


def _decimal(source: Source) -> Decimal:
    try:
        return Decimal(str(source.content))
    except ArithmeticError:
        raise source.error("rules.not_a_number", name=source.name) from None
