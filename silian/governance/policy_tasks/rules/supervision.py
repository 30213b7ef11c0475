"""What an order must say, who may judge an answer, and which rules never lower a score."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from silian.registers.policies.choices import SOFT_FORCES

DEFAULT_DAYS = 10  # working days, what offices usually give; the supervisor may set another
MOST_DAYS = 60  # a longer matter is a task of its own, not an order
REMINDED_BEFORE = 2  # working days; from then on the clock reads 临期
REPLY_DAYS = 5  # working days for a reply to an accountability record, when no rule gives others
SHORTEST = 5


def is_soft(force: str) -> bool:
    """Whether a rule only encourages; falling short of it is a gap, not a problem (软性要求)."""
    return force in SOFT_FORCES


def order_number(*, year: int, count: int) -> str:
    """The number of an order of its year.

    >>> order_number(year=2026, count=7)
    '督办〔2026〕7号'
    """
    return f"督办〔{year}〕{count}号"


def fault_of_order(
    *, title: str, text: str, demand: str, working_days: int
) -> tuple[str, str] | None:
    """The box and the sentence of what an order lacks, or None."""
    if len(title.strip()) < SHORTEST:
        return "title", "请用一句话写明问题。"
    if len(text.strip()) < SHORTEST:
        return "text", "请写明具体情况：什么事项、什么时候、查到什么。"
    if len(demand.strip()) < SHORTEST:
        return "demand", "请写明整改要求：做到什么程度、报什么材料。"
    if not 1 <= working_days <= MOST_DAYS:
        return "working_days", f"答复期限请填 1 至 {MOST_DAYS} 个工作日；更长的事项请另立任务。"
    return None


def reason_round_not_startable(*, items: int) -> str | None:
    """A round starts with a checklist."""
    return None if items else "督查清单还是空的，请先从任务和目标中列入要查的事项。"


def reason_round_not_closable(*, waiting: int, summary: str) -> str | None:
    """A round ends when every line is checked and summed up."""
    if waiting:
        return f"清单还有 {waiting} 项没有核查，请先登记核查结果。"
    return None if summary.strip() else "请写督查小结后再结束。"


def reason_not_judgeable(*, involved: frozenset[int | None], judge: int | None) -> str | None:
    """Whoever signed for or answered an order does not judge the answer."""
    if judge in involved:
        return "督办单由您本人签收或答复，请由另一位督查人员核查。"
    return None


def reason_reply_too_late(*, today: datetime.date, reply_due_on: datetime.date) -> str | None:
    """A reply counts until its day has passed."""
    if today > reply_due_on:
        return f"申辩期限为 {reply_due_on}，已过期限。请直接联系决定机关。"
    return None


def reason_not_settleable(
    *, today: datetime.date, reply_due_on: datetime.date, replied: bool
) -> str | None:
    """Nothing is upheld before the body has replied or its time to reply is over."""
    if not replied and today <= reply_due_on:
        return f"责任单位可以申辩到 {reply_due_on}，期满或申辩后才能作出复核意见。"
    return None


def scheme_fault(*, weights: Sequence[Decimal]) -> str | None:
    """The three weights make a hundred."""
    total = sum(weights, Decimal(0))
    if total != 100:
        return f"三项权重合计应为 100，现在是 {total.normalize():f}。"
    return None
