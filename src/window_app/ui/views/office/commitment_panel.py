"""The panel in which an office verifies a commitment, hears, decides, or takes an entry of the list back."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from window_app.services.commitment_review import Stage
from window_app.ui.views.office.commitment_reading import CommitmentReader, CommitmentView
from window_app.ui.widgets.action_panel import ActionPanel
from window_app.ui.widgets.texts import label

UPHELD = "upheld"
AGAINST = ("ended", "corrected", "revoked")
VERIFY, NOTICE, HEAR, DECIDE, OBJECT, JUDGE, REPAIR = (
    "verify", "notice", "hear", "decide", "object", "judge", "repair",
)  # fmt: skip


def steps_of(one: CommitmentView) -> tuple[str, ...]:
    """Return what may be done with a commitment, the likeliest first."""
    first = {
        Stage.VERIFY: (VERIFY,),
        Stage.NOTICE: (NOTICE, DECIDE),
        Stage.HEAR: (HEAR, DECIDE),
        Stage.DECIDE: (DECIDE,),
        Stage.OBJECTION: (JUDGE,),
        Stage.REPAIR: (REPAIR,),
    }.get(one.stage, ())
    return (*first, OBJECT) if one.open_to_objection else first


class CommitmentPanel(ActionPanel):
    """Asks which commitment, what is done with it, and what that needs; nothing else is shown."""

    def __init__(
        self, found: Sequence[CommitmentView], reader: CommitmentReader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._found = {one.key: one for one in found if steps_of(one)}
        self.set_words(self.tr("Commitment"), self.tr("Put on record"))
        needed = self.tr("Choose what is done.")
        which = [(key, f"{one.title} · {one.state}") for key, one in self._found.items()]
        self.which = self.add_choice("which", self.tr("Commitment"), which, required=self.tr("Choose which one."))
        self.step = self.add_choice("step", self.tr("What is done"), (), required=needed)
        self.told = label("", "secondary", wrap=True)
        self.add_below(self.told)
        self._add_entries(reader, needed)
        self.basis = label("", "secondary", wrap=True)
        self.add_below(self.basis)
        self.which.currentIndexChanged.connect(lambda _: self._fit_which())
        self.step.currentIndexChanged.connect(lambda _: self._fit_step())
        self.ruling.currentIndexChanged.connect(lambda _: self._fit_ruling())
        self._fit_which()

    def chosen(self) -> CommitmentView:
        """Return the commitment that was chosen.

        Raises:
            KeyError: none was.
        """
        return self._found[self.value("which")]

    def _add_entries(self, reader: CommitmentReader, needed: str) -> None:
        say = self.tr("Write it down in a sentence.")
        self.add_choice("result", self.tr("Result"), reader.results(), required=needed)
        self.add_choice("method", self.tr("How it was verified"), reader.methods(), required=needed)
        self.add_line("looked_at", self.tr("What was looked at"), required=say)
        self.add_line("found", self.tr("What was found, where it is false"))
        self.add_choice("heard", self.tr("How"), reader.hearings(), required=needed)
        self.add_line("statement", self.tr("What the person stated"))
        self.ruling = self.add_choice("ruling", self.tr("Decision"), (), required=needed)
        day = self.tr("a day, or +5 for the fifth working day")
        self.add_line("until", self.tr("The person may speak until"), required=self.tr("Name the day."), hint=day)
        self.add_line("correct_by", self.tr("To be put right by"), required=self.tr("Name the day."), hint=day)
        self.add_line("recover", self.tr("Amount to be recovered, in yuan"), latin=True)
        self.add_checks("listed", "", (("listed", self.tr("Enter the person in the list")),), ticked=True)
        self.add_line("text", self.tr("What the person objects"), required=say)
        self.add_line("how", self.tr("How it was put right"), required=say)
        self.add_line("reason", self.tr("Reason"), required=say)

    def _fit_which(self) -> None:
        one = self._found.get(self.value("which"))
        words = self._words()
        self.set_options("step", [(step, words[step][0]) for step in (steps_of(one) if one is not None else ())])
        self._fit_step()

    def _fit_step(self) -> None:
        one, step = self._found.get(self.value("which")), self.value("step")
        shown = _ENTRIES.get(step, ())
        for name in _ALL:
            self.show_entry(name, name in shown)
        self._set_told(self._words()[step][1](one) if one is not None and step else "")
        rulings = one.rulings if one is not None and "ruling" in shown else ()
        unheard = one is not None and step == DECIDE and one.stage is not Stage.DECIDE
        wanted = AGAINST if step == NOTICE else (UPHELD,) if unheard else tuple(each.code for each in rulings)
        self.set_options("ruling", [(each.code, each.title) for each in rulings if each.code in wanted])
        self._fit_ruling()

    def _fit_ruling(self) -> None:
        one, step, code = self._found.get(self.value("which")), self.value("step"), self.value("ruling")
        against = step == DECIDE and code in AGAINST
        self.show_entry("correct_by", step == DECIDE and code == "corrected")
        self.show_entry("recover", against)
        self.show_entry("listed", against)
        found = next((each.basis for each in (one.rulings if one is not None else ()) if each.code == code), "")
        self.basis.setText(found if step in (NOTICE, DECIDE, JUDGE) else "")
        self.basis.setVisible(bool(self.basis.text()))

    def _set_told(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _words(self) -> dict[str, tuple[str, Callable[[CommitmentView], str]]]:
        return {
            VERIFY: (
                self.tr("Verify"),
                lambda _: self.tr("The office verifies by itself. The applicant is not asked for any further paper."),
            ),
            NOTICE: (
                self.tr("Tell what is meant, and until when to speak"),
                lambda _: self.tr("Facts, reasons and ground are told first; nothing is decided before she is heard."),
            ),
            HEAR: (self.tr("Hear the person"), lambda _: self.tr("Whatever is stated makes nothing worse for her.")),
            DECIDE: (self.tr("Decide"), self._on_deciding),
            OBJECT: (self.tr("An objection to the decision came"), lambda _: ""),
            JUDGE: (self.tr("Decide on the objection"), self._on_judging),
            REPAIR: (
                self.tr("It was put right: repair"),
                lambda _: self.tr("From the next contact on every counter takes her commitments again."),
            ),
        }

    def _on_deciding(self, one: CommitmentView) -> str:
        if one.own:
            return self.tr("You verified this one: a colleague who did not decides.")
        if one.stage is Stage.DECIDE:
            return ""
        return self.tr("The person was not heard yet: nothing but “it stands” can be decided now.")

    def _on_judging(self, one: CommitmentView) -> str:
        return self.tr("You made this decision: a colleague decides on the objection.") if one.decided else ""


_ENTRIES = {
    VERIFY: ("result", "method", "looked_at", "found"),
    NOTICE: ("ruling", "until"),
    HEAR: ("heard", "statement"),
    DECIDE: ("ruling", "reason"),
    OBJECT: ("text",),
    JUDGE: ("ruling", "reason"),
    REPAIR: ("how",),
}
_ALL = (
    "result", "method", "looked_at", "found", "heard", "statement", "ruling", "until", "correct_by", "recover",
    "listed", "text", "how", "reason",
)  # fmt: skip
