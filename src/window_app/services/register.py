"""The register of persons and employers at the desk: finding them, and saying that two of them are one."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind
from window_app.domain.parties import KEPT_FIELDS, NUMBER_FIELDS, PartyKind
from window_app.domain.party_records import PartyGroup, PartyRecords, PartyRow
from window_app.domain.ports import Records
from window_app.domain.tokens import lookup_token
from window_app.errors import WindowAppError
from window_app.services.case_files import written
from window_app.services.session import Session


class RegisterRefused(WindowAppError):
    """What was asked of the register cannot be done; the code says why, and nothing was changed."""

    code = "register.unknown"


class RegisterRecords(PartyRecords, Records, Protocol):
    """A store with persons and employers in it."""


class Register:
    """Looks after the persons and employers that visits name."""

    def __init__(self, records: RegisterRecords, session: Session, district_key: bytes) -> None:
        self._records = records
        self._actor = session.actor
        self._district_key = district_key

    def find(self, text: str, kind: PartyKind | None = None, limit: int = 50) -> tuple[PartyRow, ...]:
        """Return persons and employers by part of a name, pinyin initials, number or its end, end of a phone number."""
        wanted = text.strip()
        return self._records.find_parties(wanted, kind, limit) if wanted else ()

    def get(self, party_id: UUID) -> PartyGroup:
        """Return a party with those that are one with it.

        Raises:
            RegisterRefused: nothing is known of it here.
        """
        group = self._records.party(party_id)
        if group is None:
            raise RegisterRefused()
        return group

    def row(self, party_id: UUID) -> PartyRow:
        """Return the line of a party, or of those it is one with.

        Raises:
            RegisterRefused: nothing is known of it here.
        """
        row = self._records.party_row(party_id)
        if row is None:
            raise RegisterRefused()
        return row

    def twins(self, party_id: UUID) -> tuple[PartyRow, ...]:
        """Return those who may be the same: registered with the same number, or the same name and phone number."""
        row, state = self.row(party_id), self.get(party_id).state
        found: dict[UUID, None] = {}
        for token in state.tokens:
            found.update(dict.fromkeys(self._records.parties_by_token(token, row.kind)))
        found.update(dict.fromkeys(self._records.parties_by_name(row.kind, state.name, state.value("phone"))))
        rows = (self._records.party_row(one) for one in found if one not in row.members)
        return tuple({one.party_id: one for one in rows if one is not None}.values())

    def merge(self, one: UUID, other: UUID, reason: str) -> PartyGroup:
        """Put on record that two are one person or one employer; nothing of either is changed or lost.

        Raises:
            RegisterRefused: one of them is not known, they are of two kinds, they are one already, or no reason.
        """
        first, second = self.row(one), self.row(other)
        said = _reason(reason)
        if first.kind is not second.kind:
            raise RegisterRefused("register.kinds_differ")
        if first.party_id == second.party_id:
            raise RegisterRefused("register.already_one")
        facts = {"one": str(first.party_id), "other": str(second.party_id)}
        self._append(second.kind, second.party_id, EventType.PARTIES_MERGED, facts, {"reason": said})
        return self.get(first.party_id)

    def separate(self, party_id: UUID, merge: UUID, reason: str) -> PartyGroup:
        """Take back that two are one: each is what it was before, with the visits that named it.

        All links between the same two go, also one that another counter made at the same time.

        Raises:
            RegisterRefused: there is no such link any more, or no reason.
        """
        group = self.get(party_id)
        standing = [one for one in group.merges if not one.undone]
        wanted = next((one for one in standing if one.event_id == merge), None)
        if wanted is None:
            raise RegisterRefused("register.not_one")
        said = _reason(reason)
        pair = {wanted.one, wanted.other}
        same = [str(one.event_id) for one in standing if {one.one, one.other} == pair]
        facts = {"one": str(wanted.one), "other": str(wanted.other), "merges": same}
        self._append(wanted.kind, wanted.other, EventType.PARTIES_SEPARATED, facts, {"reason": said})
        return self.get(party_id)

    def change(self, party_id: UUID, details: Mapping[str, str], reason: str) -> PartyGroup:
        """Set details of a party; what it was before stays among its former values.

        Raises:
            RegisterRefused: not known, no reason, or a detail that is none of a party's.
        """
        group = self.get(party_id)
        kind = group.state.kind
        if not set(details) <= set(KEPT_FIELDS[kind]):
            raise RegisterRefused("register.detail_unknown")
        said = _reason(reason)
        fresh = {name: value for name, value in details.items() if value and value != group.state.value(name)}
        if not fresh:
            return group
        number = fresh.get(NUMBER_FIELDS[kind], "")
        tokens = (lookup_token(self._district_key, kind.value, number),) if number else ()
        body = {"details": fresh, "reason": said}
        self._append(kind, group.state.party_id, EventType.PARTY_DETAILS_SET, {}, body, tokens)
        return self.get(party_id)

    def _append(
        self,
        kind: PartyKind,
        party: UUID,
        event_type: str,
        facts: Mapping[str, object],
        body: Mapping[str, object],
        tokens: tuple[str, ...] = (),
    ) -> None:
        statement = NewEvent(
            Stream(StreamKind(kind.value), party),
            event_type,
            body=body,
            facts=facts,
            tokens=tokens,
            confidentiality=Confidentiality.RESTRICTED,
        )
        with self._records.unit_of_work() as work:
            work.append(self._actor, [statement])


def _reason(text: str) -> str:
    said = written(text)
    if not said:
        raise RegisterRefused("register.reason_needed")
    return said
