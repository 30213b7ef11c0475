"""Where an internship may be: the host, its business, who is paid (第二条至第十条、第十六条)."""

from __future__ import annotations

from silian.operations.placements.choices.hosts import (
    Severity,
)
from silian.operations.placements.rules.prohibitions.declaration import Rule
from silian.operations.placements.rules.prohibitions.facts import HostFacts, PostFacts
from silian.operations.placements.rules.prohibitions.limits import Limits

HOST = frozenset({"host"})
POST = frozenset({"post"})


def not_registered(*, host: HostFacts, limits: Limits) -> str | None:
    """IN-02: a host is a registered legal person, bases on campus included."""
    if host.uscc and host.is_registered:
        return None
    return "单位没有核验的统一社会信用代码，不能作实习单位。请先完成单位核验。"


def not_eligible(*, host: HostFacts, limits: Limits) -> str | None:
    """IN-03: lawful, of good credit, no safety violation in three years, licence valid."""
    if host.is_suspended:
        return "单位已被暂停，不能安排新的实习。恢复后再办理。"
    if host.is_removed:
        return "学校已把该单位移出实习单位名单，不能安排新的实习。"
    wrong = [
        name
        for name, is_wrong in (
            ("有严重失信记录", host.is_credit_clean is False),
            ("近三年有安全生产违法记录", host.had_safety_violation is True),
            ("登记证照无效", host.is_licence_valid is False),
        )
        if is_wrong
    ]
    if wrong:
        return f"单位{'、'.join(wrong)}，不符合实习单位条件。请另选单位。"
    unknown = [
        name
        for name, value in (
            ("信用", host.is_credit_clean),
            ("安全生产", host.had_safety_violation),
            ("证照", host.is_licence_valid),
        )
        if value is None
    ]
    return f"单位的{'、'.join(unknown)}情况还没有核查，核查后再安排。" if unknown else None


def not_inspected(*, host: HostFacts, limits: Limits) -> str | None:
    """IN-04: no placement without an approved report of the visit."""
    if not host.is_inspected:
        return "没有经审核的实地考察报告。请先考察并由另一人审核。"
    if host.inspection_suits is False:
        return "最近一次实地考察的结论是不适合接收实习学生。请另选单位或重新考察。"
    return None


def not_published(*, host: HostFacts, limits: Limits) -> str | None:
    """IN-05: the list of hosts is decided collectively and published."""
    if host.is_published:
        return None
    missing = "尚未公布" if host.is_decided else "尚未集体研究"
    return f"实习单位名单{missing}。请先由学校集体研究并公布名单。"


def for_profit(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-09: nobody may be paid by the head for interns."""
    if not post.is_paid_by_school_head:
        return None
    return "岗位登记了按人数向学校支付费用，属于以营利为目的组织实习。请取消这项费用。"


def entertainment_venue(*, post: PostFacts, host: HostFacts, limits: Limits) -> str | None:
    """IN-18e: bars, dance halls, bath houses, game arcades, internet cafes, by GB/T 4754."""
    listed = limits.keys("entertainment_industries")
    for owner, code in (("岗位", post.industry), ("单位", host.industry)):
        if code in listed:
            return f"{owner}行业为 {code} {listed[code]}，不能安排学生实习。请另选单位。"
    return None


def agency(*, post: PostFacts, host: HostFacts, limits: Limits) -> str | None:
    """IN-18f: no intermediary and no paid agent organises, arranges or manages."""
    listed = limits.keys("agency_industries")
    if host.industry in listed:
        return (
            f"单位行业为 {host.industry} {listed[host.industry]}，"
            "中介机构和劳务派遣单位不能组织、安排和管理学生实习。请由学校与用人单位直接安排。"
        )
    if post.is_through_agency:
        return "岗位登记为通过中介或劳务派遣安排，不能接收学生。请由学校与用人单位直接安排。"
    return None


def offences_not_checked(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-32: posts close to minors need the check of offence records."""
    if not post.is_close_to_minors or post.offence_check:
        return None
    return "岗位密切接触未成年人，没有登记违法犯罪记录查询情况。请查询后填写。"


POST_HOST = POST | HOST
PLACE_RULES = (
    Rule(
        code="IN-02", title="实习单位应为登记的法人或组织", provision="host_is_registered",
        needs=HOST, check=not_registered, field="host", only_in_post=False,
    ),
    Rule(
        code="IN-03", title="实习单位应合法、守信、安全", provision="host_is_eligible",
        needs=HOST, check=not_eligible, field="host", only_in_post=False,
    ),
    Rule(
        code="IN-04", title="使用前应实地考察", provision="host_is_inspected",
        needs=HOST, check=not_inspected, field="host",
    ),
    Rule(
        code="IN-05", title="名单应集体研究并公布", provision="host_is_published",
        needs=HOST, check=not_published, field="host",
    ),
    Rule(
        code="IN-09", title="严禁以营利为目的组织实习", provision="no_profit",
        needs=POST, check=for_profit, field="is_paid_by_school_head", only_in_post=False,
    ),
    Rule(
        code="IN-18e", title="不得到娱乐性场所实习", provision="no_entertainment_venues",
        needs=POST_HOST, check=entertainment_venue, field="industry", only_in_post=False,
    ),
    Rule(
        code="IN-18f", title="不得通过中介或有偿代理", provision="no_agencies",
        needs=POST_HOST, check=agency, field="is_through_agency", only_in_post=False,
    ),
    Rule(
        code="IN-32", title="密切接触未成年人的岗位应先查询", provision="offences_checked",
        needs=POST, check=offences_not_checked, field="offence_check", at_most=Severity.WARN,
        only_in_post=False,
    ),
)  # fmt: skip
