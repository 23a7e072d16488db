"""Turns codes into text, without Qt.

A message below the interface is a code with parameters; its text stands in
`resources/locale/<language>/messages.yaml` or in one of the files beside it in `messages/`,
as flat `code: text with {parameter}`.
"""

import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from window_app import paths
from window_app.errors import DefinitionError, WindowAppError

DEFAULT_LANGUAGE = "zh_CN"


def _line(key: yaml.Node) -> int:
    return int(key.start_mark.line) + 1


def _read(path: Path) -> dict[str, str]:
    """Read one flat file of messages, every value as the text it is (`no` stays "no")."""
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise DefinitionError("messages.not_flat", file=path.name, line=1)
    messages: dict[str, str] = {}
    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
            raise DefinitionError("messages.not_flat", file=path.name, line=_line(key))
        if key.value in messages:
            raise DefinitionError("messages.twice", file=path.name, line=_line(key), name=key.value)
        messages[key.value] = value.value
    return messages


def read_messages(directory: Path) -> Mapping[str, str]:
    """Merge all messages of one language's folder.

    Raises:
        DefinitionError: when a file is not flat, or a code has two texts.
    """
    messages: dict[str, str] = {}
    for path in (directory / "messages.yaml", *sorted((directory / "messages").glob("*.yaml"))):
        if not path.is_file():
            continue
        for code, text in _read(path).items():
            if code in messages:
                raise DefinitionError("messages.twice", file=path.name, line=1, name=code)
            messages[code] = text
    return messages


@cache
def _messages_of(language: str) -> Mapping[str, str]:
    return read_messages(paths.resources_dir() / "locale" / language)


class _Lenient(string.Formatter):
    """Fills what is there; a parameter that is missing stays visible by its name, attributes are never reached."""

    def get_field(self, field_name: str, _: object, kwargs: Mapping[str, object]) -> tuple[object, str]:
        return kwargs.get(field_name, "{" + field_name + "}"), field_name

    def format_field(self, value: object, format_spec: str) -> str:
        try:
            return str(format(value, format_spec))
        except (TypeError, ValueError):
            return str(value)


class Catalogue:
    """The texts of one language."""

    def __init__(self, language: str = DEFAULT_LANGUAGE, messages: Mapping[str, str] | None = None) -> None:
        """Choose the language; `messages` replaces the installed texts, for tests."""
        self.language = language
        self._messages = _messages_of(language) if messages is None else messages
        self._key = "zh" if language.startswith("zh") else "en"

    def __contains__(self, code: str) -> bool:
        return code in self._messages

    def text(self, code: str, /, **params: object) -> str:
        """Return the text of a code; a code without text is shown as it is, with its parameters."""
        shown = {name: self._shown(value) for name, value in params.items()}
        template = self._messages.get(code)
        if template is None:
            return " ".join([code, *(f"{name}={value}" for name, value in shown.items())])
        return _Lenient().vformat(template, (), shown)

    def of(self, text: Mapping[str, str]) -> str:
        """Pick this language out of a text of the definition set, Chinese where it has no other."""
        return text.get(self._key) or text.get("zh") or next(iter(text.values()), "")

    def message(self, error: WindowAppError) -> str:
        """Return what an error tells the person who must act."""
        return self.text(error.code, **error.params)

    def _shown(self, value: object) -> object:
        """Bring a parameter that is itself a text of the definition set into this language."""
        if isinstance(value, Mapping) and value.keys() & {"zh", "en"}:
            return self.of(value)
        return value


def message(error: WindowAppError, language: str = DEFAULT_LANGUAGE) -> str:
    """Return what an error tells the person who must act, in a language."""
    return Catalogue(language).message(error)
