"""Initials of names as clerks type them: every reading of a character counts, surnames read as surnames."""

from functools import cache
from itertools import islice, product

MOST_READINGS = 8
MOST_LETTERS = 8

# Readings that a character has only as a surname; general dictionaries put another one first.
SURNAMES = {
    "万俟": "mq",
    "尉迟": "yc",
    "长孙": "zs",
    "单于": "cy",
    "澹台": "tt",
    "单": "s",
    "曾": "z",
    "解": "x",
    "仇": "q",
    "查": "z",
    "区": "o",
    "繁": "p",
    "召": "s",
    "秘": "b",
    "乐": "y",
    "翟": "z",
    "种": "c",
    "重": "c",
    "折": "s",
    "覃": "qt",
    "谌": "cs",
    "郇": "xh",
    "句": "g",
    "祭": "z",
    "隗": "wk",
}


@cache
def letters_of(character: str) -> str:
    """Return the initials of all readings of a character, the usual one first; "" where it has none."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    return _dictionary_letters(character)


def _dictionary_letters(character: str) -> str:
    # Read only when the first Chinese name is indexed or sought: the dictionary takes its time.
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    letters = (reading for reading in (readings[0] if readings else ()) if reading.isascii() and reading.isalpha())
    return "".join(dict.fromkeys(letters))


def initials(name: str) -> tuple[str, ...]:
    """Return the initials a name can be typed by, at most `MOST_READINGS` of them.

    >>> initials("单田芳")[0]
    'stf'
    """
    choices = [*_surname(name)]
    choices.extend(letters_of(character) for character in name[len(choices) : MOST_LETTERS])
    choices = [letters for letters in choices if letters]
    if not choices:
        return ()
    return tuple("".join(letters) for letters in islice(product(*choices), MOST_READINGS))


def _surname(name: str) -> list[str]:
    double = SURNAMES.get(name[:2])
    if len(name) > 2 and double is not None:
        return list(double)
    if not name:
        return []
    single = SURNAMES.get(name[0], "")
    return ["".join(dict.fromkeys(single + letters_of(name[0])))]
