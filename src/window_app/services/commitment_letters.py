"""What an office writes of a commitment: the notice of the right to be heard, the decision, the repair.

Each is made from what is on record and from nothing else, and only once it is on record; the same step gives the
same paper, however often it is asked for.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from window_app.clock import Clock, legal_date
from window_app.domain.commitment_words import HearingStep
from window_app.domain.credit_list import CreditStanding
from window_app.domain.events import Confidentiality, EventType
from window_app.domain.ids import new_id
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Records, Station
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.forms.wording import paper_content
from window_app.i18n import Catalogue
from window_app.services.authors import author_of
from window_app.services.commitment_review import CommitmentReview, ReviewFile, ReviewStep
from window_app.services.commitment_states import state_word
from window_app.services.issuing import Issuing
from window_app.services.session import Session
from window_app.services.visit_events import paper_issued

_HEARD, _DECIDED, _REPAIRED = "told", "decided", "repaired"


class LetterKind(StrEnum):
    """A paper of the office about a commitment."""

    HEARING = "commitment_hearing"
    DECISION = "commitment_decision"
    REPAIR = "commitment_repair"


class NoLetter(WindowAppError):
    """What the paper would say is not on record, or not held here."""

    code = "commitment_letter.not_yet"


class CommitmentLetters:
    """Issues the papers of an office about commitments."""

    def __init__(
        self,
        records: Records,
        session: Session,
        clock: Clock,
        definitions: DefinitionSet,
        station: Station,
        review: CommitmentReview,
        issuing: Issuing,
        seal: Callable[[PaperRecord], PaperRecord],
    ) -> None:
        """Keep the tools; `issuing` asks the law before a paper is made, `seal` signs its record."""
        self._records = records
        self._session = session
        self._clock = clock
        self._definitions = definitions
        self._station = station
        self._review = review
        self._issuing = issuing
        self._seal = seal
        self._texts = Catalogue("zh_CN")

    def offered(self, file: ReviewFile) -> tuple[LetterKind, ...]:
        """Return the papers that what is on record allows, the newest step last."""
        word = state_word(file.commitment)
        if word == _REPAIRED:
            return tuple(LetterKind)
        if word == _DECIDED:
            return (LetterKind.HEARING, LetterKind.DECISION) if file.commitment.noticed_on else (LetterKind.DECISION,)
        return (LetterKind.HEARING,) if word == _HEARD else ()

    def missing(self, number: str) -> tuple[tuple[str, LetterKind], ...]:
        """Return the papers of a case that could be issued and were not: material and kind, in order."""
        return tuple(
            (file.commitment.material, kind)
            for file in self._review.about(number)
            for kind in self.offered(file)
            if self._can_say(file) and self._known(file, kind, self._about(file, kind)) is None
        )

    def issue_missing(self, number: str) -> tuple[PaperRecord, ...]:
        """Issue every paper of a case that is missing, and return them.

        Raises:
            NoSuchCase, NoLetter, PaperForbidden: as `issue`; those issued before stay.
        """
        return tuple(self.issue(number, material, kind) for material, kind in self.missing(number))

    def issue(self, number: str, material: str, kind: str) -> PaperRecord:
        """Issue a paper about a commitment of a case and return it; a repeat returns the one that is there.

        Raises:
            NoSuchCase: no such case here.
            NoLetter: no such paper, no such commitment, or what it would say is not on record yet.
            PaperForbidden: the law does not allow it.
        """
        if kind not in set(LetterKind):
            raise NoLetter("commitment_letter.unknown", known=", ".join(LetterKind))
        file = self._find(number, material)
        if kind not in self.offered(file):
            raise NoLetter()
        values = {**self._common(file), **_SAID[LetterKind(kind)](file, self._texts)}
        if not self._can_say(file):
            raise NoLetter("commitment_letter.not_here")
        return self._known(file, kind, str(values["about"])) or self._issued(file, kind, values)

    @staticmethod
    def _can_say(file: ReviewFile) -> bool:
        """Answer whether what verifying found is held here: the bodies of a case come when it is fetched."""
        return bool(_found(file))

    def _about(self, file: ReviewFile, kind: LetterKind) -> str:
        return str(_SAID[kind](file, self._texts)["about"])

    def _find(self, number: str, material: str) -> ReviewFile:
        held = self._review.about(number)
        named = [one for one in held if material in ("", one.commitment.material, one.commitment.code)]
        if len(named) != 1:
            raise NoLetter("commitment_letter.which", count=len(named))
        return named[0]

    def _common(self, file: ReviewFile) -> dict[str, Any]:
        commitment, case = file.commitment, file.file
        matter = self._definitions.matters.get(case.row.matter)
        office = self._definitions.offices.get(self._station.office or "")
        made = file.made.get("applicant", {})
        return {
            "number": case.row.number,
            "office": self._station.name if office is None else office.title["zh"],
            "phone": (office.phone if office is not None else "") or self._station.phone,
            "applicant": {"name": made.get("name") or case.row.applicant},
            "matter_title": case.row.matter if matter is None else matter.title["zh"],
            "certificate": file.title["zh"],
            "made_on": commitment.made_on,
            "commitment": str(commitment.commitment_id),
            "found": _found(file),
        }

    def _known(self, file: ReviewFile, kind: str, about: str) -> PaperRecord | None:
        held = (one.record for one in self._records.papers(case_id=file.file.case_id))
        return next((one for one in held if one.kind == kind and one.content["values"].get("about") == about), None)

    def _issued(self, file: ReviewFile, kind: str, values: Mapping[str, Any]) -> PaperRecord:
        now = self._clock.now()
        content = paper_content(self._definitions.wording[kind], {**values, "told_at": now}, legal_date(now))
        record = PaperRecord(
            paper_id=new_id(now),
            kind=kind,
            number=file.file.row.number,
            case_id=file.file.case_id,
            visit_id=file.file.row.visit_id,
            issued_at=now,
            content=content,
            content_salt=secrets.token_hex(16),
            key_id="",
            signature="",
            practice=self._station.practice,
        )
        self._issuing.check(record)
        sealed = self._seal(record)
        with self._records.unit_of_work() as work:
            actor = author_of(self._station, self._session)
            work.append(actor, [paper_issued(sealed, Confidentiality.RESTRICTED)])
            work.add_paper(sealed)
        return sealed


def _steps(file: ReviewFile, kind: str) -> Iterator[ReviewStep]:
    """Yield the steps of a kind that are believed, in order."""
    return (step for step in file.steps if step.type == kind and not step.fault)


def _found(file: ReviewFile) -> list[str]:
    return [str(one.said["found"]) for one in _steps(file, EventType.COMMITMENT_VERIFIED) if "found" in one.said]


def _last(file: ReviewFile, kind: str) -> ReviewStep:
    found = list(_steps(file, kind))
    if not found:
        raise NoLetter()
    return found[-1]


def _notice(file: ReviewFile) -> ReviewStep:
    notices = [one for one in _steps(file, EventType.COMMITMENT_HEARING) if one.facts["step"] == HearingStep.NOTICE]
    if not notices:
        raise NoLetter()
    return notices[-1]


def _hearing(file: ReviewFile, texts: Catalogue) -> dict[str, Any]:
    notice = _notice(file)
    said = str(notice.said.get("text", "")).strip()
    return {
        "about": str(notice.event_id),
        "intended": [texts.text(f"commitment_letter.{notice.facts['intended']}"), *([said] if said else [])],
        "basis": notice.facts.get("articles", []),
        "respond_by": notice.facts.get("until"),
    }


def _decision(file: ReviewFile, texts: Catalogue) -> dict[str, Any]:
    decided = _last(file, EventType.COMMITMENT_DECIDED)
    facts = decided.facts
    spoken = [one for one in _steps(file, EventType.COMMITMENT_HEARING) if one.facts["step"] != HearingStep.NOTICE]
    statements = [one.said["statement"] for one in spoken if "statement" in one.said]
    amounts = [one.said["amount"] for one in _steps(file, EventType.RECOVERY_NOTED) if "amount" in one.said]
    return {
        "about": str(decided.event_id),
        "decision_number": facts["decision_number"],
        "decided_on": facts["decided_on"],
        "outcome": facts["outcome"],
        "basis": facts.get("articles", []),
        "reason": [decided.said["reason"]] if "reason" in decided.said else [],
        "notice_on": file.commitment.noticed_on,
        "heard": statements,
        "waived": bool(spoken) and not statements,
        "correct_by": facts.get("correct_by"),
        "recovery": [texts.text("commitment_letter.recovery", amount=amount) for amount in amounts],
        "listed": file.commitment.listed_on is not None,
    }


def _repair(file: ReviewFile, _texts: Catalogue) -> dict[str, Any]:
    commitment = file.commitment
    struck = commitment.list_standing is CreditStanding.STRUCK
    ended = _last(file, EventType.OBJECTION_DECIDED if struck else EventType.CREDIT_REPAIRED)
    how = ended.said.get("how")
    return {
        "about": str(ended.event_id),
        "decision_number": commitment.decision_number,
        "decided_on": commitment.decided_on,
        "repaired_on": ended.facts["since"],
        "effect": "struck" if struck else "repaired",
        "repair": [how] if how else [],
    }


_SAID: Mapping[LetterKind, Callable[[ReviewFile, Catalogue], dict[str, Any]]] = {
    LetterKind.HEARING: _hearing,
    LetterKind.DECISION: _decision,
    LetterKind.REPAIR: _repair,
}
