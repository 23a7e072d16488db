"""Named mutations of the code, each shown failing by every test that it names as guarding what it breaks.

    python -m tests.invariants.mutations [NAME …] [--list] [--json FILE]

Each mutation is applied to a copy of the tree, never to this one. A mutation whose text is no longer in
the code is an error: the list must follow the code. The exit code is 1 where a mutation went unseen.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.invariants.mutation import Mutation
from tests.invariants.mutation_list import MUTATIONS

PROJECT = Path(__file__).resolve().parents[2]
LONGEST_SECONDS = 900
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?::)?([\w\[\]:. -]+)", re.MULTILINE)


def mutant(mutation: Mutation, tree: Path) -> None:
    """Copy what the tests need into a folder and break it there.

    Raises:
        ValueError: a text does not stand in its file exactly once.
    """
    for name in ("src", "tests"):
        shutil.copytree(PROJECT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("forms", "resources", "docs", "installer", "benchmarks", "pyproject.toml"):
        (tree / name).symlink_to(PROJECT / name)
    for edit in mutation.edits:
        path = tree / edit.path
        said = path.read_text("utf-8")
        if said.count(edit.text) != 1:
            raise ValueError(f"{mutation.name}: {edit.path} holds its text {said.count(edit.text)} times")
        path.write_text(said.replace(edit.text, edit.instead), "utf-8")


@contextmanager
def broken_tree(mutation: Mutation) -> Iterator[Path]:
    """Give a mutated copy of the tree, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        mutant(mutation, Path(folder))
        yield Path(folder)


def tried(mutation: Mutation) -> dict[str, object]:
    """Run the tests that guard a mutation against it and return which of them failed."""
    begun = time.monotonic()
    with broken_tree(mutation) as tree:
        words = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:randomly",
            "--timeout=120",
        ]
        done = subprocess.run(
            [*words, *mutation.seen_by],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    failed = [line.split("::", 1)[-1].split(" - ")[0] for line in done.stdout.splitlines() if line.startswith("FAILED")]
    unseen = [one for one in mutation.seen_by if not _is_among(one, failed)]
    why = [line.removeprefix("E ").strip() for line in done.stdout.splitlines() if line.startswith("E  ")]
    return {
        "mutation": mutation.name,
        "seen": done.returncode == 1 and not unseen,
        **({"unseen_by": unseen} if unseen else {}),
        "failed": failed,
        "why": why[:1],
        "seconds": round(time.monotonic() - begun, 1),
        **({} if failed else {"said": done.stdout[-800:] + done.stderr[-800:]}),
    }


def _is_among(test: str, failed: Sequence[str]) -> bool:
    """Answer whether a test failed, with whatever parameter."""
    name = test.split("::")[-1]
    return any(one == name or one.startswith(name + "[") for one in failed)


def main(argv: Sequence[str] | None = None) -> int:
    """Try the mutations named, all of them where none is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args(argv)
    wanted = [one for one in MUTATIONS if not chosen.names or one.name in chosen.names]
    if chosen.list:
        print("\n".join(one.name for one in wanted))
        return 0
    found = []
    for mutation in wanted:
        found.append(tried(mutation))
        print(json.dumps(found[-1], ensure_ascii=False), flush=True)
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0 if all(one["seen"] for one in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
