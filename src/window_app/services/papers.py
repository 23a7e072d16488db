"""Papers after receiving: made once, printed, confirmed, reprinted; each step can be repeated."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind
from window_app.domain.papers import OTHER_REASON, REPRINT_REASONS, PaperRecord, PaperState, StoredPaper, Verification
from window_app.domain.ports import PaperMaker, PaperVerifier, Printer, Records
from window_app.domain.printing import JobReport
from window_app.errors import WindowAppError
from window_app.services.case_files import written
from window_app.services.issuing import Issuing
from window_app.services.session import Session

SILENT = "printer.silent"
"""The printer's error after which a job may still come out."""


class NoSuchPaper(WindowAppError):
    """This store does not know the paper."""

    code = "papers.no_such_paper"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A paper on its way to the printer; sending needs nothing of the store and may take its time.

    Attributes:
        before: the paper's state before it was noted as sent; None for a reprint.
    """

    paper_id: UUID
    printer: Printer
    pdf: bytes
    title: str
    copies: int
    before: PaperState | None
    under_way: set[UUID]

    def follow(self, name: str) -> JobReport:
        """Return where the job stands by the name that `send` returned; may wait for the printing system."""
        return self.printer.job(name)

    def send(self) -> str:
        """Hand the job to the printer and return its name.

        Raises:
            PrinterError: the job was not taken; `Papers.not_sent` notes it.
        """
        try:
            return self.printer.print_pdf(self.pdf, self.title, self.copies)
        finally:
            self.under_way.discard(self.paper_id)


class Papers:
    """Takes issued papers from their record to the visitor's hand."""

    def __init__(
        self,
        records: Records,
        session: Session,
        maker: PaperMaker,
        verifier: PaperVerifier,
        printer_for: Callable[[str], Printer],
        issuing: Issuing,
        copies_of: Callable[[str], int] = lambda _: 1,
    ) -> None:
        """Keep the tools.

        `printer_for` gives the printer of a kind of paper, `copies_of` how many copies of it are printed at
        least; `issuing` asks the law.
        """
        self._records = records
        self._session = session
        self._maker = maker
        self._verifier = verifier
        self._printer_for = printer_for
        self._issuing = issuing
        self._copies_of = copies_of
        self._sending: set[UUID] = set()

    def get(self, paper_id: UUID) -> StoredPaper:
        """Return a paper with its state.

        Raises:
            NoSuchPaper: where this store does not know it.
        """
        try:
            return self._records.get_paper(paper_id)
        except KeyError:
            raise NoSuchPaper() from None

    def pdf(self, paper_id: UUID) -> bytes:
        """Return the paper's one PDF, made from its record and stored at the first call.

        Raises:
            PaperForbidden: the law does not allow the paper in the present state of its case.
        """
        paper = self.get(paper_id)
        self._issuing.check(paper.record)
        stored = self._records.find_pdf(paper_id)
        if stored is not None:
            return stored
        made = self._maker.render(paper.record)
        with self._records.unit_of_work() as work:
            work.store_pdf(paper_id, made)
            if paper.state is PaperState.ISSUED:
                work.set_paper_state(paper_id, PaperState.RENDERED)
        return self._records.find_pdf(paper_id) or made

    def preview(self, record: PaperRecord) -> bytes:
        """Return a PDF marked as not valid; nothing is stored.

        Raises:
            PaperForbidden: the law does not allow the paper in the present state of its case.
        """
        self._issuing.check(record)
        return self._maker.render(record, preview=True)

    def print(self, paper_id: UUID) -> str:
        """Send the paper to the printer and return the job's name, all in one go.

        Raises:
            PrinterError: where the job was not taken; the paper stays as it was.
        """
        return self._sent(self.to_print(paper_id))

    def to_print(self, paper_id: UUID) -> PrintJob:
        """Return the job of the paper's original, to be sent away from the store.

        The paper is noted as sent before it is: whoever is killed in between is asked whether it
        came out, and nobody prints it a second time without looking.

        Raises:
            WindowAppError: `papers.being_sent` where the printer has not answered the last job of it yet.
        """
        self._claim(paper_id)
        try:
            paper = self.get(paper_id)
            pdf = self.pdf(paper_id)
            before = self.get(paper_id).state
            if before not in (PaperState.CONFIRMED, PaperState.PRINTED):
                with self._records.unit_of_work() as work:
                    work.set_paper_state(paper_id, PaperState.PRINTED)
        except BaseException:
            self._sending.discard(paper_id)
            raise
        record = paper.record
        copies = max(_copies(record), self._copies_of(record.kind))
        return PrintJob(
            paper_id, self._printer_for(record.kind), pdf, _job_title(record), copies, before, self._sending
        )

    def not_sent(self, job: PrintJob, error: WindowAppError) -> None:
        """Note that the printer did not take a job; after mere silence the paper may still have come out."""
        if error.code == SILENT or job.before is None:
            return
        if self.get(job.paper_id).state is PaperState.PRINTED:
            with self._records.unit_of_work() as work:
                work.set_paper_state(job.paper_id, job.before)

    def _claim(self, paper_id: UUID) -> None:
        if paper_id in self._sending:
            raise WindowAppError("papers.being_sent")
        self._sending.add(paper_id)

    def _sent(self, job: PrintJob) -> str:
        try:
            return job.send()
        except WindowAppError as error:
            self.not_sent(job, error)
            raise

    def confirm(self, paper_id: UUID, came_out: bool) -> None:
        """Record the clerk's answer to "did the paper come out?"; a repeat of the same answer changes nothing."""
        paper = self.get(paper_id)
        state = PaperState.CONFIRMED if came_out else PaperState.NOT_OUT
        if paper.state in (PaperState.CONFIRMED, state):
            return
        event = _paper_event(paper.record, EventType.PAPER_CONFIRMED, self._class_of(paper.record), came_out=came_out)
        with self._records.unit_of_work() as work:
            work.append(self._session.actor, [event])
            work.set_paper_state(paper_id, state)

    def reprint(self, paper_id: UUID, reason: str, text: str = "") -> bytes:
        """Return the paper marked as its next reprint; counted only once the bytes are there.

        Args:
            paper_id: the paper.
            reason: one of REPRINT_REASONS, on record with who did it.
            text: the reason in words, where it is another one; kept where the names of the case are.

        Raises:
            WindowAppError: `papers.reprint_reason`, `papers.reprint_words`.
            PaperForbidden: the law does not allow the paper in the present state of its case.
        """
        said = written(text)
        if reason not in REPRINT_REASONS:
            raise WindowAppError("papers.reprint_reason", known=", ".join(REPRINT_REASONS))
        if reason == OTHER_REASON and not said:
            raise WindowAppError("papers.reprint_words")
        paper = self.get(paper_id)
        self._issuing.check(paper.record)
        count = paper.reprints + 1
        made = self._maker.render(paper.record, reprint=count)
        event = _paper_event(
            paper.record, EventType.PAPER_REPRINTED, self._class_of(paper.record), reprint=count, reason=reason
        )
        if said:
            event = replace(event, body={"text": said})
        with self._records.unit_of_work() as work:
            if work.count_reprint(paper_id) != count:
                raise WindowAppError("papers.reprint_raced")
            work.append(self._session.actor, [event])
        return made

    def print_reprint(self, paper_id: UUID, reason: str, text: str = "") -> str:
        """Make the next marked reprint, send it to the printer and return the job's name."""
        return self._sent(self.to_reprint(paper_id, reason, text))

    def to_reprint(self, paper_id: UUID, reason: str, text: str = "") -> PrintJob:
        """Return the job of the next marked reprint, counted already, to be sent away from the store.

        Raises:
            WindowAppError: `papers.being_sent` where the printer has not answered the last job of it yet.
        """
        self._claim(paper_id)
        try:
            record = self.get(paper_id).record
            pdf = self.reprint(paper_id, reason, text)
        except BaseException:
            self._sending.discard(paper_id)
            raise
        return PrintJob(paper_id, self._printer_for(record.kind), pdf, _job_title(record), 1, None, self._sending)

    def unsettled(self) -> tuple[StoredPaper, ...]:
        """Return the papers of which nobody has yet said that they came out."""
        return self._records.unsettled_papers()

    def of_case(self, case_id: UUID) -> tuple[StoredPaper, ...]:
        """Return the papers of a case, in order of issue."""
        return self._records.papers(case_id=case_id)

    def of_visit(self, visit_id: UUID) -> tuple[StoredPaper, ...]:
        """Return the papers of a visit, those of its cases among them, in order of issue."""
        return self._records.papers(visit_id=visit_id)

    def verify_pdf(self, pdf: bytes) -> Verification:
        """Answer whether a PDF is one of ours, unaltered."""
        return self._verifier.verify_pdf(pdf)

    def verify_qr(self, text: str) -> Verification:
        """Answer whether the text of a QR code is one of ours."""
        return self._verifier.verify_qr(text)

    def _class_of(self, record: PaperRecord) -> Confidentiality:
        """Return the class under which the paper itself was issued, so that no later event is more open."""
        stream = record.case_id or record.visit_id
        for event in self._records.events(stream):
            if event.type == EventType.PAPER_ISSUED and event.facts.get("paper_id") == str(record.paper_id):
                return event.confidentiality
        return Confidentiality.RESTRICTED


def _copies(record: PaperRecord) -> int:
    """Return how many copies the paper itself says there are: one for each person it names, else one."""
    return max(1, len(record.content.get("copies", ())))


def _job_title(record: PaperRecord) -> str:
    """Return a job's title: it is shown in queues, so it names nobody."""
    return f"{record.number}-{record.kind}"


def _paper_event(record: PaperRecord, kind: str, confidentiality: Confidentiality, **facts: object) -> NewEvent:
    if record.case_id is not None:
        stream = Stream(StreamKind.CASE, record.case_id)
    else:
        stream = Stream(StreamKind.VISIT, record.visit_id)
    told = {"paper_id": str(record.paper_id), "paper": record.kind, "number": record.number, **facts}
    return NewEvent(stream, kind, facts=told, confidentiality=confidentiality)
