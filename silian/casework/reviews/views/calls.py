"""The public call of a batch: who may apply, until when, with what."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.permissions.campaigns import calls_open_to_all
from silian.casework.reviews.queries.call_editions import public_call_edition
from silian.casework.reviews.queries.calls import call_page
from silian.casework.reviews.queries.campaigns import open_calls
from silian.foundation.kernel.requests import Request

MOST_PAST = 50


@require_safe
@login_not_required
def call_list(request: Request) -> HttpResponse:
    """Every call that is out, those that take applications first (申报通知)."""
    today = timezone.localdate()
    current = list(open_calls(on=today))
    others = (
        calls_open_to_all()
        .exclude(pk__in=[row.pk for row in current])
        .select_related("version__scheme", "division", "owner")
        .order_by("-closes_on", "-pk")[:MOST_PAST]
    )
    return render(request, "reviews/call_list.html", {"current": current, "others": others})


@require_safe
@login_not_required
def call_detail(request: Request, campaign_id: int) -> HttpResponse:
    """One call (申报通知)."""
    rows = calls_open_to_all().select_related("version__scheme", "division", "owner")
    campaign = get_object_or_404(rows, pk=campaign_id)
    today = timezone.localdate()
    takes = campaign.state == CampaignState.OPEN and campaign.opens_on <= today
    context = {
        "campaign": campaign,
        "page": call_page(campaign),
        "edition": public_call_edition(campaign),
        "takes": takes and today < campaign.closes_on,
    }
    return render(request, "reviews/call_detail.html", context)
