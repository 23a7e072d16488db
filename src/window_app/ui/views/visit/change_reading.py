"""Says in one line what is different between two states of a visit, and where it is to be seen. No Qt."""

from collections.abc import Iterator, Mapping
from typing import Any

from window_app.domain.assessment import Question, Text
from window_app.domain.visits import MaterialTick, VisitDraft
from window_app.errors import WindowAppError
from window_app.forms.definitions import (
    FieldDefinition,
    FieldType,
    MaterialDefinition,
    MatterDefinition,
    SectionDefinition,
)
from window_app.i18n import Catalogue
from window_app.services.desk import Desk
from window_app.ui.masking import masked
from window_app.ui.views.visit.law_reading import LawReader
from window_app.ui.views.visit.state import DifferenceView, FieldAddress

SHOWN = 24


class ChangeReader:
    """Reads differences between drafts of one desk."""

    def __init__(self, desk: Desk, texts: Catalogue, law: LawReader) -> None:
        self._desk = desk
        self._texts = texts
        self._law = law

    def read(self, before: VisitDraft, after: VisitDraft, current: str) -> DifferenceView:
        """Return the first thing that is different, in the order of the page, and how many there are."""
        found = list(self._differences(before, after, current))
        if not found:
            return DifferenceView(self._texts.text("drafting.difference.other"), "")
        first = found[0]
        if len(found) > 1:
            text = self._texts.text("drafting.difference.more", first=first.text, n=len(found))
            return DifferenceView(text, first.step, first.address, first.material)
        return first

    def _differences(self, before: VisitDraft, after: VisitDraft, current: str) -> Iterator[DifferenceView]:
        yield from self._matters(before, after)
        yield from self._facts(before, after, None)
        then = {matter.key: matter for matter in before.matters}
        for matter in after.matters:
            if matter.key in then:
                yield from self._facts(before, after, matter.key)
                yield from self._route(then[matter.key].route, matter.route)
                if matter.key == current:
                    yield from self._answers(then[matter.key].answers, matter.answers, after, current)
        yield from self._answers(before.answers, after.answers, after, current)
        yield from self._ticks(before, after, current)

    def _matters(self, before: VisitDraft, after: VisitDraft) -> Iterator[DifferenceView]:
        if len(before.matters) != len(after.matters):
            text = self._texts.text("drafting.difference.matters", before=len(before.matters), after=len(after.matters))
            yield DifferenceView(text, "what")

    def _facts(self, before: VisitDraft, after: VisitDraft, key: str | None) -> Iterator[DifferenceView]:
        then = before.facts if key is None else before.matter(key).facts
        now = after.facts if key is None else after.matter(key).facts
        for name in {**then, **now}:
            if then.get(name) != now.get(name):
                question = Question(name, key)
                yield self._from_to(
                    self._question(question, after),
                    self._answer(question, before),
                    self._answer(question, after),
                    "what",
                )

    def _question(self, question: Question, draft: VisitDraft) -> str:
        try:
            return self._law.ask(question, draft).text
        except WindowAppError:  # a fact that nobody asks for
            return question.fact

    def _answer(self, question: Question, draft: VisitDraft) -> str:
        try:
            return self._law.ask(question, draft).answered
        except WindowAppError:
            return ""

    def _route(self, before: str | None, after: str | None) -> Iterator[DifferenceView]:
        if before != after:
            label = self._texts.text("drafting.difference.route")
            yield self._from_to(label, self._law.route_title(before), self._law.route_title(after), "what")

    def _answers(
        self, before: Mapping[str, Any], after: Mapping[str, Any], draft: VisitDraft, current: str
    ) -> Iterator[DifferenceView]:
        for section in {**before, **after}:
            old, new = before.get(section), after.get(section)
            then, now = _records(old, new), _records(new, old)
            if len(then) != len(now):
                yield self._count(section, len(then), len(now), draft, current)
                continue
            for index, (was, is_now) in enumerate(zip(then, now, strict=True)):
                if was is not is_now and was != is_now:
                    yield from self._fields(FieldAddress(section, index, ""), was, is_now, draft, current)

    def _count(self, section: str, then: int, now: int, draft: VisitDraft, current: str) -> DifferenceView:
        title: Text = next((one.title for one in self._sections(draft, current) if one.code == section), {})
        label = self._texts.of(title) if title else section
        text = self._texts.text("drafting.difference.records", section=label, before=then, after=now)
        return DifferenceView(text, "form", FieldAddress(section, max(0, min(then, now) - (now < then)), ""))

    def _fields(
        self, at: FieldAddress, old: Mapping[str, Any], new: Mapping[str, Any], draft: VisitDraft, current: str
    ) -> Iterator[DifferenceView]:
        for code in {**old, **new}:
            if old.get(code) != new.get(code):
                field = self._field(at.section, code, draft, current)
                label = code if field is None else self._texts.of(field.label)
                shown = self._from_to(
                    label, self._value(field, old.get(code)), self._value(field, new.get(code)), "form"
                )
                yield DifferenceView(shown.text, "form", FieldAddress(at.section, at.index, code))

    def _ticks(self, before: VisitDraft, after: VisitDraft, current: str) -> Iterator[DifferenceView]:
        for code in {**before.materials, **after.materials}:
            then, now = before.materials.get(code), after.materials.get(code)
            if then != now:
                title: Text = next((one.title for one in self._materials(after, current) if one.code == code), {})
                label = self._texts.of(title) if title else code
                shown = self._from_to(label, self._tick(then), self._tick(now), "materials")
                yield DifferenceView(shown.text, "materials", material=code)

    def _tick(self, tick: MaterialTick | None) -> str:
        if tick is None:
            return ""
        state = self._texts.text(f"drafting.tick.{tick.state.value}")
        return f"{state} × {tick.copies}" if tick.copies else state

    def _from_to(self, label: str, before: str, after: str, step: str) -> DifferenceView:
        empty = self._texts.text("drafting.difference.empty")
        text = self._texts.text(
            "drafting.difference.from_to", label=label, before=before or empty, after=after or empty
        )
        return DifferenceView(text, step)

    def _value(self, field: FieldDefinition | None, value: object) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, Mapping):
            return f"{value.get('from') or ''} – {value.get('to') or ''}"
        if field is not None and field.type is FieldType.BOOL:
            return self._texts.text("ui.yes" if value in (True, "true") else "ui.no")
        if field is not None and str(value) in field.values:
            return self._texts.of(field.values[str(value)])
        text = masked("" if field is None else str(field.type), str(value)).replace("\n", " ")
        return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"

    def _field(self, section: str, code: str, draft: VisitDraft, current: str) -> FieldDefinition | None:
        for one in self._sections(draft, current):
            if one.code == section:
                for field in one.fields:
                    if field.code == code:
                        return field
        return None

    def _sections(self, draft: VisitDraft, current: str) -> Iterator[SectionDefinition]:
        for matter in self._definitions(draft, current):
            yield from matter.sections

    def _materials(self, draft: VisitDraft, current: str) -> Iterator[MaterialDefinition]:
        for matter in self._definitions(draft, current):
            yield from matter.materials

    def _definitions(self, draft: VisitDraft, current: str) -> Iterator[MatterDefinition]:
        """Yield the form of the matter that is worked on first; a section stands in several."""
        known = self._desk.definitions
        route = next((one.route for one in draft.matters if one.key == current), None)
        own = known.matter_for_route.get(route or "")
        if own is not None:
            yield known.matters[own]
        yield from known.matters.values()


def _records(content: object, other: object) -> list[Mapping[str, Any]]:
    """Return the records of a section; one that does not repeat has a record even where nothing is typed."""
    if isinstance(content, Mapping):
        return [content]
    if content is None and (isinstance(other, Mapping) or (isinstance(other, list | tuple) and len(other) == 1)):
        return [{}]
    return [one for one in content if isinstance(one, Mapping)] if isinstance(content, list | tuple) else []
