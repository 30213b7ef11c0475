"""Money of a project: what may be entered, and how the parts stand to the whole (资金规则)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal("0.00")


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """One source: planned, allotted, paid (资金来源一行)."""

    source: str
    label: str
    planned: Decimal
    allotted: Decimal
    paid: Decimal

    @property
    def to_come(self) -> Decimal:
        """What the plan still waits for (待下达)."""
        return self.planned - self.allotted

    @property
    def to_pay(self) -> Decimal:
        """Allotted and not yet paid (未付)."""
        return self.allotted - self.paid


def plan_gap(*, total: Decimal, planned: Mapping[str, Decimal]) -> Decimal:
    """Total investment less all planned sources; nothing when the plan closes (资金缺口).

    >>> plan_gap(total=Decimal(100), planned={"local": Decimal(60), "loan": Decimal(30)})
    Decimal('10')
    """
    return total - sum(planned.values(), NOTHING)


def reason_not_recordable(
    *, kind: str, amount: Decimal, allotted: Decimal, paid: Decimal
) -> str | None:
    """Why a movement may not be entered, or None: what is paid was allotted before."""
    if amount <= 0:
        return "金额应大于 0。"
    if kind == "paid" and paid + amount > allotted:
        left = allotted - paid
        return f"已下达未拨付的只有 {left:,.2f} 元，不能拨付 {amount:,.2f} 元。请先登记下达。"
    return None


def reason_not_voidable(
    *, kind: str, amount: Decimal, allotted: Decimal, paid: Decimal
) -> str | None:
    """Why a movement may not be struck out, or None: nothing paid may lose its allotment."""
    if kind == "allotted" and allotted - amount < paid:
        return f"这笔下达已拨付 {paid:,.2f} 元，不能作废。请先作废对应的拨付。"
    return None


def reason_not_reportable(
    *,
    completed: Decimal,
    total: Decimal,
    before: Decimal | None,
    is_repeat: bool,
    reason: str,
) -> str | None:
    """Why a month's completed investment may not be entered, or None (投资进度)."""
    if completed < 0:
        return "累计完成投资不能小于 0。"
    if completed > total:
        return f"累计完成投资不能超过总投资 {total:,.2f} 元。总投资有变化请先修改项目。"
    if reason.strip():
        return None
    if is_repeat:
        return "本月已登记过。要更正请写明理由，原数会保留。"
    if before is not None and completed < before:
        return f"比上次登记的 {before:,.2f} 元少。累计数不能无故减少，确需更正请写明理由。"
    return None


def planned_by(
    *, total: Decimal, starts: datetime.date | None, ends: datetime.date | None, on: datetime.date
) -> Decimal | None:
    """What should be completed by a day when the work goes evenly (按期应完成); None without days.

    >>> planned_by(
    ...     total=Decimal(100), starts=datetime.date(2026, 1, 1),
    ...     ends=datetime.date(2026, 1, 11), on=datetime.date(2026, 1, 6),
    ... )
    Decimal('50.00')
    """
    if starts is None or ends is None or ends <= starts:
        return None
    passed = min(max((on - starts).days, 0), (ends - starts).days)
    return (total * passed / (ends - starts).days).quantize(Decimal("0.01"))
