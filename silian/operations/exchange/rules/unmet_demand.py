"""When an unmet demand can be registered, and who may take it up."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

SHORTEST_DESCRIPTION = 10  # fewer characters cannot say what for and what with


@dataclass(frozen=True, kw_only=True)
class MissedSupply:
    """What was looked for and not found (未满足的检索)."""

    kind: str
    side: str
    title: str
    description: str
    division: str
    quantity: int | None = None
    needed_by: datetime.date | None = None
    query: str = ""
    filters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Unfit:
    """A refusal and the field it is about."""

    text: str
    field: str


def reason_unfit(*, missed: MissedSupply, today: datetime.date) -> Unfit | None:
    """What keeps a demand from being verified, or None (登记检查)."""
    if not missed.title.strip():
        return Unfit(text="请写明需要什么，例如：数控实训工位 30 个。", field="title")
    if len(missed.description.strip()) < SHORTEST_DESCRIPTION:
        return Unfit(
            text=f"请写明用途和要求，至少 {SHORTEST_DESCRIPTION} 个字，便于核实和承接。",
            field="description",
        )
    if missed.needed_by is not None and missed.needed_by <= today:
        return Unfit(text="最迟需要的日期须晚于今天。", field="needed_by")
    if missed.quantity is not None and missed.quantity < 1:
        return Unfit(text="数量至少为 1；不确定可以不填。", field="quantity")
    return None


def reason_not_takeable(
    *, writes: bool, verified: bool, own: bool, fits_kind: bool, publisher_names: Sequence[str]
) -> str | None:
    """Why an organisation may not take a demand up, or None (可否承接)."""
    if not writes:
        return "承接由单位管理员或经办人办理，请联系贵单位管理员授权。"
    if own:
        return "这是贵单位自己提出的需求，不能自己承接。"
    if not verified:
        return "贵单位尚未核验，不能承接。请先在“单位资料”提交核验材料。"
    if not fits_kind:
        return f"这类供需由{'、'.join(publisher_names)}发布，贵单位类别不符。"
    return None
