"""Codes of a case in the clerk's words. No Qt."""

from collections.abc import Sequence

from window_app.domain.ports import CaseRow
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
        self._offices = {code: texts.of(office.title) for code, office in desk.definitions.offices.items()}
        self._clerks = {desk.session.clerk: desk.session.name}
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

    def office(self, code: str) -> str:
        """Return what an office is called; a code that the definitions do not know stays a code."""
        return self._offices.get(code, code)

    def clerk(self, code: str) -> str:
        """Return who a clerk's code stands for as a list says it: no office before it; "—" for nobody."""
        clerk = code.rpartition("/")[2]
        return self._clerks.get(clerk, clerk) or "—"

    def marks(self, case: CaseRow) -> str:
        """Return what a list says beside a case: unsent, to be settled, content not here."""
        found = [self._texts.text("ui.case.mark.conflict", n=case.conflicts)] if case.conflicts else []
        found += [self._texts.text("ui.case.mark.unsent")] if case.unsent else []
        found += [] if case.opened else [self._texts.text("ui.case.mark.closed_bodies")]
        return " · ".join(found)

    def state(self, code: str) -> str:
        """Return what a case's state is called."""
        known = f"case.state.{code}"
        return self._texts.text(known) if known in self._texts else code

    def decision(self, code: str) -> str:
        """Return what an office does when it gives a case a state."""
        known = f"case.decision.{code}"
        return self._texts.text(known) if known in self._texts else self.state(code)

    def heading(self, name: str) -> str:
        """Return the heading of a column of the lists of cases."""
        return self._texts.text(f"ui.column.{name}")


def cited(law: object, article: object, paragraph: object = None, item: object = None) -> str:
    """Return a citation as decisions write it.

    >>> cited("劳动争议调解仲裁法", "27", 4)
    '《劳动争议调解仲裁法》第27条第4款'
    """
    number, _, inserted = str(article).partition("-")
    place = f"第{number}条" + (f"之{inserted}" if inserted else "")
    place += f"第{paragraph}款" if paragraph else ""
    return f"《{law}》{place}" + (f"第({item})项" if item else "")
