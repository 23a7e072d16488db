"""Corrections of a received case, and the conflicts that a person must settle."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from window_app.clock import Clock
from window_app.domain.assessment import Text
from window_app.domain.cases import STATUS_FIELD, Conflict, SetValue
from window_app.domain.conflicts import current_value
from window_app.domain.events import Confidentiality, EventType, NewEvent, canonical_bytes
from window_app.domain.form_fields import FieldPlace, field_place, value_in
from window_app.domain.ports import CaseRow, Records, Station
from window_app.domain.tokens import lookup_token
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.forms.definitions import FieldDefinition, FieldType
from window_app.forms.fields import parse_field
from window_app.services.authors import author_of, is_office
from window_app.services.case_files import CaseFile, CaseFiles, written
from window_app.services.informants import hidden_sections
from window_app.services.parties import REGISTERS
from window_app.services.session import Session

STATUS_LABEL: Text = {"zh": "办理状态", "en": "Status"}


class CorrectionRefused(WindowAppError):
    """A correction or a choice cannot be made so; the code says why, and nothing was changed."""

    code = "correction.nothing"


@dataclass(frozen=True, slots=True)
class CorrectableField:
    """A field of the form as it stands; `changed_by` is "" where nobody changed it since the receiving."""

    name: str
    section: Text
    label: Text
    value: Any
    changed_by: str
    type: FieldType


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A conflict with what its field is called: both values, who, when."""

    field: str
    label: Text
    kept: SetValue
    other: SetValue


class Corrections:
    """Corrects fields of received cases and settles conflicts, at the counter and in the office."""

    def __init__(
        self,
        records: Records,
        session: Session,
        clock: Clock,
        station: Station,
        definitions: DefinitionSet,
        district_key: bytes,
    ) -> None:
        self._records = records
        self._clock = clock
        self._station = station
        self._definitions = definitions
        self._district_key = district_key
        self._actor = author_of(station, session)
        self._files = CaseFiles(records)

    def fields(self, number: str) -> tuple[CorrectableField, ...]:
        """Return the fields of a case's form as they stand.

        Raises:
            NoSuchCase, CorrectionRefused: not held here, wholly or its contents.
        """
        file = self._held(number)
        return tuple(self._fields(file))

    def correct(self, number: str, changes: Mapping[str, object], reason: str) -> CaseFile:
        """Set fields from what this station last saw; values that stand so already are left out.

        Raises:
            NoSuchCase, CorrectionRefused: nothing was changed, and the code says why.
            FieldFault, IdentityFault: a value cannot be taken.
        """
        said = _reason(reason)
        with self._records.unit_of_work() as work:
            file = self._held(number)
            fresh = dict(self._fresh(file, changes))
            if not fresh:
                raise CorrectionRefused()
            work.append(self._actor, [self._statement(file, fresh, said)])
        return self._files.again(file)

    def conflicts(self, number: str) -> tuple[ShownConflict, ...]:
        """Return the conflicts of a case that nobody has settled.

        Raises:
            NoSuchCase: where no such case is held here.
        """
        file = self._files.get(number)
        return tuple(
            ShownConflict(one.field, self._label(file, one.field), one.kept, one.other) for one in file.state.conflicts
        )

    def disputed(self, limit: int = 200) -> tuple[CaseRow, ...]:
        """Return the cases with a conflict that nobody has settled, newest first."""
        return self._records.conflicting(limit)

    def settle(self, number: str, field: str, keep: UUID, drop: UUID, reason: str) -> CaseFile:
        """End a conflict by choosing between its two values, which are named by the events that set them.

        Raises:
            NoSuchCase, CorrectionRefused: nothing was changed, and the code says why.
        """
        said = _reason(reason)
        with self._records.unit_of_work() as work:
            file = self._writable(self._files.get(number))
            conflict = next((one for one in file.state.conflicts_on(field) if _names(one, keep, drop)), None)
            if conflict is None:
                raise CorrectionRefused("correction.no_conflict")
            if field == STATUS_FIELD and self._station.office != file.state.office:
                raise CorrectionRefused("correction.office_only")
            work.append(self._actor, list(_choices(file, conflict, keep, drop, said)))
        return self._files.again(file)

    def _held(self, number: str) -> CaseFile:
        file = self._files.get(number)
        if not file.held:
            raise CorrectionRefused("correction.not_held")
        return self._writable(file)

    def _writable(self, file: CaseFile) -> CaseFile:
        if file.state.read_only:
            raise CorrectionRefused("office.newer_program")
        if is_office(self._station) and self._station.office not in file.state.offices:
            raise CorrectionRefused("correction.not_ours")
        return file

    def _fresh(self, file: CaseFile, changes: Mapping[str, object]) -> Iterator[tuple[str, Any]]:
        for name, raw in changes.items():
            definition = self._definition(file, name)
            place = field_place(name)
            hidden = place is not None and place.section in hidden_sections(file.row, self._station)
            if definition is None or hidden or not value_in(file.answers, name)[0]:
                raise CorrectionRefused("correction.field_unknown", field=name[:80])
            parsed = parse_field(definition, raw, self._clock.today())
            value = None if parsed is None else parsed.stored
            if value != current_value(file.state, name).value:
                yield name, value

    def _statement(self, file: CaseFile, fresh: Mapping[str, Any], reason: str) -> NewEvent:
        said: dict[str, Any] = {"base": {name: file.state.setter(name) for name in fresh}}
        if not file.confidential:
            said["facts"] = {"marks": {name: self._mark(file, name, value) for name, value in fresh.items()}}
            said["tokens"] = tuple(self._tokens(file, fresh))
            said["confidentiality"] = Confidentiality.RESTRICTED
        return file.about(EventType.FIELDS_SET, body={"fields": dict(fresh), "reason": reason}, **said)

    def _mark(self, file: CaseFile, name: str, value: object) -> str:
        content = f"{file.case_id}\n{name}\n".encode() + canonical_bytes(value)
        return hmac.new(self._district_key, content, hashlib.sha256).hexdigest()

    def _tokens(self, file: CaseFile, fresh: Mapping[str, Any]) -> Iterator[str]:
        for name, value in fresh.items():
            definition = self._definition(file, name)
            register = None if definition is None else REGISTERS.get(definition.type)
            if register is not None and any(character.isalnum() for character in str(value or "")):
                yield lookup_token(self._district_key, register, str(value))

    def _definition(self, file: CaseFile, name: str) -> FieldDefinition | None:
        place = field_place(name)
        matter = self._definitions.matters.get(file.state.matter)
        if place is None or matter is None:
            return None
        fields = (field for one in matter.sections if one.code == place.section for field in one.fields)
        return next((field for field in fields if field.code == place.field), None)

    def _label(self, file: CaseFile, name: str) -> Text:
        if name == STATUS_FIELD:
            return STATUS_LABEL
        definition = self._definition(file, name)
        return {"zh": name, "en": name} if definition is None else definition.label

    def _fields(self, file: CaseFile) -> Iterator[CorrectableField]:
        matter = self._definitions.matters.get(file.state.matter)
        hidden = hidden_sections(file.row, self._station)
        for section in () if matter is None else matter.sections:
            if section.code in hidden:
                continue
            content = file.answers.get(section.code)
            repeated = isinstance(content, list)
            for index, _ in enumerate(content) if isinstance(content, list) else ((0, content),):
                for field in section.fields:
                    name = _name(FieldPlace(section.code, index if repeated else None, field.code))
                    known, value = value_in(file.answers, name)
                    if known:
                        changed = file.state.fields.get(name)
                        by = "" if changed is None else changed.by
                        yield CorrectableField(name, section.title, field.label, value, by, field.type)


def _reason(text: str) -> str:
    said = written(text)
    if not said:
        raise CorrectionRefused("correction.reason_needed")
    return said


def _name(place: FieldPlace) -> str:
    index = "" if place.index is None else f"[{place.index}]"
    return f"{place.section}{index}.{place.field}"


def _names(conflict: Conflict, keep: UUID, drop: UUID) -> bool:
    return {keep, drop} == {conflict.kept_event, conflict.other_event}


def _choices(file: CaseFile, conflict: Conflict, keep: UUID, drop: UUID, reason: str) -> Iterator[NewEvent]:
    """Yield the choice; what is said of a confidential status goes apart, for inspection alone."""
    of_status = conflict.field == STATUS_FIELD
    apart = file.confidential and of_status
    said: dict[str, Any] = {} if file.confidential else {"confidentiality": Confidentiality.RESTRICTED}
    yield file.about(
        EventType.CONFLICT_RESOLVED,
        home=of_status,
        facts={"field": conflict.field, "kept": str(keep), "dropped": str(drop)},
        base={conflict.field: conflict.kept_event},
        body={} if apart else {"reason": reason},
        **said,
    )
    if apart:
        chosen = conflict.kept if keep == conflict.kept_event else conflict.other
        yield file.about(EventType.STATUS_DETAILED, facts={"status": str(chosen.origin)}, body={"reason": reason})
