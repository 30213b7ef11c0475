"""Rules that are not asked when a student is placed: who answers them instead.

A function takes the Chinese facts of a scenario and where it plays, and gives the sentences that
stand against it. Owners of other aggregates register theirs with ``@scenario_check("name")``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from silian.operations.placements.choices.complaints import (
    ComplaintCategory,
)
from silian.operations.placements.choices.hosts import (
    PayMethod,
)
from silian.operations.placements.choices.insurance import (
    PremiumPayer,
)
from silian.operations.placements.choices.internships import (
    KINDS_IN_POST,
    InternshipKind,
    SelfChoiceState,
)
from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.rules.complaints import advised_channel, fine_range
from silian.operations.placements.rules.files import reason_not_credited
from silian.operations.placements.rules.insurance import reason_not_payable_by, reason_not_settled
from silian.operations.placements.rules.prohibitions.agreement_matters import agreement_findings
from silian.operations.placements.rules.prohibitions.numbers_of_interns import (
    POST_SHARE,
    STAFF_SHARE,
    PeakCount,
    share_finding,
)
from silian.operations.placements.rules.readiness import Readiness, missing_items

Answer = list[tuple[str, str]]
Check = Callable[[dict[str, Any], str], Answer]
scenario_checks: dict[str, Check] = {}
DAY = datetime.date(2026, 3, 1)
READY = {
    "三方协议": "has_agreement",
    "学生同意": "has_student_consent",
    "家长同意": "has_guardian_consent",
    "有企业导师": "has_mentor",
    "安全培训合格": "is_trained",
    "实习责任保险": "has_liability_insurance",
    "人身意外伤害保险": "has_accident_insurance",
}


def scenario_check(name: str) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        scenario_checks[name] = check
        return check

    return register


def severities(*sentences: str | None, severity: str) -> Answer:
    return [(severity, sentence) for sentence in sentences if sentence]


@scenario_check("ready_to_start")
@scenario_check("kinds_of_practice")
def not_ready(facts: dict[str, Any], where: str) -> Answer:
    """What is missing before the start; 认识实习 asks for less."""
    kind = next(kind for kind in InternshipKind if kind.label == facts["实习形式"])
    has = dict.fromkeys((name for name in Readiness.__annotations__ if name != "is_in_post"), True)
    has |= {READY[name]: value for name, value in facts.items() if name in READY}
    missing = missing_items(Readiness(is_in_post=kind in KINDS_IN_POST, **has))
    return [(severity, item.label) for item in missing for severity in ("不得安排", "提示")]


@scenario_check("forced_host_complaint")
def forced_host(facts: dict[str, Any], where: str) -> Answer:
    """A complaint about force goes past the school."""
    forced = facts["投诉事项"] == "强制安排"
    category = ComplaintCategory.FORCED if forced else ComplaintCategory.MISMATCH
    channel = advised_channel([category])
    return severities(channel.label if forced else None, severity="提示")


@scenario_check("numbers_of_interns")
def too_many(facts: dict[str, Any], where: str) -> Answer:
    def base(name: str) -> int | None:
        return None if facts[name] == "未知" else facts[name]

    limits = limits_of(division=where, on=DAY)
    found = [
        share_finding(
            count=PeakCount(interns=facts["同期实习学生"], base=base("在岗职工")),
            limits=limits, provision=STAFF_SHARE, of_whom="在岗职工",
        ),
        share_finding(
            count=PeakCount(interns=facts["同类岗位实习学生"], base=base("同类岗位在岗")),
            limits=limits, provision=POST_SHARE, of_whom="同类岗位在岗人员",
        ),
    ]  # fmt: skip
    return [(str(each.severity.label), each.sentence) for each in found if each]


@scenario_check("agreement_matters")
def matters(facts: dict[str, Any], where: str) -> Answer:
    found = agreement_findings(terms=facts, limits=limits_of(division=where, on=DAY))
    return [(str(each.severity.label), each.sentence) for each in found]


@scenario_check("self_chosen_route")
def self_chosen(facts: dict[str, Any], where: str) -> Answer:
    """An application counts once the school agreed; the host names a mentor."""
    state = next(state for state in SelfChoiceState if state.label == facts["申请状态"])
    waiting = None if state == SelfChoiceState.APPROVED else f"申请{state.label}"
    missing = not_ready({"实习形式": "岗位实习", "有企业导师": facts["有企业导师"]}, where)
    return [*severities(waiting, severity="不得安排"), *missing]


@scenario_check("deductible_costs")
def not_deductible(facts: dict[str, Any], where: str) -> Answer:
    """What is paid to the student and proven may be deducted; the tax rules compute it."""
    limit = limits_of(division=where, on=DAY).of("costs_are_deductible")
    assert limit is not None
    assert limit.force == "permitted"
    direct = facts["支付方式"] == PayMethod.BANK.label
    return severities(
        None if direct else f"付给第三方的支出不能作为{limit.title}的依据",
        None if facts["有发放凭证"] else "没有发放凭证",
        severity="提示",
    )


@scenario_check("insured_without_cost")
def insured(facts: dict[str, Any], where: str) -> Answer:
    payer = next(payer for payer in PremiumPayer if payer.label == facts["保费承担"])
    missing = not_ready({name: facts[name] for name in ("实习形式", "实习责任保险")}, where)
    return [*severities(reason_not_payable_by(payer), severity="不得安排"), *missing]


@scenario_check("insurance_first")
def remainder_open(facts: dict[str, Any], where: str) -> Answer:
    reason = reason_not_settled(
        loss=Decimal(facts["损失"]),
        paid=Decimal(facts["保险赔付"]),
        school_share=Decimal(facts["学校承担"]),
        host_share=Decimal(facts["单位承担"]),
        basis=facts["协议约定"],
    )
    return severities(reason, severity="提示")


@scenario_check("file_before_credit")
def not_credited(facts: dict[str, Any], where: str) -> Answer:
    reason = reason_not_credited(
        is_final=facts["考核已定"],
        percent=facts["完整度"],
        required=facts["要求"],
        missing=["周记"],
        exception="",
    )
    return severities(reason, severity="须说明理由")


@scenario_check("fine_range")
def fine(facts: dict[str, Any], where: str) -> Answer:
    limits = limits_of(division=where, on=DAY)
    if not facts["违法所得"]:
        return []
    found = fine_range(
        income=Decimal(facts["违法所得"]),
        least=limits.value("fine_least_multiple"),
        most=limits.value("fine_most_multiple"),
        base=limits.value("fine_least_base"),
        basis="职业教育法第六十六条",
    )
    return severities(f"{found.low:.0f} 至 {found.high:.0f}", severity="提示")
