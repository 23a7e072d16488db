"""The commitments that wait for an office, as a list beside its queue."""

from window_app.services.commitment_review import ReviewRow, Stage
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.views.office.commitment_reading import CommitmentReader, days_words
from window_app.ui.widgets.table import Column, RowsModel, Table
from window_app.ui.workplace import Workplace

SHARES = (32, 9, 26, 14, 14, 11)
SPARE = (1, 5)
ROW = 36


def waits(one: ReviewRow) -> bool:
    """Answer whether something is to be done with a commitment now; a repair waits for the person."""
    return one.stage not in (Stage.DONE, Stage.REPAIR) or bool(one.doubts)


class CommitmentTable(Table):
    """Shows them, the nearest day first."""

    def __init__(self, place: Workplace, name: str) -> None:
        self._words = CaseWords(place.desk, place.texts)
        self._reader = CommitmentReader(place.desk, place.texts)
        self._review = place.desk.commitment_review
        self._texts = place.texts
        super().__init__(RowsModel(self._columns()), name, place.theme.px(ROW), SHARES, SPARE)

    def show_rows(self, rows: tuple[ReviewRow, ...]) -> None:
        """Show these; the one that was selected stays so."""
        before = self.current()
        self.records.show_rows(rows)
        same = (at for at, one in enumerate(rows) if before and _key(one) == _key(before))
        if rows:
            self.selectRow(next(same, 0))

    def _columns(self) -> list[Column]:
        words, text = self._words, self._texts.text
        return [
            (words.heading("number"), lambda one: one.row.number),
            (words.heading("applicant"), lambda one: one.row.applicant or "—"),
            (text("ui.review.column.certificate"), self._title),
            (text("ui.review.column.stage"), lambda one: self._reader.word("stage", one.stage.value)),
            (text("ui.review.column.due"), self._due),
            (words.heading("mark"), lambda one: text("ui.review.doubt_short") if one.doubts else ""),
        ]

    def _title(self, one: ReviewRow) -> str:
        definition = self._review.definition(one.commitment.code)
        return one.commitment.code if definition is None else self._texts.of(definition.certificate)

    def _due(self, one: ReviewRow) -> str:
        if one.stage is not Stage.VERIFY:
            return "—"
        return days_words(self._texts, one.commitment.due_on, one.days_left)


def _key(one: ReviewRow) -> object:
    return one.commitment.commitment_id
