"""Claims computed again: before and after, person by person, and what follows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import done_or_said
from silian.governance.incentives.choices.recovery import RecalculationState
from silian.governance.incentives.commands.recalculations import (
    apply_recalculation,
    recalculate,
    set_aside,
    settle_heads,
)
from silian.governance.incentives.exports.claim_money import DIFFERENCE_HEADER, difference_rows
from silian.governance.incentives.models import Claim, Recalculation
from silian.governance.incentives.permissions.claim_money import recalculations_visible_to
from silian.governance.incentives.permissions.claims import claims_visible_to, leads
from silian.governance.incentives.queries.claim_money import acts_on
from silian.governance.incentives.queries.claim_sums import sums_of

BY_HAND = "牵头部门按现有事实重新核算"


def visible_claim(request: Request, claim_id: int) -> Claim:
    rows = claims_visible_to(request.actor).select_related("call__owner", "organisation")
    return get_object_or_404(rows, pk=claim_id)


def visible_recalculation(request: Request, recalculation_id: int) -> Recalculation:
    rows = recalculations_visible_to(request.actor).select_related(
        "claim__call__owner", "claim__organisation", "made_by", "handled_by"
    )
    return get_object_or_404(rows, pk=recalculation_id)


@require_POST
def claim_recalculate(request: Request, claim_id: int) -> HttpResponse:
    """Compute a claim on the facts of now (重新核算)."""
    claim = visible_claim(request, claim_id)
    now, on = timezone.now(), timezone.localdate()
    try:
        row = recalculate(claim_id=claim.pk, cause=BY_HAND, on=on, now=now, actor=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect(claim)
    if row is None:
        messages.success(request, "已核算，事实没有变化。")
    return redirect(row or claim)


@require_POST
def claim_settle(request: Request, claim_id: int) -> HttpResponse:
    """Settle an advance per head (按人结算)."""
    claim = visible_claim(request, claim_id)
    now, on = timezone.now(), timezone.localdate()
    return done_or_said(
        request,
        lambda: settle_heads(claim_id=claim.pk, on=on, now=now, actor=request.actor),
        done="已按人结算。",
        then=claim,
    )


@require_safe
def recalculation_detail(request: Request, recalculation_id: int) -> HttpResponseBase:
    """What was believed before and is believed now, person by person (重新核算)."""
    row = visible_recalculation(request, recalculation_id)
    if request.GET.get("export") in ("xlsx", "csv"):
        return file_response(
            kind=request.GET["export"], name=f"核算差额-{row.claim.number}",
            header=DIFFERENCE_HEADER, rows=difference_rows(row),
        )  # fmt: skip
    acts = leads(request.actor, row.claim.call) and acts_on(row.claim, request.actor)
    found = row.state == RecalculationState.FOUND
    sums = sums_of(row.claim)
    fall = row.claim.entitled - row.entitled_after
    context = {
        "row": row,
        "claim": row.claim,
        "acts": acts and found,
        "unpaid": sums.to_pay - sums.in_flight,
        "to_recover": max(fall, 0) if found and not sums.to_pay else 0,
        "moves_day": row.before.get("due_on") != row.after.get("due_on"),
    }
    return render(request, "incentives/claim_money/recalculation.html", context)


@require_POST
def recalculation_apply(request: Request, recalculation_id: int) -> HttpResponse:
    """Pay what is missing or keep back what is not paid (按核算结果处理)."""
    row = visible_recalculation(request, recalculation_id)
    now, on = timezone.now(), timezone.localdate()
    reason = request.POST.get("reason", "")[:300]
    return done_or_said(
        request,
        lambda: apply_recalculation(
            recalculation_id=row.pk, reason=reason, on=on, now=now, actor=request.actor
        ),
        done="已按核算结果处理未拨付的部分。",
        then=row,
    )


@require_POST
def recalculation_set_aside(request: Request, recalculation_id: int) -> HttpResponse:
    """Change nothing, with a reason (不予调整)."""
    row = visible_recalculation(request, recalculation_id)
    reason = request.POST.get("reason", "")[:300]
    return done_or_said(
        request,
        lambda: set_aside(
            recalculation_id=row.pk, reason=reason, now=timezone.now(), actor=request.actor
        ),
        done="已记录，不予调整。",
        then=row,
    )
