"""The same person again: earlier visits at the section, copied by one key, and a word where a case is like another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from window_app.domain.visits import VisitDraft
from window_app.services.earlier import Alike, KnownParty, go_on
from window_app.ui.fields.line import Line
from window_app.ui.views.lists.case_words import CaseWords
from window_app.ui.views.visit.aids import WHO, AidPanel, AidPlace
from window_app.ui.widgets.texts import Button, bind, clear, label, row

SHOWN_VISITS = 3
REPEATED = frozenset({"respondents", "agents", "guardians"})
OF_PARTIES = frozenset({WHO, "applicant", "respondents", "agents", "guardians"})
SIDES = ("applicant", "workers", "respondents", "agents", "guardians", "employment")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found for the section on show."""

    known: KnownParty | None
    alike: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the answer hangs on: contents are the same where they are the same objects, for none is ever changed."""

    place: str
    key: str
    contents: tuple[object, ...]

    def same(self, other: "_Asked | None") -> bool:
        """Answer whether nothing is different."""
        if other is None or (self.place, self.key) != (other.place, other.key):
            return False
        return all(new is old for new, old in zip(self.contents, other.contents, strict=True))


class EarlierAid:
    """Knows again who was here before."""

    sections = OF_PARTIES | {"employment", "claims"}

    def panel(self, place: AidPlace) -> AidPanel:
        """Return a new panel."""
        return EarlierPanel(place)


class EarlierPanel(AidPanel):
    """Shows who the record is and what is like this visit; empty where there is nothing to say."""

    def __init__(self, place: AidPlace) -> None:
        super().__init__()
        self.at = place
        self._words = CaseWords(place.place.desk, place.place.texts)
        self._asked: _Asked | None = None
        self.known: KnownParty | None = None
        self.alike: tuple[Alike, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)

    def refresh(self) -> None:
        """Look again where something that says who it is has changed."""
        draft, key, place = self.at.draft(), self.at.matter_key, self._place()
        told = (*(draft.answers.get(section) for section in SIDES), draft.matter(key).answers.get("claims"))
        asked = _Asked(place, key, (*told, draft.repeats, draft.links))
        if asked.same(self._asked):
            return
        self._asked = asked
        earlier = self.at.place.desk.parties.earlier

        def work() -> _Seen:
            known = earlier.known(draft, place) if place else None
            return _Seen(known, earlier.alike(draft, key))

        self.at.place.tasks.run(work, self._show, lambda error: self.at.say(self.at.place.texts.message(error)))

    def _place(self) -> str:
        section = "applicant" if self.at.section == WHO else self.at.section
        if section not in OF_PARTIES:
            return ""
        return f"{section}/{self.at.record()}" if section in REPEATED else section

    def _show(self, seen: _Seen) -> None:
        self.known, self.alike = seen.known, seen.alike
        if seen.known is not None:
            self._show_known(seen.known)
        if seen.known is not None or "who" in self.__dict__:
            self.who.setVisible(seen.known is not None)
        self._show_alike(self.at.draft(), seen.alike)

    # -- who it is

    @cached_property
    def who(self) -> "_Card":
        """Return where it is said who was here before; most visitors never were."""
        made = _Card("plain")
        self.copy_party = Button(self.tr("Fill in what is known  Ctrl+Shift+C"))
        self.copy_case = Button(self.tr("Copy the whole last case  Ctrl+Shift+L"))
        self.copy_party.clicked.connect(self._copy_party)
        self.copy_case.clicked.connect(self._copy_case)
        bind(self, "Ctrl+Shift+C", self.copy_party)
        bind(self, "Ctrl+Shift+L", self.copy_case)
        made.lines.addLayout(row(self.copy_party, self.copy_case, None))
        made.hide()
        self._lines.insertWidget(0, made)
        self.setFocusProxy(self.copy_party)
        return made

    def _show_known(self, known: KnownParty) -> None:
        texts = []
        party = known.party
        if known.visits and party is not None:
            text = self.tr("{name} was here before ({n}×), last on {day}")
            texts.append(text.format(name=party.name, n=len(known.visits), day=known.visits[0].on.isoformat()))
        elif party is not None:
            texts.append(self.tr("{name} is in the register").format(name=party.name))
        for visit in known.visits[:SHOWN_VISITS]:
            cases = [
                f"{case.number} · {self._words.matter(case.matter)} · {self._words.state(case.state)}"
                for case in visit.cases
            ]
            what = "；".join(cases) or self.tr("inquiry or guidance: {kinds}").format(
                kinds=self._words.matters(visit.kinds)
            )
            texts.append(f"{visit.on.isoformat()}  {what}")
        if known.elsewhere:
            places = "、".join(dict.fromkeys(one.place for one in known.elsewhere if one.place))
            text = self.tr("{n} more cases of this number at other counters") + ("（{places}）" if places else "")
            texts.append(text.format(n=len(known.elsewhere), places=places))
        self.who.say(texts)
        self.copy_party.setVisible(party is not None)
        self.copy_case.setVisible(known.last_case is not None and self.at.section in (WHO, "applicant"))

    def _copy_party(self) -> None:
        known = self.known
        if known is None or known.party is None:
            return
        copying, key, place = self.at.place.desk.parties.copying, self.at.matter_key, self._place()
        party = known.party.party_id
        self.at.change(lambda draft: copying.party(draft, key, place, party))

    def _copy_case(self) -> None:
        case = None if self.known is None else self.known.last_case
        if case is None:
            return
        copying, key, case_id = self.at.place.desk.parties.copying, self.at.matter_key, case.case_id
        self.at.change(lambda draft: copying.case(draft, key, case_id))

    # -- what is alike

    @cached_property
    def twin(self) -> "_Card":
        """Return where it is said that a case is like this visit."""
        made = _Card("caution")
        self.reason = Line()
        self.reason.setPlaceholderText(self.tr("go on, because …"))
        self.reason.setAccessibleName(self.tr("Why the visit goes on"))
        self.explain = Button(self.tr("Go on for this reason  Ctrl+Shift+G"))
        self.explain.clicked.connect(self._go_on)
        self.reason.returnPressed.connect(self._go_on)
        bind(self, "Ctrl+Shift+G", self.explain)
        self.entry = QWidget()
        self.entry.setLayout(row(self.reason, self.explain))
        made.lines.addWidget(self.entry)
        made.hide()
        self._lines.addWidget(made)
        return made

    def _show_alike(self, draft: VisitDraft, alike: Sequence[Alike]) -> None:
        if alike or "twin" in self.__dict__:
            self.twin.setVisible(bool(alike))
        if not alike:
            return
        texts = [self.tr("△ A case of the same worker and the same employer for an overlapping time:")]
        texts.extend(self._line(one) for one in alike[:SHOWN_VISITS])
        said = next((draft.repeats[one.number] for one in alike if one.number in draft.repeats), "")
        if said:
            texts.append(self.tr("Goes on because: {reason}").format(reason=said))
        else:
            texts.append(self.tr("It can be taken in all the same; say why."))
        self.entry.setVisible(any(one.number not in draft.repeats for one in alike))
        self.twin.say(texts)

    def _line(self, one: Alike) -> str:
        when = one.received_on.isoformat() if one.received_on is not None else ""
        where = "" if one.here else "  " + (one.place or self.tr("at another counter"))
        return f"{one.number}  {self._words.matter(one.matter)}  {when}{where}"

    def _go_on(self) -> None:
        if not self.twin.isVisible():
            return
        if not self.reason.text().strip():
            self.reason.setFocus()
            return
        alike, reason = self.alike, self.reason.text()
        self.at.change(lambda draft: go_on(draft, alike, reason))


class _Card(QFrame):
    """Lines of text with something to press below them."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self.setProperty("aid", tone)
        self._said = QVBoxLayout()
        self._said.setSpacing(2)
        self.texts: tuple[str, ...] = ()
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(12, 8, 12, 8)
        self.lines.setSpacing(6)
        self.lines.addLayout(self._said)

    def say(self, texts: Sequence[str]) -> None:
        """Show these lines, the first one strong."""
        if tuple(texts) == self.texts:
            return
        self.texts = tuple(texts)
        clear(self._said)
        for place, text in enumerate(texts):
            self._said.addWidget(label(text, "strong" if place == 0 else "secondary", wrap=True))
