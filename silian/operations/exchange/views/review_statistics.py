"""How the review of listings goes, and the reviews behind each number."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.sockets import Figure
from silian.foundation.ui.tables import Column, Table
from silian.operations.exchange.models.listing import ListingReview
from silian.operations.exchange.queries.listing_reviews import (
    APPROVED,
    DECIDED,
    IN_TIME,
    LATE,
    RETURNED,
    WITH_CODE,
    ReviewStatistics,
    review_statistics,
    reviews_behind,
)
from silian.operations.exchange.rules.listing_checks import rule_label
from silian.operations.exchange.views.reviews import require_supervisor

TITLES = {
    DECIDED: "近 90 天审结",
    APPROVED: "近 90 天通过",
    RETURNED: "近 90 天退回",
    IN_TIME: "近 90 天按期审结",
    LATE: "逾期待审",
}


def records_url(which: str) -> str:
    return f"{reverse('exchange:review_records')}?{urlencode({'which': which})}"


@require_safe
def review_statistics_page(request: Request) -> HttpResponse:
    """How reviewing went in the last quarter (审核情况)."""
    require_supervisor(request)
    statistics = review_statistics(actor=request.actor, now=timezone.now())
    context = {
        "statistics": statistics,
        "figures": review_figures(statistics),
        "urls": {which: records_url(which) for which in TITLES},
        "by_rule": [
            (rule_label(code), number, records_url(f"{WITH_CODE}:{code}"))
            for code, number in statistics.by_code
        ],
    }
    return render(request, "exchange/review/statistics.html", context)


def review_figures(statistics: ReviewStatistics) -> list[Figure]:
    queue, decided = reverse("exchange:review_queue"), records_url(DECIDED)
    hours = "尚无" if statistics.median_hours is None else f"{statistics.median_hours:g}"
    hours_unit = "小时" if statistics.median_hours is not None else ""
    rows = [
        ("待审", str(statistics.waiting), "条", f"逾期 {statistics.late} 条", queue),
        ("已审结", str(statistics.decided), "条", "近 90 天", decided),
        (
            "退回",
            str(statistics.returned),
            "条",
            f"通过 {statistics.approved} 条",
            records_url(RETURNED),
        ),
        ("用时中位数", hours, hours_unit, "从送审到审结，含非工作时间", decided),
    ]
    return [
        Figure(label=label, value=value, unit=unit, note=note, url=url, source="审核记录")
        for label, value, unit, note, url in rows
    ]


@require_safe
def review_records(request: Request) -> HttpResponseBase:
    """The reviews that one number counts (审核记录)."""
    require_supervisor(request)
    which = request.GET.get("which", DECIDED)
    code = which.partition(":")[2]
    title = f"近 90 天检查发现“{rule_label(code)}”" if code else TITLES.get(which, TITLES[DECIDED])
    table = records_table(request, which=which, title=title)
    if table.export_wanted:
        return table.export_response()
    template = "exchange/review/_queue.html" if request.htmx else "exchange/review/records.html"
    return render(request, template, {"table": table, "title": title})


def records_table(request: Request, *, which: str, title: str) -> Table:
    rows = reviews_behind(actor=request.actor, now=timezone.now(), which=which)
    return Table(
        request=request,
        name="review_records",
        rows=rows.select_related("listing__organisation").order_by(),
        caption=title,
        columns=[
            Column(
                "title",
                "供需",
                template="exchange/review/_cell_title.html",
                main=True,
                export=lambda row: row.listing.title,
            ),
            Column("organisation", "发布单位", value="listing__organisation__name"),
            Column("result", "结果", value=result_words),
            Column("opened_at", "送审", sort="opened_at"),
            Column("decided_at", "审结", sort="decided_at"),
            Column("hours", "用时（小时）", value=hours_taken, numeric=True),
            Column("reason", "意见", optional=True),
        ],
        order="-opened_at",
        export=True,
        row_url=lambda row: reverse("exchange:review", kwargs={"review_id": row.pk}),
        empty={"missing": "没有这样的审核记录", "why": "审结后在这里逐条列出。"},
    )


def result_words(row: ListingReview) -> str:
    if row.approved is None:
        return "待审"
    return "通过" if row.approved else "退回"


def hours_taken(row: ListingReview) -> float | None:
    if row.decided_at is None:
        return None
    return round((row.decided_at - row.opened_at).total_seconds() / 3600, 1)
