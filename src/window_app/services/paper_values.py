"""The values that the wording of a paper is filled with; texts of papers are Chinese."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from window_app.clock import CHINA
from window_app.domain.assessment import Citation, Deadline, RouteOption, RouteStanding, Text
from window_app.domain.outage import OutageForm
from window_app.domain.ports import Station
from window_app.domain.receipt_numbers import find_in, parse
from window_app.domain.visits import EXCUSED, HANDED_OVER, MaterialState, MaterialTick
from window_app.forms import DefinitionSet, FormFilling, MaterialLine, Problem
from window_app.forms.definitions import FieldDefinition, MatterDefinition
from window_app.i18n import Catalogue
from window_app.services.calculators import claimed_values
from window_app.services.judging import JudgedMatter
from window_app.services.listed_claims import together
from window_app.services.many_people import applicants_named, by_field, record_names
from window_app.services.parties import Party, applicant_heading, respondent_heading
from window_app.services.session import Session
from window_app.services.slip_lines import slip_lines

Values = dict[str, Any]
REPORT_SLIP = "report_receipt"
_LAWFUL = (RouteStanding.OPEN, RouteStanding.WARN, RouteStanding.CORRECT)


@dataclass(frozen=True, slots=True)
class Counter:
    """What every paper says of where it was made."""

    station: Station
    session: Session

    def values(self, number: str, at: datetime) -> Values:
        """Return the values common to all papers."""
        return {
            "number": number,
            "received_at": at.astimezone(CHINA),
            "hall": self.station.hall,
            "counter": self.station.name,
            "clerk": self.session.name,
            "phone": self.station.phone,
            "practice": self.station.practice,
        }


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A matter that is being taken in, with what its papers say."""

    judged: JudgedMatter
    definition: MatterDefinition
    answers: Mapping[str, Any]
    parties: tuple[Party, ...]
    materials: tuple[MaterialLine, ...]
    due: tuple[Problem, ...]
    answer: Deadline | None
    promised: Deadline | None = None
    outage: OutageForm | None = None
    correction: Deadline | None = None
    files: Mapping[str, int] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[MaterialLine, ...]:
        """Return the materials that are due and not there."""
        return tuple(line for line in self.materials if line.missing)

    @property
    def complete(self) -> bool:
        """Whether nothing that is due is missing."""
        return not self.missing and not self.due


class PaperValues:
    """Gathers the values of papers from what was judged and filled in."""

    def __init__(self, definitions: DefinitionSet, counter: Counter) -> None:
        self._definitions = definitions
        self._counter = counter
        self._texts = Catalogue("zh_CN")

    def first_paper(
        self, kind: str, taken: TakenIn, number: str, at: datetime, ticks: Mapping[str, MaterialTick]
    ) -> Values:
        """Return the values of a paper that is given when a matter is taken in.

        The slip of a report says its number and where it was made: nothing of whom or what.
        """
        if kind == REPORT_SLIP:
            return self._counter.values(number, at)
        return self.receipt(taken, number, at, ticks)

    def receipt(self, taken: TakenIn, number: str, at: datetime, ticks: Mapping[str, MaterialTick]) -> Values:
        """Return the values of a receipt."""
        values = self._case(taken, number, at)
        values["materials"] = [
            self._received(line, ticks[line.code], taken.files.get(line.code, 0))
            for line in taken.materials
            if self._here(line, ticks)
        ]
        excused = [self._excused(line) for line in taken.materials if line.state in EXCUSED and line.remark.strip()]
        excused += [self._committed(line) for line in taken.materials if line.state is MaterialState.COMMITTED]
        if excused:
            values["excused"] = excused
        values["missing"] = [*(zh(line.title) for line in taken.missing), *self._due_titles(taken)]
        values["risks"] = [zh(text) for text in taken.judged.risks_on("receipt")]
        claimed = claimed_values(taken.answers)
        if claimed is not None:
            values["claimed"] = claimed
        named = applicants_named(taken.parties)
        if named:
            values["named"] = named
        own_claims = together(taken.definition, taken.answers)
        if own_claims:
            values["own_claims"] = own_claims
        values["mediation_first"] = taken.judged.facts.get("mediation_agreed") is True
        return values

    def notice_once(self, taken: TakenIn, number: str, at: datetime) -> Values:
        """Return the values of the one-time notice: every missing material, then every missing particular."""
        values = self._case(taken, number, at)
        values["missing"] = [*self._missing_materials(taken), *self._missing_particulars(taken)]
        if taken.correction is not None:
            values["period"] = deadline_values(taken.correction)
        return values

    def guidance(self, guided: Sequence[JudgedMatter], number: str, at: datetime, visitor: str) -> Values:
        """Return the values of a guidance slip for the matters of a visit that were not taken in."""
        values = self._counter.values(number, at)
        values["matters"] = [self._guided(matter) for matter in guided]
        if visitor:
            values["visitor"] = visitor
        return values

    def office(self, option: RouteOption | None, definition: MatterDefinition | None) -> str:
        """Return how the competent office is called; where none is known, what kind it is."""
        known = self._definitions.offices.get(option.office or "") if option is not None else None
        if known is not None:
            return zh(known.title)
        kind = definition.office_kind if definition is not None else "other"
        return self._texts.text(f"office.kind.{kind}")

    def _case(self, taken: TakenIn, number: str, at: datetime) -> Values:
        values = self._counter.values(number, at)
        route = taken.definition.route
        values.update(
            applicant=applicant_heading(taken.parties) or self._texts.text("paper.no_name"),
            matter_title=zh(taken.definition.title),
            route=route,
            route_label=self._label("route", route),
            office=self.answering(taken.judged, taken.definition),
        )
        option = taken.judged.option
        if option is not None and option.standing is RouteStanding.ELSEWHERE:
            values["competent"] = self.office(option, taken.definition)
        respondent = respondent_heading(taken.parties)
        if respondent:
            values["respondent"] = respondent
        if taken.answer is not None:
            values["answer"] = deadline_values(taken.answer)
        if taken.promised is not None:
            values["promised"] = deadline_values(taken.promised)
        if taken.outage is not None:
            values["outage"] = {"number": plain_number(taken.outage.number), "on": taken.outage.day}
        return values

    def answering(self, judged: JudgedMatter, definition: MatterDefinition) -> str:
        """Return how the office is called that answers to what is handed in here."""
        known = self._definitions.offices.get(judged.office or "")
        if known is not None:
            return zh(known.title)
        option = judged.option
        if option is not None and option.standing is RouteStanding.ELSEWHERE:
            return self._texts.text(f"office.here.{definition.office_kind}")
        return self.office(option, definition)

    @staticmethod
    def _here(line: MaterialLine, ticks: Mapping[str, MaterialTick]) -> bool:
        tick = ticks.get(line.code)
        return tick is not None and tick.state in HANDED_OVER

    def _excused(self, line: MaterialLine) -> str:
        return self._texts.text(f"material.{line.state}", title=zh(line.title), reason=line.remark.strip())

    def _committed(self, line: MaterialLine) -> str:
        return self._texts.text("material.committed", title=zh(line.title))

    def _received(self, line: MaterialLine, tick: MaterialTick, files: int) -> Values:
        kind, kept = tick.state.value, tick.copies or 1
        if tick.state is MaterialState.ORIGINAL_SEEN:
            taken = line.original == "taken"
            kind = "original_taken" if taken else "original_seen"
            kept = tick.copies + taken
            if tick.copies:
                kind = f"{kind}_with_copies"
        if tick.state is MaterialState.ELECTRONIC:
            kind, kept = ("electronic_files" if files else kind), tick.copies
        text = self._texts.text(f"material.{kind}", copies=tick.copies, files=files)
        return {"title": zh(line.title), "kind": text, "copies": kept or self._texts.text("material.nothing_kept")}

    def _due_titles(self, taken: TakenIn) -> Iterator[str]:
        if taken.due:
            yield self._texts.text("paper.particulars", count=len(taken.due))

    def _missing_materials(self, taken: TakenIn) -> Iterator[Values]:
        for line in taken.missing:
            material = next(one for one in taken.definition.materials if one.code == line.code)
            yield {
                "title": zh(line.title),
                "requirement": self._requirement(line),
                "basis": _cited(material.basis, taken),
            }

    def _requirement(self, line: MaterialLine) -> str:
        if line.state is not MaterialState.MISSING:
            return self._texts.text("requirement.short", copies=line.copies - line.copies_given)
        copies = line.copies or (1 if line.original == "none" else 0)
        code = f"requirement.{line.original}" + ("_with_copies" if copies else "")
        return self._texts.text(code, copies=copies)

    def _missing_particulars(self, taken: TakenIn) -> Iterator[Values]:
        for problem, records in by_field(taken.due):
            section = taken.definition.section(problem.section)
            field = next((one for one in section.fields if one.code == problem.field), None)
            whose = record_names(taken.answers.get(section.code), records)
            yield {
                "title": zh(section.title) + (f"：{zh(field.label)}" if field is not None else ""),
                "requirement": self._particular(problem, field) + (f"（{whose}）" if whose else ""),
                "basis": _cited(field.basis if field is not None else (), taken),
            }

    def _particular(self, problem: Problem, field: FieldDefinition | None) -> str:
        if problem.message:
            return zh(problem.message)
        hint = zh(field.hint) if field is not None else ""
        return self._texts.text("requirement.particular_as" if hint else "requirement.particular", hint=hint)

    def _guided(self, matter: JudgedMatter) -> Values:
        option = matter.option or _advised(matter)
        values: Values = {"title": self._matter_title(matter)}
        if option is None:
            return {**values, "office": self._texts.text("office.kind.other")}
        office = self._definitions.offices.get(option.office or "")
        values.update(
            office=self.office(option, self._definition_of(option)),
            route_label=self._label("route", option.route),
            reason=zh(option.reason),
            basis=[citation_values(citation) for citation in option.basis],
            limits=[*_limit_text(option), *({"title": zh(one.title), **deadline_values(one)} for one in option.limits)],
            tell=list(dict.fromkeys((*(zh(text) for text in option.tell), *self._others(matter, option)))),
            risks=[zh(text) for text in matter.risks_on("guidance")],
            told=list(slip_lines(matter.filling, self._texts)),
            bring=list(self._to_bring(matter.filling)),
        )
        if office is not None:
            values.update(address=office.address, office_phone=office.phone, office_hours=office.hours)
        return values

    def _to_bring(self, filling: FormFilling | None) -> Iterator[Values]:
        """Yield what has to be brought to the office that a form leads to, and what is there already."""
        for line in () if filling is None else filling.materials():
            if line.state is MaterialState.NOT_NEEDED:
                continue
            here = line.state is not MaterialState.MISSING
            text = self._texts.text("slip.here") if here else self._requirement(line)
            if line.due or here:
                yield {"title": zh(line.title), "requirement": text}

    def _others(self, matter: JudgedMatter, shown: RouteOption) -> Iterator[str]:
        """Yield one line that names the other routes that are lawful."""
        routes = [
            self._label("route", option.route)
            for option in matter.assessment.routes
            if option.route != shown.route and option.standing in _LAWFUL and option.route in matter.offered
        ]
        if routes:
            yield self._texts.text("paper.other_routes", routes="、".join(routes))

    def _definition_of(self, option: RouteOption) -> MatterDefinition | None:
        return self._definitions.matters.get(option.matter or "")

    def _matter_title(self, matter: JudgedMatter) -> str:
        kind = matter.assessment.matter_kind
        return self._label("matter_kind", kind) if kind else self._texts.text("paper.no_matter")

    def _label(self, fact: str, value: str) -> str:
        known = self._definitions.vocabulary.find(fact)
        return value if known is None or value not in known.values else zh(known.values[value])


def _limit_text(option: RouteOption) -> Iterator[str]:
    if option.limit_text:
        yield zh(option.limit_text)


def _advised(matter: JudgedMatter) -> RouteOption | None:
    routes = matter.assessment.routes
    return next((option for option in routes if option.recommended), routes[0] if routes else None)


def _cited(basis: tuple[Citation, ...], taken: TakenIn) -> list[Values]:
    """Return the place's own citations, else those of the matter as a whole."""
    return [citation_values(citation) for citation in basis or taken.definition.basis]


def citation_values(citation: Citation) -> Values:
    """Return a citation as values of a paper."""
    values: Values = {"law": citation.law, "article": citation.article}
    if citation.paragraph is not None:
        values["paragraph"] = citation.paragraph
    if citation.item is not None:
        values["item"] = citation.item
    return values


def deadline_values(limit: Deadline) -> Values:
    """Return a limit as values of a paper."""
    return {
        "due_on": limit.due_on.isoformat(),
        "amount": limit.amount,
        "unit": limit.unit,
        "provisional": limit.provisional,
        "basis": [citation_values(citation) for citation in limit.basis],
    }


def plain_number(text: str) -> str:
    """Return a number as papers print it, however it was typed."""
    return str(find_in(text) or parse(text))


def zh(text: Text) -> str:
    """Return the Chinese of a text."""
    return text.get("zh", "")
