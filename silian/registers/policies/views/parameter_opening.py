"""Opening a parameter that a policy leaves to the region, and taking a row back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.form_pages import done_or_refused, done_or_said, status_of
from silian.registers.policies.commands.parameter_opening import (
    open_parameter,
    withdraw_parameter,
)
from silian.registers.policies.forms.parameter_opening import OpeningForm
from silian.registers.policies.gateways.open_parameters import rulebook_kinds
from silian.registers.policies.permissions.parameters import (
    may_open_parameters,
    parameters_visible_to,
    require_parameter_keeper,
)
from silian.registers.policies.queries.clause_choices import citable_clauses
from silian.registers.policies.queries.parameters import demanding_document


@require_http_methods(["GET", "HEAD", "POST"])
def parameter_open(request: Request) -> HttpResponse:
    """Say that the region has a parameter without a value yet (开设参数)."""
    actor = request.actor
    if not may_open_parameters(actor):
        raise NotAllowed("参数由本地区牵头部门统筹人员或文件发布部门的审核员开设。请联系他们办理。")
    form = OpeningForm(
        request.POST or None,
        clauses=citable_clauses(division=actor.jurisdiction, actor=actor),
        kinds=rulebook_kinds(),
        initial={"valid_from": timezone.localdate()},
    )
    row = done_or_refused(
        form,
        lambda: open_parameter(
            opening=form.opening(), division=actor.jurisdiction, actor=actor, now=timezone.now()
        ),
    )
    if row is not None:
        messages.success(request, "已开设，现在显示“未设定”。公布数值后请在这里设定。")
        return redirect(row)
    region = get_object_or_404(Division, pk=actor.jurisdiction)
    context = {"form": form, "region": region}
    return render(request, "policies/parameters/open.html", context, status=status_of(form))


@require_POST
def parameter_withdraw(request: Request, parameter_id: int) -> HttpResponse:
    """Take back a value or an opening (撤回参数)."""
    row = get_object_or_404(parameters_visible_to(request.actor), pk=parameter_id)
    require_parameter_keeper(
        request.actor, division=row.division_id, document=demanding_document(row)
    )
    return done_or_said(
        request,
        lambda: withdraw_parameter(
            parameter_id=row.pk,
            reason=request.POST.get("reason", ""),
            actor=request.actor,
            now=timezone.now(),
        ),
        done="已撤回，原来的一条留在沿革里。",
        then=row,
    )
