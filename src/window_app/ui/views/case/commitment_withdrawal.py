"""Taking a commitment back at the counter: which one, and the applicant's reason; the certificate is due again then."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from window_app.ui.views.office.commitment_reading import CommitmentView
from window_app.ui.widgets.action_panel import ActionPanel


class WithdrawalPanel(ActionPanel):
    """Asks which commitment is withdrawn and why."""

    def __init__(self, found: Sequence[CommitmentView], parent: QWidget | None = None) -> None:
        """Take the commitments of the case; one alone is taken at once."""
        super().__init__(parent=parent)
        self.set_words(self.tr("Withdraw a commitment"), self.tr("Withdraw"))
        told = self.tr("The applicant may withdraw before the end; then the certificate is handed in after all.")
        self.explain(told)
        which = [(one.material, f"{one.title} · {one.state}") for one in found if one.withdrawable]
        self.add_choice("which", self.tr("Commitment"), which, required=self.tr("Choose which one."))
        why = self.tr("Write the applicant's reason in a sentence.")
        self.add_line("reason", self.tr("Reason"), required=why)
