"""Reading the files of a definition set: strict, quick the second time, named by its content.

Parsed files are kept in a cache folder under the hash of their raw bytes, as JSON with its own
digest, so that a damaged or foreign file is at worst read again from the YAML.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import Any

from window_app import __version__
from window_app.domain.events import digest
from window_app.errors import DefinitionError
from window_app.forms.kinds import Kind, kind_of
from window_app.yamlio import MarkTree, YamlDocument, YamlValue, parse_yaml

_CACHE_FORMAT = 6
_CACHED_SETS = 4
_SCHEMA_FOLDER = "schema"
_PACK_BEGIN = b'{"format":1,"files":{'
_PACK_END = b"}}"


@dataclass(frozen=True)
class DefinitionFiles:
    """The parsed files of a set by name relative to its folder, with `/`, in order of name."""

    documents: Mapping[str, YamlDocument]
    packed: bytes

    @cached_property
    def content_hash(self) -> str:
        """The name of the set: SHA-256 of its canonical bytes."""
        return digest(self.packed)

    def by_code(self, kind: str) -> dict[str, YamlDocument]:
        """Return the files of a kind that are named by their code, by code, in order of name."""
        return {PurePosixPath(document.file).stem: document for document in self.of_kind(kind)}

    def of_kind(self, kind: str) -> Iterator[YamlDocument]:
        """Yield the files of a kind in order of name."""
        for name, document in self.documents.items():
            found = kind_of(name)
            if found is not None and found.name == kind:
                yield document


def read_files(directory: Path, cache: Path | None = None) -> DefinitionFiles:
    """Read all files of a set and check their form.

    Raises:
        DefinitionError: the first mistake, in order of file and line.
    """
    raw = dict(_raw_files(directory))
    key = _raw_hash(raw)
    known = _from_cache(cache, key)
    if known is not None:
        return known
    documents, errors = _parsed(raw)
    if errors:
        raise errors[0]
    files = DefinitionFiles(documents, _packed(documents))
    if cache is not None:
        _to_cache(cache, key, files)
    return files


def find_errors(directory: Path) -> tuple[DefinitionError, ...]:
    """Return every mistake of form in a set's files, in order of file and line."""
    return tuple(_parsed(dict(_raw_files(directory)))[1])


def unpack_files(packed: bytes) -> DefinitionFiles:
    """Return the files of a packed set. Lines are not kept in a pack: all places are line 1.

    Raises:
        DefinitionError: where these are not the bytes of a set.
    """
    try:
        content = json.loads(packed)
        files = content["files"]
        documents = {name: YamlDocument(name, files[name], 1) for name in sorted(files)}
    except (ValueError, KeyError, TypeError):
        raise DefinitionError("definition.pack_invalid", file="", line=1) from None
    for name, document in documents.items():
        errors = list(_form_errors(name, document))
        if errors:
            raise errors[0]
    return DefinitionFiles(documents, packed)


def _raw_files(directory: Path) -> Iterator[tuple[str, bytes]]:
    for name in sorted(_names(directory, "")):
        yield name, (directory / name).read_bytes()


def _names(folder: Path | str, inside: str) -> Iterator[str]:
    """Yield the names of a folder's definition files, relative to the set's folder."""
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            name = f"{inside}{entry.name}"
            if entry.name.startswith(".") or name == _SCHEMA_FOLDER:
                continue
            if entry.is_dir():
                yield from _names(entry.path, f"{name}/")
            elif entry.name.endswith((".yaml", ".yml")):
                yield name


def _raw_hash(raw: Mapping[str, bytes]) -> str:
    hasher = hashlib.sha256(f"{_CACHE_FORMAT}\n".encode())
    for name, content in raw.items():
        hasher.update(f"{name}\n{len(content)}\n".encode())
        hasher.update(content)
    return hasher.hexdigest()


def _parsed(raw: Mapping[str, bytes]) -> tuple[dict[str, YamlDocument], list[DefinitionError]]:
    documents: dict[str, YamlDocument] = {}
    errors: list[DefinitionError] = []
    for name, content in raw.items():
        try:
            documents[name] = parse_yaml(content, file=name)
        except DefinitionError as error:
            errors.append(error)
        else:
            errors.extend(_form_errors(name, documents[name]))
    if not raw:
        errors.append(DefinitionError("definition.no_files", file="", line=1))
    return documents, errors


def _form_errors(name: str, document: YamlDocument) -> Iterator[DefinitionError]:
    kind = kind_of(name)
    if kind is None:
        yield DefinitionError("definition.unknown_file", file=name, line=1)
        return
    faults = sorted(kind.shape.faults(document.value, ()), key=lambda fault: document.line(fault.path))
    for fault in faults:
        yield DefinitionError(fault.code, file=name, line=document.line(fault.path), **fault.params)
    if not faults:
        yield from _name_errors(name, kind, document)


def _name_errors(name: str, kind: Kind, document: YamlDocument) -> Iterator[DefinitionError]:
    stem = name.rsplit("/", 1)[-1].removesuffix(".yaml")
    if kind.code_key is not None and str(document.value[kind.code_key]) != stem:
        line = document.line((kind.code_key,))
        params = {"key": kind.code_key, "code": str(document.value[kind.code_key]), "stem": stem}
        yield DefinitionError("definition.file_name", file=name, line=line, **params)


def _packed(documents: Mapping[str, YamlDocument]) -> bytes:
    """Return the canonical bytes of a set: what `json.dumps` makes of {"format": 1, "files": …}."""
    parts = [_encoded(name) + b":" + _encoded(documents[name].value) for name in sorted(documents)]
    return _PACK_BEGIN + b",".join(parts) + _PACK_END


def _places(documents: Mapping[str, YamlDocument]) -> dict[str, tuple[int, int]]:
    """Return where in the canonical bytes the values of each file begin and end."""
    places = {}
    at = len(_PACK_BEGIN)
    for name in sorted(documents):
        begin = at + len(_encoded(name)) + 1
        end = begin + len(_encoded(documents[name].value))
        places[name] = (begin, end)
        at = end + 1
    return places


def _encoded(content: object) -> bytes:
    """Return JSON that keeps the order of keys: facts are asked and choices are shown in the order written."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _from_cache(cache: Path | None, key: str) -> DefinitionFiles | None:
    if cache is None:
        return None
    try:
        seal, content = (cache / f"{key}.json").read_bytes().split(b"\n", 1)
        if digest(content).encode("ascii") != seal:
            return None
        packed, places, marks = content.split(b"\n", 2)
        lines = _Lines(marks)
        documents = {
            name: YamlDocument(name, partial(_values, packed, begin, end), partial(lines.of, name))
            for name, (begin, end) in json.loads(places).items()
        }
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return DefinitionFiles(documents, packed)


def _values(packed: bytes, begin: int, end: int) -> YamlValue:
    return json.loads(packed[begin:end])


class _Lines:
    """The lines of cached files, under the cache's digest; read when a mistake or a proof names the first place."""

    def __init__(self, written: bytes) -> None:
        self._written = written

    def of(self, name: str) -> MarkTree:
        """Return the lines of a file by place."""
        lines: MarkTree = self._read[name]
        return lines

    @cached_property
    def _read(self) -> dict[str, Any]:
        lines: dict[str, Any] = json.loads(self._written)
        return lines


def _to_cache(cache: Path, key: str, files: DefinitionFiles) -> None:
    """Keep parsed files; a cache that cannot be written costs time and nothing else."""
    marks = _encoded({name: each.marks for name, each in files.documents.items()})
    content = b"\n".join((files.packed, _encoded(_places(files.documents)), marks))
    with suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cache, suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(digest(content).encode("ascii") + b"\n" + content)
            part.replace(cache / f"{key}.json")
        finally:
            part.unlink(missing_ok=True)
        _forget_old(cache)


def was_sound(cache: Path, content_hash: str) -> bool:
    """Answer whether this release has put the set together before without finding a mistake."""
    return (cache / _sound_name(content_hash)).exists()


def note_sound(cache: Path, content_hash: str) -> None:
    """Note that the set was put together without a mistake; a note that cannot be written costs time alone."""
    with suppress(OSError):
        for old in cache.glob("*.sound"):
            old.unlink(missing_ok=True)
        (cache / _sound_name(content_hash)).touch()


def _sound_name(content_hash: str) -> str:
    return f"{content_hash}-{__version__}.sound"


def _forget_old(cache: Path) -> None:
    """Keep the sets read last; a set that is forgotten is read again from its files."""
    kept = sorted(cache.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_CACHED_SETS:]:
        path.unlink(missing_ok=True)
