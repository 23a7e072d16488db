"""One key copies a party, or the whole last case, into the visit; what was typed already stays."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from window_app.domain.fold import fold_case
from window_app.domain.visits import MatterDraft, VisitDraft
from window_app.forms import DefinitionSet
from window_app.forms.definitions import SectionDefinition
from window_app.forms.fields import is_empty
from window_app.services.earlier import record_at, records_in
from window_app.services.judging import Judge
from window_app.services.register import RegisterRecords, RegisterRefused

OF_THE_DAY = frozenset({"application", "signers"})
"""Sections that say what is done today; an earlier day's are not copied."""
COPIED = "copy"


class Copying:
    """Copies what is known into a visit."""

    def __init__(self, records: RegisterRecords, definitions: DefinitionSet, judge: Judge) -> None:
        self._records = records
        self._definitions = definitions
        self._judge = judge

    def party(self, draft: VisitDraft, key: str, place: str, party_id: UUID) -> VisitDraft:
        """Return the visit with everything known of a party at its place, and the link to it.

        Raises:
            RegisterRefused: nothing is known of the party here.
        """
        group = self._records.party(party_id)
        if group is None:
            raise RegisterRefused()
        section = place.partition("/")[0]
        known = {**self._last_record(party_id, section), **group.state.values()}
        linked = replace(draft, links={**draft.links, place: str(group.state.party_id)})
        _, record = record_at(draft, place)
        return self.details(linked, key, place, known, _begun(record, known))

    def details(
        self, draft: VisitDraft, key: str, place: str, known: Mapping[str, Any], exact: frozenset[str] = frozenset()
    ) -> VisitDraft:
        """Return the visit with known details put into the fields of a record that are still empty.

        Fields in `exact` are put right also where something was typed, such as part of a name.
        """
        section, record = record_at(draft, place)
        definition = self._section(draft, key, section)
        codes = {field.code for field in definition.fields}
        wanted = {name: value for name, value in known.items() if name in codes}
        fresh = {name: value for name, value in wanted.items() if name in exact or is_empty(record.get(name))}
        fresh = {name: value for name, value in fresh.items() if not is_empty(value)}
        content: Any = {**record, **fresh}
        if definition.repeat is not None:
            at = int(place.partition("/")[2] or 0)
            records = [dict(one) for one in records_in(draft.answers.get(section))]
            records.extend({} for _ in range(at + 1 - len(records)))
            records[at] = content
            content = records
        return _counted(replace(draft, answers={**draft.answers, section: content}), len(fresh))

    def case(self, draft: VisitDraft, key: str, case_id: UUID) -> VisitDraft:
        """Return the visit with facts and answers of an earlier case in a matter; nothing that was typed is replaced.

        Raises:
            RegisterRefused: the contents of the case are not held here.
        """
        state = fold_case(self._records.events(case_id))
        received = next((one for one in self._records.events(case_id) if one.body and "facts" in one.body), None)
        if state is None or received is None or not state.answers:
            raise RegisterRefused("register.case_not_held")
        definition = self._definitions.matters.get(state.matter)
        draft = self._with_facts(draft, key, (received.body or {}).get("facts") or {})
        draft = self._with_route(draft, key, state.route)
        for section in () if definition is None else definition.sections:
            if section.code not in OF_THE_DAY:
                draft = _with_section(draft, key, section, state.answers.get(section.code))
        return draft

    def _last_record(self, party_id: UUID, section: str) -> dict[str, Any]:
        """Return the record of a section that named the party last, from the body of its visit."""
        for link in self._records.visits_of(party_id):
            if link.role != section:
                continue
            for event in self._records.events(link.visit_id):
                found = dict(_named(event.body or {}, section, party_id, self._members(party_id)))
                if found:
                    return found
        return {}

    def _members(self, party_id: UUID) -> frozenset[str]:
        row = self._records.party_row(party_id)
        return frozenset(str(one) for one in (row.members if row is not None else (party_id,)))

    def _section(self, draft: VisitDraft, key: str, code: str) -> SectionDefinition:
        own = self._judge.matter_for(draft, key)
        matters = [own] if own is not None else list(self._definitions.matters.values())
        found = (section for matter in matters for section in matter.sections if section.code == code)
        section = next(found, None)
        if section is None:
            raise RegisterRefused("intake.no_section", section=code)
        return section

    def _with_facts(self, draft: VisitDraft, key: str, facts: Mapping[str, Any]) -> VisitDraft:
        vocabulary = self._definitions.vocabulary
        known = {name: value for name, value in facts.items() if name in vocabulary}
        of_matter = {name: value for name, value in known.items() if vocabulary.get(name).scope == "matter"}
        of_visit = {name: value for name, value in known.items() if name not in of_matter}
        matter = draft.matter(key)
        matter = replace(matter, facts={**of_matter, **matter.facts})
        return replace(draft, facts={**of_visit, **draft.facts}).with_matter(matter)

    def _with_route(self, draft: VisitDraft, key: str, route: str) -> VisitDraft:
        matter = draft.matter(key)
        if matter.route is not None:
            return draft
        assessed = next(one for one in self._judge.assess(draft).matters if one.key == key)
        offered = any(option.route == route for option in assessed.routes)
        return draft.with_matter(replace(matter, route=route)) if offered else draft


def _with_section(draft: VisitDraft, key: str, section: SectionDefinition, content: object) -> VisitDraft:
    earlier = records_in(content)
    matter = draft.matter(key)
    answers = draft.answers if section.shared else matter.answers
    typed = records_in(answers.get(section.code))
    codes = {field.code for field in section.fields}
    count = max(len(earlier), len(typed))
    records, filled = [], 0
    for at in range(count):
        known = {} if at >= len(earlier) else {name: value for name, value in earlier[at].items() if name in codes}
        own = {} if at >= len(typed) else {name: value for name, value in typed[at].items() if not is_empty(value)}
        for begun in _begun(own, known):
            own.pop(begun)
        filled += len(known.keys() - own.keys())
        records.append({**known, **own})
    if not records:
        return draft
    put: Any = records if section.repeat is not None else records[0]
    return _counted(_put(draft, matter, section, put), filled)


def _put(draft: VisitDraft, matter: MatterDraft, section: SectionDefinition, content: object) -> VisitDraft:
    if section.shared:
        return replace(draft, answers={**draft.answers, section.code: content})
    return draft.with_matter(replace(matter, answers={**matter.answers, section.code: content}))


def _begun(record: Mapping[str, Any], known: Mapping[str, Any]) -> frozenset[str]:
    """Return the name's field where a part of the known name was typed to find it."""
    typed = str(record.get("name") or "")
    return frozenset({"name"} if typed and typed in str(known.get("name") or "") else ())


def _counted(draft: VisitDraft, filled: int) -> VisitDraft:
    if not filled:
        return draft
    return replace(draft, reused={**draft.reused, COPIED: draft.reused.get(COPIED, 0) + filled})


def _named(body: Mapping[str, Any], section: str, party_id: UUID, members: frozenset[str]) -> Iterator[tuple[str, Any]]:
    parties = body.get("parties")
    for place, party in parties.items() if isinstance(parties, Mapping) else ():
        code, _, index = str(place).partition("/")
        if code == section and party in (members | {str(party_id)}):
            records = records_in((body.get("answers") or {}).get(section))
            at = int(index) if index.isdigit() else 0
            if at < len(records):
                yield from records[at].items()
            return
