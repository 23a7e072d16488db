"""Parts of a set that are read when somebody first asks for them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Generic, TypeVar

Key = TypeVar("Key")
Part = TypeVar("Part")


class Late(Mapping[str, Part], Generic[Part]):
    """Parts by code, each made when it is first asked for; two threads at once may make one twice, alike."""

    def __init__(self, codes: Iterable[str], make: Callable[[str], Part]) -> None:
        self._made: dict[str, Part | None] = dict.fromkeys(codes)
        self._make = make

    def __getitem__(self, code: str) -> Part:
        found = self._made[code]
        if found is None:
            found = self._made[code] = self._make(code)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


class LateWhole(Mapping[Key, Part], Generic[Key, Part]):
    """Parts that are all made when the first of them, or how many there are, is asked for."""

    def __init__(self, make: Callable[[], Mapping[Key, Part]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[Key, Part]:
        return self._make()

    def __getitem__(self, key: Key) -> Part:
        return self._made[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
