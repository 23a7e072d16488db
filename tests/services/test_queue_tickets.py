"""Queue numbers: by business and day, with or without their paper."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from window_app.devices.printers import PrinterError
from window_app.domain.ports import PrinterStatus
from window_app.domain.tickets import TicketPaper
from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.services.desk import Desk

Drafts = Callable[[str], VisitDraft]
Collected = Callable[[Desk, str], UUID]


# -- queue tickets


class PlayedTickets:
    simulated = False

    def __init__(self, code: str = "") -> None:
        self.code = code
        self.pages: list[object] = []

    def status(self) -> PrinterStatus:
        return PrinterStatus("Ticket", ready=not self.code)

    def print_ticket(self, page: object, title: str) -> str:
        if self.code:
            raise PrinterError(self.code, printer="Ticket", seconds=60)
        self.pages.append(page)
        return title


def drawn(desk: Desk, business: str = "A") -> str:
    job = desk.tickets.draw(business)
    try:
        job.send()
    except WindowAppError as error:
        return desk.tickets.not_sent(job, error).number
    return desk.tickets.sent(job).number


def test_numbers_count_by_business_and_day_and_say_who_waits_before(desk: Desk, clock) -> None:
    desk.printing.apply(desk.settings.with_(ticket_businesses={"A": "劳动维权", "B": "就业服务"}))
    assert [drawn(desk), drawn(desk), drawn(desk, "B")] == ["A001", "A002", "B001"]
    waiting = desk.tickets.view().waiting
    assert [one.ahead for one in waiting] == [0, 1, 2]
    called = desk.tickets.call_next()
    assert called is not None
    assert called.number == "A001"
    assert drawn(desk) == "A003"
    assert desk.tickets.view().waiting[-1].ahead == 2
    assert desk.tickets.view().called == called
    texts = [part.text for part in desk.tickets.page(waiting[2]).parts if hasattr(part, "text")]
    for wanted in (desk.station.hall, "B001", "就业服务", "您前面还有 2 人等候", f"办理窗口：{desk.station.name}"):
        assert wanted in texts
    assert any("练习" in text for text in texts)
    with pytest.raises(WindowAppError, match=r"tickets\.business"):
        desk.tickets.draw("Z")
    clock.instant += timedelta(days=1)
    assert desk.tickets.view().waiting == ()
    assert desk.tickets.call_next() is None
    assert drawn(desk) == "A001"


def test_a_number_counts_without_its_paper_and_is_printed_again_marked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, mended = PlayedTickets("printer.media_empty"), PlayedTickets()
    monkeypatch.setattr(desk.printing, "_open_tickets", lambda _: broken)
    assert drawn(desk) == "A001"
    (lost,) = desk.tickets.view().unprinted
    assert lost.paper is TicketPaper.FAILED
    monkeypatch.setattr(desk.printing, "_open_tickets", lambda _: mended)
    job = desk.tickets.again(lost)
    job.send()
    assert desk.tickets.sent(job).prints == 1
    assert desk.tickets.view().unprinted == ()
    again = desk.tickets.again(desk.tickets.find("a001"))
    assert "补打 第 1 次" in [getattr(part, "text", "") for part in again.page.parts]
    again.send()
    assert desk.tickets.sent(again).prints == 2
    with pytest.raises(WindowAppError, match=r"tickets\.unknown"):
        desk.tickets.find("A999")
    monkeypatch.setattr(desk.printing, "_open_tickets", lambda _: None)
    with pytest.raises(WindowAppError, match=r"tickets\.off"):
        desk.tickets.draw("A")
