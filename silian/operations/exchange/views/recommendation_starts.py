"""Starting from a cohort of the school, or from one need of the enterprise."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.operations.exchange.permissions.listings import own_listings
from silian.operations.exchange.permissions.recommendations import may_judge_recommendations
from silian.operations.exchange.queries.cohort_matches import firms_for
from silian.operations.exchange.queries.need_matches import programmes_for, support_for
from silian.operations.exchange.queries.recommendation_choices import recommendation_off
from silian.operations.exchange.queries.recommendation_starts import (
    cohorts_to_start_from,
    startable_cohorts,
)
from silian.operations.exchange.views.recommendations import require_concerned


@require_safe
def recommendation_from_cohort(request: Request, cohort_id: int) -> HttpResponse:
    """Enterprises for one cohort, with reasons (从年级找企业)."""
    today = timezone.localdate()
    require_concerned(request)
    cohort = get_object_or_404(startable_cohorts(request.actor, on=today), pk=cohort_id)
    firms = firms_for(request.actor, cohort=cohort, on=today)
    context = {
        "cohort": cohort,
        "firms": firms,
        "rows": [row for firm in firms.best for row in firm.rows],
        "cohorts": cohorts_to_start_from(request.actor, on=today),
        "pause": recommendation_off(request.actor),
        "may_judge": may_judge_recommendations(request.actor),
    }
    return render(request, "exchange/recommendation/cohort.html", context)


@require_safe
def recommendation_from_listing(request: Request, listing_id: int) -> HttpResponse:
    """Programmes, results, instruments and people for one own listing (从需求找资源)."""
    require_concerned(request)
    rows = own_listings(request.actor).select_related("division", "occupation", "organisation")
    own = get_object_or_404(rows, pk=listing_id)
    support = support_for(request.actor, own=own)
    context = {
        "own": own,
        "programmes": programmes_for(request.actor, own=own),
        "support": support,
        "programmes_first": own.occupation_id is not None,
        "rows": [row for group in support for row in group.rows],
        "pause": recommendation_off(request.actor),
        "may_judge": may_judge_recommendations(request.actor),
    }
    return render(request, "exchange/recommendation/need.html", context)
