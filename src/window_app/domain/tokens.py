"""Lookup tokens: how stations recognise the same person or employer without reading who it is."""

import hashlib
import hmac
import unicodedata

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def normalised_number(number: str) -> str:
    """Return an identity number as all stations write it.

    Full-width forms become narrow, letters large; spaces and hyphens go; a resident number of
    the first generation (15 digits) becomes the 18 digits that the same person has now.

    >>> normalised_number("１１０１０５ 491231 002")
    '11010519491231002X'
    """
    kept = "".join(sign for sign in unicodedata.normalize("NFKC", number).upper() if sign.isalnum())
    if len(kept) == 15 and kept.isascii() and kept.isdigit():
        body = kept[:6] + "19" + kept[6:]
        total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
        return body + _CHECKS[total % 11]
    return kept


def lookup_token(district_key: bytes, kind: str, number: str) -> str:
    """Return the keyed token (HMAC-SHA256, hex) of an identity number.

    The key is the district's: outside it nobody can try numbers out against the feed. `kind`
    ("person", "employer") keeps equal numbers of different registers apart.

    Raises:
        ValueError: where the number is empty or the key is shorter than 32 bytes.
    """
    wanted = normalised_number(number)
    if not wanted:
        raise ValueError("an empty number has no token")
    if len(district_key) < 32:
        raise ValueError("the district key has 32 bytes")
    return hmac.new(district_key, f"{kind}\n{wanted}".encode(), hashlib.sha256).hexdigest()
