"""Which column of a sheet is which field of a section: by its label, its code or one of its other headings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from window_app.errors import WindowAppError
from window_app.forms.compiled import RANGE_ENDS
from window_app.forms.definitions import FieldDefinition, FieldType, SectionDefinition
from window_app.forms.tabular import TableFault, plain_heading

_ENDS = {"from": ("起", "从", "开始"), "to": ("止", "到", "截止")}
_OF_NO_INTEREST = frozenset({"序号", "编号", "行号", "no", "问题"})
"""What counts the rows, and the remarks that `write_remarks` puts beside them."""
_FLAGS = {
    True: ("是", "有", "对", "√", "✓", "y", "yes", "true", "1"),
    False: ("否", "无", "没有", "不", "×", "n", "no", "false", "0"),
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column that was recognised.

    Attributes:
        heading: as it stands in the sheet.
        at: where it stands in the sheet, 0 being column A.
        place: where its cells stand in a row that was read.
        field: the field it is; `end` is "from" or "to" for one end of a date range, else "".
    """

    heading: str
    at: int
    place: int
    field: FieldDefinition
    end: str = ""

    @property
    def target(self) -> str:
        """Return a name of its own for the column: the field's code, with the end of a date range."""
        return f"{self.field.code}_{self.end}" if self.end else self.field.code


def known_headings(section: SectionDefinition) -> dict[str, tuple[FieldDefinition, str]]:
    """Return field and end by each plain heading that names it; the label of one goes before a synonym of another."""
    found: dict[str, tuple[FieldDefinition, str]] = {}
    for texts in (_labels, _others):
        for field in section.fields:
            for text in texts(field):
                for name, end in _names(field, text):
                    found.setdefault(plain_heading(name), (field, end))
    return found


def _labels(field: FieldDefinition) -> tuple[str, ...]:
    return tuple(field.label.values())


def _others(field: FieldDefinition) -> tuple[str, ...]:
    return (*field.headings, field.code)


def _names(field: FieldDefinition, text: str) -> Iterator[tuple[str, str]]:
    yield text, ""
    if field.type is FieldType.DATE_RANGE:
        for end in RANGE_ENDS:
            yield f"{text}_{end}", end
            yield from ((text + mark, end) for mark in _ENDS[end])


def find_columns(
    section: SectionDefinition, headings: Sequence[str], places: Sequence[int]
) -> tuple[tuple[SheetColumn, ...], tuple[str, ...]]:
    """Return the columns that are fields, the first where two are the same, and the headings of the others."""
    known = known_headings(section)
    known |= _amounts_among(section, known, headings)
    found: dict[str, SheetColumn] = {}
    others = []
    for place, (heading, at) in enumerate(zip(headings, places, strict=True)):
        match = known.get(plain_heading(heading))
        column = None if match is None else SheetColumn(heading, at, place, *match)
        if column is None or column.target in found:
            others.append(heading)
        else:
            found[column.target] = column
    others = [heading for heading in others if plain_heading(heading) not in _OF_NO_INTEREST]
    return tuple(found.values()), tuple(others)


def _amounts_among(
    section: SectionDefinition, known: Mapping[str, tuple[FieldDefinition, str]], headings: Sequence[str]
) -> dict[str, tuple[FieldDefinition, str]]:
    """Return the headings that are one claim's amount in this sheet, where elsewhere they are the whole.

    拖欠工资 beside 加班费 and 合计 is a part; alone it is all that somebody asks for.
    """
    own = section.own_claims
    if own is None:
        return {}
    fields = [section.field(code) for code in own.amounts.values()]
    amounts = {plain_heading(text): field for field in fields for text in (*_labels(field), *_others(field))}
    here = [name for name in map(plain_heading, headings) if name in amounts]
    if all(known[name][0].code == own.total for name in here):
        return {}
    return {name: (amounts[name], "") for name in here}


def typed_value(column: SheetColumn, text: str) -> Any:  # noqa: ANN401 - a value of any type, as a form takes it
    """Return what a cell's text is as the form takes it: the code of a choice, a flag, the text itself.

    Raises:
        TableFault: `sheets.choice`, `sheets.flag`.
    """
    kind = column.field.type
    if kind is FieldType.CHOICE:
        return _choice(column.field, text)
    if kind is FieldType.BOOL:
        return _flag(text)
    return text


def _choice(field: FieldDefinition, text: str) -> str:
    wanted = plain_heading(text)
    for code, label in field.values.items():
        if text == code or any(wanted == plain_heading(spoken) for spoken in label.values()):
            return code
    raise TableFault("sheets.choice", choices="、".join(label["zh"] for label in field.values.values()))


def _flag(text: str) -> bool:
    word = plain_heading(text)
    for flag, words in _FLAGS.items():
        if word in words:
            return flag
    raise TableFault("sheets.flag")


def record_of(
    columns: Sequence[SheetColumn], texts: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, WindowAppError]]:
    """Return a record as the form takes it, and by column what no form could take."""
    record: dict[str, Any] = {}
    faults: dict[str, WindowAppError] = {}
    for column in columns:
        text = texts.get(column.target, "")
        if not text:
            continue
        try:
            value = typed_value(column, text)
        except WindowAppError as fault:
            faults[column.target] = fault
            continue
        if column.field.type is FieldType.DATE_RANGE:
            ends = {column.end: value} if column.end else _both_ends(text)
            record[column.field.code] = {**record.get(column.field.code, {}), **ends}
        else:
            record[column.field.code] = value
    return record, faults


def _both_ends(text: str) -> dict[str, str]:
    for mark in ("至", "到", "~", "～", "—", " - "):
        first, found, last = text.partition(mark)
        if found:
            return {"from": first.strip(), "to": last.strip("—～~ ")}
    return {"from": text}
