"""When an intern is insured, who may pay, and what remains after the insurance paid."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from silian.foundation.kernel.periods import Period
from silian.operations.placements.choices.insurance import (
    LAWFUL_PAYERS,
    PremiumPayer,
)

ONE_DAY = datetime.timedelta(days=1)
PAYER_BASIS = "教职成〔2021〕4号（安全职责）"


def gaps(*, stay: Period, covers: Iterable[Period]) -> list[Period]:
    """The parts of ``stay`` that no cover reaches, in order (未保期间)."""
    assert stay.ends is not None
    left, found = stay.starts, []
    for cover in sorted(covers):
        if cover.ends is not None and cover.ends <= left:
            continue
        if cover.starts >= stay.ends:
            break
        if cover.starts > left:
            found.append(Period(left, cover.starts))
        left = cover.ends or stay.ends
        if left >= stay.ends:
            return found
    return [*found, Period(left, stay.ends)]


def gap_days(*, stay: Period, covers: Iterable[Period]) -> int:
    """How many days of the stay are not insured (未保天数). Basis: IN-26."""
    return sum(gap.days for gap in gaps(stay=stay, covers=covers))


def reason_not_payable_by(payer: str) -> str | None:
    """Why this payer may not bear the premium, or None. Basis: 教职成〔2021〕4号, 安全职责."""
    if payer in LAWFUL_PAYERS:
        return None
    words = "由学生缴纳" if payer == PremiumPayer.STUDENT else "从实习报酬中扣除"
    return f"实习保险费不得{words}（{PAYER_BASIS}）。请改为由学校或实习单位承担。"


def remainder(*, loss: Decimal, paid: Decimal) -> Decimal:
    """What is left for the agreement to divide (其余部分). Basis: 教职成〔2016〕3号第三十六条."""
    return max(loss - paid, Decimal(0))


def reason_not_settled(
    *, loss: Decimal, paid: Decimal, school_share: Decimal, host_share: Decimal, basis: str
) -> str | None:
    """Why an accident is not settled yet, or None (IN-27: insurance first, then the agreement)."""
    left = remainder(loss=loss, paid=paid)
    if not left:
        return None
    if not basis.strip():
        return f"保险赔付后还剩 {left} 元，请写明协议对其余部分的约定。"
    if school_share + host_share < left:
        short = left - school_share - host_share
        return f"其余部分还有 {short} 元没有承担方，不得由学生承担，请按协议分给学校或实习单位。"
    return None
