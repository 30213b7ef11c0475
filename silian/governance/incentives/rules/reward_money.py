"""Where the money of a reward stands, and when it may not move."""

from __future__ import annotations

from decimal import Decimal

from silian.foundation.kernel.money import format_yuan
from silian.governance.incentives.choices.rewards import RewardMoneyStanding as S


def standing_of_money(
    *,
    entitled: Decimal,
    paid: Decimal,
    in_flight: Decimal,
    to_recover: Decimal,
    failed: bool,
    has_account: bool,
) -> S:
    """Where the money of one unit stands, the most pressing first (奖励资金)."""
    if to_recover:
        return S.TO_RECOVER
    if not entitled:
        return S.CLOSED
    if failed:
        return S.FAILED
    if in_flight:
        return S.ORDERED
    if paid >= entitled:
        return S.PAID
    return S.TO_ORDER if has_account else S.NO_ACCOUNT


def reason_not_orderable(
    *, valid: bool, has_account: bool, recovering: bool, withheld: str
) -> str | None:
    """Why a reward may not be paid now, or None; ``withheld`` is the basis of a restriction."""
    if not valid:
        return "这条奖励已更正或撤回，不能安排支付。"
    if not has_account:
        return "对方还没有填写收款账户，不能安排支付。平台已提醒对方填写。"
    if recovering:
        return "这笔奖励正在办理收回，办结以前不再支付。"
    return f"这家单位有不予补助的约束（{withheld}），不能安排支付。" if withheld else None


def reason_not_withdrawable(*, paid: Decimal, in_flight: Decimal) -> str | None:
    """Why a reward with money cannot simply be withdrawn, or None (先告知、后收回)."""
    if in_flight:
        return (
            f"有 {format_yuan(in_flight)} 元已送银行或退票未处理，现在不能撤回。"
            "请在银行结果登记后再办理。"
        )
    if paid:
        return f"已付 {format_yuan(paid)} 元，不能直接撤回。请先告知拟收回，听取对方陈述。"
    return None
