"""Measure of sheets: a thousand workers from a file into the form, with every check."""

from dataclasses import replace
from pathlib import Path
from time import perf_counter

from window_app.cli.bench.desks import Halls, practice_desk
from window_app.cli.bench.measures import Measure, percentile
from window_app.domain.visits import VisitDraft
from window_app.forms.identity import with_check_character
from window_app.services.desk import Desk
from window_app.services.practice import dated, samples

ROWS = 1_000
ROUNDS = 7
WITHIN_SECONDS = 3.0
_HEADINGS = ("姓名", "身份证号", "手机号", "请求事项", "起始日期", "截止日期", "欠薪金额（元）")


def sheet_rows(halls: Halls) -> Measure:
    """Measure a sheet of a thousand workers from the file to checked records, turn by turn with openpyxl alone.

    The ceiling is what a clerk waits at most. `state_ms` is what one more change of the visit then
    takes where the form is thought about.
    """
    del halls
    with practice_desk() as (desk, folder):
        path = _written(folder / "workers.xlsx")
        draft, key = _together(desk)
        ours, floor, after = [], [], []
        for at in range(ROUNDS + 1):
            start = perf_counter()
            reading = desk.sheets.read(draft, key, "workers", path)
            filled = desk.sheets.add(draft, key, reading)
            middle = perf_counter()
            _read_by_openpyxl(path)
            end = perf_counter()
            changed = _thought_through(desk, filled, key)
            if at:
                ours.append(middle - start)
                floor.append(end - middle)
                after.append(changed)
    taken = len(reading.good) == ROWS
    detail = {"rows": len(reading.good), "state_ms": round(percentile(after, 0.5) * 1000, 2)}
    value, bare = percentile(ours, 0.5), percentile(floor, 0.5)
    return Measure("s", value, bare, 4.0, ceiling=WITHIN_SECONDS, detail=detail, also_met=taken)


def _thought_through(desk: Desk, draft: VisitDraft, key: str) -> float:
    """Return the seconds that one more key in a full list takes."""
    desk.interview.assess(draft)
    begun = perf_counter()
    changed = desk.intake.set_field(draft, key, "workers", ROWS // 2, "name", "张甲")
    desk.interview.assess(changed)
    filling = desk.intake.filling(changed, key)
    if filling is not None:
        filling.problems()
    return perf_counter() - begun


def _together(desk: Desk) -> tuple[VisitDraft, str]:
    """Return a visit of several workers whose list is empty."""
    for sample in samples():
        draft = desk.intake.from_json(dated(sample.intake, desk.clock.today()))
        if draft.facts.get("visitor") == "workers":
            return replace(draft, answers={**draft.answers, "workers": []}), draft.matters[0].key
    raise LookupError("workers")


def _written(path: Path) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, _HEADINGS)
        for at in range(ROWS):
            number = with_check_character(f"110199{1960 + at % 40}{1 + at % 12:02d}{1 + at % 28:02d}{at:03d}")
            row = (f"工人{at}", number, f"139{at:08d}", "加班费", "2026-01-01", "2026-08-31", f"{10_000 + at}.50")
            for column, text in enumerate(row):
                page.write_string(at + 1, column, text)
    return path


def _read_by_openpyxl(path: Path) -> int:
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    return sum(1 for page in workbook.worksheets for _ in page.iter_rows(values_only=True))
