"""Calls of the protocol that are about pieces of attachments."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString
from uuid import UUID

from window_app.domain.attachments import HandingState, PieceAnswer
from window_app.sync.refusals import check

_STATES: LiteralString = "SELECT code, known, standings FROM sync_v1.attachment_states(%b, %b::bytea[])"
_HELD: LiteralString = "SELECT code, numbers FROM sync_v1.held_pieces(%b, %b)"
_PUT: LiteralString = "SELECT code FROM sync_v1.put_piece(%b, %b, %b::integer, %b)"
_GET: LiteralString = "SELECT code, content FROM sync_v1.get_piece(%b, %b, %b, %b::integer, %b::text, %b::text)"


class PieceCalls(ABC):
    """The half of the centre that implements `domain.attachments.PieceCentre`."""

    @abstractmethod
    def _in_session(self, call: LiteralString, *params: object) -> tuple[Any, ...]:
        """Call within a session and return the one row that a function answers."""

    def attachment_states(self, digests: Sequence[str]) -> Mapping[str, HandingState]:
        """Return how far the centre is with own attachments; those of events that it does not hold are left out.

        Raises:
            LineDown, StationRefused, ClientTooOld.
        """
        code, known, standings = self._in_session(_STATES, [bytes.fromhex(one) for one in digests])
        check(code)
        named = zip(known or (), standings or (), strict=True)
        return {one.hex(): HandingState(standing) for one, standing in named}

    def held_pieces(self, digest: str) -> tuple[int, ...]:
        """Return the numbers of the pieces of an own attachment that the centre holds.

        Raises:
            LineDown, StationRefused, ClientTooOld.
        """
        code, numbers = self._in_session(_HELD, bytes.fromhex(digest))
        check(code)
        return tuple(numbers or ())

    def put_piece(self, digest: str, number: int, content: bytes) -> PieceAnswer:
        """Hand in a piece of an own attachment; any number of times with the effect of one.

        Raises:
            LineDown, StationRefused, ClientTooOld.
        """
        (code,) = self._in_session(_PUT, bytes.fromhex(digest), number, content)
        if code not in set(PieceAnswer):
            check(code)
        return PieceAnswer(code)

    def get_piece(self, case_id: UUID, digest: str, number: int, clerk: str, reason: str) -> bytes | None:
        """Return a piece of an attachment whose event's body this station may read; recorded at the centre.

        Raises:
            LineDown, StationRefused, ClientTooOld.
        """
        code, content = self._in_session(_GET, case_id, bytes.fromhex(digest), number, clerk, reason)
        check(code)
        found: bytes | None = content
        return found
