"""Types of facts, and how a value is read from JSON or YAML and compared."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeAlias

from window_app.rules.durations import Duration

Value: TypeAlias = Any
"""The value of a fact: str (enum and text), bool, int, Decimal, date, Duration or a list of records."""

UNCLEAR = "unclear"
"""The value of a fact that the visitor cannot tell."""


class Unknown:
    """The type of `UNKNOWN`."""

    def __repr__(self) -> str:
        return "unknown"

    def __bool__(self) -> bool:
        return False


UNKNOWN = Unknown()
"""Stands for a fact that nobody has told yet; in mappings of facts it is simply left out."""


class FactType(StrEnum):
    """What kind of value a fact has."""

    ENUM = "enum"
    BOOL = "bool"
    INTEGER = "integer"
    MONEY = "money"
    DATE = "date"
    DURATION = "duration"
    TEXT = "text"
    LIST = "list"

    @property
    def ordered(self) -> bool:
        """Whether values of this type can be compared by size."""
        return self in (FactType.INTEGER, FactType.MONEY, FactType.DATE, FactType.DURATION)


def read_value(kind: FactType, value: Value) -> Value:
    """Return a JSON value as the value of a fact: text becomes a date, amount or duration.

    Raises:
        ValueError: where it is not of the type.
    """
    try:
        return _READERS[kind](value)
    except (TypeError, KeyError, InvalidOperation, OverflowError):
        raise ValueError(kind.value) from None


def write_value(value: Value) -> Value:
    """Return a fact's value as JSON; the inverse of `read_value`."""
    if isinstance(value, date | Duration | Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [write_value(part) for part in value]
    if isinstance(value, Mapping):
        return {key: write_value(part) for key, part in value.items()}
    return value


_MONEY_EXPONENTS = (-12, 18)
"""Between which powers of ten the first digit of an amount can stand."""


def _refuse(kind: FactType) -> ValueError:
    return ValueError(kind.value)


def _read_text(value: Value) -> str:
    if not isinstance(value, str):
        raise _refuse(FactType.TEXT)
    return value


def _read_bool(value: Value) -> bool:
    if not isinstance(value, bool):
        raise _refuse(FactType.BOOL)
    return value


def _read_integer(value: Value) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _refuse(FactType.INTEGER)
    return value


def _read_money(value: Value) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | float | Decimal):
        raise _refuse(FactType.MONEY)
    amount = Decimal(repr(value) if isinstance(value, float) else value)
    # A huge exponent is a valid decimal, but overflows the first sum and fills memory when written out.
    if not amount.is_finite() or not _MONEY_EXPONENTS[0] <= amount.adjusted() <= _MONEY_EXPONENTS[1]:
        raise _refuse(FactType.MONEY)
    return amount


def _read_date(value: Value) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) != len("2026-11-21"):
        raise _refuse(FactType.DATE)
    return date.fromisoformat(value)


def _read_duration(value: Value) -> Duration:
    return value if isinstance(value, Duration) else Duration.parse(value)


def _read_list(value: Value) -> list[dict[str, Value]]:
    if not isinstance(value, list | tuple) or not all(isinstance(record, Mapping) for record in value):
        raise _refuse(FactType.LIST)
    return [dict(record) for record in value]


_READERS: Mapping[FactType, Callable[[Value], Value]] = {
    FactType.ENUM: _read_text,
    FactType.TEXT: _read_text,
    FactType.BOOL: _read_bool,
    FactType.INTEGER: _read_integer,
    FactType.MONEY: _read_money,
    FactType.DATE: _read_date,
    FactType.DURATION: _read_duration,
    FactType.LIST: _read_list,
}
