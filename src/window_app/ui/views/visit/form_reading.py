"""Turns the form engine's answers into what the page shows, in the clerk's language. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from window_app.domain.attachments import DraftAttachment
from window_app.domain.visits import MaterialState, MatterDraft, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import FormFilling, MaterialLine, Problem, check_field
from window_app.forms.definitions import FieldDefinition, FieldType, MatterDefinition, SectionDefinition
from window_app.forms.filled_records import VisibleField, VisibleRecord
from window_app.forms.filling import VisibleSection
from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.ui.attachment_view import AttachmentView
from window_app.ui.masking import masked
from window_app.ui.views.visit.state import FieldAddress, FieldView, MaterialView, ProblemView, SectionView

PERSON_TYPES = (FieldType.PERSON_NAME, FieldType.RESIDENT_ID, FieldType.PHONE)
DUE_CODE = "field.due"

Problems = Mapping[tuple[str, int, str], Problem]


@dataclass(frozen=True, slots=True)
class FormRead:
    """The form of the current matter."""

    title: str
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True)
class _ShownRecord:
    """A record's fields as shown, and what they were made of."""

    record: VisibleRecord
    problems: tuple[Problem | None, ...]
    person: str
    fields: tuple[FieldView, ...]


class FormReader:
    """Reads and changes the forms of one desk's visits."""

    def __init__(self, desk: Desk, texts: Catalogue) -> None:
        self._desk = desk
        self._texts = texts
        self._made_of: VisitDraft | None = None
        self._made: dict[str, FormFilling | None] = {}
        self._shown: dict[int, _ShownRecord] = {}
        self._with_person = [
            (matter, section)
            for matter in desk.definitions.matters.values()
            if (section := _person_section(matter)) is not None
        ]

    def has_form(self, draft: VisitDraft, key: str) -> bool:
        """Answer whether the matter's route has a form here."""
        return self._filling(draft, key) is not None

    def is_taken_in(self, draft: VisitDraft, key: str) -> bool:
        """Answer whether the matter's route is taken in here, so that it gets a number."""
        filling = self._filling(draft, key)
        return filling is not None and filling.matter.is_taken_in

    def who(self, draft: VisitDraft, key: str) -> tuple[FieldView, ...]:
        """Return the fields that say who is here: the person's fields of the first shared section."""
        found = self._person(draft, key)
        if found is None:
            return ()
        definition, section = found
        today = self._desk.clock.today()
        filling = self._filling(draft, key)
        if filling is None or filling.matter is not definition:
            filling = self._desk.intake.filling_of(definition, draft, key)
        known = filling.known_facts()
        conditions = self._desk.definitions.conditions[definition.code].fields
        typed = _first_record(draft.answers.get(section.code))
        views = []
        for field in _person_fields(section):
            shown = conditions[section.code, field.code].show_if
            if shown is None or shown.test(known) is not False:
                value = typed.get(field.code)
                problem = check_field(field, value, today)
                place = {} if problem is None else {(section.code, 0, field.code): problem}
                views.append(self._field(section, 0, VisibleField(field, value, field.due), place))
        return tuple(views)

    def visitor(self, who: Sequence[FieldView]) -> str:
        """Return who is here in one line, numbers masked."""
        shown = [masked(view.kind, str(view.value)) for view in who if view.value]
        return " · ".join(shown)

    def read(self, draft: VisitDraft, key: str) -> FormRead:
        """Return the sections of the current matter's form; none before its route is chosen."""
        filling = self._filling(draft, key)
        if filling is None:
            return FormRead("", ())
        found = self._person(draft, key)
        person = found[1].code if found is not None else ""
        problems = filling.problems()
        places = _by_place(problems)
        before, self._shown = self._shown, {}
        sections = [
            self._section(section, problems, self._records(section, places, person, before))
            for section in filling.visible_sections()
        ]
        shown = tuple(view for view in sections if view.repeats or (view.records and view.records[0]))
        return FormRead(self._texts.of(filling.matter.title), shown)

    def materials(self, draft: VisitDraft) -> tuple[MaterialView, ...]:
        """Return the checklist of the whole visit, each material once."""
        found: dict[str, MaterialView] = {}
        for matter in draft.matters:
            filling = self._filling(draft, matter.key)
            for line in filling.materials() if filling is not None else ():
                known = found.get(line.code)
                found[line.code] = MaterialView(
                    material=line.code,
                    title=self._texts.of(line.title),
                    due=line.due or (known is not None and known.due),
                    copies_due=max(line.copies, known.copies_due if known is not None else 0),
                    state=_told(line, draft),
                    copies=line.copies_given,
                    original=line.original,
                    remark=line.remark,
                    hint=self._texts.of(line.hint) if line.hint else "",
                    files=tuple(_attachment(one) for one in draft.attachments if one.material == line.code),
                    commitment=self._can_commit(filling, line.code) or (known is not None and known.commitment),
                )
        if found:
            left = [one.material for one in draft.attachments if one.material not in found]
            found |= {material: self._left(draft, material) for material in left}
        return tuple(found.values())

    def _can_commit(self, filling: FormFilling | None, material: str) -> bool:
        """Answer whether the catalogue of this place has a commitment for a material of a form's matter."""
        if filling is None:
            return False
        locality = self._desk.station.locality
        return bool(self._desk.definitions.commitments_for(filling.matter.code, material, locality))

    def _left(self, draft: VisitDraft, material: str) -> MaterialView:
        """Return a line for files of a material that the routes chosen do not call for, so that none is overlooked."""
        matters = self._desk.definitions.matters.values()
        known = next((one for matter in matters for one in matter.materials if one.code == material), None)
        tick = draft.materials.get(material)
        return MaterialView(
            material=material,
            title=self._texts.of(known.title) if known is not None else material,
            due=False,
            copies_due=0,
            state=tick.state.value if tick is not None else "",
            copies=0,
            original="none",
            hint=self._texts.text("ui.material.left"),
            files=tuple(_attachment(one) for one in draft.attachments if one.material == material),
        )

    def count_records(self, draft: VisitDraft, key: str, section: str) -> int:
        """Return how many records of a section are shown."""
        filling = self._filling(draft, key)
        sections = filling.visible_sections() if filling is not None else ()
        return next((len(one.records) for one in sections if one.definition.code == section), 0)

    def set_field(self, draft: VisitDraft, key: str, address: FieldAddress, value: object) -> VisitDraft:
        """Return the draft with a value as typed, and what a number fills in.

        Who is here can be written before a route is chosen: the shared section of any form takes it.

        Raises:
            WindowAppError: no form has such a field.
        """
        place = (address.section, address.index, address.field)
        if self._has_section(draft, key, address.section):
            return self._desk.intake.set_field(draft, key, *place, value)
        found = self._person(draft, key)
        if found is None:
            raise WindowAppError("intake.no_form")
        own = draft.matter(key)
        lent = draft.with_matter(replace(own, route=found[0].route))
        changed = self._desk.intake.set_field(lent, key, *place, value)
        return changed.with_matter(_as_it_was(own, changed.matter(key)))

    def problem(self, problem: Problem) -> ProblemView:
        """Return a problem as a sentence, with the way to its field."""
        address = None
        if problem.field:
            address = FieldAddress(problem.section, problem.index or 0, problem.field)
        return ProblemView(self.sentence(problem), address, "")

    def sentence(self, problem: Problem) -> str:
        """Return what a problem says to the clerk."""
        if problem.message is not None:
            return self._texts.of(problem.message)
        return self._texts.text(problem.code, **problem.params)

    def _filling(self, draft: VisitDraft, key: str) -> FormFilling | None:
        """Return the form of a matter, made once for each state of the draft."""
        if self._made_of is not draft:
            self._made_of = draft
            self._made.clear()
        if key not in self._made:
            self._made[key] = self._desk.intake.filling(draft, key)
        return self._made[key]

    def _has_section(self, draft: VisitDraft, key: str, section: str) -> bool:
        filling = self._filling(draft, key)
        return filling is not None and any(one.code == section for one in filling.matter.sections)

    def _person(self, draft: VisitDraft, key: str) -> tuple[MatterDefinition, SectionDefinition] | None:
        filling = self._filling(draft, key)
        mine = [found for found in self._with_person if filling is not None and found[0] is filling.matter]
        return next(iter(mine or self._with_person), None)

    def _section(
        self,
        shown: VisibleSection,
        problems: Sequence[Problem],
        records: tuple[tuple[FieldView, ...], ...],
    ) -> SectionView:
        section = shown.definition
        repeat = section.repeat
        count = len(shown.records)
        whole = [one for one in problems if one.section == section.code and not one.field and one.severity == "error"]
        return SectionView(
            section=section.code,
            title=self._texts.of(section.title),
            records=records,
            repeats=repeat is not None,
            can_add=repeat is not None and count < repeat.maximum,
            can_remove=repeat is not None and count > max(repeat.minimum, 0) and count > 0,
            problem=self.sentence(whole[0]) if whole else "",
            hint=self._texts.of(section.hint) if section.hint else "",
            errors=sum(view.severity == "error" for fields in records for view in fields) + bool(whole),
            missing=sum(view.missing for fields in records for view in fields),
        )

    def _records(
        self, shown: VisibleSection, places: Problems, person: str, before: Mapping[int, "_ShownRecord"]
    ) -> tuple[tuple[FieldView, ...], ...]:
        """Return the records' fields; of a record in which nothing changed, the very same as before."""
        code, found = shown.definition.code, []
        for record in shown.records:
            own = tuple([places.get((code, record.index, one.definition.code)) for one in record.fields])
            known = before.get(id(record))
            if known is None or known.record is not record or known.problems != own or known.person != person:
                known = _ShownRecord(record, own, person, self._record(shown.definition, record, places, person))
            self._shown[id(record)] = known
            found.append(known.fields)
        return tuple(found)

    def _record(
        self, section: SectionDefinition, record: VisibleRecord, problems: Problems, person: str
    ) -> tuple[FieldView, ...]:
        told = _person_fields(section) if section.code == person and record.index == 0 else ()
        fields = (one for one in record.fields if one.definition not in told)
        return tuple(self._field(section, record.index, one, problems) for one in fields)

    def _field(self, section: SectionDefinition, index: int, shown: VisibleField, problems: Problems) -> FieldView:
        definition = shown.definition
        problem = problems.get((section.code, index, definition.code))
        missing = problem is not None and problem.code == DUE_CODE
        hint = self._texts.of(definition.hint) if definition.hint else self._usual_hint(definition)
        return FieldView(
            address=FieldAddress(section.code, index, definition.code),
            kind=str(definition.type),
            label=self._texts.of(definition.label),
            hint=hint,
            due=shown.due,
            choices=self._choices(definition),
            value=shown.value,
            problem=self.sentence(problem) if problem is not None and not missing else "",
            severity=problem.severity if problem is not None and not missing else "",
            missing=missing,
            lookup=self._desk.parties.codes.of(str(definition.type), self._desk.station.district),
        )

    def _choices(self, definition: FieldDefinition) -> tuple[tuple[object, str], ...]:
        if definition.type is FieldType.BOOL:
            return ((True, self._texts.text("ui.yes")), (False, self._texts.text("ui.no")))
        return tuple((value, self._texts.of(text)) for value, text in definition.values.items())

    def _usual_hint(self, definition: FieldDefinition) -> str:
        code = f"ui.hint.{definition.type}"
        return self._texts.text(code) if code in self._texts else ""


def _person_section(matter: MatterDefinition) -> SectionDefinition | None:
    for section in matter.sections:
        if section.shared and any(field.type is FieldType.PERSON_NAME for field in section.fields):
            return section
    return None


def _person_fields(section: SectionDefinition) -> tuple[FieldDefinition, ...]:
    """Return what step one asks of a person: the first name, the first number, the first phone."""
    firsts = (next((one for one in section.fields if one.type is kind), None) for kind in PERSON_TYPES)
    return tuple(one for one in firsts if one is not None)


def _first_record(answers: object) -> Mapping[str, object]:
    record = answers[0] if isinstance(answers, list | tuple) and answers else answers
    return record if isinstance(record, Mapping) else {}


def _told(line: MaterialLine, draft: VisitDraft) -> str:
    """Return what became of a material, "" where nobody has said anything of it."""
    said = line.code in draft.materials or line.state is MaterialState.COMMITTED
    return str(line.state) if said else ""


def _attachment(one: DraftAttachment) -> AttachmentView:
    return AttachmentView(one.file.digest, one.name, one.file.media_type, one.pages, one.size)


def _by_place(problems: Sequence[Problem]) -> Problems:
    """Return the problem to show at each field; one that must be put right goes before one that is only due."""
    found: dict[tuple[str, int, str], Problem] = {}
    for problem in problems:
        place = (problem.section, problem.index or 0, problem.field)
        if place not in found or (found[place].severity != "error" and problem.severity == "error"):
            found[place] = problem
    return found


def _as_it_was(own: MatterDraft, changed: MatterDraft) -> MatterDraft:
    return replace(changed, route=own.route)
