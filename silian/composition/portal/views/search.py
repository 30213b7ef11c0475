"""The one search box and its page (全站检索)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.composition.portal.forms import SORT_LABELS, question_from
from silian.composition.portal.queries.search import (
    PAGE_SIZE,
    SHOWN,
    Answer,
    Loosening,
    answered,
    loosenings,
    words_alone,
)
from silian.composition.portal.queries.search_cards import cards_of
from silian.composition.portal.queries.search_facets import facets_of, tabs_of
from silian.composition.portal.queries.search_suggestions import suggestions_for
from silian.composition.portal.rules import SearchQuestion
from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar
from silian.foundation.ui.saved_views import lasting_query, saved_views_visible_to
from silian.operations.exchange.commands.search_log import note_search
from silian.operations.exchange.permissions.listings import may_write_listings

MOST_ASKED = 300  # a minute and address: a school behind one address types on undisturbed
PREFILLED = ("kind", "side", "division")
SUBSCRIBED = {"q", "kind", "side", "division", "chain", "occupation", "starts", "pay"}
KEPT = ("q", "subject", "sort", "exact")


@login_not_required
@require_safe
def search(request: Request) -> HttpResponse:
    """Listings, organisations and programmes in one result, with filters (检索)."""
    question = question_from(request.GET)
    answer = answered(actor=request.actor, question=question, now=timezone.now())
    # a part of an answer says nothing about what is missing
    if question.text and question.page == 1 and not answer.found.warnings:
        note_search(
            actor=request.actor,
            words=question.text,
            filters=question.groups,
            total=answer.sought,
        )
    context = search_context(request, question, answer)
    template = "portal/_search_results.html" if request.htmx else "portal/search.html"
    return render(request, template, context)


def search_context(request: Request, question: SearchQuestion, answer: Answer) -> dict[str, Any]:
    facets = facets_of(request=request, question=question, counts=answer.found.facets)
    bar = FilterBar(request=request, facets=facets, search=False, kept=KEPT)
    conditions = [f"{group.label}：{option.label}" for group in facets for option in group.options
                  if option.chosen]  # fmt: skip
    cards = cards_of(actor=request.actor, answer=answer, conditions=conditions)
    hidden = len(answer.found.hits) - len(cards)
    return {
        "question": question,
        "answer": answer,
        "cards": cards,
        "total": answer.found.total - hidden,
        "tabs": [(*tab, tab_query(request, tab[0])) for tab in tabs_of(answer.found.facets)],
        "bar": bar,
        "sorts": list(SORT_LABELS.items()),
        "pager": pager(request, question, answer, shown=len(cards)),
        "proposals": [(text, changed(request, q=text)) for text in answer.proposals],
        "exact_query": changed(request, exact="1"),
        "loosenings": loosened(request, answer),
        "may_publish": not request.actor.is_authenticated or may_write_listings(request.actor),
        "demand_url": demand_url(question),
        "alert_query": alert_query(request, question, answer),
        "views": saved_views_visible_to(request.actor).filter(path=request.path),
        "lasting_query": lasting_query(query=request.GET.urlencode()),
    }


def alert_query(request: Request, question: SearchQuestion, answer: Answer) -> str:
    """The question as subscriptions of listings take it, with the words as they were read."""
    if question.subject not in ("", "listing") or not request.actor.is_authenticated:
        return ""
    query = request.GET.copy()
    for name in set(query) - SUBSCRIBED:
        query.pop(name)
    if answer.read_as:
        query["q"] = answer.read_as
    return query.urlencode()


def pager(
    request: Request, question: SearchQuestion, answer: Answer, *, shown: int
) -> dict[str, Any]:
    """Where the page stands in the result, and the ways to its neighbours."""
    page, total = question.page, answer.found.total
    return {
        "first": (page - 1) * PAGE_SIZE + 1,
        "last": (page - 1) * PAGE_SIZE + shown,
        "previous": changed(request, page=str(page - 1)) if page > 1 else "",
        "next": changed(request, page=str(page + 1)) if page * PAGE_SIZE < min(total, SHOWN)
        else "",
        "ends_early": total > SHOWN <= page * PAGE_SIZE,
    }  # fmt: skip


def changed(request: Request, **values: str) -> str:
    """The query of the address with these values instead; pages begin anew."""
    query = request.GET.copy()
    for name in {"page", *({"exact"} if "q" in values else ()), *values}:
        query.pop(name, None)
    query.update({name: value for name, value in values.items() if value})
    return query.urlencode()


def tab_query(request: Request, subject: str) -> str:
    return changed(request, subject=subject)


def loosened(request: Request, answer: Answer) -> list[tuple[Loosening, str]]:
    """For a result without what was sought: each word alone; for an empty one each condition."""
    if answer.sought:
        return []
    dropped = [] if answer.found.total else loosenings(answer.request)
    fewer = [(one, changed(request, **{one.name: ""})) for one in dropped]
    words = words_alone(answer) if answer.loose or not answer.found.total else []
    alone = [(one, changed(request, q=one.label)) for one in words]
    return [*fewer, *alone]


def demand_url(question: SearchQuestion) -> str:
    """Where a search without result becomes a demand, prefilled."""
    known = {name: question.groups[name][0] for name in PREFILLED if name in question.groups}
    known["text"] = question.text
    return f"{reverse('exchange:unmet_demand_new')}?{urlencode(known)}"


@login_not_required
@require_safe
@rate_limited("portal.suggestions", times=MOST_ASKED, seconds=60)
def suggestions(request: Request) -> HttpResponse:
    """What to offer while somebody types (输入提示)."""
    lines = suggestions_for(actor=request.actor, text=request.GET.get("q", ""), now=timezone.now())
    return JsonResponse(
        {"results": [{"text": one.text, "note": one.note, "url": one.url} for one in lines]}
    )
