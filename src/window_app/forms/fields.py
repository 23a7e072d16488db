"""The field types: what was typed becomes a value, or a fault that says what to do.

Text is kept character by character: nothing is normalised, since CJK compatibility characters in
names would be changed by it. Only digits typed in full width are read as digits.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from window_app.domain.assessment import Text
from window_app.errors import WindowAppError
from window_app.forms.definitions import TODAY, FieldDefinition, FieldType
from window_app.forms.identity import IdentityFault, read_resident_number, read_social_credit_code

MONEY_LIMIT = Decimal(10) ** 12
"""An amount must stay below this."""

_LENGTHS = {
    FieldType.TEXT: 200,
    FieldType.LONG_TEXT: 20_000,
    FieldType.PERSON_NAME: 200,
    FieldType.ADDRESS: 300,
    FieldType.REGION: 100,
    FieldType.INDUSTRY: 100,
}
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 12, 31)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})\s*[:.时点]\s*(\d{2})\s*分?|(\d{2})(\d{2})", re.ASCII)
_MONEY = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)
_PHONE = re.compile(
    r"1[3-9]\d{9}"  # mobile
    r"|(?:0\d{2,3}\d{7,8}|[2-8]\d{6,7})(?:[转x#]\d{1,6})?"  # landline, with or without area code and extension
    r"|1(?:00|10|12|19|20|22)\d{0,3}|12\d{3}"  # 110, 10086, 12333
    r"|9[56]\d{3,6}|[48]00\d{7}"  # 95588, 96123, 400, 800
    r"|(?:\+|00)\d{7,15}",  # abroad, Hong Kong, Macao, Taiwan
    re.ASCII,
)
_BOOLS = {"true": True, "false": False}


class FieldFault(WindowAppError):
    """What was typed cannot be taken; the code says why, without repeating what was typed."""

    code = "field.invalid"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right ("error") or still missing ("due").

    Attributes:
        section, index, field: the place; index 0 in a section that does not repeat, None for a
            section as a whole; field "" for a record as a whole.
        message: the definition's own text, None where `code` has one in the messages.
    """

    section: str
    index: int | None
    field: str
    code: str
    params: Mapping[str, object]
    message: Text | None
    severity: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value as facts and conditions take it, and as it is stored (JSON)."""

    value: Any
    stored: Any


def is_empty(value: object) -> bool:
    """Return whether nothing was entered."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(is_empty(part) for part in value.values())
    return value is None


def check_field(field: FieldDefinition, value: object, on: date | None = None) -> Problem | None:
    """Return what is wrong with a value, None where nothing is or nothing was entered.

    `on` is the legal date of the visit, for bounds that say `today`.
    """
    try:
        parse_field(field, value, on)
    except WindowAppError as fault:
        return Problem("", None, field.code, fault.code, fault.params, None, "error")
    return None


def parse_field(field: FieldDefinition, value: object, on: date | None = None) -> Parsed | None:
    """Return what was typed as a value, None where nothing was entered.

    Raises:
        FieldFault, IdentityFault: where it cannot be taken.
    """
    if isinstance(value, str):
        _refuse_control_characters(value, lines=field.type is FieldType.LONG_TEXT)
    if is_empty(value):
        return None
    return _PARSERS[field.type](field, value, on)


def _refuse_control_characters(text: str, *, lines: bool) -> None:
    if text.isprintable():
        return
    allowed = "\n\t" if lines else ""
    for position, character in enumerate(text.replace("\r\n", "\n"), start=1):
        if unicodedata.category(character) in ("Cc", "Cs") and character not in allowed:
            raise FieldFault("field.control_character", position=position, character=f"U+{ord(character):04X}")


def _typed(value: object) -> str:
    """Return text as typed, without the space around it."""
    if not isinstance(value, str):
        raise FieldFault("field.not_text")
    return value.replace("\r\n", "\n").strip()


def _narrow(value: object) -> str:
    """Return a number's text with full-width digits and marks read as the usual ones."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        try:
            return str(value)
        except ValueError:  # Python writes out no integer of more than some thousand digits
            raise FieldFault("field.too_many_digits") from None
    text = _typed(value)
    return text if text.isascii() else unicodedata.normalize("NFKC", text).replace("−", "-").replace("－", "-")


def _parse_text(field: FieldDefinition, value: object, on: date | None) -> Parsed:
    del on
    text = _typed(value)
    limit = field.max_length or _LENGTHS[field.type]
    if len(text) > limit:
        raise FieldFault("field.too_long", length=len(text), limit=limit)
    return Parsed(text, text)


def _parse_resident_number(field: FieldDefinition, value: object, on: date | None) -> Parsed:
    del field
    number = read_resident_number(_narrow(value), on).number
    return Parsed(number, number)


def _parse_social_credit_code(field: FieldDefinition, value: object, on: date | None) -> Parsed:
    del field, on
    code = read_social_credit_code(_narrow(value))
    return Parsed(code, code)


def read_date(value: object) -> date:
    """Return a date typed as 2026-03-01, 2026/3/1, 2026年3月1日 or 20260301.

    Raises:
        FieldFault: `field.date_form`, `field.date_impossible`, `field.date_range_of_years`.
    """
    match = _DATE.fullmatch(_narrow(value))
    if match is None:
        raise FieldFault("field.date_form")
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        found = date(year, month, day)
    except ValueError:
        raise FieldFault("field.date_impossible", year=year, month=month, day=day) from None
    if not _EARLIEST <= found <= _LATEST:
        raise FieldFault("field.date_range_of_years", year=year)
    return found


def _bounded_date(field: FieldDefinition, value: object, on: date | None) -> date:
    found = read_date(value)
    low, high = _date_bound(field.minimum, on), _date_bound(field.maximum, on)
    if high is not None and found > high:
        raise FieldFault("field.date_future" if field.maximum == TODAY else "field.date_late", limit=high)
    if low is not None and found < low:
        raise FieldFault("field.date_early", limit=low)
    return found


def _date_bound(bound: Decimal | date | str | None, on: date | None) -> date | None:
    if bound == TODAY:
        return on
    return bound if isinstance(bound, date) else None


def _parse_date(field: FieldDefinition, value: object, on: date | None) -> Parsed:
    found = _bounded_date(field, value, on)
    return Parsed(found, found.isoformat())


def _parse_date_range(field: FieldDefinition, value: object, on: date | None) -> Parsed:
    if not isinstance(value, Mapping) or not set(value) <= {"from", "to"}:
        raise FieldFault("field.date_range_form")
    ends = {key: _bounded_date(field, part, on) for key, part in value.items() if not is_empty(part)}
    if len(ends) == 2 and ends["to"] < ends["from"]:
        raise FieldFault("field.date_range_order")
    return Parsed(ends, {key: day.isoformat() for key, day in ends.items()})


def _parse_money(field: FieldDefinition, value: object, on: date | None) -> Parsed:
    del on
    text = re.sub(r"^[¥￥]\s*|\s*元$", "", _narrow(value))
    if len(text) > 60 or not _MONEY.fullmatch(text):
        raise FieldFault("field.money_form")
    amount = Decimal(text.replace(",", ""))
    if len(text.partition(".")[2].rstrip("0")) > 2:
        raise FieldFault("field.money_places")
    if amount >= MONEY_LIMIT:
        raise FieldFault("field.money_too_large", limit=f"{MONEY_LIMIT:,}")
    _check_number(field, amount, Decimal(0))
    return Parsed(amount.quantize(Decimal("0.01")), f"{amount:.2f}")


def _parse_integer(field: FieldDefinition, value: object, on: date | None) -> Parsed:
    del on
    text = _narrow(value)
    if not _INTEGER.fullmatch(text):
        raise FieldFault("field.integer_form")
    _check_number(field, Decimal(text), None)
    return Parsed(int(text), int(text))


def _check_number(field: FieldDefinition, number: Decimal, least: Decimal | None) -> None:
    low = field.minimum if isinstance(field.minimum, Decimal) else least
    high = field.maximum if isinstance(field.maximum, Decimal) else None
    if low is not None and number < low:
        raise FieldFault("field.zero" if number == 0 and low > 0 else "field.too_small", limit=f"{low:f}")
    if high is not None and number > high:
        raise FieldFault("field.too_large", limit=f"{high:f}")


def _parse_choice(field: FieldDefinition, value: object, on: date | None) -> Parsed:
    del on
    code = _typed(value)
    if code not in field.values:
        raise FieldFault("field.choice_unknown", choices=", ".join(field.values))
    return Parsed(code, code)


def _parse_bool(field: FieldDefinition, value: object, on: date | None) -> Parsed:
    del field, on
    flag = _BOOLS.get(value) if isinstance(value, str) else value
    if not isinstance(flag, bool):
        raise FieldFault("field.not_bool")
    return Parsed(flag, flag)


def _parse_phone(field: FieldDefinition, value: object, on: date | None) -> Parsed:
    del field, on
    typed = _narrow(value)
    digits = re.sub(r"[\s()-]+", "", typed)
    if not _PHONE.fullmatch(digits):
        raise FieldFault("field.phone_form")
    return Parsed(typed, typed)


def _parse_time(field: FieldDefinition, value: object, on: date | None) -> Parsed:
    del field, on
    match = _TIME.fullmatch(_narrow(value))
    if match is None:
        raise FieldFault("field.time_form")
    hour, minute = (int(part) for part in match.groups() if part is not None)
    if hour > 23 or minute > 59:
        raise FieldFault("field.time_form")
    text = f"{hour:02d}:{minute:02d}"
    return Parsed(text, text)


_Parser = Callable[[FieldDefinition, object, date | None], Parsed]
_PARSERS: Mapping[FieldType, _Parser] = {
    FieldType.TEXT: _parse_text,
    FieldType.LONG_TEXT: _parse_text,
    FieldType.PERSON_NAME: _parse_text,
    FieldType.ADDRESS: _parse_text,
    FieldType.REGION: _parse_text,
    FieldType.INDUSTRY: _parse_text,
    FieldType.TIME: _parse_time,
    FieldType.RESIDENT_ID: _parse_resident_number,
    FieldType.USCC: _parse_social_credit_code,
    FieldType.DATE: _parse_date,
    FieldType.DATE_RANGE: _parse_date_range,
    FieldType.MONEY: _parse_money,
    FieldType.INTEGER: _parse_integer,
    FieldType.CHOICE: _parse_choice,
    FieldType.BOOL: _parse_bool,
    FieldType.PHONE: _parse_phone,
}


def told_by_number(field: FieldDefinition, value: object, on: date | None = None) -> dict[str, str]:
    """Return what a resident number tells for the fields it fills in, nothing where it cannot be read."""
    if field.type is not FieldType.RESIDENT_ID or not isinstance(value, str) or is_empty(value):
        return {}
    try:
        number = read_resident_number(_narrow(value), on)
    except IdentityFault:
        return {}
    told = {"sex": number.sex or "", "kind": number.kind}
    told["birth_date"] = number.birth_date.isoformat() if number.birth_date is not None else ""
    return {target: told[source] for source, target in field.fills.items() if told.get(source)}
