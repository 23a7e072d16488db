"""The line to the centre and what is unsent, in the clerk's words. No Qt."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from window_app.clock import CHINA, Clock
from window_app.domain.line import LineStatus, LinkState, SetApart
from window_app.domain.ports import OutboxRow
from window_app.i18n import Catalogue

MOST_STATIONS = 8
MOST_NUMBERS = 8
TONES = {
    LinkState.NONE: "pill-plain",
    LinkState.CONNECTING: "pill-plain",
    LinkState.CONNECTED: "pill-good",
    LinkState.DOWN: "pill-caution",
    LinkState.REFUSED: "pill-error",
}


class LineWords:
    """Reads how the line stands; `work` names what goes on without it, at a counter or an office."""

    def __init__(self, texts: Catalogue, clock: Clock, *, office: bool) -> None:
        self._texts = texts
        self._clock = clock
        self._work = texts.text("ui.line.work.office" if office else "ui.line.work.counter")

    def bar(self, status: LineStatus) -> tuple[str, str]:
        """Return the tone and the words of the status bar."""
        code = f"ui.line.{status.state.value}"
        age = ""
        if status.state is LinkState.DOWN:
            if status.last_contact is None:
                code += "_never"
            else:
                age = self.age(status.last_contact)
        return TONES[status.state], self._texts.text(code, age=age, work=self._work)

    def reason(self, status: LineStatus) -> str:
        """Return why the line stands as it does, "" where there is nothing to say."""
        return self._texts.text(status.reason, **dict(status.params)) if status.reason else ""

    def contact(self, status: LineStatus) -> str:
        """Return when the centre was last reached."""
        if status.state is LinkState.NONE:
            return self._texts.text("ui.line.contact_none")
        if status.last_contact is None:
            return self._texts.text("ui.line.contact_never")
        moment = status.last_contact.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        return self._texts.text("ui.line.contact", moment=moment, age=self.age(status.last_contact))

    def clock(self, status: LineStatus) -> str:
        """Return how far this machine's clock is from the centre's."""
        if status.offset_ms is None:
            return self._texts.text("ui.line.clock_unknown")
        seconds = round(abs(status.offset_ms) / 1000)
        if not clocks_differ(status):
            return self._texts.text("ui.line.clock_right")
        code = "ui.line.clock_behind" if status.offset_ms > 0 else "ui.line.clock_ahead"
        return self._texts.text(code, amount=self.amount(timedelta(seconds=seconds)))

    def clock_banner(self, status: LineStatus) -> str:
        """Return what to do about this machine's clock, "" where it is right enough."""
        if not status.clock_off:
            return ""
        return self._texts.text("ui.line.clock_banner", wrong=self.clock(status))

    def next_try(self, status: LineStatus) -> str:
        """Return when the line tries again, "" where it does not wait."""
        if status.next_try_at is None:
            return ""
        wait = max(timedelta(seconds=1), status.next_try_at - self._clock.now())
        return self._texts.text("ui.line.next_try", amount=self.amount(wait))

    def row_state(self, row: OutboxRow) -> str:
        """Return the state of an unsent item."""
        return self._texts.text(f"ui.unsent.{row.state}")

    def row_reason(self, row: OutboxRow, status: LineStatus) -> str:
        """Return why an item is still here, as a sentence."""
        if row.reason:
            return self._texts.text(row.reason)
        if row.state == "waiting":
            return self._texts.text(f"ui.unsent.because.{status.state.value}")
        return self._texts.text(f"ui.unsent.because.{row.state}")

    def row_advice(self, row: OutboxRow) -> str:
        """Return what to do about an item."""
        code = f"ui.unsent.advice.{row.state}"
        return self._texts.text(code) if code in self._texts else ""

    def apart(self, rows: Sequence[SetApart]) -> str:
        """Return what was set apart for one reason: why, then whose, which and since when, station by station."""
        stations: dict[str, list[SetApart]] = {}
        for row in rows:
            stations.setdefault(row.station or str(row.station_id)[:8], []).append(row)
        found = [self._texts.text(f"line.apart.{rows[0].reason}")]
        found += [self._apart_of(name, held) for name, held in list(stations.items())[:MOST_STATIONS]]
        return "  ".join(found) + ("  …" if len(stations) > MOST_STATIONS else "")

    def _apart_of(self, station: str, rows: Sequence[SetApart]) -> str:
        numbers = ", ".join(str(row.lseq) for row in rows[:MOST_NUMBERS]) + ("…" if len(rows) > MOST_NUMBERS else "")
        noticed = [row.noticed_at for row in rows if row.noticed_at is not None]
        if not noticed:
            return self._texts.text("line.apart.place", station=station, numbers=numbers)
        return self._texts.text("line.apart.since", station=station, numbers=numbers, age=self.age(min(noticed)))

    def apart_advice(self, reason: str) -> str:
        """Return what to do about what was set apart for a reason."""
        return self._texts.text(f"line.apart.advice.{reason}")

    def age(self, moment: datetime) -> str:
        """Return how long ago an instant was."""
        return self.amount(self._clock.now() - moment)

    def amount(self, time: timedelta) -> str:
        """Return a span in its largest unit."""
        seconds = max(0, int(time.total_seconds()))
        for name, size, most in (("seconds", 1, 60), ("minutes", 60, 3600), ("hours", 3600, 48 * 3600)):
            if seconds < most:
                return self._texts.text(f"ui.amount.{name}", n=seconds // size)
        return self._texts.text("ui.amount.days", n=seconds // 86400)


def clocks_differ(status: LineStatus) -> bool:
    """Answer whether this machine's clock is known to differ from the centre's by a second or more."""
    return status.offset_ms is not None and round(abs(status.offset_ms) / 1000) >= 1
