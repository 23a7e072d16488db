"""Regions and industries by code: found by the code, by pinyin initials or by characters.

Regions are the divisions of GB/T 2260 down to counties, as the list that comes with python-stdnum
has them (from 中华人民共和国行政区划代码, with the years of their validity; only what is valid
still). Industries are the sections and divisions of GB/T 4754-2017.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

_LINE = re.compile(r'( ?)\s*([0-9]{2,4})\s+(?:province|county)="([^"]*)"')
_NAMED = re.compile(r"(?:\[([0-9]*)-?([0-9]*)\])?([^,\[]+)")
_NO_PLACE = frozenset({"市辖区", "市区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_OFFICIAL = {"香港特別行政區": "香港特别行政区", "澳門特別行政區": "澳门特别行政区"}
_INDUSTRIES = "industries.tsv"
_CHANGES = "regions-since.tsv"
_REGION = 6

Initials = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """An entry of a list: its code, its name, and the names of what it lies in, from the top."""

    code: str
    name: str
    path: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return a region with what it lies in, as people write it; an industry by its name alone."""
        return "".join((*self.path, self.name)) if len(self.code) == _REGION else self.name


class CodeList:
    """A list of codes that is looked through as one types; a few thousand entries, in memory."""

    def __init__(self, entries: Sequence[CodeEntry], initials: Initials) -> None:
        """Take the entries and what tells the pinyin initials of a name."""
        self._entries = tuple(entries)
        self._by_code = {entry.code: entry for entry in self._entries}
        self._letters = [(entry, *_letters(entry, initials)) for entry in self._entries]

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, code: str) -> CodeEntry | None:
        """Return the entry with a code."""
        return self._by_code.get(code)

    def title(self, value: str) -> str:
        """Return what a stored value says: the title of its code, or the text itself where it is none."""
        entry = self._by_code.get(value)
        return value if entry is None else entry.title

    def read(self, text: str) -> str:
        """Return what is stored for a typed text: the code it is, or is the title of; else the text."""
        wanted = text.strip()
        if wanted in self._by_code:
            return wanted
        found = [entry.code for entry in self._entries if wanted in (entry.title, entry.name)]
        return found[0] if len(found) == 1 else wanted

    def find(self, text: str, limit: int = 8, near: str = "") -> tuple[CodeEntry, ...]:
        """Return entries whose code or name or initials are typed, those that begin so first.

        `near` is a code, whose province and prefecture go first among equals.
        """
        wanted = "".join(text.split()).lower()
        if not wanted:
            return ()
        ranked = ((rank, entry) for entry, *letters in self._letters if (rank := _rank(entry, wanted, *letters)))
        best = sorted(ranked, key=lambda one: (one[0], _away(one[1].code, near), one[1].code))
        return tuple(entry for _, entry in best[:limit])


@dataclass(frozen=True, slots=True)
class Choices:
    """A list as one station looks it through: what lies near it goes first."""

    entries: CodeList
    near: str = ""

    def find(self, text: str) -> tuple[CodeEntry, ...]:
        """Return what a typed text may mean, best first."""
        return self.entries.find(text, near=self.near)

    def title(self, value: str) -> str:
        """Return what a stored value says."""
        return self.entries.title(value)

    def read(self, text: str) -> str:
        """Return what is stored for a typed text."""
        return self.entries.read(text)


class CodeLists:
    """The lists of a desk, each read when it is first asked for."""

    def __init__(self, folder: Path, initials: Initials) -> None:
        """Take the folder of resources and what tells the pinyin initials of a name."""
        self._folder = folder
        self._initials = initials

    def warm(self) -> None:
        """Read both lists, so that nobody waits for them later."""
        _ = self.regions, self.industries

    @cached_property
    def regions(self) -> CodeList:
        """Return provinces, prefectures and counties."""
        since = dict(_pairs(self._folder / _CHANGES))
        return CodeList(tuple(_with_changes(_regions(), since)), self._initials)

    @cached_property
    def industries(self) -> CodeList:
        """Return the sections of industry and their divisions."""
        return CodeList(tuple(_industries(self._folder / _INDUSTRIES)), self._initials)

    def of(self, kind: str, near: str = "") -> Choices | None:
        """Return the list that fields of a type take their values from; None for other types."""
        if kind == "region":
            return Choices(self.regions, near)
        return Choices(self.industries) if kind == "industry" else None


def _letters(entry: CodeEntry, initials: Initials) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the initials by which an entry goes, alone and with what it lies in; and those of rarer readings."""
    own = tuple(initials(entry.name)) or ("",)
    above = "".join(next(iter(initials(name)), "") for name in entry.path)
    short = "".join(next(iter(initials(name[:2])), "") for name in entry.path)
    return (own[0], above + own[0], short + own[0]), own[1:]


def _rank(entry: CodeEntry, wanted: str, letters: tuple[str, ...], rarer: tuple[str, ...]) -> int:
    """Return how well an entry fits, 1 best; 0 where it does not."""
    if entry.code.lower() == wanted or entry.name == wanted:
        return 1
    if entry.code.lower().startswith(wanted) or entry.name.startswith(wanted):
        return 2
    if wanted.isascii():
        return _rank_of_letters(wanted, letters, rarer)
    if entry.title.startswith(wanted):
        return 4
    return 5 if wanted in entry.name or _in_order(wanted, entry) else 0


def _rank_of_letters(wanted: str, letters: tuple[str, ...], rarer: tuple[str, ...]) -> int:
    if wanted in letters:
        return 3
    if any(one.startswith(wanted) for one in letters):
        return 4
    return 6 if any(one.startswith(wanted) for one in rarer) else 0


def _away(code: str, near: str) -> int:
    """Return how far a region is from another: 0 in the same prefecture, 1 in the same province, else 2."""
    if len(near) != _REGION or near == "000000":
        return 0
    return 0 if code[:4] == near[:4] else 1 if code[:2] == near[:2] else 2


def _in_order(wanted: str, entry: CodeEntry) -> bool:
    """Answer whether the typed characters stand in the title one after the other, such as 上海徐汇."""
    rest = iter(entry.title)
    return all(sign in rest for sign in wanted) and wanted[-1] in entry.name


def _regions() -> Iterator[CodeEntry]:
    province, prefecture = CodeEntry("", ""), CodeEntry("", "")
    for line in (files("stdnum.cn") / "loc.dat").read_text("utf-8").splitlines():
        found = _LINE.fullmatch(line)
        name = "" if found is None else _valid(found[3])
        if found is None or not name or name in _NO_PLACE:
            continue
        if not found[1]:
            province = CodeEntry(f"{found[2]}0000", name)
            prefecture = CodeEntry("", "")
            yield province
            continue
        code = province.code[:2] + found[2]
        if code == province.code:
            continue
        if code.endswith("00"):
            prefecture = CodeEntry(code, name, (province.name,))
            yield prefecture
        else:
            above = (*prefecture.path, prefecture.name) if prefecture.code[:4] == code[:4] else (province.name,)
            yield CodeEntry(code, name, above)


def _valid(written: str) -> str:
    """Return the name that is valid still, "" where none is."""
    for found in _NAMED.finditer(written):
        if not found[2]:
            name = found[3].strip()
            return _OFFICIAL.get(name, name)
    return ""


def _with_changes(entries: Iterator[CodeEntry], since: Mapping[str, str]) -> Iterator[CodeEntry]:
    """Yield entries with those that were made since the list was drawn up; one without a name is no more."""
    above: dict[str, tuple[str, ...]] = {}
    known: set[str] = set()
    for entry in entries:
        above[entry.code] = (*entry.path, entry.name)
        known.add(entry.code)
        name = since.get(entry.code, entry.name)
        if name:
            yield CodeEntry(entry.code, name, entry.path)
    for code, name in since.items():
        if code not in known and name:
            yield CodeEntry(code, name, above.get(f"{code[:4]}00", above.get(f"{code[:2]}0000", ())))


def _industries(path: Path) -> Iterator[CodeEntry]:
    section = CodeEntry("", "")
    for code, name in _pairs(path):
        if code.isalpha():
            section = CodeEntry(code, name)
            yield section
        else:
            yield CodeEntry(code, name, (section.name,))


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, name = line.partition("\t")
            yield code, name.strip()
