"""Promised limits: what a hall or a locality promises beside the limit of the law, and never later than it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from window_app.domain.assessment import Citation, Text
from window_app.domain.working_days import PeriodUnit
from window_app.errors import DefinitionError
from window_app.forms.definitions import MatterDefinition, read_basis
from window_app.rules import RuleSet
from window_app.rules.deadlines import DeadlineRule
from window_app.rules.late import LateWhole
from window_app.yamlio import YamlDocument

PROMISED = "promised"
TITLE: Text = {"zh": "承诺答复期限", "en": "Promised answer"}


_WITHOUT_LAW = DeadlineRule(
    PROMISED, TITLE, PeriodUnit.WORKDAYS, "received_on", amount=0, restarts=("materials_completed_on",)
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A promised period; `locality` is who stated it, None for the matter itself."""

    amount: int
    unit: PeriodUnit
    basis: tuple[Citation, ...]
    locality: str | None = None


@dataclass(frozen=True, slots=True)
class Promises:
    """The promises of all matters: by locality (None for none), then by matter."""

    stated: Mapping[str | None, Mapping[str, Promise]]

    def find(self, matter: str, localities: Sequence[str] = ()) -> Promise | None:
        """Return the promise of the nearest locality that speaks of a matter, then the matter's own."""
        for place in (*localities, None):
            found = self.stated.get(place, {}).get(matter)
            if found is not None:
                return found
        return None

    def rule(self, matter: str, legal: DeadlineRule | None, localities: Sequence[str] = ()) -> DeadlineRule | None:
        """Return the promise as a limit that starts, stops and restarts as the legal one does, if there is one."""
        found = self.find(matter, localities)
        if found is None:
            return None
        return replace(
            legal or _WITHOUT_LAW,
            code=PROMISED,
            title=TITLE,
            amount=found.amount,
            unit=found.unit,
            parameter=None,
            basis=found.basis,
            in_force_from=None,
            in_force_until=None,
            locality=found.locality,
        )


def read_promises(heads: Mapping[str, YamlDocument], localities: Mapping[str, YamlDocument]) -> Promises:
    """Return the promises that the files of matters and localities state, by code; read when one is asked for."""
    return Promises(LateWhole(lambda: _stated(heads, localities)))


def _stated(
    heads: Mapping[str, YamlDocument], localities: Mapping[str, YamlDocument]
) -> dict[str | None, dict[str, Promise]]:
    stated: dict[str | None, dict[str, Promise]] = {None: {}}
    for code, document in heads.items():
        if PROMISED in document.value:
            stated[None][code] = _read(document.value[PROMISED], None)
    for place, document in localities.items():
        for code, entry in document.value.get(PROMISED, {}).items():
            stated.setdefault(place, {})[code] = _read(entry, place)
    return stated


def check_promises(
    promises: Promises,
    matters: Mapping[str, MatterDefinition],
    heads: Mapping[str, YamlDocument],
    localities: Iterable[YamlDocument],
    rules: RuleSet,
) -> None:
    """Hold the promises against the matters and the limits of the law.

    Raises:
        DefinitionError: `promise.later` than the legal limit, `promise.incomparable` with it,
            `promise.matter_unknown`.
    """
    places: dict[tuple[str | None, str], tuple[YamlDocument, tuple[str, ...]]] = {
        (None, code): (document, (PROMISED,)) for code, document in heads.items()
    }
    for document in localities:
        for code in document.value.get(PROMISED, {}):
            if code not in matters:
                raise _error(document, "promise.matter_unknown", (PROMISED, code), matter=code)
            places[str(document.value["locality"]), code] = (document, (PROMISED, code))
    for spot in (None, *rules.localities):
        for matter in matters.values():
            _check(promises, matter, rules, spot, places)


def _read(entry: Mapping[str, object], locality: str | None) -> Promise:
    return Promise(int(str(entry["amount"])), PeriodUnit(str(entry["unit"])), read_basis(entry), locality)


def _check(
    promises: Promises,
    matter: MatterDefinition,
    rules: RuleSet,
    locality: str | None,
    places: Mapping[tuple[str | None, str], tuple[YamlDocument, tuple[str, ...]]],
) -> None:
    chain = rules.chain(locality)
    promise = promises.find(matter.code, chain)
    legal = None if matter.answer_deadline is None else rules.deadline(matter.answer_deadline, locality)
    if promise is None or legal is None:
        return
    document, path = places[promise.locality, matter.code]
    told = {"matter": matter.code, "amount": promise.amount, "unit": promise.unit.value}
    if legal.amount is None or not _comparable(promise.unit, legal.unit):
        raise _error(document, "promise.incomparable", path, **told, legal_unit=legal.unit.value)
    if promise.amount > legal.amount:
        raise _error(document, "promise.later", path, **told, legal=legal.amount, legal_unit=legal.unit.value)


def _comparable(promised: PeriodUnit, legal: PeriodUnit) -> bool:
    """Answer whether fewer of one unit never end later than more of the other: n days never exceed n workdays."""
    return promised is legal or (promised is PeriodUnit.DAYS and legal is PeriodUnit.WORKDAYS)


def _error(document: YamlDocument, code: str, path: tuple[str, ...], /, **params: object) -> DefinitionError:
    file, line = document.where(path)
    return DefinitionError(code, file=file, line=line, **params)
