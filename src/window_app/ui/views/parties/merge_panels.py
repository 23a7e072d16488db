"""What is asked before two are one, and before they are two again."""

from collections.abc import Sequence
from uuid import UUID

from window_app.clock import CHINA
from window_app.domain.party_records import PartyGroup, PartyRow
from window_app.ui.views.parties.parties_screen import shown_number
from window_app.ui.widgets.action_panel import ActionPanel


class MergePanel(ActionPanel):
    """Asks with whom, and why."""

    def __init__(self, twins: Sequence[PartyRow]) -> None:
        super().__init__()
        self.set_words(self.tr("Merge with another registration"), self.tr("Merge"))
        options = [(str(one.party_id), f"{one.name}  {shown_number(one)}") for one in twins]
        self.add_choice("twin", self.tr("Perhaps the same"), options)
        self.show_entry("twin", bool(options))
        hint = self.tr("name, number or its end; only one may be found")
        self.add_line("other", self.tr("Or somebody else"), hint=hint)
        self.add_line("reason", self.tr("Reason"), required=self.tr("Please say why."))
        self.explain(
            self.tr("Nothing of either is lost or changed; the cases of both are shown together. It can be taken back.")
        )


class SeparatePanel(ActionPanel):
    """Asks which merge is taken back, and why."""

    def __init__(self, group: PartyGroup) -> None:
        super().__init__()
        self.set_words(self.tr("Take a merge back"), self.tr("Separate"))
        names = {one.party_id: one.name or "—" for one in group.members}
        options = [
            (
                str(merge.event_id),
                f"{_name(names, merge.one)} — {_name(names, merge.other)}  {merge.at.astimezone(CHINA):%Y-%m-%d %H:%M}",
            )
            for merge in group.merges
            if not merge.undone
        ]
        self.add_choice("merge", self.tr("Merge"), options, required=self.tr("Choose the merge."))
        self.add_line("reason", self.tr("Reason"), required=self.tr("Please say why."))
        self.explain(self.tr("Each is again what it was before, with the visits that named it."))


def _name(names: dict[UUID, str], party: UUID) -> str:
    return names.get(party, "—")
