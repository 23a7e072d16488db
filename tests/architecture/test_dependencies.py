"""What the program stands on: locked, described, free to use."""

import importlib.metadata
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from tests.architecture.sources import PROJECT

DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(text) for text in DECLARED["project"]["dependencies"]]
DEVELOPMENT = [Requirement(text) for text in DECLARED["dependency-groups"]["dev"]]
LOCKS = ("requirements.lock", "installer/old-qt.lock")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def locked(name: str) -> dict[str, str]:
    return {canonicalize_name(k): v for k, v in PIN.findall((PROJECT / name).read_text(encoding="utf-8"))}


def described() -> dict[str, list[str]]:
    """Package -> cells of its line in docs/dependencies.md."""
    lines = (PROJECT / "docs" / "dependencies.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return {canonicalize_name(row[0].strip("`")): row[1:] for row in rows}


def is_free(licence: str) -> bool:
    """Tell whether a licence lets a bureau pass the program on without opening its own files to the GPL."""
    without_lesser = re.sub(r"(LGPL|GNU Lesser General Public)[^,;]*?(?= OR |,|;|$)", "", licence, flags=re.IGNORECASE)
    return without_lesser != licence or not re.search(r"GPL|General Public", licence)


def told_licence(name: str) -> str:
    """What an installed package says of its own licence, in one line."""
    told = importlib.metadata.metadata(name)
    classifiers = [c for c in told.get_all("Classifier") or [] if c.startswith("License")]
    candidates = [*(told.get_all("License-Expression") or []), "; ".join(classifiers), *(told.get_all("License") or [])]
    return next((text.splitlines()[0] for text in candidates if text), "")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_fetch_from(lock):
    text = (PROJECT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|@ |^--(?!hash)|^-[a-z]", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_each_locked_package_has_its_hashes(lock):
    entries = re.split(r"\n(?=[a-z0-9])", (PROJECT / lock).read_text(encoding="utf-8").strip())
    assert len(entries) == len(locked(lock))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_holds_what_is_declared():
    pins = locked("requirements.lock")
    for requirement in RUNTIME + DEVELOPMENT:
        assert requirement.specifier.contains(Version(pins[canonicalize_name(requirement.name)])), requirement


def test_the_environment_is_what_the_lock_says():
    pins = locked("requirements.lock")
    for requirement in RUNTIME:
        assert importlib.metadata.version(requirement.name) == pins[canonicalize_name(requirement.name)]


def test_each_direct_dependency_has_its_reason_and_licence():
    rows = described()
    for requirement in RUNTIME + DEVELOPMENT:
        reason, licence = rows[canonicalize_name(requirement.name)][:2]
        assert len(reason) > 10, requirement.name
        assert licence, requirement.name


def test_nothing_is_described_that_is_not_used():
    assert described().keys() == {canonicalize_name(requirement.name) for requirement in RUNTIME + DEVELOPMENT}


def test_the_described_licences_are_free():
    assert [name for name, row in described().items() if not is_free(row[1])] == []


def test_no_runtime_package_of_the_whole_tree_is_under_the_gpl_alone():
    seen, waiting = set(), [requirement.name for requirement in RUNTIME]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        requirements = map(Requirement, importlib.metadata.requires(name) or [])
        waiting += [r.name for r in requirements if not r.marker or r.marker.evaluate({"extra": ""})]
    unfree = {}
    for name in seen:
        if not is_free(told_licence(name)):
            unfree[name] = told_licence(name)
    assert unfree == {}


@pytest.mark.parametrize(
    ("licence", "free"),
    [
        ("MIT", True),
        ("LGPL-3.0-only OR GPL-3.0-only", True),
        ("LGPL-2.1-or-later", True),
        ("GPL-3.0-only", False),
        ("License :: OSI Approved :: GNU General Public License v2 (GPLv2)", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+)", True),
    ],
)
def test_a_licence_is_judged_rightly(licence, free):
    assert is_free(licence) is free
