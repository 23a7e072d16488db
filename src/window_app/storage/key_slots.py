"""Key slots: who opens this store. One file beside the database, always whole."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from window_app.domain.receipt_numbers import ALPHABET
from window_app.domain.stores import ClerkEntry, StoreDescription
from window_app.storage.failures import (
    ClerkKnown,
    ClerkUnknown,
    LastClerk,
    StoreDamaged,
    StoreMissing,
    StoreTooNew,
    WrongPassword,
)
from window_app.storage.files import write_atomically
from window_app.storage.lock import exclusive
from window_app.storage.slot_crypto import KeyProfile, LockedPair, open_key, seal_key

SLOTS_NAME = "slots.json"
STORE_NAME = "store.db"
_LOCK_NAME = "slots.lock"
FORMAT = 1
FREE_ATTEMPTS = 3
LONGEST_WAIT = 900


@dataclass(frozen=True, slots=True)
class Slot:
    """One clerk's way to the data key.

    Attributes:
        one_time: opens with a code, once, to set a password.
        sealed_next: the data key that is about to replace the present one.
        failures: wrong attempts since the last right one.
    """

    clerk: ClerkEntry
    pair: LockedPair
    sealed: bytes
    sealed_next: bytes | None = None
    failures: int = 0
    failed_at: datetime | None = None

    def wait_seconds(self, now: datetime) -> int:
        """Return how long the next attempt must still wait."""
        if self.failures < FREE_ATTEMPTS or self.failed_at is None:
            return 0
        delay = min(2 ** (self.failures - FREE_ATTEMPTS + 1), LONGEST_WAIT)
        # A clock set back would make the wait longer than it was said to be, set forward shorter.
        passed = max((now - self.failed_at).total_seconds(), 0)
        return max(0, -int(-(delay - passed) // 1))


@dataclass(frozen=True, slots=True)
class KeySlots:
    """All slots of a store. `open_key` stands in the open for practice, which protects nothing."""

    station: Mapping[str, str]
    slots: tuple[Slot, ...]
    practice_key: bytes | None = None

    @property
    def practice(self) -> bool:
        """Return whether the store opens without a password."""
        return self.practice_key is not None

    def description(self) -> StoreDescription:
        """Return what may be shown before anything is unlocked."""
        return StoreDescription(self.practice, tuple(slot.clerk for slot in self.slots), self.station)

    def slot(self, code: str) -> Slot:
        """Return a clerk's slot.

        Raises:
            ClerkUnknown: where there is none.
        """
        for slot in self.slots:
            if slot.clerk.code == code:
                return slot
        raise ClerkUnknown(clerk=code)

    def with_clerk(self, clerk: ClerkEntry, secret: str, data_key: bytes, profile: KeyProfile) -> "KeySlots":
        """Return the slots with a further clerk.

        Raises:
            ClerkKnown: where the clerk has a slot already.
        """
        if any(slot.clerk.code == clerk.code for slot in self.slots):
            raise ClerkKnown(clerk=clerk.code)
        pair = LockedPair.make(secret, clerk.code, profile)
        return replace(self, slots=(*self.slots, Slot(clerk, pair, seal_key(data_key, pair.public))))

    def without(self, code: str, *, next_key: bytes) -> "KeySlots":
        """Return the slots in the middle of taking a clerk away: hers alone does not get the key to come.

        Raises:
            ClerkUnknown: where the clerk has none.
            LastClerk: where nobody could open the store any more.
        """
        leaving = self.slot(code)
        left = [slot for slot in self.slots if slot is not leaving]
        if all(slot.clerk.awaits_password for slot in left):
            raise LastClerk(clerk=code)
        slots = (
            replace(slot, sealed_next=None if slot is leaving else seal_key(next_key, slot.pair.public))
            for slot in self.slots
        )
        return replace(self, slots=tuple(slots))

    def with_password(self, code: str, private: X25519PrivateKey, password: str, profile: KeyProfile) -> "KeySlots":
        """Return the slots with a fresh pair under a new password in an unlocked slot."""
        old = self.slot(code)
        pair = LockedPair.make(password, code, profile)
        present, announced = data_keys(self, code, private)
        sealed_next = None if announced is None else seal_key(announced, pair.public)
        clerk = replace(old.clerk, awaits_password=False)
        return self.replaced(Slot(clerk, pair, seal_key(present, pair.public), sealed_next))

    def replaced(self, slot: Slot) -> "KeySlots":
        """Return the slots with one put in the place of its namesake."""
        return replace(self, slots=tuple(slot if old.clerk.code == slot.clerk.code else old for old in self.slots))

    @property
    def changing(self) -> bool:
        """Return whether a change of the data key was begun and not settled."""
        return any(slot.sealed_next is not None for slot in self.slots)

    def settled(self, *, on_next: bool) -> "KeySlots":
        """Return the slots with one data key again: the announced one, or the one before."""
        if not on_next:
            return replace(self, slots=tuple(replace(slot, sealed_next=None) for slot in self.slots))
        kept = (replace(slot, sealed=slot.sealed_next, sealed_next=None) for slot in self.slots if slot.sealed_next)
        return replace(self, slots=tuple(kept))


def new_code() -> str:
    """Return a fresh one-time code: four groups of four characters without look-alikes, 78 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def describe(directory: Path) -> StoreDescription | None:
    """Return what may be shown of a store before it is unlocked, or None where there is none.

    Raises:
        StoreDamaged: a database without slots, or slots that are not ours.
        StoreTooNew: slots of a newer program.
    """
    try:
        return read_slots(directory).description()
    except StoreMissing:
        if (directory / STORE_NAME).exists():
            raise StoreDamaged(part=SLOTS_NAME) from None
        return None


def unlock(directory: Path, code: str, secret: str, now: datetime) -> tuple[KeySlots, X25519PrivateKey]:
    """Open a clerk's slot; a wrong secret is counted before it is answered, also across a kill.

    Raises:
        ClerkUnknown, WrongPassword, StoreMissing, StoreDamaged.
    """

    def count(slots: KeySlots) -> KeySlots:
        slot = slots.slot(code)
        wait = slot.wait_seconds(now)
        if wait:
            raise WrongPassword(wait)
        return slots.replaced(replace(slot, failures=slot.failures + 1, failed_at=now))

    def forgive(slots: KeySlots) -> KeySlots:
        return slots.replaced(replace(slots.slot(code), failures=0, failed_at=None))

    counted = change_slots(directory, count).slot(code)
    private = counted.pair.unlock(secret, code)
    if private is None:
        raise WrongPassword(counted.wait_seconds(now))
    return change_slots(directory, forgive), private


def data_keys(slots: KeySlots, code: str, private: X25519PrivateKey) -> tuple[bytes, bytes | None]:
    """Return the data key of an unlocked slot and, in the middle of a change, the announced one.

    Raises:
        StoreDamaged: where the slot was changed.
    """
    slot = slots.slot(code)
    try:
        announced = None if slot.sealed_next is None else open_key(slot.sealed_next, private)
        return open_key(slot.sealed, private), announced
    except ValueError:
        raise StoreDamaged(part=SLOTS_NAME) from None


def read_slots(directory: Path) -> KeySlots:
    """Read the slots of a store.

    Raises:
        StoreMissing: where there is no such file.
        StoreDamaged: where it is none of ours.
        StoreTooNew: where a newer program wrote it.
    """
    try:
        said = json.loads((directory / SLOTS_NAME).read_bytes())
    except FileNotFoundError:
        raise StoreMissing(part=SLOTS_NAME) from None
    except ValueError:
        raise StoreDamaged(part=SLOTS_NAME) from None
    try:
        if int(said["format"]) > FORMAT:
            raise StoreTooNew(part=SLOTS_NAME)
        key = said["practice_key"]
        slots = tuple(_read_slot(slot) for slot in said["slots"])
        return KeySlots(said["station"], slots, None if key is None else bytes.fromhex(key))
    except (KeyError, TypeError, ValueError):
        raise StoreDamaged(part=SLOTS_NAME) from None


def change_slots(directory: Path, change: Callable[[KeySlots], KeySlots]) -> KeySlots:
    """Read, change and write the slots while no other process does, and return what was written."""
    with exclusive(directory / _LOCK_NAME):
        slots = change(read_slots(directory))
        write_slots(directory, slots)
    return slots


def write_slots(directory: Path, slots: KeySlots) -> None:
    """Write the slots so that a kill leaves the old or the new ones."""
    said = {
        "format": FORMAT,
        "station": dict(slots.station),
        "practice_key": None if slots.practice_key is None else slots.practice_key.hex(),
        "slots": [_slot_json(slot) for slot in slots.slots],
    }
    write_atomically(directory / SLOTS_NAME, json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8"))


def _slot_json(slot: Slot) -> dict[str, Any]:
    return {
        "clerk": slot.clerk.code,
        "name": slot.clerk.name,
        "role": slot.clerk.role,
        "one_time": slot.clerk.awaits_password,
        "pair": slot.pair.to_json(),
        "sealed": slot.sealed.hex(),
        "sealed_next": None if slot.sealed_next is None else slot.sealed_next.hex(),
        "failures": slot.failures,
        "failed_at": None if slot.failed_at is None else slot.failed_at.isoformat(),
    }


def _read_slot(said: Mapping[str, Any]) -> Slot:
    failed_at = said["failed_at"]
    return Slot(
        clerk=ClerkEntry(said["clerk"], said["name"], said["role"], bool(said["one_time"])),
        pair=LockedPair.from_json(said["pair"]),
        sealed=bytes.fromhex(said["sealed"]),
        sealed_next=None if said["sealed_next"] is None else bytes.fromhex(said["sealed_next"]),
        failures=int(said["failures"]),
        failed_at=None if failed_at is None else datetime.fromisoformat(failed_at).astimezone(UTC),
    )
