"""The values of the papers that are issued for a case after it was taken in; texts of papers are Chinese."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from window_app.clock import CHINA, Clock
from window_app.domain.cases import CaseStatus
from window_app.domain.events import Event
from window_app.domain.papers import StoredPaper
from window_app.forms import DefinitionSet
from window_app.forms.definitions import MatterDefinition
from window_app.services.case_files import CaseFile
from window_app.services.form_words import FormWords, Words, numbered
from window_app.services.listed_claims import together
from window_app.services.paper_values import Counter, Values, zh
from window_app.services.parties import applicant_heading, parties, respondent_heading

_NO_KEY = bytes(32)
"""Names are read here, no lookup token leaves."""
_EMPTY_LINES = 3
_SEAL = "印章"
_PLACES: Mapping[str, str] = {"mediation": "mediation", "aid": "legal_aid", "support": "support_prosecution"}
"""Values that are an office of the district, by the route that leads to it."""
CHOSEN = ("elsewhere", "competent")
"""Values that are an office which a clerk names."""
_NO_EVIDENCE = {"title": "", "form": "", "pages": "", "source": "", "proves": ""}
RECEIPT = "receipt"
APPLICATIONS: Mapping[str, str] = {
    "arbitration": "arbitration_form",
    "arbitration_review": "review_form",
    "inspection": "inspection_form",
    "mediation": "mediation_form",
}
"""The application that is filled in from a form, by the form's route."""


@dataclass(frozen=True, slots=True)
class CaseOnFile:
    """A case with the papers that were issued for it."""

    file: CaseFile
    papers: Sequence[StoredPaper]


class CaseValues:
    """Gathers what papers of a case say: from its form, its receipt and the office's decision."""

    def __init__(self, definitions: DefinitionSet, counter: Counter, clock: Clock) -> None:
        self._definitions = definitions
        self._counter = counter
        self._clock = clock
        self._words = FormWords(definitions)

    def of(self, case: CaseOnFile, given: Mapping[str, str] | None = None) -> Values:
        """Return everything that is known for a paper of a case; `given` is what the clerk added."""
        file, state = case.file, case.file.state
        received = file.receiving.occurred_at.astimezone(CHINA)
        values: Values = {
            **self._counter.values(state.number, received),
            **self._receipt(case.papers),
            "number": state.number,
            "received_on": state.received_on,
            "issued_on": self._clock.today(),
            "route": state.route,
            "route_label": self._label("route", state.route),
            "status": self._label("case_status", str(state.status)),
            "papers": [_named(one) for one in case.papers],
            "served": [_named(one) for one in case.papers if _is_served(one)],
            **self._office_values(state.office),
            **self._form(state.matter, file.answers, self._clock.today()),
            **self._places(),
        }
        decision = self._decision(file)
        if decision is not None:
            values["decision"] = decision
        if state.status is CaseStatus.TRANSFERRED:
            values["competent"] = self.place(state.office)
        values.update(self._given(given or {}))
        return values

    def of_form(self, matter: MatterDefinition, answers: Mapping[str, Any], office: str | None) -> Values:
        """Return what an application filled in from a form says, before anything was taken in."""
        return {
            **self._form(matter.code, answers, self._clock.today()),
            "office": self.office_title(office, matter),
            "hall": self._counter.station.hall,
        }

    def office_title(self, code: str | None, matter: MatterDefinition | None) -> str:
        """Return how an office is called; where none is known, what kind it is."""
        known = self._definitions.offices.get(code or "")
        return self._kind_of_office(matter) if known is None else zh(known.title)

    def place(self, code: str) -> Words:
        """Return name, address and phone of an office; a text that is no code is its name as a clerk wrote it."""
        known = self._definitions.offices.get(code)
        if known is None:
            name, _, rest = code.partition("；")
            address, _, phone = rest.partition("；")
            return {"name": name.strip(), "address": address.strip(), "phone": phone.strip()}
        return {"name": zh(known.title), "address": known.address, "phone": known.phone}

    def _form(self, code: str, answers: Mapping[str, Any], on: date) -> Values:
        matter = self._definitions.matters.get(code)
        form = self._words.sections(matter, answers, on)
        found = () if matter is None else parties(matter, answers, self._counter.station.station_id, _NO_KEY)
        people = form["workers"]
        respondents = numbered(form["respondents"])
        values: Values = {
            "form": form,
            "matter_title": "" if matter is None else zh(matter.title),
            "applicant": applicant_heading(found) or form["applicant"]["name"] or "申请人",
            "applicants": [form["applicant"]],
            "agents": form["agents"],
            "respondents": respondents,
            "asked": self._words.asked(matter, answers, on),
            "story": self._words.story(answers),
            "people": people or [form["applicant"]],
            "people_total": len(people) or 1,
            "representatives": form["representatives"] or [{"name": "", "phone": ""}] * _EMPTY_LINES,
            "evidence": [{**_NO_EVIDENCE, **one} for one in form["evidence"] or form["clues"]],
            "copies_needed": max(1, len(respondents)),
        }
        if len(people) > 1:
            values["more"] = len(people)
            values["listed"] = people
            values["own_claims"] = "" if matter is None else together(matter, answers)
        heading = respondent_heading(found)
        return {**values, **({"respondent": heading} if heading else {}), **_local(form)}

    def _receipt(self, papers: Sequence[StoredPaper]) -> Values:
        """Return what the receipt said of materials and risks."""
        receipts = [one.record.content.get("values", {}) for one in papers if one.record.kind == RECEIPT]
        said: Mapping[str, Any] = receipts[0] if receipts else {}
        return {"materials": said.get("materials", []), "risks": said.get("risks", [])}

    def _office_values(self, code: str) -> Values:
        known = self._definitions.offices.get(code)
        title = self.office_title(code, None)
        return {"office": title, "office_phone": "" if known is None else known.phone}

    def _kind_of_office(self, matter: MatterDefinition | None) -> str:
        return self._words.office_kind(matter.office_kind if matter is not None else "other")

    def _places(self) -> Values:
        found = {name: self._serving(route) for name, route in _PLACES.items()}
        return {name: self.place(code) for name, code in found.items() if code is not None}

    def _serving(self, route: str) -> str | None:
        offices = [one for one in self._definitions.offices.values() if route in one.serves]
        here = [one for one in offices if one.district == self._counter.station.district]
        return next((one.code for one in (*here, *offices)), None)

    def _given(self, given: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
        for name, text in given.items():
            said = text.strip()
            if said:
                yield name, self.place(said) if name in CHOSEN else said

    def _decision(self, file: CaseFile) -> Words | None:
        """Return the decision in force; None before any that has a number."""
        said = file.state.status_set
        event = next((one for one in file.events if one.event_id == said.origin), None)
        details = _details(file, event)
        if event is None or not details.get("decision_number"):
            return None
        offices = file.state.offices
        moved = file.state.status is CaseStatus.TRANSFERRED and len(offices) > 1
        issuer = offices[-2] if moved else file.state.office
        known = self._definitions.offices.get(issuer)
        body = event.body or {}
        return {
            "number": details["decision_number"],
            "decided_on": details.get("decided_on"),
            "issuer": self.office_title(issuer, None),
            "seal": _SEAL if known is None or not known.seal else known.seal,
            "address": "" if known is None else known.address,
            "phone": "" if known is None else known.phone,
            "ground": self._ground("" if known is None else known.kind, details),
            "basis": list(details.get("articles", ())),
            "due_on": details.get("due_on"),
            "reason": str(body.get("reason") or ""),
        }

    def _ground(self, kind: str, details: Mapping[str, Any]) -> str:
        grounds = self._definitions.decisions.get(kind, ())
        found = next((one for one in grounds if one.code == details.get("ground")), None)
        return "" if found is None else zh(found.title)

    def _label(self, fact: str, value: str) -> str:
        known = self._definitions.vocabulary.find(fact)
        return value if known is None or value not in known.values else zh(known.values[value])


def _details(file: CaseFile, event: Event | None) -> Mapping[str, Any]:
    if event is None:
        return {}
    told = [one.facts for one in file.events if one.facts.get("status") == str(event.event_id)]
    return {**event.facts, **(told[-1] if told else {})}


def _named(paper: StoredPaper) -> Words:
    said = paper.record.content.get("values", {})
    decision = said.get("decision") if isinstance(said, Mapping) else None
    number = decision["number"] if isinstance(decision, Mapping) else paper.record.number
    return {"title": zh(paper.record.content["title"]), "number": str(number)}


def _is_served(paper: StoredPaper) -> bool:
    """Answer whether a paper goes to a party: what was signed by the visitor or stays in the file does not."""
    holders = paper.record.content.get("holders")
    return holders is None or ("visitor" in holders and paper.record.kind not in APPLICATIONS.values())


def _local(form: Words) -> Values:
    """Return what a locality's form of complaint adds, where it was answered."""
    said = form.get("complaint", {})
    lines = []
    if said.get("told_not_confidential"):
        lines.append({"text": f"已知晓对投诉人没有保密义务，要求保密的作为举报处理：{said['told_not_confidential']}"})
    if said.get("mediation_wished"):
        lines.append({"text": f"案前调解意愿：{said['mediation_wished']}"})
    return {"local": lines} if lines else {}
