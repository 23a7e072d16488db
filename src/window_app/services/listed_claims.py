"""What the people of a list ask for, for papers: each of them in words, and all of them together by kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from window_app.forms.definitions import MatterDefinition, OwnClaims, SectionDefinition
from window_app.forms.own_claims import claims_of

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KindSum:
    """A kind of claim: how many people have it, and for how much together."""

    kind: str
    count: int
    total: Decimal


def sums_by_kind(own: OwnClaims, records: Sequence[Record]) -> list[KindSum]:
    """Return what stored records come to by kind of claim; of several claims of a person each counts by itself."""
    found: dict[str, KindSum] = {}
    for record in records:
        for kind, amount in claims_of(own, record).items():
            before = found.get(kind, KindSum(kind, 0, Decimal(0)))
            found[kind] = KindSum(kind, before.count + 1, before.total + (amount or 0))
    order = {kind: at for at, kind in enumerate((*own.amounts, own.several))}
    return sorted(found.values(), key=lambda one: order.get(one.kind, len(order)))


def in_words(section: SectionDefinition, record: Record) -> str:
    """Return what a person of a list asks for; "" where the list does not say."""
    own = section.own_claims
    if own is None:
        return ""
    claims = claims_of(own, record)
    return "；".join(
        _kind(section, kind) + (f"{amount:,.2f}元" if amount is not None and len(claims) > 1 else "")
        for kind, amount in claims.items()
    )


def together(matter: MatterDefinition, answers: Mapping[str, Any]) -> str:
    """Return what the people of a matter's lists ask for together, by kind; "" where nobody says an amount."""
    said = []
    for section in matter.sections:
        own, content = section.own_claims, answers.get(section.code)
        if own is None or not isinstance(content, Sequence) or isinstance(content, str):
            continue
        sums = [one for one in sums_by_kind(own, [one for one in content if isinstance(one, Mapping)]) if one.total]
        said += [f"{_kind(section, one.kind)}{one.count}人{one.total:,.2f}元" for one in sums]
        if len(sums) > 1:
            said.append(f"共{sum((one.total for one in sums), Decimal(0)):,.2f}元")
    return "；".join(said)


def _kind(section: SectionDefinition, kind: str) -> str:
    own = section.own_claims
    return "" if own is None else section.field(own.kind).values.get(kind, {}).get("zh", kind)
