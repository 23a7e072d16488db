"""The form and the materials of a visit, as typed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from window_app.domain.visits import MaterialState, MaterialTick, MatterDraft, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, FormFilling
from window_app.forms.definitions import MatterDefinition, SectionDefinition
from window_app.rules.values import Value
from window_app.services import intake_json
from window_app.services.calculators import without_record
from window_app.services.judging import Judge
from window_app.services.reception import Reception

BLANK = ""
"""What a field holds that was filled in and then emptied: blank is not the same as never answered."""


class NoForm(WindowAppError):
    """The matter's route has no form here, or its form has no such section or field."""

    code = "intake.no_form"


class Intake:
    """Changes what was typed into the form; every change returns the new draft and stores nothing."""

    def __init__(self, definitions: DefinitionSet, judge: Judge, reception: Reception) -> None:
        self._definitions = definitions
        self._judge = judge
        self._reception = reception

    def filling(self, draft: VisitDraft, key: str) -> FormFilling | None:
        """Return the form of a matter by its chosen route; None where no form belongs to that route."""
        return self._judge.filling(draft, key)

    def filling_of(self, definition: MatterDefinition, draft: VisitDraft, key: str) -> FormFilling:
        """Return a form as a draft's matter fills it, whether its route was chosen or not."""
        return self._judge.filling_of(definition, draft, key)

    def set_field(self, draft: VisitDraft, key: str, section: str, index: int, field: str, value: Value) -> VisitDraft:
        """Return the draft with a field's value and the fields it fills in.

        A field that is emptied is a field left blank, which stays on record; one never filled in is not there.
        `index` is 0 where the section does not repeat. A record that is not there yet is added.

        Raises:
            NoForm: the matter has no such section or field.
        """
        definition = self._section(draft, key, section)
        self._require_field(definition, field)
        changed = _changed(draft, key, definition, lambda records: _with_value(records, index, {field: value}))
        filling = self.filling(changed, key)
        filled = {} if filling is None else filling.fills(section, index, field, value)
        if not filled:
            return changed
        return _changed(changed, key, definition, lambda records: _with_value(records, index, filled))

    def add_record(self, draft: VisitDraft, key: str, section: str) -> VisitDraft:
        """Return the draft with one more record in a repeating section."""
        definition = self._section(draft, key, section)
        most = definition.repeat.maximum if definition.repeat is not None else 1
        return _changed(draft, key, definition, lambda records: [*records, {}][:most])

    def remove_record(self, draft: VisitDraft, key: str, section: str, index: int) -> VisitDraft:
        """Return the draft without a record of a repeating section."""
        definition = self._section(draft, key, section)
        changed = _changed(draft, key, definition, lambda records: [*records[:index], *records[index + 1 :]])
        matter = changed.matter(key)
        if definition.shared or not matter.calculations:
            return changed
        return changed.with_matter(replace(matter, calculations=without_record(matter.calculations, section, index)))

    def tick(self, draft: VisitDraft, material: str, tick: MaterialTick) -> VisitDraft:
        """Return the draft with a material ticked; it counts for all matters of the visit."""
        materials = {code: kept for code, kept in draft.materials.items() if code != material}
        if tick.state is not MaterialState.MISSING or tick.remark:
            materials[material] = tick
        return replace(draft, materials=materials)

    def from_json(self, intake: Mapping[str, Any]) -> VisitDraft:
        """Return a visit from an intake as `schema intake` describes it.

        The route "recommended" becomes the one that the law recommends.

        Raises:
            IntakeInvalid: an unknown key, section, field or material, or a value of a wrong kind.
            WindowAppError: `fact.unknown`, `fact.invalid` as the vocabulary says.
        """
        draft = intake_json.read(intake, self._definitions, self._reception.begin())
        if any(matter.route == intake_json.RECOMMENDED for matter in draft.matters):
            draft = self._with_recommended(draft)
        for matter in draft.matters:
            draft = self._with_fills(draft, matter.key)
        return draft

    def to_json(self, draft: VisitDraft) -> dict[str, Any]:
        """Return the intake that `from_json` makes the same visit from."""
        return intake_json.write(draft)

    def _with_fills(self, draft: VisitDraft, key: str) -> VisitDraft:
        """Return the draft with what its resident numbers tell put into fields that are still empty."""
        filling = self.filling(draft, key)
        if filling is None:
            return draft
        for shown in filling.visible_sections():
            for record in shown.records:
                given = {field.definition.code: field.value for field in record.fields}
                told: dict[str, str] = {}
                for code, value in given.items():
                    told.update(filling.fills(shown.definition.code, record.index, code, value))
                fresh = {code: value for code, value in told.items() if given.get(code) is None}
                if fresh:
                    change = partial(_with_value, index=record.index, values=fresh)
                    draft = _changed(draft, key, shown.definition, change)
        return draft

    def _with_recommended(self, draft: VisitDraft) -> VisitDraft:
        undecided = replace(draft, matters=tuple(_without_recommended(matter) for matter in draft.matters))
        by_key = {matter.key: matter for matter in self._judge.assess(undecided).matters}
        matters = []
        for wanted, matter in zip(draft.matters, undecided.matters, strict=True):
            if wanted.route == intake_json.RECOMMENDED:
                route = next((option.route for option in by_key[matter.key].routes if option.recommended), None)
                if route is None:
                    raise intake_json.IntakeInvalid("intake.no_recommendation", matter=matter.key)
                matter = replace(matter, route=route)  # the same matter, with its route
            matters.append(matter)
        return replace(undecided, matters=tuple(matters))

    def _section(self, draft: VisitDraft, key: str, section: str) -> SectionDefinition:
        definition = self._judge.matter_for(draft, key)
        if definition is None:
            raise NoForm()
        try:
            return definition.section(section)
        except KeyError:
            raise NoForm("intake.no_section", section=section) from None

    @staticmethod
    def _require_field(definition: SectionDefinition, field: str) -> None:
        try:
            definition.field(field)
        except KeyError:
            raise NoForm("intake.no_field", section=definition.code, field=field) from None


def _without_recommended(matter: MatterDraft) -> MatterDraft:
    return replace(matter, route=None) if matter.route == intake_json.RECOMMENDED else matter


Records = list[dict[str, Any]]


def _changed(
    draft: VisitDraft, key: str, section: SectionDefinition, change: Callable[[Records], Records]
) -> VisitDraft:
    matter = draft.matter(key)
    answers = draft.answers if section.shared else matter.answers
    records = change(_records(answers.get(section.code), repeats=section.repeat is not None))
    content: Value = records if section.repeat is not None else (records[0] if records else {})
    kept = {**answers, section.code: content}
    if section.shared:
        return replace(draft, answers=kept)
    return draft.with_matter(replace(matter, answers=kept))


def _records(content: Value, *, repeats: bool) -> Records:
    # The records themselves are never changed: those that stay the same need not be read and checked again.
    return list(content or ()) if repeats else [content or {}]


def _with_value(records: Records, index: int, values: Mapping[str, Any]) -> Records:
    while len(records) <= index:
        records.append({})
    record = dict(records[index])
    for field, value in values.items():
        if value is None or value == "":
            record.update({field: BLANK} if field in record else {})
        else:
            record[field] = value
    records[index] = record
    return records
