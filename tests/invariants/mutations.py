"""Named mutations of the code, each shown failing by the tests that guard what it breaks.

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
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
V1 = "src/window_app/central/functions/v1"
GATE = "src/window_app/central/migrations/0003_gate.sql"
SYNC = "src/window_app/sync"
HERE = "tests/invariants"
CENTRAL = "tests/central"
POLICIES = "src/window_app/central/migrations/0004_policies.sql"
LONGEST_SECONDS = 300
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?::)?([\w\[\]:. -]+)", re.MULTILINE)


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


MUTATIONS = (
    Mutation(
        "witness check removed",
        (
            Edit(f"{V1}/pull.sql", "IF after > 0 AND witness IS DISTINCT FROM last THEN", "IF false THEN"),
            Edit(f"{V1}/pull.sql", "e.fseq = after AND e.event_id = witness", "e.fseq = after"),
        ),
        (
            f"{HERE}/test_fork_and_restore.py::test_a_restored_centre_that_was_written_on_before_others_came_back_is_noticed_by_its_witness",
        ),
    ),
    Mutation(
        "feed lock replaced by read-then-write",
        (
            Edit(
                GATE,
                "    UPDATE centre.feed AS f SET head = f.head + events, last_event = final\n"
                "    WHERE f.feed_id = wanted AND f.feed_id = ANY (gate.writes())\n"
                "    RETURNING f.head - events INTO STRICT before;\n",
                "    SELECT f.head INTO before FROM centre.feed AS f WHERE f.feed_id = wanted;\n"
                "    PERFORM pg_sleep(0.01);\n"
                "    UPDATE centre.feed AS f SET head = before + events, last_event = final\n"
                "    WHERE f.feed_id = wanted;\n",
            ),
        ),
        (f"{HERE}/test_one_fault.py::test_a_reader_that_sees_a_number_sees_all_before_it_while_others_write_and_fail",),
    ),
    Mutation(
        "acknowledged before the answer",
        (
            Edit(
                f"{SYNC}/pushing.py",
                "        self._ends.sending((first, last))\n",
                "        self._ends.store(partial(self._ends.replica.note_acked, last, ''))\n"
                "        self._ends.sending((first, last))\n",
            ),
        ),
        (
            f"{HERE}/test_one_fault.py::test_a_counter_that_never_writes_again_after_a_lost_push_has_everything_at_the_centre",
        ),
    ),
    Mutation(
        "recheck left out",
        (
            Edit(
                f"{SYNC}/pushing.py",
                "        held = greeting.acked\n",
                "        held = store(replica.acked)\n        return\n",
            ),
        ),
        (f"{HERE}/test_fork_and_restore.py",),
    ),
    Mutation(
        "digest of the body not checked",
        (Edit(f"{V1}/judge.sql", "OR sha256(given.body) <> decode(said.body, 'hex')", ""),),
        (
            f"{HERE}/test_set_aside.py::test_an_event_whose_body_is_not_what_its_envelope_says_is_set_aside_and_later_ones_go_on",
        ),
    ),
    Mutation(
        "one unreadable envelope refuses the batch",
        (
            Edit(
                f"{V1}/judge.sql",
                "        given := sync_v1.judge_singly(me, first_lseq, envelopes, bodies);\n",
                "        RAISE;\n",
            ),
        ),
        (f"{HERE}/test_set_aside.py::test_an_envelope_that_is_none_is_set_aside_and_later_ones_go_on",),
    ),
    Mutation(
        "a known event id is an error",
        (Edit(f"{V1}/claim.sql", "        ON CONFLICT (event_id) DO NOTHING\n", ""),),
        (f"{CENTRAL}/test_push.py::test_an_id_known_already_is_stored_once_and_another_content_under_it_is_set_aside",),
    ),
    Mutation(
        "fork not looked for where the client is shorter",
        (
            Edit(
                f"{V1}/chained.sql",
                "    RETURN links[shared - first_lseq + 1] = (\n",
                "    RETURN true OR links[shared - first_lseq + 1] = (\n",
            ),
            Edit(
                f"{SYNC}/pushing.py",
                "            if batch is None or batch.first_lseq != held:\n                raise Forked()\n",
                "            if batch is None or batch.first_lseq != held:\n                return\n",
            ),
        ),
        (f"{HERE}/test_fork_and_restore.py",),
    ),
    Mutation(
        "renewal left out",
        (
            Edit(
                f"{SYNC}/round.py",
                "        except Forked:\n            self._renew(tally)\n",
                "        except Forked:\n            pass\n",
            ),
        ),
        (f"{HERE}/test_fork_and_restore.py",),
    ),
    Mutation(
        "work of a revoked station thrown away",
        (
            Edit(
                f"{V1}/push.sql",
                "        PERFORM sync_v1.set_all_apart(me, first_lseq, links, envelopes, bodies);\n",
                "",
            ),
        ),
        (
            f"{HERE}/test_set_aside.py::test_a_revoked_counter_gets_nothing_and_what_it_still_sends_is_kept_for_a_person",
        ),
    ),
    Mutation(
        "base of a change not looked at",
        (
            Edit(
                "src/window_app/domain/conflicts.py",
                "    if base == current.event_id:\n        return put",
                "    if True:\n        return put",
            ),
        ),
        (
            f"{HERE}/test_one_fault.py::test_two_who_did_not_see_each_other_leave_one_conflict_that_everybody_sees_and_a_person_ends",
        ),
    ),
    Mutation(
        "density checked nowhere",
        (
            Edit(f"{SYNC}/checking.py", "or not dense or not whole:", "or not whole:"),
            Edit("src/window_app/storage/feeds.py", "        if event.fseq != expected:\n", "        if False:\n"),
        ),
        (f"{HERE}/test_one_fault.py::test_a_feed_with_a_hole_is_not_followed_past_it",),
    ),
    Mutation(
        "policy of the events dropped",
        (
            Edit(
                POLICIES,
                "CREATE POLICY service ON centre.event FOR SELECT TO window_app_service\n"
                "    USING (feed_id = ANY ((SELECT gate.feeds())::text[]));\n",
                "CREATE POLICY service ON centre.event FOR SELECT TO window_app_service USING (true);\n",
            ),
        ),
        (f"{CENTRAL}/test_attacks.py::test_attack_broken",),
    ),
    Mutation(
        "overlap of a batch stored again",
        (Edit(f"{V1}/push.sql", "    IF overlap > 0 THEN\n", "    IF false THEN\n"),),
        (f"{CENTRAL}/test_push.py::test_an_overlapping_batch_adds_only_what_is_new",),
    ),
    Mutation(
        "signature of a batch not checked by its readers",
        (
            Edit(
                f"{SYNC}/checking.py",
                "            elif _holds(public, batch.signature, signed):\n",
                "            elif public:\n",
            ),
        ),
        ("tests/sync/test_checking.py::test_a_forged_signature_is_stopped",),
    ),
    Mutation(
        "former incarnations forgotten",
        (
            Edit(
                f"{SYNC}/incarnations.py",
                "        for station_id, secret in earlier:\n            try:\n",
                "        for station_id, secret in earlier[:0]:\n            try:\n",
            ),
        ),
        (
            f"{HERE}/test_fork_and_restore.py"
            "::test_what_a_station_had_confirmed_before_its_renewal_comes_back_to_a_centre_set_back_behind_it",
        ),
    ),
    Mutation(
        "no watchdog",
        (
            Edit(
                f"{SYNC}/watchdog.py",
                "                        shut(guard.descriptor)\n",
                "                        pass\n",
            ),
        ),
        (
            f"{HERE}/test_one_fault.py::test_no_call_over_a_line_gone_silent_outlasts_its_deadline",
            f"{HERE}/test_processes.py"
            "::test_a_backend_that_stops_answering_holds_a_round_up_to_its_deadline_and_no_longer",
        ),
    ),
    Mutation(
        "what was set aside forgotten at the counter",
        (
            Edit(
                f"{SYNC}/pushing.py",
                '                self._note(lseq, lseq, "refused", SET_ASIDE)\n',
                "                pass\n",
            ),
        ),
        (f"{HERE}/test_set_aside.py",),
    ),
    Mutation(
        "folded by the clocks",
        (
            Edit(
                "src/window_app/domain/fold.py",
                "event.fseq or 0, event.lseq, *ids",
                "event.occurred_at.timestamp(), event.lseq, *ids",
            ),
        ),
        (
            f"{HERE}/test_fork_and_restore.py"
            "::test_of_two_values_the_first_in_the_feed_stays_whatever_the_clocks_of_their_authors_said",
        ),
    ),
)


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
            "-x",
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
    why = [line.removeprefix("E ").strip() for line in done.stdout.splitlines() if line.startswith("E  ")]
    return {
        "mutation": mutation.name,
        "seen": done.returncode == 1 and bool(failed),
        "failed": failed,
        "why": why[:1],
        "seconds": round(time.monotonic() - begun, 1),
        **({} if failed else {"said": done.stdout[-800:] + done.stderr[-800:]}),
    }


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
