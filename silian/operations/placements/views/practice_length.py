"""How long applied undergraduates have practised, by cohort and by student (实习时间累计)."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.queries.practice_length import (
    applied_cohorts,
    cohort_lengths,
    members_of,
)
from silian.operations.placements.queries.term_length import (
    PracticeTime,
    practice_days,
    required_days,
)
from silian.registers.programmes.models import ClassMember
from silian.registers.programmes.permissions.classes import members_visible_to
from silian.registers.programmes.permissions.programmes import is_official, is_school_staff


def unset(value: Any) -> Any:
    return "未设定" if value is None else value


COHORTS = [
    Column("programme", "专业", value=lambda row: row.cohort.programme.name, main=True),
    Column("school", "学校", value=lambda row: row.cohort.programme.school.name),
    Column("year", "年级", value=lambda row: f"{row.cohort.year} 级"),
    Column("students", "学生", unit="人", numeric=True, total=True),
    Column("required", "要求", unit="天", numeric=True, value=lambda row: unset(row.required)),
    Column("average", "人均累计", unit="天", numeric=True),
    Column("met", "达到", unit="人", numeric=True, value=lambda row: unset(row.met)),
    Column("short", "未达到", unit="人", numeric=True, value=lambda row: unset(row.short)),
]


@require_safe
def practice_length(request: Request) -> HttpResponseBase:
    """Every cohort of applied undergraduates against one academic year (N62)."""
    if not (is_school_staff(request.actor) or is_official(request.actor)):
        raise NotAllowed("实习时间累计由学校和主管部门查看；学生在“我的实习”看自己的天数。")
    today = timezone.localdate()
    lengths = cohort_lengths(cohorts=list(applied_cohorts(request.actor, on=today)), on=today)
    table = Table(
        request=request,
        name="practice_length",
        rows=lengths,
        caption="应用型本科实习时间",
        columns=COHORTS,
        order="",
        row_url=lambda row: (
            reverse("placements:practice_length_students", args=[row.pk])
            if is_school_staff(request.actor)
            else ""
        ),
        empty={"missing": "没有在读的应用型本科年级", "why": "专业点勾选“应用型本科”后列在这里。"},
    )
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "students": sum(row.students for row in lengths),
        "short": sum(row.short or 0 for row in lengths),
        "is_unset": any(row.required is None for row in lengths),
    }
    return render(request, "placements/practice_length/cohorts.html", context)


@require_safe
def practice_length_students(request: Request, cohort_id: int) -> HttpResponseBase:
    """The students of one cohort with their days and what is missing (学生实习时间)."""
    if not is_school_staff(request.actor):
        raise NotAllowed("学生名单由学校查看。")
    today = timezone.localdate()
    cohort = get_object_or_404(applied_cohorts(request.actor, on=today), pk=cohort_id)
    rows = members_of([cohort]) & members_visible_to(request.actor)
    required = required_days(division=cohort.programme.division_id, on=today)
    table = student_table(request, rows, required=required, on=today)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "cohort": cohort, "required": required}
    return render(request, "placements/practice_length/students.html", context)


def student_table(
    request: Request, rows: QuerySet[ClassMember], *, required: int | None, on: datetime.date
) -> Table:
    people = rows.values_list("person_id", flat=True)
    days = practice_days(person_ids=people, on=on)

    def time(row: ClassMember) -> PracticeTime:
        return PracticeTime(days=days.get(row.person_id, 0), required=required)

    return Table(
        request=request,
        name="practice_length_students",
        rows=rows.select_related("person", "school_class"),
        caption="学生实习时间",
        columns=[
            Column("person", "姓名", value="person__name", sort="person__name", main=True),
            Column("class", "班级", value="school_class__name", sort="school_class__name"),
            Column("days", "累计", unit="天", numeric=True, value=lambda row: time(row).days),
            Column("missing", "还差", unit="天", numeric=True,
                   value=lambda row: unset(time(row).missing)),
        ],
        order="school_class__name",
        empty={"missing": "这个年级没有在册学生", "why": "先导入班级名单。"},
    )  # fmt: skip
