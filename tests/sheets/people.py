"""Made-up workers with right check digits, and sheets of them."""

import csv
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from window_app.forms.identity import with_check_character

HEADINGS = ("序号", "姓名", "身份证号", "手机号", "请求事项", "起始日期", "截止日期", "欠薪金额（元）")
_KINDS = ("拖欠的工资", "加班费", "经济补偿")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"


def number_of(at: int) -> str:
    """Return a resident number nobody has: the address code is of no county."""
    digits = f"110199{1960 + at % 40}{1 + at % 12:02d}{1 + at % 28:02d}{at % 1000:03d}"
    return with_check_character(digits)


def row_of(at: int) -> list[str]:
    """Return the cells of a worker."""
    name = f"{_SURNAMES[at % 20]}工{at + 1}"
    return [
        str(at + 1),
        name,
        number_of(at),
        f"139{at:08d}",
        _KINDS[at % 3],
        "2026-01-01",
        "2026年8月31日",
        f"{10_000 + at}.50",
    ]


def table_of(count: int) -> list[list[str]]:
    """Return headings and so many workers."""
    return [list(HEADINGS), *(row_of(at) for at in range(count))]


def write_xlsx(path: Path, table: Sequence[Sequence[str]], sheet: str = "工人") -> Path:
    """Write texts as a workbook."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        page = workbook.add_worksheet(sheet)
        for row, cells in enumerate(table):
            for at, text in enumerate(cells):
                page.write_string(row, at, text)
    return path


def write_csv(path: Path, table: Sequence[Sequence[str]], encoding: str = "utf-8-sig", separator: str = ",") -> Path:
    """Write texts as separated text."""
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows(table)
    return path


def pasted(table: Sequence[Sequence[str]]) -> str:
    """Return texts as a spreadsheet puts them on the clipboard."""
    return "".join("\t".join(cells) + "\n" for cells in table)
