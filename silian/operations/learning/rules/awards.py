"""Which awards a list may hold, and why (奖补核查)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

UNSET = "未设定"


@dataclass(frozen=True, kw_only=True)
class Gate:
    """One condition of an award with what was found; ``passed`` None judges nothing (核查项)."""

    name: str
    title: str
    passed: bool | None
    note: str

    @property
    def word(self) -> str:
        if self.passed is None:
            return UNSET
        return "符合" if self.passed else "不符合"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of somebody who might be awarded (奖补事实)."""

    proven: bool
    proof: str
    awarded_in: str
    division_names: str
    employed_here: bool
    acquired_on: datetime.date
    term_months: int | None
    term_basis: str
    amount: Decimal | None
    amount_basis: str
    on: datetime.date


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day months later, or the last day of a shorter month (顺延)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def term_gate(facts: Facts) -> Gate:
    """Whether the application term has not run out on the day of the list (申领期限)."""
    title = "在申领期限内"
    if facts.term_months is None:
        return Gate(name="term", title=title, passed=None, note="本地区没有写明申领期限，不作判断")
    until = months_after(facts.acquired_on, facts.term_months)
    note = f"取得 {facts.acquired_on}，期限到 {until}（{facts.term_basis}）"
    return Gate(name="term", title=title, passed=facts.on <= until, note=note)


def gates_of(facts: Facts) -> list[Gate]:
    """Every condition, in the order in which people ask (核查)."""
    before = facts.awarded_in
    return [
        Gate(name="proven", title="已核验", passed=facts.proven, note=facts.proof),
        Gate(
            name="once",
            title="同一等级或同一竞赛没有领过",
            passed=not before,
            note=f"已在“{before}”里" if before else "没有其他名单列入",
        ),
        Gate(
            name="employed",
            title="在本地区就业",
            passed=facts.employed_here,
            note=facts.division_names or "登记当日没有在职单位",
        ),
        term_gate(facts),
        Gate(
            name="amount",
            title="奖补标准已设定",
            passed=True if facts.amount is not None else None,
            note=facts.amount_basis or "本地区没有设定金额，不能发放",
        ),
    ]


def refusal_of(gates: Sequence[Gate]) -> str:
    """The conditions that are not met, in one sentence; empty when all are (不发放理由)."""
    failed = [
        gate
        for gate in gates
        if gate.passed is False or (gate.name == "amount" and not gate.passed)
    ]
    return "；".join(f"{gate.title}：{gate.note}" for gate in failed)


def reason_not_noticed(*, payable: int) -> str | None:
    if not payable:
        return "名单里没有可以发放的人员，不能公示。请核对期间和奖补标准，或作废名单。"
    return None


def reason_not_approvable(
    *, is_maker: bool, notice_over: bool, notice_until: datetime.date | None, open_objections: int
) -> str | None:
    """A list is approved by another person, after the notice, with no objection open (批准)."""
    if is_maker:
        return "编制名单的人不能批准。请由本单位另一名办理人员批准。"
    if not notice_over:
        return f"公示到 {notice_until} 才结束，之后才能批准。"
    if open_objections:
        return f"还有 {open_objections} 件异议没有答复，请先答复。"
    return None


def reason_not_discardable(*, ordered: int) -> str | None:
    if ordered:
        return f"已有 {ordered} 笔安排支付，名单不能作废。"
    return None
