"""Whether the law lets a paper out now; every door through which a paper leaves asks here first."""

from collections.abc import Iterable, Mapping
from typing import Any

from window_app.clock import Clock
from window_app.domain.assessment import Text
from window_app.domain.cases import CaseStatus
from window_app.domain.events import Event, EventType
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import Records, Station
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.rules.printing import Ruling, may_print
from window_app.services.case_files import CaseFile, CaseFiles
from window_app.services.citing import articles
from window_app.services.commitment_states import committed

GUIDED = "none"
NOTHING_TAKEN = "none"
_PROCEDURES = {
    "arbitration": "arbitration",
    "arbitration_review": "review",
    "mediation": "mediation",
    "inspection": "inspection",
    "report": "report",
    "transfer_arbitration": "arbitration",
    "transfer_inspection": "inspection",
    "hotline_ticket": "taken_over",
    "unemployment_registration": "registration",
    "employment_registration": "registration",
    "hardship_recognition": "registration",
    "unemployment_benefit": "registration",
    "funeral_benefit": "registration",
    "insurance_transfer": "registration",
    "startup_subsidy": "registration",
    "skill_examination": "registration",
}
_OTHER_GROUND = "other_ground"
_NO_GROUND = "none"
_PAPER, _GROUND = "paper", "decision_ground"


class PaperForbidden(WindowAppError):
    """The law does not allow the paper in this state of its case.

    Params: `paper`, `reason` and `articles`, each in both languages.
    """

    code = "papers.forbidden"


class Issuing:
    """Puts papers to the law before they are made, printed or printed again."""

    def __init__(self, records: Records, definitions: DefinitionSet, station: Station, clock: Clock) -> None:
        self._records = records
        self._files = CaseFiles(records)
        self._definitions = definitions
        self._locality = station.locality
        self._clock = clock

    def check(self, record: PaperRecord) -> None:
        """Let a paper of the store pass in the present state of its case.

        Raises:
            PaperForbidden: the law does not allow it; the message names the article.
        """
        facts = self._guided() if record.case_id is None else self._facts_of(record)
        self._check(record.kind, facts)

    def check_new(self, kind: str, route: str | None, facts: Mapping[str, Any]) -> None:
        """Let a paper be made for what is just being taken in on a route; None for what is only guided.

        Raises:
            PaperForbidden: the law does not allow it; the message names the article.
        """
        if route is None:
            self._check(kind, self._guided())
            return
        taken = {"procedure": _PROCEDURES.get(route, GUIDED), "case_status": str(CaseStatus.RECEIVED)}
        people = facts.get("workers_total")
        counted = {} if people is None else {"workers_total": people}
        self._check(kind, {**taken, "decision_recorded": False, "decision_ground": _NO_GROUND, **counted})

    def _check(self, kind: str, facts: Mapping[str, Any]) -> None:
        ruling = self._ruling(kind, facts)
        if ruling is not None and ruling.allowed:
            return
        reason: Text = {} if ruling is None else ruling.reason
        basis = () if ruling is None else ruling.basis
        raise PaperForbidden(
            paper=self._title(kind),
            reason=reason or _UNKNOWN_STATE,
            articles=articles(basis) if basis else _NO_ARTICLE,
        )

    def _ruling(self, kind: str, facts: Mapping[str, Any]) -> Ruling | None:
        """Return what the law says; None for a kind of paper of which it says nothing."""
        known = self._definitions.vocabulary.find(_PAPER)
        if known is None or kind not in known.values:
            return None
        return may_print(self._definitions.rules, kind, facts, self._clock.today(), locality=self._locality)

    def _title(self, kind: str) -> Text:
        known = self._definitions.vocabulary.find(_PAPER)
        return {"zh": kind, "en": kind} if known is None else known.values.get(kind, {"zh": kind, "en": kind})

    def _guided(self) -> Mapping[str, Any]:
        return {
            "procedure": GUIDED,
            "case_status": NOTHING_TAKEN,
            "decision_recorded": False,
            "decision_ground": _NO_GROUND,
        }

    def _facts_of(self, record: PaperRecord) -> Mapping[str, Any]:
        if record.case_id is None:
            return self._guided()
        file = self._files.read(self._records.get_case(record.case_id))
        told = tuple(_told(file))
        numbered = any(event.facts.get("decision_number") for event in told)
        facts: dict[str, Any] = {
            "procedure": _PROCEDURES.get(file.state.route, GUIDED),
            "case_status": str(file.state.status),
            "decision_recorded": numbered,
            "decision_ground": self._ground(told),
        }
        facts |= committed(record, file)
        people = (file.receiving.body or {}).get("facts", {}).get("workers_total")
        return facts if people is None else {**facts, "workers_total": people}

    def _ground(self, told: Iterable[Event]) -> str:
        """Return the ground of the decision in force, as the law's table names it."""
        ground = next((str(event.facts["ground"]) for event in told if event.facts.get("ground")), _NO_GROUND)
        known = self._definitions.vocabulary.find(_GROUND)
        return ground if known is not None and ground in known.values else _OTHER_GROUND


_UNKNOWN_STATE: Text = {
    "zh": "现有的记录不能证明法律允许出具，所以不出具。",
    "en": "What is on record does not show that the law allows it, so it is not issued.",
}
_NO_ARTICLE: Text = {"zh": "现行定义没有列明", "en": "none stated in the definitions"}


def _told(file: CaseFile) -> Iterable[Event]:
    """Yield what was said of the decision in force; of a confidential case its details stand in an event apart."""
    current = file.state.status_event
    for event in file.events:
        if event.event_id == file.state.received.event_id or event.type == EventType.MATTER_RECEIVED:
            continue
        if event.event_id == current or event.facts.get("status") == str(current):
            yield event
