"""Applications, sets and closing sheets on their way out: papers on record in them count as if printed alone."""

import io

import pytest
from pypdf import PdfReader
from tests.services.offices import Place
from tests.services.visits import visit

from window_app.domain.papers import PaperState
from window_app.errors import WindowAppError
from window_app.services.case_papers import NotIssued

COMPLAINT, APPLICATION, REGISTRATION = "01", "02", "71"


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def states(place: Place, number: str) -> dict[str, PaperState]:
    return {one.record.kind: one.state for one in place.desk.papers.of_case(place.file(number).case_id)}


def test_an_application_is_filled_in_before_receiving_and_on_record_once_after_it(counter: Place) -> None:
    desk = counter.desk
    draft = desk.reception.save(desk.intake.from_json(visit(APPLICATION)))
    loose = desk.handouts.application(draft, draft.matters[0].key)
    assert (loose.kind, dict(loose.before)) == ("arbitration_form", {})
    assert not any(said in loose.name for said in ("李秀英", "330106199109030248"))
    number = counter.receive(APPLICATION)
    (first,) = desk.handouts.applications_of((number,))
    (again,) = desk.handouts.applications_of((number,))
    assert first.paper_id == again.paper_id
    assert states(counter, number) == {"receipt": PaperState.ISSUED, "arbitration_form": PaperState.ISSUED}


def test_what_has_no_application_says_so(counter: Place) -> None:
    number = counter.receive(REGISTRATION)
    with pytest.raises(NotIssued):
        counter.desk.handouts.applications_of((number,))


def test_a_set_holds_as_many_copies_as_its_holder_gets_and_notes_its_papers_as_sent(counter: Place) -> None:
    desk, number = counter.desk, counter.receive(APPLICATION)
    desk.handouts.applications_of((number,))
    offers = {one.holder: one.kinds for one in desk.handouts.sets((number,))}
    assert offers["visitor"] == ("receipt", "arbitration_form")
    assert offers["file"] == ("receipt",)
    assert offers["respondent"] == ("arbitration_form",)
    made = desk.handouts.of_holder(number, "file")
    assert pages(made.pdf) == pages(desk.handouts.look(number, "file"))
    desk.handouts.note_sent(made)
    desk.handouts.send(made)
    assert states(counter, number)["receipt"] is PaperState.PRINTED


def test_a_set_that_the_printer_did_not_take_leaves_its_papers_as_they_were(counter: Place) -> None:
    desk, number = counter.desk, counter.receive(COMPLAINT)
    made = desk.handouts.of_holder(number, "visitor")
    desk.handouts.note_sent(made)
    desk.handouts.not_sent(made, WindowAppError("printer.silent"))
    assert states(counter, number)["receipt"] is PaperState.PRINTED
    desk.handouts.not_sent(made, WindowAppError("printer.rejected"))
    assert states(counter, number)["receipt"] is PaperState.RENDERED


def test_what_was_handed_over_goes_out_again_only_as_a_counted_reprint(counter: Place) -> None:
    desk, number = counter.desk, counter.receive(COMPLAINT)
    (receipt,) = desk.papers.of_case(counter.file(number).case_id)
    desk.papers.print(receipt.record.paper_id)
    desk.papers.confirm(receipt.record.paper_id, came_out=True)
    made = desk.handouts.of_holder(number, "visitor")
    assert "补打" in "".join(PdfReader(io.BytesIO(made.pdf)).pages[0].extract_text().split())
    desk.handouts.note_sent(made)
    assert desk.papers.get(receipt.record.paper_id).reprints == 1
    assert states(counter, number)["receipt"] is PaperState.CONFIRMED


def test_the_summary_of_a_day_agrees_with_its_sheet(counter: Place) -> None:
    desk = counter.desk
    for name in (COMPLAINT, COMPLAINT, APPLICATION):
        counter.receive(name)
    summary = desk.day_end.summary()
    assert summary.counts == desk.day_end.close().counts
    assert sum(count for _, _, count in summary.by_matter) == summary.counts["cases"] == 3
    assert {state for _, state, _ in summary.by_matter} == {"received"}
    assert desk.handouts.closing(summary.day).name == desk.day_end.close().number
