"""Says what a newer definition set changes for a draft, and reads the answers that it has no place for. No Qt."""

from collections.abc import Iterable, Mapping

from window_app.domain.drafts import KeptAnswer
from window_app.i18n import Catalogue
from window_app.services.definition_changes import DefinitionChange
from window_app.ui.masking import masked
from window_app.ui.views.visit.state import KeptView, MovingView


class MovingReader:
    """Puts changes of definitions and kept answers into the clerk's words."""

    def __init__(self, texts: Catalogue) -> None:
        self._texts = texts

    def moving(self, change: DefinitionChange) -> MovingView:
        """Return what the clerk is asked to accept."""
        lines = tuple(
            self._texts.text(
                f"drafting.change.{one.kind}",
                subject=self._texts.of(one.subject) if one.subject else "",
                where=self._texts.of(one.where) if one.where else "—",
                before=self._texts.of(one.before) if one.before else "—",
                after=self._texts.of(one.after) if one.after else "—",
            )
            for one in change.changes
        )
        return MovingView(lines, self.kept(change.kept), change.known)

    def kept(self, answers: Iterable[KeptAnswer]) -> tuple[KeptView, ...]:
        """Return kept answers with their old labels."""
        return tuple(KeptView(self._texts.of(one.label), self._value(one)) for one in answers)

    def _value(self, answer: KeptAnswer) -> str:
        if answer.shown:
            return self._texts.of(answer.shown)
        if answer.kind == "material" and isinstance(answer.value, Mapping):
            state = self._texts.text(f"drafting.tick.{answer.value['state']}")
            return f"{state} × {answer.value['copies']}" if answer.value["copies"] else state
        if isinstance(answer.value, Mapping):
            return f"{answer.value.get('from') or ''} – {answer.value.get('to') or ''}"
        if isinstance(answer.value, bool):
            return self._texts.text("ui.yes" if answer.value else "ui.no")
        return masked(answer.type, str(answer.value))
