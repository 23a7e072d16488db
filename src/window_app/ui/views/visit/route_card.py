"""One route as a card: why, by which article, until when, where, and the key that chooses it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from window_app.domain.assessment import Citation
from window_app.ui.views.visit.state import LimitView, RouteView
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.texts import Button, badge, column, label, row

NAME_WIDTH = 34
TOGETHER = 3


def cited(citation: Citation) -> str:
    """Return a citation as it is written: law, article, paragraph, item."""
    return f"{citation.law} {place(citation)}"


def place(citation: Citation) -> str:
    """Return the place in its law: article, paragraph, item."""
    number, _, inserted = citation.article.partition("-")
    text = f"第{number}条" + (f"之{inserted}" if inserted else "")
    if citation.paragraph:
        text += f"第{citation.paragraph}款"
    return text + (f"第({citation.item})项" if citation.item else "")


def short_place(citation: Citation) -> str:
    """Return the place in its law as it stands beside others: 26条(一)."""
    number, _, inserted = citation.article.partition("-")
    text = f"{number}条" + (f"之{inserted}" if inserted else "")
    if citation.paragraph:
        text += f"{citation.paragraph}款"
    return text + (f"({citation.item})" if citation.item else "")


def named_row(name: str, widget: QWidget) -> QHBoxLayout:
    """Return a row of a card: a small name, and what it names."""
    title = label(name, "row-title")
    title.setMinimumWidth(NAME_WIDTH)
    made = row(title, widget, spacing=8)
    made.setStretch(1, 1)
    made.setAlignment(title, Qt.AlignmentFlag.AlignTop)
    return made


class Articles(QWidget):
    """Citations in one line after the other, those of one law together; each opens its article."""

    asked = Signal(object)

    def __init__(self, basis: tuple[Citation, ...]) -> None:
        super().__init__()
        flow = FlowLayout(self, spacing=8, between=2)
        laws = dict.fromkeys(citation.law for citation in basis)
        for law in laws:
            of_law = [citation for citation in basis if citation.law == law]
            for start in range(0, len(of_law), TOGETHER):
                whole = start + TOGETHER >= len(of_law)
                end = "、" if not whole else " ›" if law == list(laws)[-1] else ""
                flow.addWidget(self._together(of_law[start : start + TOGETHER], first=not start, end=end))

    def _together(self, citations: list[Citation], *, first: bool, end: str) -> QWidget:
        """Return some articles of one law in a line that does not break; a mark closes a line and begins none."""
        holder = QWidget()
        line = row(spacing=0)
        for at, citation in enumerate(citations):
            before = f"{citation.law} " if first and at == 0 else ""
            after = end if at + 1 == len(citations) else "、"
            link = Button(before + short_place(citation) + after, "link")
            link.setAccessibleName(cited(citation))
            link.setToolTip(cited(citation))
            link.clicked.connect(lambda _=False, citation=citation: self.asked.emit(citation))
            line.addWidget(link)
        holder.setLayout(line)
        return holder


class LimitRow(QWidget):
    """A limit in one line; opens to the steps that led to it."""

    grown = Signal(object)

    def __init__(self, limit: LimitView) -> None:
        super().__init__()
        self._steps = label("\n".join(limit.steps), "faint", wrap=True)
        self._steps.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        text = label(limit.text, wrap=True)
        head = row(text)
        head.setStretch(0, 1)
        lines.addLayout(head)
        if limit.steps:
            more = Button(self.tr("steps ›"), "link")
            more.clicked.connect(self._turn)
            head.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
            lines.addWidget(self._steps)

    def _turn(self) -> None:
        self._steps.setVisible(self._steps.isHidden())
        self.grown.emit(self)


class RouteCard(QFrame):
    """One route: reason, article, limit, office, and the key that chooses it.

    What all routes share is not repeated here; `shared` names it.
    """

    chosen = Signal(str)
    article_asked = Signal(object)
    grown = Signal(object)

    def __init__(self, route: RouteView, number: int, shared: "SharedPart") -> None:
        super().__init__()
        self.route = route.route
        lit = route.chosen or route.recommended
        self.setProperty("route", route.tone if lit else "plain")
        self.setProperty("chosen", route.chosen)
        self.setAccessibleName(route.title)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(14, 8, 14, 10)
        lines.setSpacing(4)
        lines.addLayout(self._head(route, number))
        marks = self._marks(route)
        if marks:
            lines.addLayout(row(*marks, None, spacing=6))
        reason = "\n".join(line for line in route.reason.splitlines() if line not in shared.reasons)
        if reason:
            lines.addWidget(label(reason, "secondary", wrap=True))
        for name, widget in self._rows(route, shared):
            lines.addLayout(named_row(name, widget))

    def _head(self, route: RouteView, number: int) -> QHBoxLayout:
        title = label(route.title, "route-title", wrap=True)
        title.setProperty("tone", route.tone)
        choose = self.tr("Choose  Ctrl+{number}").format(number=number)
        self.pick = Button(self.tr("✓ Chosen") if route.chosen else choose, "choose")
        self.pick.clicked.connect(lambda: self.chosen.emit(self.route))
        head = row(title)
        if route.recommended:
            suggested = badge(self.tr("Suggested"), "solid")
            suggested.setProperty("tone", route.tone)
            head.addWidget(suggested)
        elif route.standing == "open":
            also = badge(self.tr("Also open"))
            also.setProperty("tone", route.tone)
            head.addWidget(also)
        head.addStretch(1)
        head.addWidget(self.pick)
        return head

    def _marks(self, route: RouteView) -> list[QLabel]:
        standings = {
            "warn": (self.tr("Taken in; tell the risk"), "caution"),
            "correct": (self.tr("Taken in; to be put right"), "caution"),
            "elsewhere": (self.tr("Another office is competent"), "caution"),
            "refused": (self.tr("The office must refuse"), "error"),
        }
        marks = [badge(*standings[route.standing])] if route.standing in standings else []
        return marks if route.receivable else [*marks, badge(self.tr("Guidance slip"))]

    def _rows(self, route: RouteView, shared: "SharedPart") -> list[tuple[str, QWidget]]:
        rows: list[tuple[str, QWidget]] = []
        basis = tuple(citation for citation in route.basis if citation not in shared.basis)
        if basis:
            articles = Articles(basis)
            articles.asked.connect(self.article_asked)
            rows.append((self.tr("Basis"), articles))
        limits = column(spacing=2)
        if route.limit_text and route.limit_text != shared.limit_text:
            limits.addWidget(label(route.limit_text, wrap=True))
        for limit in route.limits:
            line = LimitRow(limit)
            line.grown.connect(self.grown)
            limits.addWidget(line)
        if limits.count():
            holder = QWidget()
            holder.setLayout(limits)
            rows.append((self.tr("Limit"), holder))
        if route.office:
            parts = (route.office, route.office_phone if route.chosen else "")
            office = label("  ".join(part for part in parts if part), "office", wrap=True)
            office.setToolTip(route.office_phone)
            rows.append((self.tr("Office"), office))
        return rows


class SharedPart(QWidget):
    """What the law says of all routes alike, told once above their cards."""

    article_asked = Signal(object)

    def __init__(self, routes: tuple[RouteView, ...]) -> None:
        super().__init__()
        several = len(routes) > 1
        first = routes[0] if several else None
        lines = first.reason.splitlines() if first else []
        self.reasons = tuple(text for text in lines if all(text in one.reason.splitlines() for one in routes))
        self.basis = tuple(one for one in first.basis if all(one in other.basis for other in routes)) if first else ()
        alike = first is not None and all(one.limit_text == first.limit_text for one in routes)
        self.limit_text = first.limit_text if first is not None and alike else ""
        shown = QVBoxLayout(self)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(4)
        if self.reasons:
            shown.addWidget(label("\n".join(self.reasons), wrap=True))
        if self.basis:
            articles = Articles(self.basis)
            articles.asked.connect(self.article_asked)
            shown.addLayout(named_row(self.tr("Basis"), articles))
        if self.limit_text:
            shown.addLayout(named_row(self.tr("Limit"), label(self.limit_text, "office", wrap=True)))
        self.is_empty = not (self.reasons or self.basis or self.limit_text)
