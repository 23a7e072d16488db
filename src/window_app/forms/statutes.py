"""The library of statute texts that a bureau installs; none of them is part of this program."""

import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from window_app.domain.events import canonical_bytes, digest
from window_app.errors import WindowAppError
from window_app.forms.statute_text import (
    Article,
    Paragraph,
    StatuteText,
    parse_statute,
    plain,
    read_article_number,
)

_FORMAT = 1
_SUFFIXES = (".md", ".txt")
_STATE_PREFIX = "中华人民共和国"
_EXCERPT_NOTE = re.compile(r"[（(]\s*节录.*")


class StatuteFolderEmpty(WindowAppError):
    """The folder to import holds no law that could be read."""

    code = "statutes.folder_empty"


@dataclass(frozen=True, slots=True)
class StatuteTitles:
    """How laws are called: short titles of citations by every name they go by.

    Attributes:
        places: the place where a local statute binds, by its short title; national ones are not in it.
    """

    by_name: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, mapping: Mapping[str, Any] | None) -> "StatuteTitles":
        """Return the table of a parsed `statutes.yaml`; an empty one for None."""
        names: dict[str, str] = {}
        entries = (mapping or {}).get("statutes", {})
        for short, entry in entries.items():
            for name in (short, *entry["titles"], *entry.get("aliases", ())):
                names[_folded(name)] = short
        return cls(names, {short: entry["place"] for short, entry in entries.items() if "place" in entry})

    def short(self, title: str) -> str:
        """Return the short title of a law: the table's, else the title without the state's name."""
        known = self.by_name.get(_folded(title))
        if known is not None:
            return known
        bare = _EXCERPT_NOTE.sub("", title.strip().strip("《》")).strip()
        return bare.removeprefix(_STATE_PREFIX) or bare


def _folded(title: str) -> str:
    return plain(_EXCERPT_NOTE.sub("", title)).removeprefix(_STATE_PREFIX)


@dataclass(frozen=True, slots=True)
class Statute:
    """An installed law."""

    law: str
    title: str
    articles: Mapping[str, Article]
    preamble: tuple[str, ...]
    excerpt: bool
    text_digest: str


@dataclass(frozen=True, slots=True)
class ImportedStatute:
    """A law that was taken in: short title, full title, number of articles, excerpt or whole."""

    file: str
    law: str
    title: str
    articles: int
    excerpt: bool


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that was not taken in; `code` says why."""

    file: str
    code: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of each file of the folder."""

    imported: tuple[ImportedStatute, ...]
    skipped: tuple[SkippedFile, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """An article that holds the words sought, with the place where the first of them stands."""

    article: Article
    excerpt: str


class StatuteLibrary:
    """The laws installed under a folder of the data directory, a JSON file each."""

    def __init__(self, directory: Path, titles: StatuteTitles | None = None) -> None:
        """Open the library; the folder is made by the first import."""
        self._directory = directory
        self._titles = titles or StatuteTitles({})

    def import_folder(self, folder: Path) -> ImportReport:
        """Take in every markdown or text file of a folder, one law a file; a law known is replaced.

        Raises:
            StatuteFolderEmpty: where not one law could be read.
            OSError: where the folder cannot be read or the library not be written.
        """
        paths = (path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix.lower() in _SUFFIXES)
        outcomes = [self._import_file(path) for path in paths]
        imported = tuple(outcome for outcome in outcomes if isinstance(outcome, ImportedStatute))
        if not imported:
            raise StatuteFolderEmpty(folder=folder.name)
        for cached in ("_statutes", "_searchable"):
            self.__dict__.pop(cached, None)
        return ImportReport(imported, tuple(outcome for outcome in outcomes if isinstance(outcome, SkippedFile)))

    def laws(self) -> tuple[Statute, ...]:
        """Return the installed laws by short title."""
        return tuple(self._statutes[law] for law in sorted(self._statutes))

    def statute(self, law: str) -> Statute | None:
        """Return a law by any name it goes by, None where its text is not installed."""
        return self._statutes.get(self._titles.short(law))

    def article(self, law: str, article: str) -> Article | None:
        """Return an article; its number may be written `27`, `120-1`, `第一百二十条之一`."""
        statute = self.statute(law)
        return None if statute is None else statute.articles.get(read_article_number(article))

    def find(self, text: str, limit: int = 50) -> tuple[Finding, ...]:
        """Return articles that hold all words of a text (separated by spaces), by law and number."""
        words = [plain(word) for word in text.split()]
        words = [word for word in words if word]
        return tuple(islice(self._findings(words), limit)) if words else ()

    def _findings(self, words: list[str]) -> Iterator[Finding]:
        for article, text in self._searchable:
            if all(word in text for word in words):
                yield Finding(article, _around(article.text, words[0]))

    def _import_file(self, path: Path) -> ImportedStatute | SkippedFile:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            return SkippedFile(path.name, "statutes.not_utf8")
        parsed = parse_statute(text, path.stem)
        if not parsed.articles:
            return SkippedFile(path.name, "statutes.no_articles")
        law = self._titles.short(parsed.title)
        self._keep(law, parsed, digest(text.encode("utf-8")))
        return ImportedStatute(path.name, law, parsed.title, len(parsed.articles), parsed.excerpt)

    def _keep(self, law: str, parsed: StatuteText, text_digest: str) -> None:
        content = {"format": _FORMAT, "law": law, "digest": text_digest, **asdict(parsed)}
        self._directory.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._directory, suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(canonical_bytes(content))
            part.replace(self._directory / f"{digest(law.encode('utf-8'))[:24]}.json")
        finally:
            part.unlink(missing_ok=True)

    @cached_property
    def _searchable(self) -> tuple[tuple[Article, str], ...]:
        articles = (article for statute in self.laws() for article in statute.articles.values())
        return tuple((article, plain(article.text)) for article in articles)

    @cached_property
    def _statutes(self) -> Mapping[str, Statute]:
        files = sorted(self._directory.glob("*.json")) if self._directory.is_dir() else []
        statutes = (_read_statute(path) for path in files)
        return {statute.law: statute for statute in statutes if statute is not None}


def _read_statute(path: Path) -> Statute | None:
    """Return a kept law; None for a damaged file, which the next import replaces."""
    try:
        content = json.loads(path.read_bytes())
        law = content["law"]
        articles = [replace(_read_article(each), law=law) for each in content["articles"]]
        return Statute(
            law,
            content["title"],
            {article.number: article for article in articles},
            tuple(content["preamble"]),
            content["excerpt"],
            content["digest"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read_article(content: Mapping[str, Any]) -> Article:
    paragraphs: Iterable[Mapping[str, Any]] = content["paragraphs"]
    return Article(
        law="",
        number=content["number"],
        heading=content["heading"],
        paragraphs=tuple(
            Paragraph(each["text"], tuple((number, text) for number, text in each["items"])) for each in paragraphs
        ),
        remark=content["remark"],
    )


def _around(text: str, word: str, width: int = 30) -> str:
    place = text.find(word)
    if place < 0:
        return text[: 2 * width]
    start, end = max(0, place - width), min(len(text), place + len(word) + width)
    return ("…" if start else "") + text[start:end].replace("\n", " ") + ("…" if end < len(text) else "")
