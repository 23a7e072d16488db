"""Turns what the law says into what the page shows, in the clerk's language. No Qt."""

import re
from collections.abc import Mapping

from window_app.domain.assessment import Citation, Deadline, DeadlineStep, MatterAssessment, Question, RouteOption, Text
from window_app.domain.visits import MatterDraft, VisitDraft
from window_app.i18n import Catalogue
from window_app.services.answer_limits import AnswerLimit
from window_app.services.answers import UNCLEAR
from window_app.services.desk import Desk
from window_app.services.interview import QuestionView
from window_app.ui.views.visit.state import AskView, LimitView, MatterView, OptionView, RouteView

TONES = {"inspection": "inspection", "report": "inspection", "arbitration": "arbitration"}
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
KIND_FACT = "matter_kind"
DURATION = re.compile(r"^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$")


class LawReader:
    """Reads assessments and questions of one desk."""

    def __init__(self, desk: Desk, texts: Catalogue) -> None:
        self._desk = desk
        self._texts = texts
        self._routes = dict(desk.interview.routes())
        self._takes_in = {matter.route for matter in desk.definitions.matters.values() if matter.is_taken_in}

    def routes(self) -> tuple[tuple[str, str], ...]:
        """Return every route there is with its label."""
        return tuple((code, self._texts.of(text)) for code, text in self._routes.items())

    def route_title(self, route: str | None) -> str:
        """Return a route's label."""
        return self._texts.of(self._routes[route]) if route in self._routes else (route or "")

    def ask(self, question: Question, draft: VisitDraft) -> AskView:
        """Return a question as the page shows it."""
        return self.view(self._desk.interview.question(question, draft))

    def view(self, view: QuestionView) -> AskView:
        """Return a question with its options on keys and the answer on record in words."""
        labelled = [(value, self._texts.of(text)) for value, text in view.options if value != UNCLEAR]
        if view.kind == "bool" and not labelled:
            labelled = [("true", self._texts.text("ui.yes")), ("false", self._texts.text("ui.no"))]
        headings = {value: self._texts.of(text) for value, text in view.groups.items()}
        options = tuple(
            OptionView(value, key, text, headings.get(value, ""))
            for key, (value, text) in zip(KEYS, labelled, strict=False)
        )
        if view.unclear:
            options += (OptionView(UNCLEAR, "?", self._texts.text("ui.unclear")),)
        return AskView(
            question=view.question,
            text=self._texts.of(view.text),
            help=self._texts.of(view.help) if view.help else "",
            why=self._texts.of(view.why) if view.why else "",
            kind=view.kind,
            options=options,
            answer=self._option_value(view.answer),
            answered=self._in_words(view.answer, options),
        )

    def matter(self, visit: VisitDraft, draft: MatterDraft, assessment: MatterAssessment) -> MatterView:
        """Return a matter with its routes."""
        ordered = sorted(assessment.routes, key=lambda option: not option.recommended)
        return MatterView(
            key=draft.key,
            title=self._matter_title(visit, draft),
            routes=tuple(self._route(option, draft, visit) for option in ordered),
            route=draft.route,
            route_title=self.route_title(draft.route),
            override_reason=draft.override_reason,
            warnings=tuple(self._texts.of(text) for text in assessment.warnings),
            forbidden=tuple(self._forbidden(entry) for entry in assessment.forbidden),
            decided=assessment.decided,
            open_questions=len(assessment.next),
        )

    def _matter_title(self, visit: VisitDraft, draft: MatterDraft) -> str:
        if KIND_FACT not in draft.facts:
            return ""
        return self.ask(Question(KIND_FACT, draft.key), visit).answered

    def limits(self, answer: AnswerLimit) -> tuple[LimitView, ...]:
        """Return the legal and the promised limit of an answer, the earlier one marked."""
        told = [("limit.legal", answer.legal), ("limit.promised", answer.promised)]
        views = [(code, self._limit(limit)) for code, limit in told if limit is not None]
        if answer.promised is None:
            return tuple(view for _, view in views)
        mark = self._texts.text("limit.earlier")
        return tuple(
            LimitView(
                self._texts.text(code, text=view.text)
                + (f"  {mark}" if code == "limit.promised" and answer.promised_earlier else ""),
                view.steps,
                view.basis,
            )
            for code, view in views
        )

    def _answer(self, option: RouteOption, visit: VisitDraft) -> tuple[LimitView, ...]:
        """Return until when papers handed in today are answered, where the route is taken in here."""
        definition = self._desk.definitions.matters.get(option.matter or "")
        if definition is None:
            return ()
        on = visit.legal_day(self._desk.clock.today())
        return self.limits(self._desk.answer_limits.of_matter(definition, {}, on))

    def _route(self, option: RouteOption, draft: MatterDraft, visit: VisitDraft) -> RouteView:
        return RouteView(
            route=option.route,
            title=self.route_title(option.route),
            tone=TONES.get(option.route, "other"),
            recommended=option.recommended,
            standing=str(option.standing),
            reason=self._texts.of(option.reason) if option.reason else "",
            basis=once(option.basis),
            limits=(*self._answer(option, visit), *(self._limit(limit) for limit in option.limits)),
            limit_text=self._texts.of(option.limit_text) if option.limit_text else "",
            office=self._office(option.office),
            tell=tuple(dict.fromkeys(self._texts.of(text) for text in option.tell)),
            papers=tuple(self._paper(code) for code in option.papers),
            receivable=option.route in self._takes_in,
            chosen=draft.route == option.route,
            office_phone=self._phone(option.office),
        )

    def _office(self, code: str | None) -> str:
        office = self._desk.definitions.offices.get(code or "")
        if office is None:
            return code or ""
        return "  ".join(part for part in (self._texts.of(office.title), office.address) if part)

    def _phone(self, code: str | None) -> str:
        office = self._desk.definitions.offices.get(code or "")
        return office.phone if office is not None else ""

    def _paper(self, code: str) -> str:
        wording = self._desk.definitions.wording.get(code)
        title: Text | None = getattr(wording, "title", None)
        return self._texts.of(title) if title else code

    def _forbidden(self, entry: Mapping[str, object]) -> str:
        told = entry.get("text")
        text = {str(key): str(value) for key, value in told.items()} if isinstance(told, Mapping) else {}
        return self._texts.of(text) if text else self._paper(str(entry.get("paper", "")))

    def _limit(self, limit: Deadline) -> LimitView:
        text = self._texts.text(
            "ui.limit",
            title=self._texts.of(limit.title),
            amount=limit.amount,
            unit=self._texts.text(f"ui.unit.{limit.unit}"),
            due=limit.due_on.isoformat(),
        )
        if limit.provisional:
            text += self._texts.text("ui.limit.provisional")
        if limit.raw_on != limit.due_on:
            text += self._texts.text("ui.limit.raw", raw=limit.raw_on.isoformat())
        return LimitView(text, tuple(self._step(step) for step in limit.steps), limit.basis)

    def _step(self, step: DeadlineStep) -> str:
        params = {
            name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in step.params.items()
        }
        told = self._texts.text(step.code, **params)
        return f"{step.on.isoformat()}  {told}" if step.on is not None else told

    def _option_value(self, answer: object) -> object:
        return {True: "true", False: "false"}[answer] if isinstance(answer, bool) else answer

    def _in_words(self, answer: object, options: tuple[OptionView, ...]) -> str:
        if answer is None:
            return ""
        known = self._option_value(answer)
        found = next((option.text for option in options if option.value == known), None)
        return found if found is not None else self._duration(str(answer))

    def _duration(self, text: str) -> str:
        """Return a duration such as P1Y2M in words; any other text as it is."""
        found = DURATION.match(text)
        if found is None:
            return text
        units = zip(found.groups(), ("years", "months", "days"), strict=True)
        return " ".join(f"{amount} {self._texts.text(f'ui.unit.{unit}')}" for amount, unit in units if amount)


def once(basis: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Return the citations without those that name the same place again."""
    seen = {(one.law, one.article, one.paragraph, one.item): one for one in reversed(basis)}
    return tuple(one for one in basis if any(one is kept for kept in seen.values()))
