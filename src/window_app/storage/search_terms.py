"""Search terms: what of a case is indexed, and how a typed text asks for it.

Names are indexed as pairs of neighbouring characters, since most Chinese names have two or three
and no index of threes finds those. One character alone asks for a name's beginning.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from window_app.domain.fold import Party
from window_app.domain.receipt_numbers import ALPHABET, plain
from window_app.domain.tokens import normalised_number
from window_app.storage.pinyin import MOST_LETTERS, initials

# Marks that keep kinds of terms apart; a name holds neither, as all punctuation is left out of it.
INITIALS = "§"
PHONE = "¶"
NUMBER = "†"
IDENTITY = "‡"

_PHONE_TAILS = range(4, 12)
_NUMBER_TAILS = (3, 4, 5, 6, 7)
_IDENTITY_TAILS = (4, 5, 6, 8)
_LEFT_OUT = frozenset({"Po", "Pd", "Ps", "Pe", "Pi", "Pf", "Pc", "Zs", "Zl", "Zp", "Cc", "Cf", "Sm", "Sk"})


def normalised_name(name: str) -> str:
    """Return a name as it is compared: narrow, small letters, without spaces, dots and punctuation."""
    narrow = unicodedata.normalize("NFKC", name).casefold()
    if narrow.isalnum():
        return narrow
    return "".join(sign for sign in narrow if unicodedata.category(sign) not in _LEFT_OUT)


def terms_of(parties: Iterable[Party], number_key: str) -> str:
    """Return the terms of a case, parted by spaces; phrases of them are what a query looks for."""
    terms: list[str] = []
    for party in parties:
        terms.extend(_terms_of_name(party.name))
        terms.extend(PHONE + tail for tail in _tails(digits(party.phone), _PHONE_TAILS))
    terms.extend(NUMBER + tail for tail in _tails(number_key, _NUMBER_TAILS))
    return " ".join(terms)


def party_terms(name: str, number: str, phone: str) -> str:
    """Return the terms of a person or an employer: of its name, its phone and its number, whole and the ends of it."""
    terms = list(_terms_of_name(name))
    terms.extend(PHONE + tail for tail in _tails(digits(phone), _PHONE_TAILS))
    terms.extend(IDENTITY + tail for tail in _identity_tails(number))
    return " ".join(terms)


def party_phrases(text: str) -> list[list[str]]:
    """Return what must be found of a person or an employer, as `phrases_for` does of a case."""
    words = ([*_word_phrases(word), *_identity_phrases(word)] for word in unicodedata.normalize("NFKC", text).split())
    return [phrases for phrases in words if phrases]


def phrases_for(text: str) -> list[list[str]]:
    """Return what must be found: for every word typed, the phrases of which one must occur."""
    words = (_word_phrases(word) for word in unicodedata.normalize("NFKC", text).split())
    return [phrases for phrases in words if phrases]


def match_expression(wanted: list[list[str]]) -> str:
    """Return the full-text expression for wanted phrases."""
    return " AND ".join("(" + " OR ".join(f'"{phrase}"' for phrase in phrases) + ")" for phrases in wanted)


def matches(terms: str, wanted: list[list[str]]) -> bool:
    """Return whether terms hold, for every word, one of its phrases: as the index would answer."""
    padded = f" {terms} "
    return all(any(f" {phrase} " in padded for phrase in phrases) for phrases in wanted)


@lru_cache(maxsize=4096)
def _terms_of_name(written: str) -> tuple[str, ...]:
    """Return a name's own terms; the same employers come again and again."""
    name = normalised_name(written)
    return (*name_terms(name), *(INITIALS + start for start in _starts(initials(name))))


def name_terms(name: str) -> list[str]:
    """Return the terms of a normalised name: its first character, and every two that stand side by side."""
    if not name:
        return []
    return [name[0], *(name[at : at + 2] for at in range(len(name) - 1))]


def _starts(readings: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(reading[:length] for reading in readings for length in range(1, len(reading) + 1)))


def _tails(text: str, lengths: Iterable[int]) -> list[str]:
    return [text[-length:] for length in lengths if len(text) >= length]


def _identity_tails(number: str) -> list[str]:
    return [number, *_tails(number, (size for size in _IDENTITY_TAILS if size < len(number)))] if number else []


def _identity_phrases(word: str) -> list[str]:
    written = normalised_number(word)
    sought = len(written) in _IDENTITY_TAILS or len(written) > max(_IDENTITY_TAILS)
    return [IDENTITY + written] if sought and written.isascii() and any(sign.isdigit() for sign in written) else []


def digits(text: str) -> str:
    """Return the digits of a text, wide ones narrow."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign in "0123456789")


def _word_phrases(word: str) -> list[str]:
    name = normalised_name(word)
    if not name:
        return []
    phrases = [" ".join(name_terms(name)[1:])] if len(name) > 1 else [name]
    if name.isascii() and name.isalpha() and len(name) <= MOST_LETTERS:
        phrases.append(INITIALS + name)
    called = digits(word)
    if called == name and len(called) in _PHONE_TAILS:
        phrases.append(PHONE + called)
    tail = plain(word)
    if len(tail) in _NUMBER_TAILS and all(sign in ALPHABET for sign in tail):
        phrases.append(NUMBER + tail)
    return phrases
