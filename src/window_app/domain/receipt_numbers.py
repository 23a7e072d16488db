"""Receipt numbers: final and unique while offline, safe to read aloud and to type.

440305-A1C2-261121-0012-7KX
district, issue code, day drawn, serial of that day, two random and one check character
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date

from window_app.errors import WindowAppError

ALPHABET = "0123456789ABCDEFGHJKMNPQRTVWXY"
PRACTICE_DISTRICT = "000000"
LENGTH = 23
MOST_SERIAL = 9999

_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_BETWEEN = re.compile(r"[\s\-‐‑‒–—―−﹣_·.]+")
_SOUND = re.compile(r"[0-9]{6}-?[0-9A-HJKMNP-Z]{4}-?[0-9]{6}-?[0-9]{4}-?[0-9A-HJKMNP-Z]{3}")
"""A number as the program writes it: nothing that looks like a digit."""
_WRITTEN = re.compile(r"\d{6}-?[0-9A-Z]{4}-?\d{6}-?\d{4}-?[0-9A-Z]{3}")


class ReceiptNumberInvalid(WindowAppError):
    """The text is no receipt number; the code says why."""

    code = "number.invalid"


@dataclass(frozen=True, slots=True)
class ReceiptNumber:
    """A receipt number, taken apart.

    Attributes:
        drawn_on: the legal date on which the number was drawn.
        mark: two random characters, so that two machines cloned from one disk seldom agree.
    """

    district: str
    issue_code: str
    drawn_on: date
    serial: int
    mark: str

    def __post_init__(self) -> None:
        if not 1 <= self.serial <= MOST_SERIAL:
            raise ReceiptNumberInvalid("number.serial_used_up", serial=self.serial)
        if not re.fullmatch(r"[0-9]{6}", self.district):
            raise ReceiptNumberInvalid("number.district")
        for part, length in ((self.issue_code, 4), (self.mark, 2)):
            if len(part) != length or any(character not in _VALUES for character in part):
                raise ReceiptNumberInvalid("number.character")

    @property
    def compact(self) -> str:
        """Return the number without hyphens: the form that is compared and indexed."""
        payload = f"{self.district}{self.issue_code}{self.drawn_on:%y%m%d}{self.serial:04d}{self.mark}"
        return payload + check_character(payload)

    @property
    def practice(self) -> bool:
        """Return whether the number is of a practice hall and worth nothing."""
        return self.district == PRACTICE_DISTRICT

    def __str__(self) -> str:
        return grouped(self.compact)


def check_character(payload: str) -> str:
    """Return the check character of ISO 7064's hybrid system MOD 31,30.

    Every single wrong character is found. Adjacent characters that changed places are found
    except for one pair in each position of the running remainder, as the standard says.

    Raises:
        KeyError: where a character is not of the alphabet.
    """
    size = len(ALPHABET)
    running = size
    for character in payload:
        running = ((running + _VALUES[character]) % size or size) * 2 % (size + 1)
    return ALPHABET[(1 - running) % size]


def draw(district: str, issue_code: str, day: date, serial: int) -> ReceiptNumber:
    """Return the number for a serial of a day, with two fresh random characters.

    Raises:
        ReceiptNumberInvalid: where the serials of the day are used up, or a part is not of the alphabet.
    """
    mark = "".join(secrets.choice(ALPHABET) for _ in range(2))
    return ReceiptNumber(district, issue_code, day, serial, mark)


def parse(text: str) -> ReceiptNumber:
    """Read a number however it was typed: any case, spaces, hyphens, full width, look-alikes.

    Raises:
        ReceiptNumberInvalid: number.length, number.character, number.check or number.day.
    """
    compact = plain(text)
    if len(compact) != LENGTH:
        raise ReceiptNumberInvalid("number.length", length=len(compact), expected=LENGTH)
    if any(character not in _VALUES for character in compact):
        raise ReceiptNumberInvalid("number.character")
    if check_character(compact[:-1]) != compact[-1]:
        raise ReceiptNumberInvalid("number.check")
    if not (compact[:6] + compact[10:20]).isdigit():
        raise ReceiptNumberInvalid("number.character")
    return ReceiptNumber(compact[:6], compact[6:10], _day(compact[10:16]), int(compact[16:20]), compact[20:22])


def find_in(text: str) -> ReceiptNumber | None:
    """Return the first valid number that stands in a longer text, such as that of a QR code."""
    for found in _WRITTEN.finditer(unicodedata.normalize("NFKC", text).upper()):
        try:
            return parse(found.group())
        except ReceiptNumberInvalid:
            continue
    return None


def plain(text: str) -> str:
    """Return typed text in the alphabet of the numbers, without separators; checks nothing.

    >>> plain("４４０３０５ o1il")
    '4403050111'
    """
    if _SOUND.fullmatch(text):
        return text.replace("-", "")
    narrow = unicodedata.normalize("NFKC", text).upper()
    return _BETWEEN.sub("", narrow).translate(_LOOK_ALIKES)


def grouped(compact: str) -> str:
    """Return a compact number in the groups in which people read it."""
    return "-".join((compact[:6], compact[6:10], compact[10:16], compact[16:20], compact[20:]))


def _day(yymmdd: str) -> date:
    try:
        return date(2000 + int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:]))
    except ValueError:
        raise ReceiptNumberInvalid("number.day") from None
