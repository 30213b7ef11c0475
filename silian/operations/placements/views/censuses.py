"""Declarations of staff and posts: one's own, and the region's with its gaps (岗位供给)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.commands.censuses import CensusContent, declare_census
from silian.operations.placements.forms.censuses import CensusForm
from silian.operations.placements.models.hosts import PostCensus
from silian.operations.placements.permissions.hosts import (
    censuses_visible_to,
    is_host_insider,
    may_declare_census,
    require_declarer,
    watches_censuses,
)
from silian.operations.placements.queries.censuses import (
    OfferScale,
    latest_censuses,
    short_of_offer,
)

STANDINGS = (("short", "低于比例"), ("no_liaison", "未明确对接"), ("above", "规模以上"))


@require_safe
def census_list(request: Request) -> HttpResponseBase:
    """An organisation's own declarations, or for officials the last of everybody."""
    actor = request.actor
    today = timezone.localdate()
    if watches_censuses(actor):
        return region_page(request, scale=OfferScale(on=today))
    if not is_host_insider(actor):
        raise NotAllowed("岗位申报由企业等单位办理，由主管部门查看。")
    scale = OfferScale(on=today)
    rows = censuses_visible_to(actor).select_related("organisation", "division")
    own = [(row, scale.offer(row), scale.liaison_of(row)) for row in rows.order_by("-as_of")[:10]]
    context = {
        "own": own,
        "limit": scale.share(own[0][0].division_id) if own else None,
        "declares": may_declare_census(actor),
    }
    return render(request, "placements/census/own.html", context)


def region_page(request: Request, *, scale: OfferScale) -> HttpResponseBase:
    """The shortfall list with its export (供给差距清单)."""
    actor = request.actor
    latest = latest_censuses(censuses_visible_to(actor), on=scale.on)
    limit = scale.share(actor.jurisdiction)
    bar = FilterBar(
        request=request,
        placeholder="单位名称",
        facets=[facet(request=request, name="standing", label="情况", choices=STANDINGS)],
    )
    rows = chosen_censuses(request, latest, scale=scale, text=bar.text)
    table = census_table(request, rows, scale=scale)
    if table.export_wanted:
        return table.export_response()
    total = latest.count()
    short = short_of_offer(latest, share=limit).count()
    context = {
        "table": table,
        "bar": bar,
        "total": total,
        "short": short,
        "met": total - short,
        "unnamed": latest.filter(liaison_unit="", liaison_name="").count(),
        "limit": limit,
    }
    template = "placements/census/_list.html" if request.htmx else "placements/census/region.html"
    return render(request, template, context)


def chosen_censuses(
    request: Request, rows: QuerySet[PostCensus], *, scale: OfferScale, text: str
) -> QuerySet[PostCensus]:
    chosen = request.GET.getlist("standing")
    if "short" in chosen:
        rows = short_of_offer(rows, share=scale.share(request.actor.jurisdiction))
    if "no_liaison" in chosen:
        rows = rows.filter(liaison_unit="", liaison_name="")
    if "above" in chosen:
        rows = rows.filter(organisation__above_scale=True)
    return rows.filter(organisation__name__icontains=text) if text else rows


def census_table(request: Request, rows: QuerySet[PostCensus], *, scale: OfferScale) -> Table:
    return Table(
        request=request,
        name="post_censuses",
        rows=rows,
        caption="岗位供给",
        columns=[
            Column("organisation", "单位", "organisation__name", sort="organisation__name",
                   main=True),
            Column("division", "地区", "division__name"),
            Column("above", "规模以上", lambda row: "是" if row.organisation.above_scale else "否"),
            Column("posts", "岗位总数", sort="posts", numeric=True, unit="个"),
            Column("offered_posts", "提供实习岗位", sort="offered_posts", numeric=True, unit="个"),
            Column("share", "比例", lambda row: scale.offer(row).share, numeric=True, unit="%"),
            Column("gap", "供给情况", lambda row: scale.offer(row),
                   template="placements/census/_cell_gap.html",
                   export=lambda row: scale.offer(row).words),
            Column("liaison", "对接", lambda row: scale.liaison_of(row),
                   template="placements/census/_cell_liaison.html",
                   export=lambda row: scale.liaison_of(row)[1]),
            Column("as_of", "截至日", sort="as_of"),
            Column("staff", "在岗职工", sort="staff", numeric=True, unit="人", optional=True),
        ],
        order="organisation__name",
        empty={"missing": "没有符合条件的单位", "why": "单位每年申报一次岗位。"},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def census_new(request: Request) -> HttpResponse:
    """Declare staff and posts (申报)."""
    require_declarer(request.actor)
    data, _ = given(request)
    last = censuses_visible_to(request.actor).order_by("-as_of").first()
    back = reverse("placements:census_list")

    def send(typed: dict[str, Any]) -> PostCensus:
        return declare_census(
            content=CensusContent(**typed), actor=request.actor, today=timezone.localdate()
        )

    return answer_form(
        request,
        form=CensusForm(data, initial=initial_from(last)),
        page=FormPage(
            title="申报在岗人数与岗位",
            button="申报",
            back=back,
            lead="每年申报一次；同一截至日再次申报会更新",
            help="placements/census",
            crumbs=[("岗位供给", back)],
        ),
        send=send,
        done="已申报。",
        then=back,
    )


def initial_from(last: PostCensus | None) -> dict[str, Any]:
    """The last declaration, to begin the next from."""
    names = [name for name in CensusForm.base_fields if name != "as_of"]
    return {name: getattr(last, name) for name in names} if last else {}
