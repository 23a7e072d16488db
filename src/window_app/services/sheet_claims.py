"""Several claims of one person in a sheet: in columns side by side, or in rows with the same number."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from window_app.errors import WindowAppError
from window_app.forms.definitions import OwnClaims, SectionDefinition
from window_app.forms.own_claims import amount_of, claims_of, has
from window_app.forms.tabular import TableFault

Record = Mapping[str, Any]
Faults = Mapping[str, WindowAppError]

_NOTHING = frozenset({"0", "0.0", "0.00", "-", "—", "–", "/", "无", "０"})
"""What people write into a column of amounts where somebody does not ask for this."""
_NOTE_MOST = 300


class Claimants:
    """Reads what each person of a list asks for. A section without such claims stays as it is."""

    def __init__(self, section: SectionDefinition) -> None:
        self._own = section.own_claims
        self._section = section

    def settled(self, record: Record, faults: Faults) -> tuple[Record, Faults]:
        """Return a row's record with its kind and its sum where the amounts stand in columns side by side."""
        own = self._own
        if own is None:
            return record, faults
        parts = {kind: str(record[field]) for kind, field in own.amounts.items() if has(record, field)}
        asked = {kind: text for kind, text in parts.items() if text.strip() not in _NOTHING}
        if not parts:
            return record, faults
        plain = {name: value for name, value in record.items() if name not in own.amounts.values()}
        if not asked:
            return plain, faults
        kind = record.get(own.kind)
        if kind not in (None, own.several, *asked):
            return record, {**faults, own.kind: TableFault("sheets.kind_elsewhere")}
        only = next(iter(asked))
        if len(asked) == 1 and amount_of(record.get(own.total)) in (None, amount_of(asked[only])):
            return {own.total: asked[only], **plain, own.kind: only}, faults
        amounts = [amount_of(text) for text in asked.values()]
        told = {} if None in amounts else {own.total: f"{sum(each for each in amounts if each is not None):.2f}"}
        kept = {own.amounts[each]: text for each, text in asked.items()}
        return {**told, **plain, **kept, own.kind: own.several}, faults

    def has_all(self, there: Record, record: Record) -> bool:
        """Answer whether a record says nothing that is not there already."""
        own = self._own
        if own is None or not self._claims(record) or not self._among(record, there):
            return all(str(there.get(field, "")) == str(value) for field, value in record.items() if has(record, field))
        return self._is_same_person(own, there, record)

    def together(self, first: Record, second: Record) -> Record | None:
        """Return two records of one number as one person with the claims of both.

        None where they do not plainly go together: other particulars, the same claim again, or one without amount.
        """
        own = self._own
        if own is None or not self._is_same_person(own, first, second):
            return None
        mine, others = self._claims(first), self._claims(second)
        amounts = {**mine, **others}
        if not mine or not others or len(amounts) < len(mine) + len(others):
            return None
        if None in amounts.values() or not amounts.keys() <= own.amounts.keys():
            return None
        known = {name: value for name, value in (*second.items(), *first.items()) if value is not None}
        known = {name: value for name, value in known.items() if name not in self._about_claims(own)}
        sums = {own.amounts[kind]: f"{amount:.2f}" for kind, amount in amounts.items()}
        total = sum((amount for amount in amounts.values() if amount is not None), Decimal(0))
        told = {own.kind: own.several, own.total: f"{total:.2f}"}
        return {**known, **told, **sums, **self._time(own, first, second)}

    def _claims(self, record: Record) -> dict[str, Decimal | None]:
        return {} if self._own is None else claims_of(self._own, record)

    def _among(self, record: Record, there: Record) -> bool:
        known = self._claims(there)
        return all(kind in known and known[kind] == amount for kind, amount in self._claims(record).items())

    def _is_same_person(self, own: OwnClaims, first: Record, second: Record) -> bool:
        shared = (first.keys() & second.keys()) - self._about_claims(own)
        return all(first[name] == second[name] for name in shared if has(first, name) and has(second, name))

    @staticmethod
    def _about_claims(own: OwnClaims) -> frozenset[str]:
        return frozenset({own.kind, own.total, own.since, own.until, own.note, *own.amounts.values()})

    def _time(self, own: OwnClaims, first: Record, second: Record) -> Record:
        """Return the whole time of both, and in words which time each claim is about where that is not the same."""
        said: dict[str, str] = {}
        for field, pick in ((own.since, min), (own.until, max)):
            days = [str(one[field]) for one in (first, second) if has(one, field)]
            if days:
                said[field] = pick(days)
        notes = [str(one[own.note]) for one in (first, second) if has(one, own.note)]
        note = "；".join(dict.fromkeys([*notes, *self._periods(own, first, second)]))
        return {**said, own.note: note[:_NOTE_MOST]} if note else said

    def _periods(self, own: OwnClaims, first: Record, second: Record) -> list[str]:
        ends = [(one.get(own.since), one.get(own.until)) for one in (first, second)]
        if ends[0] == ends[1]:
            return []
        values = self._section.field(own.kind).values
        return [
            f"{'、'.join(values[kind]['zh'] for kind in claims_of(own, one))}：{since or ''}至{until or ''}"
            for one, (since, until) in zip((first, second), ends, strict=True)
            if (since or until) and one.get(own.kind) != own.several
        ]
