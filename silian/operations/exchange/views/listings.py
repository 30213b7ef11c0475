"""One's own listings and the page of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.frame import address_of
from silian.foundation.ui.sockets import plugged_panels
from silian.foundation.ui.tables import BulkAction, Column, Table
from silian.operations.exchange.choices import ListingState, Side
from silian.operations.exchange.commands.listing_many import BULK_STEPS, step_many
from silian.operations.exchange.commands.listing_reviews import ManyDone
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import (
    listings_visible_to,
    may_read_own,
    may_write_listings,
)
from silian.operations.exchange.queries.listing_names import major_names
from silian.operations.exchange.queries.listings import (
    attention_sentence,
    history_of,
    own_facet_counts,
    own_listing_rows,
    own_state_counts,
)
from silian.operations.exchange.views.listing_steps import OfferedStep, offered_steps

SHOWN_REFUSALS = 5


def my_listings(request: Request) -> HttpResponseBase:
    """The listings of one's own organisation (我的供需)."""
    state = request.GET.get("state", "")
    table = my_table(request, state=state)
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": my_filters(request, state=state),
        "tabs": state_tabs(request, state=state),
        "lead": attention_sentence(actor=request.actor, today=timezone.localdate()),
        "may_write": may_write_listings(request.actor),
    }
    template = "exchange/_my_listings.html" if request.htmx else "exchange/my_listings.html"
    return render(request, template, context)


def my_table(request: Request, *, state: str) -> Table:
    rows = own_listing_rows(
        actor=request.actor,
        state=state,
        kinds=request.GET.getlist("kind"),
        side=request.GET.get("side", ""),
        text=request.GET.get("q", "").replace("\x00", "").strip()[:80],
    )
    return Table(
        request=request,
        name="my_listings",
        rows=rows,
        caption="我的供需",
        columns=MY_COLUMNS,
        order="-updated_at",
        row_url=lambda row: row.get_absolute_url(),
        bulk_actions=bulk_actions() if may_write_listings(request.actor) else (),
        empty={
            "missing": "没有符合条件的供需",
            "why": "还没有发布过，或筛选条件过窄。",
            "action": "发布供需",
            "url": reverse("exchange:listing_choose_kind"),
        },
    )


MY_COLUMNS = [
    Column(
        "title",
        "标题",
        template="exchange/listing/_cell_title.html",
        main=True,
        export=lambda row: row.title,
    ),
    Column("kind", "类别", value=lambda row: row.declaration.label, optional=True),
    Column("side", "方向", value=lambda row: row.get_side_display(), optional=True),
    Column(
        "state",
        "状态",
        template="exchange/listing/_cell_state.html",
        sort="state",
        export=lambda row: row.get_state_display(),
    ),
    Column("capacity", "数量", value=lambda row: row.capacity_text or "不限"),
    Column("price", "价格或报酬", value=lambda row: row.price_text, sort="price_min"),
    Column("talks", "洽谈", numeric=True, unit="件", sort="talks"),
    Column(
        "published_at",
        "发布于",
        value=lambda row: day(row.published_at),
        sort="published_at",
        optional=True,
    ),
    Column(
        "expires_on",
        "有效期至",
        template="exchange/listing/_cell_expiry.html",
        sort="expires_on",
        export=lambda row: row.expires_on,
    ),
    Column(
        "updated_at",
        "更新于",
        value=lambda row: day(row.updated_at),
        sort="updated_at",
        optional=True,
    ),
    Column("division", "区划", value="division__name", optional=True),
]


def day(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}" if moment else "—"


def bulk_actions() -> list[BulkAction]:
    return [
        BulkAction(
            label=label,
            url=reverse("exchange:listing_many", kwargs={"step": step}),
            danger=step == "withdraw",
        )
        for step, label in BULK_STEPS.items()
    ]


def my_filters(request: Request, *, state: str) -> FilterBar:
    counts = own_facet_counts(actor=request.actor, state=state)
    kinds = [
        (code, kind.label) for code, kind in listing_kinds().items() if counts["kind"].get(code)
    ]
    return FilterBar(
        request=request,
        placeholder="标题里的字",
        kept=("state", "sort", "columns"),
        facets=[
            facet(
                request=request,
                name="side",
                label="方向",
                choices=Side.choices,
                counts=counts["side"],
                single=True,
            ),
            facet(request=request, name="kind", label="类别", choices=kinds, counts=counts["kind"]),
        ],
    )


def state_tabs(request: Request, *, state: str) -> list[dict[str, Any]]:
    """A tab for all and one for each state that occurs, with counts."""
    counts = own_state_counts(request.actor)
    tabs = [{"value": "", "label": "全部", "count": sum(counts.values())}]
    tabs += [
        {"value": value, "label": label, "count": counts.get(value, 0)}
        for value, label in ListingState.choices
        if counts.get(value) or value == state
    ]
    return [{**tab, "chosen": tab["value"] == state} for tab in tabs]


@require_POST
def listing_many(request: Request, step: str) -> HttpResponse:
    """Take one step on the chosen listings (批量办理)."""
    chosen = [int(key) for key in request.POST.getlist("chosen") if key.isdigit()]
    result = step_many(step=step, listing_ids=chosen, actor=request.actor, now=timezone.now())
    tell_many(request, label=BULK_STEPS[step], result=result)
    return redirect("exchange:my_listings")


def tell_many(request: Request, *, label: str, result: ManyDone) -> None:
    """Say how many were done, and of the others which and why."""
    if not result.done and not result.refused:
        messages.warning(request, "没有选中任何一条，请先勾选。")
        return
    if result.done:
        messages.success(request, f"已{label} {result.done} 条。")
    for refused in result.refused[:SHOWN_REFUSALS]:
        messages.error(request, f"“{refused.title}”未{label}：{refused.sentence}")
    if len(result.refused) > SHOWN_REFUSALS:
        messages.error(request, f"另有 {len(result.refused) - SHOWN_REFUSALS} 条未{label}。")


@login_not_required
def listing_detail(request: Request, listing_id: int) -> HttpResponse:
    """What a listing says, who published it, and how to answer (供需详情)."""
    listing = get_object_or_404(
        listings_visible_to(request.actor).select_related(
            "organisation__division", "division", "occupation", "industry"
        ),
        pk=listing_id,
    )
    actor = request.actor
    is_own = may_read_own(actor) and listing.organisation_id == actor.organisation_id
    context = {
        "listing": listing,
        "kind": listing.declaration,
        "majors": list(major_names(listing.majors).values()),
        "publisher_panels": plugged_panels("listing.publisher", actor=actor, subject=listing),
        "answer_panels": plugged_panels("listing.answer", actor=actor, subject=listing),
        "detail_panels": plugged_panels("listing.detail", actor=actor, subject=listing),
        "is_own": is_own,
        "hall_url": address_of("exchange:hall"),
        **(owner_context(request, listing) if is_own else {}),
    }
    template = "exchange/listing/own.html" if is_own else "exchange/listing/detail.html"
    return render(request, template, context)


def shown_steps(listing: Listing) -> list[OfferedStep]:
    """The steps of the side panel; to confirm stands beside its clock already."""
    return [step for step in offered_steps(listing) if step.name != "confirm"]


def owner_context(request: Request, listing: Listing) -> dict[str, Any]:
    """What only the publisher's own members see: steps, reasons, history."""
    last = listing.reviews.filter(decided_at__isnull=False, recalled=False).order_by("-decided_at")
    return {
        "steps": shown_steps(listing) if may_write_listings(request.actor) else [],
        "may_write": may_write_listings(request.actor),
        "findings": list(listing.findings.all()),
        "last_review": last.first(),
        "open_review": listing.reviews.filter(decided_at__isnull=True).first(),
        "history": history_of(listing),
        "revisions": list(listing.revisions.select_related("changed_by").order_by("-pk")[:20]),
        "confirm_before": listing.confirm_before,
    }
