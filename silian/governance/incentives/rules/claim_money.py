"""How money of a claim is split: advance, cut, set-off, difference per person."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from silian.foundation.kernel.money import format_yuan

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Head:
    """What one person or piece comes to, by which facts (逐人金额)."""

    key: str
    label: str
    amount: Decimal
    units: str = ""
    facts: Mapping[str, Any] | None = None

    @property
    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "amount": f"{self.amount:.2f}", "facts": dict(self.facts or {})}


@dataclass(frozen=True, kw_only=True)
class Belief:
    """What was believed of a claim on a day: each head with its amount (当时认定)."""

    known_on: datetime.date
    heads: tuple[Head, ...]
    rule_version: str
    total: Decimal
    due_on: datetime.date | None = None

    @property
    def as_json(self) -> dict[str, Any]:
        return {
            "known_on": self.known_on.isoformat(),
            "total": f"{self.total:.2f}",
            "rule_version": self.rule_version,
            "due_on": self.due_on.isoformat() if self.due_on else "",
            "heads": [head.as_json for head in self.heads],
        }

    @property
    def marks(self) -> dict[str, tuple[str, str]]:
        """What of each head counts when two beliefs are compared."""
        return {head.key: (f"{head.amount:.2f}", head.units) for head in self.heads}


def belief_from(kept: Mapping[str, Any]) -> Belief:
    """A belief as it was stored."""
    heads = tuple(
        Head(
            key=row["key"],
            label=row["label"],
            amount=Decimal(row["amount"]),
            units=row.get("units", ""),
            facts=row.get("facts", {}),
        )
        for row in kept["heads"]
    )
    due = kept.get("due_on")
    return Belief(
        known_on=datetime.date.fromisoformat(kept["known_on"]),
        heads=heads,
        rule_version=kept["rule_version"],
        total=Decimal(kept["total"]),
        due_on=datetime.date.fromisoformat(due) if due else None,
    )


def differences(*, before: Belief, after: Belief) -> list[dict[str, str]]:
    """Head by head, what changed by how much; equal heads are left out (逐人差额)."""
    old = {head.key: head for head in before.heads}
    new = {head.key: head for head in after.heads}
    rows = []
    for key in dict.fromkeys([*old, *new]):
        then, now = old.get(key), new.get(key)
        amount_then = then.amount if then else ZERO
        amount_now = now.amount if now else ZERO
        units_then, units_now = (then.units if then else ""), (now.units if now else "")
        if amount_then == amount_now and units_then == units_now:
            continue
        shown = now or then
        rows.append(
            {
                "key": key,
                "label": shown.label if shown else key,
                "units_before": units_then,
                "units_after": units_now,
                "before": f"{amount_then:.2f}",
                "after": f"{amount_now:.2f}",
                "difference": f"{amount_now - amount_then:.2f}",
            }
        )
    return rows


def advance_of(*, asked: Decimal, limit: Decimal, entitled: Decimal) -> Decimal:
    """What is paid in advance: what was asked, never above the rule's limit (预支).

    Basis: 三（二）: an advance of at most half of the subsidy (N58).
    """
    return max(ZERO, min(asked, limit, entitled))


@dataclass(frozen=True, kw_only=True)
class Cut:
    """How a lower entitlement is met: what is not paid out, and what has to come back (核减)."""

    kept_back: Decimal
    to_recover: Decimal


def cut_of(*, fall: Decimal, unpaid: Decimal) -> Cut:
    """Money that is not yet ordered is kept back first; only the rest is recovered.

    >>> cut_of(fall=Decimal(500), unpaid=Decimal(200))
    Cut(kept_back=Decimal('200'), to_recover=Decimal('300'))
    """
    kept = min(fall, unpaid)
    return Cut(kept_back=kept, to_recover=fall - kept)


@dataclass(frozen=True, kw_only=True)
class Debt:
    """What of a receivable may be set off now (可抵扣)."""

    receivable_id: int
    due: Decimal


def set_offs(*, amount: Decimal, debts: Sequence[Debt]) -> list[tuple[int, Decimal]]:
    """Which debts a payment settles, oldest first, until it is used up (抵扣)."""
    found, left = [], amount
    for debt in debts:
        part = min(left, debt.due)
        if part > 0:
            found.append((debt.receivable_id, part))
            left -= part
    return found


def reason_not_overridable(
    *, closed: bool, never: str, reason: str, until: datetime.date, on: datetime.date, most: int
) -> str | None:
    """Why a gate may not be passed over, or None (放行条件)."""
    if not closed:
        return "这项条件没有阻止拨付，不需要放行。"
    if never:
        return f"{never}，任何人都不能放行。请先按补救办法处理。"
    if not reason.strip():
        return "请写明放行理由，理由会记入拨付条件和审计记录。"
    if until < on:
        return "放行截止日已过。请填今天或以后的日期。"
    if (until - on).days > most:
        return f"放行最长 {most} 天，到期自动失效。请填 {most} 天以内的日期。"
    return None


def reason_not_handled(*, in_flight: Decimal, open_recovery: bool) -> str | None:
    """Why a difference cannot be settled yet, or None (差额处理条件)."""
    if in_flight:
        return (
            f"有 {format_yuan(in_flight)} 元正在支付，要等银行结果后才能处理差额。"
            "请先到资金台账核对。"
        )
    if open_recovery:
        return "这份申领已有追回案件在办。请先办结，再处理新的差额。"
    return None
