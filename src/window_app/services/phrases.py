"""Phrases for statements: those that fit a matter, found by hanzi or pinyin initials, filled from what is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from window_app.domain.visits import VisitDraft
from window_app.forms import DefinitionSet, FormFilling, is_empty
from window_app.forms.phrases import Phrase, PhraseGroup
from window_app.i18n import Catalogue
from window_app.services.judging import Judge


@dataclass(frozen=True, slots=True)
class OfferedPhrase:
    """A phrase that fits, ready to be put in.

    Attributes:
        group: what its file is called.
        template: it is a whole statement.
    """

    code: str
    group: str
    title: str
    text: str
    template: bool


class Phrases:
    """Offers phrases for a matter of a visit."""

    def __init__(self, definitions: DefinitionSet, judge: Judge) -> None:
        self._definitions = definitions
        self._judge = judge

    def offered(self, draft: VisitDraft, key: str, texts: Catalogue) -> tuple[OfferedPhrase, ...]:
        """Return the phrases whose conditions do not fail, templates first, filled from the visit.

        What nobody has told becomes a line to write on.
        """
        filling = self._judge.filling(draft, key)
        facts = filling.known_facts() if filling is not None else {}
        values = _Values(filling, draft, key, texts, self._definitions)
        found = [
            OfferedPhrase(
                code=f"{group.code}.{phrase.code}",
                group=texts.of(group.title),
                title=texts.of(phrase.title),
                text=phrase.filled(lambda name, group=group: values.of(group, name), "zh"),  # type: ignore[misc]
                template=phrase.template,
            )
            for group in self._definitions.phrases.values()
            if _fits(group, facts)
            for phrase in group.entries
            if _fits(phrase, facts)
        ]
        return tuple(sorted(found, key=lambda one: not one.template))


def matching(phrases: tuple[OfferedPhrase, ...], sought: str) -> tuple[OfferedPhrase, ...]:
    """Return the phrases whose title or text holds what was typed, or whose title's initials do."""
    wanted = sought.strip().lower()
    if not wanted:
        return phrases
    if wanted.isascii():
        letters = "".join(wanted.split())
        return tuple(one for one in phrases if letters in initials_of(one.title) or wanted in one.title.lower())
    return tuple(one for one in phrases if wanted in one.title or wanted in one.text)


@cache
def initials_of(title: str) -> str:
    """Return the pinyin initials of a title; what is no hanzi stays as it is."""
    # Read only when somebody looks for a phrase: the dictionary takes its time.
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(title, style=Style.FIRST_LETTER)).lower()


def _fits(part: PhraseGroup | Phrase, facts: Mapping[str, Any]) -> bool:
    return part.when is None or part.when.test(facts) is not False


class _Values:
    """What stands in the places of phrases, as Chinese text."""

    def __init__(
        self, filling: FormFilling | None, draft: VisitDraft, key: str, texts: Catalogue, definitions: DefinitionSet
    ) -> None:
        self._facts = filling.known_facts() if filling is not None else {}
        self._answers = {**draft.answers, **draft.matter(key).answers}
        self._texts = texts
        self._definitions = definitions

    def of(self, group: PhraseGroup, name: str) -> str:
        for source in group.sources[name]:
            place, _, code = source.partition(".")
            value = self._fact(code) if place == "fact" else self._field(place, code)
            if value:
                return value
        return ""

    def _fact(self, name: str) -> str:
        value = self._facts.get(name)
        if value is None or value == "unclear":
            return ""
        known = self._definitions.vocabulary.get(name).values.get(value) if isinstance(value, str) else None
        return known["zh"] if known is not None else _said(value)

    def _field(self, section: str, code: str) -> str:
        content = self._answers.get(section)
        records = content if isinstance(content, list | tuple) else [content]
        values = (record.get(code) for record in records if isinstance(record, Mapping))
        return "、".join(_said(value) for value in values if not is_empty(value))


def _said(value: object) -> str:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else str(value)
