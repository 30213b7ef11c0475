"""Pages of what is to be collected: the list, one demand, take over, receipt, sent back."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.learning.choices import COLLECTING, CollectionState
from silian.operations.learning.commands.collections import (
    mark_collected,
    return_collection,
    take_collection,
)
from silian.operations.learning.forms.collections import CollectedForm, SendBackForm
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.permissions.collections import (
    collections_visible_to,
    collects,
    may_close,
    require_closer,
    require_collector,
    require_reader,
)
from silian.operations.learning.permissions.fund import may_check, returns_visible_to
from silian.operations.learning.queries.collections import (
    collections_for_list,
    past_of_collection,
)
from silian.operations.learning.views.words import COLLECTIONS, typed


@require_safe
def collection_list(request: Request) -> HttpResponseBase:
    """Every demand within reach, by year and state (依法收取)."""
    require_reader(request.actor)
    rows = collections_visible_to(request.actor)
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    years = rows.order_by("-fund_return__year").values_list("fund_return__year", flat=True)
    bar = FilterBar(
        request=request,
        placeholder="企业、凭证号",
        facets=[
            facet(request=request, name="state", label="状态", choices=CollectionState.choices,
                  counts=counts),
            facet(request=request, name="year", label="年度",
                  choices=[(str(year), f"{year} 年") for year in years.distinct()]),
        ],
    )  # fmt: skip
    table = collection_table(request, chosen(request, rows, bar))
    if table.export_wanted:
        return table.export_response()
    waiting = sum(counts.get(state, 0) for state in COLLECTING)
    template = "learning/_returns.html" if request.htmx else "learning/collections.html"
    return render(request, template, {"table": table, "bar": bar, "waiting": waiting})


def chosen(
    request: Request, rows: QuerySet[CollectionNotice], bar: FilterBar
) -> QuerySet[CollectionNotice]:
    """What the filters leave."""
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if wanted := [year for year in request.GET.getlist("year") if year.isdecimal()][:20]:
        rows = rows.filter(fund_return__year__in=[int(year[:4]) for year in wanted])
    if text := typed(bar.text):
        named = Q(fund_return__organisation__name__icontains=text)
        rows = rows.filter(named | Q(receipt_number__icontains=text))
    return rows


def collection_table(request: Request, rows: QuerySet[CollectionNotice]) -> Table:
    return Table(
        request=request, name="fund_collections", rows=collections_for_list(rows),
        caption="依法收取", order="-told_at",
        columns=[
            Column("organisation", "企业", "fund_return__organisation__name", main=True),
            Column("year", "年度", lambda row: str(row.fund_return.year), sort="fund_return__year"),
            Column("division", "地区", "fund_return__organisation__division__name", optional=True),
            Column("collector", "收取部门", lambda row: row.collector.display_name),
            Column("amount", "应收取", unit="元", numeric=True, sort="amount", total=True),
            Column("received", "已收取", unit="元", numeric=True, sort="received", total=True),
            Column("received_on", "收取日", sort="received_on", optional=True),
            Column("receipt_number", "凭证号", optional=True),
            Column("clause", "依据", optional=True),
            Column("told_at", "移送时间", sort="told_at"),
            Column("get_state_display", "状态", template="learning/_cell_state.html", sort="state"),
        ],
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有依法收取的事项", "why": "认定拒不改正、移送收取后列在这里。"},
    )  # fmt: skip


def visible_collection(request: Request, collection_id: int) -> CollectionNotice:
    rows = collections_visible_to(request.actor).select_related(
        "collector", "told_by", "taken_by", "fund_return__organisation", "fund_return__call"
    )
    return get_object_or_404(rows, pk=collection_id)


@require_safe
def collection_detail(request: Request, collection_id: int) -> HttpResponse:
    """One demand: amount with clause, who collects, what came of it (依法收取)."""
    row, actor = visible_collection(request, collection_id), request.actor
    is_open = row.state in COLLECTING
    mine = collects(actor, row)
    context = {
        "row": row,
        "takes": mine and row.state == CollectionState.TOLD,
        "returns": mine and is_open,
        "closes": is_open and may_close(actor, row),
        "retells": row.state == CollectionState.RETURNED and may_check(actor, row.fund_return),
        "reads_return": returns_visible_to(actor).filter(pk=row.fund_return_id).exists(),
        "is_own": row.fund_return.organisation_id == actor.organisation_id,
        "entries": past_of_collection(row),
    }
    return render(request, "learning/collection.html", context)


@require_POST
def collection_take(request: Request, collection_id: int) -> HttpResponse:
    """Take a demand over (接收)."""
    row = visible_collection(request, collection_id)
    require_collector(request.actor, row)
    return done_or_said(
        request,
        lambda: take_collection(collection_id=row.pk, actor=request.actor, now=timezone.now()),
        done="已接收，企业和核对部门会收到消息。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def collection_collect(request: Request, collection_id: int) -> HttpResponse:
    """Take down the receipt (登记收取结果)."""
    row = visible_collection(request, collection_id)
    require_closer(request.actor, row)
    lead = f"{row.fund_return.organisation.display_name}，应收取 {row.amount:,} 元"
    return answer_form(
        request,
        form=CollectedForm(request.POST or None, row=row),
        page=page_words("登记收取结果", "登记", back=row, register=COLLECTIONS, lead=lead),
        send=lambda said: mark_collected(
            collection_id=row.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done="收取结果已登记，企业和核对部门会收到消息。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def collection_return(request: Request, collection_id: int) -> HttpResponse:
    """Send a demand back (退回)."""
    row = visible_collection(request, collection_id)
    require_collector(request.actor, row)
    return answer_form(
        request,
        form=SendBackForm(request.POST or None),
        page=page_words(
            "退回移送", "退回", back=row, register=COLLECTIONS,
            lead=row.fund_return.organisation.display_name,
        ),
        send=lambda said: return_collection(
            collection_id=row.pk, actor=request.actor, now=timezone.now(), **said
        ),
        done="已退回，核对部门会收到原因。",
        then=row,
    )  # fmt: skip
