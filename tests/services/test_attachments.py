"""Files and the checklist at the desk: attached, stated by events, excused with reasons, told on the papers."""

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from tests.documents.hostile_files import jpeg, pdf
from tests.services.visits import visit

from window_app import paths, settings
from window_app.app import build_desk, practice_secrets, practice_station
from window_app.domain.attachments import DraftAttachment, FileGone, FileRefused
from window_app.domain.events import EventType
from window_app.domain.visits import MaterialState, MaterialTick, VisitDraft
from window_app.forms import load_definitions
from window_app.services.attachments import Source, _named, from_path
from window_app.services.desk import Desk
from window_app.services.practice import SampleClock
from window_app.services.session import Session
from window_app.storage import store

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
