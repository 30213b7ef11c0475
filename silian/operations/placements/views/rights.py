"""The student's page about rights, and the checklist by enterprise."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.permissions.internships import (
    internships_visible_to,
    is_official,
    is_school_clerk,
)
from silian.operations.placements.queries import conduct
from silian.operations.placements.queries.rights import own_internships, rights_of
from silian.operations.placements.rules.rights import RIGHTS
from silian.registers.organisations.models import Organisation


@require_safe
def rights(request: Request) -> HttpResponse:
    """What I signed, what I am owed, what is forbidden, whom to call (我的权益)."""
    own = own_internships(request.actor).select_related(
        "person",
        "post",
        "organisation",
        "school",
        "teacher",
        "mentor",
        "school_class",
    )
    chosen = request.GET.get("internship", "")
    internship = get_object_or_404(own, pk=int(chosen)) if chosen.isdigit() else own.first()
    if internship is None:
        return render(request, "placements/rights/none.html")
    found = rights_of(internship, actor=request.actor, on=timezone.localdate())
    context = {
        "rights": found,
        "internship": internship,
        "others": [row for row in own if row.pk != internship.pk],
        "is_own": internship.person.user_id == request.actor.user_id,
        "broken": sum(check.met is False for check in found.checks),
    }
    return render(request, "placements/rights/mine.html", context)


def share(part: int, whole: int) -> str:
    return f"{part} / {whole}" if whole else "—"


def right_column(code: str, label: str) -> Column:
    return Column(
        code,
        label,
        lambda row: share(row["conduct"].rights.get(code, 0), row["conduct"].in_post),
        numeric=True,
    )


COLUMNS = [
    Column("name", "实习单位", lambda row: row["name"], main=True),
    Column("students", "实习学生", lambda row: row["conduct"].students, unit="人", numeric=True),
    *[right_column(code, label) for code, label in RIGHTS],
    Column(
        "on_time",
        "按时足额发放",
        lambda row: share(row["conduct"].months_on_time, row["conduct"].months_due),
        numeric=True,
    ),
    Column("alarms", "未解除预警", lambda row: row["conduct"].alarms, unit="件", numeric=True),
    Column(
        "incidents",
        "事件",
        lambda row: row["conduct"].incidents,
        unit="件",
        numeric=True,
        optional=True,
    ),
    Column("complaints", "投诉", lambda row: row["conduct"].complaints.shown["filed"], unit="件"),
    Column(
        "proven",
        "属实",
        lambda row: row["conduct"].complaints.shown["proven"],
        unit="件",
        optional=True,
    ),
]


@require_safe
def rights_by_host(request: Request) -> HttpResponseBase:
    """Which host keeps which right, counted from rows (权益清单统计)."""
    actor = request.actor
    if not (is_official(actor) or is_school_clerk(actor)):
        raise NotAllowed("权益清单统计由学校经办人和主管部门查看。")
    now = timezone.localdate()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and 2016 <= int(asked) <= 2100 else now.year
    seen = internships_visible_to(actor).filter(
        state__in=sorted(conduct.WORKED), starts_on__year__lte=year, ends_on__year__gte=year
    )
    table = Table(
        request=request,
        name="placements_rights",
        rows=host_rows(set(seen.values_list("organisation_id", flat=True)), year=year),
        columns=COLUMNS,
        caption=f"{year} 年实习单位权益清单",
        empty={"missing": "这一年没有在岗实习", "why": "有学生到岗后按单位统计。"},
    )
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "year": year, "years": range(now.year, now.year - 3, -1)}
    return render(request, "placements/rights/by_host.html", context)


def host_rows(host_ids: set[int], *, year: int) -> list[dict[str, Any]]:
    counted = conduct.of_many(organisation_ids=host_ids, year=year)
    names = Organisation.objects.filter(pk__in=host_ids).order_by("name").values_list("pk", "name")
    return [{"pk": pk, "name": name, "conduct": counted[pk]} for pk, name in names]
