"""Since when and until when a person may not commit, and which commitments were made all the same.

API: `listings(entries)` makes periods of the directory's entries (`credit_list.ListEntry`, each with its
place in the directory), `told_by(commitments)` those that the person's own events tell where the directory
has not come yet, `together` both, each once. `refusing(listings)` says which of them refuse a new commitment
now, `made_while_listed(commitment, listings)`, whenever one is learnt of, which should have stopped an
earlier one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from window_app.domain.commitment_words import Outcome
from window_app.domain.commitments import Commitment
from window_app.domain.credit_list import CreditStanding, ListEntry

UNNUMBERED = 0
"""The place of what events tell and no directory yet."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A person is or was on the list for a false commitment.

    Attributes:
        commitment_id: the false one.
        token: lookup token of the person; no name.
        since: day of the decision.
        standing: `listed` while it lasts; `repaired`; `struck` where it never was to be.
        until: day of the repair or the striking.
        dseq: place of the entry in the directory; `ended_dseq` of the one that took it back.
    """

    commitment_id: UUID
    token: str
    since: date
    decision_number: str
    office: str
    articles: tuple[Mapping[str, Any], ...] = ()
    standing: CreditStanding = CreditStanding.LISTED
    until: date | None = None
    dseq: int = UNNUMBERED
    ended_dseq: int = UNNUMBERED


class CreditHistory(Protocol):
    """The list as this machine holds it; answers without a line."""

    def listings(self, token: str) -> tuple[Listing, ...]:
        """Return every period of a person, ended ones too, oldest first."""
        ...

    def seen(self) -> int:
        """Return up to which entry of the directory the list is known here; 0 for none."""
        ...


def listings(entries: Iterable[tuple[int, ListEntry]]) -> tuple[Listing, ...]:
    """Return the periods of entries with their places; the order in which they are given does not matter."""
    numbered = sorted(entries, key=lambda one: one[0])
    found: dict[UUID, Listing] = {}
    for dseq, entry in numbered:
        if entry.standing is CreditStanding.LISTED and entry.commitment_id not in found:
            found[entry.commitment_id] = Listing(
                entry.commitment_id,
                entry.token,
                entry.since,
                entry.decision_number,
                entry.office,
                entry.articles,
                dseq=dseq,
            )
    for dseq, entry in numbered:
        known = found.get(entry.commitment_id)
        if known is not None and entry.standing is not CreditStanding.LISTED:
            found[entry.commitment_id] = _ended(known, entry.standing, entry.since, dseq)
    return tuple(found.values())


def told_by(commitments: Iterable[Commitment]) -> tuple[Listing, ...]:
    """Return the periods that decisions on a person's commitments began, as the events of their cases tell it.

    A commitment that was ended or revoked as false holds against its person also where nobody listed it.
    """
    return tuple(_told(one) for one in commitments if one.tokens and (one.listed_on is not None or _stands_out(one)))


def together(*sources: Iterable[Listing]) -> tuple[Listing, ...]:
    """Return periods from several sources, each once, ended where one source knows of it."""
    found: dict[tuple[UUID, str], Listing] = {}
    for source in sources:
        for one in source:
            place = one.commitment_id, one.token
            known = found.get(place)
            if known is None:
                found[place] = one
            elif one.until is not None:
                found[place] = _ended(known, one.standing, one.until, one.ended_dseq)
    return tuple(sorted(found.values(), key=lambda one: (one.since, one.commitment_id.int)))


def refusing(known: Iterable[Listing]) -> tuple[Listing, ...]:
    """Return the periods for which a new commitment is refused now."""
    return tuple(one for one in known if one.standing is CreditStanding.LISTED)


def made_while_listed(commitment: Commitment, known: Iterable[Listing]) -> tuple[Listing, ...]:
    """Return the periods of its persons in which a commitment was made although it could not be.

    The period that it began itself does not count, nor does one for a commitment that is not in the case's
    way any more. Days are compared, and a day in doubt counts: somebody looks, and nothing is lost.
    """
    if commitment.withdrawn_on is not None or commitment.barred:
        return ()
    return tuple(one for one in known if one.token in commitment.tokens and _caught(commitment, one))


def _ended(known: Listing, standing: CreditStanding, until: date, dseq: int) -> Listing:
    if known.standing is CreditStanding.STRUCK:
        return known
    return replace(known, standing=standing, until=until, ended_dseq=dseq or known.ended_dseq)


def _caught(commitment: Commitment, listing: Listing) -> bool:
    if listing.standing is CreditStanding.STRUCK or listing.commitment_id == commitment.commitment_id:
        return False
    if commitment.latest_on < listing.since:
        return False
    if listing.until is None or commitment.latest_on < listing.until:
        return True
    # On the day of the repair only who had learnt of it could know that the person may commit again.
    knew = listing.ended_dseq != UNNUMBERED and commitment.list_seen >= listing.ended_dseq
    return commitment.latest_on == listing.until and not knew


def _stands_out(commitment: Commitment) -> bool:
    return commitment.is_false and commitment.outcome is not Outcome.CORRECTED


def _told(commitment: Commitment) -> Listing:
    return Listing(
        commitment.commitment_id,
        commitment.tokens[0],
        commitment.listed_on or commitment.decided_on or commitment.made_on,
        commitment.decision_number,
        commitment.office,
        commitment.articles,
        commitment.list_standing or CreditStanding.LISTED,
        commitment.list_ended_on,
    )
