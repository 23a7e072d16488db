"""Tests that share what is costly to make run in one worker: groups of pytest-xdist have an effect."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from xdist.remote import WorkerInteractor  # type: ignore[import-untyped] # has no types
from xdist.scheduler import LoadGroupScheduling  # type: ignore[import-untyped] # has no types

NOBODY: Any = SimpleNamespace()  # neither function of xdist looks at the object it belongs to
GROUPS: Any = SimpleNamespace(getvalue=lambda _: True)


@pytest.fixture(scope="module")
def costly() -> None:
    """What every test of this module is to find made."""


def unit_of(item: pytest.Item, config: pytest.Config, project: Path) -> str:
    """Return the name under which a worker is given a test together with others."""
    ours: Any = config.pluginmanager.get_plugin(str(project / "tests" / "conftest.py"))
    turn = ours.pytest_collection_modifyitems([item])
    next(turn)
    WorkerInteractor.pytest_collection_modifyitems(NOBODY, GROUPS, [item])
    next(turn, None)
    return str(LoadGroupScheduling._split_scope(NOBODY, item.nodeid))


def made(request: pytest.FixtureRequest, *fixtures: str) -> pytest.Function:
    """Return a test of this module with these fixtures."""
    program: dict[str, Any] = {}
    exec(f"def test({', '.join(fixtures)}): pass", program)  # noqa: S102 - pytest reads the names of arguments
    module: Any = request.node.parent
    test: pytest.Function = pytest.Function.from_parent(module, name="test", callobj=program["test"])
    return test


def test_a_marked_test_goes_to_the_worker_of_its_group(request: pytest.FixtureRequest, project: Path) -> None:
    marked = made(request)
    marked.add_marker(pytest.mark.xdist_group("servers"))
    assert unit_of(marked, request.config, project) == "servers"


def test_tests_with_a_fixture_of_their_module_go_to_one_worker(request: pytest.FixtureRequest, project: Path) -> None:
    assert unit_of(made(request, "costly"), request.config, project) == request.node.nodeid.split("::")[0]


def test_any_other_test_goes_to_whatever_worker_is_free(request: pytest.FixtureRequest, project: Path) -> None:
    alone = made(request, "tmp_path", "project")
    assert unit_of(alone, request.config, project) == alone.nodeid


@pytest.mark.usefixtures("costly")
def test_this_run_keeps_its_groups_together(request: pytest.FixtureRequest) -> None:
    if hasattr(request.config, "workerinput") and request.config.getoption("dist") == "loadgroup":
        assert request.node.nodeid.endswith("@" + request.node.nodeid.split("::")[0])
