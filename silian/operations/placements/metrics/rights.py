"""Measures of pay and complaints (报酬与投诉)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    Drill,
    Metric,
    Scope,
    Touch,
    count,
    register_metric,
    share,
    stock,
)
from silian.operations.placements.choices.complaints import (
    ComplaintState,
)
from silian.operations.placements.events.complaints import ComplaintClosed, ComplaintEvent
from silian.operations.placements.events.pay import (
    PayAlarmClosed,
    PayAlarmRaised,
    PayStated,
)
from silian.operations.placements.models.complaints import Complaint
from silian.operations.placements.models.pay import PayAlarm, PayRecord
from silian.operations.placements.permissions.complaints import complaints_visible_to
from silian.operations.placements.permissions.pay import (
    pay_alarms_visible_to,
    pay_records_visible_to,
)
from silian.registers.people.queries import name_mask

SOURCE = "实习台账（报酬账与单位填报）"
PAY_DRILL = Drill(
    columns={
        "学生": lambda row: name_mask(row.internship.person.name),
        "实习单位": "internship.organisation.name",
        "月份": lambda row: f"{row.month:%Y-%m}",
        "应得（元）": "due_amount",
        "已付（元）": "paid_amount",
        "应发日": "due_on",
        "到账日": "paid_on",
    },
    visible_to=pay_records_visible_to,
    related=("internship__person", "internship__organisation"),
)
ALARM_DRILL = Drill(
    columns={
        "实习单位": "internship.organisation.name",
        "预警": lambda row: row.get_kind_display(),
        "差额（元）": "gap",
        "发现日": "opened_on",
    },
    visible_to=pay_alarms_visible_to,
    related=("internship__organisation",),
)
COMPLAINT_DRILL = Drill(
    columns={
        "编号": "number",
        "状态": lambda row: row.get_state_display(),
        "提出时间": "filed_at",
        "办结时间": "closed_at",
    },
    visible_to=complaints_visible_to,
)


def due_months(scope: Scope) -> QuerySet[PayRecord]:
    """Months whose pay day has passed by the day asked for."""
    return PayRecord.objects.filter(due_on__lt=scope.as_of)


def closed_complaints(scope: Scope) -> QuerySet[Complaint]:
    return Complaint.objects.filter(
        state__in=(ComplaintState.RESOLVED, ComplaintState.DECLINED), closed_at__isnull=False
    )


def open_alarms(scope: Scope) -> QuerySet[PayAlarm]:
    """Alarms that stood at the end of the day."""
    still = Q(closed_at__isnull=True) | Q(closed_at__gte=scope.ends_at)
    return PayAlarm.objects.filter(still, opened_on__lte=scope.as_of)


def touched_by_pay(event: PayStated) -> Iterable[Touch]:
    row = PayRecord.objects.filter(pk=event.pay_record_id).select_related("internship").first()
    if row is not None:
        yield Touch(division=row.internship.division_id, day=row.due_on)


def touched_by_alarm(event: PayAlarmRaised | PayAlarmClosed) -> Iterable[Touch]:
    row = PayAlarm.objects.filter(pk=event.alarm_id).select_related("internship").first()
    if row is not None:
        yield Touch(division=row.internship.division_id, day=row.opened_on)


def touched_by_complaint(event: ComplaintEvent) -> Iterable[Touch]:
    row = Complaint.objects.filter(pk=event.complaint_id).first()
    if row is not None and row.closed_at is not None:
        yield Touch(division=row.division_id, day=row.closed_at.date())


FULL = Q(paid_amount__gte=F("due_amount"))
register_metric(
    Metric(
        code="placements.pay_on_time_share",
        title="实习报酬按时足额发放率",
        unit="%",
        formula="应发日落在统计期内的人月中，在应发日及以前足额到账的占比",
        source=SOURCE,
        rows=due_months,
        division="internship__division",
        day="due_on",
        reduce=share(FULL & Q(paid_on__lte=F("due_on"))),
        drill=PAY_DRILL,
        direction=Direction.RISING,
        stale_on={PayStated: touched_by_pay},
    )
)
register_metric(
    Metric(
        code="placements.pay_full_share",
        title="实习报酬足额发放率",
        unit="%",
        formula="应发日落在统计期内的人月中，至今足额到账的占比",
        source=SOURCE,
        rows=due_months,
        division="internship__division",
        day="due_on",
        reduce=share(FULL),
        drill=PAY_DRILL,
        direction=Direction.RISING,
        stale_on={PayStated: touched_by_pay},
    )
)
register_metric(
    stock(
        code="placements.pay_alarms_open",
        title="未解除报酬预警",
        unit="件",
        formula="期末仍未由到账事实解除的报酬预警",
        source=SOURCE,
        rows=open_alarms,
        division="internship__division",
        reduce=count(),
        drill=ALARM_DRILL,
        direction=Direction.FALLING,
        stale_on={PayAlarmRaised: touched_by_alarm, PayAlarmClosed: touched_by_alarm},
    )
)
register_metric(
    Metric(
        code="placements.complaints_in_time_share",
        title="学生投诉按期办结率",
        unit="%",
        formula="统计期内办结的学生投诉中，受理和办结均未逾期的占比",
        source="学生投诉（受理单位登记）",
        rows=closed_complaints,
        division="division",
        day="closed_at",
        reduce=share(Q(was_late=False)),
        drill=COMPLAINT_DRILL,
        direction=Direction.RISING,
        stale_on={ComplaintClosed: touched_by_complaint},
    )
)
