"""What every test runs under: no screen, no real folders of this user, known amounts of chance."""

import gc
import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before any import of Qt: the suite never opens a window on somebody's screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# What is compiled is kept, also where the surroundings say no: else each process would compile the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# `dev` is the same examples on each run and quick; `ci` looks for new ones; `soak` looks long.
_common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", _common, max_examples=50, derandomize=True)
settings.register_profile("ci", _common, max_examples=200, print_blob=True)
settings.register_profile("soak", _common, max_examples=5000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))

PROJECT = Path(__file__).resolve().parents[1]


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Let one worker run all tests that share a fixture of their module, else each worker would make it for itself.

    They become a group of pytest-xdist, as tests marked `xdist_group` are.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None and has_fixture_of_its_module(item):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
    yield
    for item in items:
        # WORKAROUND: pytest-xdist 3.8 adds the group to `_nodeid`, where a test's id stood before pytest 9.2. Where
        # pytest still looks there, or xdist writes elsewhere, the two are one.
        grouped = vars(item).get("_nodeid", item.nodeid)
        if grouped != item.nodeid:
            item._id = type(item.id).parse(grouped)


def has_fixture_of_its_module(item: pytest.Item) -> bool:
    """Answer whether a test uses a fixture that is made once a module."""
    known = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    return any(definitions[-1].scope == "module" for definitions in known.values())


def pytest_collection_finish() -> None:
    """Tests, set and modules stay to the end: the collector need not look through them every few hundred objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """A definition file of the same bytes is parsed once a process, however many sets it is part of."""
    from window_app.forms import files
    from window_app.yamlio import YamlDocument, parse_yaml

    read: dict[tuple[bytes, str], tuple[YamlDocument, bytes]] = {}

    def parse(content: bytes, *, file: str) -> YamlDocument:
        known = read.get((content, file))
        if known is None:
            document = parse_yaml(content, file=file)
            known = read[content, file] = (document, pickle.dumps(document.value))
        return known[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "parse_yaml", parse)
        yield
    changed = [file for (_, file), (document, before) in read.items() if pickle.dumps(document.value) != before]
    assert changed == [], "a set's files were changed in memory"


@pytest.fixture(scope="session", autouse=True)
def opened_once() -> Iterator[None]:
    """A font is parsed once a process, however many desks print with it."""
    from tests.parsed_fonts import parsed_once

    from window_app.documents import fonts

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "TTFontFace", parsed_once())
        yield


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return PROJECT


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home of its own, so that none reads or writes this user's store or cache."""
    home = tmp_path_factory.mktemp("home")
    for name, folder in (("HOME", "."), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(name, str(home / folder))
    for name in ("WINDOW_APP_DATA", "WINDOW_APP_CLERK", "WINDOW_APP_PASSWORD_FILE"):
        monkeypatch.delenv(name, raising=False)
    return home
