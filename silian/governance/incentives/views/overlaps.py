"""Taking people out of a claim, and back in, by the unit that claims."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.money import format_yuan
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_said
from silian.governance.incentives.commands.overlaps import (
    LEFT_OUT,
    leave_out_item,
    take_back_item,
)
from silian.governance.incentives.models import Claim, ClaimItem
from silian.governance.incentives.permissions.claims import claims_visible_to, require_owner
from silian.governance.incentives.permissions.outside_payments import reads_payments
from silian.governance.incentives.queries.payment_overlaps import people_overlapping


def repeats_of(claim: Claim, actor: Actor) -> dict[str, Any]:
    """Whom another subsidy stands against, for the page of a claim (重复人员).

    Papers and sums of the other subsidy are for those who read the register.
    """
    repeats = people_overlapping(claim, claim.items.filter(counts=True).order_by("pk"))
    return {
        "repeats": repeats,
        "repeats_amount": sum((each.amount for each in repeats), Decimal(0)),
        "taken_out": claim.items.filter(struck_reason=LEFT_OUT, struck_by__isnull=False),
        "reads_payments": reads_payments(actor),
    }


def own_item(request: Request, claim_id: int, item_id: int) -> ClaimItem:
    rows = ClaimItem.objects.filter(claim__in=claims_visible_to(request.actor).values("pk"))
    item = get_object_or_404(rows.select_related("claim"), pk=item_id, claim_id=claim_id)
    require_owner(request.actor, item.claim)
    return item


@require_POST
def item_leave_out(request: Request, claim_id: int, item_id: int) -> HttpResponse:
    """Take one person out and say by how much the claim fell (剔除)."""
    item = own_item(request, claim_id, item_id)
    try:
        less = leave_out_item(claim_id=claim_id, item_id=item_id, actor=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"已剔除{item.label}，测算金额减少 {format_yuan(less)} 元。")
    return redirect("incentives:claim_edit", claim_id)


@require_POST
def item_take_back(request: Request, claim_id: int, item_id: int) -> HttpResponse:
    """Count one person again (放回)."""
    item = own_item(request, claim_id, item_id)
    return done_or_said(
        request,
        lambda: take_back_item(
            claim_id=claim_id,
            item_id=item_id,
            actor=request.actor,
            today=timezone.localdate(),
        ),
        done=f"已放回{item.label}，金额已重新测算。",
        then=reverse("incentives:claim_edit", args=[claim_id]),
    )
