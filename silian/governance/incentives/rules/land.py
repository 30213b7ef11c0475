"""What a land case may get, what is missing, and which step may follow."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from silian.governance.incentives.choices.land import SupplyMode


@dataclass(frozen=True, kw_only=True)
class LandGate:
    """One condition with its verdict, clause and cure (资格核对项)."""

    title: str
    passed: bool | None
    clause: str
    cure: str


@dataclass(frozen=True, kw_only=True)
class Eligibility:
    """How the project may get its land, and what is still unknown (供地资格)."""

    place: str
    has_rule: bool
    managed_as_education: bool | None
    modes: tuple[SupplyMode, ...]
    gates: tuple[LandGate, ...] = ()
    missing: tuple[str, ...] = ()
    version: str = ""


def modes_open(*, allocation: bool | None) -> tuple[SupplyMode, ...]:
    """Transfer and lease are open to everybody; allocation where its gate is open."""
    free = (SupplyMode.TRANSFER, SupplyMode.LEASE)
    return (SupplyMode.ALLOCATION, *free) if allocation else free


def reason_not_complete(*, area: Decimal | None, in_catalogue: bool | None) -> str | None:
    """Why the papers are not complete, or None."""
    if area is None:
        return "用地面积还没有填写，请补充后再确认材料齐。"
    if in_catalogue is None:
        return "是否符合《划拨用地目录》还没有核对，请先核对。"
    return None


def reason_mode_closed(*, mode: str, modes: tuple[str, ...]) -> str | None:
    """Why the chosen way of supply is not open to the case, or None."""
    if mode not in modes:
        return "资格核对没有通过划拨条件，不能拟以划拨方式供地。请选出让或租赁。"
    return None


def reason_not_own_plan(*, is_planner: bool) -> str | None:
    return "供地方案由您拟订，请由另一位经办人员登记批准结果。" if is_planner else None


def reason_day_wrong(*, on: datetime.date, last: datetime.date, today: datetime.date) -> str | None:
    """Why a step may not be dated so, or None."""
    if on > today:
        return "办理日不能晚于今天。"
    if on < last:
        return f"办理日不能早于上一步的 {last:%Y-%m-%d}。"
    return None
