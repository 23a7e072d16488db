"""The right column: where the matter belongs and why, what to tell, which papers come."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from window_app.ui.fields.editors import ChoiceBox
from window_app.ui.fields.line import Line
from window_app.ui.views.visit.route_card import RouteCard, SharedPart
from window_app.ui.views.visit.state import VisitState
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.texts import Button, clear, column, label, row


class OverrideBox(QWidget):
    """The clerk leaves the routes offered, with a reason."""

    overridden = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._routes: list[str] = []
        self.choice = ChoiceBox()
        self.choice.setAccessibleName(self.tr("Route"))
        self.reason = Line()
        self.reason.setPlaceholderText(self.tr("reason, goes on record"))
        self.reason.setAccessibleName(self.tr("Reason for another route"))
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.set_button = Button(self.tr("Set this route"))
        self.set_button.clicked.connect(self._emit)
        self.reason.returnPressed.connect(self._emit)
        lines = column(self.choice, self.reason, self.problem, spacing=6)
        lines.addLayout(row(self.set_button, None))
        self.setLayout(lines)

    def show_routes(self, routes: tuple[tuple[str, str], ...]) -> None:
        """Offer every route there is."""
        if [code for code, _ in routes] == self._routes:
            return
        self._routes = [code for code, _ in routes]
        self.choice.clear()
        self.choice.addItem("—")
        for code, title in routes:
            self.choice.addItem(title, code)

    def _emit(self) -> None:
        route = self.choice.currentData()
        if not route or not self.reason.text().strip():
            self.problem.setText("✕ " + self.tr("Choose a route and write the reason."))
            self.problem.show()
            return
        self.problem.hide()
        self.overridden.emit(str(route), self.reason.text().strip())


class RoutesView(QWidget):
    """The cards of the current matter and what goes with them; scrolls, its foot stays."""

    chosen = Signal(str)
    overridden = Signal(str, str)
    article_asked = Signal(object)
    aside_asked = Signal()
    receive_asked = Signal()
    application_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.cards: list[RouteCard] = []
        self._shown: tuple[object, ...] = ()
        self._source = label("", "faint")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        self._below = QVBoxLayout()
        self._below.setSpacing(6)
        self.override = OverrideBox()
        self.override.hide()
        self.override.overridden.connect(self.overridden)
        self.override_link = Button(self.tr("Another route, with a reason  Ctrl+O"), "link")
        self.override_link.clicked.connect(self.toggle_override)
        self.application = Button(self.tr("Application  Alt+A"))
        self.application.clicked.connect(self.application_asked)
        self.application.hide()
        self.aside = Button(self.tr("Put aside  F4"))
        self.aside.clicked.connect(self.aside_asked)
        self.receive = Button(self.tr("Take in  F5"), "primary")
        self.receive.clicked.connect(self.receive_asked)
        self._lay_out()

    def show_state(self, state: VisitState, routes: tuple[tuple[str, str], ...], source: str) -> None:
        """Show the routes of the current matter, what to tell and what will be printed."""
        self._source.setText(source)
        self.receive.setText(self.tr("Take in  F5") if state.may_be_received else self.tr("Guidance slip  F5"))
        self.application.setVisible(bool(state.application) and state.received is None)
        self.override.show_routes(routes)
        closed = state.received is not None
        self.override_link.setVisible(not closed)
        shown = (state.matters, state.current, closed)
        if shown == self._shown:
            return
        self._shown = shown
        self._renew(self._cards, self._cards_of(state))
        self._renew(self._below, self._below_of(state))
        for card in self.cards:
            card.pick.setDisabled(closed)
        self._scroll.settle()
        self._scroll.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("sideBody")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(16, 12, 16, 12)
        lines.setSpacing(10)
        lines.addLayout(row(label(self.tr("Where and why"), "step-title"), None, self._source))
        lines.addLayout(self._cards)
        lines.addLayout(row(self.override_link, None))
        lines.addWidget(self.override)
        lines.addLayout(self._below)
        lines.addStretch(1)
        self._scroll = scroll = GrowingArea(inner)
        scroll.setAccessibleName(self.tr("Where and why"))
        scroll.setHorizontalScrollBarPolicy(scroll.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        foot = QWidget()
        foot.setObjectName("sideFoot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buttons = row(self.application, None, self.aside, self.receive)
        buttons.setContentsMargins(16, 12, 16, 12)
        foot.setLayout(buttons)
        self.setLayout(column(scroll, foot, spacing=0))

    def _renew(self, place: QVBoxLayout, made: QVBoxLayout) -> None:
        """Put what was made in the place of what stood there; shown as a whole it is laid out once."""
        clear(place)
        holder = QWidget()
        holder.setLayout(made)
        place.addWidget(holder)
        holder.show()  # Qt would show it a turn later, and leave it out of the heights until then

    def _cards_of(self, state: VisitState) -> QVBoxLayout:
        lines = column(spacing=10)
        self.cards = []
        shared = SharedPart(state.matter.routes)
        shared.article_asked.connect(self.article_asked)
        if not shared.is_empty:
            lines.addWidget(shared)
        for number, route in enumerate(state.matter.routes, start=1):
            card = RouteCard(route, number, shared)
            card.chosen.connect(self.chosen)
            card.article_asked.connect(self.article_asked)
            card.grown.connect(self._scroll.settle)
            self.cards.append(card)
            lines.addWidget(card)
        if not state.matter.routes:
            text = self.tr("The routes appear here as the answers narrow them down.")
            lines.addWidget(label(text, "secondary", wrap=True))
        if state.matter.override_reason:
            text = self.tr("Set by the clerk: {route}. Reason: {reason}")
            shown = text.format(route=state.matter.route_title, reason=state.matter.override_reason)
            lines.addWidget(label(shown, "note-caution", wrap=True))
        return lines

    def _below_of(self, state: VisitState) -> QVBoxLayout:
        lines = column(spacing=6)
        route = state.chosen or next((one for one in state.matter.routes if one.recommended), None)
        for warning in state.matter.warnings:
            lines.addWidget(label(warning, "note-caution", wrap=True))
        if route is not None:
            self._list(lines, self.tr("Tell the visitor"), route.tell)
            self._line(lines, self.tr("Papers to come"), route.papers)
        for other in (one for one in state.matters if one.key != state.current):
            standing = other.route_title or self.tr("route not chosen yet")
            title = other.title or self.tr("new matter")
            lines.addWidget(label(f"{title}: {standing}", "note-caution", wrap=True))
        self._show_forbidden(lines, state.matter.forbidden)
        return lines

    def _list(self, lines: QVBoxLayout, title: str, texts: tuple[str, ...]) -> None:
        if texts:
            lines.addWidget(label(title, "step-title"))
        for text in dict.fromkeys(texts):
            dot = label("•", "secondary")
            told = row(dot, label(text, "secondary", wrap=True), spacing=6)
            told.setStretch(1, 1)
            told.setAlignment(dot, Qt.AlignmentFlag.AlignTop)
            lines.addLayout(told)

    def _line(self, lines: QVBoxLayout, title: str, texts: tuple[str, ...]) -> None:
        if texts:
            lines.addWidget(label(title, "step-title"))
            lines.addWidget(label(" · ".join(dict.fromkeys(texts)), "secondary", wrap=True))

    def _show_forbidden(self, lines: QVBoxLayout, texts: tuple[str, ...]) -> None:
        """Keep what this counter must not issue under one line that opens."""
        if not texts:
            return
        told = label("\n".join("•  " + text for text in dict.fromkeys(texts)), "faint", wrap=True)
        told.hide()
        more = Button(self.tr("Papers not to be issued here: {n} ›").format(n=len(set(texts))), "quiet-link")

        def turn() -> None:
            told.setVisible(told.isHidden())
            self._scroll.settle()

        more.clicked.connect(turn)
        lines.addWidget(more)
        lines.addWidget(told)

    def toggle_override(self) -> None:
        """Show or hide the clerk's own choice of a route."""
        self.override.setVisible(self.override.isHidden())
        if not self.override.isHidden():
            self.override.choice.setFocus()
            self._scroll.settle()
            self._scroll.ensureWidgetVisible(self.override, 0, 24)
