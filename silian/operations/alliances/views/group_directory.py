"""The public directory of groups, one group, and its lists, for everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.paging import keyset_page
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.groups import GroupKind, GroupLevel, GroupListKind
from silian.operations.alliances.models.consortia import GroupListRow
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.permissions.groups import groups_open_to, public_groups
from silian.operations.alliances.queries.group_scores import share_of_small
from silian.operations.alliances.queries.groups import (
    council_of,
    groups_for_list,
    list_versions,
    member_figures,
    members_of,
    published_lists,
)
from silian.operations.alliances.views.steps import template_for, typed

PAGE_SIZE = 20
CELLS = "alliances/groups"


@login_not_required
@require_safe
def group_directory(request: Request) -> HttpResponse:
    """The groups that have begun, for everybody (集团联盟名录)."""
    rows = public_groups()
    bar = directory_bar(request, rows)
    page = keyset_page(
        rows=groups_for_list(chosen_public(request, rows, text=bar.text), on=timezone.localdate()),
        order="-started_on",
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "bar": bar,
        "page": page,
        "total": rows.order_by().count(),
        "running": rows.filter(state="running").count(),
    }
    template = template_for(
        request, page=f"{CELLS}/directory.html", fragment=f"{CELLS}/_directory.html"
    )
    return render(request, template, context)


def directory_bar(request: Request, rows: QuerySet[AllianceGroup]) -> FilterBar:
    kinds = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    levels = dict(rows.order_by().values_list("level").annotate(Count("pk")))
    return FilterBar(
        request=request,
        placeholder="名称、牵头单位",
        facets=[
            facet(
                request=request, name="kind", label="类别", choices=GroupKind.choices, counts=kinds
            ),
            facet(
                request=request,
                name="level",
                label="层级",
                choices=GroupLevel.choices,
                counts=levels,
            ),
        ],
    )


def chosen_public(
    request: Request, rows: QuerySet[AllianceGroup], *, text: str
) -> QuerySet[AllianceGroup]:
    for name in ("kind", "level"):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    if text := typed(text):
        rows = rows.filter(name__icontains=text) | rows.filter(lead__name__icontains=text)
    return rows


def public_group(group_id: int) -> AllianceGroup:
    rows = public_groups().select_related("division", "lead", "industry", "entity")
    return get_object_or_404(rows, pk=group_id)


@login_not_required
@require_safe
def group_public(request: Request, group_id: int) -> HttpResponse:
    """One group as everybody reads it: members, council, distinctions, lists."""
    group, today = public_group(group_id), timezone.localdate()
    versions = list_versions(published_lists(group))
    context = {
        "group": group,
        "members": [row for row in members_of(group) if row.state == "active"],
        "figures": member_figures(group, small=share_of_small(group, on=today)),
        "council": council_of(group, on=today),
        "designations": list(group.designations.in_force(on=today)),  # type: ignore[attr-defined]
        "lists": [
            (kind, label, versions[kind][0])
            for kind, label in GroupListKind.choices
            if kind in versions
        ],
        "applies": groups_open_to(request.actor).filter(pk=group.pk).exists(),
    }
    return render(request, f"{CELLS}/public.html", context)


@login_not_required
@require_safe
def group_list_public(request: Request, group_id: int, kind: str) -> HttpResponseBase:
    """One list of a group, the latest version or an earlier one (联合体清单)."""
    group = public_group(group_id)
    versions = list_versions(published_lists(group)).get(kind, [])
    if not versions:
        raise Http404
    asked = request.GET.get("number", "")
    found = [row for row in versions if str(row.edition.number) == asked]
    shown = found[0] if found else versions[0]
    rows = GroupListRow.objects.filter(edition=shown.edition).select_related("organisation")
    table = list_table(request, rows, caption=str(shown.edition))
    if table.export_wanted:
        return table.export_response()
    context = {"group": group, "shown": shown, "versions": versions, "table": table}
    return render(request, f"{CELLS}/public_list.html", context)


def list_table(request: Request, rows: QuerySet[GroupListRow], *, caption: str) -> Table:
    return Table(
        request=request,
        name="group_list",
        rows=rows,
        caption=caption,
        columns=[
            Column("order", "序号", numeric=True, sort="order"),
            Column("name", "名称", main=True, sort="name"),
            Column("detail", "说明"),
            Column("quantity", "数量", numeric=True, value=quantity_of),
            Column("unit", "单位"),
            Column("source", "提出单位"),
        ],
        order="order",
        export=True,
        views=False,
    )


def quantity_of(row: GroupListRow) -> str:
    return "" if row.quantity is None else f"{row.quantity.normalize():f}"
