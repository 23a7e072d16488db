"""What the list shows late: commitments taken at this counter from persons who were on it already."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from window_app.domain import due
from window_app.domain.commitments import Commitment
from window_app.domain.credit import Listing, made_while_listed
from window_app.domain.due import DueLink, DueOwner, OwnerKind
from window_app.domain.due_causes import LISTED
from window_app.domain.events import Actor, ActorKind, Confidentiality, NewEvent, Stream, StreamKind
from window_app.storage import due as due_rows
from window_app.storage.engine import Database

BY_DIRECTORY = Actor(ActorKind.SYSTEM, "line")
ORIGIN = "listed"


def notices(
    database: Database,
    commitments: Iterable[Commitment],
    listings: Callable[[str], tuple[Listing, ...]],
    case_of: Callable[[UUID], tuple[UUID, str]],
) -> Iterator[NewEvent]:
    """Yield what is due for each commitment that the list should have stopped; what was opened before is left out.

    It stands with the counter as a whole, since whoever took the commitment could not know.

    Args:
        database: the store, in the transaction that takes the list in.
        commitments: those of this counter of whose persons anybody is or was listed.
        listings: the periods of a token.
        case_of: returns visit and office of a case.
    """
    for commitment in commitments:
        known = [one for token in commitment.tokens for one in listings(token)]
        for listing in made_while_listed(commitment, known):
            stream = Stream(StreamKind.CASE, commitment.case_id)
            origin = f"{commitment.commitment_id} {listing.commitment_id}"
            due_id = due.due_id_for(stream, ORIGIN, origin)
            if due_rows.find(database, due_id) is not None:
                continue
            visit_id, office = case_of(commitment.case_id)
            yield due.opened(
                DueLink(stream, commitment.case_id, visit_id),
                due_id,
                LISTED,
                ORIGIN,
                DueOwner(OwnerKind.COUNTER, "", commitment.station_id),
                None,
                confidentiality=Confidentiality.RESTRICTED,
                readers=(office,) if office else (),
            )
