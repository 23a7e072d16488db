"""Keeps the interface's texts in step with its code.

    python installer/translations.py update    code -> .ts (new texts are "unfinished"), .ts -> .qm
    python installer/translations.py check     fails where `update` would change a file, or a text is unfinished

The source language is English; `zh_CN` holds every text, `en` only those with a number in them.
Both .ts and .qm are committed, so that a checkout, a wheel and a frozen program need no tool to be complete.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import PySide6

PROJECT = Path(__file__).resolve().parents[1]
SOURCES = PROJECT / "src" / "window_app" / "ui"
LOCALE = PROJECT / "resources" / "locale"
TOOLS = Path(PySide6.__file__).parent
# language folder -> what lupdate is told about it
LANGUAGES = {"zh_CN": ("-target-language", "zh_CN"), "en": ("-target-language", "en_US", "-pluralonly")}
NAME = "window_app"


class ToolFailed(Exception):
    """A tool of Qt did not do its work; the text is what it said."""


def call_tool(name: str, *arguments: str) -> None:
    """Run one of Qt's tools.

    Raises:
        ToolFailed: with its own words.
    """
    done = subprocess.run([str(TOOLS / name), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ToolFailed(f"{name}: {done.stdout}{done.stderr}")


def gather(texts: Path, options: tuple[str, ...]) -> None:
    """Bring one .ts file up to date with the code."""
    files = sorted(str(path) for path in SOURCES.rglob("*.py"))
    common = ("-source-language", "en_US", "-no-obsolete", "-locations", "none", "-silent")
    call_tool("lupdate", *common, *options, *files, "-ts", str(texts))


def compile_texts(texts: Path, compiled: Path) -> None:
    """Make the .qm file that Qt loads."""
    call_tool("lrelease", "-silent", str(texts), "-qm", str(compiled))


def unfinished(texts: Path) -> list[str]:
    """Return the source texts that nobody has translated yet."""
    root = ElementTree.parse(texts).getroot()  # noqa: S314 # our own file, made by Qt's own tool
    return [
        str(message.findtext("source"))
        for message in root.iter("message")
        if message.find("translation[@type]") is not None or not "".join(message.find("translation").itertext()).strip()  # type: ignore[union-attr] # lupdate writes one for each
    ]


def make(language: str, folder: Path) -> None:
    """Make both files of a language in a folder, from what is committed and from the code."""
    committed = LOCALE / language / f"{NAME}.ts"
    texts = folder / f"{NAME}.ts"
    if committed.is_file() and committed != texts:
        shutil.copy(committed, texts)
    gather(texts, LANGUAGES[language])
    compile_texts(texts, folder / f"{NAME}.qm")


def problems_of(language: str) -> list[str]:
    """Say what is out of step in a language."""
    found = []
    with tempfile.TemporaryDirectory() as fresh:
        make(language, Path(fresh))
        for name in (f"{NAME}.ts", f"{NAME}.qm"):
            committed = LOCALE / language / name
            if not committed.is_file() or committed.read_bytes() != (Path(fresh) / name).read_bytes():
                found.append(f"{language}/{name} is out of step with the code: run `make translations`")
        found += [f"{language}/{NAME}.ts has no text for: {text}" for text in unfinished(Path(fresh) / f"{NAME}.ts")]
    return found


def main(arguments: list[str]) -> int:
    """Do what the command line says; 0 in step, 1 not, 2 not understood."""
    if arguments not in (["update"], ["check"]):
        print(__doc__, file=sys.stderr)
        return 2
    if arguments == ["update"]:
        for language in LANGUAGES:
            (LOCALE / language).mkdir(parents=True, exist_ok=True)
            make(language, LOCALE / language)
    found = [problem for language in LANGUAGES for problem in problems_of(language)]
    print("\n".join(found) or "translations: in step, nothing unfinished", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
