"""Fields of a received form in the clerk's words: their names, their values. No Qt."""

from collections.abc import Mapping
from typing import Any

from window_app.domain.cases import STATUS_FIELD, CaseState
from window_app.domain.form_fields import FieldPlace, field_place
from window_app.forms.definitions import FieldDefinition, FieldType, SectionDefinition
from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.ui.masking import masked
from window_app.ui.views.case.case_view import AnswerView
from window_app.ui.views.lists.case_words import CaseWords

Answers = Mapping[str, Any]


class FieldWords:
    """Reads fields by the definitions that this desk works with."""

    def __init__(self, desk: Desk, texts: Catalogue, words: CaseWords) -> None:
        self._matters = desk.definitions.matters
        self._codes = desk.parties.codes
        self._texts = texts
        self._words = words

    def find(self, matter: str, name: str) -> FieldDefinition | None:
        """Return the definition of a field, None where this set has none."""
        place, definition = field_place(name), self._matters.get(matter)
        if place is None or definition is None:
            return None
        try:
            return definition.section(place.section).field(place.field)
        except KeyError:
            return None

    def title(self, matter: str, name: str) -> str:
        """Return what a field is called, with its section."""
        if name == STATUS_FIELD:
            return self._texts.text("ui.case.status_field")
        place, field = field_place(name), self.find(matter, name)
        if place is None or field is None:
            return name
        section = self._matters[matter].section(place.section)
        return f"{self._section(section, place)} · {self._texts.of(field.label)}"

    def said(self, value: object, field: FieldDefinition | None) -> str:
        """Return a value as people say it, never masked."""
        if isinstance(value, bool):
            return self._texts.text("ui.yes" if value else "ui.no")
        if isinstance(value, Mapping):
            return self._said_mapping(value)
        if field is not None and isinstance(value, str) and value in field.values:
            return self._texts.of(field.values[value])
        choices = None if field is None else self._codes.of(field.type.value)
        if choices is not None and isinstance(value, str) and value:
            return choices.title(value)
        return str(value) if value not in (None, "") else self._texts.text("ui.case.nothing")

    def answers(
        self, matter: str, state: CaseState, hidden: frozenset[str] = frozenset()
    ) -> tuple[tuple[str, tuple[AnswerView, ...]], ...]:
        """Return what was taken in, as it reads now, by section; `hidden` sections are left out."""
        definition = self._matters.get(matter)
        found: list[tuple[str, tuple[AnswerView, ...]]] = []
        for section in () if definition is None else definition.sections:
            if section.code in hidden:
                continue
            for place, record in _records(section, state.answers.get(section.code)):
                fields = (self._answer(state, place, field, record) for field in section.fields)
                shown = tuple(one for one in fields if one is not None)
                if shown:
                    found.append((self._section(section, place), shown))
        return tuple(found)

    def _said_mapping(self, value: Mapping[str, Any]) -> str:
        if "state" in value:
            parts = (self._words.state(str(value["state"])), str(value.get("decision_number") or ""))
            return " · ".join(part for part in parts if part)
        return f"{value.get('from') or '—'} – {value.get('to') or '—'}"

    def _section(self, section: SectionDefinition, place: FieldPlace) -> str:
        title = self._texts.of(section.title)
        return title if place.index is None else f"{title} {place.index + 1}"

    def _answer(
        self, state: CaseState, place: FieldPlace, field: FieldDefinition, record: Answers
    ) -> AnswerView | None:
        index = "" if place.index is None else f"[{place.index}]"
        name = f"{place.section}{index}.{field.code}"
        new = state.fields.get(name)
        raw = new.value if new is not None and new.known else record.get(field.code)
        if raw in (None, "") and new is None:
            return None
        return AnswerView(
            name=name,
            title=self._texts.of(field.label),
            value=masked(field.type.value, self.said(raw, field)),
            kind=field.type.value,
            options=self._options(field),
        )

    def _options(self, field: FieldDefinition) -> tuple[tuple[str, str], ...]:
        if field.type is FieldType.BOOL:
            return ("true", self._texts.text("ui.yes")), ("false", self._texts.text("ui.no"))
        return tuple((code, self._texts.of(text)) for code, text in field.values.items())


def _records(section: SectionDefinition, content: object) -> list[tuple[FieldPlace, Answers]]:
    if isinstance(content, Mapping):
        return [(FieldPlace(section.code, None, ""), content)]
    if not isinstance(content, list | tuple):
        return []
    numbered = ((at, record) for at, record in enumerate(content) if isinstance(record, Mapping))
    return [(FieldPlace(section.code, at, ""), record) for at, record in numbered]
