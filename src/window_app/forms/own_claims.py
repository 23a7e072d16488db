"""What each person of a list asks for: one claim, or several with an amount each and their sum."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from window_app.errors import WindowAppError
from window_app.forms.definitions import FieldDefinition, FieldType, OwnClaims, SectionDefinition
from window_app.forms.fields import is_empty, parse_field

Record = Mapping[str, Any]

_ANY_AMOUNT = FieldDefinition("amount", FieldType.MONEY, {})


def claims_of(own: OwnClaims, record: Record) -> dict[str, Decimal | None]:
    """Return the claims of a stored record by kind, in the order of the definition; None where no amount is said.

    Several claims that only the note tells are one of the kind `several`.
    """
    kind = record.get(own.kind)
    if is_empty(kind):
        return {}
    if kind == own.several:
        parts = {each: Decimal(str(record[field])) for each, field in own.amounts.items() if has(record, field)}
        if parts:
            return dict(parts)
    return {str(kind): Decimal(str(record[own.total])) if has(record, own.total) else None}


def sum_told(section: SectionDefinition, record: Record, field: str) -> dict[str, str]:
    """Return the sum that follows when an amount of a record was typed, by the field that shows it."""
    own = section.own_claims
    if own is None or field not in own.amounts.values() or record.get(own.kind) != own.several:
        return {}
    amounts = [amount_of(record.get(each)) for each in own.amounts.values() if has(record, each)]
    if not amounts or None in amounts:
        return {}
    return {own.total: f"{sum(each for each in amounts if each is not None):.2f}"}


def differing_sum(own: OwnClaims, record: Record) -> str | None:
    """Return what the amounts of a stored record come to where its total says otherwise, else None."""
    if record.get(own.kind) != own.several or not has(record, own.total):
        return None
    parts = [Decimal(str(record[field])) for field in own.amounts.values() if has(record, field)]
    total = sum(parts, Decimal(0))
    return f"{total:.2f}" if parts and total != Decimal(str(record[own.total])) else None


def has(record: Record, field: str) -> bool:
    """Answer whether a record says something in a field."""
    return not is_empty(record.get(field))


def amount_of(text: object) -> Decimal | None:
    """Return an amount as it was typed, None where it is none."""
    try:
        parsed = parse_field(_ANY_AMOUNT, text)
    except WindowAppError:
        return None
    return None if parsed is None else Decimal(str(parsed.stored))
