"""Unmet demands: the public list, registering, verifying, taking up (未满足需求)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.paging import keyset_page
from silian.operations.exchange.choices import DemandOrigin, Side, UnmetDemandState
from silian.operations.exchange.commands.unmet_demand import (
    meet_unmet_demand,
    propose_unmet_demand,
    refuse_unmet_demand,
    verify_unmet_demand,
    withdraw_unmet_demand,
)
from silian.operations.exchange.commands.unmet_demand_offers import (
    reason_actor_may_not_take_up,
    take_up_unmet_demand,
)
from silian.operations.exchange.forms.unmet_demand import UnmetDemandForm
from silian.operations.exchange.kinds import kind_of, listing_kinds
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from silian.operations.exchange.permissions.negotiations import (
    is_supervisor,
    may_read_negotiations,
    may_write_negotiations,
    side_of,
)
from silian.operations.exchange.permissions.unmet_demands import (
    may_close_demand,
    may_verify_unmet,
    unmet_demands_verified_by,
    unmet_demands_visible_to,
)
from silian.operations.exchange.queries.unmet_demands import (
    demand_history,
    demands_for_list,
    division_of,
    offers_shown_to,
)
from silian.operations.exchange.rules.negotiation_clocks import working_days_left
from silian.operations.exchange.views.form_pages import field_of, form_page

PAGE_SIZE = 20
SOURCES = {
    DemandOrigin.ORGANISATION: "来源：单位登记，审核员核实后公开",
    DemandOrigin.SEARCHES: "来源：检索统计，主管部门登记并公开",
}
PUBLIC = [UnmetDemandState.OPEN, UnmetDemandState.TAKEN_UP, UnmetDemandState.MET]


@login_not_required
@require_safe
def unmet_demand_list(request: Request) -> HttpResponse:
    """What was looked for here and not found; schools and bases take it up (未满足需求)."""
    mine = "mine" in request.GET and may_read_negotiations(request.actor)
    bar = FilterBar(request=request, facets=demand_facets(request, mine=mine), kept=("mine",))
    page = keyset_page(
        rows=chosen_demands(request, mine=mine, text=bar.text),
        order="-proposed_at",
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "bar": bar,
        "page": page,
        "rows": [(demand, kind_of(demand.kind)) for demand in page.rows],
        "mine": mine,
        "writes": may_write_negotiations(request.actor),
        "reads": may_read_negotiations(request.actor),
    }
    template = "exchange/_unmet_demands.html" if request.htmx else "exchange/unmet_demands.html"
    return render(request, template, context)


def chosen_demands(request: Request, *, mine: bool, text: str) -> QuerySet[UnmetDemand]:
    """The demands that the filters leave: the public ones, or one's own in every state."""
    rows = demands_for_list(unmet_demands_visible_to(request.actor))
    own = Q(organisation_id=side_of(request.actor))
    rows = rows.filter(own if mine else Q(state__in=PUBLIC))
    for name in ("kind", "side", "state"):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(description__icontains=text))
    return rows


def demand_facets(request: Request, *, mine: bool) -> list[Any]:
    kinds = [(code, kind.label) for code, kind in listing_kinds().items()]
    states = [
        (state.value, str(state.label)) for state in UnmetDemandState if mine or state in PUBLIC
    ]
    return [
        facet(request=request, name="state", label="状态", choices=states),
        facet(request=request, name="side", label="方向", choices=Side.choices, single=True),
        facet(request=request, name="kind", label="类别", choices=kinds),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def unmet_demand_new(request: Request) -> HttpResponse:
    """Register a search without result; the hall fills in what was looked for."""
    if not may_write_negotiations(request.actor):
        raise NotAllowed("未满足需求由单位管理员或经办人登记，请联系贵单位管理员授权。")
    own = division_of(organisation_id=side_of(request.actor))
    form = UnmetDemandForm(
        request.POST or None, initial=UnmetDemandForm.initial_from(request.GET, division=own)
    )
    if request.method == "POST" and form.is_valid():
        try:
            demand = propose_unmet_demand(
                missed=form.missed(), actor=request.actor, now=timezone.localtime()
            )
        except DomainError as refusal:
            form.add_error(field_of(refusal, form), refusal.sentence)
        else:
            messages.success(request, "已登记，所在区划的审核员 3 个工作日内核实。")
            return redirect("exchange:unmet_demand_detail", demand_id=demand.pk)
    return form_page(request, "exchange/unmet_demand_new.html", form=form, context={})


@login_not_required
@require_safe
def unmet_demand_detail(request: Request, demand_id: int) -> HttpResponse:
    """One demand, who took it up, and the step that is the reader's."""
    rows = demands_for_list(unmet_demands_visible_to(request.actor))
    demand = get_object_or_404(rows, pk=demand_id)
    return demand_page(request, demand)


def demand_page(
    request: Request, demand: UnmetDemand, *, refused: DomainError | None = None
) -> HttpResponse:
    actor, offers = request.actor, offers_shown_to(demand=demand, actor=request.actor)
    still_open = demand.state in (UnmetDemandState.OPEN, UnmetDemandState.TAKEN_UP)
    taken = next((o for o in offers if o.organisation_id == side_of(actor)), None)
    context = {
        "demand": demand,
        "kind": kind_of(demand.kind),
        "offers": offers,
        "own": may_close_demand(actor, demand),
        "open": still_open,
        "taken": taken,
        "reason": reason_actor_may_not_take_up(demand=demand, actor=actor) if still_open else None,
        "verifies": demand.state == UnmetDemandState.PROPOSED and may_verify_unmet(actor, demand),
        "days_left": working_days_left(
            now=timezone.localtime(), due=demand.verify_due_at, calendar=site_calendar()
        ),
        "entries": demand_history(demand=demand, offers=offers),
        "refused": refused,
        "source": SOURCES[DemandOrigin(demand.origin)],
    }
    status = refused.status if refused else 200
    return render(request, "exchange/unmet_demand.html", context, status=status)


@require_safe
def unmet_demand_queue(request: Request) -> HttpResponse:
    """The demands that wait for verification in the official's region (待核实)."""
    if not is_supervisor(request.actor):
        raise NotAllowed("未满足需求由所在区划的审核员或牵头部门核实。")
    rows = demands_for_list(unmet_demands_verified_by(request.actor))
    page = keyset_page(
        rows=rows,
        order="verify_due_at",
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    now, calendar = timezone.localtime(), site_calendar()
    waiting = [
        (
            demand,
            kind_of(demand.kind),
            working_days_left(now=now, due=demand.verify_due_at, calendar=calendar),
        )
        for demand in page.rows
    ]
    context = {"page": page, "rows": waiting, "total": rows.count()}
    return render(request, "exchange/unmet_demand_queue.html", context)


def decide(request: Request, demand_id: int, *, command: Any, **values: Any) -> HttpResponse:
    """Run one step on a demand the actor may see; a refusal shows on its page."""
    rows = demands_for_list(unmet_demands_visible_to(request.actor))
    demand = get_object_or_404(rows, pk=demand_id)
    try:
        command(demand_id=demand.pk, actor=request.actor, now=timezone.localtime(), **values)
    except DomainError as refusal:
        return demand_page(request, demand, refused=refusal)
    return redirect("exchange:unmet_demand_detail", demand_id=demand.pk)


@require_POST
def unmet_demand_verify(request: Request, demand_id: int) -> HttpResponse:
    """Confirm that a demand is real (核实通过)."""
    return decide(request, demand_id, command=verify_unmet_demand)


@require_POST
def unmet_demand_refuse(request: Request, demand_id: int) -> HttpResponse:
    """Refuse a demand with a reason (不予通过)."""
    reason = request.POST.get("reason", "")
    return decide(request, demand_id, command=refuse_unmet_demand, reason=reason)


@require_POST
def unmet_demand_withdraw(request: Request, demand_id: int) -> HttpResponse:
    """Take one's own demand back (撤回)."""
    reason = request.POST.get("reason", "")
    return decide(request, demand_id, command=withdraw_unmet_demand, reason=reason)


@require_POST
def unmet_demand_meet(request: Request, demand_id: int) -> HttpResponse:
    """Say that the demand was met, on or off the platform (已满足)."""
    reason = request.POST.get("reason", "")
    return decide(request, demand_id, command=meet_unmet_demand, reason=reason)


@require_POST
def unmet_demand_take_up(request: Request, demand_id: int) -> HttpResponse:
    """Make a draft listing out of the demand and go on to complete it (承接)."""
    rows = demands_for_list(unmet_demands_visible_to(request.actor))
    demand = get_object_or_404(rows, pk=demand_id)
    try:
        offer = take_up_unmet_demand(
            demand_id=demand.pk, actor=request.actor, now=timezone.localtime()
        )
    except DomainError as refusal:
        return demand_page(request, demand, refused=refusal)
    messages.success(request, "已承接并生成草稿，补全后发布，对方会收到通知。")
    return redirect(offer.listing.get_absolute_url())
