"""The one-time notice after a commitment was withdrawn: everything that is missing of the case, named at once."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from window_app.clock import legal_date
from window_app.domain.cases import CaseStatus
from window_app.domain.commitment_drafts import COMMIT, DraftCommitment, PaperSignature
from window_app.domain.commitments import fold_commitments
from window_app.domain.events import EventType
from window_app.domain.ids import new_id
from window_app.domain.papers import PaperRecord
from window_app.domain.visits import MaterialState, MaterialTick, MatterDraft, VisitDraft
from window_app.forms import DefinitionSet
from window_app.forms.wording import paper_content
from window_app.services.case_files import CaseFile
from window_app.services.commitment_persons import CommitmentRefused
from window_app.services.issuing import Issuing, PaperForbidden
from window_app.services.judging import Judge, JudgedMatter
from window_app.services.paper_values import Counter, PaperValues, TakenIn
from window_app.services.parties import parties

NOTICE = "notice_once"


class WithdrawalNotice:
    """Judges a received case anew and composes its notice."""

    def __init__(
        self,
        definitions: DefinitionSet,
        judge: Judge,
        counter: Counter,
        issuing: Issuing,
        seal: Callable[[PaperRecord], PaperRecord],
        district_key: bytes,
    ) -> None:
        """Keep the tools; `seal` puts key id and signature on a paper's record."""
        self._definitions = definitions
        self._judge = judge
        self._counter = counter
        self._issuing = issuing
        self._seal = seal
        self._district_key = district_key
        self._values = PaperValues(definitions, counter)

    def judged(self, file: CaseFile, draft: VisitDraft, on: date) -> JudgedMatter:
        """Return a case's matter as the law sees it on a day.

        Raises:
            CommitmentRefused: the present definitions have no such matter any more.
        """
        (judged,) = self._judge.judge(draft, on)
        if judged.definition is None or judged.filling is None or judged.definition.code != file.state.matter:
            raise CommitmentRefused("commitments.repealed", title=file.state.matter)
        return judged

    def check(self, record: PaperRecord) -> None:
        """Let a paper of a received case pass.

        Raises:
            PaperForbidden: the law does not allow it in the case's present state.
        """
        self._issuing.check(record)

    def record(self, file: CaseFile, without: str, now: datetime) -> tuple[PaperRecord | None, date | None]:
        """Return the notice of a case whose commitment for a material is withdrawn, and by when to bring what it names.

        There is no paper where the law lets none out any more, as after an acceptance.
        """
        on = legal_date(now)
        judged = self.judged(file, draft_of(file, without=without), on)
        correction = self._judge.correction_limit(judged, on)
        taken = self._taken(file, judged)
        values = self._values.notice_once(replace(taken, correction=correction), file.state.number, now)
        record = self._sealed(file, values, now)
        try:
            self._issuing.check(record)
        except PaperForbidden:
            return None, None if correction is None else correction.due_on
        return record, None if correction is None else correction.due_on

    def _taken(self, file: CaseFile, judged: JudgedMatter) -> TakenIn:
        if judged.definition is None or judged.filling is None:
            raise CommitmentRefused("commitments.repealed", title=file.state.matter)
        answers = judged.filling.normalised()
        complete = file.state.completed_on is not None or file.receiving.facts.get("complete") is True
        return TakenIn(
            judged=judged,
            definition=judged.definition,
            answers=answers,
            parties=parties(judged.definition, answers, file.state.visit_id or file.case_id, self._district_key),
            materials=judged.filling.materials(),
            due=() if complete else tuple(one for one in judged.problems if one.severity == "due"),
            answer=None,
        )

    def _sealed(self, file: CaseFile, values: dict[str, Any], now: datetime) -> PaperRecord:
        unsigned = PaperRecord(
            paper_id=new_id(now),
            kind=NOTICE,
            number=file.state.number,
            case_id=file.case_id,
            visit_id=file.state.visit_id or file.case_id,
            issued_at=now,
            content=paper_content(self._definitions.wording[NOTICE], values, legal_date(now)),
            content_salt=secrets.token_hex(16),
            key_id="",
            signature="",
            practice=self._counter.station.practice,
        )
        return self._seal(unsigned)


def draft_of(file: CaseFile, *, without: str = "") -> VisitDraft:
    """Return a visit of this one case as it stands now: answers as corrected, what was brought since, commitments.

    `without` names a material whose commitment is left out.
    """
    body = file.receiving.body or {}
    facts = dict(body.get("facts") or {})
    committed = {
        one.material: DraftCommitment(
            one.code, COMMIT, one.made_at, signature=PaperSignature(one.paper, one.made_at, one.made_by)
        )
        for one in fold_commitments(file.events)
        if one.stands and one.material != without
    }
    matter = MatterDraft(
        file.state.matter_key or "m1", facts, file.state.route, answers=file.answers, commitments=committed
    )
    return VisitDraft(
        file.state.visit_id or file.case_id,
        file.receiving.occurred_at,
        facts=facts,
        answers=file.answers,
        materials=_ticks(file),
        matters=(matter,),
    )


def _ticks(file: CaseFile) -> dict[str, MaterialTick]:
    said = (file.receiving.body or {}).get("materials") or {}
    ticks = {
        code: MaterialTick(MaterialState(one["state"]), one["copies"], one["remark"]) for code, one in said.items()
    }
    completed = any(event.type == EventType.MATERIALS_COMPLETED for event in file.events)
    came = file.receiving.facts.get("missing_materials") if completed else ()
    ticks.update({code: MaterialTick(MaterialState.ORIGINAL_SEEN) for code in came or ()})
    if file.state.status is CaseStatus.RETURNED and file.state.completed_on is None:
        for code in _asked(file):
            ticks.pop(code, None)
    return ticks


def _asked(file: CaseFile) -> tuple[str, ...]:
    """Return what the office asked for when it returned the case."""
    returned = (event for event in file.events if event.event_id == file.state.status_event)
    asked = next((event.facts.get("missing_materials") for event in returned), None)
    return tuple(asked) if isinstance(asked, list) else ()
