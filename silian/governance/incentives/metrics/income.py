"""Measures of rewards and income of teachers, and of approved pay totals."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    count,
    register_metric,
    total,
)
from silian.foundation.kernel.actors import Actor
from silian.governance.incentives.choices.income import PayTotalState
from silian.governance.incentives.events.income import IncomeChanged, PayTotalApproved
from silian.governance.incentives.models.income import IncomeProject, IncomeShare
from silian.governance.incentives.models.pay_totals import PayTotal
from silian.governance.incentives.permissions.income import (
    income_projects_visible_to,
    pay_totals_visible_to,
)


def rewards(scope: Scope) -> QuerySet[IncomeShare]:
    return IncomeShare.objects.counted().filter(project__kind="conversion")


def approved(scope: Scope) -> QuerySet[PayTotal]:
    return PayTotal.objects.filter(state=PayTotalState.APPROVED)


def shares_visible_to(actor: Actor) -> QuerySet[IncomeShare]:
    return IncomeShare.objects.filter(project__in=income_projects_visible_to(actor))


def touched_project(event: IncomeChanged) -> Iterable[Touch]:
    project = IncomeProject.objects.filter(pk=event.project_id).first()
    if project is not None:
        for day in project.shares.values_list("paid_on", flat=True):
            yield Touch(division=project.division_id, day=day)


def touched_total(event: PayTotalApproved) -> Iterable[Touch]:
    row = PayTotal.objects.filter(pk=event.pay_total_id).first()
    if row is not None:
        same = PayTotal.objects.filter(school_id=row.school_id, year=row.year)
        for day in same.values_list("approved_on", flat=True):
            if day is not None:
                yield Touch(division=row.division_id, day=day)


register_metric(
    Metric(
        code="incentives.conversion_rewards",
        title="成果转化现金奖励",
        unit="元",
        formula="已确认的收入项目中，发放日在统计期内的成果转化现金奖励合计，更正后的数",
        source="院校收入与奖励登记",
        rows=rewards,
        division="project__division",
        day="paid_on",
        reduce=total("amount"),
        decimals=2,
        public=False,
        drill=Drill(
            columns={"项目": "project.title", "发放日": "paid_on", "金额（元）": "amount"},
            visible_to=shares_visible_to,
            url=lambda row: row.project.get_absolute_url(),
            related=("project",),
        ),
        stale_on={IncomeChanged: touched_project},
    )
)
register_metric(
    Metric(
        code="incentives.pay_totals_approved",
        title="核定绩效工资总量的院校",
        unit="所",
        formula="核定日在统计期内、没有被更正的绩效工资总量核定表，每校每年一份",
        source="绩效工资总量核定表",
        rows=approved,
        day="approved_on",
        reduce=count(),
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={"学校": "school.name", "年度": "year", "核定日": "approved_on"},
            visible_to=pay_totals_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("school",),
        ),
        stale_on={PayTotalApproved: touched_total},
    )
)
