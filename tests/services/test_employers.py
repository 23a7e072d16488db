"""The employer directory: taken in as a whole or not at all, from files as people have them; searched offline."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from stdnum.cn import uscc

from window_app.domain.employers import Employer
from window_app.errors import WindowAppError
from window_app.services.desk import Desk
from window_app.services.employers import EmployersRefused, ImportCancelled, ImportProgress
from window_app.storage.employer_yardstick import employers_sought, fill_with_employers
from window_app.storage.engine import open_database
from window_app.storage.failures import StoreDamaged
from window_app.storage.store import Store

HEAD = ("统一社会信用代码", "企业名称", "住所", "法定代表人（负责人）", "联系电话", "成立日期")


def code(number: int) -> str:
    body = f"91330106MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def row(number: int, name: str, **more: str) -> tuple[str, ...]:
    return (more.get("code", code(number)), name, f"示范路{number}号", "王示范", "0571-88888888", "2020-01-01")


ROWS = (row(1, "杭州鑫盛餐饮管理有限公司"), row(2, "上海重阳建筑劳务有限公司"), row(3, "示范区乐行物流中心"))


def text_of(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> str:
    quoted = ([f'"{cell}"' if "\n" in cell or "," in cell else cell for cell in one] for one in (head, *rows))
    return "\r\n".join(",".join(one) for one in quoted) + "\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(rows: Sequence[Sequence[str]] = ROWS, encoding: str = "utf-8", raw: bytes | None = None) -> Path:
        path = tmp_path / "名录.csv"
        path.write_bytes(raw if raw is not None else text_of(rows).encode(encoding))
        return path

    return write


def names(desk: Desk, text: str) -> list[str]:
    return [one.name for one in desk.employers.find(text)]


def folder_of(desk: Desk) -> Path:
    assert isinstance(desk.upkeep, Store)
    return desk.upkeep._directory


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_in_each_encoding_is_taken_in(desk: Desk, file: Callable[..., Path], encoding: str) -> None:
    report = desk.employers.take_in(file((*ROWS, row(4, "𬭚业示范厂")), encoding))
    assert (report.taken, report.refused, report.state.entries) == (4, 0, 4)
    assert report.unread == ("成立日期",)
    assert names(desk, "𬭚业") == ["𬭚业示范厂"]
    found = desk.employers.by_code(code(1))
    assert found == Employer(ROWS[0][1], code(1), "示范路1号", "王示范", "0571-88888888")


def test_a_workbook_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["杭州市企业名录"])
    for one in (HEAD, *ROWS):
        sheet.append(one)
    book.save(tmp_path / "a.xlsx")
    assert desk.employers.take_in(tmp_path / "a.xlsx").taken == 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("鑫盛", 0),
        ("杭州鑫盛餐饮", 0),
        ("xscy", 0),
        ("hzxscy", 0),
        ("cyjz", 1),
        ("zyjz", 1),
        ("lhwl", 2),
        ("yxwl", 2),
        ("lxwl", 2),
        (code(3), 2),
        (code(2)[-6:], 1),
        (code(3)[-4:].lower(), 2),
        ("上海 建筑", 1),
    ],
)
def test_an_employer_is_found_by_name_part_initials_and_code(
    desk: Desk, file: Callable[..., Path], text: str, wanted: int
) -> None:
    desk.employers.take_in(file())
    assert ROWS[wanted][1] in names(desk, text)


def test_names_that_begin_as_typed_come_first(desk: Desk, file: Callable[..., Path]) -> None:
    desk.employers.take_in(file((row(1, "东方鑫盛厂"), row(2, "鑫盛厂"), row(3, "南方鑫盛厂"))))
    assert names(desk, "鑫盛")[0] == "鑫盛厂"
    assert names(desk, "91330106")[:2] == ["东方鑫盛厂", "鑫盛厂"]


def test_what_cannot_be_taken_is_told_by_row_and_the_rest_stands(desk: Desk, file: Callable[..., Path]) -> None:
    rows = (
        *ROWS,
        row(4, "重复的信用代码", code=code(1)),
        row(5, "名" * 300),
        row(6, ""),
        row(7, "坏码公司", code="91330106MA000000XX"),
        row(8, "控制\x07字符公司"),
        row(9, "换行\n公司"),
        row(10, "无代码个体户", code=""),
        row(11, "=HYPERLINK(1)"),
    )
    report = desk.employers.take_in(file(rows))
    refused = {one.row: (one.column, one.reason.code) for one in report.refusals}
    assert refused[5] == ("统一社会信用代码", "employers.twice")
    assert refused[6] == ("企业名称", "employers.too_long")
    assert refused[7] == ("企业名称", "employers.no_name")
    assert refused[8][0] == "统一社会信用代码"
    assert refused[9] == ("企业名称", "employers.control_character")
    assert report.refused == len(refused)
    assert refused[12] == ("企业名称", "tabular.formula")
    assert set(refused) == {5, 6, 7, 8, 9, 12}
    assert names(desk, "换行") == ["换行 公司"]
    assert names(desk, "无代码") == ["无代码个体户"]
    assert names(desk, "HYPERLINK") == []
    assert names(desk, "重复的") == []


def test_bytes_in_no_encoding_cost_their_row_alone(desk: Desk, file: Callable[..., Path]) -> None:
    desk.employers.take_in(file())
    broken = text_of((row(4, "好的公司"), row(5, "坏的公司"))).encode()
    broken = broken.replace("坏".encode(), b"\xff\xfe\xfd")
    report = desk.employers.take_in(file(raw=broken))
    assert names(desk, "好的公司") == ["好的公司"]
    assert (report.taken, report.refused) == (1, 1)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 4096,
        text_of((row(4, "空\x00字符"),)).encode(),
        b"%PDF-1.7 something",
        b"a,b,c\r\n1,2,3\r\n",
        b"PK\x03\x04 no zip",
    ],
)
def test_what_is_no_directory_is_refused_and_the_old_one_stands(
    desk: Desk, file: Callable[..., Path], raw: bytes
) -> None:
    desk.employers.take_in(file())
    with pytest.raises(WindowAppError):
        desk.employers.take_in(file(raw=raw))
    assert names(desk, "鑫盛") == [ROWS[0][1]]
    assert len(list(folder_of(desk).glob("employers-*.db*"))) == 1


def test_without_a_column_of_names_or_a_row_to_take_it_is_refused(desk: Desk, file: Callable[..., Path]) -> None:
    with pytest.raises(EmployersRefused) as told:
        desk.employers.take_in(file(raw="统一社会信用代码,住所\r\nx,y\r\n".encode()))
    assert told.value.code == "employers.no_name_column"
    with pytest.raises(EmployersRefused) as told:
        desk.employers.take_in(file((row(1, ""),)))
    assert told.value.code == "employers.nothing_taken"
    assert desk.employers.state() is None


def test_cancelled_it_leaves_the_directory_as_it_was_and_no_file(desk: Desk, file: Callable[..., Path]) -> None:
    desk.employers.take_in(file())
    progress = ImportProgress()

    def cancel(now: ImportProgress) -> None:
        now.cancelled = True

    many = file(tuple(row(at, f"第{at}家示范厂") for at in range(1500)))
    with pytest.raises(ImportCancelled):
        desk.employers.take_in(many, progress=progress, every=cancel)
    assert 500 <= progress.rows < 1500
    assert names(desk, "示范厂") == []
    assert names(desk, "鑫盛") == [ROWS[0][1]]
    assert len(list(folder_of(desk).glob("employers-*.db*"))) == 1


def test_another_directory_replaces_the_first_and_keeping_adds_to_it(desk: Desk, file: Callable[..., Path]) -> None:
    desk.employers.take_in(file())
    renamed = (row(1, "杭州鑫盛餐饮集团有限公司"), row(4, "新来的公司"))
    kept = desk.employers.take_in(file(renamed), keep=True)
    assert kept.state.entries == 4
    assert names(desk, "鑫盛") == ["杭州鑫盛餐饮集团有限公司"]
    assert names(desk, "乐行") == [ROWS[2][1]]
    assert desk.employers.take_in(file((row(5, "只有这一家"),))).state.entries == 1
    assert names(desk, "鑫盛") == names(desk, "新来的") == []


def test_it_lies_apart_encrypted_and_half_made_files_go_at_the_next_start(
    open_desk: Callable[[], Desk], file: Callable[..., Path]
) -> None:
    desk = open_desk()
    desk.employers.take_in(file())
    folder = folder_of(desk)
    (kept,) = folder.glob("employers-*.db")
    assert ROWS[0][1].encode() not in kept.read_bytes()
    with pytest.raises(StoreDamaged):
        open_database(kept, b"k" * 32, read_only=True)
    half = folder / "employers-000000000000.db"
    half.write_bytes(b"a kill came in the middle")
    again = open_desk()
    assert names(again, "鑫盛") == [ROWS[0][1]]
    assert not half.exists()
    kept.unlink()
    assert names(open_desk(), "鑫盛") == []


def test_many_are_found_as_among_few(desk: Desk) -> None:
    assert isinstance(desk.upkeep, Store)
    directory = desk.upkeep.employers()
    fill_with_employers(directory, 3000)
    sought = employers_sought()
    for text in [next(sought) for _ in range(30)]:
        for one in directory.find(text, 10):
            assert one.name
            assert one.uscc


def test_an_entry_fills_the_respondent_and_the_typed_part_of_the_name_gives_way(
    desk: Desk, file: Callable[..., Path]
) -> None:
    desk.employers.take_in(file())
    fresh = replace(desk.reception.begin(), answers={"respondents": [{"name": "鑫盛", "phone": "13900000000"}]})
    (found,) = desk.employers.find("鑫盛")
    known = {"name": found.name, "uscc": found.uscc, "residence": found.address, "phone": found.phone}
    filled = desk.parties.copying.details(fresh, "m1", "respondents/0", known, frozenset({"name", "uscc"}))
    assert filled.answers["respondents"][0] == {
        "name": found.name,
        "uscc": found.uscc,
        "residence": found.address,
        "phone": "13900000000",
    }
