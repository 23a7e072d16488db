"""The law to read: the library, the rule tables, the quiz; a key for each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from window_app.ui.views.law.library_view import LibraryView
from window_app.ui.views.law.quiz_view import QuizView
from window_app.ui.views.law.rules_view import RulesView
from window_app.ui.widgets.texts import Button, bind_here, label, row
from window_app.ui.workplace import Workplace


class LawPage(QWidget):
    """Shows one of its three parts at a time; `left` says that an article asked for elsewhere was closed."""

    left = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("page")
        self.library = LibraryView(place)
        self.rules = RulesView(place)
        self.quiz = QuizView(place)
        self.parts = QStackedWidget()
        self._origin: int | None = None
        self._elsewhere = False
        self.buttons: list[Button] = []
        titles = (self.tr("Law library"), self.tr("Rules"), self.tr("Practice quiz"))
        for number, (part, title) in enumerate(zip((self.library, self.rules, self.quiz), titles, strict=True)):
            button = Button(f"{title}  Ctrl+{number + 1}")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, number=number: self.show_part(number))
            bind_here(self, f"Ctrl+{number + 1}", button.click)
            self.buttons.append(button)
            self.parts.addWidget(part)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(18, 14, 18, 12)
        lines.setSpacing(10)
        lines.addLayout(row(label(self.tr("Law"), "page-title"), 12, *self.buttons, None))
        lines.addWidget(self.parts, 1)
        self.library.back_asked.connect(self._back)
        self.rules.article_asked.connect(lambda law, article: self.show_article(law, article, origin=1))
        self.quiz.article_asked.connect(lambda law, article: self.show_article(law, article, origin=2))
        self._mark(0)

    def take_focus(self) -> None:
        """Put the focus into the part on show."""
        self._part().take_focus()

    def show_part(self, number: int) -> None:
        """Show the library (0), the rules (1) or the quiz (2)."""
        self._origin, self._elsewhere = None, False
        self.parts.setCurrentIndex(number)
        self._mark(number)
        self.take_focus()

    def show_article(self, law: str, article: str, origin: int | None = None) -> None:
        """Open an article in the library; `origin` is the part that asked, None for another screen."""
        self._origin, self._elsewhere = origin, origin is None
        self.parts.setCurrentIndex(0)
        self._mark(0)
        self.library.open_article(law, article)

    def print_paper(self) -> None:
        """Print the article that is open."""
        if self._part() is self.library:
            self.library.print_paper()

    def escape(self) -> bool:
        """Go one step back inside the part on show; answers whether there was one."""
        went = self._part().escape()
        if went and self._origin is not None:
            self.show_part(self._origin)
        elif went and self._elsewhere:
            self._elsewhere = False
            return False
        return went

    def _back(self) -> None:
        if not self.escape():
            self.left.emit()

    def _part(self) -> LibraryView | RulesView | QuizView:
        return (self.library, self.rules, self.quiz)[self.parts.currentIndex()]

    def _mark(self, number: int) -> None:
        for place, button in enumerate(self.buttons):
            button.setChecked(place == number)
