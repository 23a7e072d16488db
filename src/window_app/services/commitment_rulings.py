"""What an office does with a commitment: verify, give notice, hear, decide, object, repair. Each is one transaction.

Whoever verified does not decide, and whoever decided does not decide on the objection; the fold of the
events holds the first again. Nothing is decided against a person who was not heard, and nobody is asked for papers.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from window_app.clock import Clock
from window_app.domain.commitment_words import HearingStep, Objection, Outcome, Result
from window_app.domain.commitments import AGAINST, Commitment, CommitmentState
from window_app.domain.credit_list import CreditStanding
from window_app.domain.events import Confidentiality, EventType, NewEvent
from window_app.domain.ports import Station, UnitOfWork
from window_app.forms.office_definitions import DecisionGround, OfficeDefinition
from window_app.services.authors import author_of
from window_app.services.case_files import CaseFile, CaseFiles, written
from window_app.services.commitment_review import CommitmentReview, ReviewFile, ReviewRecords, ReviewRefused
from window_app.services.deciding import article_facts
from window_app.services.session import Session

METHODS = ("written", "online", "on_site", "public")
SERIES = "commitment"
MOST_RECOVERED = Decimal(10_000_000)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Finding:
    """What verifying found.

    Attributes:
        result: "true", "false" or "unclear".
        method: how: written, online, on_site or public.
        looked_at: what was looked at: registers, offices asked, places seen.
        found: the facts found; needed where they are not as committed.
    """

    result: str
    method: str
    looked_at: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an office wants to decide of a commitment that was found false.

    Attributes:
        outcome: upheld, ended, corrected or revoked.
        reason: why, with what became of the statement.
        correct_by: until when it is to be put right; for `corrected` alone.
        recover: amount to be paid back, as typed; "" for none.
        listed: whether the person is put on the list; never for `upheld`, open for `corrected` alone.
    """

    outcome: str
    reason: str
    correct_by: date | None = None
    recover: str = ""
    listed: bool = True


class CommitmentRulings:
    """The office's own steps. All is done here first and goes out when there is a line."""

    def __init__(
        self,
        records: ReviewRecords,
        session: Session,
        clock: Clock,
        station: Station,
        office: OfficeDefinition | None,
        review: CommitmentReview,
    ) -> None:
        """Keep the tools; `office` is this station's, None where the definitions do not know it."""
        self._records = records
        self._clock = clock
        self._station = station
        self._office = office
        self._review = review
        self._files = CaseFiles(records)
        self._actor = author_of(station, session)

    def verify(self, number: str, material: str, finding: Finding) -> ReviewFile:
        """Put on record what verifying found; unclear leaves it open.

        Raises:
            NoSuchCase, ReviewRefused: nothing was changed, and the code says why.
        """
        looked_at, found = written(finding.looked_at), written(finding.found)
        if finding.result not in set(Result):
            raise ReviewRefused("commitment_review.result_unknown", known=", ".join(Result))
        if finding.method not in METHODS:
            raise ReviewRefused("commitment_review.method_unknown", known=", ".join(METHODS))
        if not looked_at:
            raise ReviewRefused("commitment_review.looked_at_needed")
        if finding.result == Result.FALSE and not found:
            raise ReviewRefused("commitment_review.found_needed")

        def state(file: CaseFile, commitment: Commitment, _: UnitOfWork) -> Sequence[NewEvent]:
            if not commitment.to_verify:
                raise ReviewRefused(f"commitment_review.standing.{_standing(commitment)}")
            facts = {"result": finding.result, "method": finding.method, "verified_on": self._today()}
            said = {"looked_at": looked_at, **({"found": found} if found else {})}
            return [self._about(file, commitment, EventType.COMMITMENT_VERIFIED, facts, said)]

        return self._change(number, material, state)

    def give_notice(
        self, number: str, material: str, intended: str, speak_until: date | None, text: str = ""
    ) -> ReviewFile:
        """Tell the person what is meant to be decided, and until which day she may speak; the day is the office's.

        Raises:
            NoSuchCase, ReviewRefused.
        """
        said = written(text)
        if intended not in {one.value for one in AGAINST}:
            raise ReviewRefused("commitment_review.intended_unknown", known=", ".join(sorted(AGAINST)))
        if speak_until is None or speak_until <= self._clock.today():
            raise ReviewRefused("commitment_review.until_needed")

        def state(file: CaseFile, commitment: Commitment, _: UnitOfWork) -> Sequence[NewEvent]:
            if commitment.state is not CommitmentState.FOUND_FALSE:
                raise ReviewRefused(f"commitment_review.standing.{_standing(commitment)}")
            articles = self._basis(intended)
            facts: dict[str, Any] = {
                "step": HearingStep.NOTICE.value,
                "on": self._today(),
                "until": speak_until.isoformat(),
            }
            facts |= {"intended": intended, "articles": articles}
            body = {"text": said} if said else {}
            return [self._about(file, commitment, EventType.COMMITMENT_HEARING, facts, body)]

        return self._change(number, material, state)

    def hear(self, number: str, material: str, step: str, statement: str = "") -> ReviewFile:
        """Put on record that the person spoke, waived it, or did not come in the time that she was given.

        Raises:
            NoSuchCase, ReviewRefused.
        """
        said = written(statement)
        spoken = {one.value for one in HearingStep} - {HearingStep.NOTICE.value}
        if step not in spoken:
            raise ReviewRefused("commitment_review.step_unknown", known=", ".join(sorted(spoken)))
        if step == HearingStep.HEARD and not said:
            raise ReviewRefused("commitment_review.statement_needed")

        def state(file: CaseFile, commitment: Commitment, _: UnitOfWork) -> Sequence[NewEvent]:
            if commitment.state is not CommitmentState.HEARING:
                raise ReviewRefused(f"commitment_review.standing.{_standing(commitment)}")
            until = self._review.read(file, commitment).speak_until
            if step == HearingStep.ABSENT and until is not None and self._clock.today() <= until:
                raise ReviewRefused("commitment_review.time_left", until=until)
            facts = {"step": step, "on": self._today()}
            body = {"statement": said} if said else {}
            return [self._about(file, commitment, EventType.COMMITMENT_HEARING, facts, body)]

        return self._change(number, material, state)

    def decide(self, number: str, material: str, ruling: Ruling) -> ReviewFile:
        """Decide with a number of its own; what follows of it, list and recovery, is written with it or not at all.

        Raises:
            NoSuchCase, ReviewRefused: among them that nobody was heard, or that this clerk verified it.
        """
        reason = written(ruling.reason)
        amount = _amount(ruling.recover)
        self._check_ruling(ruling, reason, amount)

        def state(file: CaseFile, commitment: Commitment, work: UnitOfWork) -> Sequence[NewEvent]:
            self._check_decidable(commitment, ruling)
            if self._actor.id == commitment.verified_by:
                raise ReviewRefused("commitment_review.same_person")
            return self._ruled(file, commitment, ruling, reason, amount, work)

        return self._change(number, material, state)

    def object(self, number: str, material: str, text: str) -> ReviewFile:
        """Put on record that the person objects to the decision.

        Raises:
            NoSuchCase, ReviewRefused.
        """
        said = written(text)
        if not said:
            raise ReviewRefused("commitment_review.objection_needed")

        def state(file: CaseFile, commitment: Commitment, _: UnitOfWork) -> Sequence[NewEvent]:
            if not commitment.is_false or commitment.objection is not Objection.NONE:
                raise ReviewRefused(f"commitment_review.standing.{_standing(commitment)}")
            facts = {"objected_on": self._today()}
            return [self._about(file, commitment, EventType.COMMITMENT_OBJECTED, facts, {"text": said})]

        return self._change(number, material, state)

    def decide_objection(self, number: str, material: str, result: str, reason: str) -> ReviewFile:
        """Decide on an objection: `kept` leaves decision and entry, `struck` takes both away.

        Raises:
            NoSuchCase, ReviewRefused.
        """
        said = written(reason)
        if result not in (Objection.KEPT, Objection.STRUCK):
            raise ReviewRefused("commitment_review.objection_result", known=f"{Objection.KEPT}, {Objection.STRUCK}")
        if not said:
            raise ReviewRefused("commitment_review.reason_needed")

        def state(file: CaseFile, commitment: Commitment, work: UnitOfWork) -> Sequence[NewEvent]:
            if commitment.objection is not Objection.OPEN:
                raise ReviewRefused("commitment_review.objection_none")
            if self._actor.id == commitment.decided_by:
                raise ReviewRefused("commitment_review.same_decider")
            ground, decided = self._ground(result), self._number(work)
            facts: dict[str, Any] = {"result": result, "decision_number": decided, "since": self._today()}
            facts["articles"] = article_facts(ground.basis)
            kind = EventType.OBJECTION_DECIDED
            return [self._about(file, commitment, kind, facts, {"reason": said}, commitment.tokens[:1])]

        return self._change(number, material, state)

    def repair(self, number: str, material: str, how: str) -> ReviewFile:
        """Put on record that what was false was put right: from the next sync on the person may commit again.

        Raises:
            NoSuchCase, ReviewRefused.
        """
        said = written(how)
        if not said:
            raise ReviewRefused("commitment_review.repair_needed")

        def state(file: CaseFile, commitment: Commitment, work: UnitOfWork) -> Sequence[NewEvent]:
            if commitment.list_standing is not CreditStanding.LISTED:
                raise ReviewRefused("commitment_review.not_listed")
            facts: dict[str, Any] = {"decision_number": self._number(work), "since": self._today()}
            facts["articles"] = article_facts(self._ground(CreditStanding.REPAIRED).basis)
            return [
                self._about(file, commitment, EventType.CREDIT_REPAIRED, facts, {"how": said}, commitment.tokens[:1])
            ]

        return self._change(number, material, state)

    # -- inside

    def _change(self, number: str, material: str, state: "_Statement") -> ReviewFile:
        with self._records.unit_of_work() as work:
            file = self._files.get(number)
            commitment = self._find(file, material)
            work.append(self._actor, state(file, commitment, work))
        again = self._files.again(file)
        return self._review.read(again, self._find(again, material))

    def _find(self, file: CaseFile, material: str) -> Commitment:
        """Return a commitment of a case by its material, code or id; none needs naming where there is one alone."""
        if file.state.read_only:
            raise ReviewRefused("office.newer_program")
        if file.state.office != self._station.office:
            raise ReviewRefused("office.not_ours", office=file.state.office)
        held = [one.commitment for one in self._review.of_file(file)]
        named = [one for one in held if material in ("", one.material, one.code, str(one.commitment_id))]
        if len(named) > 1:
            standing = [one for one in named if not one.barred]
            named = standing if len(standing) == 1 else named
        if not named:
            raise ReviewRefused("commitment_review.none" if not held else "commitment_review.unknown")
        if len(named) > 1:
            raise ReviewRefused("commitment_review.several", materials=", ".join(one.material for one in named))
        return named[0]

    def _check_ruling(self, ruling: Ruling, reason: str, amount: str) -> None:
        if ruling.outcome not in set(Outcome):
            raise ReviewRefused("commitment_review.outcome_unknown", known=", ".join(Outcome))
        if not reason:
            raise ReviewRefused("commitment_review.reason_needed")
        needs_day = ruling.outcome == Outcome.CORRECTED
        if needs_day is not (ruling.correct_by is not None):
            raise ReviewRefused("commitment_review.correct_by" if needs_day else "commitment_review.no_correct_by")
        if ruling.correct_by is not None and ruling.correct_by <= self._clock.today():
            raise ReviewRefused("commitment_review.correct_by")
        if amount and ruling.outcome not in {one.value for one in AGAINST}:
            raise ReviewRefused("commitment_review.nothing_to_recover")

    @staticmethod
    def _check_decidable(commitment: Commitment, ruling: Ruling) -> None:
        found = (CommitmentState.FOUND_FALSE, CommitmentState.HEARING, CommitmentState.HEARD)
        if commitment.state not in found:
            raise ReviewRefused(f"commitment_review.standing.{_standing(commitment)}")
        if ruling.outcome != Outcome.UPHELD and commitment.state is not CommitmentState.HEARD:
            raise ReviewRefused("commitment_review.not_heard")
        if ruling.outcome != Outcome.UPHELD and ruling.listed and not commitment.tokens:
            raise ReviewRefused("commitment_review.person_unknown")
        if ruling.outcome in (Outcome.ENDED, Outcome.REVOKED) and not ruling.listed and commitment.tokens:
            # She may commit no more until it is repaired, and only what is listed can be repaired.
            raise ReviewRefused("commitment_review.must_list")

    def _ruled(
        self, file: CaseFile, commitment: Commitment, ruling: Ruling, reason: str, amount: str, work: UnitOfWork
    ) -> list[NewEvent]:
        articles, decided = self._basis(ruling.outcome), self._number(work)
        facts = {"outcome": ruling.outcome, "decision_number": decided, "decided_on": self._today()}
        if ruling.correct_by is not None:
            facts["correct_by"] = ruling.correct_by.isoformat()
        kind = EventType.COMMITMENT_DECIDED
        events = [self._about(file, commitment, kind, {**facts, "articles": articles}, {"reason": reason})]
        if amount:
            basis = article_facts(self._ground("recovered").basis)
            noted = {"noted_on": self._today(), "decision_number": decided, "articles": basis}
            events.append(self._about(file, commitment, EventType.RECOVERY_NOTED, noted, {"amount": amount}))
        if ruling.listed and ruling.outcome != Outcome.UPHELD:
            listed: dict[str, Any] = {"since": self._today(), "decision_number": decided, "articles": articles}
            listed["office"] = self._station.office
            tokens = commitment.tokens[:1]
            events.append(self._about(file, commitment, EventType.CREDIT_LISTED, listed, {}, tokens))
        return events

    def _about(
        self,
        file: CaseFile,
        commitment: Commitment,
        kind: str,
        facts: Mapping[str, Any],
        body: Mapping[str, Any],
        tokens: tuple[str, ...] = (),
    ) -> NewEvent:
        stated = {"commitment": str(commitment.commitment_id), **facts}
        return file.about(kind, facts=stated, body=body, tokens=tokens, confidentiality=Confidentiality.RESTRICTED)

    def _basis(self, ruling: str) -> list[dict[str, Any]]:
        """Return the articles of a ruling; what goes against a person needs one that binds in this place."""
        found = article_facts(self._ground(ruling).basis)
        if not found and ruling in AGAINST:
            raise ReviewRefused("commitment_review.no_local_basis")
        return found

    def _ground(self, ruling: str) -> DecisionGround:
        found = next(iter(self._review.grounds((ruling,))), None)
        if found is None:
            raise ReviewRefused("office.no_ground")
        return found

    def _number(self, work: UnitOfWork) -> str:
        template = None if self._office is None else self._office.series.get(SERIES)
        if template is None:
            known = self._station.office if self._office is None else self._office.title
            raise ReviewRefused("office.no_series", office=known)
        # Asked for each number: a renewed station goes on under another code.
        issue_code, year = self._records.station().issue_code, self._clock.today().year
        serial = work.next_in_series(f"{SERIES} {year} {issue_code}")
        return template.format(year=year, station=issue_code, serial=serial)

    def _today(self) -> str:
        return self._clock.today().isoformat()


_Statement = Callable[[CaseFile, Commitment, UnitOfWork], Sequence[NewEvent]]


def _standing(commitment: Commitment) -> str:
    """Return where a commitment stands, as messages name it."""
    if commitment.barred:
        return "barred"
    if commitment.state is CommitmentState.DECIDED and commitment.objection is not Objection.NONE:
        return "objected"
    return commitment.state.value


def _amount(typed: str) -> str:
    """Return an amount of money as it is kept, "" for none.

    Raises:
        ReviewRefused: `commitment_review.amount`.
    """
    text = unicodedata.normalize("NFKC", typed).strip().replace(",", "")
    if not text:
        return ""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ReviewRefused("commitment_review.amount") from None
    if not amount.is_finite() or not 0 < amount <= MOST_RECOVERED or amount != amount.quantize(_CENT):
        raise ReviewRefused("commitment_review.amount")
    return str(amount.quantize(_CENT))
