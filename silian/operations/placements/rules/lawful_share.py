"""How many students at work each rule of the provision stands against (分规则合规)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from silian.operations.placements.rules.prohibitions.declaration import Finding
from silian.operations.placements.rules.readiness import Missing

TITLES = {
    "IN-02": "实习单位为登记的法人或组织",
    "IN-03": "实习单位合法、守信、安全",
    "IN-04": "使用前实地考察",
    "IN-05": "名单集体研究并公布",
    "IN-06": "实习方案双方共同制定",
    "IN-07": "岗位与专业大类对口",
    "IN-08": "有典型工作任务，不是简单重复劳动",
    "IN-09": "不以营利为目的组织实习",
    "IN-12": "岗位实习一般为 6 个月",
    "IN-13": "双方指定指导人员",
    "IN-14": "三方协议有效",
    "IN-16": "学生和家长知情同意",
    "IN-18": "七种不得安排的情形",
    "IN-19": "工时、休息、加班、夜班和高风险",
    "IN-20": "报酬不低于参照线",
    "IN-21": "以货币按月足额直接支付",
    "IN-23": "不收费、不扣证、不要担保",
    "IN-24": "考核不只看考勤",
    "IN-25": "安全培训考核合格",
    "IN-26": "责任保险和意外险在保",
    "IN-29": "跨省备案、集中住宿管理",
    "IN-32": "未成年人保护",
}
"""Every rule of the requirements that is asked of a student at work; 18a to 18g stand under one."""

MISSING_CODES = {
    "plan": "IN-06",
    "host": "IN-05",
    "inspection": "IN-04",
    "teacher": "IN-13",
    "mentor": "IN-13",
    "agreement": "IN-14",
    "student_consent": "IN-16",
    "guardian_consent": "IN-16",
    "training": "IN-25",
    "liability_insurance": "IN-26",
    "accident_insurance": "IN-26",
}
"""Which rule asks for each thing that may be missing."""

PAY_RULE = "IN-21"


@dataclass(frozen=True, kw_only=True)
class Against:
    """What stands against one student: sentences by rule, refused and to be explained apart."""

    refused: Mapping[str, list[str]]
    noted: Mapping[str, list[str]]


@dataclass(kw_only=True)
class RuleShare:
    """One rule and the students it stands against (规则合规率)."""

    code: str
    title: str
    of: int
    refused: set[int] = field(default_factory=set)
    noted: set[int] = field(default_factory=set)

    @property
    def pk(self) -> str:
        return self.code

    @property
    def lawful(self) -> int:
        return self.of - len(self.refused)

    @property
    def percent(self) -> float | None:
        """None while nobody is at work: there is nothing to divide."""
        return 100 * self.lawful / self.of if self.of else None


def rule_of(code: str) -> str:
    """The number of the requirements without the letter: IN-18c → IN-18."""
    return code.rstrip("abcdefg")


def against(
    *, findings: Iterable[Finding], missing: Iterable[Missing], pay_faults: Iterable[str]
) -> Against:
    """Everything that stands against a student at work, under the number of its rule."""
    refused: dict[str, list[str]] = {}
    noted: dict[str, list[str]] = {}
    for finding in findings:
        held = refused if finding.blocks else noted
        held.setdefault(rule_of(finding.code), []).append(finding.sentence)
    for item in missing:
        refused.setdefault(MISSING_CODES[item.code], []).append(f"缺{item.label}。")
    for fault in pay_faults:
        refused.setdefault(PAY_RULE, []).append(fault)
    return Against(refused=refused, noted=noted)


def rule_shares(found: Mapping[int, Against]) -> list[RuleShare]:
    """Every rule with whom it stands against, the most broken first, then in their order."""
    shares = {
        code: RuleShare(code=code, title=title, of=len(found)) for code, title in TITLES.items()
    }
    for pk, each in found.items():
        for code in each.refused:
            shares[code].refused.add(pk)
        for code in each.noted.keys() - each.refused.keys():
            shares[code].noted.add(pk)
    return sorted(shares.values(), key=lambda share: (-len(share.refused), -len(share.noted)))


def lawful_count(found: Mapping[int, Against]) -> int:
    """How many students nothing is refused about (完全合规人数)."""
    return sum(not each.refused for each in found.values())
