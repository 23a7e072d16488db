"""The demonstration: both counters, the office and the centre agree in the end, whatever was cut in between."""

import subprocess
import sys
import time
from pathlib import Path

from tests.journeys.commands import Commands

from window_app.app import Entrance
from window_app.central.embedded import EmbeddedServer


def test_cut_and_mended_all_agree_and_the_switch_works(window_app: Commands, tmp_path: Path) -> None:
    folder = tmp_path / "a demo"
    walked = window_app("demo", "--headless", "--data", folder)
    assert walked.code == 0, walked.err
    said = walked.json
    assert said["told"] == {"counter-a": ["done", "accepted"], "counter-b": ["done", "accepted"]}
    assert said["accepted"]["bodies"] > 0
    assert all(outcome == "down" and unsent > 0 for outcome, unsent in said["cut"].values())
    cases = {one["cases"] for one in said["mended"].values()}
    assert {one["unsent"] for one in said["mended"].values()} == {0}
    assert cases == {sum(said["centre"]["cases"].values())}
    assert (said["centre"]["faults"], said["centre"]["anomalies"], said["centre"]["quarantine"]) == (0, {}, {})
    assert EmbeddedServer(folder / "centre").pid() is None

    stopped = window_app("demo", "status", "--data", folder)
    assert (stopped.code, stopped.out) == (1, "")
    assert "没有在运行" in stopped.err
    with subprocess.Popen([sys.executable, "-m", "window_app.cli", "demo", "serve", "--data", str(folder)]) as serving:
        end = time.monotonic() + 60
        while window_app("demo", "status", "--data", folder).code != 0:
            assert serving.poll() is None
            assert time.monotonic() < end
        switch = Entrance(folder / "counter-b").demo()
        assert switch is not None
        assert window_app("demo", "cut", "--data", folder).json == {"line": "cut"}
        assert switch.is_cut()
        switch.mend()
        assert window_app("demo", "status", "--data", folder).json == {"line": "whole"}
        assert window_app("demo", "stop", "--data", folder).json == {"line": "stopped"}
        assert serving.wait(60) == 0
    assert EmbeddedServer(folder / "centre").pid() is None


def test_a_folder_with_other_things_in_it_is_left_alone(window_app: Commands, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    refused = window_app("demo", "--headless", "--data", tmp_path)
    assert (refused.code, refused.out) == (1, "")
    assert "别的文件" in refused.err
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert window_app("demo", "cut", "--data", tmp_path).code == 1
    assert window_app("demo", "cut").code == 2


def test_outside_of_a_demonstration_there_is_no_switch(tmp_path: Path) -> None:
    assert Entrance(tmp_path / "data").demo() is None
