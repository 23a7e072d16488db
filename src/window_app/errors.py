"""Errors for the person who must act: a code with parameters, turned into text by `i18n`."""

from collections.abc import Mapping


class WindowAppError(Exception):
    """A failure that somebody can do something about.

    The message shown is looked up by `code` in `resources/locale/<language>/messages.yaml`
    and filled with `params`; neither may carry personal data.
    """

    code = "error"

    def __init__(self, code: str | None = None, /, **params: object) -> None:
        """Keep the code (the class's own where none is given) and its parameters."""
        self.code = code or type(self).code
        self.params: Mapping[str, object] = params
        super().__init__(self.code, dict(params))


class DefinitionError(WindowAppError):
    """A definition file says something that the program cannot take; names file and line."""

    code = "definition.invalid"

    def __init__(self, code: str | None = None, /, *, file: str, line: int, **params: object) -> None:
        """Keep where the mistake stands: file (relative to the definition set) and 1-based line."""
        super().__init__(code, file=file, line=line, **params)
        self.file = file
        self.line = line
