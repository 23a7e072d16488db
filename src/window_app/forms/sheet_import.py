"""An edited workbook taken back into the definition files: all of it, or nothing."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from window_app.errors import DefinitionError, WindowAppError
from window_app.forms.loader import DefinitionSet, load_definitions
from window_app.forms.sheet_cells import cell_text, read_cell
from window_app.forms.sheet_reading import ReadRow, SheetMistake, read_workbook
from window_app.forms.sheets import PARAMETERS, Sheet, SheetRow, cell_of, sheets_of, with_cell
from window_app.forms.writing import write_texts
from window_app.forms.yaml_edit import Edit, YamlText, apply
from window_app.rules.parameters import read_parameters
from window_app.rules.rows import read_row
from window_app.rules.source import Source
from window_app.yamlio import YamlPath


@dataclass(frozen=True, slots=True)
class SheetChange:
    """What an import changes: a cell, a row that is new (`column` is "+"), left out ("-") or moved ("~")."""

    sheet: str
    row: str
    column: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class SheetImport:
    """What an import did, or would not do: with a mistake nothing is written."""

    changes: tuple[SheetChange, ...]
    mistakes: tuple[SheetMistake, ...]
    files: tuple[str, ...]


def import_sheets(path: Path, directory: Path) -> SheetImport:
    """Take an edited workbook into the files of a definition set; only what was edited is rewritten.

    Raises:
        WindowAppError: where the file is not a workbook that was exported from such a set.
        DefinitionError: where the set itself cannot be read, or could not be with the changes.
    """
    law = load_definitions(directory)
    sheets = tuple(sheets_of(law.files))
    read, mistakes = read_workbook(path, sheets)
    taking = _Taking(law, directory)
    for sheet in sheets:
        taking.take(sheet, read[sheet.name])
    mistakes += taking.mistakes
    texts = {} if mistakes else taking.texts()
    if texts:
        _try(directory, texts)
        write_texts(directory, texts)
    return SheetImport(tuple(taking.changes), tuple(mistakes), tuple(sorted(texts)))


class _Taking:
    """Compares the sheets with the files and gathers what is to be changed."""

    def __init__(self, law: DefinitionSet, directory: Path) -> None:
        self.changes: list[SheetChange] = []
        self.mistakes: list[SheetMistake] = []
        self._law = law
        self._directory = directory
        self._texts: dict[str, YamlText] = {}
        self._edits: dict[str, list[Edit]] = {}
        self._orders: dict[str, list[tuple[YamlPath, list[int | Mapping[str, Any]]]]] = {}

    def take(self, sheet: Sheet, rows: list[ReadRow]) -> None:
        known = {row.key: (place, row) for place, row in enumerate(sheet.rows)}
        order: list[int | Mapping[str, Any]] = []
        seen: set[tuple[str, ...]] = set()
        for row in rows:
            key = tuple(row.cells.get(column, "") for column in sheet.keys)
            if row.broken:
                seen.add(key)
                continue
            if key in seen or not all(key):
                self._mistake(sheet, row, sheet.keys[-1], WindowAppError("sheet.row_twice", row=" ".join(key)))
            elif key in known:
                order.append(known[key][0])
                self._take_row(sheet, row, known[key][1])
            else:
                self._new_row(sheet, row, key, order)
            seen.add(key)
        self._settle(sheet, order, seen)

    def _take_row(self, sheet: Sheet, row: ReadRow, old: SheetRow) -> None:
        for column in sheet.shown:
            if row.cells.get(column, "") != old.known.get(column, "").strip():
                self._mistake(sheet, row, column, WindowAppError("sheet.only_shown", column=column))
        value = self._read(sheet, row, old.value)
        if value is None or value == old.value:
            return
        if self._fits(sheet, row, value, old.key):
            text = self._text(old.file)
            self._edits.setdefault(old.file, []).extend(text.changes(old.path, old.value, value))

    def _read(self, sheet: Sheet, row: ReadRow, old: Mapping[str, Any]) -> dict[str, Any] | None:
        value = dict(old)
        name = " ".join(row.cells.get(column, "") for column in sheet.keys)
        for column in sheet.columns:
            before, text = cell_of(old, column), row.cells.get(column, "")
            shown = cell_text(before).strip()
            if text == shown:
                continue
            self.changes.append(SheetChange(sheet.name, name, column if old else "+", shown, text))
            try:
                value = with_cell(value, column, read_cell(sheet, column, text, before) if text else None)
            except DefinitionError as error:
                self._mistake(sheet, row, column, WindowAppError("sheet.unreadable", text=text, code=error.code))
                return None
        return value

    def _new_row(self, sheet: Sheet, row: ReadRow, key: tuple[str, ...], order: list[int | Mapping[str, Any]]) -> None:
        if sheet.lists is None:
            self._mistake(sheet, row, sheet.keys[0], WindowAppError("sheet.no_new_rows", row=" ".join(key)))
            return
        value = self._read(sheet, row, {})
        if value is not None and self._fits(sheet, row, {"id": key[0], **value}, key):
            order.append({"id": key[0], **value})

    def _settle(self, sheet: Sheet, order: list[int | Mapping[str, Any]], seen: set[tuple[str, ...]]) -> None:
        gone = [row for row in sheet.rows if row.key not in seen]
        self.changes += [SheetChange(sheet.name, " ".join(row.key), "-") for row in gone]
        if sheet.lists is None:
            for row in gone:
                error = WindowAppError("sheet.row_gone", row=" ".join(row.key))
                self.mistakes.append(SheetMistake(sheet.name, 0, "", error))
            return
        kept = [one for one in order if isinstance(one, int)]
        if kept != sorted(kept):
            self.changes.append(SheetChange(sheet.name, "", "~"))
        if order != list(range(len(sheet.rows))):
            file, path = sheet.lists
            self._orders.setdefault(file, []).append((path, order))

    def _fits(self, sheet: Sheet, row: ReadRow, value: Mapping[str, Any], key: tuple[str, ...]) -> bool:
        """Read a row as the program will; a mistake is named by its cell."""
        places: list[YamlPath] = []

        def where(path: YamlPath) -> tuple[str, int]:
            places.append(path)
            return sheet.name, row.number

        decision, _, locality = sheet.name.partition(".")
        try:
            if sheet.lists is not None:
                read_row(Source(value, where), self._law.rules.tables[decision], locality or None)
            elif sheet.name == PARAMETERS:
                parameter = {"title": {"zh": "-", "en": "-"}, "unit": row.cells.get("unit", "-"), "values": [value]}
                read_parameters(Source({key[1]: parameter}, where))
        except DefinitionError as error:
            path = ".".join(str(step) for step in places[-1] if not isinstance(step, int))
            self._mistake(sheet, row, _column_of(sheet, path), error)
            return False
        return True

    def _mistake(self, sheet: Sheet, row: ReadRow, column: str, error: WindowAppError) -> None:
        from openpyxl.utils import get_column_letter

        letters = get_column_letter(sheet.head.index(column) + 1) if column in sheet.head else ""
        self.mistakes.append(SheetMistake(sheet.name, row.number, f"{letters} ({column})".strip(), error))

    def _text(self, file: str) -> YamlText:
        if file not in self._texts:
            self._texts[file] = YamlText((self._directory / file).read_bytes().decode("utf-8-sig"))
        return self._texts[file]

    def texts(self) -> dict[str, str]:
        """Return the new text of every file that changes."""
        found = {}
        for file in {*self._edits, *self._orders}:
            text, edits = self._text(file), self._edits.get(file, [])
            whole = []
            for path, order in self._orders.get(file, []):
                edit = text.rows(path, order, edits)
                edits = [one for one in edits if not edit.start <= one.start < edit.end]
                whole.append(edit)
            found[file] = apply(text.text, [*edits, *whole])
        return {file: text for file, text in found.items() if text != self._text(file).text}


def _column_of(sheet: Sheet, path: str) -> str:
    """Return the column in which a place of a row's mapping stands."""
    for column in sheet.columns:
        if f".{path}".endswith(f".{column}") or path.startswith(f"{column}."):
            return column
    return next((column for column in sheet.columns if column.startswith(f"{path}.")), sheet.keys[-1])


def _try(directory: Path, texts: Mapping[str, str]) -> None:
    """Load the set as it would be, in another folder."""
    with tempfile.TemporaryDirectory() as made:
        trial = Path(made) / "forms"
        shutil.copytree(directory, trial)
        for file, text in texts.items():
            (trial / file).write_bytes(text.encode("utf-8"))
        load_definitions(trial)
