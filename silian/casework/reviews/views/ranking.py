"""The order of a batch: previewed, fixed, shown as it was fixed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from silian.casework.reviews.commands.ranking import rank_campaign
from silian.casework.reviews.models import Campaign, Ranking
from silian.casework.reviews.permissions.campaigns import may_organise
from silian.casework.reviews.permissions.deciding import campaigns_ranked_for
from silian.casework.reviews.queries.ranking import Line, Order, fixed_order, preview_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.tables import Column, Table

COLUMNS = (
    Column("place", "名次", lambda line: line.place),
    Column(
        "subject",
        "认定对象",
        lambda line: line.dossier.subject_name,
        template="reviews/_cell_ranking_subject.html",
        main=True,
    ),
    Column("applicant", "申报单位", lambda line: line.dossier.applicant.name),
    Column("division", "地区", lambda line: line.dossier.division.name),
    Column("points", "总分", lambda line: line.points, numeric=True, unit="分"),
    Column(
        "standing",
        "位置",
        lambda line: line.standing.label,
        template="reviews/_cell_ranking_standing.html",
    ),
    Column("by_rule", "并列处理", lambda line: tie_words(line)),
)


def campaign_for(request: Request, campaign_id: int) -> Campaign:
    rows = campaigns_ranked_for(request.actor).select_related("version__scheme", "owner")
    return get_object_or_404(rows, pk=campaign_id)


def ranking_table(request: Request, order: Order) -> Table:
    return Table(
        request=request,
        name="review_ranking",
        rows=order.lines,
        caption="评审排序",
        columns=COLUMNS,
        order="place",
        page_size=max(1, len(order.lines)),
        views=False,
        empty={"title": "没有评审完成的申报材料", "why": "全部材料办完评审环节后，在这里排序。"},
    )


def tie_words(line: Line) -> str:
    if line.tied:
        return "并列"
    return "同分，按并列规则区分" if line.by_rule else ""


@require_safe
def ranking_detail(request: Request, campaign_id: int) -> HttpResponseBase:
    """The order as fixed, or as it would be fixed now (评审排序)."""
    campaign = campaign_for(request, campaign_id)
    ranking = Ranking.objects.filter(campaign=campaign).select_related("made_by").first()
    order = fixed_order(ranking) if ranking else preview_of(campaign)
    table = ranking_table(request, order)
    if table.export_wanted:
        return table.export_response()
    context = {
        "campaign": campaign,
        "ranking": ranking,
        "order": order,
        "table": table,
        "organises": may_organise(request.actor, campaign),
    }
    return render(request, "reviews/ranking_detail.html", context)


@require_POST
def ranking_fix(request: Request, campaign_id: int) -> HttpResponse:
    """Fix the order and hand it to the deciders (排序并提交审定)."""
    campaign = campaign_for(request, campaign_id)
    rank_campaign(campaign_id=campaign.pk, actor=request.actor)
    messages.success(request, "排序已固定，可以召集审定会。")
    return redirect("reviews:ranking_detail", campaign_id=campaign.pk)
