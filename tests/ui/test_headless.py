"""`window-app --headless`: one practice visit, screenshots and papers in a folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from window_app.ui import main, thread_guard


@pytest.mark.journey
def test_the_headless_run_leaves_pictures_of_each_step_and_the_papers(tmp_path: Path, own_folders: Path) -> None:
    command = [sys.executable, "-m", "window_app.cli", "--data", str(tmp_path / "data"), "--headless"]
    with thread_guard.elsewhere():
        done = subprocess.run(
            [*command, "--out", str(tmp_path / "out")],
            env={**os.environ, "HOME": str(own_folders)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    pictures = {path.stem.split("-", 1)[1] for path in (tmp_path / "out").glob("*.png")}
    assert {"welcome", "who", "routes", "form", "materials", "received", "case"} <= pictures
    assert list((tmp_path / "out").glob("*receipt*.pdf"))


def test_without_a_display_the_program_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not main.has_display()
    assert "HEADLESS=1" in main.no_display_text()
