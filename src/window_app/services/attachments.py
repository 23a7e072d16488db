"""Attachments: files brought to a material, looked into elsewhere, sealed, shown again, fetched where they lie afar."""

import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from window_app.domain.attachments import (
    MOST_PIECES,
    PIECE_BYTES,
    AttachmentRecords,
    CaseAttachment,
    DraftAttachment,
    FileGone,
    FileReader,
    FileRefused,
    Picture,
    SealedFiles,
    UnsentAttachment,
    WithdrawalReason,
    attachment_body,
    attachments_of,
)
from window_app.domain.cases import CaseStatus
from window_app.domain.events import Confidentiality, EventType, NewEvent, Stream, StreamKind, digest
from window_app.domain.line import LineControl
from window_app.domain.ports import Records, Station
from window_app.domain.visits import MaterialState, MaterialTick, VisitDraft
from window_app.forms import DefinitionSet
from window_app.services.authors import author_of, is_office
from window_app.services.case_files import CaseFile, CaseFiles, written
from window_app.services.session import Session
from window_app.services.visit_events import NumberedCase, class_of

MOST_FILES = 60
LONGEST_NAME = 120
MEGABYTE = 1024 * 1024
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A file on its way in: what it is called, and how its bytes are read when it is time."""

    name: str
    read: Callable[[int], bytes] = field(repr=False)


def from_path(path: Path) -> Source:
    """Return the source of a file on this machine; nothing is read yet."""

    def read(most: int) -> bytes:
        try:
            # Asked first, since opening a pipe or a device could wait for ever.
            if not path.is_file():
                raise FileRefused("attachment.no_file")
            with path.open("rb") as file:
                return file.read(most)
        except OSError:
            raise FileRefused("attachment.no_file") from None

    return Source(path.name, read)


def stated(attachments: Collection[DraftAttachment], case: NumberedCase) -> Iterator[NewEvent]:
    """Yield the events that state a visit's attachments for one of its cases: those of materials it calls for."""
    wanted = {line.code for line in case.taken.materials}
    office = case.taken.judged.office
    for attached in attachments:
        if attached.material in wanted:
            yield NewEvent(
                Stream(StreamKind.CASE, case.case_id),
                EventType.MATERIAL_ATTACHED,
                body=attachment_body(attached),
                facts={"material": attached.material},
                readers=(office,) if office else (),
                confidentiality=class_of(case.route),
                attachments=(attached.file,),
            )


class Attachments:
    """Takes files in and shows them. What waits for a disk, a process or the network says so: free workers alone."""

    def __init__(
        self,
        records: Records,
        kept: AttachmentRecords,
        files: SealedFiles,
        reader: FileReader,
        line: LineControl,
        session: Session,
        station: Station,
        definitions: DefinitionSet,
        megabytes: int,
    ) -> None:
        """Keep the tools; `megabytes` is the size of the largest file that is taken."""
        self._records = records
        self._kept = kept
        self._files = files
        self._reader = reader
        self._line = line
        self._clerk = session.clerk
        self._actor = author_of(station, session)
        self._station = station
        self._definitions = definitions
        self._megabytes = megabytes
        self._cases = CaseFiles(records)

    def bring(self, material: str, source: Source, known: Collection[DraftAttachment] = ()) -> DraftAttachment:
        """Read, look into and seal a file for a material; for free workers alone.

        `known` is what is attached already. Until the answer stands in a draft or an event, nothing names the file,
        and the next opening of the store clears it away.

        Raises:
            FileRefused: with the reason as its code; nothing was kept.
            DiskFull, DiskFailed.
        """
        most = min(self._megabytes * MEGABYTE, MOST_PIECES * PIECE_BYTES)
        if len(known) >= MOST_FILES:
            raise FileRefused("attachment.too_many", most=MOST_FILES)
        content = source.read(most + 1)
        if len(content) > most:
            raise FileRefused("attachment.too_large", most=most // MEGABYTE)
        own = digest(content)
        if any(one.content == own and one.material == material for one in known):
            raise FileRefused("attachment.twice")
        name = _named(source.name)
        checked = self._reader.check(content, name)
        file, key = self._files.seal(content, checked.media_type)
        return DraftAttachment(material, file, key, name, len(content), checked.pages, own)

    def attach(self, draft: VisitDraft, attached: DraftAttachment) -> VisitDraft:
        """Return the draft with a file at a material, which counts as handed over electronically if it was missing.

        A file that is there already stays there once.
        """
        if any(_same(one, attached) for one in draft.attachments):
            return draft
        materials = dict(draft.materials)
        tick = materials.get(attached.material)
        if tick is None or tick.state is MaterialState.MISSING:
            materials[attached.material] = MaterialTick(MaterialState.ELECTRONIC)
        return replace(draft, attachments=(*draft.attachments, attached), materials=materials)

    def detach(self, draft: VisitDraft, file_digest: str) -> VisitDraft:
        """Return the draft without a file; a material that was handed over by it alone is missing again."""
        gone = [one for one in draft.attachments if one.file.digest == file_digest]
        left = tuple(one for one in draft.attachments if one.file.digest != file_digest)
        materials = dict(draft.materials)
        for one in gone:
            tick = materials.get(one.material)
            others = any(other.material == one.material for other in left)
            if tick == MaterialTick(MaterialState.ELECTRONIC) and not others:
                del materials[one.material]
        return replace(draft, attachments=left, materials=materials)

    def add(self, number: str, attached: DraftAttachment) -> CaseFile:
        """Put a file on record with a case that was received before.

        Raises:
            NoSuchCase.
            WindowAppError: `attachment.office_station`, `attachment.case_over`, `office.newer_program`,
                `completion.material_unknown`.
        """
        with self._records.unit_of_work() as work:
            file = self._cases.get(number)
            self._check_open(file)
            self._check_material(file, attached.material)
            if attached.file.digest not in {one.file.digest for one in attachments_of(file.events)}:
                work.append(self._actor, [_statement(file, attached)])
        return self._cases.again(file)

    def withdraw(self, number: str, file_digest: str, reason: str, remark: str = "") -> CaseFile:
        """Put on record that a file was attached to a received case by mistake; a second time it changes nothing.

        The file is marked and nothing of it is deleted: the office may have read it, and its pieces stay until the
        centre holds them and the keeping time has passed, as those of any other file.

        Raises:
            NoSuchCase.
            FileRefused: `attachment.office_station`, `attachment.case_over`, `office.newer_program`,
                `attachment.not_of_case`, `attachment.reason_unknown`, `attachment.remark_missing`.
        """
        said = written(remark)
        if reason not in set(WithdrawalReason):
            raise FileRefused("attachment.reason_unknown", known=", ".join(WithdrawalReason))
        if reason == WithdrawalReason.OTHER and not said:
            raise FileRefused("attachment.remark_missing")
        with self._records.unit_of_work() as work:
            file = self._cases.get(number)
            self._check_open(file)
            known = {one.file.digest: one for one in attachments_of(file.events)}
            one = known.get(file_digest)
            if one is None:
                raise FileRefused("attachment.not_of_case")
            if one.withdrawn is None:
                work.append(self._actor, [_withdrawal(file, one, reason, said)])
        return self._cases.again(file)

    def of_case(self, number: str) -> tuple[CaseAttachment, ...]:
        """Return the attachments of a case, in the order in which they were attached.

        Raises:
            NoSuchCase.
        """
        return attachments_of(self._cases.get(number).events)

    def materials_of(self, number: str) -> tuple[tuple[str, str], ...]:
        """Return (code, title) of the materials that files of a case can be attached to; titles are Chinese.

        Raises:
            NoSuchCase.
        """
        matter = self._definitions.matters.get(self._cases.get(number).state.matter)
        return tuple((one.code, one.title.get("zh", "")) for one in matter.materials) if matter is not None else ()

    def lacking(self, one: CaseAttachment) -> int:
        """Return how many pieces of an attachment are not on this machine."""
        return len(self._files.lacking(one.file))

    def fetch(self, one: CaseAttachment, reason: str, told: Told = lambda _held, _whole: None) -> None:
        """Fetch the pieces that are not here, which the centre puts on record; for free workers alone.

        Each piece is an errand of its own, so events go on in between; what was fetched stays when the line breaks.

        Raises:
            FileGone: `attachment.not_there` where the centre does not hold all of it, or may not give it.
            LineDown, StationRefused, PageDamaged.
        """
        whole = len(one.file.pieces)
        for number in self._files.lacking(one.file):
            told(whole - len(self._files.lacking(one.file)), whole)
            if not self._line.fetch_piece(one.case_id, one.file, number, self._clerk, reason):
                raise FileGone("attachment.not_there")
        told(whole, whole)

    def content(self, attached: DraftAttachment) -> bytes:
        """Return the plain content of a file whose pieces are here; for free workers alone.

        Raises:
            FileGone.
        """
        content = self._files.open(attached.file, attached.key)
        if digest(content) != attached.content:
            raise FileGone("attachment.damaged")
        return content

    def page(self, attached: DraftAttachment, page: int, width: int) -> Picture:
        """Return a page, from 0, as a picture of at most this width; for free workers alone.

        Raises:
            FileGone, FileRefused.
        """
        return self._reader.picture(self.content(attached), attached.file.media_type, page, width)

    def unsent(self, limit: int = 200) -> tuple[UnsentAttachment, ...]:
        """Return own attachments that the centre does not hold whole, oldest first."""
        return self._kept.unsent_attachments(limit)

    def _check_open(self, file: CaseFile) -> None:
        if is_office(self._station):
            raise FileRefused("attachment.office_station")
        if file.state.read_only:
            raise FileRefused("office.newer_program")
        if file.state.status in (CaseStatus.VOIDED, CaseStatus.CLOSED):
            raise FileRefused("attachment.case_over")

    def _check_material(self, file: CaseFile, material: str) -> None:
        matter = self._definitions.matters.get(file.state.matter)
        known = set() if matter is None else {one.code for one in matter.materials}
        if material not in known:
            raise FileRefused("completion.material_unknown", known=", ".join(sorted(known)))


def _statement(file: CaseFile, attached: DraftAttachment) -> NewEvent:
    confidentiality = Confidentiality.CONFIDENTIAL if file.confidential else Confidentiality.RESTRICTED
    return file.about(
        EventType.MATERIAL_ATTACHED,
        facts={"material": attached.material},
        body=attachment_body(attached),
        confidentiality=confidentiality,
        attachments=(attached.file,),
    )


def _withdrawal(file: CaseFile, one: CaseAttachment, reason: str, remark: str) -> NewEvent:
    confidentiality = Confidentiality.CONFIDENTIAL if file.confidential else Confidentiality.RESTRICTED
    return file.about(
        EventType.ATTACHMENT_WITHDRAWN,
        facts={"material": one.material, "file": one.file.digest, "reason": reason},
        body={"remark": remark},
        confidentiality=confidentiality,
    )


def _same(one: DraftAttachment, other: DraftAttachment) -> bool:
    return one.material == other.material and one.content == other.content


def _named(name: str) -> str:
    """Return a file's name as one line that says what it says: no paths, no controls, nothing that turns its order."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    stem, dot, suffix = plain.strip().rpartition(".")
    if not dot:
        return suffix[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(suffix[:10]) - 1] + dot + suffix[:10]
