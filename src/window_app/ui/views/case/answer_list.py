"""What was taken in, section by section; a long list of records is drawn only as far as it is on show."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.domain.form_fields import field_place
from window_app.ui.views.case.case_view import AnswerView
from window_app.ui.widgets.record_list import RecordList
from window_app.ui.widgets.texts import clear, label

Answers = Sequence[tuple[str, Sequence[AnswerView]]]

LONG_LIST = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one section in order, each with its title and fields."""

    section: str
    records: tuple[tuple[str, Sequence[AnswerView]], ...]


def grouped(answers: Answers) -> list[Group]:
    """Return the records of each section together."""
    found: dict[str, list[tuple[str, Sequence[AnswerView]]]] = {}
    for title, fields in answers:
        place = field_place(fields[0].name) if fields else None
        found.setdefault(place.section if place is not None else title, []).append((title, fields))
    return [Group(section, tuple(records)) for section, records in found.items()]


class AnswerList(QFrame):
    """The sections as text; `lists` are the long ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.lists: list[RecordList] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(18, 12, 18, 12)

    def show_answers(self, answers: Answers) -> None:
        """Show these sections."""
        clear(self._lines)
        self.lists = []
        for group in grouped(answers):
            if len(group.records) > LONG_LIST:
                self._show_long(group)
                continue
            for title, fields in group.records:
                self._lines.addWidget(label(title, "faint"))
                self._lines.addWidget(label(_told(fields), wrap=True))

    def _show_long(self, group: Group) -> None:
        records = group.records
        title = f"{records[0][0].rpartition(' ')[0] or records[0][0]}  × {len(records)}"
        lines = RecordList()
        self._lines.addWidget(label(title, "faint"))
        self._lines.addWidget(lines)
        lines.show_records(len(records), lambda at: f"{at + 1}.  {_told(records[at][1])}", 0, title)
        self.lists.append(lines)


def _told(fields: Sequence[AnswerView]) -> str:
    return "    ".join(f"{field.title}: {field.value}" for field in fields)
