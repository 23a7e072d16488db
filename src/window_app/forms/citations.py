"""Checking what the definitions cite against the statute texts that are installed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from window_app.domain.assessment import Citation
from window_app.forms.definitions import read_citation
from window_app.forms.statute_text import Article, plain, read_number
from window_app.forms.statutes import Statute, StatuteLibrary
from window_app.yamlio import YamlDocument

NOT_INSTALLED = "citation.text_not_installed"
_ELLIPSES = ("……", "…", "...")


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A citation with the words it quotes ("" where none) and where it stands."""

    citation: Citation
    quote: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class CitationProblem:
    """A citation that could not be confirmed.

    Attributes:
        code: `NOT_INSTALLED` says that nothing is known against it; any other code is a mistake.
    """

    place: CitedPlace
    code: str
    params: Mapping[str, object]

    @property
    def is_mistake(self) -> bool:
        """Return whether the installed text contradicts the citation."""
        return self.code != NOT_INSTALLED


class CitationClass(StrEnum):
    """How far a citation can be relied on: its text was compared, it is recalled, or nothing is there to compare."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    TEXT_NOT_INSTALLED = "text_not_installed"
    CONTRADICTED = "contradicted"


def classify(library: StatuteLibrary, places: Iterable[CitedPlace]) -> tuple[tuple[CitedPlace, CitationClass], ...]:
    """Return every citation with its class, in the order given.

    A citation is verified where the installed text confirms it and the definitions call it verified.
    """
    return tuple((place, _class_of(_judge(library, place), place)) for place in places)


def _class_of(code: str, place: CitedPlace) -> CitationClass:
    if code and code != NOT_INSTALLED:
        return CitationClass.CONTRADICTED
    if not place.citation.verified:
        return CitationClass.UNVERIFIED
    return CitationClass.TEXT_NOT_INSTALLED if code else CitationClass.VERIFIED


def count_classes(classed: Iterable[tuple[CitedPlace, CitationClass]]) -> dict[str, int]:
    """Return how many citations there are of each class."""
    counted = Counter(kind for _, kind in classed)
    return {kind.value: counted[kind] for kind in CitationClass}


def cited_places(documents: Iterable[YamlDocument]) -> Iterator[CitedPlace]:
    """Yield every citation of definition files, in order."""
    for document in documents:
        yield from _within(document, document.value, ())


def _within(document: YamlDocument, value: object, path: tuple[str | int, ...]) -> Iterator[CitedPlace]:
    if isinstance(value, dict):
        if "law" in value and "article" in value:
            yield CitedPlace(read_citation(value), str(value.get("quote", "")), document.file, document.line(path))
            return
        children: Iterable[tuple[str | int, Any]] = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    else:
        return
    for key, child in children:
        yield from _within(document, child, (*path, key))


def check_citations(library: StatuteLibrary, places: Iterable[CitedPlace]) -> tuple[CitationProblem, ...]:
    """Return what the installed texts do not confirm, in the order given."""
    found = ((place, _judge(library, place)) for place in places)
    return tuple(CitationProblem(place, code, _params(place.citation)) for place, code in found if code)


def _params(citation: Citation) -> Mapping[str, object]:
    return {
        "law": citation.law,
        "article": citation.article,
        "paragraph": citation.paragraph or "",
        "item": citation.item or "",
    }


def _judge(library: StatuteLibrary, place: CitedPlace) -> str:
    statute = library.statute(place.citation.law)
    if statute is None:
        return NOT_INSTALLED
    article = library.article(place.citation.law, place.citation.article)
    if article is None:
        return NOT_INSTALLED if statute.excerpt else "citation.article_missing"
    if article.remark and place.citation.verified is False:
        return NOT_INSTALLED
    return _judge_text(statute, article, place)


def _judge_text(statute: Statute, article: Article, place: CitedPlace) -> str:
    citation = place.citation
    paragraph = None if citation.paragraph is None else article.find_paragraph(citation.paragraph)
    if citation.paragraph is not None and paragraph is None:
        return NOT_INSTALLED if statute.excerpt else "citation.paragraph_missing"
    item = None
    if citation.item is not None:
        item = article.find_item(_item_number(citation.item), citation.paragraph)
        if item is None:
            return NOT_INSTALLED if statute.excerpt else "citation.item_missing"
    text = item if item is not None else paragraph.whole if paragraph is not None else article.text
    return "" if _holds(text, place.quote) else "citation.quote_differs"


def _item_number(item: str) -> str:
    number = read_number(item.strip("（）()"))
    return item if number is None else str(number)


def _holds(text: str, quote: str) -> bool:
    """Return whether a text holds the quoted words, in order where the quotation leaves some out."""
    for mark in _ELLIPSES:
        quote = quote.replace(mark, "\n")
    rest = plain(text)
    for part in filter(None, map(plain, quote.split("\n"))):
        _, found, rest = rest.partition(part)
        if not found:
            return False
    return True
