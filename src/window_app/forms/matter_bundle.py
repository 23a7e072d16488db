"""A whole matter as one text: its files and the entries of other files that it cannot do without."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from window_app.errors import DefinitionError
from window_app.forms.kinds import kind_of
from window_app.forms.shapes import CODE, Bool, Choice, Int, ListOf, Record, Str
from window_app.yamlio import parse_yaml

FORMAT = 1
_WHOLE = frozenset({"matters", "sections", "materials", "wording", "commitments"})
_IN_PARTS = frozenset({"facts", "parameters", "localities"})
_NAME = r"[a-z0-9_]+(?:/[a-z0-9_]+)?\.yaml"
_WIDE_SPACE = "\u3000"
_TEXT = Str()
_SHAPE = Record(
    {
        "bundle": Choice(("matter",)),
        "format": Int(1),
        "matter": Str(CODE, "code (a-z, 0-9, _)"),
        "files": ListOf(Record({"file": Str(_NAME, "name of a definition file"), "text": _TEXT}), minimum=1),
        "parts": ListOf(
            Record(
                {
                    "file": Str(_NAME, "name of a definition file"),
                    "path": ListOf(Str()),
                    "key": Str(),
                    "text": _TEXT,
                }
            )
        ),
        "end": Bool(),
    }
)


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file of the matter, word by word."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of a file that other matters use too: under which keys it stands, and its words."""

    file: str
    path: tuple[str, ...]
    key: str
    text: str

    @property
    def name(self) -> str:
        """What the entry is called."""
        return ".".join((*self.path, self.key))


@dataclass(frozen=True, slots=True)
class MatterBundle:
    """A matter with all that it is made of; the same matter always makes the same bundle."""

    matter: str
    files: tuple[WholeFile, ...]
    parts: tuple[Part, ...]


def write_bundle(bundle: MatterBundle) -> str:
    """Return a bundle as YAML that a person can read; the same bundle gives the same text."""
    lines = [
        "# 一个事项的全部定义，用 window-app forms import 读入。 A whole matter; window-app forms import takes it in.",
        "bundle: matter",
        f"format: {FORMAT}",
        f"matter: {bundle.matter}",
        "files:",
    ]
    for file in bundle.files:
        lines += [f"  - file: {file.file}", f"    text: {_block(file.text, 6)}"]
    lines.append("parts:" if bundle.parts else "parts: []")
    for part in bundle.parts:
        path = ", ".join(json.dumps(step, ensure_ascii=False) for step in part.path)
        key = json.dumps(part.key, ensure_ascii=False)
        lines += [f"  - file: {part.file}", f"    path: [{path}]", f"    key: {key}"]
        lines.append(f"    text: {_block(part.text, 6)}")
    # A file cut off on its way has no last line.
    lines.append("end: true")
    return "\n".join(lines) + "\n"


def read_bundle(content: bytes, file: str) -> MatterBundle:
    """Return what a bundle's file says.

    Raises:
        DefinitionError: `bundle.newer`, `bundle.foreign_file`, `bundle.cut_off`, or what is wrong with its form.
    """
    document = parse_yaml(content, file=file)
    value = document.value
    if isinstance(value, dict) and value.get("bundle") == "matter" and "end" not in value:
        raise DefinitionError("bundle.cut_off", file=file, line=1)
    for fault in _SHAPE.faults(value, ()):
        raise DefinitionError(fault.code, file=file, line=document.line(fault.path), **fault.params)
    if value["format"] > FORMAT:
        raise DefinitionError("bundle.newer", file=file, line=document.line(("format",)))
    bundle = MatterBundle(
        value["matter"],
        tuple(WholeFile(each["file"], each["text"]) for each in value["files"]),
        tuple(Part(each["file"], tuple(each["path"]), each["key"], each["text"]) for each in value["parts"]),
    )
    for key, names, kinds in (
        ("files", [each.file for each in bundle.files], _WHOLE),
        ("parts", [each.file for each in bundle.parts], _IN_PARTS),
    ):
        for index, name in enumerate(names):
            kind = kind_of(name)
            if kind is None or kind.name not in kinds:
                line = document.line((key, index, "file"))
                raise DefinitionError("bundle.foreign_file", file=file, line=line, name=name)
    _check_whole(bundle, file)
    return bundle


def _check_whole(bundle: MatterBundle, file: str) -> None:
    names = [each.file for each in bundle.files]
    parts = [(each.file, each.name) for each in bundle.parts]
    own = f"matters/{bundle.matter}.yaml"
    twice = next(_twice(names), None) or next(_twice(f"{name} {key}" for name, key in parts), None)
    if twice is not None:
        raise DefinitionError("bundle.twice", file=file, line=1, name=twice)
    others = [name for name in names if name.startswith("matters/") and name != own]
    if own not in names or others:
        raise DefinitionError("bundle.one_matter", file=file, line=1, matter=bundle.matter)


def _twice(names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield name
        seen.add(name)


def _block(text: str, indent: int) -> str:
    """Return a text as a block of lines, or quoted where a block would not give the same text back."""
    lines = text.split("\n")
    plain = text.endswith("\n") and not text.endswith("\n\n") and lines[0].strip() and not lines[0].startswith(" ")
    if not plain or not all(line.isprintable() for line in text.replace(_WIDE_SPACE, " ").split("\n")):
        return "".join(map(_escaped, json.dumps(text, ensure_ascii=False)))
    return "|\n" + "\n".join(" " * indent + line if line else "" for line in lines[:-1])


def _escaped(character: str) -> str:
    return character if character.isprintable() else f"\\U{ord(character):08x}"
