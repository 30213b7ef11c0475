"""Industry chains against programmes: the gap list and what stands behind each chain."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.tables import Column, Table
from silian.registers.programmes.permissions.programmes import is_official, is_school_staff
from silian.registers.programmes.queries.chains import (
    chains_of,
    enterprises_on_chains,
    programmes_taught,
)
from silian.registers.programmes.rules.chains import Meeting

SHOWN = 200
COLUMNS = [
    Column("name", "重点产业链", main=True),
    Column("enterprises", "企业", unit="家", numeric=True, total=True),
    Column("programmes", "专业点", unit="个", numeric=True, total=True),
    Column("schools", "开设学校", unit="所", numeric=True),
    Column("students", "在读学生", unit="人", numeric=True, total=True),
    Column("label", "对接", template="programmes/_cell_meeting.html"),
]


def require_watcher(request: Request) -> None:
    if not (is_school_staff(request.actor) or is_official(request.actor)):
        raise NotAllowed("产业链与专业对接由学校和主管部门查看。")


@require_safe
def chain_list(request: Request) -> HttpResponseBase:
    """Every chain with its two sides, gaps first (产业链与专业对接、缺口清单)."""
    require_watcher(request)
    chains = chains_of(request.actor)
    table = Table(
        request=request,
        name="programme_chains",
        rows=chains,
        caption="产业链与专业对接",
        columns=COLUMNS,
        order="",
        row_url=lambda row: reverse("programmes:chain", args=[row.name]),
        empty={
            "missing": "还没有登记重点产业链",
            "why": "企业在单位资料、学校在专业点登记。",
        },
    )
    if table.export_wanted:
        return table.export_response()
    unnamed = programmes_taught(request.actor).filter(industry_chain="")
    context = {
        "table": table,
        "without_programme": sum(each.meeting == Meeting.NO_PROGRAMME for each in chains),
        "without_enterprise": sum(each.meeting == Meeting.NO_ENTERPRISE for each in chains),
        "unnamed": unnamed.select_related("school").order_by("school__name", "name")[:SHOWN],
        "unnamed_count": unnamed.count(),
    }
    return render(request, "programmes/chains.html", context)


@require_safe
def chain(request: Request, name: str) -> HttpResponse:
    """The programmes and enterprises of one chain (产业链)."""
    require_watcher(request)
    found = next((each for each in chains_of(request.actor) if each.name == name), None)
    if found is None:
        raise Http404("没有这条产业链。")
    taught = programmes_taught(request.actor).filter(industry_chain=name)
    firms = enterprises_on_chains(request.actor).filter(industry_chain=name)
    context = {
        "chain": found,
        "programmes": taught.select_related("school").order_by("school__name", "name")[:SHOWN],
        "enterprises": firms.order_by("name")[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "programmes/chain.html", context)
