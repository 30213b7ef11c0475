"""What students are paid and what nobody may take from them (第十八条、第二十条)."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal

from silian.operations.placements.choices.hosts import (
    PayMethod,
)
from silian.operations.placements.rules.prohibitions.declaration import Rule
from silian.operations.placements.rules.prohibitions.facts import PostFacts
from silian.operations.placements.rules.prohibitions.limits import Limits

POST = frozenset({"post"})
CENT = Decimal("0.01")
NO_FEES = re.compile(r"^\s*(?:无|没有|不收|不收取|0|无费用|—|-)\s*[。.]?\s*$")
DOCUMENT_WORDS = re.compile(r"(?:扣|押|收取|保管).{0,4}(?:证|卡)")
GUARANTEE_WORDS = re.compile(r"担保|保证金|保证人")


def least_pay(*, post: PostFacts, limits: Limits) -> Decimal | None:
    """The lower of the share of the same post's wage and the lowest grade; a host may meet either.

    Basis: 教职成〔2021〕4号第十八条. None while the share or the wage is not known.
    """
    share = limits.value("internship_pay_share")
    if share is None or post.post_wage <= 0:
        return None
    by_share = (share * post.post_wage).quantize(CENT, rounding=ROUND_CEILING)
    return by_share if post.lowest_grade_wage is None else min(by_share, post.lowest_grade_wage)


def yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00")


def paid_too_little(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-20: in principle not under the lower of 80 per cent and the lowest grade."""
    least = least_pay(post=post, limits=limits)
    if least is None or post.pay >= least:
        return None
    return (
        f"实习报酬 {yuan(post.pay)} 元/月，低于参照标准 {yuan(least)} 元/月，"
        f"差距 {yuan(least - post.pay)} 元。相对独立参加工作的应补足。"
    )


def not_in_money(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-21: money, not goods or vouchers, and to an account."""
    if post.pay_method == PayMethod.GOODS:
        return "以实物或有价证券支付报酬。请改为以货币支付到学生本人账户。"
    if post.pay_method == PayMethod.CASH:
        return "以现金支付，无法证明足额到本人。请改为银行转账至学生本人账户。"
    return None


def not_to_the_student(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-21: nobody in between."""
    if post.pay_method != PayMethod.THIRD_PARTY:
        return None
    return "报酬由第三方转付。请改为由单位直接支付到学生本人账户。"


def paid_too_rarely(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-21: at least once a month."""
    most = limits.value("longest_pay_interval")
    if most is None or post.pay_interval_days <= most:
        return None
    return f"每 {post.pay_interval_days} 天支付一次，最长 {most:.0f} 天。请改为按月支付。"


def takes_fees(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-23: no deposit, training fee, commission, management, material or service fee."""
    if not post.fees or NO_FEES.match(post.fees):
        return None
    return f"岗位登记了向学生收取的费用：{post.fees}。任何名目的实习费用都不能收取，请取消。"


def holds_documents(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-23: student card and identity card stay with the student."""
    if not DOCUMENT_WORDS.search(post.fees):
        return None
    return f"岗位登记的内容涉及扣押证件：{post.fees}。学生证、居民身份证等不能扣押，请删除。"


def demands_guarantee(*, post: PostFacts, limits: Limits) -> str | None:
    """IN-23: no guarantee in any form."""
    if not GUARANTEE_WORDS.search(post.fees):
        return None
    return f"岗位登记的内容涉及担保：{post.fees}。不能要求学生提供担保，请删除。"


PAY_RULES = (
    Rule(
        code="IN-20", title="实习报酬的参照标准", provision="internship_pay_share",
        needs=POST, check=paid_too_little, field="pay",
    ),
    Rule(
        code="IN-21", title="不得以物品、代金券代替货币", provision="pay_in_money",
        needs=POST, check=not_in_money, field="pay_method",
    ),
    Rule(
        code="IN-21", title="不得经第三方转发报酬", provision="pay_direct",
        needs=POST, check=not_to_the_student, field="pay_method",
    ),
    Rule(
        code="IN-21", title="至少按月支付", provision="longest_pay_interval",
        needs=POST, check=paid_too_rarely, field="pay_day",
    ),
    Rule(
        code="IN-23", title="不得向学生收取费用", provision="no_fees",
        needs=POST, check=takes_fees, field="fees", only_in_post=False,
    ),
    Rule(
        code="IN-23", title="不得扣押学生证件", provision="no_documents_held",
        needs=POST, check=holds_documents, field="fees", only_in_post=False,
    ),
    Rule(
        code="IN-23", title="不得要求学生提供担保", provision="no_guarantee",
        needs=POST, check=demands_guarantee, field="fees", only_in_post=False,
    ),
)  # fmt: skip
