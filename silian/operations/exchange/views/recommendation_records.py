"""What was recommended to whom and what came of it, row by row (推荐记录)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import Column, Table
from silian.operations.exchange.models.recommendation import RecommendationShowing
from silian.operations.exchange.permissions.listings import is_supervisor
from silian.operations.exchange.permissions.recommendations import may_read_showings
from silian.operations.exchange.queries.recommendation_figures import STAGES, showings_at


def started_from(row: RecommendationShowing) -> str:
    """The own listing or the cohort that brought it up."""
    if row.own is not None:
        return row.own.title
    return str(row.cohort) if row.cohort is not None else "—"


COLUMNS = [
    Column(
        "other",
        "推荐的供需",
        template="exchange/recommendation/_cell_other.html",
        main=True,
        export=lambda row: row.other.title,
    ),
    Column("publisher", "发布单位", value=lambda row: row.other.organisation.display_name),
    Column("organisation", "看到的单位", value=lambda row: row.organisation.display_name),
    Column("own", "由什么引出", value=started_from, optional=True),
    Column("first_shown_on", "首次展示", sort="first_shown_on"),
    Column("shown_days", "展示天数", numeric=True, unit="天", sort="shown_days", optional=True),
    Column("verdict", "评价", value=lambda row: row.get_verdict_display() or "—"),
    Column("stage", "走到哪一步", template="exchange/recommendation/_cell_stage.html",
           export=lambda row: row.stage),
]  # fmt: skip


@require_safe
def recommendation_records(request: Request) -> HttpResponseBase:
    """One's own organisation's; officials read those of their region."""
    if not may_read_showings(request.actor):
        raise NotAllowed("推荐记录由单位成员和所在区划的主管部门查看。")
    stage = request.GET.get("stage", "")
    regional = is_supervisor(request.actor)
    table = Table(
        request=request,
        name="recommendation_records",
        rows=showings_at(actor=request.actor, stage=stage),
        caption="推荐记录",
        columns=[row for row in COLUMNS if regional or row.name != "organisation"],
        order="-first_shown_on",
        export=True,
        empty={"missing": "没有符合条件的推荐记录", "why": "展示过的推荐当天就会出现在这里。"},
    )
    if table.export_wanted:
        return table.export_response()
    bar = FilterBar(
        request=request,
        search=False,
        kept=("sort", "columns"),
        facets=[
            facet(request=request, name="stage", label="走到哪一步", choices=list(STAGES.items()),
                  single=True)
        ],
    )  # fmt: skip
    context = {"table": table, "bar": bar, "regional": regional}
    page = "_records" if request.htmx else "records"
    return render(request, f"exchange/recommendation/{page}.html", context)
