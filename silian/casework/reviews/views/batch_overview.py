"""The dashboard of a batch for organisers, leaders and supervisors."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.models import Campaign
from silian.casework.reviews.queries.batch_overview import Overview, overview_of
from silian.casework.reviews.rules.overview import Rate
from silian.casework.reviews.views.ranking import campaign_for
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.sockets import Figure

SOURCE = "评审认定办理记录"


@require_safe
def batch_overview(request: Request, campaign_id: int) -> HttpResponse:
    """Progress, days per stage, late clocks, agreement, pass rates (批次概览)."""
    campaign = campaign_for(request, campaign_id)
    overview = overview_of(campaign, on=timezone.localdate())
    rows_url = f"{reverse('reviews:dossier_list')}?campaign={campaign.pk}"
    context = {
        "campaign": campaign,
        "overview": overview,
        "rows_url": rows_url,
        "figures": figures(overview, rows_url=rows_url),
        "progress": progress_chart(campaign, overview, url=rows_url),
        "durations": duration_chart(campaign, overview, url=rows_url),
        "sizes": rate_chart(campaign, "size", "通过率（按规模）", overview.by_size),
        "divisions": rate_chart(campaign, "county", "通过率（按地区）", overview.by_division),
        "late": [(row, overdue_url(row.name, rows_url=rows_url)) for row in overview.overdue],
        "lines": [(DossierState(row.state).label, row) for row in overview.durations],
    }
    return render(request, "reviews/batch_overview.html", context)


def figures(overview: Overview, *, rows_url: str) -> list[Figure]:
    rows = (
        ("已提交", overview.sent, "不含填报中、已撤回", rows_url),
        ("在办", overview.under_way, "没有办结", rows_url),
        ("已认定", overview.recognised, "公示期满", f"{rows_url}&state=recognised"),
        ("逾期", overview.late, "材料、意见、异议、申诉", "#late"),
    )
    return [
        Figure(label=label, value=str(value), unit="份", note=note, url=url, source=SOURCE)
        for label, value, note, url in rows
    ]


def overdue_url(name: str, *, rows_url: str) -> str:
    """Where the rows of an overdue clock stand."""
    return {
        "dossiers": f"{rows_url}&late=1",
        "opinions": f"{rows_url}&late=opinions",
        "objections": f"{reverse('reviews:objection_list')}?state=raised",
        "appeals": reverse("reviews:appeal_list"),
    }[name]


def progress_chart(campaign: Campaign, overview: Overview, *, url: str) -> Chart:
    return Chart(
        name=f"progress-{campaign.pk}",
        title="各环节材料",
        unit="份",
        source=SOURCE,
        as_of=timezone.localdate(),
        kind="bars",
        labels=[state.label for state, _ in overview.states],
        series=[Series("份数", [count for _, count in overview.states])],
        link="看材料",
        link_url=url,
    )


def duration_chart(campaign: Campaign, overview: Overview, *, url: str) -> Chart:
    rows = overview.durations
    return Chart(
        name=f"durations-{campaign.pk}",
        title="各环节用时",
        unit="工作日",
        source=SOURCE,
        as_of=timezone.localdate(),
        kind="bars",
        labels=[DossierState(row.state).label for row in rows],
        series=[
            Series("中位数", [row.median for row in rows]),
            Series("最长", [row.longest for row in rows]),
        ],
        note="只计已办完的环节",
        link="看材料",
        link_url=url,
    )


def rate_chart(campaign: Campaign, name: str, title: str, rates: list[Rate]) -> Chart:
    return Chart(
        name=f"rates-{name}-{campaign.pk}",
        title=title,
        unit="%",
        source=SOURCE,
        as_of=timezone.localdate(),
        kind="bars",
        labels=[f"{row.label} {row.passed}/{row.total}" for row in rates],
        series=[Series("通过率", [row.percent for row in rates])],
        note="通过数为已认定，分母为已提交未撤回",
    )
