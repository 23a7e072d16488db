"""What is said of a sheet that was read, in the clerk's language. No Qt."""

from decimal import Decimal

from window_app.forms.definitions import SectionDefinition
from window_app.i18n import Catalogue
from window_app.services.sheet_reading import BadCell, SheetReading, SheetTotals


class SheetWords:
    """Turns readings and totals into sentences."""

    def __init__(self, texts: Catalogue) -> None:
        self._texts = texts

    def title(self, section: SectionDefinition) -> str:
        """Return what a section is called."""
        return self._texts.of(section.title)

    def reason(self, cell: BadCell) -> str:
        """Return why a cell was not taken."""
        return self._texts.of(cell.message) if cell.message is not None else self._texts.message(cell.error)

    def progress(self, rows: int, share: float | None) -> str:
        """Return how far a reading is."""
        done = "" if share is None else f" ({share:.0%})"
        return self._texts.text("sheets.progress", rows=rows) + done

    def read(self, reading: SheetReading) -> str:
        """Return what came of a sheet, with what is to be told of it as a whole."""
        counts = (("sheets.taken", len(reading.good) + reading.joined), ("sheets.wrong_rows", len(reading.bad)))
        parts = [self._texts.text(code, rows=rows) for code, rows in counts if rows]
        if reading.joined:
            parts.append(self._texts.text("sheets.joined", rows=reading.joined))
        if reading.same:
            parts.append(self._texts.text("sheets.same", rows=reading.same))
        told = [self._texts.message(note) for note in reading.notes]
        return " · ".join(parts or [self._texts.text("sheets.no_rows")]) + "".join("\n△ " + one for one in told)

    def corrected(self, reading: SheetReading) -> str:
        """Return what a correction led to."""
        return self._texts.text("sheets.corrected", rows=len(reading.good), left=len(reading.bad))

    def bad(self, reading: SheetReading) -> str:
        """Return how much there is to put right."""
        return "✕ " + self._texts.text("sheets.bad", rows=len(reading.bad), cells=len(reading.bad_cells))

    def totals(self, section: SectionDefinition, totals: SheetTotals) -> str:
        """Return what the records come to: how many, sums, and the kinds."""
        parts = [self._texts.text("sheets.count", count=totals.count)]
        for one in totals.money:
            amounts = {"total": _grouped(one.total), "least": _grouped(one.least), "most": _grouped(one.most)}
            label = section.field(one.field).label
            parts.append(self._texts.text("sheets.sum", label=label, count=one.count, **amounts))
        kinds = [
            f"{self._texts.of(section.field(one.field).values[one.value])} {one.count}"
            + (f" ({_grouped(one.total)})" if Decimal(one.total) else "")
            for one in totals.kinds
        ]
        return "Σ " + " · ".join(parts) + ("\n" + " · ".join(kinds) if kinds else "")


def _grouped(amount: str) -> str:
    return f"{Decimal(amount):,.2f}"
