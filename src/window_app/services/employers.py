"""The employer directory at the desk: searched as one types, taken in from a file of the bureau's."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from window_app.domain.employers import DirectoryDraft, DirectoryState, Employer, EmployerDirectory
from window_app.errors import WindowAppError
from window_app.forms.identity import read_social_credit_code
from window_app.forms.tabular import DIRECTORY, Row, Table, plain_heading, read_table

MOST_REFUSALS = 1000
LONGEST = {"name": 200, "address": 300, "representative": 200}
_LONGEST_OTHER = 100
_EVERY = 500
# Headings as the registers of the provinces have them, without brackets' contents and space.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("单位名称", "企业名称", "用人单位名称", "市场主体名称", "经营主体名称", "机构名称", "名称", "name"),
    "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "统一代码", "uscc", "creditcode"),
    "address": ("住所", "注册地址", "经营场所", "地址", "单位地址", "住址", "address"),
    "representative": ("法定代表人", "法人代表", "负责人", "法定代表人姓名", "经营者", "法人", "representative"),
    "phone": ("联系电话", "电话", "联系方式", "手机", "phone"),
    "region": ("行政区划", "行政区划代码", "所在区县", "所属区域", "登记机关", "region"),
    "industry": ("行业", "行业代码", "行业门类", "所属行业", "国民经济行业", "industry"),
    "status": ("登记状态", "经营状态", "存续状态", "企业状态", "状态", "status"),
}
_FIELD_OF = {heading: name for name, headings in HEADINGS.items() for heading in headings}


class EmployersRefused(WindowAppError):
    """A file that cannot be taken in, or a row of one; the code says why."""

    code = "employers.no_name_column"


class ImportCancelled(WindowAppError):
    """Somebody cancelled; the directory is what it was."""

    code = "employers.cancelled"


@dataclass(slots=True)
class ImportProgress:
    """How far an import is; written by the import, read by whoever shows it. `cancelled` is set from outside."""

    rows: int = 0
    taken: int = 0
    refused: int = 0
    share: float | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken, as a spreadsheet counts it, and why; `column` is its heading, "" for the whole row."""

    row: int
    column: str
    reason: WindowAppError


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import.

    Attributes:
        refusals: the first of them; `refused` counts all.
        notes: what else is to be said of the file.
        unread: headings that the directory has no place for.
    """

    state: DirectoryState
    taken: int
    refused: int
    refusals: tuple[Refusal, ...]
    notes: tuple[WindowAppError, ...]
    unread: tuple[str, ...] = field(default=())


class Employers:
    """Finds employers offline and takes their directory in."""

    def __init__(self, directory: EmployerDirectory) -> None:
        self._directory = directory

    def state(self) -> DirectoryState | None:
        """Return what the directory is; None before the first import."""
        return self._directory.state()

    def find(self, text: str, limit: int = 20) -> Sequence[Employer]:
        """Return employers by part of a name, pinyin initials, beginning or end of the credit code, best first."""
        wanted = text.strip()
        return self._directory.find(wanted, limit) if wanted else ()

    def by_code(self, uscc: str) -> Employer | None:
        """Return the employer with a credit code."""
        return self._directory.by_code(uscc)

    def take_in(
        self,
        path: Path,
        *,
        keep: bool = False,
        progress: ImportProgress | None = None,
        every: Callable[[ImportProgress], object] | None = None,
    ) -> ImportReport:
        """Take a directory in from a CSV or xlsx file: as a whole or not at all, rows that cannot be read left out.

        Takes minutes for a million rows and waits for nothing else; to be run beside the worker of the store.

        Args:
            path: the file.
            keep: add to the directory there is, entries with the same credit code exchanged; else replace it.
            progress: kept up to date; once `cancelled` is set there, the import ends.
            every: called from time to time with the progress.

        Raises:
            TableFault: the file cannot be read at all.
            EmployersRefused: no column of it is a name, or no row could be taken.
            ImportCancelled: it was cancelled.
            DiskFull, DiskFailed: the directory is what it was.
        """
        progress = progress if progress is not None else ImportProgress()
        with read_table(path, limits=DIRECTORY, headed=_FIELD_OF.__contains__) as table:
            reader = _Reader(table, progress)
            with self._directory.draft(keep=keep) as draft:
                self._read(reader, draft, every)
                if not progress.taken:
                    raise EmployersRefused("employers.nothing_taken", rows=progress.rows)
                state = draft.adopt(path.name)
            return ImportReport(
                state, progress.taken, progress.refused, tuple(reader.refusals), table.notes, reader.unread
            )

    @staticmethod
    def _read(reader: "_Reader", draft: DirectoryDraft, every: Callable[[ImportProgress], object] | None) -> None:
        progress = reader.progress
        for row, employer in reader.entries():
            if draft.add(employer):
                progress.taken += 1
            else:
                reader.refuse(row, "uscc", EmployersRefused("employers.twice"))
            if progress.rows % _EVERY == 0 and every is not None:
                every(progress)
        if every is not None:
            every(progress)


class _Reader:
    """Reads the rows of a table as employers and keeps what it had to refuse."""

    def __init__(self, table: Table, progress: ImportProgress) -> None:
        self.progress = progress
        self.refusals: list[Refusal] = []
        self._table = table
        self._places: dict[str, int] = {}
        for at, heading in enumerate(table.headings):
            name = _FIELD_OF.get(plain_heading(heading))
            if name is not None:
                self._places.setdefault(name, at)
        self.unread = tuple(heading for at, heading in enumerate(table.headings) if at not in self._places.values())
        if "name" not in self._places:
            raise EmployersRefused(headings="、".join(table.headings)[:200])

    def entries(self) -> Iterator[tuple[int, Employer]]:
        """Yield each employer that can be taken, with the number of its row."""
        for row in self._table.rows():
            if self.progress.cancelled:
                raise ImportCancelled()
            self.progress.rows += 1
            if self.progress.rows % _EVERY == 0:
                self.progress.share = self._table.share
            employer = self._employer(row)
            if employer is not None:
                yield row.number, employer

    def refuse(self, row: int, name: str, reason: WindowAppError) -> None:
        """Note that a row is left out."""
        self.progress.refused += 1
        if len(self.refusals) < MOST_REFUSALS:
            at = self._places.get(name)
            self.refusals.append(Refusal(row, "" if at is None else self._table.headings[at], reason))

    def _employer(self, row: Row) -> Employer | None:
        if row.fault is not None:
            self.refuse(row.number, "", row.fault)
            return None
        values = {}
        for name, at in self._places.items():
            reason = row.refused.get(at)
            text = " ".join(row.cells[at].split())
            reason = reason or _fault_of(name, text)
            if reason is not None:
                self.refuse(row.number, name, reason)
                return None
            values[name] = text
        if values.get("uscc"):
            try:
                values["uscc"] = read_social_credit_code(values["uscc"])
            except WindowAppError as fault:
                self.refuse(row.number, "uscc", fault)
                return None
        return Employer(**values)


def _fault_of(name: str, text: str) -> WindowAppError | None:
    if name == "name" and not text:
        return EmployersRefused("employers.no_name")
    longest = LONGEST.get(name, _LONGEST_OTHER)
    if len(text) > longest:
        return EmployersRefused("employers.too_long", length=len(text), limit=longest)
    if not text.isprintable():
        return EmployersRefused("employers.control_character")
    return None
