"""Numbers of guidance slips: the visit's own, never mistaken for a receipt number."""

import hashlib
from datetime import date
from uuid import UUID

from window_app.domain.receipt_numbers import ALPHABET, check_character

PREFIX = "ZY"
_LENGTH = 10


def slip_number(visit_id: UUID, day: date) -> str:
    """Return the number of a visit's slip: prefix, day, ten characters of the visit, check character.

    `Z` is not in the alphabet of receipt numbers, so neither reads as the other. No serial is
    used up, since nothing was received.
    """
    rest = int.from_bytes(hashlib.sha256(visit_id.bytes).digest()[:16], "big")
    characters = []
    for _ in range(_LENGTH):
        rest, place = divmod(rest, len(ALPHABET))
        characters.append(ALPHABET[place])
    payload = f"{day:%y%m%d}{''.join(characters)}"
    return f"{PREFIX}-{payload[:6]}-{payload[6:11]}-{payload[11:]}{check_character(payload)}"
