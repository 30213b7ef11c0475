"""The register of agreements, and the units and people that a draft may name."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.permissions.agreements import is_official, may_draft
from silian.casework.agreements.queries.kinds import kind_labels, kind_of
from silian.casework.agreements.queries.register import (
    ALERT_DAYS,
    EXPIRY_WINDOWS,
    RegisterCounts,
    days_left,
    ending_within,
    for_list,
    kind_counts,
    last_day_if_near,
    matching,
    register_counts,
    register_rows,
    shown_parties,
    shown_title,
    state_counts,
)
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.sockets import Figure
from silian.foundation.ui.tables import Column, Table
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.permissions import organisations_visible_to
from silian.registers.people.permissions import people_visible_to

MOST_CHOICES = 20
COLUMNS = (
    Column("title", "协议", shown_title, template="agreements/_cell_title.html", main=True),
    Column("kind", "类别", lambda row: kind_of(row).label, sort="kind"),
    Column("parties", "各方", shown_parties),
    Column(
        "state",
        "状态",
        lambda row: row.get_state_display(),
        template="agreements/_cell_state.html",
        sort="state",
    ),
    Column("starts_on", "起始日", sort="starts_on"),
    Column(
        "ends_on",
        "终止日",
        lambda row: last_day_if_near(row, on=timezone.localdate()),
        template="agreements/_cell_end.html",
        sort="ends_on",
        export=lambda row: row.ends_on,
    ),
    Column("organiser", "发起单位", "organiser__name", sort="organiser__name", optional=True),
    Column("division", "地区", "division__name", sort="division__code", optional=True),
    Column("versions", "版本数", lambda row: len(row.versions.all()), numeric=True, optional=True),
    Column("number", "编号", sort="number", optional=True),
)


@require_safe
def agreement_list(request: Request) -> HttpResponseBase:
    """Every agreement that the reader may know of (协议登记)."""
    today = timezone.localdate()
    seen = register_rows(request.actor)
    bar = FilterBar(request=request, facets=facets(request, seen), placeholder="编号、名称、单位")
    rows = chosen(request, matching(seen, text=bar.text))
    table = agreement_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    counts = register_counts(seen, on=today)
    context = {
        "bar": bar,
        "table": table,
        "counts": counts,
        "figures": figures(counts),
        "drafts": may_draft(request.actor),
        "configures": is_official(request.actor),
        "alert_days": ALERT_DAYS,
    }
    template = "agreements/_list.html" if request.htmx else "agreements/list.html"
    return render(request, template, context)


def agreement_table(request: HttpRequest, rows: QuerySet[Agreement]) -> Table:
    today = timezone.localdate()
    left = Column(
        "days_left",
        "剩余",
        lambda row: days_left(row, on=today),
        unit="天",
        sort="ends_on",
        numeric=True,
        optional=True,
    )
    return Table(
        request=request,
        name="agreements",
        rows=for_list(rows),
        caption="协议登记",
        columns=[*COLUMNS, left],
        order="-pk",
        row_url=lambda row: row.get_absolute_url(),
        empty={"title": "没有符合条件的协议", "why": "减少筛选条件，或换一个关键词。"},
    )


def figures(counts: RegisterCounts) -> list[Figure]:
    rows = (
        ("生效中", counts.in_force, "含中止", "?state=active&state=suspended"),
        ("待签", counts.signing, "已送签未签齐", "?state=signing"),
        ("将到期", counts.ending, f"{ALERT_DAYS} 天内", f"?ending={ALERT_DAYS}"),
        ("未签成", counts.stuck, "被拒签或逾期", "?state=refused&state=lapsed"),
    )
    return [
        Figure(label=label, value=str(value), unit="份", note=note, url=url, source="协议登记")
        for label, value, note, url in rows
    ]


def facets(request: Request, rows: QuerySet[Agreement]) -> list[Any]:
    kinds, states = kind_counts(rows), state_counts(rows)
    labels = [(code, label) for code, label in kind_labels().items() if kinds.get(code)]
    windows = [(str(days), f"{days} 天内到期") for days in EXPIRY_WINDOWS]
    return [
        facet(request=request, name="kind", label="类别", choices=labels, counts=kinds),
        facet(
            request=request,
            name="state",
            label="状态",
            choices=AgreementState.choices,
            counts=states,
        ),
        facet(request=request, name="ending", label="到期", choices=windows, single=True),
    ]


def chosen(request: Request, rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """What the filters leave."""
    for name in ("kind", "state"):
        if values := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": values})
    if request.GET.get("ending", "") in map(str, EXPIRY_WINDOWS):
        days = int(request.GET["ending"])
        rows = ending_within(rows, on=timezone.localdate(), days=days)
    return rows


@require_safe
def organisation_choices(request: Request) -> JsonResponse:
    """Verified units by name, for the boxes of a draft (选择单位)."""
    words = request.GET.get("q", "").replace("\x00", "").strip()
    rows = organisations_visible_to(request.actor).filter(state="verified")
    if kinds := request.GET.getlist("kind"):
        rows = rows.filter(kind__in=kinds)
    if words:
        rows = rows.filter(name__icontains=words)
    found = rows.select_related("division").order_by("name")[:MOST_CHOICES]
    return JsonResponse({"results": [choice_of(row) for row in found]})


def choice_of(row: Organisation) -> dict[str, str]:
    return {"value": str(row.pk), "text": row.name, "note": row.division.name}


@require_safe
def person_choices(request: Request) -> JsonResponse:
    """The people whom the reader may choose, by name; numbers stay masked (选择个人)."""
    words = request.GET.get("q", "").replace("\x00", "").strip()
    rows = people_visible_to(request.actor)
    if words:
        rows = rows.filter(name__icontains=words)
    results = [
        {"value": str(row.pk), "text": row.name, "note": row.id_number_mask}
        for row in rows.order_by("name")[:MOST_CHOICES]
    ]
    return JsonResponse({"results": results})
