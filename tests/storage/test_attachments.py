"""Attachments of a store: named by drafts and events, never orphans for ever, never lost before the centre has them."""

import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.storage import halls
from tests.storage.test_kills import run_and_kill
from tests.sync.attached import attach, seal, state

from window_app.domain.attachments import DraftAttachment, attachments_of
from window_app.domain.ids import new_id
from window_app.domain.visits import MatterDraft, VisitDraft
from window_app.storage.failures import DiskFull
from window_app.storage.opened import Store

FAR = halls.NOW + timedelta(days=4000)
ATTACHER = """
import sys
from pathlib import Path
from tests.storage import halls
from tests.sync.attached import seal, state
records = halls.enter(Path(sys.argv[1]))
taken = halls.take_in(records)
print("ready", flush=True)
while True:
    attached, _ = seal(records, 700_000)
    with records.unit_of_work() as work:
        work.append(halls.AT_COUNTER, [state(attached, taken.case_id)])
    print(taken.case_id, attached.file.digest, attached.key, flush=True)
"""


def draft_with(*attached: DraftAttachment) -> VisitDraft:
    """Return a draft with files."""
    return VisitDraft(new_id(halls.NOW), halls.NOW, matters=(MatterDraft("m1"),), attachments=attached)


def pieces_in(hall: Path) -> set[str]:
    """Return the names of all that lies in the vault."""
    return {path.name for path in (hall / "attachments").glob("*/*")}


def save(records: Store, draft: VisitDraft) -> None:
    with records.unit_of_work() as work:
        work.save_draft(draft, halls.NOW)


def test_a_draft_brings_its_files_back_and_its_end_clears_them_away(hall: Path) -> None:
    records = halls.make(hall)
    attached, content = seal(records)
    draft = draft_with(attached)
    save(records, draft)
    records.close()
    records = halls.enter(hall)
    found = records.find_draft(draft.visit_id)
    assert found == draft
    assert records.vault.open(attached.file, attached.key) == content
    with records.unit_of_work() as work:
        work.drop_draft(draft.visit_id)
    assert pieces_in(hall) == set()
    records.close()


def test_what_an_event_states_outlives_its_draft(hall: Path) -> None:
    records = halls.make(hall)
    taken = halls.take_in(records)
    kept, lost = seal(records)[0], seal(records)[0]
    draft = draft_with(kept, lost)
    save(records, draft)
    with records.unit_of_work() as work:
        work.append(halls.AT_COUNTER, [state(kept, taken.case_id)])
        work.drop_draft(draft.visit_id)
    assert pieces_in(hall) == set(kept.file.pieces)
    records.close()
    records = halls.enter(hall)
    assert pieces_in(hall) == set(kept.file.pieces)
    (waiting,) = records.unsent_attachments(9)
    assert (waiting.number, waiting.material, waiting.sent, waiting.pieces) == (taken.number, "identity", 0, 8)
    records.close()


def test_what_nothing_names_is_gone_at_the_next_opening(hall: Path) -> None:
    records = halls.make(hall)
    seal(records)
    attached, _ = seal(records)
    save(records, draft_with(attached))
    records.close()
    assert len(pieces_in(hall)) == 16
    halls.enter(hall).close()
    assert pieces_in(hall) == set(attached.file.pieces)


def test_a_transaction_that_fails_leaves_the_draft_its_files(hall: Path) -> None:
    records = halls.make(hall)
    attached, content = seal(records)
    draft = draft_with(attached)
    save(records, draft)

    def fail() -> None:
        with records.unit_of_work() as work:
            work.drop_draft(draft.visit_id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert records.vault.open(attached.file, attached.key) == content
    records.close()


@pytest.mark.kill
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is of Unix")
def test_a_kill_while_attaching_leaves_no_event_without_its_file_and_no_file_without_its_event(hall: Path) -> None:
    halls.make(hall).close()
    said = [line.split() for at in range(3) for line in run_and_kill(ATTACHER, hall, 0.03 + 0.05 * at)]
    records = halls.enter(hall)
    stated = [one for row in records.cases(None, 100) for one in attachments_of(records.events(row.case_id))]
    assert {digest for _, digest, _ in said} <= {one.file.digest for one in stated}
    for one in stated:
        assert one.attached is not None
        assert len(records.vault.open(one.file, one.attached.key)) == 700_000
    assert pieces_in(hall) == {name for one in stated for name in one.file.pieces}
    assert records.integrity() == ()
    records.close()


@pytest.mark.skipif(shutil.which("mount") is None or os.geteuid() != 0, reason="mounts a small disk")
def test_a_full_disk_takes_no_half_of_a_file(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], capture_output=True)
    if done.returncode:
        pytest.skip("no mount here")
    try:
        records = halls.make(disk / "hall")
        taken = halls.take_in(records)
        kept, content = attach(records, taken.case_id, 500_000)
        with pytest.raises(DiskFull):
            seal(records, 20_000_000)
        assert pieces_in(disk / "hall") == set(kept.file.pieces)
        assert records.vault.open(kept.file, kept.key) == content
        attach(records, taken.case_id, 300_000)
        assert len(records.unsent_attachments(9)) == 2
        records.close()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


STEPS = st.lists(st.sampled_from(["confirm", "whole", "lost", "drop", "reopen", "erase_key"]), max_size=10)


@settings(max_examples=30)
@given(steps=STEPS)
def test_no_order_of_things_drops_a_file_before_the_centre_has_event_and_file(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    hall = tmp_path_factory.mktemp("h") / "hall"
    records = halls.make(hall)
    taken = halls.take_in(records)
    attached, _ = attach(records, taken.case_id, 1000)
    confirmed = whole = dropped = False
    for step in steps:
        if step == "confirm":
            records.note_acked(5, "epoch")
            confirmed = True
        elif step == "whole":
            records.note_handed_in(attached.file.digest, halls.NOW)
            whole = True
        elif step == "lost":
            records.note_lost([attached.file.digest])
            whole = whole and dropped
        elif step == "drop":
            records.drop_attachments(FAR)
            dropped = dropped or (confirmed and whole)
        elif step == "reopen":
            records.close()
            records = halls.enter(hall)
        here = records.vault.lacking(attached.file) == ()
        assert here is not dropped, steps
        listed = {one.file.digest for one in records.unsent_attachments(9)}
        assert (attached.file.digest in listed) is not (whole or dropped)
    records.close()
