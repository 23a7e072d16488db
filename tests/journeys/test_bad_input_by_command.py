"""What goes wrong at a counter: a clear message, the right exit code, nothing half-written, nothing lost."""

import json
import resource
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.commands import Commands

from window_app import paths
from window_app.app import Entrance

VISITS = Path(__file__).resolve().parents[1] / "data" / "visits"
FIRST = VISITS / "01_wages_owed_while_employed.json"
pytestmark = pytest.mark.journey


def changed(tmp_path: Path, **changes: Any) -> Path:
    visit = json.loads(FIRST.read_text("utf-8"))
    for place, value in changes.items():
        *way, last = place.split("__")
        target = visit
        for step in way:
            target = target[int(step)] if step.isdecimal() else target[step]
        target[last] = value
    path = tmp_path / "intake.json"
    path.write_text(json.dumps(visit), "utf-8")
    return path


def cases(window_app: Commands) -> int:
    entrance = Entrance(window_app.data)
    if entrance.describe() is None:
        return 0
    desk = entrance.practise(read_only=True)
    try:
        return desk.tracking.count()
    finally:
        desk.close()


@pytest.mark.parametrize(
    ("place", "value", "field"),
    [
        ("answers__applicant__birth_date", "1990-02-30", "birth_date"),
        ("answers__applicant__id_number", "110105194912310021", "id_number"),
        ("answers__respondents__0__uscc", "91440106MA5QH0012X", "uscc"),
        ("answers__applicant__phone", "12ab34", "phone"),
    ],
)
def test_a_wrong_value_is_named_at_its_place(
    window_app: Commands, tmp_path: Path, place: str, value: str, field: str
) -> None:
    done = window_app("receive", changed(tmp_path, **{place: value}), "--out", tmp_path / "out")
    assert done.code == 1
    assert field in done.err
    assert done.out == ""
    assert value not in done.err
    assert cases(window_app) == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", 2),
        (b"[]", 2),
        (b"\xff\xfe", 2),
        (b'{"matters": [], "facts": {}}', 1),
        (b'{"matters": [{}], "fact": {}}', 1),
        (b'{"matters": [{"facts": {"matter_kind": "nonsense"}}]}', 1),
        (b'{"matters": [{"facts": {"nonsense": 1}}]}', 1),
        (b'{"matters": [{"route": "nonsense"}]}', 1),
        (b'{"matters": [{}], "on": "2026-02-30"}', 2),
        (b'{"matters": [{}], "materials": {"identity": {"state": "eaten"}}}', 1),
        (b'{"matters": [{}], "facts": {"employed": NaN}}', 2),
    ],
)
def test_an_intake_that_is_none_is_refused_before_anything_is_written(
    window_app: Commands, tmp_path: Path, content: bytes, code: int
) -> None:
    path = tmp_path / "intake.json"
    path.write_bytes(content)
    done = window_app("receive", path, "--out", tmp_path / "out")
    assert (done.code, done.out) == (code, "")
    assert done.err.strip()
    assert "Traceback" not in done.err
    assert "unexpected" not in done.err
    assert "意外" not in done.err
    assert not (tmp_path / "out").exists()


def test_a_missing_intake_says_which(window_app: Commands, tmp_path: Path) -> None:
    done = window_app("receive", tmp_path / "gone.json", "--out", tmp_path)
    assert done.code == 2
    assert "gone.json" in done.err


def test_a_second_writer_is_told_who_holds_the_store(window_app: Commands, tmp_path: Path) -> None:
    desk = Entrance(window_app.data).practise()
    try:
        done = window_app("receive", FIRST, "--out", tmp_path / "out")
        assert done.code == 1
        assert "window-app" in done.err
        assert window_app("find", "谁").code == 1  # reading goes on beside the writer
    finally:
        desk.close()


def test_a_damaged_database_is_said_and_left_alone(window_app: Commands, tmp_path: Path) -> None:
    window_app("receive", FIRST, "--out", tmp_path / "out")
    store = window_app.data / "store.db"
    content = bytearray(store.read_bytes())
    for at in range(len(content) // 3, len(content) // 3 + 5000):
        content[at] ^= 0x5A
    store.write_bytes(content)
    done = window_app("receive", FIRST, "--out", tmp_path / "again")
    assert done.code == 1
    assert "意外" not in done.err
    assert done.err.strip()
    assert store.read_bytes() == bytes(content)


def test_a_full_disk_leaves_nothing_half_written(window_app: Commands, tmp_path: Path) -> None:
    window_app("receive", FIRST, "--out", tmp_path / "out")
    size = (window_app.data / "store.db").stat().st_size

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    intake = changed(tmp_path, visit="018f0000-0000-7000-8000-000000000002")
    done = window_app("receive", intake, "--out", tmp_path / "more", preexec_fn=no_room)
    assert size > 8192
    assert done.code == 1
    assert "意外" not in done.err
    assert done.err.strip()
    assert cases(window_app) == 1
    assert not list((tmp_path / "more").glob("*")) if (tmp_path / "more").exists() else True
    assert window_app("receive", intake, "--out", tmp_path / "more").code == 0
    assert cases(window_app) == 2


def test_a_printer_that_does_not_exist_is_said_and_the_case_stands(window_app: Commands, tmp_path: Path) -> None:
    done = window_app("receive", FIRST, "--out", tmp_path, "--printer", "no_such_queue")
    assert done.code == 1
    assert len(done.json["cases"]) == 1
    assert "意外" not in done.err
    assert done.err.strip()
    assert cases(window_app) == 1


def test_a_clock_behind_asks_first(window_app: Commands, tmp_path: Path) -> None:
    visit = json.loads(FIRST.read_text("utf-8"))
    del visit["on"]
    intake = tmp_path / "intake.json"
    intake.write_text(json.dumps(visit), "utf-8")
    later, earlier = ({"WINDOW_APP_PRACTICE_NOW": f"2026-11-20T{hour}:00:00+08:00"} for hour in ("11", "09"))
    assert window_app("receive", intake, "--out", tmp_path / "out", env=later).code == 0
    done = window_app("receive", intake, "--out", tmp_path / "out", env=earlier)
    assert done.code == 1
    assert "2026-11-20 11:00" in done.err
    assert cases(window_app) == 1
    assert window_app("receive", intake, "--out", tmp_path / "out", "--confirm-clock", env=earlier).code == 0


@pytest.mark.parametrize(("instant", "day"), [("2026-11-20T15:59:00+00:00", 20), ("2026-11-20T16:01:00+00:00", 21)])
def test_the_legal_date_is_chinas_on_a_machine_in_utc(
    window_app: Commands, tmp_path: Path, instant: str, day: int
) -> None:
    visit = json.loads(FIRST.read_text("utf-8"))
    del visit["on"]
    intake = tmp_path / "intake.json"
    intake.write_text(json.dumps(visit), "utf-8")
    env = {"TZ": "UTC", "WINDOW_APP_PRACTICE_NOW": instant}
    received = window_app("receive", intake, "--out", tmp_path / "out", env=env).json
    assert received["received_on"] == f"2026-11-{day}"
    assert f"2611{day}" in received["cases"][0]["number"]


def test_a_wrong_key_in_a_definition_file_is_named_by_file_and_line(window_app: Commands, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(paths.definitions_dir(), forms)
    facts = forms / "facts.yaml"
    lines = facts.read_text("utf-8").splitlines(keepends=True)
    place = next(at for at, line in enumerate(lines) if line.strip() == "employed:")
    lines.insert(place + 1, "    colour: blue\n")
    facts.write_text("".join(lines), "utf-8")
    done = window_app("rules", "check", "--forms", forms)
    assert done.code == 1
    assert f"facts.yaml:{place + 2}" in done.err.replace(" ", "") or f"{place + 2}" in done.err
    assert "colour" in done.err
