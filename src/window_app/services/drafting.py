"""Drafts between people and between definition sets: handed over, taken up, moved to the set in force."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from window_app.clock import Clock
from window_app.domain.drafts import HandOver
from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind
from window_app.domain.ports import Records
from window_app.domain.stores import ClerkEntry
from window_app.domain.visits import VisitDraft
from window_app.errors import DefinitionError, WindowAppError
from window_app.forms import DefinitionSet, unpack
from window_app.services.case_files import written
from window_app.services.definition_changes import ChangeFinder, DefinitionChange
from window_app.services.judging import Judge
from window_app.services.reception import NoSuchDraft
from window_app.services.session import Session


class NoSuchColleague(WindowAppError):
    """Nobody of this code may sign in on this machine, or it is the clerk herself."""

    code = "drafting.no_such_colleague"


class Drafting:
    """Hands drafts from clerk to clerk and from one definition set to the next; each step is on record."""

    def __init__(
        self,
        records: Records,
        session: Session,
        clock: Clock,
        definitions: DefinitionSet,
        judge: Judge,
        clerks: Callable[[], tuple[ClerkEntry, ...]],
    ) -> None:
        """Keep the tools; `clerks` are those who may sign in on this machine."""
        self._records = records
        self._session = session
        self._clock = clock
        self._definitions = definitions
        self._finder = ChangeFinder(definitions, judge)
        self._clerks = clerks
        self._old: dict[str, DefinitionSet | None] = {}

    def colleagues(self) -> tuple[ClerkEntry, ...]:
        """Return the others who may sign in here."""
        return tuple(one for one in self._clerks() if one.code != self._session.clerk)

    def names(self) -> Mapping[str, str]:
        """Return the names of the clerks of this machine by their codes."""
        return {one.code: one.name or one.code for one in self._clerks()}

    def hand_over(self, draft: VisitDraft, to: str, remark: str = "") -> VisitDraft:
        """Store a draft for a colleague, who sees it among those that wait, with from whom and why.

        Raises:
            NoSuchColleague: nobody of this code may sign in here, or it is the clerk herself.
            WindowAppError: the remark is too long, or holds what no reader takes.
        """
        if all(one.code != to for one in self.colleagues()):
            raise NoSuchColleague(clerk=to)
        said = written(remark)
        me = self._session.clerk
        handed = replace(draft, owner=draft.owner or me, handed_over=HandOver(me, to, self._clock.now(), said))
        stated = self._about(draft.visit_id, EventType.DRAFT_HANDED_OVER, {"from": me, "to": to}, {"remark": said})
        self._write(handed, stated)
        return handed

    def take_up(self, visit_id: UUID) -> VisitDraft:
        """Return a draft to be worked on; one of somebody else, or handed over, is this clerk's from now on.

        Raises:
            NoSuchDraft: it was received or discarded meanwhile.
        """
        draft = self._records.find_draft(visit_id)
        if draft is None:
            raise NoSuchDraft()
        me = self._session.clerk
        if draft.handed_over is None and draft.owner == me:
            return draft
        taken = replace(draft, owner=me, handed_over=None)
        if not draft.owner and draft.handed_over is None:
            return taken  # of an older program, which did not note whose it was
        facts = {"from": draft.owner, "to": me, "handed_over": draft.handed_over is not None}
        self._write(taken, self._about(visit_id, EventType.DRAFT_TAKEN_UP, facts, {}))
        return taken

    def is_outdated(self, draft: VisitDraft) -> bool:
        """Answer whether a draft was begun with another definition set than the one in force."""
        return draft.definition_set != self._definitions.content_hash

    def changes(self, draft: VisitDraft) -> DefinitionChange:
        """Return what moving a draft to the set in force comes to; nothing is stored."""
        on = draft.legal_day(self._clock.today())
        station = self._records.station()
        return self._finder.find(
            draft, self._set(draft.definition_set), lambda old: Judge(old, station, self._clock), on
        )

    def move(self, draft: VisitDraft, change: DefinitionChange) -> VisitDraft:
        """Store a draft as moved to the set in force; what no longer fits stays with it, to be read."""
        facts = {
            "from": draft.definition_set,
            "to": self._definitions.content_hash,
            "changes": len(change.changes),
            "kept": len(change.kept),
        }
        body = {"kept": [{"kind": one.kind, "place": one.place} for one in change.kept]}
        self._write(change.moved, self._about(draft.visit_id, EventType.DRAFT_MOVED, facts, body))
        return change.moved

    def _write(self, draft: VisitDraft, event: NewEvent) -> None:
        with self._records.unit_of_work() as work:
            work.append(self._session.actor, [event])
            work.keep_definition_set(self._definitions.content_hash, self._definitions.pack())
            work.save_draft(draft, self._clock.now())

    def _set(self, name: str) -> DefinitionSet | None:
        if name not in self._old:
            packed = self._records.find_definition_set(name) if name else None
            try:
                self._old[name] = None if packed is None else unpack(packed)
            except DefinitionError:  # of a program whose definitions this one does not read
                self._old[name] = None
        return self._old[name]

    @staticmethod
    def _about(visit_id: UUID, kind: str, facts: Mapping[str, Any], body: Mapping[str, Any]) -> NewEvent:
        stream = Stream(StreamKind.VISIT, visit_id)
        return NewEvent(stream, kind, facts=facts, body=body, confidentiality=Confidentiality.RESTRICTED)
