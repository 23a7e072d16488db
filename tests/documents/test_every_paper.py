"""Every paper that has made-up values: complete, in the usual layout, whatever its length; nothing required can go."""

import copy
import io
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.documents import samples as counter
from tests.documents.samples import FONTS, RECEIPT, FixedClock, Shelf, signer, text_of, texts, wording_file

from window_app import paths
from window_app.documents.maker import ReportlabPaperMaker
from window_app.documents.registry import load_layouts
from window_app.documents.signature import sign_record
from window_app.documents.verifying import Verifier
from window_app.domain.papers import PaperRecord, Verdict
from window_app.errors import DefinitionError
from window_app.forms import DefinitionSet, load_definitions
from window_app.forms.wording import build_wording, paper_content
from window_app.services.paper_samples import LONG_TEXT, MANY, NoSample, PaperSamples

ISSUED = (
    "risk_notice", "mediation_suggestion", "address_confirmation", "representatives_election", "material_list",
    "case_cover", "oral_record", "legal_aid_referral", "support_prosecution", "redirection_notice",
    "service_record", "arbitration_form", "inspection_form", "acceptance_notice", "refusal_notice",
    "inspection_acceptance", "inspection_refusal", "no_jurisdiction_notice", "transfer_letter",
    "deferral_notice", "suspension_notice", "mediation_form", "review_form",
)  # fmt: skip
NO_PAPER_OF_THE_HALL = frozenset({"law_extract"})
"""An article of the law library, printed from there."""
KINDS = tuple(sorted(set(load_layouts().kinds()) - NO_PAPER_OF_THE_HALL))
SEVERAL_PAGES = frozenset(
    {"acceptance_notice", "transfer_letter", "oral_record", "representatives_election", "commitment_pair"}
)
MOST_BYTES_A_PAGE = 60_000
UNSEEN = "\u202e\u200b\ufeff\x07"
WORD = "A" * 3000

# Typed from FACTS 4.4, 4.1, 4.2 and 0.5, not from the files: what is taken out of a file and of its own list is found.
DEMANDED = {
    "risk_notice": "arbitration.limitation arbitration.proof arbitration.absence inspection.two_years "
    "inspection.one_way common.honesty own signature.applicant_signature",
    "mediation_suggestion": "body voluntary limitation suggestion signature qr",
    "address_confirmation": "address.address address.phone address.electronic told.consequence told.electronic "
    "confirmation signature.applicant_signature",
    "representatives_election": "representatives.name people.name people.sign powers.limits election",
    "material_list": "particulars.number materials.title materials.kind materials.copies evidence.title "
    "evidence.source",
    "case_cover": "particulars.number particulars.applicant particulars.office particulars.term contents.title terms",
    "oral_record": "applicant.name applicant.sex applicant.birth_date applicant.identity applicant.residence "
    "applicant.postal_address applicant.phone applicant.occupation applicant.work_unit respondent.name "
    "respondent.residence respondent.postal_address respondent.phone respondent.representative "
    "respondent.representative_title asked story evidence.source witnesses.address particulars.recorder confirmation "
    "signature.applicant_signature",
    "legal_aid_referral": "particulars.name particulars.limit particulars.agency asked exempt.exempt told.seven_days",
    "support_prosecution": "opening particulars.identity weakness.weak_party weakness.enclosed asked story wish",
    "redirection_notice": "direction elsewhere.name elsewhere.address limitation",
    "service_record": "particulars.recipient particulars.cause particulars.place papers.title service.received "
    "service.signed service.server service.refused",
    "arbitration_form": "person.name person.sex person.birth_date person.age person.identity person.occupation "
    "person.work_unit person.residence person.postal_address person.phone unit.representative "
    "unit.representative_title respondent.name respondent.residence respondent.postal_address respondent.phone "
    "respondent.representative respondent.representative_title claims story evidence.title evidence.source "
    "witnesses.name witnesses.address office signature.applicant_signature enclosures",
    "inspection_form": "person.name person.sex person.age person.occupation person.work_unit person.residence "
    "person.phone respondent.name respondent.residence respondent.representative respondent.representative_title "
    "story requests signature.applicant_signature",
    "acceptance_notice": "number salutation decision decision_review rights.sign rights.agent rights.claims signature "
    "qr",
    "refusal_notice": "number received received_review ground remedy remedy_review signature qr",
    "inspection_acceptance": "number decision limit signature",
    "inspection_refusal": "number received ground remedy signature",
    "no_jurisdiction_notice": "number received explanation competent.name competent.address nature signature",
    "transfer_letter": "number decision materials.title slip parties_told signature",
    "deferral_notice": "number decision effect onwards",
    "suspension_notice": "number decision effect onwards",
    "mediation_form": "person.name person.phone unit.name respondent.name claims story wishes.applied_on office "
    "signature.applicant_signature",
    "review_form": "person.name person.postal_address person.phone respondent.name respondent.postal_address "
    "respondent.phone request agreement.organisation agreement.effective_on content office "
    "signature.applicant_signature signature.other_signature enclosures",
    "day_end": "particulars.number particulars.day counts.cases counts.papers counts.open counts.reprints cases.number "
    "open_papers.number signature.checker_signature",
}


ELSEWHERE = frozenset({"receipt", "notice_once", "guidance", "report_receipt"})
"""Their elements stand in `test_wording.py`; those of commitments in `commitment_samples.py`."""


@pytest.fixture(scope="module")
def law() -> DefinitionSet:
    return load_definitions(paths.definitions_dir())


@pytest.fixture(scope="module")
def samples(law: DefinitionSet, maker: ReportlabPaperMaker) -> PaperSamples:
    return PaperSamples(law, maker, FixedClock(), paths.resources_dir())


def test_every_layout_has_made_up_values_and_a_list_of_what_it_must_say(samples: PaperSamples) -> None:
    assert {kind for kind, _ in samples.kinds()} == set(KINDS)
    unlisted = {kind for kind in KINDS if not kind.startswith("commitment_")} - DEMANDED.keys()
    assert unlisted == {*ELSEWHERE, "outage_form"}


def signed(record: PaperRecord) -> PaperRecord:
    return sign_record(replace(record, practice=False), signer())


def words(folder: Path, pdf: bytes) -> Iterator[tuple[float, float, float, float]]:
    (folder / "a.pdf").write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-bbox", folder / "a.pdf", "-"], capture_output=True, check=True).stdout
    for line in found.decode("utf-8").splitlines():
        if "<word" in line:
            left, top, right, bottom = (float(part) for part in line.split('"')[1:8:2])
            yield left, top, right, bottom


@pytest.mark.parametrize("kind", KINDS)
def test_everything_stands_on_the_paper_and_it_verifies(
    kind: str, samples: PaperSamples, maker: ReportlabPaperMaker, tmp_path: Path
) -> None:
    record = signed(samples.record(kind))
    pdf = maker.render(record)
    said = text_of(pdf, tmp_path)
    assert [part for part in texts(record.content["blocks"]) if part not in said] == []
    count = len(PdfReader(io.BytesIO(pdf)).pages)
    assert count == 1 or kind in SEVERAL_PAGES
    assert len(pdf) <= MOST_BYTES_A_PAGE * count
    assert Verifier(signer(), Shelf(), maker).verify_pdf(pdf).verdict is Verdict.AUTHENTIC_UNKNOWN
    assert maker.render(record) == pdf


@pytest.mark.parametrize("kind", KINDS)
def test_with_the_longest_names_lists_and_texts_nothing_is_lost_and_nothing_leaves_its_page(
    kind: str, samples: PaperSamples, maker: ReportlabPaperMaker, tmp_path: Path
) -> None:
    record = signed(samples.record(kind, longest=True))
    pdf = maker.render(record)
    said = Counter(text_of(pdf, tmp_path))
    wanted = Counter("".join(texts(record.content["blocks"])))
    assert {mark: count for mark, count in wanted.items() if said[mark] < count} == {}
    assert len(pdf) <= MOST_BYTES_A_PAGE * len(PdfReader(io.BytesIO(pdf)).pages)
    stays_on_the_page(tmp_path, pdf)


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_are_seen_broken_and_kept_on_the_page(
    kind: str, samples: PaperSamples, maker: ReportlabPaperMaker, tmp_path: Path
) -> None:
    """Marks of direction, of no width and of control in every text, a word of 3,000 letters in each kind of block."""
    record = samples.record(kind)
    blocks = copy.deepcopy(record.content["blocks"])
    count = hostile(blocks)
    paper = signed(replace(record, content={**record.content, "blocks": blocks}))
    pdf = maker.render(paper)
    said = text_of(pdf, tmp_path)
    for mark in UNSEEN:
        assert said.count(f"U+{ord(mark):04X}") >= count
    assert said.count("A") >= len(WORD)
    assert set(UNSEEN) <= set(maker.missing_characters(paper))
    stays_on_the_page(tmp_path, pdf)
    assert Verifier(signer(), Shelf(), maker).verify_pdf(pdf).verdict is Verdict.AUTHENTIC_UNKNOWN


def stays_on_the_page(folder: Path, pdf: bytes) -> None:
    for left, top, right, bottom in words(folder, pdf):
        assert 0 <= left <= right <= 595.3
        assert 0 <= top <= bottom <= 842


def hostile(blocks: list[dict[str, Any]]) -> int:
    """Spoil what a visitor or a clerk can have typed; return in how many texts."""
    count = 0
    for block in blocks:
        word = WORD
        for part in [block, *block.get("items", ())] if block["block"] in ("paragraph", "fields", "list") else []:
            if part.get("text"):
                part["text"] += UNSEEN + word
                word, count = "", count + 1
        for row in block.get("rows", ())[:2]:
            row[-1] += UNSEEN + word
            word, count = "", count + 1
    return count


@pytest.mark.parametrize("kind", ["arbitration_form", "refusal_notice", "representatives_election", "risk_notice"])
def test_a_signature_never_stands_alone_on_the_last_page(
    kind: str, samples: PaperSamples, maker: ReportlabPaperMaker
) -> None:
    """Whatever the length, on the page of the signature there is something of what it signs."""
    record = samples.record(kind, longest=True)
    for cut in range(0, 400, 40):
        shorter = copy.deepcopy(dict(record.content))
        for block in shorter["blocks"]:
            if block["block"] == "paragraph" and len(block["text"]) > LONG_TEXT // 2:
                block["text"] = block["text"][: len(block["text"]) - cut * 2]
        last = PdfReader(io.BytesIO(maker.render(replace(record, content=shorter), preview=True))).pages[-1]
        body = re.sub(r"\s|预览|练习|·|无效|第\d+页共\d+页|—\d+—", "", last.extract_text())
        closing = [block for block in shorter["blocks"] if block["block"] in ("signature", "qr", "note")]
        for part in ("".join(texts(closing)), record.number):
            body = body.replace(part, "")
        assert len(body) > 40


def test_the_head_of_a_table_stands_on_each_of_its_pages(samples: PaperSamples, maker: ReportlabPaperMaker) -> None:
    record = samples.record("representatives_election", longest=True)
    pages = PdfReader(io.BytesIO(maker.render(record, preview=True))).pages
    with_rows = [page.extract_text() for page in pages if "330106199" in page.extract_text()]
    assert len(with_rows) > 5
    assert all("身份证件号码" in re.sub(r"\s", "", text) for text in with_rows)
    rows = next(block["rows"] for block in record.content["blocks"] if block["id"] == "people")
    assert len(rows) == MANY


def test_longer_papers_have_bookmarks_and_letters_have_page_numbers_between_dashes(
    samples: PaperSamples, maker: ReportlabPaperMaker, tmp_path: Path
) -> None:
    form = PdfReader(io.BytesIO(maker.render(samples.record("arbitration_form", longest=True), preview=True)))
    assert [str(entry["/Title"]) for entry in form.outline if isinstance(entry, dict)] == [
        "仲裁请求",
        "事实和理由",
        "证据和证据来源",
        "证人姓名和住所",
    ]
    letter = text_of(maker.render(samples.record("transfer_letter"), preview=True), tmp_path)
    assert "—1—" in letter
    assert "—2—" in letter


@pytest.mark.parametrize("kind", DEMANDED)
def test_every_demanded_element_is_required_with_its_basis(kind: str, law: DefinitionSet) -> None:
    listed = {
        one.block if one.item is None else f"{one.block}.{one.item}": one.basis for one in law.wording[kind].required
    }
    assert set(DEMANDED[kind].split()) <= set(listed)
    assert all(basis and all(place["law"] and place["article"] for place in basis) for basis in listed.values())


@pytest.mark.parametrize("kind", sorted({*DEMANDED, *ELSEWHERE}))
def test_taking_out_any_required_element_is_refused(kind: str, law: DefinitionSet) -> None:
    file = wording_file(kind)
    for element in law.wording[kind].required:
        changed = copy.deepcopy(file.value)
        for version in changed["versions"]:
            version["blocks"] = list(_without(version["blocks"], element.block, element.item))
        with pytest.raises(DefinitionError, match=r"wording\.required_missing"):
            build_wording(changed, file.where)


def test_a_paper_is_lawful_only_where_the_guard_rails_know_it(law: DefinitionSet) -> None:
    known = law.vocabulary.find("paper")
    assert known is not None
    # A blank outage form belongs to no case and no visit.
    assert set(law.wording) - {"outage_form"} <= set(known.values)
    assert {one.paper for one in law.wording.values() if one.issued} == set(ISSUED)


def test_a_refusal_names_the_court_and_no_number_of_days(samples: PaperSamples) -> None:
    said = "".join(texts(samples.record("refusal_notice").content["blocks"]))
    assert "可以就该争议事项向人民法院提起诉讼" in said
    assert "十五日" not in said
    assert "15日" not in said


def test_every_respondent_gets_a_copy_of_the_application(law: DefinitionSet, samples: PaperSamples) -> None:
    record = samples.record("arbitration_form")
    values: dict[str, Any] = dict(record.content["values"])
    values["respondents"] = [{**values["respondents"][0], "name": name, "mark": name} for name in "甲乙丙"]
    content = paper_content(law.wording["arbitration_form"], values, FixedClock().today())
    assert content["copies"] == ["仲裁委员会存", *(f"副本：被申请人{name}" for name in "甲乙丙"), "申请人留存"]
    assert content["holders"] == ["office", "respondent", "respondent", "respondent", "visitor"]


@pytest.mark.parametrize("change", [{"holder": "nobody"}, {"each": "strangers"}, {"zh": "{stranger}"}, {"to": "x"}])
def test_a_copy_for_nobody_is_refused(change: Mapping[str, str]) -> None:
    file = wording_file("mediation_suggestion")
    changed = copy.deepcopy(file.value)
    changed["copies"][0].update(change)
    with pytest.raises(DefinitionError, match=r"wording\."):
        build_wording(changed, file.where)


def test_a_paper_nobody_made_values_for_is_said(samples: PaperSamples) -> None:
    with pytest.raises(NoSample) as caught:
        samples.pdf("cheque")
    assert "refusal_notice" in str(caught.value.params["known"])


def test_either_text_of_a_pair_shows_the_whole_pair(samples: PaperSamples) -> None:
    for kind in ("commitment_notice", "commitment_letter"):
        assert samples.record(kind) == samples.record("commitment_pair")


def test_a_preview_is_marked_and_carries_no_code(
    samples: PaperSamples, maker: ReportlabPaperMaker, tmp_path: Path
) -> None:
    pdf = samples.pdf("refusal_notice")
    assert "预览·无效" in text_of(pdf, tmp_path)
    assert maker.read_record(pdf) is None


def test_marks_of_direction_and_characters_of_no_width_are_seen_and_told(tmp_path: Path) -> None:
    """A name that reads otherwise than it is stored, two names that only look alike: both show on paper."""
    maker = ReportlabPaperMaker(FONTS)
    unseen = "\u202e\u200b\u200d\u2066\ufeff\u00ad\ufe00\U000e0100\u3164\u0007\u2028\x0b"
    paper = counter.record(values={**RECEIPT, "applicant": f"张{unseen}三"})
    said = text_of(maker.render(paper), tmp_path)
    for mark in unseen:
        assert f"U+{ord(mark):04X}" in said
    assert maker.missing_characters(paper) == tuple(unseen)


def _without(blocks: list[dict[str, Any]], block_id: str, item_id: str | None) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if block["id"] == block_id and item_id is None:
            continue
        if block["id"] == block_id:
            for parts in ("items", "columns"):
                if isinstance(block.get(parts), list):
                    block[parts] = [part for part in block[parts] if part["id"] != item_id]
        if "blocks" in block:
            block["blocks"] = list(_without(block["blocks"], block_id, item_id))
        yield block
