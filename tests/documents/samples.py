"""A counter's papers with made-up people, and the tools that look at a PDF from outside."""

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from window_app import paths
from window_app.documents.signature import Ed25519Signer, PublicKey, SigningKey, sign_record
from window_app.domain.papers import PaperRecord, StoredPaper
from window_app.domain.ports import Signer
from window_app.forms.wording import WordingDefinition, build_wording, paper_content
from window_app.yamlio import YamlDocument, read_yaml

FONTS = paths.resources_dir() / "fonts"
WORDING = paths.definitions_dir() / "wording"
KINDS = ("receipt", "notice_once", "guidance", "report_receipt")
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
SEED = bytes(range(32))

_LAW = "劳动争议调解仲裁法"
_RULES = "劳动人事争议仲裁办案规则"
COMMON: Mapping[str, Any] = {
    "number": "000000-PRAC-261121-0003-7KX",
    "received_at": NOON,
    "hall": "练习区人力资源和社会保障服务大厅",
    "counter": "3号综合窗口",
    "clerk": "王敏",
    "phone": "12333",
    "applicant": "欧阳𬭚䶮、李𠅤",
    "respondent": "练习区星星餐饮管理有限公司",
    "matter_title": "劳动人事争议仲裁申请",
    "route": "arbitration",
    "route_label": "劳动人事争议仲裁",
    "office": "练习区劳动人事争议仲裁委员会",
}
ANSWER: Mapping[str, Any] = {
    "due_on": date(2026, 11, 27),
    "amount": 5,
    "unit": "workdays",
    "basis": [{"law": _LAW, "article": "29"}, {"law": _RULES, "article": 30}],
    "provisional": False,
}
RECEIPT: Mapping[str, Any] = {
    **COMMON,
    "materials": [
        {"title": "仲裁申请书", "kind": "原件（收取），副本 2 份", "copies": 3},
        {"title": "身份证", "kind": "原件已核对，收复印件 1 份", "copies": 1},
        {"title": "工资流水", "kind": "复印件", "copies": 2},
        {"title": "聊天记录", "kind": "电子材料", "copies": 1},
    ],
    "missing": ["劳动合同或者其他劳动关系证明", "被申请人登记信息"],
    "answer": ANSWER,
    "risks": ["离职已满一年，没有主张过权利的凭证：对方提出时效抗辩的，请求可能得不到支持。"],
}
NOTICE: Mapping[str, Any] = {
    **COMMON,
    "missing": [
        {
            "title": "被申请人登记信息",
            "requirement": "写明用人单位的登记名称、统一社会信用代码",
            "basis": [{"law": _RULES, "article": "29"}],
        },
        {"title": "授权委托书", "requirement": "载明委托事项和权限", "basis": [{"law": _LAW, "article": "24"}]},
    ],
}
GUIDANCE: Mapping[str, Any] = {
    **{name: COMMON[name] for name in ("received_at", "hall", "counter", "clerk", "phone")},
    "number": "ZY-261121-7K4M2-9QTRWX",
    "visitor": "张三",
    "matters": [
        {
            "title": "单位不缴社会保险费",
            "office": "练习区税务局",
            "address": "练习路1号",
            "office_phone": "12366",
            "route_label": "征收机构",
            "reason": "社会保险费的欠缴、少缴由征收机构处理。",
            "basis": [{"law": "社会保险法", "article": "63"}],
            "limits": [{"title": "仲裁时效", "due_on": "2027-02-01", "provisional": True}],
            "tell": ["请带劳动合同、工资条。", "可以同时就工资申请仲裁。"],
            "risks": ["离职将满一年，仲裁时效即将届满，请尽快申请仲裁。"],
            "told": [{"label": "主题", "text": "社会保险"}],
            "bring": [{"title": "本人身份证件", "requirement": "请提供原件核对"}],
        }
    ],
}
NUMBER_SLIP: Mapping[str, Any] = {
    name: COMMON[name] for name in ("number", "received_at", "hall", "counter", "clerk", "phone")
}
VALUES = {"receipt": RECEIPT, "notice_once": NOTICE, "guidance": GUIDANCE, "report_receipt": NUMBER_SLIP}


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands."""

    instant: datetime = NOON

    def now(self) -> datetime:
        return self.instant

    def today(self) -> date:
        return self.instant.date()


@dataclass
class Shelf:
    """The papers known here, in memory."""

    papers: list[StoredPaper] = field(default_factory=list)

    def by_number(self, number: str, kind: str) -> list[StoredPaper]:
        return [paper for paper in self.papers if (paper.record.number, paper.record.kind) == (number, kind)]

    def by_id(self, paper_id: UUID) -> StoredPaper | None:
        return next((paper for paper in self.papers if paper.record.paper_id == paper_id), None)


def signer(*known: PublicKey, seed: bytes = SEED, clock: FixedClock | None = None) -> Ed25519Signer:
    return Ed25519Signer([SigningKey(seed)], known, clock or FixedClock())


def wording_file(kind: str) -> YamlDocument:
    return read_yaml(WORDING / f"{kind}.yaml")


def wording(kind: str) -> WordingDefinition:
    document = wording_file(kind)
    return build_wording(document.value, document.where)


def record(
    kind: str = "receipt",
    values: Mapping[str, Any] | None = None,
    *,
    practice: bool = False,
    signed_by: Signer | None = None,
    number: int = 1,
) -> PaperRecord:
    """Issue a paper as the services do."""
    filled = VALUES[kind] if values is None else values
    unsigned = PaperRecord(
        paper_id=UUID(int=number),
        kind=kind,
        number=str(filled["number"]),
        case_id=None if kind == "guidance" else UUID(int=2),
        visit_id=UUID(int=3),
        issued_at=NOON,
        content=paper_content(wording(kind), filled, date(2026, 11, 21)),
        content_salt="5a" * 16,
        key_id="",
        signature="",
        practice=practice,
    )
    return sign_record(unsigned, signed_by or signer())


def text_of(pdf: bytes, folder: Path) -> str:
    """Return the text of a PDF in the order it was drawn, without white space."""
    source = folder / "paper.pdf"
    source.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", source, "-"], capture_output=True, check=True)
    return "".join(done.stdout.decode("utf-8").split())


def texts(value: object) -> Iterator[str]:
    """Yield every text that the blocks of a paper say, without white space; ids and settings are none."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key not in ("block", "id", "align", "empty"):
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str):
        yield "".join(value.split())
