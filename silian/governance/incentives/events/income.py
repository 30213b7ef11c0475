"""Facts of income, rewards and pay totals."""

from __future__ import annotations

from dataclasses import dataclass

from silian.foundation.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class IncomeChanged(Event):
    """An income project was confirmed, or a share of it corrected (收入已登记)."""

    project_id: int


@dataclass(frozen=True, kw_only=True)
class PayTotalApproved(Event):
    """A pay total was approved (绩效工资总量已核定)."""

    pay_total_id: int
