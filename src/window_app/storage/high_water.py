"""How far this store had come, kept outside the database: a disk set back is noticed by it."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from window_app.storage.failures import disk_told

HIGH_WATER_NAME = "high-water"
_WIDTH = 2048
MOST_SERIES = 24
_BINARY: int = getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class HighWater:
    """The last own event that was committed, its link of the chain, and the last serials drawn.

    Attributes:
        day: of which `serial` is the last one drawn.
        series: further series, each with the last number drawn; those drawn from last, at most `MOST_SERIES`.
    """

    station: str
    lseq: int
    chain: str
    day: str = ""
    serial: int = 0
    series: Mapping[str, int] = field(default_factory=dict)

    def drawn(self, fresh: Mapping[str, int]) -> Mapping[str, int]:
        """Return the series with what was drawn of some of them since."""
        kept = {name: number for name, number in self.series.items() if name not in fresh}
        return dict([*kept.items(), *fresh.items()][-MOST_SERIES:])


class HighWaterFile:
    """Written after each commit without waiting for the disk: only being ahead of it tells something."""

    def __init__(self, directory: Path) -> None:
        with disk_told():
            self._handle = os.open(directory / HIGH_WATER_NAME, os.O_RDWR | os.O_CREAT | _BINARY, 0o600)

    def read(self) -> HighWater | None:
        """Return what was noted, or None where nothing readable was."""
        os.lseek(self._handle, 0, os.SEEK_SET)
        with suppress(ValueError, TypeError):
            mark = HighWater(*json.loads(os.read(self._handle, _WIDTH)))
            # What is no mapping of names to numbers raises here, not where a number is drawn.
            return replace(mark, series={str(name): int(number) for name, number in dict(mark.series).items()})
        return None

    def write(self, mark: HighWater) -> None:
        """Note how far the store has come; a disk that cannot take this line loses nothing else."""
        said = [mark.station, mark.lseq, mark.chain, mark.day, mark.serial, dict(mark.series)]
        line = json.dumps(said).encode().ljust(_WIDTH)
        with suppress(OSError):
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, line)

    def close(self) -> None:
        """Close the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
