"""The bootstrap, which must run where nothing is installed yet."""

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FILE = PROJECT / "installer" / "bootstrap.py"


@pytest.fixture
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bare(bootstrap, monkeypatch, tmp_path):
    """A machine with no certificates, no venv, no Qt libraries and no tools on its path."""
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "is_there", lambda _: False)
    monkeypatch.setattr(bootstrap, "can_make_environments", lambda: False)
    monkeypatch.setattr(bootstrap, "has_certificates", lambda: False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    (tmp_path / "bin").mkdir()
    return bootstrap


def command(folder: Path, name: str, says: str, code: int = 0) -> None:
    """Put a command on the path of the bare machine."""
    path = folder / "bin" / name
    path.write_text(f'#!/bin/sh\necho "{says} $*" >> {folder}/called\nexit {code}\n', encoding="utf-8")
    path.chmod(0o755)


def test_the_bootstrap_uses_the_standard_library_only():
    tree = ast.parse(FILE.read_text(encoding="utf-8"))
    named = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    named |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert named - set(sys.stdlib_module_names) == set()


def test_an_old_python_can_read_the_bootstrap_well_enough_to_be_told():
    ast.parse(FILE.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_named_with_what_is_needed(bare, monkeypatch):
    monkeypatch.setattr(bare.sys, "version_info", (3, 9, 2))
    with pytest.raises(bare.CannotGoOn, match=r"3\.11"):
        bare.use_new_enough_python()


def test_everything_that_is_lacking_is_named_at_once(bare):
    missing = bare.lacking(for_tests=True)
    packages = set(missing.values())
    assert {"ca-certificates", "poppler-utils", "libgl1", "libegl1", "libfontconfig1"} <= packages
    assert f"python3.{sys.version_info[1]}-venv" in packages
    assert "libxcb-cursor0" not in packages


def test_a_screen_asks_for_its_own_libraries(bare, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    assert "libxcb-cursor0" in bare.lacking(for_tests=False).values()
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert "libwayland-client0" in bare.lacking(for_tests=False).values()


def test_root_on_debian_gets_it_installed_in_one_go(bare, monkeypatch, tmp_path):
    command(tmp_path, "apt-get", "apt-get")
    monkeypatch.setattr(bare.os, "geteuid", lambda: 0)
    bare.supply({"libGL.so.1": "libgl1", "pdftotext": "poppler-utils"})
    called = (tmp_path / "called").read_text(encoding="utf-8").splitlines()
    assert called == ["apt-get update -q", "apt-get install -y --no-install-recommends libgl1 poppler-utils"]


def test_another_user_is_given_the_line_to_run(bare, monkeypatch, tmp_path):
    command(tmp_path, "apt-get", "apt-get")
    monkeypatch.setattr(bare.os, "geteuid", lambda: 1000)
    with pytest.raises(bare.CannotGoOn, match="sudo apt-get install -y --no-install-recommends libgl1"):
        bare.supply({"libGL.so.1": "libgl1"})
    assert not (tmp_path / "called").exists()


def test_another_system_is_told_what_is_missing(bare, capsys):
    with pytest.raises(bare.CannotGoOn):
        bare.supply({"libGL.so.1": "libgl1"})
    assert "libGL.so.1" in capsys.readouterr().err


def test_a_failing_installation_is_named(bare, monkeypatch, tmp_path):
    command(tmp_path, "apt-get", "apt-get", code=100)
    monkeypatch.setattr(bare.os, "geteuid", lambda: 0)
    with pytest.raises(bare.CannotGoOn, match="apt-get update"):
        bare.supply({"libGL.so.1": "libgl1"})


@pytest.fixture
def without_server(bare, monkeypatch, tmp_path):
    """A Debian without PostgreSQL 15, on which we are root."""
    monkeypatch.setattr(bare, "TEST_SERVER", tmp_path / "postgres")
    monkeypatch.setattr(bare, "CLUSTER_SETTINGS", tmp_path / "etc" / "createcluster.d")
    monkeypatch.setattr(bare.os, "geteuid", lambda: 0)
    return bare


def installer_of_postgresql(folder: Path, *, lists: bool) -> None:
    """Put an apt-get on the path that installs once it has its lists, and tells what it saw of the settings."""
    path = folder / "bin" / "apt-get"
    path.write_text(
        f'#!/bin/sh\necho "$1" >> {folder}/called\ntest "$1" = update && exec /bin/touch {folder}/lists\n'
        f"test {'-n 1' if lists else f'-e {folder}/lists'} || exit 100\n"
        f"/bin/cat {folder}/etc/createcluster.d/*.conf >> {folder}/seen\n/bin/touch {folder}/postgres\n",
        encoding="utf-8",
    )
    path.chmod(0o755)


@pytest.mark.parametrize(("lists", "called"), [(True, ["install"]), (False, ["install", "update", "install"])])
def test_the_tests_get_a_second_postgresql_without_a_cluster_of_its_own(without_server, tmp_path, lists, called):
    installer_of_postgresql(tmp_path, lists=lists)
    without_server.add_test_server()
    assert (tmp_path / "called").read_text(encoding="utf-8").split() == called
    assert (tmp_path / "seen").read_text(encoding="utf-8") == "create_main_cluster = false\n"
    assert not (tmp_path / "etc" / "createcluster.d").exists()
    without_server.add_test_server()
    assert (tmp_path / "called").read_text(encoding="utf-8").split() == called


def test_where_there_is_no_second_postgresql_the_tests_go_on_without(without_server, tmp_path, capfd, monkeypatch):
    command(tmp_path, "apt-get", "apt-get", code=100)
    without_server.add_test_server()
    assert "PostgreSQL 15" in capfd.readouterr().err
    (tmp_path / "called").unlink()
    monkeypatch.setattr(without_server.os, "geteuid", lambda: 1000)
    without_server.add_test_server()
    assert not (tmp_path / "called").exists()


def test_a_library_is_found_by_the_linker_itself(bootstrap):
    assert bootstrap.is_there("libc.so.6")
    assert not bootstrap.is_there("libof-nobody.so.99")


def test_an_environment_is_current_only_for_its_own_lock_and_place(bootstrap, tmp_path):
    lock, environment = tmp_path / "lock", tmp_path / "environment"
    lock.write_text("one\n", encoding="utf-8")
    environment.mkdir()
    assert not bootstrap.is_current(lock, environment)
    bootstrap.finish(lock, environment)
    assert bootstrap.is_current(lock, environment)
    lock.write_text("two\n", encoding="utf-8")
    assert not bootstrap.is_current(lock, environment)
    lock.write_text("one\n", encoding="utf-8")
    moved = environment.rename(tmp_path / "moved")
    assert not bootstrap.is_current(lock, moved)


def bootstrap_run(*arguments: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    kept = {name: value for name, value in os.environ.items() if name not in without}
    command = [sys.executable, str(FILE), *arguments]
    return subprocess.run(command, env=kept | surroundings, capture_output=True, text=True, check=False)


def test_without_a_screen_run_says_so_and_offers_the_other_way():
    done = bootstrap_run("run")
    assert done.returncode == 1
    assert "make run HEADLESS=1" in done.stderr


def test_an_unknown_verb_is_answered_with_the_known_ones():
    done = bootstrap_run("dance")
    assert done.returncode == 2
    assert "old-qt" in done.stderr


def test_help_names_every_target_that_a_person_may_want():
    told = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    for target in ("env", "run", "test", "check", "bench", "soak", "package-wheel", "old-qt", "translations"):
        assert f"make {target} " in told
