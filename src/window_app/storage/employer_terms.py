"""Search terms of employers: what of an entry is indexed, and how a typed text asks for it.

A name is indexed as pairs of neighbouring characters, like the parties of a case. Its initials are
indexed as threes in every reading, so that they are found from any place in the name: who looks for
上海鑫盛餐饮 types xscy as well as shxscy. Longer initials are found by all of their threes.
"""

import unicodedata
from functools import lru_cache
from itertools import product

from window_app.storage.pinyin import letters_of
from window_app.storage.search_terms import IDENTITY, INITIALS, name_terms, normalised_name

_LONGEST = 24
_CODE_ENDS = (4, 6, 8)
_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "个体工商户", "分公司")
_STARTS = (1, 2)


def employer_terms(name: str, uscc: str) -> str:
    """Return the terms of an entry, parted by spaces."""
    terms = [*_terms_of(name), *(IDENTITY + uscc[-size:] for size in _CODE_ENDS if uscc)]
    return " ".join(terms)


def employer_match(text: str) -> str:
    """Return the full-text expression for a typed text: each word in one of the ways it can be meant; "" for none."""
    words = (_ways_of(word) for word in unicodedata.normalize("NFKC", text).split())
    return " AND ".join("(" + " OR ".join(ways) + ")" for ways in words if ways)


@lru_cache(maxsize=65536)
def _terms_of(written: str) -> tuple[str, ...]:
    name = normalised_name(written)
    letters = _letters(name)
    starts = (reading[:size] for reading in _combined(letters[:2]) for size in _STARTS)
    threes = (three for at in range(len(letters) - 2) for three in _combined(letters[at : at + 3]))
    return (*name_terms(name), *dict.fromkeys(INITIALS + start for start in (*starts, *threes)))


def _letters(name: str) -> list[str]:
    """Return the initials of each character of a name without its legal form, of its two usual readings."""
    for form in _FORMS:
        name = name.replace(form, "")
    return [letters[:2] for letters in map(letters_of, name[:_LONGEST]) if letters]


def _combined(letters: list[str]) -> list[str]:
    return ["".join(one) for one in product(*letters)]


def _ways_of(word: str) -> list[str]:
    name = normalised_name(word)
    if not name:
        return []
    ways = [_quoted(" ".join(name_terms(name)[1:]) if len(name) > 1 else name)]
    if name.isascii() and name.isalpha():
        pieces = [name] if len(name) < 3 else [name[at : at + 3] for at in range(len(name) - 2)]
        ways.append("(" + " AND ".join(_quoted(INITIALS + piece) for piece in pieces) + ")")
    code = name.upper()
    if len(code) in _CODE_ENDS and code.isascii() and code.isalnum():
        ways.append(_quoted(IDENTITY + code))
    return ways


def _quoted(phrase: str) -> str:
    return f'"{phrase}"'
