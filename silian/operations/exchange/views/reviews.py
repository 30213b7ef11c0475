"""The review of listings by officials: queue, one review, many at once."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.kernel.working_days import WorkingCalendar
from silian.foundation.ui.sockets import plugged_panels
from silian.foundation.ui.tables import BulkAction, Column, Table
from silian.operations.exchange.commands.listing_reviews import (
    approve_listing,
    approve_many,
    return_listing,
)
from silian.operations.exchange.forms.listing_review import ReviewForm
from silian.operations.exchange.models.listing import ListingReview
from silian.operations.exchange.permissions.listings import (
    is_supervisor,
    may_decide_reviews,
    reviews_visible_to,
)
from silian.operations.exchange.queries.listing_names import major_names
from silian.operations.exchange.queries.listing_reviews import (
    next_open_review,
    open_reviews,
    previous_open_review,
    working_days_left,
)
from silian.operations.exchange.rules.listing_checks import findings_from
from silian.operations.exchange.views.listings import tell_many


def require_supervisor(request: Request) -> None:
    if not is_supervisor(request.actor):
        raise NotAllowed("供需审核由所在区划的审核员和牵头部门办理。")


def review_queue(request: Request) -> HttpResponseBase:
    """What waits for review in one's region, with clocks (待审供需)."""
    require_supervisor(request)
    table = queue_table(request)
    if table.export_wanted:
        return table.export_response()
    template = "exchange/review/_queue.html" if request.htmx else "exchange/review/queue.html"
    late = open_reviews(request.actor).filter(due_at__lt=timezone.now()).count()
    return render(request, template, {"table": table, "late": late})


def approve_many_action() -> BulkAction:
    """The button that approves the chosen reviews without findings."""
    return BulkAction(label="批量通过（检查无发现的）", url=reverse("exchange:review_approve_many"))


def queue_table(request: Request) -> Table:
    calendar, now = site_calendar(), timezone.now()
    return Table(
        request=request,
        name="review_queue",
        rows=open_reviews(request.actor).order_by(),
        caption="待审供需",
        columns=[
            Column(
                "title",
                "供需",
                template="exchange/review/_cell_title.html",
                main=True,
                export=lambda row: row.listing.title,
            ),
            Column("organisation", "发布单位", value="listing__organisation__name"),
            Column("findings", "检查", template="exchange/review/_cell_findings.html"),
            Column(
                "due_at",
                "时限",
                value=lambda row: days_shown(row, now=now, calendar=calendar),
                template="exchange/review/_cell_clock.html",
                sort="due_at",
            ),
        ],
        order="due_at",
        row_url=lambda row: reverse("exchange:review", kwargs={"review_id": row.pk}),
        bulk_actions=[approve_many_action()] if may_decide_reviews(request.actor) else (),
        empty={"missing": "没有待审的供需", "why": "新送审的信息会出现在这里，并通知您。"},
    )


def days_shown(
    found: ListingReview, *, now: datetime.datetime, calendar: WorkingCalendar
) -> int | None:
    """Working days for the clock, or None on the last day, which is counted in hours."""
    return working_days_left(due_at=found.due_at, now=now, calendar=calendar) or None


def review(request: Request, review_id: int) -> HttpResponse:
    """Look at one listing under review and decide (审核)."""
    found = get_object_or_404(
        reviews_visible_to(request.actor).select_related(
            "listing__organisation__division", "listing__division", "listing__occupation"
        ),
        pk=review_id,
    )
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = decided(request, form, found)
        if answer is not None:
            return answer
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request, "exchange/review/review.html", context_of(request, form, found), status=status
    )


def context_of(request: Request, form: ReviewForm, found: ListingReview) -> dict[str, Any]:
    listing = found.listing
    return {
        "review": found,
        "listing": listing,
        "kind": listing.declaration,
        "majors": list(major_names(listing.majors).values()),
        "findings": findings_from(found.findings),
        "form": form,
        "may_decide": may_decide_reviews(request.actor) and found.decided_at is None,
        "days_left": days_shown(found, now=timezone.now(), calendar=site_calendar()),
        "next_review": next_open_review(actor=request.actor, after=found),
        "previous_review": previous_open_review(actor=request.actor, before=found),
        "earlier": list(
            listing.reviews.exclude(pk=found.pk).filter(decided_at__isnull=False).order_by("-pk")
        ),
        "revisions": list(listing.revisions.select_related("changed_by").order_by("-pk")[:5]),
        "publisher_panels": plugged_panels(
            "listing.publisher", actor=request.actor, subject=listing
        ),
    }


def decided(request: Request, form: ReviewForm, found: ListingReview) -> HttpResponse | None:
    """Take the decision and go on to the next, or show the refusal."""
    following = next_open_review(actor=request.actor, after=found)
    decide = approve_listing if form.approves else return_listing
    try:
        decide(
            review_id=found.pk,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return None
    word = "已通过并发布" if form.approves else "已退回发布单位"
    messages.success(request, f"“{found.listing.title}”{word}。")
    if following is None:
        return redirect("exchange:review_queue")
    return redirect("exchange:review", review_id=following.pk)


@require_POST
def review_approve_many(request: Request) -> HttpResponse:
    """Approve the chosen ones that have no findings (批量通过)."""
    require_supervisor(request)
    chosen = [int(key) for key in request.POST.getlist("chosen") if key.isdigit()]
    visible = reviews_visible_to(request.actor).filter(pk__in=chosen)
    result = approve_many(
        review_ids=list(visible.values_list("pk", flat=True)),
        actor=request.actor,
        now=timezone.now(),
    )
    tell_many(request, label="通过", result=result)
    return redirect("exchange:review_queue")
