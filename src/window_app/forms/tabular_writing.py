"""Sheets written for people to fill in or put right. Every cell is text; nothing is a formula or a link."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from window_app.errors import WindowAppError
from window_app.forms.definitions import FieldDefinition, FieldType, SectionDefinition
from window_app.rules.values import Value

_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_ROWS = 1_000
_HELP = "填写说明"
_LIST = "名单"
_REMARK = "问题"
_ADVICE = "第一行的列标题不要改；一人一行；不用的列可以空着或者删去。带 * 的列最后要填齐，暂缺的先空着也能导入。"
_ADVICE_OF_CLAIMS = (
    "一个人有数项请求的，有两种填法：各项金额填在“其中…”各列，合计会自动算出，也可以自己填，与各项之和核对；"
    "或者每项请求另起一行，证件号码相同，导入时并到一起。"
)
_EXAMPLES = {
    FieldType.PERSON_NAME: "张三",
    FieldType.RESIDENT_ID: "110101199003070118",
    FieldType.USCC: "91110000MA00000A1Y",
    FieldType.DATE: "2026-01-31",
    FieldType.DATE_RANGE: "2026-01-01至2026-03-31",
    FieldType.MONEY: "12000.50",
    FieldType.INTEGER: "3",
    FieldType.BOOL: "是",
    FieldType.PHONE: "13800000000",
    FieldType.ADDRESS: "某市某区某路1号",
}
_HINTS = {
    FieldType.RESIDENT_ID: "18位号码；整列已设为文本，不要改成数值，否则末几位会丢失",
    FieldType.DATE: "写成 2026-01-31",
    FieldType.DATE_RANGE: "写成 2026-01-01至2026-03-31",
    FieldType.MONEY: "单位元，最多两位小数",
    FieldType.BOOL: "填“是”或者“否”",
}


def write_template(section: SectionDefinition, path: Path) -> None:
    """Write a sheet with the section's columns, and a page that explains each with an example.

    Raises:
        WindowAppError: `sheets.cannot_write`.
    """
    with _workbook(path) as workbook:
        head = workbook.add_format({"bold": True, "num_format": "@", "bg_color": "#DDE6F0", "border": 1})
        text = workbook.add_format({"num_format": "@"})
        wrapped = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        page, explained = workbook.add_worksheet(_LIST), workbook.add_worksheet(_HELP)
        for at, field in enumerate(section.fields):
            page.set_column(at, at, max(14, 2 * len(field.label["zh"]) + 4), text)
            page.write_string(0, at, field.label["zh"] + ("*" if field.due else ""), head)
            _offer(page, at, field)
        page.freeze_panes(1, 0)
        for at, (title, width) in enumerate((("列", 26), ("怎么填", 60), ("例子", 26))):
            explained.set_column(at, at, width, wrapped)
            explained.write_string(0, at, title, head)
        for row, field in enumerate(section.fields, 1):
            for at, cell in enumerate((field.label["zh"], _explained(field), _example(field))):
                explained.write_string(row, at, cell, wrapped)
        last = len(section.fields) + 2
        advice = _ADVICE if section.own_claims is None else _ADVICE + _ADVICE_OF_CLAIMS
        explained.merge_range(last, 0, last, 2, advice, wrapped)
        explained.set_row(last, 34 if section.own_claims is None else 72)


def write_remarks(path: Path, headings: Sequence[str], lines: Sequence[tuple[Sequence[str], set[int], str]]) -> None:
    """Write rows that could not be taken: their texts, which of them are wrong, and the reasons.

    Raises:
        WindowAppError: `sheets.cannot_write`.
    """
    with _workbook(path) as workbook:
        head = workbook.add_format({"bold": True, "num_format": "@", "bg_color": "#DDE6F0", "border": 1})
        text = workbook.add_format({"num_format": "@"})
        wrong = workbook.add_format({"num_format": "@", "bg_color": "#FBE3E0", "border": 1})
        remark = workbook.add_format({"num_format": "@", "text_wrap": True})
        page = workbook.add_worksheet(_LIST)
        page.set_column(0, max(0, len(headings) - 1), 20, text)
        page.set_column(len(headings), len(headings), 70, remark)
        for at, heading in enumerate((*headings, _REMARK)):
            page.write_string(0, at, heading, head)
        for row, (texts, bad, why) in enumerate(lines, 1):
            for at, cell in enumerate(texts):
                page.write_string(row, at, cell, wrong if at in bad else text)
            page.write_string(row, len(headings), why, remark)
        page.freeze_panes(1, 0)


@contextmanager
def _workbook(path: Path) -> Iterator[Value]:
    """Give a workbook that stands at its place only once it is whole."""
    import xlsxwriter

    part = path.with_name(path.name + ".part")
    try:
        with xlsxwriter.Workbook(part, _AS_TEXT) as workbook:
            yield workbook
        part.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError):
        raise WindowAppError("sheets.cannot_write", file=path.name) from None
    finally:
        part.unlink(missing_ok=True)


def _offer(page: Value, at: int, field: FieldDefinition) -> None:
    """Offer the choices of a column as a list; a value beside it is said when the sheet is read."""
    choices = _choices(field)
    note = _explained(field)
    if choices and len(",".join(choices)) <= 255:
        rule: dict[str, object] = {"validate": "list", "source": choices, "error_type": "warning"}
    else:
        rule = {"validate": "any"}
    if note:
        rule.update(input_title=field.label["zh"][:32], input_message=note[:255])
    page.data_validation(1, at, _ROWS, at, rule)


def _choices(field: FieldDefinition) -> list[str]:
    if field.type is FieldType.BOOL:
        return ["是", "否"]
    return [label["zh"] for label in field.values.values()]


def _explained(field: FieldDefinition) -> str:
    parts = [field.hint.get("zh", ""), _HINTS.get(field.type, "")]
    if field.type is FieldType.CHOICE:
        parts.append("填其中一项：" + "、".join(_choices(field)))
    return "；".join(part for part in parts if part)


def _example(field: FieldDefinition) -> str:
    choices = _choices(field)
    return choices[0] if field.type is FieldType.CHOICE and choices else _EXAMPLES.get(field.type, "")
