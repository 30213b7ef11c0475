"""Measures of service organisations and of the checks on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from silian.casework.metrics.choices import Direction, PeriodKind
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    Touched,
    register_metric,
    stock,
)
from silian.operations.alliances.choices.conduct import CheckKind
from silian.operations.alliances.events.conduct import ConductCheckMoved
from silian.operations.alliances.models.conduct import ConductCheck
from silian.operations.alliances.permissions.conduct import checks_visible_to
from silian.operations.alliances.queries.conduct import service_organisations
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.permissions import organisations_visible_to

SOURCE = "服务组织规范运作检查"


def onboarded(scope: Scope) -> QuerySet[Organisation]:
    """Service organisations whose first check was closed by the day."""
    closed = ConductCheck.objects.filter(
        organisation=OuterRef("pk"), kind=CheckKind.ONBOARDING, closed_on__lte=scope.as_of
    )
    return service_organisations().filter(Exists(closed))


def late_corrections(scope: Scope) -> QuerySet[ConductCheck]:
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gt=scope.as_of)
    return ConductCheck.objects.filter(still_open, correct_by__lt=scope.as_of)


def done_checks(scope: Scope) -> QuerySet[ConductCheck]:
    return ConductCheck.objects.filter(checked_on__isnull=False)


def touched(event: Any) -> Iterable[Touch]:
    row = ConductCheck.objects.filter(pk=event.check_id).first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.checked_on or row.due_on)


EVENTS: dict[Any, Touched] = {ConductCheckMoved: touched}
CHECK_DRILL = Drill(
    columns={
        "服务组织": "organisation.name",
        "类别": lambda row: row.get_kind_display(),
        "检查日": "checked_on",
        "整改期限": "correct_by",
    },
    visible_to=checks_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("organisation",),
)

register_metric(
    stock(
        code="alliances.service_organisations_onboarded",
        title="通过入驻核查的服务组织",
        unit="家",
        formula="统计日入驻核查已办结的已核验产教融合服务组织家数",
        source=SOURCE,
        rows=onboarded,
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={"服务组织": "name", "地区": "division.name"},
            visible_to=organisations_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("division",),
        ),
        stale_on=EVENTS,
    )
)
register_metric(
    stock(
        code="alliances.conduct_corrections_late",
        title="逾期未整改的服务组织检查",
        unit="项",
        formula="统计日整改期限已过而没有办结的规范运作检查",
        source=SOURCE,
        rows=late_corrections,
        direction=Direction.FALLING,
        small_number=PUBLIC_ROWS,
        drill=CHECK_DRILL,
        stale_on=EVENTS,
    )
)
register_metric(
    Metric(
        code="alliances.conduct_checks",
        title="服务组织规范运作检查",
        unit="次",
        formula="统计期内完成的入驻核查、日常检查和专项检查次数，按检查日计",
        source=SOURCE,
        rows=done_checks,
        day="checked_on",
        main_period=PeriodKind.YEAR,
        small_number=PUBLIC_ROWS,
        drill=CHECK_DRILL,
        stale_on=EVENTS,
    )
)
