"""What came from the centre and was set apart: whose, since when, why, and what to do."""

from collections.abc import Sequence

from window_app.domain.line import SetApart
from window_app.ui.views.lists.line_words import LineWords
from window_app.ui.views.lists.waiting_card import WaitingCard

MOST_SHOWN = 8


class ApartLines(WaitingCard):
    """The rows that were set apart."""

    def __init__(self, words: LineWords) -> None:
        super().__init__()
        self._words = words

    def show_rows(self, rows: Sequence[SetApart]) -> None:
        """Show these, the oldest first; what is to be done stands once under all of one reason."""
        shown = rows[:MOST_SHOWN]
        self.begin(self.tr("Set apart: {n}").format(n=len(rows)), len(rows))
        for reason in dict.fromkeys(one.reason for one in shown):
            for one in shown:
                if one.reason == reason:
                    self.add(self._words.apart(one), "secondary")
            self.add(self._words.apart_advice(reason), "note-caution")
        if len(rows) > MOST_SHOWN:
            self.add(self.tr("and {n} more").format(n=len(rows) - MOST_SHOWN), "secondary")
