"""A practice desk in a temporary folder, and visits to take in at it."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from window_app.app import Entrance
from window_app.domain.ids import new_id
from window_app.domain.visits import VisitDraft
from window_app.services.desk import Desk
from window_app.services.practice import dated, samples
from window_app.storage.store import Store
from window_app.storage.yardstick import fill_with_people

MANY = 1_000_000


@contextmanager
def practice_desk() -> Iterator[tuple[Desk, Path]]:
    """Give an empty practice desk and its folder, both gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="window-app-bench-") as folder:
        desk = Entrance(Path(folder) / "data").practise()
        try:
            yield desk, Path(folder)
        finally:
            desk.close()


class Halls:
    """The stores of one run of measures; the large one is filled at its first use and shared."""

    def __init__(self) -> None:
        """Make nothing yet."""
        self._open = ExitStack()
        self._large: tuple[Desk, Path] | None = None

    def __enter__(self) -> "Halls":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def of(self, people: int) -> tuple[Desk, Path]:
        """Return a desk, and its folder, whose store holds cases of so many people."""
        if people == MANY and self._large is not None:
            return self._large
        found = self._open.enter_context(practice_desk())
        fill(found[0], people)
        if people == MANY:
            self._large = found
        return found


def store_of(desk: Desk) -> Store:
    """Return the store that a desk stands on.

    Raises:
        TypeError: where it is not the local one.
    """
    if not isinstance(desk.upkeep, Store):
        raise TypeError(type(desk.upkeep).__name__)
    return desk.upkeep


def fill(desk: Desk, people: int) -> None:
    """Fill a desk's store with cases of so many people."""
    fill_with_people(store_of(desk), people)


def visits(desk: Desk, count: int) -> list[VisitDraft]:
    """Return so many visits of one matter each that is taken in, of every kind there is among the samples."""
    kinds = kinds_of_visits(desk)
    return [replace(kinds[at % len(kinds)], visit_id=new_id(desk.clock.now())) for at in range(count)]


def kinds_of_visits(desk: Desk) -> list[VisitDraft]:
    """Return one visit of each kind among the samples of which one matter is taken in, under new ids."""
    kinds = [
        desk.intake.from_json(dated(sample.intake, desk.clock.today()))
        for sample in samples()
        if len(sample.intake["matters"]) == 1 and sample.intake["matters"][0]["route"] is not None
    ]
    return [replace(kind, visit_id=new_id(desk.clock.now())) for kind in kinds]
