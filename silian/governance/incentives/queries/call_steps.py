"""The review steps of a call as pages show them (审核环节)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from silian.foundation.kernel.actors import subtree_prefix
from silian.governance.incentives.choices.claims import StepKind
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.models import CallStep, ClaimCall, LeftOutStep
from silian.governance.incentives.queries.claim_calls import opening_facts
from silian.governance.incentives.rules.claims import reason_not_callable
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """One step with its number and the titles of its papers (环节)."""

    step: CallStep
    papers: list[str]
    beside: list[str]
    rises: bool
    falls: bool


def step_lines(call: ClaimCall) -> list[StepLine]:
    """The steps in order; steps of one group say with whom they run side by side."""
    rows = list(call.steps.select_related("office").order_by("order", "pk"))
    orders = [row.order for row in rows if row.kind != StepKind.DECIDE]
    titles = {each.code: each.title for each in book_for(call.scheme).documents}
    return [
        StepLine(
            step=row,
            papers=[titles[code] for code in row.papers if code in titles],
            beside=[each.title for each in rows if each.order == row.order and each is not row],
            rises=may_move(row, orders, first=True),
            falls=may_move(row, orders, first=False),
        )
        for row in rows
    ]


def may_move(row: CallStep, orders: Sequence[int], *, first: bool) -> bool:
    """Whether there is a place before it, or after it and before the decision."""
    if row.kind == StepKind.DECIDE:
        return False
    end = min(orders) if first else max(orders)
    return row.order != end or orders.count(row.order) > 1


def total_days(lines: Sequence[StepLine]) -> int:
    """Working days from hand-in to decision when each office takes its time (合计工作日)."""
    longest: dict[int, int] = {}
    for line in lines:
        days = longest.get(line.step.order, 0)
        longest[line.step.order] = max(days, line.step.working_days)
    return sum(longest.values())


def steps_left_out(call: ClaimCall) -> list[LeftOutStep]:
    """Steps of the scheme book that the call does not have, those nobody decided first."""
    return list(call.left_out.select_related("decided_by").order_by("reason", "pk"))


def reason_not_ready(call: ClaimCall, *, on: datetime.date) -> str:
    """What still keeps the call from being issued; empty when nothing does (发布前核对)."""
    return reason_not_callable(**opening_facts(call, on=on)) or ""


def offices_for(division: str) -> QuerySet[Organisation]:
    """The departments that may have a step of a call of the region (办理部门)."""
    return Organisation.objects.filter(
        kind=OrganisationKind.GOVERNMENT,
        state=OrganisationState.VERIFIED,
        division__code__startswith=subtree_prefix(division),
    ).order_by("name")
