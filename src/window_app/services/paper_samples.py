"""Papers with made-up values, marked as not valid: for whoever writes their wording."""

import json
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from window_app.clock import Clock
from window_app.domain.assessment import Text
from window_app.domain.papers import PaperRecord
from window_app.domain.ports import PaperMaker
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet
from window_app.forms.wording import WordingDefinition, paper_content
from window_app.services.commitment_papers import PAIR, PAIR_WORDINGS, pair_content

SAMPLES = "samples/papers.json"
LONG_NAME = 60
LONG_TEXT = 10_000
MANY = 60
_NAMES = frozenset({"applicant", "respondent", "name", "work_unit", "residence", "postal_address", "title"})
_TEXTS = frozenset({"story", "reason"})
_LISTS = frozenset({"materials", "evidence", "people", "missing", "asked", "papers", "served", "cases", "risks"})


class NoSample(WindowAppError):
    """A paper cannot be shown with made-up values. Params: kind, known."""

    code = "samples.unknown"


class PaperSamples:
    """Shows papers of a definition set with made-up values."""

    def __init__(self, definitions: DefinitionSet, maker: PaperMaker, clock: Clock, resources: Path) -> None:
        """Keep the tools; the values are read from the folder of resources when first asked for."""
        self._definitions = definitions
        self._maker = maker
        self._clock = clock
        self._path = resources / SAMPLES
        self._content: Mapping[str, Any] | None = None

    def kinds(self) -> tuple[tuple[str, Text], ...]:
        """Return code and title of every paper that can be shown."""
        alone = (one for one in self._definitions.wording.values() if one.paper not in PAIR_WORDINGS)
        shown = [(one.paper, one.title) for one in alone if self._shown(one)]
        pair = self._definitions.wording.get(PAIR_WORDINGS[1])
        return (*shown, (PAIR, pair.title)) if pair is not None else tuple(shown)

    def pdf(self, kind: str, *, on: date | None = None, longest: bool = False) -> bytes:
        """Return a paper as PDF, marked as not valid, in its wording of a day.

        `longest` takes names, lists and texts as long as they come: 60 characters, 60 records, 10,000 characters.

        Raises:
            NoSample; WindowAppError where the wording asks for a value that no paper gives.
        """
        return self._maker.render(self.record(kind, on=on, longest=longest), preview=True)

    def record(self, kind: str, *, on: date | None = None, longest: bool = False) -> PaperRecord:
        """Return the record of such a paper; it is signed by nobody. Either text of a pair shows the whole pair."""
        kind = PAIR if kind in PAIR_WORDINGS else kind
        wordings = self._wordings(kind)
        values = self._values(kind)
        said = _stretched(values) if longest else values
        asked = frozenset().union(*(one.values | one.optional for one in wordings))
        kept = {name: value for name, value in said.items() if name in asked}
        day = on or self._clock.today()
        if kind == PAIR:
            content = pair_content(self._definitions, PAIR_WORDINGS, kept, day)
        else:
            content = paper_content(wordings[0], kept, day)
        return PaperRecord(
            paper_id=UUID(int=1),
            kind=kind,
            number=str(said["number"]),
            case_id=None,
            visit_id=UUID(int=2),
            issued_at=self._clock.now(),
            content=content,
            content_salt="00" * 16,
            key_id="",
            signature="",
            practice=True,
        )

    def _wordings(self, kind: str) -> list[WordingDefinition]:
        codes = PAIR_WORDINGS if kind == PAIR else (kind,)
        found = [self._definitions.wording[code] for code in codes if code in self._definitions.wording]
        if len(found) < len(codes) or not all(map(self._shown, found)):
            raise NoSample(kind=kind, known=", ".join(code for code, _ in self.kinds()))
        return found

    def _shown(self, wording: WordingDefinition) -> bool:
        kind = PAIR if wording.paper in PAIR_WORDINGS else wording.paper
        return wording.values <= self._values(kind).keys()

    def _values(self, kind: str) -> Mapping[str, Any]:
        if self._content is None:
            content: Mapping[str, Any] = json.loads(self._path.read_text("utf-8"))
            self._content = content
        return {**self._content["common"], **self._content["papers"].get(kind, {})}


def _stretched(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _longer(name, value) for name, value in values.items()}


def _longer(name: str, value: Any) -> Any:  # noqa: ANN401 - a JSON value of any kind
    if isinstance(value, Mapping):
        return _stretched(value)
    if isinstance(value, list):
        records = list(map(partial(_longer, name), value))
        return [records[at % len(records)] for at in range(MANY)] if records and name in _LISTS else records
    if not isinstance(value, str) or not value:
        return value
    if name in _TEXTS:
        return (value * (LONG_TEXT // len(value) + 1))[:LONG_TEXT]
    return (value * (LONG_NAME // len(value) + 1))[:LONG_NAME] if name in _NAMES else value
