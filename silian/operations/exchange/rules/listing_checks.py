"""What the automatic checks found in a listing, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from silian.operations.exchange.kinds.declaration import ListingKind

LONGEST_CAUSE = 300


RULE_LABELS: dict[str, str] = {
    "sex": "性别歧视",
    "marriage": "婚育歧视",
    "age": "年龄限制",
    "ethnicity": "民族歧视",
    "religion": "宗教信仰歧视",
    "household_registration": "户籍限制",
    "health": "健康歧视",
    "body": "身高体貌限制",
    "fee": "向求职者收费",
    "held_papers": "扣押证件",
    "pay_bait": "误导性报酬",
    "no_base_pay": "未写底薪",
    "pay_span": "报酬范围过宽",
    "intern_place": "禁止实习的场所",
    "intern_agency": "中介代理实习",
    "intern_heavy_work": "高强度劳动",
    "intern_danger": "危险岗位",
    "intern_hours": "夜班与加班",
    "intern_fee": "向实习学生收费",
    "identity_number": "公开证件号码",
    "phone": "公开电话",
    "email": "公开邮箱",
    "qq": "公开 QQ",
    "wechat": "公开微信",
    "unusual_title": "标题与职业不符",
}


@dataclass(frozen=True, kw_only=True)
class CheckFinding:
    """Words that a rule of publication objects to (检查发现).

    One that ``blocks`` must be changed or judged by a person; the others send the listing to a
    person without asking the publisher.
    """

    code: str
    words: str
    sentence: str
    field: str = ""
    basis: str = ""
    blocks: bool = True

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def findings_from(data: Iterable[dict[str, Any]]) -> list[CheckFinding]:
    """Findings as a review stored them."""
    return [CheckFinding(**item) for item in data]


def needs_review(*, kind: ListingKind, findings: Sequence[CheckFinding]) -> bool:
    """Whether a person must look before this listing is published (须人工审核)."""
    return kind.always_reviewed or bool(findings)


def review_cause(*, kind: ListingKind, findings: Sequence[CheckFinding], note: str) -> str:
    """Why a person is asked, in one line (送审原因)."""
    parts = [f"“{kind.label}”均须人工审核"] if kind.always_reviewed else []
    parts += [f"{rule_label(finding.code)}：“{finding.words}”" for finding in findings]
    if note.strip():
        parts.append(f"发布单位说明：{note.strip()}")
    return "；".join(parts)[:LONGEST_CAUSE]


def rule_label(code: str) -> str:
    """The name of a rule for people (规则名称)."""
    return RULE_LABELS.get(code, code)
