"""Where a page opens the card of pages to be handed out: at its top, one at a time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from window_app.services.handouts import SetOffer
from window_app.ui.views.papers.handout_card import HandoutCard, HandoutView
from window_app.ui.widgets.attachment_preview import AttachmentPreview
from window_app.ui.widgets.texts import clear
from window_app.ui.workplace import Workplace


class HandoutPlace(QObject):
    """Opens and closes the card, and lets the page's keys reach it.

    Signals:
        changed: papers in a card were noted as sent.
        said: there is nothing to open; carries why.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(
        self,
        page: QWidget,
        place: Workplace,
        lines: QVBoxLayout,
        settle: Callable[[QWidget | None], object],
        back: Callable[[], object],
    ) -> None:
        """Take the page, where its cards go, what lays it out anew, and where the focus goes afterwards."""
        super().__init__(page)
        self._page = page
        self._place = place
        self._lines = lines
        self._settle = settle
        self._back = back
        self.card: HandoutCard | None = None
        self._preview: AttachmentPreview | None = None
        self._before: QWidget | None = None

    def open(self, view: HandoutView) -> None:
        """Open a card in the place of the one before."""
        focus: QWidget | None = self._page.window().focusWidget()
        if self.card is None or focus is None or not self.card.isAncestorOf(focus):
            self._before = focus
        self._clear()
        card = HandoutCard(self._place, view, self.preview)
        card.closed.connect(self.close)
        card.changed.connect(self.changed)
        self._lines.addWidget(card)
        card.show()
        self.card = card
        self._settle(card)
        card.take_focus()

    def open_sets(self, offers: Sequence[SetOffer]) -> None:
        """Open the card of the sets of one or more cases."""
        if not offers:
            self.said.emit(self.tr("No paper has been issued for anybody yet."))
            return
        desk, texts = self._place.desk, self._place.texts
        holders = {
            "visitor": self.tr("the visitor"),
            "file": self.tr("the file"),
            "respondent": self.tr("each respondent"),
            "office": self.tr("the office"),
        }
        several = len({one.number for one in offers}) > 1
        choices, sets = [], {}
        for one in offers:
            known = desk.definitions.wording
            titles = {kind: texts.of(known[kind].title) if kind in known else kind for kind in one.kinds}
            pieces = [f"{title} ×{one.kinds.count(kind)}" for kind, title in titles.items()]
            shown = holders[one.holder] + (f" · {one.number}" if several else "")
            code = f"{one.number} {one.holder}"
            sets[code] = one
            choices.append((code, shown, self.tr("In it: {papers}").format(papers=", ".join(pieces))))
        self.open(
            HandoutView(
                title=self.tr("A set of the papers for"),
                told="",
                choices=choices,
                make=lambda code: desk.handouts.of_holder(sets[code].number, sets[code].holder),
                look=lambda code: desk.handouts.look(sets[code].number, sets[code].holder),
            )
        )

    def close(self) -> bool:
        """Close the card; answers whether there was one."""
        if self.card is None:
            return False
        # The focus goes first: taken away under it, the card would pass it on to whatever follows.
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        else:
            self._back()
        self._clear()
        self._settle(None)
        return True

    def print(self) -> bool:
        """Print what is open; answers whether anything is."""
        if self.card is not None:
            self.card.print_button.click()
        return self.card is not None

    def save(self) -> bool:
        """Save what is open; answers whether anything is."""
        if self.card is not None:
            self.card.save_button.click()
        return self.card is not None

    def preview(self) -> AttachmentPreview:
        """Return what lies over the page while pages are looked at."""
        if self._preview is None:
            self._preview = AttachmentPreview(self._page, self._place.tasks.run_free, self._place.texts.message)
            self._preview.closed.connect(self.take_focus)
        return self._preview

    def take_focus(self) -> None:
        """Put the focus into the card, where one is open."""
        if self.card is not None:
            self.card.take_focus()

    def _clear(self) -> None:
        if self.card is not None:
            self.card = None
            clear(self._lines)
