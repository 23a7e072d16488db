"""Who may use what. `make check` also runs import-linter over the layers as a whole."""

import ast
import subprocess
import sys

import pytest
from tests.architecture.sources import PROJECT, Source, imports, read

pytestmark = pytest.mark.xdist_group("sources")  # one worker parses them all
PROGRAM = read("src/window_app")

# library -> the parts that may import it
HOMES = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "sqlalchemy": {"storage", "sync", "central"},
    "sqlcipher3": {"storage", "sync", "central"},
    "sqlite3": {"storage", "sync", "central"},
    "alembic": {"storage", "sync", "central"},
    "reportlab": {"documents"},
}
THREADS = {
    "Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "start_new_thread",
    "QThread", "QThreadPool", "QRunnable",
}  # fmt: skip
THREAD_MODULES = {"multiprocessing", "asyncio", "_thread"}
CLOCK_READINGS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}


def strangers(source: Source) -> list[str]:
    """Libraries that a file imports although their home is elsewhere."""
    return [
        f"{source.name}:{line} imports {name}"
        for line, name in imports(source)
        if source.part not in HOMES.get(name.split(".")[0], {source.part})
    ]


def foreign_to_the_domain(source: Source) -> list[str]:
    """What a domain file imports besides the standard library, the domain and the base."""
    return [
        f"{source.name}:{line} imports {name}"
        for line, name in imports(source)
        if name.split(".")[0] not in {*sys.stdlib_module_names, "window_app"}
    ]


def thread_starts(source: Source) -> list[str]:
    """Where a file gets hold of threads or processes of its own."""
    found = [
        f"{source.name}:{line} imports {name}"
        for line, name in imports(source)
        if name.split(".")[-1] in THREADS or name.split(".")[0] in THREAD_MODULES
    ]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in THREADS:
            found.append(f"{source.name}:{node.lineno} uses {node.attr}")
    return found


def clock_readings(source: Source) -> list[str]:
    """Where a file asks the machine for the time."""
    return [
        f"{source.name}:{node.lineno} reads {ast.unparse(node)}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and any(one.endswith(f".{node.attr}") for one in CLOCK_READINGS)  # to write each as text takes seconds
        and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCK_READINGS
    ]


def test_qt_sql_and_reportlab_stay_in_their_homes():
    assert [found for source in PROGRAM for found in strangers(source)] == []


def test_the_domain_is_standard_library_only():
    assert [found for source in PROGRAM if source.part == "domain" for found in foreign_to_the_domain(source)] == []


def test_threads_are_started_only_in_tasks_and_qt_tasks():
    doors = {"src/window_app/tasks.py", "src/window_app/ui/qt_tasks.py"}
    assert [found for source in PROGRAM if source.name not in doors for found in thread_starts(source)] == []


def test_only_the_clock_reads_the_time():
    assert [found for source in PROGRAM if source.part != "clock" for found in clock_readings(source)] == []


def test_the_interface_never_reaches_below_the_services():
    below = ("window_app.storage", "window_app.sync", "window_app.central", "window_app.app")
    found = [
        f"{source.name}:{line} imports {name}"
        for source in PROGRAM
        if source.part == "ui"
        for line, name in imports(source)
        if name.startswith(below)
    ]
    assert found == []


def test_nothing_imports_relatively():
    found = [
        f"{source.name}:{node.lineno}"
        for source in PROGRAM
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == []


def test_the_layers_hold_as_a_whole():
    """The contracts of pyproject.toml, by import-linter itself."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as l; l()", "--no-cache"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (strangers, "src/window_app/services/a.py", "def f():\n    from PySide6.QtCore import QObject"),
        (strangers, "src/window_app/ui/a.py", "import sqlalchemy.orm"),
        (strangers, "src/window_app/forms/a.py", "from reportlab import rl_config"),
        (foreign_to_the_domain, "src/window_app/domain/a.py", "import yaml"),
        (thread_starts, "src/window_app/devices/a.py", "import threading\nthreading.Thread(target=print).start()"),
        (thread_starts, "src/window_app/ui/a.py", "from PySide6.QtCore import QThreadPool"),
        (thread_starts, "src/window_app/devices/a.py", "from concurrent.futures import ThreadPoolExecutor"),
        (clock_readings, "src/window_app/rules/a.py", "from datetime import date\ndate.today()"),
        (clock_readings, "src/window_app/rules/a.py", "import datetime\ndatetime.datetime.now()"),
        (clock_readings, "src/window_app/rules/a.py", "import time\nx = time.time()"),
    ],
)
def test_each_rule_can_be_broken(rule, name, text):
    assert rule(Source(name, text))
