"""A region's targets, tasks and values for the tests of the cockpit."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from silian.casework.metrics.choices import PeriodKind
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.rules.periods import period_holding
from silian.governance.policy_tasks.choices import TaskOrigin, TaskState
from silian.governance.policy_tasks.models import PolicyTask, Target
from silian.registers.policies.models import PolicyBody
from tests.world import CITY

ENTERPRISES, DEALS = "organisations.enterprises", "exchange.deals"


def today() -> datetime.date:
    return timezone.localdate()


def days(count: int) -> datetime.date:
    return today() + datetime.timedelta(days=count)


def make_value(
    *,
    code: str,
    value: Decimal | int,
    kind: PeriodKind = PeriodKind.MONTH,
    division: str = CITY,
    on: datetime.date | None = None,
) -> MetricValue:
    """The value of the period that holds the day."""
    on = on or today()
    period = period_holding(on, kind=kind)
    return MetricValue.objects.create(
        metric_code=code,
        division_id=division,
        period_kind=kind,
        period_start=period.starts,
        period_end=period.ends,
        as_of=on,
        value=value,
        row_count=int(value),
        computed_at=timezone.now(),
        checked_at=timezone.now(),
    )


def make_target(*, title: str, low: int | None, division: str = CITY, **values: Any) -> Target:
    """A target set by hand, measured from nothing at the beginning of last year."""
    facts: dict[str, Any] = {
        "comparator": ">=",
        "force": "target",
        "unit": "家",
        "baseline": Decimal(0),
        "baseline_on": datetime.date(today().year - 1, 1, 1),
        "baseline_evidence": "年报",
        "deadline_on": days(365),
    }
    return Target.objects.create(division_id=division, title=title, low=low, **{**facts, **values})


def make_body(name: str = "市教育局", division: str = CITY) -> PolicyBody:
    body, _ = PolicyBody.objects.get_or_create(division_id=division, name=name)
    return body


def make_task(*, title: str, due_in: int, division: str = CITY, **values: Any) -> PolicyTask:
    """An assigned task that is due in some days."""
    facts: dict[str, Any] = {
        "origin": TaskOrigin.MANUAL,
        "number": f"R{PolicyTask.objects.count() + 1}",
        "state": TaskState.RUNNING,
        "lead": make_body(division=division),
        "assigned_at": timezone.now(),
    }
    return PolicyTask.objects.create(
        division_id=division, title=title, due_on=days(due_in), **{**facts, **values}
    )


def busy_city(rows: int = 1) -> None:
    """Targets in every light and tasks of every kind, ``rows`` times."""
    make_value(code=ENTERPRISES, value=26)
    make_value(code=DEALS, value=11)
    make_value(code=DEALS, value=30, kind=PeriodKind.YEAR)
    for _ in range(rows):
        make_target(title="入驻企业", low=20, metric_code=ENTERPRISES)
        make_target(title="规上企业", low=300, metric_code=ENTERPRISES)
        make_target(title="企业总数", low=40, metric_code=ENTERPRISES, deadline_on=days(-10))
        make_target(title="中试基地", low=1)
        make_task(title="公共实训基地二期选址", due_in=-21)
        make_task(title="企业导师入库", due_in=8)
        make_task(title="组建产教联合体", due_in=200)
        make_task(title="编制紧缺职业目录", due_in=-3, state=TaskState.DONE, done_on=today())
