"""One practice visit through the real window, as `make run HEADLESS=1` does it; also on the oldest Qt."""

import os
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

pytestmark = [pytest.mark.smoke, pytest.mark.xdist_group("smoke")]  # one visit serves all of them


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that one visit leaves behind."""
    out = tmp_path_factory.mktemp("visit")
    command = [sys.executable, "-m", "window_app.cli", "--data", str(out / "store"), "--headless", "--out", str(out)]
    own = {name: str(out / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    surroundings = os.environ | own | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=out, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return out


def test_the_visit_ends_in_a_paper(visit):
    papers = list(visit.glob("*.pdf"))
    assert papers
    assert list(visit.glob("*receipt*.pdf"))
    assert all(paper.read_bytes().startswith(b"%PDF-") for paper in papers)


def test_each_step_was_drawn(visit):
    pictures = sorted(visit.glob("*.png"))
    assert len(pictures) >= 8
    assert len({picture.read_bytes() for picture in pictures}) == len(pictures)
    steps = {picture.stem.split("-", 1)[1] for picture in pictures}
    assert {"welcome", "who", "routes", "form", "materials", "received", "case"} <= steps


@pytest.mark.skipif("WINDOW_APP_OLD_QT" not in os.environ, reason="only `make old-qt` runs on the oldest Qt")
def test_this_is_the_oldest_qt():
    assert PySide6.__version__ == "6.9.3"
