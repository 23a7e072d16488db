"""Characters that nobody would see on paper though they change what it says: drawn as their code point, and told.

A name with a mark that turns the direction of writing, or two names that differ in a character of no width,
would look alike in print and be different in the record.
"""

import re

from window_app.documents.coverage import printable

UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Soft hyphens, fillers, marks of direction, characters of no width, variation selectors, tags."""


def is_unseen(character: str) -> bool:
    """Tell whether a character is a control or has no look of its own.

    >>> is_unseen(chr(0x202E)), is_unseen("\u4e2d"), is_unseen(" ")
    (True, False, False)
    """
    return not printable(ord(character)) or UNSEEN.match(character) is not None
