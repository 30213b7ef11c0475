"""Guides in public: what each benefit gives, to whom, how, where and until when (办事指南)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import status_of
from silian.governance.incentives.exports.guides import HEADER, rows_of
from silian.governance.incentives.gateways.guides import guides
from silian.governance.incentives.gateways.rulebook import rule_of, rules_of, title_of
from silian.governance.incentives.permissions.incentives import may_read_own
from silian.governance.incentives.queries.guides import page_of
from silian.governance.incentives.views.calculators import query_of, setting_of


@login_not_required
@require_safe
def guide_list(request: Request) -> HttpResponseBase:
    """Every benefit of a place on a day (惠企政策指南)."""
    form, place, on = setting_of(request)
    rules = rules_of(place=place.code, on=on)
    rows = [page_of(guide, rules[code]) for code, guide in guides().items() if code in rules]
    if request.GET.get("export") in ("xlsx", "csv"):
        name = f"惠企政策指南-{place.name}-{on}"
        kind = request.GET["export"]
        return file_response(kind=kind, name=name, header=HEADER, rows=rows_of(rows))
    context = {
        "setting": form, "place": place, "on": on, "query": query_of(place, on),
        "benefits": [row for row in rows if not row.guide.duty],
        "duties": [row for row in rows if row.guide.duty],
    }  # fmt: skip
    return render(request, "incentives/guides/list.html", context, status=status_of(form))


@login_not_required
@require_safe
def guide_detail(request: Request, rule: str) -> HttpResponse:
    """One guide: conditions with clauses from the rule, papers and steps (办事指南)."""
    guide = guides().get(rule)
    if guide is None:
        raise Http404
    form, place, on = setting_of(request)
    compiled = rule_of(rule=rule, place=place.code, on=on)
    context = {
        "setting": form, "place": place, "on": on, "query": query_of(place, on),
        "title": title_of(rule), "page": page_of(guide, compiled) if compiled else None,
        "today": timezone.localdate(), "checks": may_read_own(request.actor),
    }  # fmt: skip
    return render(request, "incentives/guides/detail.html", context, status=status_of(form))
