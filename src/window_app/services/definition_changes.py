"""What a newer definition set changes for a draft: values that no longer fit, fields, materials, routes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import date
from typing import Any

from window_app.domain.assessment import MatterAssessment, Text
from window_app.domain.drafts import KeptAnswer
from window_app.domain.visits import MatterDraft, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, check_field
from window_app.forms.definitions import FieldDefinition, MatterDefinition, SectionDefinition
from window_app.forms.fields import is_empty
from window_app.services.judging import Judge

ROUTE = "route"
NO_TEXT: Text = {}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different; `kind` says what, and which of the texts there are.

    Attributes:
        subject: what it is about: the label of a field, a question, a material.
        where: the title of the section, or of the matter.
        before, after: both texts where something was renamed or is offered otherwise.
    """

    kind: str
    subject: Text
    where: Text = attribute(default_factory=dict)
    before: Text = attribute(default_factory=dict)
    after: Text = attribute(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """What moving a draft to the set in force comes to.

    Attributes:
        moved: the draft as it is afterwards; what has no place in it any more is among its kept answers.
        kept: the answers put aside by this move.
        known: the old set is at hand, so that the list of changes is complete.
    """

    changes: tuple[Change, ...]
    moved: VisitDraft
    kept: tuple[KeptAnswer, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two sets, with what judges by it."""

    definitions: DefinitionSet
    judge: Judge

    def matter(self, draft: VisitDraft, key: str) -> MatterDefinition | None:
        return self.judge.matter_for(draft, key)

    def field(self, section: str, code: str, matters: Sequence[MatterDefinition]) -> FieldDefinition | None:
        """Return a field of a section, as the draft's own matters have it, else as any has it."""
        for matter in (*matters, *self.definitions.matters.values()):
            for one in matter.sections:
                if one.code == section:
                    for field in one.fields:
                        if field.code == code:
                            return field
        return None

    def repeats(self, section: str, matters: Sequence[MatterDefinition]) -> bool | None:
        for matter in (*matters, *self.definitions.matters.values()):
            for one in matter.sections:
                if one.code == section:
                    return one.repeat is not None
        return None


class ChangeFinder:
    """Finds what the set in force changes for drafts of an older one."""

    def __init__(self, new: DefinitionSet, judge: Judge) -> None:
        self._new = _Side(new, judge)

    def find(
        self, draft: VisitDraft, old: DefinitionSet | None, judge_of: Callable[[DefinitionSet], Judge], on: date
    ) -> DefinitionChange:
        """Return what moving a draft comes to; without the old set only what no longer fits is known."""
        before = None if old is None else _Side(old, judge_of(old))
        fitting = _Fitting(draft, before, self._new, on)
        moved = self._without_lost_routes(fitting.moved(), fitting)
        kept = tuple(fitting.kept)
        moved = replace(moved, kept=(*draft.kept, *kept), definition_set=self._new.definitions.content_hash)
        changes = [*fitting.changes]
        if before is not None:
            changes += _form_changes(draft, before, self._new)
            changes += self._law_changes(draft, moved, before)
        return DefinitionChange(_distinct(changes), moved, kept, before is not None)

    def _without_lost_routes(self, draft: VisitDraft, fitting: "_Fitting") -> VisitDraft:
        for matter in draft.matters:
            offered = matter.route is None or matter.override_reason or self._offers(draft, matter)
            if not offered:
                fitting.keep_route(matter)
                draft = draft.with_matter(replace(matter, route=None))
        return draft

    def _offers(self, draft: VisitDraft, matter: MatterDraft) -> bool:
        if matter.route in self._new.judge.offered(draft, matter.key):
            return True
        assessed = next(one for one in self._new.judge.assess(draft).matters if one.key == matter.key)
        return matter.route in assessed.pending_routes  # an answer that is missing now may open it

    def _law_changes(self, draft: VisitDraft, moved: VisitDraft, before: _Side) -> Iterator[Change]:
        yield from _material_changes(draft, moved, before, self._new)
        try:
            then = {one.key: one for one in before.judge.assess(draft).matters}
        except WindowAppError:
            return  # the old set cannot be asked any more; what is offered now is on the page
        for matter in self._new.judge.assess(moved).matters:
            if matter.key in then:
                yield from self._offer_changes(then[matter.key], matter, before)

    def _offer_changes(self, then: MatterAssessment, now: MatterAssessment, before: _Side) -> Iterator[Change]:
        old, new = _offered(then, before), _offered(now, self._new)
        title = _label(self._new, "matter_kind", now.matter_kind)
        if old[0] != new[0]:
            yield Change("routes", title, before=_joined(old[0]), after=_joined(new[0]))
        if old[1] != new[1]:
            yield Change("recommended", title, before=_joined(old[1]), after=_joined(new[1]))


class _Fitting:
    """Puts what no longer fits aside."""

    def __init__(self, draft: VisitDraft, before: _Side | None, after: _Side, on: date) -> None:
        self._draft = draft
        self._before = before
        self._after = after
        self._on = on
        self._matters = [found for one in draft.matters if (found := after.matter(draft, one.key)) is not None]
        self._old_matters = (
            []
            if before is None
            else [found for one in draft.matters if (found := before.matter(draft, one.key)) is not None]
        )
        self.kept: list[KeptAnswer] = []
        self.changes: list[Change] = []

    def moved(self) -> VisitDraft:
        """Return the draft with what still fits."""
        matters = tuple(self._matter(matter) for matter in self._draft.matters)
        return replace(
            self._draft,
            facts=self._facts(self._draft.facts, ""),
            answers=self._answers(self._draft.answers, ""),
            materials=self._materials(),
            matters=matters,
        )

    def keep_route(self, matter: MatterDraft) -> None:
        """Put the choice of a route aside that is no longer offered."""
        label = _label(self._before or self._after, ROUTE, matter.route)
        self._keep(KeptAnswer("route", f"{matter.key}:", label, matter.route, label, self._draft.definition_set))
        self.changes.append(Change("route_gone", label))

    def _matter(self, matter: MatterDraft) -> MatterDraft:
        prefix = f"{matter.key}:"
        changed = replace(
            matter, facts=self._facts(matter.facts, prefix), answers=self._answers(matter.answers, prefix)
        )
        routes = self._after.definitions.vocabulary.find(ROUTE)
        if matter.route is not None and (routes is None or matter.route not in routes.values):
            self.keep_route(matter)
            changed = replace(changed, route=None, override_reason="")
        return changed

    def _facts(self, facts: Mapping[str, Any], prefix: str) -> dict[str, Any]:
        fitting: dict[str, Any] = {}
        for name, value in facts.items():
            try:
                self._after.definitions.vocabulary.read_fact(name, value)
                fitting[name] = value
            except WindowAppError:
                self._keep_fact(name, value, prefix)
        return fitting

    def _keep_fact(self, name: str, value: object, prefix: str) -> None:
        known = None if self._before is None else self._before.definitions.vocabulary.find(name)
        label = {"zh": name, "en": name} if known is None else known.ask or {"zh": name, "en": name}
        shown = NO_TEXT if known is None else known.values.get(str(value), NO_TEXT)
        self._keep(KeptAnswer("fact", f"{prefix}{name}", label, value, shown, self._draft.definition_set))
        self.changes.append(Change("answer_unfit", label, before=shown or _plain(value)))

    def _answers(self, answers: Mapping[str, Any], prefix: str) -> dict[str, Any]:
        return {section: self._section(section, content, prefix) for section, content in answers.items()}

    def _section(self, section: str, content: object, prefix: str) -> object:
        records = content if isinstance(content, list) else [content] if isinstance(content, Mapping) else []
        repeats = self._after.repeats(section, self._matters)
        fitted = []
        for index, record in enumerate(records):
            lost = not repeats and index > 0
            place = f"{prefix}{section}[{index}]" if isinstance(content, list) else f"{prefix}{section}"
            fitted.append(self._record(section, place, record, everything=lost))
        if repeats is None:
            repeats = isinstance(content, list)
        return fitted if repeats else (fitted[0] if fitted else {})

    def _record(self, section: str, place: str, record: Mapping[str, Any], *, everything: bool) -> dict[str, Any]:
        fitting: dict[str, Any] = {}
        for code, value in record.items():
            new = self._after.field(section, code, self._matters)
            old = None if self._before is None else self._before.field(section, code, self._old_matters)
            if not everything and new is not None and (is_empty(value) or self._fits(value, old, new)):
                fitting[code] = value
            elif not is_empty(value):
                self._keep_field(f"{place}.{code}", section, old or new, value, gone=new is None)
        return fitting

    def _fits(self, value: object, old: FieldDefinition | None, new: FieldDefinition) -> bool:
        """Answer whether the new field takes a value; what was wrong before may stay wrong where it stands."""
        if check_field(new, value, self._on) is None:
            return True
        if old is None:
            return not new.values and isinstance(value, str)
        return check_field(old, value, self._on) is not None and old.type is new.type and not new.values

    def _keep_field(
        self, place: str, section: str, field: FieldDefinition | None, value: object, *, gone: bool
    ) -> None:
        code = place.rpartition(".")[2]
        label = {"zh": code, "en": code} if field is None else field.label
        shown = NO_TEXT if field is None else field.values.get(str(value), NO_TEXT)
        kind = "" if field is None else str(field.type)
        self._keep(KeptAnswer("field", place, label, value, shown, self._draft.definition_set, kind))
        self.changes.append(
            Change(
                "field_gone_filled" if gone else "value_unfit",
                label,
                _title(section, self._before, self._after),
                before=shown,
            )
        )

    def _materials(self) -> dict[str, Any]:
        known = {one.code for matter in self._after.definitions.matters.values() for one in matter.materials}
        for code, tick in self._draft.materials.items():
            if code not in known:
                label = _material_title(self._before, code)
                value = {"state": tick.state.value, "copies": tick.copies, "remark": tick.remark}
                self._keep(KeptAnswer("material", code, label, value, NO_TEXT, self._draft.definition_set))
                self.changes.append(Change("material_gone_ticked", label))
        return {code: tick for code, tick in self._draft.materials.items() if code in known}

    def _keep(self, answer: KeptAnswer) -> None:
        self.kept.append(answer)


def _form_changes(draft: VisitDraft, before: _Side, after: _Side) -> Iterator[Change]:
    """Yield fields that came, went or are called otherwise in the forms of the draft's matters."""
    for matter in draft.matters:
        old, new = before.matter(draft, matter.key), after.matter(draft, matter.key)
        if old is None or new is None:
            continue
        then, now = _fields(old), _fields(new)
        for place, (section, field) in now.items():
            if place not in then:
                yield Change("field_new", field.label, section.title)
            elif then[place][1].label != field.label:
                yield Change("field_renamed", field.label, section.title, then[place][1].label, field.label)
        for place, (section, field) in then.items():
            if place not in now:
                yield Change("field_gone", field.label, section.title)


def _fields(matter: MatterDefinition) -> dict[tuple[str, str], tuple[SectionDefinition, FieldDefinition]]:
    return {(section.code, field.code): (section, field) for section in matter.sections for field in section.fields}


def _material_changes(draft: VisitDraft, moved: VisitDraft, before: _Side, after: _Side) -> Iterator[Change]:
    for matter in moved.matters:
        then = _checklist(before, draft, matter.key)
        now = _checklist(after, moved, matter.key)
        if then is not None and now is not None:
            found = (_line_change(title, due, copies, then.get(code)) for code, (title, due, copies) in now.items())
            yield from (one for one in found if one is not None)
            yield from (Change("material_gone", title) for code, (title, _, _) in then.items() if code not in now)


def _line_change(title: Text, due: bool, copies: int, then: tuple[Text, bool, int] | None) -> Change | None:
    if then is None:
        return Change("material_new", title)
    if due != then[1]:
        return Change("material_due" if due else "material_not_due", title)
    if copies != then[2]:
        return Change("material_copies", title, before=_plain(then[2]), after=_plain(copies))
    return None


def _checklist(side: _Side, draft: VisitDraft, key: str) -> dict[str, tuple[Text, bool, int]] | None:
    filling = side.judge.filling(draft, key)
    return None if filling is None else {one.code: (one.title, one.due, one.copies) for one in filling.materials()}


def _offered(matter: MatterAssessment, side: _Side) -> tuple[list[Text], list[Text]]:
    offered = [_label(side, ROUTE, one.route) for one in matter.routes]
    return offered, [_label(side, ROUTE, one.route) for one in matter.routes if one.recommended]


def _label(side: _Side, fact: str, value: str | None) -> Text:
    if value is None:
        return NO_TEXT
    known = side.definitions.vocabulary.find(fact)
    return _plain(value) if known is None else known.values.get(value, _plain(value))


def _title(section: str, *sides: _Side | None) -> Text:
    for side in sides:
        for matter in () if side is None else side.definitions.matters.values():
            for one in matter.sections:
                if one.code == section:
                    return one.title
    return NO_TEXT


def _material_title(side: _Side | None, code: str) -> Text:
    for matter in () if side is None else side.definitions.matters.values():
        for one in matter.materials:
            if one.code == code:
                return one.title
    return _plain(code)


def _plain(value: object) -> Text:
    return {"zh": str(value), "en": str(value)}


def _joined(texts: Sequence[Text]) -> Text:
    return {language: "、".join(one.get(language, "") for one in texts) or "—" for language in ("zh", "en")}


def _distinct(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return each change once; a shared section is changed for every matter that shows it."""
    found: list[Change] = []
    for change in changes:
        if change not in found:
            found.append(change)
    told = {("field", str(one.subject)) for one in found if one.kind == "field_gone_filled"}
    return tuple(one for one in found if one.kind != "field_gone" or ("field", str(one.subject)) not in told)
