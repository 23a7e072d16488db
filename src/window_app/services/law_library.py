"""The law library at the desk: articles by word, by law and by number, opened among their neighbours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID, uuid5

from window_app.clock import Clock, legal_date
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import PaperMaker, Printer
from window_app.errors import WindowAppError
from window_app.forms.statute_text import Article, article_label, plain, read_article_number
from window_app.forms.statutes import Statute, StatuteLibrary

MOST = 200
EXTRACT = "law_extract"
"""The layout that draws an extract."""
_EXCERPT = 60
_SHORTEST_NAME = 3
_LAW_ENDS = ("法", "条例", "规定", "办法", "规则", "解释")
_NUMERAL = "[零〇一二两三四五六七八九十百0-9]+"
_WRITTEN = re.compile(rf"^(.*?)\s*第?\s*({_NUMERAL})\s*条(?:\s*之\s*({_NUMERAL}))?$")
_BARE = re.compile(r"^(.*?[^\d\s-])?\s*(\d{1,3})(?:-(\d{1,2}))?$")
_EXTRACTS = UUID("0d4b6f52-6a0e-4a7c-9a38-0f5c1f0c8e11")


@dataclass(frozen=True, slots=True)
class LawHit:
    """An article that was found; `excerpt` is the place of the hit, `label` its number as laws write it."""

    law: str
    article: str
    label: str
    heading: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class LawFindings:
    """What a search gave. `more` says that there are others beyond these, `installed` how many laws there are."""

    hits: tuple[LawHit, ...]
    more: bool
    installed: int


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article as a reader opens it.

    Attributes:
        whole: the library holds all of the law; only then does a neighbour follow without a gap for certain.
        before, after: the articles that stand beside it in the library, None at an end.
    """

    law: str
    title: str
    whole: bool
    article: Article
    before: Article | None
    after: Article | None

    @property
    def label(self) -> str:
        """Return the article's number as laws write it."""
        return article_label(self.article.number)


class LawLibrary:
    """Finds, opens and prints what is installed; reads files at the first call, and no store."""

    def __init__(self, statutes: StatuteLibrary, maker: PaperMaker, printer: Printer, clock: Clock) -> None:
        """Keep the texts, and what extracts are made and printed with."""
        self._statutes = statutes
        self._maker = maker
        self._printer = printer
        self._clock = clock

    def search(self, text: str) -> LawFindings:
        """Return what a text leads to: `仲裁法 27`, `第二十七条`, `仲裁法 时效`, a law's name, or words alone.

        Words separated by spaces must all stand in the article.
        """
        found = tuple(islice(self._hits(text.strip()), MOST + 1))
        return LawFindings(found[:MOST], len(found) > MOST, len(self._statutes.laws()))

    def open(self, law: str, article: str) -> ArticlePage:
        """Return an article with its neighbours; law and number may be written in any way a citation may.

        Raises:
            WindowAppError: `statutes.not_installed`.
        """
        statute = self._statutes.statute(law)
        found = None if statute is None else self._statutes.article(law, article)
        if statute is None or found is None:
            raise WindowAppError("statutes.not_installed", law=law, article=article)
        ordered = sorted(statute.articles.values(), key=_place)
        at = ordered.index(found)
        before = ordered[at - 1] if at else None
        after = ordered[at + 1] if at + 1 < len(ordered) else None
        return ArticlePage(statute.law, statute.title, not statute.excerpt, found, before, after)

    def extract(self, page: ArticlePage) -> bytes:
        """Return the PDF of an article; it says which text it was set from and that it is no official paper."""
        return self._maker.render(self._record(page))

    def print(self, page: ArticlePage) -> str:
        """Print an article and return the job's name.

        Raises:
            PrinterError: the job was not taken.
        """
        return self._printer.print_pdf(self.extract(page), f"{page.law} {page.label}")

    def _record(self, page: ArticlePage) -> PaperRecord:
        now = self._clock.now()
        content = {
            "layout": 1,
            "title": {"zh": f"{page.law} {page.label}"},
            "law": page.title,
            "article": page.label,
            "heading": page.article.heading,
            "paragraphs": [paragraph.whole for paragraph in page.article.paragraphs],
            "remark": page.article.remark,
            "whole": page.whole,
            "on": legal_date(now).isoformat(),
        }
        made = uuid5(_EXTRACTS, f"{page.law} {page.article.number} {now.isoformat()}")
        return PaperRecord(made, EXTRACT, f"{page.law} {page.label}", None, made, now, content, "", "", "", False)

    def _hits(self, text: str) -> Iterator[LawHit]:
        if not plain(text):
            return
        written = _WRITTEN.match(text) or _BARE.match(text)
        if written is not None:
            number = read_article_number(written[2] + (f"-{written[3]}" if written[3] else ""))
            numbered = list(self._numbered((written[1] or "").strip(), number))
            if numbered:
                yield from numbered
                return
        yield from self._worded(text)

    def _numbered(self, name: str, number: str) -> Iterator[LawHit]:
        for statute in self._named(name) if name else self._statutes.laws():
            article = statute.articles.get(number)
            if article is not None:
                yield _hit(article, _beginning(article))

    def _worded(self, text: str) -> Iterator[LawHit]:
        name, _, words = text.partition(" ")
        known = self._statutes.statute(name) is not None
        named = self._named(name) if known or (len(name) >= _SHORTEST_NAME and name.endswith(_LAW_ENDS)) else ()
        if named and not words.strip():
            for statute in named:
                for article in sorted(statute.articles.values(), key=_place):
                    yield _hit(article, _beginning(article))
            return
        allowed = {statute.law for statute in named}
        found = self._statutes.find(words if named else text, limit=MOST * 100)
        yield from (_hit(one.article, one.excerpt) for one in found if not allowed or one.article.law in allowed)

    def _named(self, name: str) -> tuple[Statute, ...]:
        """Return the law that goes by a name, else those in whose title the name stands."""
        exact = self._statutes.statute(name)
        if exact is not None:
            return (exact,)
        part = plain(name)
        return tuple(one for one in self._statutes.laws() if part in plain(one.law) or part in plain(one.title))


def _place(article: Article) -> tuple[int, int]:
    main, _, sub = article.number.partition("-")
    return (int(main) if main.isdigit() else 0, int(sub) if sub.isdigit() else 0)


def _hit(article: Article, excerpt: str) -> LawHit:
    return LawHit(article.law, article.number, article_label(article.number), article.heading, excerpt)


def _beginning(article: Article) -> str:
    text = article.text.replace("\n", " ")
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"
