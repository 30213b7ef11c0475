"""The public catalogue of the recognised, those removed, and its editions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.casework.reviews.choices.recognitions import RecognitionState
from silian.casework.reviews.commands.catalogue import draft_catalogue
from silian.casework.reviews.models import Recognition, Scheme
from silian.casework.reviews.queries.catalogue import (
    SHOWN,
    catalogue_editions,
    catalogue_rows,
    counts_by,
    removed_recognitions,
    schemes_that_hide_removed,
    shown_subject,
)
from silian.casework.reviews.views.recognitions import NUMBER_CELL, STATE_CELL, last_day
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Industry
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.sockets import Figure
from silian.foundation.ui.tables import Column, Table
from silian.registers.organisations.choices import OrganisationSize
from silian.registers.organisations.permissions import organisations_visible_to

SHOWN_EDITIONS = 6
NOTES = {
    RecognitionState.CERTIFIED: "有效期内",
    RecognitionState.WARNED: "仍有效，限期整改",
    RecognitionState.INCUBATING: "建设培育库，期满合格后认定",
    RecognitionState.SUSPENDED: "恢复前不能凭证办事",
}
COLUMNS = (
    Column("subject", "认定对象", shown_subject, main=True, sort="subject_name"),
    Column("scheme", "认定项目", "scheme__title", sort="scheme__title"),
    Column("number", "证书编号", template=NUMBER_CELL, sort="number"),
    Column("state", "状态", lambda row: row.get_state_display(), template=STATE_CELL, sort="state"),
    Column("division", "所在区划", "division__name", sort="division__code"),
    Column("industry", "行业", lambda row: industry_of(row), optional=True),
    Column("size", "规模", lambda row: size_of(row), optional=True),
    Column("since", "起始日", lambda row: row.certified_on or row.entered_on, sort="entered_on"),
    Column("valid_until", "有效期至", lambda row: last_day(row.valid_until), sort="valid_until"),
    Column("holder", "单位", "holder__name", optional=True),
)
REMOVED_COLUMNS = (
    Column("subject", "认定对象", shown_subject, main=True),
    Column("scheme", "认定项目", "scheme__title"),
    Column("number", "证书编号"),
    Column("division", "所在区划", "division__name"),
    Column("ended_on", "取消日期"),
)


def industry_of(row: Recognition) -> str:
    return row.holder.industry.name if row.holder.industry else ""


def size_of(row: Any) -> str:
    return dict(OrganisationSize.choices).get(row.shown_size or "", "")


@login_not_required
@require_safe
def catalogue(request: Request) -> HttpResponseBase:
    """Everybody reads who holds which status today (认证目录、储备库)."""
    today = timezone.localdate()
    seen = catalogue_rows(on=today)
    bar = FilterBar(request=request, facets=facets(request, seen), placeholder="名称、证书编号")
    table = Table(
        request=request,
        name="catalogue",
        rows=chosen(request, seen, text=bar.text),
        caption="认证目录",
        columns=COLUMNS,
        order="-pk",
        row_url=check_url,
        empty={"title": "没有符合条件的认定", "why": "减少筛选条件，或换一个关键词。"},
    )
    if table.export_wanted:
        return table.export_response()
    if request.htmx:
        return render(request, "reviews/_catalogue.html", {"bar": bar, "table": table})
    return render(
        request, "reviews/catalogue.html", {"bar": bar, "table": table, **beside(request, seen)}
    )


def beside(request: Request, seen: QuerySet[Recognition]) -> dict[str, Any]:
    """The rest of the page: numbers, those removed, editions."""
    gone = removed_recognitions(on=timezone.localdate())
    removed = Table(
        request=request,
        name="removed",
        rows=gone.rows,
        caption="已取消名单",
        columns=REMOVED_COLUMNS,
        row_url=check_url,
        export=False,
        views=False,
    )
    own = Scheme.objects.filter(owner_id=request.actor.organisation_id or 0)
    counts = counts_by(seen, "state")
    return {
        "counts": counts,
        "figures": [figure_of(state, counts) for state in SHOWN],
        "removed": removed,
        "hidden": schemes_that_hide_removed(),
        "hidden_counts": gone.hidden.items(),
        "editions": catalogue_editions()[:SHOWN_EDITIONS],
        "drafted": own if request.actor.has_role("coordinator") else Scheme.objects.none(),
    }


def figure_of(state: RecognitionState, counts: dict[str, int]) -> Figure:
    """How many stand in a state today; opens its rows."""
    return Figure(
        label=state.label,
        value=f"{counts.get(state.value, 0):,}",
        unit="个",
        note=NOTES[state],
        url=f"{reverse('reviews:catalogue')}?state={state.value}",
        source="认定台账，每天更新",
    )


def check_url(row: Recognition) -> str:
    return reverse("reviews:recognition_check_code", args=[row.check_code])


def facets(request: Request, rows: QuerySet[Recognition]) -> list[Any]:
    """Scheme, state, county, industry, size; each with how many it would leave."""
    schemes, states = counts_by(rows, "scheme_id"), counts_by(rows, "state")
    trades, sizes = counts_by(rows, "trade"), counts_by(rows, "shown_size")
    places = counts_by(rows, "division_id")
    titles = dict(rows.order_by().values_list("scheme_id", "scheme__title"))
    names = dict(rows.order_by().values_list("division_id", "division__name"))
    industries = Industry.objects.filter(code__in=list(trades), level=2)
    return [
        facet(
            request=request,
            name=name,
            label=label,
            choices=[(str(value), text) for value, text in choices if counts.get(str(value))],
            counts=counts,
        )
        for name, label, choices, counts in (
            ("scheme", "认定项目", sorted(titles.items()), schemes),
            ("state", "状态", [(state.value, state.label) for state in SHOWN], states),
            ("division", "所在区划", sorted(names.items()), places),
            ("trade", "行业", industries.values_list("code", "name"), trades),
            ("size", "规模", OrganisationSize.choices, sizes),
        )
    ]


PATHS = {
    "scheme": "scheme_id",
    "state": "state",
    "division": "division_id",
    "trade": "trade",
    "size": "shown_size",
}


def chosen(request: Request, rows: QuerySet[Recognition], *, text: str) -> QuerySet[Recognition]:
    """What the filters leave; people are found by their number only."""
    for name, path in PATHS.items():
        values = request.GET.getlist(name)
        if name == "scheme":
            values = [value for value in values if value.isdigit()]
        if name == "state":
            values = [value for value in values if value in RecognitionState.values]
        if values:
            rows = rows.filter(**{f"{path}__in": values})
    if text:
        named = rows.filter(subject_name__icontains=text, dossier__person__isnull=True)
        rows = named | rows.filter(number__icontains=text)
    return rows


@require_POST
def catalogue_draft(request: Request) -> HttpResponse:
    """Draft an edition of today's catalogue of one's own scheme (编制目录)."""
    units = organisations_visible_to(request.actor).filter(pk=request.actor.organisation_id or 0)
    key = request.POST.get("scheme", "")
    rows = Scheme.objects.filter(owner__in=units)
    scheme = get_object_or_404(rows, pk=int(key) if key.isdigit() else 0)
    edition = draft_catalogue(scheme=scheme, on=timezone.localdate(), actor=request.actor)
    return redirect(edition)
