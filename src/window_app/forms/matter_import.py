"""Taking a whole matter into a definition folder: what differs is shown, checks run before anything is written."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from window_app.forms.files import read_files
from window_app.forms.loader import load_definitions
from window_app.forms.matter_bundle import MatterBundle, Part, WholeFile
from window_app.forms.sharing import used_files
from window_app.forms.writing import write_texts
from window_app.forms.yaml_parts import put_part, take_part
from window_app.rules.checks import check
from window_app.rules.findings import Finding

_ORDER = ("facts", "parameters", "localities", "wording", "sections", "materials", "matters", "commitments")
"""What others rest on comes first, so that a set cut short in writing is still one: commitments rest on the matter."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A file or entry that the folder has in other words; `lines` are what goes (-) and what comes (+).

    Attributes:
        entry: of an entry, the keys under which it stands; "" for a whole file.
        others: matters of the folder that use it too.
    """

    file: str
    entry: str
    others: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatterImport:
    """What an import found and did.

    Attributes:
        added, same: files and entries that the folder did not have, and had in the same words.
        differences: what it has in other words.
        findings: what the rule checks have against the set as it would be, beside what they have already.
        written: files written; none where something differs and nothing may be replaced, or a check found something.
    """

    matter: str
    added: tuple[str, ...]
    same: tuple[str, ...]
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    written: tuple[str, ...]


def import_matter(bundle: MatterBundle, directory: Path, *, replace: bool = False) -> MatterImport:
    """Take a matter into a folder that holds a definition set or nothing.

    Raises:
        DefinitionError: where the set would not be sound; nothing was written.
        WindowAppError: `bundle.no_place`.
        OSError: where it cannot be written; nothing was changed.
    """
    comparing = _Comparing(directory, bundle.matter)
    for file in bundle.files:
        comparing.take_file(file)
    for part in bundle.parts:
        comparing.take_part(part)
    differences = tuple(comparing.differences)
    texts = {} if differences and not replace else comparing.changed()
    findings: tuple[Finding, ...] = ()
    if texts:
        findings = _try(directory, texts)
        if not findings:
            write_texts(directory, texts)
    written = () if findings else tuple(texts)
    return MatterImport(bundle.matter, tuple(comparing.added), tuple(comparing.same), differences, findings, written)


class _Comparing:
    """Holds a bundle against a folder."""

    def __init__(self, directory: Path, matter: str) -> None:
        self.added: list[str] = []
        self.same: list[str] = []
        self.differences: list[Difference] = []
        self._directory = directory
        self._old: dict[str, str | None] = {}
        self._new: dict[str, str] = {}
        self._users = _users(directory, matter)

    def take_file(self, file: WholeFile) -> None:
        old = self._text(file.file)
        self._compare(file.file, "", old, file.text)
        self._new[file.file] = file.text

    def take_part(self, part: Part) -> None:
        text = self._new.get(part.file, self._text(part.file) or "")
        self._compare(part.file, part.name, take_part(text, part.path, part.key), part.text)
        if take_part(text, part.path, part.key) != part.text:
            text = put_part(text, part.path, part.key, part.text)
        self._new[part.file] = text

    def changed(self) -> dict[str, str]:
        """Return the new text of each file that changes, in the order in which they are to be written."""
        new = {file: text for file, text in self._new.items() if text != self._old.get(file)}
        return {file: new[file] for file in sorted(new, key=_rank)}

    def _compare(self, file: str, entry: str, old: str | None, new: str) -> None:
        name = f"{file}: {entry}" if entry else file
        if old is None:
            self.added.append(name)
        elif old == new:
            self.same.append(name)
        else:
            lines = unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=1)
            shown = tuple(line for line in lines if not line.startswith(("---", "+++")))
            self.differences.append(Difference(file, entry, self._users.get(file, ()), shown))

    def _text(self, file: str) -> str | None:
        if file not in self._old:
            path = self._directory / file
            self._old[file] = path.read_bytes().decode("utf-8-sig") if path.is_file() else None
        return self._old[file]


def _rank(file: str) -> tuple[int, str]:
    folder = file.split("/")[0].removesuffix(".yaml")
    return _ORDER.index(folder), file


def _users(directory: Path, matter: str) -> Mapping[str, tuple[str, ...]]:
    """Return the other matters of a folder by the shared files that they use; nothing where it holds none."""
    found: dict[str, list[str]] = {}
    if any(directory.rglob("*.yaml")):
        for document in read_files(directory).of_kind("matters"):
            for name in used_files(document.value) if document.value["matter"] != matter else ():
                found.setdefault(name, []).append(document.value["matter"])
    return {name: tuple(codes) for name, codes in found.items()}


def _try(directory: Path, texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """Load and check the set as it would be, in another folder; return what the checks newly find."""
    with tempfile.TemporaryDirectory() as made:
        trial = Path(made) / "forms"
        shutil.copytree(directory, trial)
        for file, text in texts.items():
            (trial / file).parent.mkdir(parents=True, exist_ok=True)
            (trial / file).write_bytes(text.encode("utf-8"))
        found = check(load_definitions(trial).rules)
        return tuple(_new_ones(found, directory)) if found else ()


def _new_ones(found: list[Finding], directory: Path) -> Iterator[Finding]:
    before = {_sign(one) for one in check(load_definitions(directory).rules)} if _holds_set(directory) else set()
    for one in found:
        if _sign(one) not in before:
            yield one


def _holds_set(directory: Path) -> bool:
    return (directory / "facts.yaml").is_file()


def _sign(finding: Finding) -> tuple[str, str, str]:
    """Return what makes two findings the same, wherever their lines stand."""
    return finding.file, finding.code, str(finding.params)
