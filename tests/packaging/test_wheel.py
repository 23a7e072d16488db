"""The built wheel, installed where no checkout is."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
VISIT = PROJECT / "tests" / "data" / "visits"

pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command, in an environment of its own that borrows only the libraries."""
    environment = tmp_path_factory.mktemp("installed")
    venv.create(environment, with_pip=False, symlinks=True)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--disable-pip-version-check", str(wheel)], check=True)
    packages = environment / "lib" / f"python3.{sys.version_info[1]}" / "site-packages"
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return environment / "bin" / "window-app"


@pytest.fixture
def run(program, tmp_path):
    """Call the installed command from an empty folder, as a user without a checkout would."""

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
        surroundings["XDG_CACHE_HOME"] = str(program.parents[1] / "cache")
        empty = tmp_path / "empty"
        empty.mkdir(exist_ok=True)
        command = [str(program), *map(str, arguments)]
        return subprocess.run(command, cwd=empty, env=surroundings, capture_output=True, text=True, check=False)

    return call


def test_the_wheel_holds_definitions_resources_and_program_but_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for expected in ("forms/facts.yaml", "resources/fonts/HanaMinB.ttf", "resources/locale/zh_CN/window_app.qm"):
        assert f"window_app/_data/{expected}" in names
    for expected in ("migrations/0001_roles.sql", "functions/v1/push.sql"):
        assert f"window_app/central/{expected}" in names
    assert [name for name in names if name.split("/")[0] not in {"window_app", "window_app-0.1.0.dist-info"}] == []
    assert [name for name in names if "__pycache__" in name or name.endswith(".pyc") or "/tests/" in name] == []


def test_the_installed_program_is_not_the_checkout(program):
    ask = "import window_app, window_app.paths as p; print(window_app.__file__, p.definitions_dir(), p.resources_dir())"
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    python = str(program.parent / "python")
    told = subprocess.run(
        [python, "-c", ask], cwd=program.parent, env=surroundings, capture_output=True, text=True, check=True
    )
    assert str(PROJECT) not in told.stdout
    assert told.stdout.count("_data") == 2


def test_the_installed_program_checks_itself(run, tmp_path):
    done = run("--data", tmp_path / "store", "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_installed_rules_are_proved(run):
    done = run("rules", "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_installed_program_takes_a_visit_in(run, tmp_path):
    out = tmp_path / "out"
    taken = 0
    for visit in sorted(VISIT.glob("*.json"))[:2]:
        done = run("--data", tmp_path / visit.stem, "receive", visit, "--out", out)
        assert done.returncode == 0, done.stdout + done.stderr
        taken += len(json.loads(done.stdout)["cases"])
    assert taken
    assert all(paper.read_bytes().startswith(b"%PDF-") for paper in out.rglob("*.pdf"))
    assert list(out.rglob("*.pdf"))


def test_the_source_archive_is_complete_enough_to_build_from(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(build, cwd=PROJECT, capture_output=True, check=True)
    listed = subprocess.run(
        ["tar", "-tzf", str(next(tmp_path.glob("*.tar.gz")))], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    inside = {name.split("/", 1)[1] for name in listed if "/" in name}
    assert {"pyproject.toml", "README.md", "forms/facts.yaml", "resources/fonts/HanaMinB.ttf", "Makefile"} <= inside
    assert [name for name in inside if name.startswith((".venv", "build/", "dist/")) or "__pycache__" in name] == []
