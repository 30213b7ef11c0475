"""What the application form and the pledge of a claim say (申请表、承诺书)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.crypto import salted_hmac

from silian.governance.incentives.choices.claims import ClaimScheme
from silian.governance.incentives.models import Claim
from silian.governance.incentives.queries.claim_amounts import amounts_of
from silian.governance.incentives.queries.claim_paper_sources import (
    UNTOLD,
    PaperSource,
    basis_rows,
    line_rows,
    period_words,
    rule_words,
    units_words,
)
from silian.governance.incentives.rules.claim_papers import pledge_lines, yuan_capitals

SALT = "incentives.claim.account"
NOUNS = {ClaimScheme.INTERNSHIP: "名学生", ClaimScheme.APPRENTICESHIP: "名学徒"}


def form_content(source: PaperSource) -> dict[str, Any]:
    """The application form: unit, what is claimed, account, why this much, who answers (申请表)."""
    claim = source.claim
    return {
        **claim_facts(source),
        "unit": unit_rows(claim),
        "account": account_facts(claim),
        "advance": advance_facts(source),
        "lines": line_rows(source),
        "basis": basis_rows(source),
        "statement": claim.statement,
        "opinions": opinions_of(claim),
    }


def claim_facts(source: PaperSource) -> dict[str, Any]:
    """What every paper says about the claim."""
    claim, call = source.claim, source.claim.call
    return {
        "claim": claim.number,
        "organisation": claim.organisation.name,
        "uscc": claim.organisation.uscc or UNTOLD,
        "scheme": call.get_scheme_display(),
        "call": call.title,
        "call_number": call.number,
        "owner": call.owner.name,
        "period": period_words(source),
        "subject": claim.subject_label,
        "heads": str(len(source.counted)),
        "noun": NOUNS.get(ClaimScheme(call.scheme), "项成果"),
        "units": units_words(source.units),
        "unit_name": source.book.unit,
        "planned": f"{claim.planned:.2f}",
        "capitals": yuan_capitals(claim.planned),
        "rule": rule_words(source),
    }


def unit_rows(claim: Claim) -> list[list[str]]:
    """The enterprise as the register has it; what is not registered says so (单位基本情况)."""
    unit = claim.organisation
    size = "、".join(
        filter(None, [unit.get_size_display(), "规模以上" if unit.above_scale else ""])
    )
    contact = "　".join(filter(None, [unit.contact_name, unit.contact_phone]))
    return [
        ["单位名称", unit.name],
        ["统一社会信用代码", unit.uscc or UNTOLD],
        ["单位类别", unit.get_kind_display()],
        ["所在地区", unit.division.label],
        ["行业", unit.industry.name if unit.industry else UNTOLD],
        ["规模", size or UNTOLD],
        ["联系人和电话", contact or UNTOLD],
        ["地址", unit.address or UNTOLD],
    ]


def account_facts(claim: Claim) -> dict[str, str]:
    """Holder and bank; the number only as a keyed mark, to see a change of it (收款账户)."""
    number = claim.account_number
    return {
        "holder": claim.organisation.name,
        "bank": claim.bank_name or "未填写",
        "masked": claim.account_masked or "未填写",
        "mark": salted_hmac(SALT, number, algorithm="sha256").hexdigest() if number else "",
    }


def advance_facts(source: PaperSource) -> dict[str, str]:
    """What is asked in advance and the most that the rule allows; empty where none is paid."""
    claim = source.claim
    if not claim.call.pays_advance:
        return {}
    found = amounts_of(rule=source.rule, items=source.items, facts=claim.facts)
    return {"asked": f"{claim.advance_asked:.2f}", "limit": f"{found.advance_limit:.2f}"}


def opinions_of(claim: Claim) -> list[list[str]]:
    """A box for each step of the call: what it is and who fills it (审核意见)."""
    steps = claim.call.steps.select_related("office").order_by("order", "pk")
    return [[each.title, each.office.name if each.office else "学生所在学校"] for each in steps]


def pledge_content(source: PaperSource) -> dict[str, Any]:
    """The statement of truth: to whom, what is claimed, what the unit declares (承诺书)."""
    return {**claim_facts(source), "lines": pledge_lines(source.book.truth)}


def made_of(source: PaperSource) -> dict[str, str]:
    """The heads, units and amount that a paper was made from, to tell what changed since."""
    return {
        "heads": str(len(source.counted)),
        "units": units_words(source.units),
        "amount": f"{source.claim.planned:.2f}",
        "rule_version": source.claim.rule_version,
    }


def difference_words(then: dict[str, str], now: dict[str, str]) -> str:
    """What changed between two states of a claim, in words (与生成时的差异)."""
    if not then:
        return ""
    pairs = [
        ("计入", f"{then['heads']} 项", f"{now['heads']} 项"),
        ("数量", then["units"], now["units"]),
        ("金额", f"{Decimal(then['amount']):,} 元", f"{Decimal(now['amount']):,} 元"),
        ("规则版本", then["rule_version"], now["rule_version"]),
    ]
    found = [f"{title} {before} → {after}" for title, before, after in pairs if before != after]
    return "，".join(found) or "名册中的事实、收款账户或单位信息有变化"
