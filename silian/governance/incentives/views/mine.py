"""What one's own enterprise or school is entitled to, and the facts that it states."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import done_or_refused, given, status_of
from silian.governance.incentives.choices.benefits import Origin, Standing
from silian.governance.incentives.commands.facts import state_facts
from silian.governance.incentives.exports.entitlements import HEADER, rows_of
from silian.governance.incentives.exports.tax_pack import pack_response
from silian.governance.incentives.forms.own_facts import OwnFactsForm
from silian.governance.incentives.gateways.guides import Fact, facts
from silian.governance.incentives.models import StatedFact
from silian.governance.incentives.permissions.incentives import (
    may_state,
    require_own_reader,
    stated_facts_visible_to,
)
from silian.governance.incentives.queries.claim_calls import calls_by_rule
from silian.governance.incentives.queries.entitlements import Overview, entitlements_of
from silian.governance.incentives.queries.facts import stated_held
from silian.governance.incentives.queries.tax_pack import tax_pack_of
from silian.registers.organisations.models import Organisation

FIRST_YEAR, YEARS_BACK = 2019, 4  # the credit began in 2019; older years are closed
SHOWN_HISTORY = 30


def own_organisation(request: Request) -> Organisation:
    require_own_reader(request.actor)
    rows = Organisation.objects.select_related("division")
    return rows.get(pk=request.actor.organisation_id or 0)


def year_of(request: Request) -> int:
    """The year of the address; this year when it names none."""
    now, typed = timezone.localdate().year, request.GET.get("year", "")
    if not typed:
        return now
    if not (typed.isdecimal() and len(typed) == 4 and first_year(now) <= int(typed) <= now):
        raise Http404
    return int(typed)


def first_year(now: int) -> int:
    return max(FIRST_YEAR, now - YEARS_BACK)


def overview_of(request: Request) -> Overview:
    organisation = own_organisation(request)
    return entitlements_of(organisation, year=year_of(request), today=timezone.localdate())


@require_safe
def my_entitlements(request: Request) -> HttpResponseBase:
    """Every benefit with amount, missing facts, cure, deadline and papers (我能享受什么)."""
    overview = overview_of(request)
    if request.GET.get("export") == "xlsx":
        name = f"可享受政策{overview.year}年"
        return file_response(kind="xlsx", name=name, header=HEADER, rows=rows_of(overview))
    now = timezone.localdate().year
    context = {
        "overview": overview,
        "years": range(now, first_year(now) - 1, -1),
        "counts": {each.value: overview.count(each) for each in Standing},
        "states": may_state(request.actor),
        "missing": overview.missing,
        "open_calls": calls_by_rule(overview.organisation, request.actor, on=timezone.localdate()),
    }
    name = "_mine.html" if request.htmx else "mine.html"
    return render(request, f"incentives/mine/{name}", context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_facts(request: Request) -> HttpResponse:
    """What the platform knows, and a form for what it asks (单位事实)."""
    overview = overview_of(request)
    stated = {
        code: held.stated for code, held in overview.held.held.items() if held.stated is not None
    }
    form = OwnFactsForm(given(request)[0], facts=questions(overview), stated=stated)
    changed = done_or_refused(form, lambda: send(request, overview, form))
    if changed is not None:
        messages.success(request, f"已保存 {changed} 项。" if changed else "内容没有变化。")
        return redirect(f"{reverse('incentives:mine')}?year={overview.year}")
    rows = stated_facts_visible_to(request.actor).filter(year=overview.year)
    history = rows.select_related("stated_by").order_by("-stated_at", "-pk")[:SHOWN_HISTORY]
    context: dict[str, Any] = {
        "overview": overview, "form": form, "states": may_state(request.actor),
        "known": [h for h in overview.held.held.values() if h.origin == Origin.KNOWN],
        "history": [line_of(row) for row in history if row.code in facts()],
    }  # fmt: skip
    return render(request, "incentives/mine/facts.html", context, status=status_of(form))


def line_of(row: StatedFact) -> tuple[Fact, StatedFact, str]:
    """A version with its fact and its value in words."""
    held = stated_held(row)
    return held.fact, row, held.words


def send(request: Request, overview: Overview, form: OwnFactsForm) -> int:
    return state_facts(
        organisation_id=overview.organisation.pk,
        year=overview.year,
        values=form.values(),
        actor=request.actor,
        now=timezone.now(),
        reason=form.cleaned_data["reason"],
    )


def questions(overview: Overview) -> list[Fact]:
    """What the rules of the place ask and the platform does not know by itself."""
    known = {code for code, held in overview.held.held.items() if held.origin == Origin.KNOWN}
    rows = [*overview.benefits, *overview.duties]
    wanted = {code for row in rows for code in row.guide.facts.values()}
    return [
        fact
        for fact in facts().values()
        if fact.asked and fact.code in wanted and fact.code not in known
    ]


@require_safe
def tax_pack(request: Request) -> HttpResponseBase:
    """The cells of the annex table for one year, with their sources (税务资料包)."""
    overview = overview_of(request)
    pack = tax_pack_of(overview)
    if request.GET.get("export") == "xlsx" and pack and pack.cells:
        return pack_response(pack, made_on=timezone.localdate())
    context = {"overview": overview, "pack": pack, "year_text": str(overview.year)}
    return render(request, "incentives/mine/tax_pack.html", context)
