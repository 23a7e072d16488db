"""Gathering the QR codes of an enrolment, in any order, until it is whole."""

from window_app.domain.enrolment_pieces import join, read_piece
from window_app.services.setup import EnrolmentInvalid


class EnrolmentPieces:
    """What has been scanned so far of one enrolment."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._parts: dict[int, str] = {}
        self._whole = ""
        self.of = 0

    @property
    def have(self) -> int:
        """Return how many pieces are here."""
        return len(self._parts)

    @property
    def missing(self) -> tuple[int, ...]:
        """Return the numbers of the pieces that are not here; empty also before the first."""
        return tuple(number for number in range(1, self.of + 1) if number not in self._parts)

    @property
    def complete(self) -> bool:
        """Answer whether all pieces are here."""
        return self.of > 0 and self.have == self.of

    def add(self, text: str) -> bool:
        """Take what was scanned in; True where it was new.

        Raises:
            EnrolmentInvalid: `setup.piece_invalid` for anything else or a misread piece;
                `setup.piece_other` for a piece of another enrolment. What is here stays.
        """
        piece = read_piece(text)
        if piece is None:
            raise EnrolmentInvalid("setup.piece_invalid")
        if self.of and (piece.whole, piece.count) != (self._whole, self.of):
            raise EnrolmentInvalid("setup.piece_other")
        self._whole, self.of = piece.whole, piece.count
        fresh = piece.number not in self._parts
        self._parts[piece.number] = piece.part
        return fresh

    def content(self) -> bytes:
        """Return the enrolment file.

        Raises:
            EnrolmentInvalid: `setup.pieces_missing`; or the pieces do not make an enrolment.
        """
        if not self.complete:
            raise EnrolmentInvalid("setup.pieces_missing", missing="、".join(map(str, self.missing)))
        try:
            return join([self._parts[number] for number in range(1, self.of + 1)], self._whole)
        except ValueError:
            raise EnrolmentInvalid("setup.piece_invalid") from None
