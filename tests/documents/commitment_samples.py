"""The papers of commitments with made-up people, and what each must say."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tests.documents.samples import NOON, signer, wording
from tests.documents.samples import record as plain_record

from window_app.documents.signature import sign_record
from window_app.domain.papers import PaperRecord
from window_app.forms.wording import compose, paper_content
from window_app.forms.wording_texts import json_values

ON = date(2026, 11, 21)
NAME = "欧阳𬭚䶮"
OFFICE = "练习区公共就业服务中心"
CERTIFICATE = "终止或者解除劳动关系的证明"


def ink(strokes: int = 4, points: int = 25) -> list[list[list[float]]]:
    """Return a drawing as a pad hands it in."""
    drawn = []
    for stroke in range(strokes):
        along = [place / (points - 1) for place in range(points)]
        drawn.append(
            [
                [
                    round(0.1 + 0.8 * stroke / strokes + 0.12 * part, 4),
                    round(0.5 + 0.3 * math.sin(part * 7 + stroke), 4),
                    stroke * 500 + int(part * 350),
                ]
                for part in along
            ]
        )
    return drawn


PAIR: Mapping[str, Any] = {
    "number": "ZY-261121-7K4M2-9QTRWX",
    "told_at": NOON,
    "hall": "练习区人力资源和社会保障服务大厅",
    "counter": "3号综合窗口",
    "clerk": "王敏",
    "phone": "12333",
    "applicant": {"name": NAME, "id_number": "11010519900307231X", "phone": "13800000000"},
    "matter_title": "失业登记",
    "office": OFFICE,
    "replaced": ["终止、解除劳动关系证明原件"],
    "item": "失业登记所需的离职证明",
    "certificate": CERTIFICATE,
    "authority": "原用人单位",
    "content": "申请人与原用人单位已经终止或者解除劳动关系，目前处于失业状态。",
    "conditions": "劳动关系已经终止或者解除，所填日期和原因属实，目前没有就业。",
    "basis": [{"law": "社会保险法", "article": 50, "paragraph": 2}],
    "verification": "after",
    "verify_within": {"amount": 30, "unit": "workdays"},
    "methods": ["网络核验", "书面核查"],
    "publication": "不向社会公开，只供办理和核查使用。",
    "civil_more": "",
    "administrative_more": "骗取待遇的另受处罚。",
    "criminal_more": "",
}
WARD: Mapping[str, Any] = {"name": "古丽巴哈尔·买买提吐尔逊", "relation": "母亲", "id_number": "11010519700307231X"}
_CASE: Mapping[str, Any] = {
    "number": "000000-PRAC-261121-0003-7KX",
    "office": OFFICE,
    "phone": "12333",
    "applicant": {"name": NAME},
    "matter_title": "失业登记",
    "certificate": CERTIFICATE,
    "made_on": ON,
    "found": ["经联网核验，当事人仍由练习区星星餐饮管理有限公司缴纳社会保险费"],
    "basis": [{"law": "某市办法", "article": "16"}],
}
VALUES: Mapping[str, Mapping[str, Any]] = {
    "commitment_notice": PAIR,
    "commitment_letter": PAIR,
    "commitment_refusal": {
        **{name: PAIR[name] for name in PAIR if not name.endswith("_more")},
        "reasons": [
            {
                "reason": "曾作出不实承诺，信用尚未修复。",
                "basis": [{"law": "安阳市政务服务条例", "article": "29"}],
                "repair": "改正后向作出决定的机关申请信用修复。",
            }
        ],
    },
    "commitment_hearing": {
        **_CASE,
        "told_at": NOON,
        "intended": ["终止办理失业登记"],
        "respond_by": date(2026, 11, 28),
    },
    "commitment_decision": {
        **_CASE,
        "decision_number": "J000000-JYJ-2611-0001-7K",
        "decided_on": date(2026, 12, 5),
        "outcome": "revoked",
        "notice_on": date(2026, 11, 28),
        "heard": ["单位没有说还在缴费"],
        "reason": ["缴费记录和考勤记录互相印证，意见不能成立"],
        "recovery": ["已经领取的失业保险金3000元应当退回"],
        "listed": True,
    },
    "commitment_repair": {
        **_CASE,
        "decision_number": "J000000-JYJ-2611-0001-7K",
        "decided_on": date(2026, 12, 5),
        "repaired_on": date(2027, 1, 5),
        "effect": "repaired",
        "repair": ["已经全额退回失业保险金"],
    },
}

# What FACTS section 5 demands (the office's papers: the articles named beside them), typed from there and not from
# the files: element, block and item that say it, the words by which it is known on the paper, values that call it up.
_NONE: Mapping[str, Any] = {}
_SIGNED: Mapping[str, Any] = {"ink": ink(), "signed_on": ON}
_WARD: Mapping[str, Any] = {"signer": WARD, "guardian": True}
Demand = tuple[str, str, str, Mapping[str, Any]]
DEMANDED: Mapping[str, tuple[Demand, ...]] = {
    "commitment_notice": (
        ("事项名称", "told.item", "失业登记所需的离职证明", _NONE),
        ("证明名称", "told.certificate", "（出具单位：原用人单位）；作出承诺的，不再提交", _NONE),
        ("设定依据", "told.basis", "《社会保险法》第五十条第二款", _NONE),
        ("证明内容", "told.content", "已经终止或者解除劳动关系，目前处于失业状态", _NONE),
        ("办理条件", "told.conditions", "所填日期和原因属实", _NONE),
        ("承诺方式", "told.method", "须由申请人本人签名，不接受代为承诺。", _NONE),
        ("承诺方式（监护人）", "told.method_guardian", "由其法定监护人签名", {"guardian": True}),
        ("承诺效力", "told.effect", "不再要求您提交该证明，依据承诺办理", _NONE),
        ("核查权力（免予）", "told.verification_exempt", "免予事后逐件核查", {"verification": "exempt"}),
        ("核查权力（事中）", "told.verification_during", "有权在办结以前以网络核验", {"verification": "during"}),
        ("核查权力（事后）", "told.verification_after", "有权在办结以后以网络核验、书面核查的方式核查", _NONE),
        ("是否公开及范围时限", "told.publication", "不向社会公开，只供办理和核查使用", _NONE),
        ("公布地点", "told.displayed", "公布于某网站", {"displayed": "某网站"}),
        ("公布地点（服务场所）", "told.displayed_here", "服务大厅等服务场所和办理机关的门户网站", _NONE),
        ("民事责任", "liability.civil", "民事责任：", _NONE),
        ("行政责任", "liability.administrative", "行政责任：终止办理、责令限期整改、撤销行政决定", _NONE),
        ("刑事责任", "liability.criminal", "刑事责任：", _NONE),
        ("自主选择", "choice", "您可以自主选择：提交该证明，或者书面承诺", _NONE),
        ("谁不可用", "rights.excluded", "在信用修复前不适用告知承诺制，请提交证明", _NONE),
        ("撤回", "rights.withdrawal", "有合理理由的可以撤回承诺", _NONE),
        ("撤回（考试）", "rights.withdrawal_examination", "未缴费且报名截止以前", {"examination": True}),
        ("咨询", "rights.contact", "咨询、撤回和异议：", _NONE),
        ("告知人签名", "signature.clerk_signature", "告知人（签名）", _NONE),
        ("文书名称", "title", "告知承诺制告知书", _NONE),
        ("核验码", "qr", "扫码核验真伪", _NONE),
    ),
    "commitment_letter": (
        ("文书名称", "title", "告知承诺制承诺书", _NONE),
        ("承诺人", "particulars.applicant", f"承诺人{NAME}", _NONE),
        ("证件号码", "particulars.id_number", "证件号码11010519900307231X", _NONE),
        ("代替的证明", "particulars.certificate", f"{CERTIFICATE}（出具单位", _NONE),
        ("已知晓告知事项", "pledges.known", "已经收到并知晓行政机关一次性告知的全部内容", _NONE),
        ("已符合相关条件", "pledges.met", "本人已经符合办理条件：劳动关系已经终止", _NONE),
        ("证明内容属实", "pledges.content", "所要证明的内容属实：申请人与原用人单位", _NONE),
        ("信息真实、愿接受核查", "pledges.accurate", "愿意接受并配合行政机关的核查", _NONE),
        ("愿意承担法律责任", "pledges.liable", "愿意承担不实承诺的法律责任", _NONE),
        ("意思表示真实", "pledges.genuine", "本人的真实意思表示", _NONE),
        ("承诺人签名", "signing.applicant_signature", "承诺人（签名）：", _NONE),
        ("单位签名盖章", "signing.employer_signature", "法定代表人或者负责人（签名、盖章）", {"employer": True}),
        ("承诺日期（屏幕）", "signing.signed_on", "承诺日期：2026年11月21日", _SIGNED),
        ("承诺日期（纸面）", "signing.signed_on_paper", "承诺日期：年月日", _NONE),
        ("监护人姓名", "signing_guardian.guardian_name", f"法定监护人：{WARD['name']}", _WARD),
        ("监护人关系", "signing_guardian.guardian_relation", "与承诺人的关系：母亲", _WARD),
        ("监护人证件号码", "signing_guardian.guardian_number", "监护人证件号码：11010519700307231X", _WARD),
        ("监护人签名", "signing_guardian.guardian_signature", "法定监护人（签名）：", _WARD),
        ("监护人承诺日期（屏幕）", "signing_guardian.signed_on", "承诺日期：2026年11月21日", {**_WARD, **_SIGNED}),
        ("监护人承诺日期（纸面）", "signing_guardian.signed_on_paper", "承诺日期：年月日", _WARD),
        ("是否公开", "publication", "本承诺书的公开：不向社会公开", _NONE),
        ("核验码", "qr", "扫码核验真伪", _NONE),
    ),
    "commitment_refusal": (
        ("文书名称", "title", "不适用告知承诺告知单", _NONE),
        ("编号", "particulars.number", "编号ZY-261121-7K4M2-9QTRWX", _NONE),
        ("告知时间", "particulars.told_at", "2026年11月21日12:00", _NONE),
        ("证明名称", "particulars.certificate", f"{CERTIFICATE}（出具单位", _NONE),
        ("理由", "reasons.reason", "曾作出不实承诺，信用尚未修复。", _NONE),
        ("依据", "reasons.basis", "《安阳市政务服务条例》第二十九条", _NONE),
        ("解决办法", "reasons.repair", "改正后向作出决定的机关申请信用修复", _NONE),
        ("提交证明", "notes.prove", "按原程序提交终止、解除劳动关系证明原件即可", _NONE),
        ("不是决定", "notes.nature", "不是对所申办事项的决定", _NONE),
        ("异议、救济", "notes.objection", "可以依法申请行政复议或者提起行政诉讼", _NONE),
        ("咨询", "notes.contact", "联系人：王敏", _NONE),
        ("核验码", "qr", "扫码核验真伪", _NONE),
    ),
    "commitment_hearing": (
        ("文书名称", "title", "陈述申辩（听证）权利告知书", _NONE),
        ("收件编号", "particulars.number", "收件编号000000-PRAC", _NONE),
        ("查明的事实", "found", "查明的情况是：经联网核验", _NONE),
        ("拟作出的处理、依据", "intended", "拟作出如下处理：终止办理失业登记", _NONE),
        ("陈述申辩权，不因此加重", "rights.statement", "不因您的陈述、申辩加重处理", _NONE),
        ("提出的期限", "rights.respond_by", "请在2026年11月28日（含当日）以前提出", _NONE),
        ("听证权", "rights.hearing", "收到本告知书之日起五日内提出", {"hearing": True}),
        ("不再要求证明", "rights.no_papers", "不要求您另行提交证明", _NONE),
        ("放弃", "rights.waiver", "明确放弃陈述、申辩的", _NONE),
        ("向谁提出", "rights.contact", f"到{OFFICE}当面提出", _NONE),
        ("经办人签名", "signature.clerk_signature", "经办人（签名）", _NONE),
        ("核验码", "qr", "扫码核验真伪", _NONE),
    ),
    "commitment_decision": (
        ("决定文号", "particulars.decision_number", "J000000-JYJ-2611-0001-7K", _NONE),
        ("决定日期", "particulars.decided_on", "决定日期2026年12月5日", _NONE),
        ("当事人", "particulars.applicant", f"当事人{NAME}", _NONE),
        ("事实", "found", "查明：经联网核验", _NONE),
        ("事先告知", "notice", "于2026年11月28日告知当事人", _NONE),
        ("听取意见", "heard", "单位没有说还在缴费", _NONE),
        ("没有意见", "waived", "当事人没有提出陈述、申辩意见", {"heard": None, "waived": True}),
        ("理由", "reason", "本机关认为：缴费记录和考勤记录互相印证", _NONE),
        ("终止办理", "ended", "决定：终止办理上列事项", {"outcome": "ended"}),
        ("限期整改", "corrected", "决定：责令当事人限期整改", {"outcome": "corrected"}),
        ("撤销决定", "revoked", "决定：撤销依据该承诺作出的行政决定", _NONE),
        ("维持", "upheld", "承诺有效，上列事项继续办理", {"outcome": "upheld"}),
        ("追回", "effects.recovery", "款项追回：已经领取的", _NONE),
        ("信用记录及修复", "effects.listed", "在信用修复前，不再适用告知承诺制", _NONE),
        ("异议", "effects.objection", "异议成立的，撤销该记录", _NONE),
        ("救济", "effects.remedy", "六十日内依法申请行政复议", _NONE),
        ("送达", "signature.served", "当事人（签收）", _NONE),
        ("核验码", "qr", "扫码核验真伪", _NONE),
    ),
    "commitment_repair": (
        ("决定文号", "particulars.decision_number", "J000000-JYJ-2611-0001-7K", _NONE),
        ("修复日期", "particulars.repaired_on", "修复日期2027年1月5日", _NONE),
        ("确认修复", "confirmed", "信用记录于2027年1月5日修复", _NONE),
        ("撤销记录", "struck", "对信用记录提出的异议成立", {"effect": "struck"}),
        ("可以重新承诺", "effects.again", "可以重新选择告知承诺", _NONE),
        ("可以出示", "effects.show", "窗口可以核验真伪后处理", _NONE),
        ("核验码", "qr", "扫码核验真伪", _NONE),
    ),
}
KINDS = tuple(DEMANDED)


def filled(kind: str, **more: object) -> dict[str, Any]:
    """Return the values of a paper, some of them other ones."""
    return {name: value for name, value in {**VALUES[kind], **more}.items() if value is not None}


def pair_record(**more: object) -> PaperRecord:
    """Return notice and commitment as one record."""
    values = filled("commitment_notice", **more)
    notice, letter = (compose(wording(kind), values, ON) for kind in ("commitment_notice", "commitment_letter"))
    content = {
        "paper": "commitment_pair",
        "layout": 1,
        "title": {"zh": "证明事项告知承诺书"},
        "blocks": [*notice, {"block": "page", "id": "letter"}, *letter],
        "copies": ["申请人持", "窗口存"],
        "values": json_values(values),
    }
    return _again("commitment_pair", content)


def commitment_record(kind: str, **more: object) -> PaperRecord:
    """Return the record of a paper; of notice and letter the pair."""
    if kind in ("commitment_notice", "commitment_letter"):
        return pair_record(**more)
    return _again(kind, paper_content(wording(kind), filled(kind, **more), ON))


def _again(kind: str, content: Mapping[str, Any]) -> PaperRecord:
    number = str(content["values"]["number"])
    unsigned = replace(plain_record(), kind=kind, number=number, content=content, key_id="", signature="")
    return sign_record(unsigned, signer())
