"""Drafts of visits: begun, written through while typing, resumed after a kill, discarded."""

from collections.abc import Callable
from uuid import UUID

from window_app.clock import Clock
from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind
from window_app.domain.ids import new_id
from window_app.domain.ports import Records
from window_app.domain.visits import DraftSummary, MatterDraft, VisitDraft
from window_app.errors import WindowAppError
from window_app.services.session import Session


class NoSuchDraft(WindowAppError):
    """The draft was received, guided or discarded meanwhile."""

    code = "reception.no_such_draft"


class Reception:
    """Keeps the visits that are being taken down."""

    def __init__(
        self,
        records: Records,
        session: Session,
        clock: Clock,
        definition_set: str,
        pack: Callable[[], bytes] | None = None,
    ) -> None:
        """Keep the tools; `pack` gives the set of that name, to be kept with the drafts that were begun with it."""
        self._records = records
        self._session = session
        self._clock = clock
        self._definition_set = definition_set
        self._pack = pack

    def begin(self) -> VisitDraft:
        """Return a new visit with one empty matter; nothing is stored before the first `save`."""
        return VisitDraft(
            visit_id=new_id(self._clock.now()),
            opened_at=self._clock.now(),
            matters=(MatterDraft("m1"),),
            definition_set=self._definition_set,
            owner=self._session.clerk,
        )

    def save(self, draft: VisitDraft) -> VisitDraft:
        """Write a draft through; once this returns, a kill loses nothing of it."""
        with self._records.unit_of_work() as work:
            if self._pack is not None and draft.definition_set == self._definition_set:
                # A later program shows by it what a draft of this set was asked.
                work.keep_definition_set(self._definition_set, self._pack())
            work.save_draft(draft, self._clock.now())
        if draft.definition_set == self._definition_set:
            self._pack = None
        return draft

    def drafts(self) -> tuple[DraftSummary, ...]:
        """Return the drafts of this machine, last changed first."""
        return self._records.drafts()

    def resume(self, visit_id: UUID) -> VisitDraft:
        """Return a draft as it was last typed.

        Raises:
            NoSuchDraft: where it was received or discarded meanwhile.
        """
        draft = self._records.find_draft(visit_id)
        if draft is None:
            raise NoSuchDraft()
        return draft

    def discard(self, visit_id: UUID, reason: str) -> None:
        """Remove a draft, with the reason on record.

        Raises:
            NoSuchDraft: where there is no such draft.
        """
        self.resume(visit_id)
        stream = Stream(StreamKind.VISIT, visit_id)
        discarded = NewEvent(stream, EventType.DRAFT_DISCARDED, body={"reason": reason})
        with self._records.unit_of_work() as work:
            work.append(self._session.actor, [discarded])
            work.drop_draft(visit_id)

    def reveal(self, visit_id: UUID, field: str) -> None:
        """Put on record that a masked field of a visit was looked at; what it holds is not recorded."""
        stream = Stream(StreamKind.VISIT, visit_id)
        looked = NewEvent(
            stream,
            EventType.IDENTITY_REVEALED,
            facts={"field": field},
            confidentiality=Confidentiality.RESTRICTED,
        )
        with self._records.unit_of_work() as work:
            work.append(self._session.actor, [looked])
