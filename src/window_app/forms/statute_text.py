"""From the text of a law to its articles, paragraphs (款) and items (项)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[零〇一二两三四五六七八九十百千0-9]+"
_ARTICLE = re.compile(
    rf"(?:\*\*)?第\s*({_NUMERAL})(?:\s*至(?:第)?({_NUMERAL}))?\s*条(?:之({_NUMERAL}))?(?:\*\*)?(?=$|[\s【（(\[])\s*(.*)",
    re.S,
)
_ITEM = re.compile(rf"[（(]({_NUMERAL})[）)]\s*(.*)", re.S)
_HEADING = re.compile(rf"第{_NUMERAL}(?:编|章|节)(?:\s|$)")
_REMARK = re.compile(r"\[([^\[\]]*)\]\s*")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_EXCERPT_WORDS = ("节录", "未誊录", "总则编")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (款) with its items (项) by number."""

    text: str
    items: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> str:
        """Return the paragraph with its items, a line each."""
        return "\n".join((self.text, *(f"（{chinese_number(int(number))}）{text}" for number, text in self.items)))


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a law.

    Attributes:
        law: short title of the law.
        number: as in citations: "27", "120-1".
        heading: chapter and section it stands in.
        remark: what the file says of this article's source, "" for plain text.
    """

    law: str
    number: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    remark: str = ""

    @property
    def text(self) -> str:
        """Return the whole text, a paragraph or item a line."""
        return "\n".join(paragraph.whole for paragraph in self.paragraphs)

    def find_paragraph(self, number: int) -> Paragraph | None:
        """Return a paragraph by its place from 1."""
        return self.paragraphs[number - 1] if 1 <= number <= len(self.paragraphs) else None

    def find_item(self, number: str, paragraph: int | None = None) -> str | None:
        """Return an item by its number, of one paragraph or of the first that has it."""
        for place, each in enumerate(self.paragraphs, start=1):
            if paragraph in (None, place):
                for known, text in each.items:
                    if known == number:
                        return text
        return None


@dataclass(frozen=True, slots=True)
class StatuteText:
    """A parsed file: title, articles in order, and whether it is only an excerpt."""

    title: str
    articles: tuple[Article, ...]
    preamble: tuple[str, ...]
    excerpt: bool


def read_number(text: str) -> int | None:
    """Return the value of a Chinese or Arabic numeral below ten thousand, None for anything else.

    >>> read_number("一百二十"), read_number("二〇"), read_number("十五"), read_number("27")
    (120, 20, 15, 27)
    """
    if text.isascii():
        return int(text) if text.isdigit() and len(text) <= 4 else None
    if not text or any(character not in _DIGITS and character not in _PLACES for character in text):
        return None
    if not any(character in _PLACES for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, 0
    for character in text:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def chinese_number(value: int) -> str:
    """Return a number below one thousand as laws write it.

    >>> chinese_number(9), chinese_number(10), chinese_number(24), chinese_number(101), chinese_number(120)
    ('九', '十', '二十四', '一百零一', '一百二十')
    """
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    digits = "零一二三四五六七八九"
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones or not value else "")


def article_label(number: str) -> str:
    """Return an article's number as laws write it.

    >>> article_label("120-1"), article_label("27")
    ('第一百二十条之一', '第二十七条')
    """
    main, _, sub = number.partition("-")
    if not main.isdigit() or int(main) > 999 or (sub and not sub.isdigit()):
        return number
    return f"第{chinese_number(int(main))}条" + (f"之{chinese_number(int(sub))}" if sub else "")


def read_article_number(text: str) -> str:
    """Return the citation form of an article however it is written.

    >>> read_article_number("第一百二十条之一"), read_article_number("27"), read_article_number("第27条")
    ('120-1', '27', '27')
    """
    match = re.fullmatch(rf"第?({_NUMERAL})条?(?:(?:之|-)({_NUMERAL}))?", text.strip())
    if match is None:
        return text.strip()
    main, sub = read_number(match[1]), read_number(match[2] or "")
    return f"{main}-{sub}" if sub is not None else str(main)


def plain(text: str) -> str:
    """Return text as it is compared: one form of width and punctuation, no spaces, no marks of emphasis."""
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    return re.sub(r"[\s*《》〈〉<>]+", "", folded)


def parse_statute(content: str, name: str = "") -> StatuteText:
    """Return the parts of a law's text, markdown or plain; `name` is the file's name without suffix.

    A file without articles gives a text without articles; the caller decides what that means.
    """
    comments = "".join(_COMMENT.findall(content))
    reader = _Reader()
    for line in _COMMENT.sub("", content).splitlines():
        reader.take(line.translate(_INVISIBLE).strip())
    title = reader.title or name
    excerpt = any(word in f"{title}{name}{comments}" for word in _EXCERPT_WORDS)
    articles = tuple(reader.articles())
    return StatuteText(title, articles, tuple(reader.preamble), excerpt or _has_gap(articles))


def _has_gap(articles: Iterable[Article]) -> bool:
    numbers = sorted({int(article.number.partition("-")[0]) for article in articles})
    return numbers != list(range(1, len(numbers) + 1))


@dataclass(slots=True)
class _Draft:
    """An article while its lines come in."""

    numbers: tuple[str, ...]
    heading: str
    remark: str
    paragraphs: list[str] = field(default_factory=list)
    items: list[list[tuple[str, str]]] = field(default_factory=list)

    def add(self, line: str) -> None:
        match = _ITEM.fullmatch(line)
        number = read_number(match[1]) if match is not None else None
        if match is None or number is None:
            self.paragraphs.append(line)
            self.items.append([])
        elif not self.paragraphs:
            self.paragraphs.append("")
            self.items.append([(str(number), match[2])])
        else:
            self.items[-1].append((str(number), match[2]))

    def finished(self) -> Iterator[Article]:
        paragraphs = tuple(
            Paragraph(text, tuple(items)) for text, items in zip(self.paragraphs, self.items, strict=True)
        )
        for number in self.numbers:
            yield Article("", number, self.heading, paragraphs, self.remark)


class _Reader:
    """Takes the lines of a file one by one."""

    def __init__(self) -> None:
        self.title = ""
        self.preamble: list[str] = []
        self._drafts: list[_Draft] = []
        self._chapter = ""
        self._part = ""

    def articles(self) -> Iterator[Article]:
        for draft in self._drafts:
            yield from draft.finished()

    def take(self, line: str) -> None:
        if not line or line.startswith(">"):
            return
        if line.startswith("#"):
            self._take_heading(line.lstrip("#").strip(), level=len(line) - len(line.lstrip("#")))
        elif not self.title:
            self.title = line
        elif _HEADING.match(line) and not line.endswith(("。", "；")):
            self._take_heading(line, level=3 if "节" in line.split()[0] else 2)
        elif not self._take_article(line):
            self._take_text(line)

    def _take_heading(self, text: str, level: int) -> None:
        heading = re.sub(r"\s+", " ", text)
        if not self.title:
            self.title = heading
        elif level <= 2:
            self._chapter, self._part = heading, ""
        else:
            self._part = heading

    def _take_article(self, line: str) -> bool:
        match = _ARTICLE.fullmatch(line)
        first = read_number(match[1]) if match is not None else None
        if match is None or first is None:
            return False
        last = read_number(match[2] or "") or first
        sub = read_number(match[3] or "")
        numbers = tuple(str(each) if sub is None else f"{each}-{sub}" for each in range(first, last + 1))
        remark = _REMARK.match(match[4])
        heading = " ".join(part for part in (self._chapter, self._part) if part)
        draft = _Draft(numbers, heading, remark[1] if remark is not None else "")
        self._drafts.append(draft)
        text = match[4][remark.end() :] if remark is not None else match[4]
        if text:
            draft.add(text)
        return True

    def _take_text(self, line: str) -> None:
        if self._drafts:
            self._drafts[-1].add(line)
        else:
            self.preamble.append(line)
