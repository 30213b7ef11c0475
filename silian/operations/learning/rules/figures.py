"""The numbers of a return, and what keeps them from being submitted (年度报告数字)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Line = tuple[Decimal, Decimal]
"""What was spent on a kind, and of that on front-line staff (支出、其中一线)."""
NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All that an enterprise states for a year (年度报告数字)."""

    wages: Decimal = NOTHING
    extracted: Decimal = NOTHING
    carried_in: Decimal = NOTHING
    staff: int = 0
    frontline_staff: int = 0
    spending: Mapping[str, Line] = field(default_factory=dict)
    trainees: Mapping[str, int] = field(default_factory=dict)
    note: str = ""

    @property
    def spent(self) -> Decimal:
        return sum((amount for amount, _ in self.spending.values()), NOTHING)

    @property
    def frontline_spent(self) -> Decimal:
        return sum((part for _, part in self.spending.values()), NOTHING)


def reason_not_submittable(
    *, figures: Figures, labels: Mapping[str, str], files: int
) -> str | None:
    """Why a return is not complete, or None (能否提交)."""
    if figures.wages <= 0:
        return "请填写职工工资总额，应大于零。"
    if figures.staff <= 0:
        return "请填写年末职工人数，应大于零。"
    if figures.frontline_staff > figures.staff:
        return "一线职工人数不能多于年末职工人数，请核对。"
    if figures.extracted <= 0 and figures.spent > 0:
        return "填了支出，没有填提取的经费，请核对。"
    for kind, (amount, part) in figures.spending.items():
        if part > amount:
            return f"“{labels[kind]}”用于一线职工的部分多于支出，请核对。"
    if files == 0:
        return "请先上传凭证：工资总额、经费提取和支出的账簿或汇总表至少一份。"
    return None


def reason_not_withdrawable(*, due_on: datetime.date, on: datetime.date) -> str | None:
    """A return may be taken back until the last day of the notice (能否撤回)."""
    if on > due_on:
        return f"报告截止日 {due_on:%Y-%m-%d} 已过，不能撤回。需要改数字的，请用“更正”并写明理由。"
    return None


def reason_not_returnable(*, was_returned: bool) -> str | None:
    """A return is sent back for completion once, with everything in one list (一次告知)."""
    if was_returned:
        return "这份报告已退回补正过一次，不能再退回。请确认，或按不符合项责令改正。"
    return None


def reason_not_confirmable(*, breaches: int, reason: str) -> str | None:
    """A return with a breach is confirmed only with the reason that stands beside it."""
    if breaches and not reason.strip():
        return f"有 {breaches} 项不符合。确认前请写明核实的情况和理由，或责令改正。"
    return None


def reason_not_orderable(*, breaches: int) -> str | None:
    """Only a mandatory rule can be broken; gaps and hints are never ordered away (能否责令改正)."""
    if not breaches:
        return "没有不符合强制规定的项目，不能责令改正。差距和提示只作提醒。"
    return None


def reason_not_acceptable(*, breaches: int) -> str | None:
    """Corrected means that the last version keeps every mandatory rule (能否核实改正)."""
    if breaches:
        return f"最新一版还有 {breaches} 项不符合，不能核实为已改正。请退回继续改正。"
    return None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One number that two versions state differently (差异)."""

    label: str
    before: str
    after: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What changed from one version to the next, by label, in the order of the form."""
    return [
        Change(label=label, before=str(before.get(label, "")), after=str(value))
        for label, value in after.items()
        if before.get(label) != value
    ]
