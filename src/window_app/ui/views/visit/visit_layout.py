"""What the visit page is made of: title, notes, the cards of the steps, the law beside them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from window_app.ui.views.drafts.hand_over import HandOverPanel
from window_app.ui.views.visit.aids import WHO, AidPanel, AidStrip
from window_app.ui.views.visit.form_view import FormView
from window_app.ui.views.visit.interview_view import InterviewView
from window_app.ui.views.visit.materials_view import MaterialsView
from window_app.ui.views.visit.moving_view import KeptStrip, MovingPanel
from window_app.ui.views.visit.received_view import ReceivedView
from window_app.ui.views.visit.routes_view import RoutesView
from window_app.ui.views.visit.visit_steps import Step
from window_app.ui.widgets.article_popover import ArticlePopover
from window_app.ui.widgets.field_grid import NARROW, FieldGrid
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.passing_note import PassingNote
from window_app.ui.widgets.side_panel import SidePanel
from window_app.ui.widgets.step_card import StepCard
from window_app.ui.widgets.texts import Button, column, label
from window_app.ui.workplace import Workplace


class VisitLayout(QWidget):
    """The widgets of the visit page, built and laid out; what they do is the page's."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("page")
        self.place = place
        self._title = label(self.tr("Visit"), "page-title")
        self.undo_button = quiet(self.tr("Undo  Ctrl+Z"))
        self.redo_button = quiet(self.tr("Do again  Ctrl+Y"))
        self.hand_button = quiet(self.tr("Hand over  Ctrl+H"))
        self.when = label("", "secondary")
        self.what = label("", "secondary")
        self.what.setMinimumWidth(24)
        self._build_steps()
        self.note = label("", "note-error", wrap=True)
        self.note.hide()
        self.ask_lines = QVBoxLayout()
        self.top_lines = QVBoxLayout()
        self.handout_lines = QVBoxLayout()
        self.moving = MovingPanel()
        self.kept = KeptStrip()
        self.handing = HandOverPanel(place)
        for part in (self.moving, self.handing, self.kept):
            self.top_lines.addWidget(part)
        self.scroller = GrowingArea(self._body())
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.routes = RoutesView()
        self.side = SidePanel(self, self.scroller, self.routes, place.theme)
        self.article = ArticlePopover(self)
        self.passing = PassingNote(self)

    def panels_at(self, section: str) -> Sequence[AidPanel]:
        """Return new panels of the aids that stand at a section; the page knows which."""
        raise TypeError(section)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the column, the drawer and the fields follow the width."""
        super().resizeEvent(event)
        self.side.fit(self.width())
        narrow = self.scroller.width() < NARROW * self.place.theme.scale
        self.who.set_single(narrow)
        self.form.set_single(narrow)
        self.passing.place()

    def _build_steps(self) -> None:
        self.who = FieldGrid()
        self.who_aids = AidStrip()
        self.who_aids.provide(lambda: self.panels_at(WHO))
        who = QWidget()
        who.setLayout(column(self.who, self.who_aids))
        self.interview = InterviewView()
        self.form = FormView()
        self.form.set_aids(lambda section: self.panels_at(section))
        self.materials = MaterialsView()
        self.received = ReceivedView(self.place)
        self.received.hide()
        self.cards = {
            Step.WHO: StepCard(1, self.tr("Who is here"), who),
            Step.WHAT: StepCard(2, self.tr("What happened"), self.interview),
            Step.FORM: StepCard(3, self.tr("Form"), self.form),
            Step.MATERIALS: StepCard(4, self.tr("Materials"), self.materials),
        }

    def _make_head(self) -> QWidget:
        head = QWidget()
        self.head = FlowLayout(head, between=2)
        for part in (self._title, self.when, self.what):
            self.head.addWidget(part)
        self.head.push_right()
        for button in (self.undo_button, self.redo_button, self.hand_button):
            self.head.addWidget(button)
        return head

    def _body(self) -> QWidget:
        body = QWidget()
        body.setObjectName("pageBody")
        self.lines = lines = QVBoxLayout(body)
        lines.setContentsMargins(18, 10, 12, 16)
        lines.setSpacing(10)
        lines.addWidget(self._make_head())
        lines.addLayout(self.top_lines)
        lines.addLayout(self.handout_lines)
        lines.addLayout(self.ask_lines)
        lines.addWidget(self.note)
        for card in self.cards.values():
            lines.addWidget(card)
        lines.addWidget(self.received)
        lines.addStretch(1)
        return body


def quiet(text: str) -> Button:
    """Return a button that its key serves; it never takes the focus out of a field."""
    made = Button(text, "quiet-link")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
