"""Phrases and templates for statements: texts with places that facts and fields fill."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from window_app.domain.assessment import Text
from window_app.forms.claim_shapes import EMPTY
from window_app.forms.definitions import MatterDefinition
from window_app.rules import Condition, Source, build_condition
from window_app.rules.late import Late
from window_app.rules.vocabulary import Vocabulary
from window_app.yamlio import YamlDocument

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_FACT = "fact."


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, or a template of a whole statement."""

    code: str
    title: Text
    text: Text
    when: Condition | None
    template: bool

    @property
    def places(self) -> tuple[str, ...]:
        """Return the names of its places, each once, in order."""
        found = (name for words in self.text.values() for name in _PLACE.findall(words))
        return tuple(dict.fromkeys(found))

    def filled(self, value: Callable[[str], str], language: str) -> str:
        """Return the text with its places filled; an empty one becomes a line to write on."""
        words = self.text.get(language) or self.text["zh"]
        return _PLACE.sub(lambda match: value(match.group(1)).strip() or EMPTY, words)


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """The phrases of one file.

    Attributes:
        sources: by the name of a place, where its value comes from, in order: `section.field`, `fact.name`.
    """

    code: str
    title: Text
    when: Condition | None
    sources: Mapping[str, tuple[str, ...]]
    entries: tuple[Phrase, ...]
    source: Source


def read_phrases(
    documents: Mapping[str, YamlDocument], vocabulary: Vocabulary, *, late: bool = False
) -> Mapping[str, PhraseGroup]:
    """Return the phrases of parsed files by code; with `late`, each file's are read when they are asked for.

    Raises:
        DefinitionError: for a condition that cannot be, `phrase.place_unknown` for a place without source,
            `matter.code_twice`.
    """
    groups = Late(documents, lambda code: _group(Source(documents[code].value, documents[code].where), vocabulary))
    return groups if late else dict(groups)


def check_phrases(
    groups: Mapping[str, PhraseGroup], matters: Mapping[str, MatterDefinition], vocabulary: Vocabulary
) -> None:
    """Check that the sources of places exist in some matter.

    Raises:
        DefinitionError: `calculator.prefill_unknown`.
    """
    known = {f"{_FACT}{name}" for name in vocabulary.facts}
    known |= {
        f"{section.code}.{field.code}"
        for matter in matters.values()
        for section in matter.sections
        for field in section.fields
    }
    for group in groups.values():
        for name, sources in group.sources.items():
            for index, place in enumerate(sources):
                if place not in known:
                    part = group.source.at("values").at(name).at("from").at(index)
                    raise part.error("calculator.prefill_unknown", name=place)


def _group(source: Source, vocabulary: Vocabulary) -> PhraseGroup:
    content = source.content
    sources = {name: tuple(each["from"]) for name, each in content.get("values", {}).items()}
    return PhraseGroup(
        code=content["phrases"],
        title=content["title"],
        when=_condition(source, vocabulary),
        sources=sources,
        entries=tuple(_entries(source, sources, vocabulary)),
        source=source,
    )


def _entries(source: Source, sources: Mapping[str, object], vocabulary: Vocabulary) -> Iterator[Phrase]:
    codes: set[str] = set()
    for part in source.at("entries").items():
        content = part.content
        entry = Phrase(
            code=content["phrase"],
            title=content["title"],
            text=content["text"],
            when=_condition(part, vocabulary),
            template=content.get("template", False),
        )
        if entry.code in codes:
            raise part.error("matter.code_twice", name=entry.code)
        codes.add(entry.code)
        for name in entry.places:
            if name not in sources:
                raise part.at("text").error("phrase.place_unknown", name=name, known=", ".join(sources))
        yield entry


def _condition(source: Source, vocabulary: Vocabulary) -> Condition | None:
    part = source.at("when")
    return None if part.content is None else build_condition(part.content, vocabulary, part.where, part.path)
