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
from silian.foundation.kernel.search.requests import SearchRequest
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import FilterBar, facet
from silian.operations.exchange.choices import Side
from silian.operations.exchange.commands.search_log import note_search
from silian.operations.exchange.forms.hall import (
    PUBLISHED,
    SORTS,
    STARTS,
    VERIFIED,
    HallQuestion,
    question_from,
)
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.permissions.listings import may_read_own, may_write_listings
from silian.operations.exchange.queries.matches import reasons_for
from silian.operations.exchange.queries.search import (
    HallResult,
    hall_counts,
    hall_result,
    industry_labels,
    region_labels,
    request_for,
)


@login_not_required
def hall(request: Request) -> HttpResponse:
    """Search and filter everything that is published (供需大厅)."""
    question = question_from(request.GET)
    asked = engine_request(request, question)
    result = hall_result(actor=request.actor, request=asked)
    note(request, question, result, words=len(asked.words))
    bar = FilterBar(
        request=request,
        facets=hall_facets(request, result),
        search=False,
        kept=("q", "sort", "pay"),
    )
    own = may_read_own(request.actor)  # students and teachers have no listings of their own
    matches = reasons_for(listings=result.listings, actor=request.actor) if own else {}
    context = {
        "question": question,
        "result": result,
        "rows": [(listing, matches.get(listing.pk)) for listing in result.listings],
        "kinds": listing_kinds(),
        "bar": bar,
        "sorts": [(sort.value, label) for sort, label in SORTS.items()],
        "demand_url": unmet_demand_url(question),
        "may_publish": not request.actor.is_authenticated or may_write_listings(request.actor),
        "next_query": page_query(request, page=result.page + 1),
        "previous_query": page_query(request, page=result.page - 1),
    }
    template = "exchange/_hall_results.html" if request.htmx else "exchange/hall.html"
    return render(request, template, context)


def note(request: Request, question: HallQuestion, result: HallResult, *, words: int) -> None:
    """Count the words of a whole answer's first page; a part says nothing about what is missing.

    Of two words loosened only one is there, which is not what was sought.
    """
    if not question.text or question.page > 1 or result.warnings:
        return
    filters = {
        "kind": question.kinds,
        "side": (question.side,) if question.side else (),
        "division": question.divisions,
        "occupation": (question.occupation,) if question.occupation else (),
    }
    half = result.forgiving and words == 2
    total = 0 if half else result.total
    note_search(actor=request.actor, words=question.text, filters=filters, total=total)


def engine_request(request: Request, question: HallQuestion) -> SearchRequest:
    return request_for(
        actor=request.actor,
        today=timezone.localdate(),
        text=question.text,
        kinds=question.kinds,
        side=question.side,
        divisions=question.divisions,
        chains=question.chains,
        industries=question.industries,
        occupation=question.occupation,
        major=question.major,
        levels=question.levels,
        verified=question.verified,
        published_since=question.published_since(now=timezone.now()),
        starts_by=question.starts_by(today=timezone.localdate()),
        price_at_least=question.price_at_least,
        sort=question.sort,
        page=question.page,
    )


def hall_facets(request: Request, result: HallResult) -> list[Facet]:
    """The filters beside the result, with counts."""
    counts = hall_counts(result.facets, jurisdiction=settings.SITE_JURISDICTION)
    groups = (
        ("side", "方向", Side.choices, True),
        ("kind", "类别", kind_choices(request, counts["kind"]), False),
        ("division", "区域", busiest_first(region_labels(counts["division"]), counts), False),
        ("level", "学历层次", busiest(counts["level"]), False),
        ("industry", "行业门类", industry_choices(request, counts["industry"]), False),
        ("chain", "重点产业链", busiest(counts["chain"]), False),
        ("verified", "发布单位", VERIFIED.items(), True),
    )
    counted = [
        facet(
            request=request, name=name, label=label, choices=choices, counts=counts[name],
            single=single,
        )
        for name, label, choices, single in groups
    ]  # fmt: skip
    days = (("published", "发布时间", PUBLISHED), ("starts", "开始时间", STARTS))
    return counted + [
        facet(request=request, name=name, label=label, choices=known.items(), single=True)
        for name, label, known in days
    ]


def kind_choices(request: Request, counts: dict[str, int]) -> list[tuple[str, str]]:
    """The kinds that have results, and those that are chosen all the same."""
    chosen = request.GET.getlist("kind")
    return [
        (code, kind.label)
        for code, kind in listing_kinds().items()
        if counts.get(code) or code in chosen
    ]


def busiest_first(
    labels: dict[str, str], counts: dict[str, dict[str, int]]
) -> list[tuple[str, str]]:
    return sorted(labels.items(), key=lambda pair: -counts["division"][pair[0]])


def busiest(counts: dict[str, int]) -> list[tuple[str, str]]:
    """Values that are their own names, the most frequent first."""
    return [(name, name) for name in sorted(counts, key=lambda name: -counts[name])]


def industry_choices(request: Request, counts: dict[str, int]) -> list[tuple[str, str]]:
    """The sections with results, and what is chosen all the same, by name."""
    names = industry_labels([*counts, *request.GET.getlist("industry")])
    return sorted(names.items(), key=lambda pair: -counts.get(pair[0], 0))


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
