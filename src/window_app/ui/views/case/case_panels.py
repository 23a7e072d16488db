"""Panels of the case page: fetch the content, correct an entry, papers handed in later."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from window_app.i18n import Catalogue
from window_app.ui.views.case.case_view import AnswerView, CaseView
from window_app.ui.widgets.action_panel import ActionPanel

FETCH_REASONS = ("inquiry", "correct")


class FetchPanel(ActionPanel):
    """Asks why content that another counter took in is to be fetched."""

    def __init__(self, texts: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Fetch the content of this case"), self.tr("Fetch"))
        self.explain(self.tr("The centre puts on record who fetched it, when and why."))
        reasons = [(code, texts.text(f"office.reason.{code}")) for code in FETCH_REASONS]
        self.add_choice("reason", self.tr("Reason"), reasons, required=self.tr("Choose the reason."))


MANY_ENTRIES = 200
MANY_MISSING = 20


class CorrectionPanel(ActionPanel):
    """Asks which entry is wrong, and what is right."""

    def __init__(self, view: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._fields: dict[str, AnswerView] = {field.name: field for _, fields in view.answers for field in fields}
        self.set_words(self.tr("Correct an entry"), self.tr("Correct"))
        self.explain(
            self.tr("The old value stays on record. If somebody else has changed it meanwhile, both are shown.")
        )
        self._answers = view.answers
        if len(self._fields) > MANY_ENTRIES:
            line = self.add_line("whose", self.tr("Whose entry"), hint=self.tr("name, or the end of a number"))
            line.textChanged.connect(self._narrow)
        named = self._named("")
        self.field = self.add_choice("field", self.tr("Entry"), named, required=self.tr("Choose the entry."))
        self.new_line = self.add_line("line", self.tr("Right value"), required=self.tr("Give the right value."))
        self.add_choice("choice", self.tr("Right value"), (), required=self.tr("Choose the right value."))
        self.add_line("reason", self.tr("Reason"), required=self.tr("Give the reason in a sentence."))
        self.field.currentIndexChanged.connect(lambda _: self._fit())
        self._fit()

    def _named(self, wanted: str) -> list[tuple[str, str]]:
        """Return the entries of the records in which a text stands; not more than can be looked through."""
        found: list[tuple[str, str]] = []
        for section, fields in self._answers:
            if len(found) >= MANY_ENTRIES:
                break
            if not wanted or any(wanted in field.value for field in fields):
                found += [(field.name, f"{section} · {field.title}: {field.value}") for field in fields]
        return found

    def _narrow(self, text: str) -> None:
        self.set_options("field", self._named(text.strip()))

    def value_for(self, values: Mapping[str, str]) -> object:
        """Return the new value as the form holds it."""
        field = self._fields[values["field"]]
        if field.kind == "bool":
            return values["choice"] == "true"
        return values["choice"] if field.options else values["line"]

    def _fit(self) -> None:
        field = self._fields.get(self.value("field"))
        options = field.options if field is not None else ()
        self.set_options("choice", options)
        self.show_entry("choice", bool(options))
        self.show_entry("line", not options)


class CompletionPanel(ActionPanel):
    """Asks to confirm that everything missing was handed in."""

    def __init__(self, missing: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_words(self.tr("Papers completed"), self.tr("Everything is here"))
        self.explain(
            self.tr("Confirm only when everything that was missing is here: the limit of the answer begins anew.")
        )
        for _, title in missing[:MANY_MISSING]:
            self.explain("•  " + title, "")
        if len(missing) > MANY_MISSING:
            self.explain(self.tr("and {n} more, see the notice").format(n=len(missing) - MANY_MISSING), "")
        self.add_line("remark", self.tr("Remark"))
