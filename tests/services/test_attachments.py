"""Files and the checklist at the desk: attached, stated by events, excused with reasons, told on the papers."""

import io
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from tests.documents.hostile_files import jpeg, pdf
from tests.services.visits import visit

from window_app import paths, settings
from window_app.app import build_desk, practice_secrets, practice_station
from window_app.domain.attachments import DraftAttachment, FileGone, FileRefused, attachments_of
from window_app.domain.events import Actor, ActorKind, EventType
from window_app.domain.visits import MaterialState, MaterialTick, VisitDraft
from window_app.forms import load_definitions
from window_app.services.attachments import Source, _named, from_path
from window_app.services.desk import Desk
from window_app.services.practice import SampleClock
from window_app.services.session import Session
from window_app.storage import store
from window_app.storage.store import Store

Drafts = Callable[[str], VisitDraft]


def source(name: str, content: bytes) -> Source:
    return Source(name, lambda _: content)


def brought(desk: Desk, material: str = "identity", name: str = "身份证.jpg") -> DraftAttachment:
    return desk.attachments.bring(material, source(name, jpeg()))


def test_received_files_are_stated_for_each_case_that_calls_for_the_material(desk: Desk, draft_of: Drafts) -> None:
    draft = draft_of("12")
    draft = desk.attachments.attach(draft, brought(desk))
    draft = desk.attachments.attach(draft, brought(desk, "no_such_material"))
    received = desk.receiving.receive(draft)
    for case in received.cases:
        history = desk.tracking.history(case.case_id)
        stated = [event for event in history if event.type == EventType.MATERIAL_ATTACHED]
        listed = desk.attachments.of_case(case.number)
        assert [one.material for one in listed] == ["identity"] * len(stated) == ["identity"]
        assert listed[0].attached == draft.attachments[0]
        envelope = stated[0].envelope_bytes.decode()
        assert "身份证" not in envelope
        assert draft.attachments[0].key not in envelope
        assert desk.attachments.content(draft.attachments[0])
    # Twice stated, handed in once.
    assert len(desk.attachments.unsent()) == 1


def test_attaching_ticks_what_was_missing_and_detaching_takes_that_back(desk: Desk, draft_of: Drafts) -> None:
    draft = replace(draft_of("02"), materials={"evidence": MaterialTick(MaterialState.COPY_TAKEN, 2)})
    one, other = brought(desk), brought(desk, "evidence")
    draft = desk.attachments.attach(desk.attachments.attach(draft, one), other)
    assert draft.materials["identity"] == MaterialTick(MaterialState.ELECTRONIC)
    assert draft.materials["evidence"] == MaterialTick(MaterialState.COPY_TAKEN, 2)
    assert desk.attachments.attach(draft, one) == draft
    draft = desk.attachments.detach(desk.attachments.detach(draft, one.file.digest), other.file.digest)
    assert draft.attachments == ()
    assert set(draft.materials) == {"evidence"}


def test_what_is_refused_leaves_nothing_behind(desk: Desk, tmp_path: Path, draft_of: Drafts) -> None:
    first = brought(desk)
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    for bad, known, code in (
        (source("x.pdf", b""), (), "attachment.empty"),
        (source("x.pdf", jpeg()), (), "attachment.other_kind"),
        (from_path(large), (), "attachment.too_large"),
        (from_path(tmp_path), (), "attachment.no_file"),
        (from_path(tmp_path / "none.pdf"), (), "attachment.no_file"),
        (from_path(Path("/dev/zero")), (), "attachment.no_file"),
        (source("身份证.jpg", jpeg()), (first,) * 60, "attachment.too_many"),
    ):  # fmt: skip
        with pytest.raises(FileRefused) as told:
            desk.attachments.bring("identity", bad, known)
        assert told.value.code == code
    content = desk.attachments.content(first)
    with pytest.raises(FileRefused) as told:
        desk.attachments.bring("identity", source("again.jpg", content), (first,))
    assert told.value.code == "attachment.twice"
    assert desk.attachments.bring("evidence", source("again.jpg", content), (first,)).content == first.content
    assert draft_of("02").attachments == ()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\用户\\桌面\\合同.pdf", "合同.pdf"),
        ("合同\u202efdp.exe\n.pdf", "合同fdp.exe.pdf"),
        ("名" * 300 + ".pdf", "名" * 116 + ".pdf"),
        ("\udcff.pdf", ".pdf"),
    ],
)
def test_a_name_says_what_it_says(name: str, kept: str) -> None:
    assert _named(name) == kept


def test_files_are_added_to_a_received_case_and_not_to_one_that_is_over(desk: Desk, draft_of: Drafts) -> None:
    received = desk.receiving.receive(draft_of("02"))
    number = received.cases[0].number
    attached = desk.attachments.bring("evidence", source("流水.pdf", pdf(pages=2)))
    desk.attachments.add(number, attached)
    desk.attachments.add(number, attached)
    assert [one.attached for one in desk.attachments.of_case(number)] == [attached]
    with pytest.raises(FileRefused) as told:
        desk.attachments.add(number, replace(attached, material="horoscope"))
    assert told.value.code == "completion.material_unknown"


def test_a_page_is_shown_from_what_is_kept(desk: Desk) -> None:
    kept = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(kept, "PNG")
    attached = desk.attachments.bring("identity", source("图.png", kept.getvalue()))
    shown = desk.attachments.page(attached, 0, 150)
    assert (shown.width, shown.height) == (150, 100)
    with pytest.raises(FileGone):
        desk.attachments.page(replace(attached, key="11" * 32), 0, 150)


def test_waived_and_not_needed_are_not_missing_and_stand_on_the_receipt_with_their_reasons(
    desk: Desk, draft_of: Drafts
) -> None:
    ticks = {
        "application": MaterialTick(MaterialState.NOT_NEEDED, 0, "口头申请记笔录"),
        "identity": MaterialTick(MaterialState.WAIVED, 0, "已通过数据共享核验"),
        "evidence": MaterialTick(MaterialState.WAIVED),
    }
    draft = replace(draft_of("02"), materials=ticks)
    draft = replace(draft, attachments=())
    received = desk.receiving.receive(draft)
    receipt, notice = (paper.record.content["values"] for paper in desk.papers.of_case(received.cases[0].case_id))
    assert len(receipt["excused"]) == 2
    assert all("核验" in text or "笔录" in text for text in receipt["excused"])
    assert receipt["materials"] == []
    # A waiver that nobody explained excuses nothing.
    assert [line["title"] for line in notice["missing"]] == receipt["missing"]
    assert any("证据" in title for title in receipt["missing"])


def test_files_are_counted_on_the_receipt(desk: Desk, draft_of: Drafts) -> None:
    draft = replace(draft_of("02"), materials={})
    draft = desk.attachments.attach(draft, brought(desk))
    draft = desk.attachments.attach(draft, brought(desk, name="反面.jpg"))
    received = desk.receiving.receive(draft)
    receipt = desk.papers.of_case(received.cases[0].case_id)[0].record.content["values"]
    assert [(line["kind"], line["copies"]) for line in receipt["materials"]] == [("电子件 2 个", "—")]


LOCAL = """
deadlines:
  correction_arbitration:
    title: {zh: 补正期限（示例）, en: Correction period}
    amount: 10
    unit: workdays
    start: received_on
    roll: true
    basis: [{law: 浙江省劳动人事争议调解仲裁条例, article: 21, verified: false, gist: {zh: 测试用, en: for a test}}]
"""


@pytest.mark.parametrize(("locality", "given"), [("330000", True), ("440000", False), (None, False)])
def test_the_notice_gives_the_correction_period_of_the_locality_or_none(
    tmp_path: Path, clock: SampleClock, locality: str | None, given: bool
) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(paths.definitions_dir(), forms)
    place = forms / "localities" / "330000.yaml"
    place.write_text(place.read_text("utf-8").replace("\nrules:", LOCAL + "rules:", 1), "utf-8")
    station = replace(practice_station(), locality=locality)
    store.create(tmp_path / "data", station, practice_secrets(), None, clock=clock).close()
    records = store.open(tmp_path / "data", clock=clock)
    desk = build_desk(
        tmp_path / "data", records, Session("c1", "李"), settings.Settings(), clock, load_definitions(forms)
    )
    try:
        draft = replace(desk.intake.from_json(visit("02")), materials={})
        received = desk.receiving.receive(draft)
        notice = desk.papers.of_case(received.cases[0].case_id)[1].record
        assert notice.kind == "notice_once"
        values = notice.content["values"]
        assert ("period" in values) is given
        if given:
            assert values["period"]["due_on"] == "2026-12-04"
            assert "补正期限" in str(notice.content)
    finally:
        desk.close()


def test_a_wrongly_attached_file_is_withdrawn_with_a_reason_and_nothing_of_it_is_deleted(
    desk: Desk, draft_of: Drafts
) -> None:
    draft = desk.attachments.attach(draft_of("02"), brought(desk))
    number = desk.receiving.receive(draft).cases[0].number
    (one,) = desk.attachments.of_case(number)
    file = one.file.digest
    assert one.withdrawn is None
    for reason, remark, code in (
        ("", "", "attachment.reason_unknown"),
        ("other", "  ", "attachment.remark_missing"),
    ):
        with pytest.raises(FileRefused) as told:
            desk.attachments.withdraw(number, file, reason, remark)
        assert told.value.code == code
    with pytest.raises(FileRefused) as told:
        desk.attachments.withdraw(number, "00" * 32, "wrong_file")
    assert told.value.code == "attachment.not_of_case"
    desk.attachments.withdraw(number, file, "other_person", "是同名的另一位")
    desk.attachments.withdraw(number, file, "wrong_file", "again")
    (gone,) = desk.attachments.of_case(number)
    assert gone.withdrawn is not None
    assert (gone.withdrawn.reason, gone.withdrawn.remark) == ("other_person", "是同名的另一位")
    case = desk.tracking.case(number)
    assert case is not None
    (event,) = [one for one in desk.tracking.history(case.case_id) if one.type == EventType.ATTACHMENT_WITHDRAWN]
    assert "同名" not in event.envelope_bytes.decode()
    # Not at the centre yet, so it goes on waiting for its turn and lies here whole.
    assert isinstance(desk.upkeep, Store)
    assert desk.upkeep.drop_attachments(datetime(2099, 1, 1, tzinfo=UTC)) == 0
    assert desk.attachments.lacking(gone) == 0
    assert len(desk.attachments.unsent()) == 1
    # The same content can be attached anew: to the material it belongs to, or as a better scan.
    desk.attachments.add(number, brought(desk, "evidence"))
    assert [one.withdrawn is None for one in desk.attachments.of_case(number)] == [False, True]


def test_an_office_takes_no_file_back_whatever_its_events_say(desk: Desk, draft_of: Drafts) -> None:
    draft = desk.attachments.attach(draft_of("02"), brought(desk))
    received = desk.receiving.receive(draft)
    file = draft.attachments[0].file.digest
    desk.attachments.withdraw(received.cases[0].number, file, "wrong_file")
    *events, last = desk.tracking.history(received.cases[0].case_id)
    assert attachments_of([*events, last])[0].withdrawn is not None
    assert attachments_of([last, *events])[0].withdrawn is not None
    by_office = replace(last, actor=Actor(ActorKind.OFFICE, "arbitration/1"), author_kind="office")
    assert attachments_of([*events, by_office])[0].withdrawn is None
    assert attachments_of([*events, replace(last, version=2)])[0].withdrawn is None


def test_the_integrity_check_names_pieces_that_are_missing_changed_or_of_no_file(desk: Desk, draft_of: Drafts) -> None:
    store_ = desk.upkeep
    assert isinstance(store_, Store)
    draft = desk.attachments.attach(draft_of("02"), brought(desk))
    desk.receiving.receive(draft)
    waiting = desk.attachments.attach(draft_of("03"), brought(desk, name="另一张.jpg"))
    desk.reception.save(waiting)
    assert store_.integrity() == ()
    folder = store_.vault._folder
    of_case, of_draft = (
        folder / one[:2] / one for one in (draft.attachments[0].file.pieces[0], waiting.attachments[0].file.pieces[0])
    )
    sound = of_case.read_bytes()
    of_case.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    of_draft.unlink()
    orphan = folder / "ab" / ("ab" * 32)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"nobody's")
    fresh = store_.integrity()
    assert len(fresh) == 2
    assert "1 of 1 pieces" in fresh[0]
    assert any("not what was written" in one and "not yet at the centre" in one for one in fresh)
    assert any("missing" in one and "(draft)" in one for one in fresh)
    os.utime(orphan, (0, 0))
    assert "attachments: 1 pieces belong to no file" in store_.integrity()
