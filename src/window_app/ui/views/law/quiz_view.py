"""The practice quiz: a case in words, a route by its number, then what the law says."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from window_app.errors import WindowAppError
from window_app.services.quiz import DECISION, MOST_OPTIONS, QuizCase, QuizVerdict
from window_app.ui.views.law.rule_words import RuleWords
from window_app.ui.views.law.source_links import SourceLinks
from window_app.ui.views.visit.route_card import cited
from window_app.ui.widgets.flow import FlowLayout
from window_app.ui.widgets.growing_area import GrowingArea
from window_app.ui.widgets.texts import Button, bind_here, clear, label, polish, row
from window_app.ui.workplace import Workplace


class QuizView(QWidget):
    """Draws a case, takes an answer, shows the right one. `article_asked` carries law and article of a source."""

    article_asked = Signal(str, str)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._words = RuleWords(place.texts, place.desk.definitions.rules.tables[DECISION], place.desk.definitions)
        self.case: QuizCase | None = None
        self.verdict: QuizVerdict | None = None
        self.score = label("", "strong")
        self.name = label("", "route-title", wrap=True)
        self.where = label("", "faint", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self._options = FlowLayout(spacing=8)
        self.options: list[Button] = []
        self.said = label("", "note-good", wrap=True)
        self.law = label("", wrap=True)
        self.trace = label("", "secondary", wrap=True)
        self.sources = SourceLinks(self)
        self.sources.asked.connect(self.article_asked)
        self.next_button = Button(self.tr("Next case  Enter"), "primary")
        self.next_button.clicked.connect(self.draw)
        self._lay_out()
        for number in range(1, MOST_OPTIONS + 1):
            bind_here(self, str(number), partial(self._press, number - 1))

    def take_focus(self) -> None:
        """Draw the first case, else put the focus where one goes on."""
        if self.case is None:
            self._place.desk.law_books.quiz.start_over()
            self.draw()
        elif self.verdict is not None:
            self.next_button.setFocus()
        else:
            self.area.setFocus()

    def escape(self) -> bool:
        """Answer that there is nothing to go back to inside the quiz."""
        return False

    def draw(self) -> None:
        """Show the next case."""
        self._place.tasks.run(self._place.desk.law_books.quiz.draw, self._show, self._failed)

    def choose(self, route: str) -> None:
        """Answer the case; a second answer does not count."""
        case = self.case
        if case is None or self.verdict is not None:
            return
        quiz = self._place.desk.law_books.quiz

        def judged(verdict: QuizVerdict) -> None:
            self._show_verdict(case, verdict, route)

        self._place.tasks.run(lambda: quiz.judge(case, route), judged, self._failed)

    def _press(self, number: int) -> None:
        if number < len(self.options):
            self.options[number].click()

    def _show(self, case: QuizCase) -> None:
        texts = self._place.texts
        self.case, self.verdict = case, None
        self.name.setText(self.tr("What do you suggest first?"))
        known = self._place.desk.definitions.localities.get(case.locality or "")
        place = texts.of(known.title) if known is not None else self.tr("national rules")
        self.where.setText(self.tr("Case: {name} · {on} · {place}").format(name=case.name, on=case.on, place=place))
        clear(self._facts)
        for at, (name, value) in enumerate(case.facts.items()):
            question = label(self._words.fact(name), "secondary", wrap=True)
            self._facts.addWidget(question, at, 0, Qt.AlignmentFlag.AlignTop)
            told = label(self._words.value(name, value), "strong", wrap=True)
            self._facts.addWidget(told, at, 1, Qt.AlignmentFlag.AlignTop)
        self._show_options(case)
        for part in (self.said, self.law, self.trace, self.sources, self.next_button):
            part.hide()
        self._count()
        self.area.settle()
        self.area.verticalScrollBar().setValue(0)
        self.area.setFocus()

    def _show_options(self, case: QuizCase) -> None:
        clear(self._options)
        self.options = []
        for number, (route, text) in enumerate(case.options, start=1):
            button = Button(f"{number}  {self._place.texts.of(text)}")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, route=route: self.choose(route))
            self._options.addWidget(button)
            self.options.append(button)

    def _show_verdict(self, case: QuizCase, verdict: QuizVerdict, route: str) -> None:
        self.verdict = verdict
        suggested, chosen = self._route(case.recommended), self._route(route)
        told = {
            QuizVerdict.RIGHT: self.tr("✓ Right: {suggested}."),
            QuizVerdict.OPEN_TOO: self.tr("✓ {chosen} is open too; suggested first: {suggested}."),
            QuizVerdict.WRONG: self.tr("✕ Not {chosen}. Suggested first: {suggested}."),
        }[verdict]
        self.said.setText(told.format(suggested=suggested, chosen=chosen))
        polish(self.said, kind="note-error" if verdict is QuizVerdict.WRONG else "note-good")
        texts = self._place.texts
        lines = [texts.of(case.reason)] if case.reason else []
        lines += [texts.of(case.limit)] if case.limit else []
        lines.append(self.tr("Open routes: {routes}").format(routes=self._words.value("route", case.routes)))
        self.law.setText("\n".join(lines))
        met = [f"{self._words.fact(name)} {self._words.value(name, value)}" for name, value in case.trace.items()]
        self.trace.setText(self.tr("Row {row}: {facts}").format(row=case.row, facts="  /  ".join(met) or "—"))
        self.sources.show_sources([(citation, cited(citation)) for citation in case.basis])
        for button, (offered, _) in zip(self.options, case.options, strict=True):
            button.setChecked(offered == route)
            button.setEnabled(offered in (route, case.recommended))
        for part in (self.said, self.law, self.trace, self.next_button):
            part.show()
        self._count()
        self.area.settle()
        self.next_button.setFocus()
        self.area.ensureWidgetVisible(self.next_button, 0, 12)

    def _count(self) -> None:
        quiz = self._place.desk.law_books.quiz
        self.score.setText(
            self.tr("This sitting: {right} right, {wrong} wrong").format(right=quiz.right, wrong=quiz.wrong)
        )

    def _route(self, route: str) -> str:
        return self._words.value("route", route)

    def _failed(self, error: WindowAppError) -> None:
        self.said.setText("✕ " + self._place.texts.message(error))
        polish(self.said, kind="note-error")
        self.said.show()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(20, 14, 20, 16)
        inner.setSpacing(10)
        inner.addWidget(self.where)
        inner.addLayout(self._facts)
        inner.addWidget(self.name)
        inner.addLayout(self._options)
        for part in (self.said, self.law, self.sources, self.trace):
            inner.addWidget(part)
        inner.addLayout(row(self.next_button, None))
        body = QWidget()
        body.setObjectName("pageBody")
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 12, 0)
        lines.addWidget(card)
        lines.addStretch(1)
        self.area = GrowingArea(body)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        hint = self.tr("Answer by the number of the route. Nothing of it is kept.")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(row(self.score, 12, label(hint, "faint"), None))
        outer.addWidget(self.area, 1)
