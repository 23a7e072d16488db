"""The right column: where the matter belongs and why, what to tell, which papers come."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from window_app.domain.assessment import Citation
from window_app.ui.fields.editors import ChoiceBox
from window_app.ui.fields.line import Line
from window_app.ui.views.visit.state import LimitView, RouteView, VisitState
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import Button, badge, clear, column, label, row


def cited(citation: Citation) -> str:
    """Return a citation as it is written: law, article, paragraph, item."""
    number, _, inserted = citation.article.partition("-")
    text = f"{citation.law} 第{number}条" + (f"之{inserted}" if inserted else "")
    if citation.paragraph:
        text += f"第{citation.paragraph}款"
    if citation.item:
        text += f"第({citation.item})项"
    return text


class LimitRow(QWidget):
    """A limit in one line; opens to the steps that led to it."""

    def __init__(self, limit: LimitView) -> None:
        super().__init__()
        self._steps = label("\n".join(limit.steps), "faint", wrap=True)
        self._steps.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        text = label(limit.text, wrap=True)
        lines.addWidget(text)
        if limit.steps:
            more = Button(self.tr("how it was counted ›"), "link")
            more.clicked.connect(lambda: self._steps.setVisible(self._steps.isHidden()))
            lines.addLayout(row(more, None))
            lines.addWidget(self._steps)


class RouteCard(QFrame):
    """One route: reason, article, limit, office, and the key that chooses it."""

    chosen = Signal(str)
    article_asked = Signal(object)

    def __init__(self, route: RouteView, number: int) -> None:
        super().__init__()
        self.route = route.route
        lit = route.chosen or route.recommended
        self.setProperty("route", route.tone if lit else "plain")
        self.setProperty("chosen", route.chosen)
        self.setAccessibleName(route.title)
        title = label(route.title, "route-title", wrap=True)
        title.setProperty("tone", route.tone)
        choose = self.tr("Choose  Ctrl+{number}").format(number=number)
        self.pick = Button(self.tr("✓ Chosen") if route.chosen else choose)
        self.pick.clicked.connect(lambda: self.chosen.emit(self.route))
        head = row(title, self.pick)
        head.setStretch(0, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(14, 10, 14, 10)
        lines.setSpacing(6)
        lines.addLayout(head)
        lines.addLayout(self._badges(route))
        if route.reason:
            lines.addWidget(label(route.reason, "secondary", wrap=True))
        for name, widget in self._rows(route):
            lines.addLayout(self._row(name, widget))

    def _badges(self, route: RouteView) -> FlowLayout:
        flow = FlowLayout(spacing=6)
        if route.recommended:
            suggested = badge(self.tr("Suggested"), "solid")
            suggested.setProperty("tone", route.tone)
            flow.addWidget(suggested)
        elif route.standing == "open":
            flow.addWidget(badge(self.tr("Also open")))
        standings = {
            "warn": (self.tr("Taken in; tell the risk"), "caution"),
            "correct": (self.tr("Taken in; to be put right"), "caution"),
            "elsewhere": (self.tr("Another office is competent"), "caution"),
            "refused": (self.tr("The office must refuse"), "error"),
        }
        if route.standing in standings:
            flow.addWidget(badge(*standings[route.standing]))
        if not route.receivable:
            flow.addWidget(badge(self.tr("Guidance slip")))
        return flow

    def _rows(self, route: RouteView) -> list[tuple[str, QWidget]]:
        rows: list[tuple[str, QWidget]] = []
        if route.basis:
            rows.append((self.tr("Basis"), self._articles(route.basis)))
        limits = column(spacing=4)
        if route.limit_text:
            limits.addWidget(label(route.limit_text, wrap=True))
        for limit in route.limits:
            limits.addWidget(LimitRow(limit))
        if limits.count():
            holder = QWidget()
            holder.setLayout(limits)
            rows.append((self.tr("Limit"), holder))
        if route.office:
            rows.append((self.tr("Office"), label(route.office, wrap=True)))
        return rows

    def _articles(self, basis: tuple[Citation, ...]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, spacing=4)
        for citation in basis:
            link = Button(cited(citation) + " ›", "link")
            link.clicked.connect(lambda _=False, citation=citation: self.article_asked.emit(citation))
            flow.addWidget(link)
        return holder

    def _row(self, name: str, widget: QWidget) -> QHBoxLayout:
        title = label(name, "row-title")
        made = row(title, widget, spacing=10)
        made.setStretch(1, 1)
        made.setAlignment(title, Qt.AlignmentFlag.AlignTop)
        return made


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
        self.aside = Button(self.tr("Put aside  F4"))
        self.aside.clicked.connect(self.aside_asked)
        self.receive = Button(self.tr("Take in  F5"), "primary")
        self.receive.clicked.connect(self.receive_asked)
        self._lay_out()

    def show_state(self, state: VisitState, routes: tuple[tuple[str, str], ...], source: str) -> None:
        """Show the routes of the current matter, what to tell and what will be printed."""
        self._source.setText(source)
        self.receive.setText(self.tr("Take in  F5") if state.may_be_received else self.tr("Guidance slip  F5"))
        self.override.show_routes(routes)
        shown = (state.matters, state.current)
        if shown == self._shown:
            return
        self._shown = shown
        self._show_cards(state)
        clear(self._below)
        self._show_below(state)

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
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("Where and why"))
        scroll.setWidget(inner)
        scroll.setHorizontalScrollBarPolicy(scroll.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        foot = QWidget()
        foot.setObjectName("sideFoot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buttons = row(None, self.aside, self.receive)
        buttons.setContentsMargins(16, 12, 16, 12)
        foot.setLayout(buttons)
        self.setLayout(column(scroll, foot, spacing=0))

    def _show_cards(self, state: VisitState) -> None:
        clear(self._cards)
        self.cards = []
        for number, route in enumerate(state.matter.routes, start=1):
            card = RouteCard(route, number)
            card.chosen.connect(self.chosen)
            card.article_asked.connect(self.article_asked)
            self.cards.append(card)
            self._cards.addWidget(card)
        if not state.matter.routes:
            text = self.tr("The routes appear here as the answers narrow them down.")
            self._cards.addWidget(label(text, "secondary", wrap=True))
        if state.matter.override_reason:
            text = self.tr("Set by the clerk: {route}. Reason: {reason}")
            shown = text.format(route=state.matter.route_title, reason=state.matter.override_reason)
            self._cards.addWidget(label(shown, "note-caution", wrap=True))

    def _show_below(self, state: VisitState) -> None:
        route = state.chosen or next((one for one in state.matter.routes if one.recommended), None)
        for warning in state.matter.warnings:
            self._below.addWidget(label(warning, "note-caution", wrap=True))
        if route is not None:
            self._list(self.tr("Tell the visitor"), route.tell)
            self._list(self.tr("Papers to come"), route.papers)
        self._list(self.tr("Not to be issued here"), state.matter.forbidden)
        for other in (one for one in state.matters if one.key != state.current):
            standing = other.route_title or self.tr("route not chosen yet")
            title = other.title or self.tr("new matter")
            self._below.addWidget(label(f"{title}: {standing}", "note-caution", wrap=True))

    def _list(self, title: str, texts: tuple[str, ...]) -> None:
        if texts:
            self._below.addWidget(label(title, "step-title"))
        for text in dict.fromkeys(texts):
            self._below.addWidget(label("•  " + text, "secondary", wrap=True))

    def toggle_override(self) -> None:
        """Show or hide the clerk's own choice of a route."""
        self.override.setVisible(self.override.isHidden())
        if not self.override.isHidden():
            self.override.choice.setFocus()
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.override, 0, 24))
