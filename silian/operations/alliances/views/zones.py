"""Pages of industrial zones: the public register, one zone, what is not covered."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.choices.pairings import Cover
from silian.operations.alliances.commands.zones import add_zone, change_zone, close_zone
from silian.operations.alliances.forms.pairings import ZoneForm
from silian.operations.alliances.models.zones import IndustrialZone
from silian.operations.alliances.permissions.keeping import (
    keeps_region,
    keeps_registers,
    oversees,
    require_keeper,
)
from silian.operations.alliances.permissions.pairings import (
    may_propose,
    pairings_visible_to,
    zones_visible_to,
)
from silian.operations.alliances.queries.histories import past_of
from silian.operations.alliances.queries.pairings import pairings_for_list
from silian.operations.alliances.queries.zones import (
    ZoneCover,
    coverage_of,
    covers_of,
    required_by_place,
    zones_with_cover,
)
from silian.operations.alliances.views.steps import reason_of, template_for, typed

FOLDER = "alliances/pairings"
REGISTER = ("产业集聚区", "alliances:zone_list")


@login_not_required
@require_safe
def zone_list(request: Request) -> HttpResponseBase:
    """The zones and how each stands against the number asked of it (产业集聚区)."""
    today = timezone.localdate()
    places = required_by_place(on=today)
    rows = zones_with_cover(on=today, places=places)
    bar = FilterBar(request=request, placeholder="集聚区名称", facets=zone_facets(request))
    table = zone_table(request, covers_of(chosen(request, rows, bar), places=places, on=today))
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table,
        "bar": bar,
        "coverage": coverage_of(rows),
        "keeps": keeps_registers(request.actor),
        "oversees": oversees(request.actor),
    }
    page = template_for(request, page=f"{FOLDER}/zones.html", fragment=f"{FOLDER}/_zones.html")
    return render(request, page, context)


def zone_facets(request: Request) -> list[Any]:
    used = IndustrialZone.objects.order_by().values("division_id").distinct()
    places = Division.objects.filter(pk__in=used).order_by("code").values_list("pk", "name")
    return [
        facet(request=request, name="cover", label="覆盖情况", choices=Cover.choices),
        facet(request=request, name="division", label="地区", choices=places),
    ]


def chosen(request: Request, rows: Any, bar: FilterBar) -> list[IndustrialZone]:
    """What the filters leave; the list of zones of a region fits one page."""
    if divisions := request.GET.getlist("division"):
        rows = rows.filter(division_id__in=divisions)
    if bar.text:
        rows = rows.filter(name__icontains=typed(bar.text))
    related = rows.select_related("division", "committee").prefetch_related("industries")
    return list(related.order_by("division__code", "name", "pk"))


def zone_table(request: Request, covers: list[ZoneCover]) -> Table:
    wanted = set(request.GET.getlist("cover"))
    return Table(
        request=request,
        name="zones",
        rows=[row for row in covers if not wanted or row.cover in wanted],
        caption="产业集聚区对口合作",
        columns=[
            Column("name", "集聚区", lambda row: row.zone.name, main=True),
            Column("division", "地区", lambda row: row.zone.division.name),
            Column("industries", "主导产业", lambda row: industries_of(row.zone)),
            Column("schools", "对口院校", unit="所", numeric=True),
            Column("required", "标准", lambda row: required_words(row)),
            Column(
                "cover",
                "覆盖情况",
                lambda row: row.cover.label,
                template=f"{FOLDER}/_cell_cover.html",
            ),
        ],
        row_url=lambda row: row.zone.get_absolute_url(),
        empty={"missing": "还没有产业集聚区", "why": "由主管部门登记后在这里公开。"},
    )


def industries_of(zone: IndustrialZone) -> str:
    return "、".join(industry.name for industry in zone.industries.all()) or "未填写"


def required_words(row: ZoneCover) -> str:
    return "未设定" if row.required is None else f"至少 {int(row.required)} 所"


@require_safe
def zone_gaps(request: Request) -> HttpResponse:
    """The zones that lack partner schools, each with whom to ask next (未覆盖集聚区)."""
    if not oversees(request.actor):
        raise NotAllowed("未覆盖清单由本地区主管部门办理，公众可查看产业集聚区名录。")
    today = timezone.localdate()
    places = required_by_place(on=today)
    rows = zones_with_cover(on=today, places=places)
    own = [
        zone
        for zone in rows.select_related("division", "committee").order_by("division__code", "name")
        if request.actor.covers(zone.division_id)
    ]
    covers = covers_of(own, places=places, on=today)
    context = {
        "gaps": [row for row in covers if row.cover == Cover.GAP],
        "unset": [row for row in covers if row.cover == Cover.UNSET],
        "total": len(covers),
        "keeps": keeps_registers(request.actor),
    }
    return render(request, f"{FOLDER}/gaps.html", context)


@login_not_required
@require_safe
def zone_detail(request: Request, zone_id: int) -> HttpResponse:
    """One zone: its committee and industries, its partner schools and what they do."""
    related = zones_visible_to(request.actor).select_related("division", "committee")
    zone = get_object_or_404(related.prefetch_related("industries"), pk=zone_id)
    today, actor = timezone.localdate(), request.actor
    places = required_by_place(on=today)
    standing = zones_with_cover(on=today, places=places).filter(pk=zone.pk).select_related()
    covers = covers_of(standing, places=places, on=today)
    seen = pairings_visible_to(actor).filter(zone=zone)
    keeps = keeps_region(actor, zone.division_id)
    context = {
        "zone": zone,
        "cover": covers[0] if covers else None,
        "pairings": pairings_for_list(seen).order_by("state", "-starts_on"),
        "keeps": keeps and zone.closed_on is None,
        "proposes": may_propose(actor) and zone.closed_on is None,
        "entries": past_of(zone) if keeps else [],
    }
    return render(request, f"{FOLDER}/zone.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def zone_new(request: Request) -> HttpResponse:
    """Put a zone into the register (登记产业集聚区)."""
    actor = request.actor
    require_keeper(actor, division=actor.jurisdiction)
    form = ZoneForm(request.POST or None, division=actor.jurisdiction)
    return answer_form(
        request,
        form=form,
        page=page_words("登记产业集聚区", "登记", back=REGISTER[1], register=REGISTER),
        send=lambda said: add_zone(
            division=said["division"].pk,
            facts=form.facts(),
            industries=form.industries_chosen,
            actor=actor,
        ),
        done="已登记，请为它安排对口院校。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def zone_edit(request: Request, zone_id: int) -> HttpResponse:
    """Change a zone (修改产业集聚区)."""
    zone = get_object_or_404(zones_visible_to(request.actor), pk=zone_id)
    require_keeper(request.actor, division=zone.division_id)
    form = ZoneForm(
        request.POST or None, division=zone.division_id, initial=ZoneForm.initial_from(zone)
    )
    form.fields["division"].disabled = True
    return answer_form(
        request,
        form=form,
        page=page_words(f"修改{zone.name}", "保存", back=zone, register=REGISTER),
        send=lambda said: change_zone(
            zone_id=zone.pk,
            facts=form.facts(),
            industries=form.industries_chosen,
            actor=request.actor,
        ),
        done="已保存。",
        then=zone,
    )


@require_POST
def zone_close(request: Request, zone_id: int) -> HttpResponse:
    """Take a zone out of the register (撤销产业集聚区)."""
    zone = get_object_or_404(zones_visible_to(request.actor), pk=zone_id)
    return done_or_said(
        request,
        lambda: close_zone(
            zone_id=zone.pk,
            closed_on=timezone.localdate(),
            reason=reason_of(request),
            actor=request.actor,
        ),
        done="已撤销，对口合作记录保留。",
        then=zone,
    )
