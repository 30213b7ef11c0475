"""What suits the organisation, why, and how to want less of it (为您匹配)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.operations.exchange.commands.recommendation_choices import (
    hide_kind_of,
    pause_recommendation,
    resume_recommendation,
    undo_hiding,
)
from silian.operations.exchange.commands.recommendation_feedback import (
    judge_recommendation,
    note_shown,
)
from silian.operations.exchange.gateways.recommendation_model import FEWEST_ACCEPTED
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.operations.exchange.permissions.negotiations import side_of
from silian.operations.exchange.permissions.recommendations import (
    has_recommendations,
    hidings_visible_to,
    may_judge_recommendations,
    may_switch_for_organisation,
)
from silian.operations.exchange.queries.newcomer_matches import newcomer_rows
from silian.operations.exchange.queries.recommendation_choices import recommendation_off
from silian.operations.exchange.queries.recommendation_figures import (
    own_outcome,
    recommendation_effect,
)
from silian.operations.exchange.queries.recommendation_place import place_of
from silian.operations.exchange.queries.recommendation_starts import (
    cohorts_to_start_from,
    startable_cohorts,
    starts_of,
)
from silian.operations.exchange.queries.recommendations import (
    recommended,
    recommended_pair,
    refreshed_at,
)
from silian.operations.exchange.rules import recommendations as order

PAGE = "exchange:recommendation_list"
ROWS_A_PAGE = 12  # what is shown counts as shown: no more than one reads


def number_in(request: Request, name: str) -> int | None:
    """A number of the address or the form, or None."""
    given = request.POST.get(name, "") or request.GET.get(name, "")
    return int(given) if given.isdigit() and len(given) < 10 else None


def require_concerned(request: Request) -> None:
    if not has_recommendations(request.actor):
        raise NotAllowed("推荐按单位的供需计算。请切换到贵单位的管理员、经办人或只读成员身份。")


@require_safe
def recommendation_list(request: Request) -> HttpResponse:
    """Everything recommended, or what one own listing brought up (为您匹配)."""
    require_concerned(request)
    actor = request.actor
    everything = recommended(actor)
    own_id = number_in(request, "own")
    found = recommended(actor, own_id=own_id) if own_id else everything
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": page.object_list,
        "own_id": own_id,
        "starts": starts_of(actor, recommended=everything),
        "newcomer": [] if everything else newcomer_rows(actor),
        "cohorts": cohorts_to_start_from(actor, on=timezone.localdate()),
        "outcome": own_outcome(actor),
        "refreshed_at": refreshed_at(),
        "my_listings_url": reverse("exchange:my_listings"),
        **choices_context(request),
    }
    return render(request, "exchange/recommendation/list.html", context)


def choices_context(request: Request) -> dict[str, Any]:
    """The switch and what is hidden, as the panel beside every list shows them."""
    actor = request.actor
    return {
        "pause": recommendation_off(actor),
        "hidings": list(hidings_visible_to(actor).order_by("-hidden_at")),
        "may_judge": may_judge_recommendations(actor),
        "may_switch_organisation": may_switch_for_organisation(actor),
    }


@require_safe
def recommendation_why(request: Request, own_id: int, other_id: int) -> HttpResponse:
    """Why one sees this: both sides' facts, and how the place in the list came about."""
    require_concerned(request)
    pair = recommended_pair(request.actor, own_id=own_id, other_id=other_id)
    if pair is None:
        raise Http404
    context = {"row": pair, "place": place_of(pair, now=timezone.now()), **choices_context(request)}
    return render(request, "exchange/recommendation/why.html", context)


@require_POST
def recommendation_shown(request: Request) -> HttpResponse:
    """Count what a page has shown; sent by the page itself, so that reading writes nothing."""
    pairs = [pair_from(text) for text in request.POST.getlist("shown")]
    note_shown(
        pairs=[pair for pair in pairs if pair is not None],
        actor=request.actor,
        now=timezone.now(),
        cohort_id=own_cohort(request),
    )
    return HttpResponse(status=204)


def own_cohort(request: Request) -> int | None:
    """The cohort that the page started from, if it is one's own to start from."""
    given = number_in(request, "cohort")
    known = startable_cohorts(request.actor, on=timezone.localdate()).filter(pk=given or 0)
    return given if given and known.exists() else None


def pair_from(text: str) -> tuple[int | None, int] | None:
    """``12:34`` is listing 34 shown for the own listing 12; ``:34`` for none."""
    own, _, other = text.partition(":")
    if not other.isdigit() or len(text) > 24:
        return None
    return (int(own) if own.isdigit() else None), int(other)


@require_POST
def recommendation_judge(request: Request, listing_id: int) -> HttpResponse:
    """Say that it suits or not, or take that back (合适、不合适)."""
    rows = listings_visible_to(request.actor).published()
    others = rows.exclude(organisation_id=side_of(request.actor))
    listing = get_object_or_404(others, pk=listing_id)
    showing = judge_recommendation(
        other_id=listing.pk,
        own_id=number_in(request, "own"),
        verdict=request.POST.get("verdict", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    if request.htmx:
        context = {"listing": listing, "showing": showing, "own_id": number_in(request, "own")}
        return render(request, "exchange/recommendation/_judged.html", context)
    said = showing.get_verdict_display()
    messages.success(request, f"已标为{said}。" if said else "已撤销评价。")
    return redirect(PAGE)


@require_POST
def recommendation_hide(request: Request, listing_id: int) -> HttpResponse:
    """No more of this kind, publisher or occupation (不看此类)."""
    listing = get_object_or_404(listings_visible_to(request.actor), pk=listing_id)
    hiding = hide_kind_of(
        listing_id=listing.pk,
        subject=request.POST.get("subject", ""),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, f"不再推荐“{hiding.label}”。可在右侧“推荐设置”里撤销。")
    return redirect(PAGE)


@require_POST
def hiding_undo(request: Request, hiding_id: int) -> HttpResponse:
    hiding = get_object_or_404(hidings_visible_to(request.actor), pk=hiding_id)
    undo_hiding(hiding_id=hiding.pk, actor=request.actor, now=timezone.now())
    messages.success(request, f"恢复推荐“{hiding.label}”。")
    return redirect(PAGE)


@require_POST
def recommendation_switch(request: Request) -> HttpResponse:
    """Off or on, for oneself or for the organisation (关闭推荐、重新开启)."""
    scope, turned = request.POST.get("scope", ""), request.POST.get("turn", "")
    step = resume_recommendation if turned == "on" else pause_recommendation
    step(scope=scope, actor=request.actor, now=timezone.now())
    messages.success(request, "已重新开启推荐。" if turned == "on" else "已关闭推荐，即时生效。")
    return redirect(PAGE if has_recommendations(request.actor) else "portal:today")


@login_not_required
@require_safe
def recommendation_principles(request: Request) -> HttpResponse:
    """How recommendations are computed, in words and with today's numbers (推荐是怎么算的)."""
    context = {
        "order": order,
        "fewest_accepted": FEWEST_ACCEPTED,
        "one_sided": f"{order.ONE_SIDED * 10:g}",
        "effect": recommendation_effect(today=timezone.localdate()),
        "refreshed_at": refreshed_at(),
    }
    return render(request, "exchange/recommendation/principles.html", context)
