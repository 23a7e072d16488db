"""How the line fails: one class per cause, each with its code."""

from window_app.errors import WindowAppError

LINE_REASONS = ("unreachable", "timeout", "cut", "tls", "busy", "stopping", "login", "unknown")


class LineDown(WindowAppError):
    """There is no line: the call did not arrive, or nobody knows whether it did (`sent`).

    `reason` is one of LINE_REASONS; its text stands under `line.reason.…`. Params: `reason`.
    """

    code = "line.down"

    def __init__(self, reason: str, *, sent: bool = False) -> None:
        self.sent = sent
        super().__init__(f"line.reason.{reason}" if reason in LINE_REASONS else None, reason=reason)


class StationRefused(WindowAppError):
    """The centre does not know this station, or not its secret."""

    code = "line.refused"


class ClientTooOld(WindowAppError):
    """The centre no longer serves this release; params: `needed`."""

    code = "line.client_too_old"


class Rewound(WindowAppError):
    """The centre does not hold our witness at that number: it was set back. Params: feed, after."""

    code = "line.rewound"


class PageDamaged(WindowAppError):
    """What came is not dense, not chained, or not signed by a station of the directory. Params: feed, fseq, part."""

    code = "line.page_damaged"
