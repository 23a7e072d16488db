"""Issuing a paper for the case on the page: what the law lets out now, what it still needs, and why others wait."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from window_app.domain.papers import PaperRecord
from window_app.i18n import Catalogue
from window_app.services.case_papers import Offer
from window_app.ui.fields.editors import ChoiceBox
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.widgets.texts import label
from window_app.ui.workplace import Workplace

if TYPE_CHECKING:
    from window_app.ui.views.case.case_actions import CaseActions
    from window_app.ui.views.case.case_page import CasePage

OFFICE, REASON, KIND = "office", "reason", "kind"


class IssuePanel(ActionPanel):
    """Asks which paper; where it names an office, which one; a reason where there is something to say."""

    def __init__(self, offers: Sequence[Offer], texts: Catalogue, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Issue a paper for this case"), self.tr("Issue"))
        self.explain(self.tr("It is put on record with its content; then it can be looked at and printed."))
        self._offers = {one.kind: one for one in offers if one.allowed}
        kinds = [(one.kind, _title(one, texts)) for one in self._offers.values()]
        self._kind = self.add_choice(KIND, self.tr("Paper"), kinds, required=self.tr("Choose the paper."))
        offices = next((one.offices for one in self._offers.values() if one.offices), ())
        shown = [(code, texts.of(title)) for code, title in offices]
        self.add_choice(OFFICE, self.tr("Office that it names"), shown, required=self.tr("Choose the office."))
        self.add_line(REASON, self.tr("What is to be added"))
        waiting = [f"{texts.of(one.title)}：{texts.of(one.reason)}" for one in offers if not one.allowed]
        if waiting:
            self.add_below(label(self.tr("Not now:") + "\n" + "\n".join(waiting), "faint", wrap=True))
        if isinstance(self._kind, ChoiceBox):
            self._kind.currentIndexChanged.connect(self._fit)
        self._fit()

    def given(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return what the paper needs beside what the case says."""
        offer = self._offers[values[KIND]]
        named = {name: values[OFFICE] for name in offer.needs}
        return {**named, **({REASON: values[REASON]} if offer.needs else {})}

    def _fit(self) -> None:
        offer = self._offers.get(self.value(KIND))
        needs = offer is not None and bool(offer.needs)
        self.show_entry(OFFICE, needs)
        self.show_entry(REASON, needs)


class CaseIssuing(QObject):
    """Joins the panel to the papers of the case."""

    def __init__(self, verbs: "CaseActions", page: "CasePage", place: Workplace) -> None:
        super().__init__(verbs)
        self._verbs = verbs
        self._page = page
        self._place = place

    def ask(self) -> None:
        """Ask which paper is to be issued."""
        view = self._page.view
        if view is None:
            return
        number, papers = view.case.number, self._place.desk.case_papers

        def show(offers: tuple[Offer, ...]) -> None:
            if self._page.number != number:
                return
            panel = IssuePanel(offers, self._place.texts, self._page)
            panel.confirmed.connect(lambda values: self._issue(panel, values))
            self._page.open_panel(panel)

        self._place.tasks.run(lambda: papers.offers(number), show, self._verbs.failed)

    def put_application_on_record(self) -> None:
        """Put the application on record, filled in from the form; where it is already, lead to it."""
        number, handouts, page = self._page.number, self._place.desk.handouts, self._page

        def done(records: tuple[PaperRecord, ...]) -> None:
            title = self._place.texts.of(records[0].content["title"])
            page.say("✓ " + self.tr("{title} stands below among the papers.").format(title=title), "note-good")
            page.show_number(number)
            page.stored_changed.emit()
            # Behind that reading, so that the card is there.
            self._place.tasks.run(lambda: None, lambda _: page.stand_on(records[0].paper_id))

        self._place.tasks.run(lambda: handouts.applications_of((number,)), done, self._verbs.failed)

    def ask_sets(self) -> None:
        """Offer the papers in the sets in which they are handed out."""
        number, handouts = self._page.number, self._place.desk.handouts
        self._place.tasks.run(lambda: handouts.sets((number,)), self._page.handouts.open_sets, self._verbs.failed)

    def _issue(self, panel: IssuePanel, values: Mapping[str, str]) -> None:
        number, papers = self._page.number, self._place.desk.case_papers
        given = panel.given(values)

        def said(record: PaperRecord) -> str:
            title = self._place.texts.of(record.content["title"])
            return self.tr("{title} is on record; it stands below among the papers.").format(title=title)

        self._verbs.do(lambda: papers.issue(number, values[KIND], given), said)


def _title(offer: Offer, texts: Catalogue) -> str:
    title = texts.of(offer.title)
    return f"{title}（{offer.issued}）" if offer.issued else title
