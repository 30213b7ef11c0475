"""The supply and demand hall (供需大厅)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import FilterBar, facet
from silian.operations.exchange.choices import Side
from silian.operations.exchange.forms.hall import (
    SORTS,
    STARTS,
    HallQuestion,
    question_from,
)
from silian.operations.exchange.gateways.search_terms import SearchRequest
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.queries.matches import reasons_for
from silian.operations.exchange.queries.search import (
    hall_counts,
    hall_result,
    region_labels,
    request_for,
)


@login_not_required
def hall(request: Request) -> HttpResponse:
    """Search and filter everything that is published (供需大厅)."""
    question = question_from(request.GET)
    asked = engine_request(request, question)
    result = hall_result(actor=request.actor, request=asked)
    bar = FilterBar(
        request=request, facets=hall_facets(request, asked), search=False, kept=("q", "sort", "pay")
    )
    matches = reasons_for(listings=result.listings, actor=request.actor)
    context = {
        "question": question,
        "result": result,
        "rows": [(listing, matches.get(listing.pk)) for listing in result.listings],
        "kinds": listing_kinds(),
        "bar": bar,
        "sorts": [(sort.value, label) for sort, label in SORTS.items()],
        "demand_url": unmet_demand_url(question),
        "next_query": page_query(request, page=result.page + 1),
        "previous_query": page_query(request, page=result.page - 1),
    }
    template = "exchange/_hall_results.html" if request.htmx else "exchange/hall.html"
    return render(request, template, context)


def engine_request(request: Request, question: HallQuestion) -> SearchRequest:
    return request_for(
        actor=request.actor,
        today=timezone.localdate(),
        text=question.text,
        kinds=question.kinds,
        side=question.side,
        divisions=question.divisions,
        chains=question.chains,
        occupation=question.occupation,
        major=question.major,
        starts_by=question.starts_by(today=timezone.localdate()),
        price_at_least=question.price_at_least,
        sort=question.sort,
        page=question.page,
    )


def hall_facets(request: Request, asked: SearchRequest) -> list[Facet]:
    """The filters beside the result, with counts."""
    counts = hall_counts(request=asked, jurisdiction=settings.SITE_JURISDICTION)
    kinds = [(code, kind.label) for code, kind in listing_kinds().items()]
    regions = region_labels(counts["division"])
    busiest = sorted(regions.items(), key=lambda pair: -counts["division"][pair[0]])
    chains = [(name, name) for name in sorted(counts["chain"], key=lambda n: -counts["chain"][n])]
    present = [pair for pair in kinds if counts["kind"].get(pair[0]) or pair[0] in chosen(request)]
    return [
        facet(
            request=request,
            name="side",
            label="方向",
            choices=Side.choices,
            counts=counts["side"],
            single=True,
        ),
        facet(request=request, name="kind", label="类别", choices=present, counts=counts["kind"]),
        facet(
            request=request,
            name="division",
            label="区域",
            choices=busiest,
            counts=counts["division"],
        ),
        facet(
            request=request,
            name="chain",
            label="重点产业链",
            choices=chains,
            counts=counts["chain"],
        ),
        facet(
            request=request,
            name="starts",
            label="开始时间",
            choices=list(STARTS.items()),
            single=True,
        ),
    ]


def chosen(request: Request) -> list[str]:
    return request.GET.getlist("kind")


def unmet_demand_url(question: HallQuestion) -> str:
    """Where a search without result becomes a demand, prefilled."""
    known: dict[str, Any] = {
        "text": question.text,
        "kind": question.kinds[0] if question.kinds else "",
        "side": question.side,
        "division": question.divisions[0] if question.divisions else "",
    }
    filled = {name: value for name, value in known.items() if value}
    return f"{reverse('exchange:unmet_demand_new')}?{urlencode(filled)}"


def page_query(request: Request, *, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return query.urlencode()
