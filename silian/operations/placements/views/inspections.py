"""Reports of visits: write one, judge one (实地考察)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.operations.placements.commands.inspections import (
    InspectionReport,
    approve_inspection,
    record_inspection,
    return_inspection,
)
from silian.operations.placements.forms.hosts import InspectionForm
from silian.operations.placements.models.hosts import HostInspection
from silian.operations.placements.permissions.hosts import (
    hosts_visible_to,
    inspections_visible_to,
    require_inspector,
)
from silian.operations.placements.queries.hosts import hosts_for_list
from silian.operations.placements.views.hosts import crumbs_of, host_page


@require_http_methods(["GET", "HEAD", "POST"])
def inspection_new(request: Request, host_id: int) -> HttpResponse:
    """Write the report of a visit in eight fields (登记考察)."""
    require_inspector(request.actor)
    own = hosts_visible_to(request.actor).filter(school_id=request.actor.organisation_id)
    host = get_object_or_404(own.select_related("organisation"), pk=host_id)
    last = inspections_visible_to(request.actor).filter(host=host).first()
    data, files = given(request)
    initial = InspectionForm.initial_from(last) if last else {}
    return answer_form(
        request,
        form=InspectionForm(data, files, initial=initial),
        page=FormPage(
            title="登记实地考察",
            button="提交审核",
            back=host.get_absolute_url(),
            lead=f"{host.organisation.name}　八项内容都要填写，由另一人审核",
            help="placements/inspection",
            crumbs=crumbs_of(host),
        ),
        send=lambda typed: recorded(request, host_id=host.pk, typed=typed),
        done="已提交，请贵校另一名管理员或经办人审核。",
        then=host.get_absolute_url(),
    )


def recorded(request: Request, *, host_id: int, typed: dict[str, Any]) -> HostInspection:
    """The report as typed, with its photographs."""
    report = {name: value for name, value in typed.items() if name != "photos"}
    return record_inspection(
        host_id=host_id,
        report=InspectionReport(**report),
        photos=typed["photos"],
        actor=request.actor,
        today=timezone.localdate(),
    )


@require_POST
def inspection_step(request: Request, inspection_id: int, name: str) -> HttpResponse:
    """Approve a report or send it back (审核考察报告)."""
    rows = inspections_visible_to(request.actor)
    inspection = get_object_or_404(rows, pk=inspection_id)
    if name not in ("approve", "return"):
        raise Http404
    try:
        if name == "approve":
            approve_inspection(
                inspection_id=inspection.pk, actor=request.actor, now=timezone.localtime()
            )
            messages.success(request, "已审核通过。")
        else:
            reason = request.POST.get("reason", "")
            return_inspection(inspection_id=inspection.pk, reason=reason, actor=request.actor)
    except DomainError as refusal:
        host = hosts_for_list(hosts_visible_to(request.actor)).get(pk=inspection.host_id)
        return host_page(request, host, refused=refusal)
    return redirect("placements:host_detail", host_id=inspection.host_id)
