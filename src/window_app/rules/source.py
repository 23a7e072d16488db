"""Reading of parsed definitions: every mistake is reported with its file and line."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from window_app.domain.assessment import Citation, Text
from window_app.errors import DefinitionError
from window_app.rules.values import Value

Path = tuple[str | int, ...]
Where = Callable[[Path], tuple[str, int]]
"""Gives file and line of a place in a parsed file, by the keys and indices that lead to it."""

LANGUAGES = ("zh", "en")
_EVERY_LANGUAGE = frozenset(LANGUAGES)
_MAPPINGS = (dict, Mapping)
"""What a mapping is; `dict` first, as it is quicker to tell and always is one here."""
_CODE = re.compile(r"[a-z][a-z0-9_]*")


def nowhere(path: Path) -> tuple[str, int]:
    """Give a place for definitions that stand in no file; the line is always 1."""
    return ("/".join(str(part) for part in path) or "definition", 1)


class Source(NamedTuple):
    """A part of a parsed definition file that knows where it stands; a tuple, for a set has tens of thousands."""

    content: Value
    where: Where = nowhere
    path: Path = ()

    def error(self, code: str, **params: object) -> DefinitionError:
        """Return an error that names this place; to be raised."""
        file, line = self.where(self.path)
        return DefinitionError(code, file=file, line=line, **params)

    def at(self, key: str | int) -> "Source":
        """Return the part under a key or index; its content is None where there is none."""
        try:
            content = self.content[key]
        except (KeyError, IndexError, TypeError):
            content = None
        return Source(content, self.where, (*self.path, key))

    def has(self, key: str) -> bool:
        """Return whether a key is there with a value."""
        return isinstance(self.content, _MAPPINGS) and self.content.get(key) is not None

    def check_keys(self, allowed: Collection[str], required: Collection[str] = ()) -> None:
        """Raise unless this is a mapping with the required and none but the allowed keys."""
        if not isinstance(self.content, _MAPPINGS):
            raise self.error("rules.not_a_mapping", name=self.name)
        for key in self.content:
            if key not in allowed:
                place = Source(None, self.where, (*self.path, str(key)))
                raise place.error("rules.unknown_key", key=key, near=nearest(str(key), allowed))
        for key in required:
            if not self.has(key):
                raise self.error("rules.missing_key", key=key, name=self.name)

    @property
    def name(self) -> str:
        """The last key that leads here."""
        return str(self.path[-1]) if self.path else ""

    def entries(self) -> Iterator[tuple[str, "Source"]]:
        """Yield the parts of a mapping in order; nothing where there is none."""
        if self.content is None:
            return
        if not isinstance(self.content, _MAPPINGS):
            raise self.error("rules.not_a_mapping", name=self.name)
        for key in self.content:
            yield str(key), self.at(key)

    def items(self) -> Iterator["Source"]:
        """Yield the parts of a list; nothing where there is none."""
        if self.content is None:
            return
        if not isinstance(self.content, list | tuple):
            raise self.error("rules.not_a_list", name=self.name)
        for index in range(len(self.content)):
            yield self.at(index)

    def string(self) -> str:
        """Return a non-empty string."""
        if not isinstance(self.content, str) or not self.content:
            raise self.error("rules.not_a_string", name=self.name)
        return self.content

    def code(self) -> str:
        """Return a code: small letters, digits and underscores."""
        text = self.string()
        if not _CODE.fullmatch(text):
            raise self.error("rules.not_a_code", value=text)
        return text

    def one_of(self, allowed: Collection[str]) -> str:
        """Return a string out of a closed set."""
        if not isinstance(self.content, str) or self.content not in allowed:
            raise self.error("rules.not_one_of", value=self.content, allowed=", ".join(allowed))
        return self.content

    def flag(self, default: bool = False) -> bool:
        """Return true or false."""
        if self.content is None:
            return default
        if not isinstance(self.content, bool):
            raise self.error("rules.not_a_flag", name=self.name)
        return self.content

    def text(self) -> Text:
        """Return a text in every language."""
        content = self.content
        if type(content) is dict and content.keys() == _EVERY_LANGUAGE:
            zh, en = content["zh"], content["en"]
            if type(zh) is str and type(en) is str and zh and en:  # a set has thousands
                return {"zh": zh, "en": en}
        self.check_keys(LANGUAGES, LANGUAGES)
        return {language: self.at(language).string() for language in LANGUAGES}

    def optional_text(self) -> Text | None:
        """Return a text in every language, or None where there is none."""
        return None if self.content is None else self.text()

    def day(self) -> date:
        """Return a date written as YYYY-MM-DD."""
        if isinstance(self.content, date):
            return self.content
        try:
            return date.fromisoformat(str(self.content))
        except ValueError:
            raise self.error("rules.not_a_date", value=str(self.content)) from None

    def optional_day(self) -> date | None:
        """Return a date, or None where there is none."""
        return None if self.content is None else self.day()

    def basis(self) -> tuple[Citation, ...]:
        """Return a list of citations."""
        return tuple(_citation(part) for part in self.items())


def nearest(name: str, known: Collection[str]) -> str:
    """Return the known names that come closest, for "did you mean"; all of them if they are few."""
    close = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return ", ".join(close or (known if len(known) <= 12 else ()))


def build_basis(content: object, where: Where = nowhere, path: Path = ()) -> tuple[Citation, ...]:
    """Return the citations of a `basis:` list.

    Raises:
        DefinitionError: where a citation names no law or article or has a key of its own.
    """
    return Source(content, where, path).basis()


def _citation(source: Source) -> Citation:
    source.check_keys(("law", "article", "paragraph", "item", "gist", "quote", "verified"), ("law", "article"))
    content = source.content
    paragraph, item = content.get("paragraph"), content.get("item")
    if paragraph is not None and not isinstance(paragraph, int):
        raise source.at("paragraph").error("rules.not_a_number", name="paragraph")
    return Citation(
        law=source.at("law").string(),
        article=str(content["article"]),
        paragraph=paragraph,
        item=None if item is None else str(item),
        gist=source.at("gist").text() if source.has("gist") else {},
        verified=source.at("verified").flag(default=True),
    )
