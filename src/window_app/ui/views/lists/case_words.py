"""Codes of a case in the clerk's words. No Qt."""

from collections.abc import Sequence

from window_app.i18n import Catalogue
from window_app.services.desk import Desk

KIND_FACT = "matter_kind"


class CaseWords:
    """Reads codes of matters, routes and states."""

    def __init__(self, desk: Desk, texts: Catalogue) -> None:
        self._matters = {code: texts.of(matter.title) for code, matter in desk.definitions.matters.items()}
        self._routes = {code: texts.of(text) for code, text in desk.interview.routes()}
        vocabulary = desk.definitions.vocabulary
        kinds = vocabulary.get(KIND_FACT).values if KIND_FACT in vocabulary else {}
        self._kinds = {code: texts.of(text) for code, text in kinds.items()}
        self._texts = texts

    def matter(self, code: str) -> str:
        """Return what a matter is called."""
        return self._matters.get(code) or self._kinds.get(code) or code

    def matters(self, codes: Sequence[str]) -> str:
        """Return what several matters are called, in one line."""
        return " · ".join(self.matter(code) for code in codes if code) or "—"

    def route(self, code: str) -> str:
        """Return what a route is called."""
        return self._routes.get(code, code)

    def state(self, code: str) -> str:
        """Return what a case's state is called."""
        known = f"case.state.{code}"
        return self._texts.text(known) if known in self._texts else code

    def heading(self, name: str) -> str:
        """Return the heading of a column of the lists of cases."""
        return self._texts.text(f"ui.column.{name}")
