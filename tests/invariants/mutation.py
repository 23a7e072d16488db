"""What a mutation of the code is, and where the code lies that mutations change."""

from dataclasses import dataclass

V1 = "src/window_app/central/functions/v1"
GATE = "src/window_app/central/migrations/0003_gate.sql"
SYNC = "src/window_app/sync"
HERE = "tests/invariants"
CENTRAL = "tests/central"
ENGINE = "src/window_app/storage/engine.py"
POLICIES = "src/window_app/central/migrations/0004_policies.sql"


@dataclass(frozen=True)
class Edit:
    """A text that stands once in a file, and what stands there in the mutant."""

    path: str
    text: str
    instead: str


@dataclass(frozen=True)
class Mutation:
    """What is broken, how, and the tests that must see it."""

    name: str
    edits: tuple[Edit, ...]
    seen_by: tuple[str, ...]
