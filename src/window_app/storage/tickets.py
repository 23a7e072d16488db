"""Queue tickets of this counter, each call one short transaction."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, select, update

from window_app.domain.tickets import QueueTicket, TicketPaper, TicketState
from window_app.storage.engine import Database, Row, Statement
from window_app.storage.ticket_schema import ticket_table

KEPT_DAYS = 31
_T = ticket_table.c
_THIS = (_T.day == bindparam("on"), _T.business == bindparam("letter"), _T.serial == bindparam("number"))
_INSERT = Statement(insert(ticket_table).values({column.name: bindparam(column.name) for column in ticket_table.c}))
_LAST = Statement(
    select(func.coalesce(func.max(_T.serial), 0)).where(_T.day == bindparam("on"), _T.business == bindparam("letter"))
)
_AHEAD = Statement(select(func.count()).where(_T.day == bindparam("on"), _T.state == bindparam("state")))
_OF_DAY = Statement(select(*_T).where(_T.day == bindparam("on")).order_by(_T.drawn_at, _T.business, _T.serial))
_ONE = Statement(select(*_T).where(*_THIS))
_SET = Statement(
    update(ticket_table)
    .where(*_THIS)
    .values(state=bindparam("state"), paper=bindparam("paper"), prints=bindparam("prints"))
)
_FORGET = Statement(delete(ticket_table).where(_T.day < bindparam("before")))


class StoredTickets:
    """Implements `domain.tickets.TicketBook`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def draw(self, business: str, at: datetime, day: date) -> QueueTicket:
        """Draw the next number of a business for a day, and forget the tickets of a month ago."""
        with self._database.transaction():
            self._database.run(_FORGET, {"before": (day - timedelta(days=KEPT_DAYS)).isoformat()})
            on = day.isoformat()
            (last,) = self._database.rows(_LAST, {"on": on, "letter": business})[0]
            (ahead,) = self._database.rows(_AHEAD, {"on": on, "state": TicketState.WAITING})[0]
            ticket = QueueTicket(on, business, int(last) + 1, at, int(ahead))
            self._database.run(_INSERT, _values(ticket))
        return ticket

    def of_day(self, day: date) -> tuple[QueueTicket, ...]:
        """Return the tickets of a day in the order they were drawn."""
        return tuple(_ticket(row) for row in self._database.rows(_OF_DAY, {"on": day.isoformat()}))

    def change(
        self,
        ticket: QueueTicket,
        *,
        state: TicketState | None = None,
        paper: TicketPaper | None = None,
        printed: bool = False,
    ) -> QueueTicket:
        """Move a ticket on as it stands now; `printed` counts one more paper of it.

        Raises:
            KeyError: where there is none such any more.
        """
        place = {"on": ticket.day, "letter": ticket.business, "number": ticket.serial}
        with self._database.transaction():
            row = self._database.one(_ONE, place)
            if row is None:
                raise KeyError(ticket.number)
            now = _ticket(row)
            now = replace(
                now, state=state or now.state, paper=paper or now.paper, prints=now.prints + (1 if printed else 0)
            )
            self._database.run(_SET, {**place, "state": now.state, "paper": now.paper, "prints": now.prints})
        return now


def _values(ticket: QueueTicket) -> dict[str, object]:
    return {
        "day": ticket.day,
        "business": ticket.business,
        "serial": ticket.serial,
        "drawn_at": ticket.drawn_at.isoformat(),
        "ahead": ticket.ahead,
        "state": ticket.state,
        "paper": ticket.paper,
        "prints": ticket.prints,
    }


def _ticket(row: Row) -> QueueTicket:
    day, business, serial, drawn_at, ahead, state, paper, prints = row
    moment = datetime.fromisoformat(drawn_at)
    return QueueTicket(day, business, serial, moment, ahead, TicketState(state), TicketPaper(paper), prints)
