"""Visits of teachers: the list, a new one, follow-up, frequency."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.internships import (
    PRESENT_STATES,
)
from silian.operations.placements.commands.care import (
    follow_up_visit,
    record_visit,
    set_visit_frequency,
)
from silian.operations.placements.forms.care import FollowUpForm, FrequencyForm, VisitForm
from silian.operations.placements.models import Host, VisitSetting
from silian.operations.placements.permissions.care import (
    require_visitor,
    visitable_internships,
    visits_interns,
    visits_visible_to,
)
from silian.operations.placements.permissions.internships import (
    is_official,
    is_school_clerk,
    require_school_clerk,
)
from silian.operations.placements.queries.visits import hosts_to_visit

FORM_METHODS = ["GET", "HEAD", "POST"]
COLUMNS = [
    Column("visited_on", "日期", sort="visited_on", main=True),
    Column("host", "实习单位", "host__organisation__name"),
    Column("teacher", "巡访教师", "teacher__name"),
    Column("way", "方式", lambda row: row.get_way_display(), sort="way"),
    Column(
        "students", "学生", lambda row: row.internships.all().__len__(), unit="人", numeric=True
    ),
    Column("findings", "情况", lambda row: row.findings[:60]),
    Column("follow_up", "跟进", template="placements/care/_cell_follow_up.html"),
]


@require_safe
def visit_list(request: Request) -> HttpResponseBase:
    """Visits, and the hosts that wait for one (巡访)."""
    actor = request.actor
    if not (visits_interns(actor) or is_official(actor)):
        raise NotAllowed("巡访由学校教师、实习管理人员和主管部门查看。")
    rows = visits_visible_to(actor).select_related("host__organisation", "teacher")
    table = Table(
        request=request,
        name="placements_visits",
        rows=rows.prefetch_related("internships"),
        columns=COLUMNS,
        caption="巡访",
        order="-visited_on",
        empty={"missing": "还没有巡访记录", "why": "从右侧单位登记巡访。"},
    )
    if table.export_wanted:
        return table.export_response()
    today = timezone.localdate()
    setting = VisitSetting.objects.filter(school_id=actor.organisation_id or 0).first()
    context = {
        "table": table,
        "hosts": hosts_to_visit(actor, on=today) if visits_interns(actor) else [],
        "setting": setting,
        "sets": is_school_clerk(actor),
        "today": today,
    }
    return render(request, "placements/care/visits.html", context)


def visit_page(*, title: str, button: str, lead: str = "") -> FormPage:
    back = reverse("placements:visit_list")
    return FormPage(title=title, button=button, lead=lead, back=back, crumbs=[("巡访", back)])


@require_http_methods(FORM_METHODS)
def visit_new(request: Request, host_id: int) -> HttpResponse:
    """Record a visit to one host (登记巡访)."""
    require_visitor(request.actor)
    mine = visitable_internships(request.actor).filter(
        host_id=host_id, state__in=sorted(PRESENT_STATES)
    )
    host = get_object_or_404(Host.objects.filter(pk__in=mine.values("host_id")), pk=host_id)

    def send(data: dict[str, Any]) -> str:
        photo = data.pop("photo")
        chosen = data.pop("internships")
        record_visit(
            actor=request.actor,
            internship_ids=[row.pk for row in chosen],
            now=timezone.localtime(),
            photos=[photo] if photo else [],
            **data,
        )
        return reverse("placements:visit_list")

    interns = mine.select_related("person", "school_class").order_by("school_class__name", "pk")
    form = VisitForm(*given(request), interns=interns, initial={"visited_on": timezone.localdate()})
    page = visit_page(title=f"登记巡访：{host.organisation}", button="登记巡访")
    return answer_form(request, form=form, page=page, send=send, done="已登记巡访。")


@require_http_methods(FORM_METHODS)
def visit_follow_up(request: Request, visit_id: int) -> HttpResponse:
    """Say what became of a finding (登记跟进)."""
    visit = get_object_or_404(visits_visible_to(request.actor), pk=visit_id)
    require_visitor(request.actor)

    def send(data: dict[str, Any]) -> str:
        follow_up_visit(actor=request.actor, visit_id=visit.pk, on=timezone.localdate(), **data)
        return reverse("placements:visit_list")

    page = visit_page(title="登记跟进", button="登记", lead=visit.follow_up)
    form = FollowUpForm(*given(request))
    return answer_form(request, form=form, page=page, send=send, done="已登记跟进结果。")


@require_http_methods(FORM_METHODS)
def visit_frequency(request: Request) -> HttpResponse:
    """How often every intern is to be visited (设定频次)."""
    require_school_clerk(request.actor)

    def send(data: dict[str, Any]) -> str:
        set_visit_frequency(actor=request.actor, now=timezone.localtime(), **data)
        return reverse("placements:visit_list")

    known = VisitSetting.objects.filter(school_id=request.actor.organisation_id or 0).first()
    form = FrequencyForm(
        *given(request), initial={"every_days": known.every_days if known else None}
    )
    page = visit_page(title="设定巡访频次", button="保存", lead="由学校自行设定，设定后才计算到期")
    return answer_form(request, form=form, page=page, send=send, done="已设定。")
