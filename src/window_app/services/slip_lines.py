"""What a form without a case says on its guidance slip: fields in words, in the order of the form."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from window_app.forms import FormFilling
from window_app.forms.definitions import FieldDefinition, FieldType
from window_app.forms.fields import is_empty
from window_app.i18n import Catalogue


def slip_lines(filling: FormFilling | None, texts: Catalogue) -> Iterator[Mapping[str, str]]:
    """Yield label and text of each field that the slip shows; a repeated record says which one it is."""
    if filling is None:
        return
    stored = filling.normalised()
    for section in filling.visible_sections():
        kept = stored[section.definition.code]
        records = kept if section.definition.repeat is not None else [kept]
        for number, record in enumerate(records, 1):
            for field in section.definition.fields:
                value = record.get(field.code)
                if field.on_slip and not is_empty(value):
                    label = field.label["zh"] + (f"（{number}）" if len(records) > 1 else "")
                    yield {"label": label, "text": in_words(field, value, texts)}


def in_words(field: FieldDefinition, value: Any, texts: Catalogue) -> str:  # noqa: ANN401 - a stored value of any type
    """Return a stored value as a paper says it, in Chinese."""
    if field.type is FieldType.CHOICE:
        return field.values[value]["zh"] if value in field.values else str(value)
    if field.type is FieldType.BOOL:
        return texts.text("slip.yes" if value else "slip.no")
    if field.type is FieldType.DATE:
        return _day(str(value))
    if field.type is FieldType.DATE_RANGE:
        return texts.text("slip.range", first=_day(value.get("from")), last=_day(value.get("to")))
    return str(value)


def _day(text: str | None) -> str:
    if not text:
        return ""
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"
