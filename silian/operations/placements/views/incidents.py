"""Incidents of interns: the list, one incident, its report and its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.pay import (
    IncidentSeverity,
    IncidentState,
)
from silian.operations.placements.commands.care import (
    IncidentReport,
    close_incident,
    record_incident,
    report_incident,
)
from silian.operations.placements.forms.care import IncidentCloseForm, IncidentForm
from silian.operations.placements.models.care import Incident
from silian.operations.placements.permissions.care import (
    incidents_visible_to,
    may_settle_incident,
    reads_incidents,
    require_incident_recorder,
    require_incident_settler,
)
from silian.operations.placements.permissions.insurance import claims_visible_to
from silian.operations.placements.permissions.internships import internships_visible_to
from silian.operations.placements.permissions.sides import writes_for_school_of
from silian.operations.placements.views.names import shown_name

FORM_METHODS = ["GET", "HEAD", "POST"]
COLUMNS = [
    Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind"),
    Column("severity", "程度", template="placements/care/_cell_severity.html", sort="severity"),
    Column("host", "实习单位", "internship__organisation__name"),
    Column("happened_at", "发生时间", lambda row: timezone.localtime(row.happened_at),
           sort="happened_at"),
    Column("report_due_at", "报告时限", template="placements/care/_cell_report.html"),
    Column("state", "状态", template="placements/care/_cell_incident.html", sort="state"),
]  # fmt: skip


def incident_facets(request: Request) -> list[Facet]:
    return [
        facet(request=request, name="state", label="状态", choices=IncidentState.choices),
        facet(request=request, name="severity", label="程度", choices=IncidentSeverity.choices),
    ]


def chosen(request: Request, rows: QuerySet[Incident], *, text: str) -> QuerySet[Incident]:
    """What the filters leave."""
    for name in ("state", "severity"):
        if values := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": values})
    return rows.filter(place__icontains=text) if text else rows


@require_safe
def incident_list(request: Request) -> HttpResponseBase:
    """Incidents that the reader sees (实习事件)."""
    if not reads_incidents(request.actor):
        raise NotAllowed("事件由学校、实习单位和主管部门查看。")
    seen = incidents_visible_to(request.actor)
    bar = FilterBar(request=request, facets=incident_facets(request), placeholder="地点")
    rows = chosen(request, seen, text=bar.text)
    named = Column(
        "student", "学生", lambda row: shown_name(request.actor, row.internship), main=True
    )
    table = Table(
        request=request,
        name="placements_incidents",
        rows=rows.select_related("internship__person", "internship__organisation"),
        columns=[named, *COLUMNS],
        caption="实习事件",
        order="-happened_at",
        row_url=lambda row: reverse("placements:incident_detail", args=[row.pk]),
        empty={"missing": "没有事件", "why": "从学生的实习页登记事件。"},
    )
    if table.export_wanted:
        return table.export_response()
    unsettled = seen.exclude(state=IncidentState.CLOSED).count()
    context = {"bar": bar, "table": table, "open": unsettled}
    template = "_incidents.html" if request.htmx else "incidents.html"
    return render(request, f"placements/care/{template}", context)


def seen_incident(request: Request, incident_id: int) -> Incident:
    rows = incidents_visible_to(request.actor).select_related(
        "internship__person", "internship__organisation", "internship__school", "authority"
    )
    return get_object_or_404(rows, pk=incident_id)


@require_safe
def incident_detail(request: Request, incident_id: int) -> HttpResponse:
    """One incident (实习事件)."""
    incident = seen_incident(request, incident_id)
    context = {
        "incident": incident,
        "name": shown_name(request.actor, incident.internship),
        "files": files_of(incident),
        "settles": may_settle_incident(request.actor, incident),
        **claims_shown(request, incident),
    }
    return render(request, "placements/care/incident.html", context)


def claims_shown(request: Request, incident: Incident) -> dict[str, Any]:
    """The claims that come of an incident, and the way to report one (理赔)."""
    claims = claims_visible_to(request.actor).filter(event=incident).select_related("policy")
    may_claim = writes_for_school_of(request.actor, incident.internship)
    address = reverse("placements:insurance_claim_new", args=[incident.internship_id])
    return {
        "claims": claims.order_by("pk"),
        "claim_why": "由学校报案；先由保险赔付，其余按协议，不由学生承担。",
        "claim_action": "报案" if may_claim else "",
        "claim_url": f"{address}?event={incident.pk}" if may_claim else "",
    }


@require_http_methods(FORM_METHODS)
def incident_new(request: Request, internship_id: int) -> HttpResponse:
    """Record what happened to an intern (登记事件)."""
    rows = internships_visible_to(request.actor).select_related("person", "teacher", "mentor")
    internship = get_object_or_404(rows, pk=internship_id)
    require_incident_recorder(request.actor, internship)

    def send(data: dict[str, Any]) -> str:
        photo = data.pop("photo")
        incident = record_incident(
            actor=request.actor,
            internship_id=internship.pk,
            report=IncidentReport(**data, photos=[photo] if photo else []),
            now=timezone.localtime(),
        )
        return reverse("placements:incident_detail", args=[incident.pk])

    back = reverse("placements:incident_list")
    page = FormPage(
        title=f"登记事件：{internship.person.name}",
        button="登记事件",
        lead="先救人、先报警，再登记",
        back=back,
        crumbs=[("实习事件", back)],
    )
    form = IncidentForm(*given(request))
    return answer_form(
        request, form=form, page=page, send=send, done="已登记，学校和单位都能看到。"
    )


@require_POST
def incident_report(request: Request, incident_id: int) -> HttpResponse:
    """Say that the authority was told (报告主管部门)."""
    incident = seen_incident(request, incident_id)
    require_incident_settler(request.actor, incident)
    try:
        report_incident(actor=request.actor, incident_id=incident.pk, now=timezone.localtime())
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "已登记报告主管部门。")
    return redirect("placements:incident_detail", incident_id=incident.pk)


@require_http_methods(FORM_METHODS)
def incident_close(request: Request, incident_id: int) -> HttpResponse:
    """Say how it ended (办结)."""
    incident = seen_incident(request, incident_id)
    require_incident_settler(request.actor, incident)
    back = reverse("placements:incident_detail", args=[incident.pk])

    def send(data: dict[str, Any]) -> str:
        close_incident(
            actor=request.actor, incident_id=incident.pk, now=timezone.localtime(), **data
        )
        return back

    page = FormPage(
        title="办结事件",
        button="办结",
        back=back,
        crumbs=[("实习事件", reverse("placements:incident_list")), (str(incident), back)],
    )
    form = IncidentCloseForm(*given(request), initial={"claim_number": incident.claim_number})
    return answer_form(request, form=form, page=page, send=send, done="已办结。")
