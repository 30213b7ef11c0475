"""Practice hours by cohort against what the region demands (实践课时核算)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.registers.programmes.choices import ProgrammeStage
from silian.registers.programmes.gateways.rulebook import applied_years, practice_limit
from silian.registers.programmes.models.classes import Cohort
from silian.registers.programmes.permissions.programmes import (
    is_official,
    is_school_staff,
    programmes_watched_by,
)
from silian.registers.programmes.queries.hours import CohortHours, cohort_hours
from silian.registers.programmes.queries.registers import cohort_rows
from silian.registers.programmes.views.pages import template
from silian.registers.programmes.views.tables import hours_table

STATES = (
    ("breach", "不符合"),
    ("gap", "差距"),
    ("empty", "无现行方案"),
    ("met", "达到"),
    ("unset", "未设定"),
)


@require_safe
def hours_list(request: Request) -> HttpResponseBase:
    """Every cohort at school with its share; exceptions first (实践课时核算)."""
    if not (is_school_staff(request.actor) or is_official(request.actor)):
        raise NotAllowed("实践课时核算由学校和主管部门查看。")
    today = timezone.localdate()
    every = cohort_hours(cohorts=cohorts_watched(request, today), on=today)
    counts = {state: sum(row.standing.state == state for row in every) for state, _ in STATES}
    bar = FilterBar(
        request=request,
        placeholder="专业、学校",
        facets=[facet(request=request, name="state", label="结论", choices=STATES, counts=counts)],
    )
    rows = chosen(every, states=request.GET.getlist("state"), text=bar.text)
    table = hours_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "counts": counts,
        "total": len(every),
        "exceptions": sum(row.is_exception for row in every),
        **limits(request, every, today),
    }
    return render(request, template(request, "hours"), context)


def cohorts_watched(request: Request, today: Any) -> list[Cohort]:
    rows = Cohort.objects.filter(
        programme__in=programmes_watched_by(request.actor),
        starts_on__lte=today,
        ends_on__gt=today,
        graduated_at__isnull=True,
    ).exclude(programme__stage=ProgrammeStage.CLOSED)
    ordered = cohort_rows(rows).order_by("programme__school__name", "programme__name", "-year")
    return list(ordered)


def chosen(every: list[CohortHours], *, states: list[str], text: str) -> list[CohortHours]:
    """The rows asked for, those that need work first."""
    rows = [row for row in every if not states or row.standing.state in states]
    if text:
        rows = [
            row
            for row in rows
            if text in row.cohort.programme.name or text in row.cohort.programme.school.name
        ]
    return sorted(rows, key=lambda row: not row.is_exception)


def limits(request: Request, every: list[CohortHours], today: Any) -> dict[str, Any]:
    """What the region demands, for the head of the page."""
    division = request.actor.jurisdiction or (
        every[0].cohort.programme.division_id if every else "000000"
    )
    return {
        "limit": practice_limit(division=division, on=today),
        "applied": applied_years(division=division, on=today),
    }
