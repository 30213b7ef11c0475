"""Measures of land supplied to projects of integration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    Touched,
    register_metric,
    stock,
    total,
)
from silian.governance.incentives.choices.land import ENDED_LAND, LandState
from silian.governance.incentives.events.land import LandCaseMoved
from silian.governance.incentives.models.land import LandCase, LandStep
from silian.governance.incentives.permissions.land import (
    land_cases_visible_to,
    land_steps_visible_to,
)

SOURCE = "用地事项登记"


def registered(scope: Scope) -> QuerySet[LandCase]:
    rows = LandCase.objects.filter(registered_on__lte=scope.as_of)
    return rows.exclude(state__in=sorted(ENDED_LAND))


def supplies(scope: Scope) -> QuerySet[LandStep]:
    return LandStep.objects.filter(state=LandState.SUPPLIED)


def touched(event: Any) -> Iterable[Touch]:
    row = LandCase.objects.filter(pk=event.case_id).first()
    if row is not None:
        yield Touch(division=row.division_id, day=row.registered_on)
        yield Touch(division=row.division_id, day=row.state_since)


EVENTS: dict[Any, Touched] = {LandCaseMoved: touched}
STEP_DRILL = Drill(
    columns={
        "项目": "case.title",
        "申请单位": "case.applicant.name",
        "面积": "case.area",
        "供地方式": lambda row: row.case.get_mode_display(),
        "供地日": "on",
    },
    visible_to=land_steps_visible_to,
    url=lambda row: row.case.get_absolute_url(),
    related=("case__applicant",),
)

register_metric(
    stock(
        code="incentives.land_cases_open",
        title="办理中的用地事项",
        unit="件",
        formula="统计日前登记、现在没有办结或撤回的用地事项",
        source=SOURCE,
        rows=registered,
        drill=Drill(
            columns={"项目": "title", "申请单位": "applicant.name", "登记日": "registered_on"},
            visible_to=land_cases_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("applicant",),
        ),
        stale_on=EVENTS,
    )
)
for code, title, unit, reduction in (
    ("land_supplied", "供地的用地事项", "件", None),
    ("land_area_supplied", "供地面积", "平方米", total("case__area")),
):
    register_metric(
        Metric(
            code=f"incentives.{code}",
            title=title,
            unit=unit,
            formula=f"统计期内登记供地的用地事项的{title}，按供地日计",
            source=SOURCE,
            rows=supplies,
            division="case__division",
            day="on",
            small_number=PUBLIC_ROWS,
            drill=STEP_DRILL,
            stale_on=EVENTS,
            **({"reduce": reduction} if reduction else {}),  # type: ignore[arg-type]
        )
    )
