"""The strict ban and the 27 prohibitions as the public page names them (一个严禁、二十七个不得).

The number 27 is the authorities' own count; which sentences it counts is our reading. The words
are ours, the articles are those of the rulebook.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from silian.operations.placements.choices.hosts import (
    Severity,
)
from silian.operations.placements.rules.prohibitions import RULES
from silian.operations.placements.rules.prohibitions.declaration import capped
from silian.operations.placements.rules.prohibitions.limits import Limit, Limits

ARRANGING, STARTING, RUNNING, COMPLAINT = "安排时", "到岗前", "实习中", "投诉处理"
STRICT_BAN = ("IN-09", "no_profit", "以营利为目的违规组织实习", ARRANGING)
PROHIBITIONS: tuple[tuple[str, str, str, str], ...] = (
    ("IN-10", "no_interference", "干预学校正常安排和实施实习方案", COMPLAINT),
    ("IN-10", "no_forced_host", "强制学校安排学生到指定单位", COMPLAINT),
    ("IN-08", "no_repetitive_labour", "仅安排简单重复劳动", ARRANGING),
    ("IN-07", "post_matches_major", "跨专业大类安排（原则上）", ARRANGING),
    ("IN-14", "signed_agreement", "未签三方协议就安排实习", STARTING),
    ("IN-16", "informed_consent", "未取得学生和家长知情同意就安排", STARTING),
    ("IN-18a", "earliest_year_of_study", "安排一年级学生岗位实习", ARRANGING),
    ("IN-18b", "least_age", "安排未满 16 周岁的学生岗位实习", ARRANGING),
    ("IN-18c", "minors_protected", "安排未成年学生从事禁忌劳动", ARRANGING),
    ("IN-18d", "women_protected", "安排女学生从事禁忌劳动", ARRANGING),
    ("IN-18e", "no_entertainment_venues", "安排到酒吧、歌厅、网吧等场所", ARRANGING),
    ("IN-18f", "no_agencies", "通过中介机构或有偿代理安排、管理", ARRANGING),
    ("IN-18g", "heaviest_labour", "安排Ⅲ级以上体力劳动或有害身心健康的实习", ARRANGING),
    ("IN-19", "no_high_risk", "安排高处、井下、放射、有毒、易燃易爆等较高风险的实习", ARRANGING),
    ("IN-19", "no_holidays", "安排在休息日、法定节假日实习", ARRANGING),
    ("IN-19", "no_overtime", "安排加班", ARRANGING),
    ("IN-19", "no_night_shift", "安排夜班", ARRANGING),
    ("IN-21", "pay_in_money", "以物品、代金券代替货币支付报酬", ARRANGING),
    ("IN-21", "pay_direct", "经第三方转发报酬", RUNNING),
    ("IN-23", "no_fees", "向学生收取押金、培训费、管理费等任何费用", ARRANGING),
    ("IN-23", "no_documents_held", "扣押学生证、居民身份证等证件", ARRANGING),
    ("IN-23", "no_guarantee", "要求学生提供担保或收取财物", ARRANGING),
    ("IN-24", "assessment_not_attendance", "考核简单套用考勤", RUNNING),
    ("IN-24", "assessment_not_staff_standard", "考核简单套用员工标准", RUNNING),
    ("IN-25", "trained_before_start", "未经安全培训或考核不合格就上岗", STARTING),
    ("IN-26", "premium_not_charged", "向学生另收责任保险费", STARTING),
    ("IN-26", "premium_not_deducted", "从报酬中抵扣责任保险费", RUNNING),
)


@dataclass(frozen=True, kw_only=True)
class PublishedRule:
    """One prohibition as everybody may read it (公示的规则)."""

    number: int
    code: str
    forbids: str
    checked: str
    limit: Limit
    severity: Severity

    @property
    def is_refused(self) -> bool:
        """Whether the platform lets nobody go on."""
        return self.checked != COMPLAINT and self.severity == Severity.BLOCK

    @property
    def effect(self) -> str:
        """What the platform does."""
        if self.checked == COMPLAINT:
            return "受理投诉，主管部门处理"
        if self.is_refused:
            return "拦截"
        return "提示，须写理由"

    @property
    def tone(self) -> str:
        return "late" if self.is_refused else "watch"

    @property
    def since(self) -> datetime.date:
        return self.limit.valid_from

    @property
    def evidence_words(self) -> str:
        if not self.limit.is_certain:
            return "待与公布文本核对，只提示"
        return "来源已核" if self.limit.is_sourced else "条文编号待核"


CAPS = {rule.provision: rule.at_most for rule in RULES} | {
    "assessment_not_staff_standard": Severity.WARN  # told by the student's disagreement
}


def published_rules(*, limits: Limits) -> list[PublishedRule]:
    """The strict ban (number 0) and the prohibitions in force, in the order of the page."""
    named = [STRICT_BAN, *PROHIBITIONS]
    return [
        PublishedRule(
            number=number,
            code=code,
            forbids=forbids,
            checked=checked,
            limit=limit,
            severity=capped(limit, at_most=CAPS.get(provision, Severity.BLOCK)),
        )
        for number, (code, provision, forbids, checked) in enumerate(named)
        if (limit := limits.of(provision)) is not None
    ]
