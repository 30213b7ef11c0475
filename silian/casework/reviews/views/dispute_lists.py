"""The lists of objections and of appeals, with their filters (异议、申诉办理)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.casework.reviews.choices.deciding import ObjectionState
from silian.casework.reviews.permissions.notices import appeals_visible_to, objections_visible_to
from silian.casework.reviews.queries.appeals import for_list as for_appeals
from silian.casework.reviews.queries.lateness import is_over, late_words
from silian.casework.reviews.queries.objections import for_list as for_objections
from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import Column, Table


@dataclass(frozen=True, kw_only=True)
class Paths:
    """Where the two kinds differ: who works on it, and the way to the dossier."""

    handler: str
    dossier: str


OBJECTION = Paths(handler="investigator", dossier="dossier")
APPEAL = Paths(handler="handler", dossier="decision__dossier")
HANDLED = (("mine", "由我办理"), ("none", "还没有人承办"))


@require_safe
def objection_list(request: Request) -> HttpResponseBase:
    """Objections that the reader handles (异议办理)."""
    return answered(
        request,
        rows=objections_visible_to(request.actor),
        paths=OBJECTION,
        kind="objection",
        caption="公示异议",
        shaped=for_objections,
        empty={"title": "没有异议", "why": "公示期内有人提出异议时，在这里核查和答复。"},
    )


@require_safe
def appeal_list(request: Request) -> HttpResponseBase:
    """Appeals that the reader filed or handles (申诉办理)."""
    return answered(
        request,
        rows=appeals_visible_to(request.actor),
        paths=APPEAL,
        kind="appeal",
        caption="申诉",
        shaped=for_appeals,
        empty={"title": "没有申诉", "why": "申报单位对不通过的决定可以在期限内申诉。"},
    )


def answered(
    request: Request, *, rows: QuerySet[Any], paths: Paths, kind: str, **shape: Any
) -> HttpResponseBase:
    """One of the lists as a page, as the part that filters change, or as a file."""
    today = timezone.localdate()
    bar = FilterBar(
        request=request,
        placeholder="认定对象、批次",
        facets=facets(request, rows, paths=paths, on=today),
    )
    left = chosen(request, rows, paths=paths, text=bar.text, on=today)
    table = table_of(request, left, paths=paths, kind=kind, on=today, **shape)
    if table.export_wanted:
        return table.export_response()
    context = {
        "bar": bar,
        "table": table,
        "open": rows.filter(state=ObjectionState.RAISED).count(),
        "late": rows.filter(is_over(on=today)).count(),
    }
    template = "_table.html" if request.htmx else f"{kind}_list.html"
    return render(request, f"reviews/{template}", context)


def table_of(
    request: Request,
    rows: QuerySet[Any],
    *,
    paths: Paths,
    kind: str,
    on: datetime.date,
    shaped: Any,
    caption: str,
    empty: dict[str, str],
) -> Table:
    return Table(
        request=request,
        name=f"review_{kind}s",
        rows=shaped(rows),
        caption=caption,
        columns=columns(kind, paths=paths, on=on),
        order="-pk",
        row_url=lambda row: reverse(f"reviews:{kind}_detail", args=[row.pk]),
        empty=empty,
    )


def columns(kind: str, *, paths: Paths, on: datetime.date) -> list[Column]:
    """What both lists show; lateness is counted in working days."""
    late = partial(late_words, on=on, calendar=site_calendar())
    at = "raised_at" if kind == "objection" else "filed_at"
    cell = f"reviews/_cell_{kind}.html"
    return [
        Column("subject", "认定对象", f"{paths.dossier}__subject_name", template=cell, main=True),
        Column("campaign", "批次", f"{paths.dossier}__campaign__title"),
        Column("state", "状态", lambda row: row.get_state_display(), sort="state"),
        Column(at, "提出时间", sort=at),
        Column("due_on", "答复期限", sort="due_on"),
        Column("late", "逾期", late, sort="late_since"),
        Column("handler", "承办人", partial(handler_name, path=paths.handler)),
    ]


def handler_name(row: Any, *, path: str) -> str:
    handler = getattr(row, path)
    return handler.name if handler else "未承办"


def facets(request: Request, rows: QuerySet[Any], *, paths: Paths, on: datetime.date) -> list[Any]:
    """State, whether late, and who works on it; each with how many."""
    counts = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    late = {"1": rows.filter(is_over(on=on)).count()}
    handled = {value: rows.filter(by(request, value, paths=paths)).count() for value, _ in HANDLED}
    return [
        facet(
            request=request,
            name="state",
            label="状态",
            choices=ObjectionState.choices,
            counts=counts,
        ),
        facet(request=request, name="late", label="期限", choices=[("1", "已逾期")], counts=late),
        facet(request=request, name="handler", label="承办", choices=HANDLED, counts=handled),
    ]


def by(request: Request, value: str, *, paths: Paths) -> Q:
    """Those the reader handles, or those open that nobody took."""
    if value == "mine":
        return Q(**{paths.handler: request.actor.user_id or 0})
    return Q(**{f"{paths.handler}__isnull": True}, state=ObjectionState.RAISED)


def chosen(
    request: Request, rows: QuerySet[Any], *, paths: Paths, text: str, on: datetime.date
) -> QuerySet[Any]:
    """What the filters leave."""
    states = [value for value in request.GET.getlist("state") if value in ObjectionState.values]
    if states:
        rows = rows.filter(state__in=states)
    if request.GET.get("late"):
        rows = rows.filter(is_over(on=on))
    handled = [value for value in request.GET.getlist("handler") if value in dict(HANDLED)]
    if handled:
        wanted = Q(pk__in=[])
        for value in handled:
            wanted |= by(request, value, paths=paths)
        rows = rows.filter(wanted)
    if text:
        named = Q(**{f"{paths.dossier}__subject_name__icontains": text})
        rows = rows.filter(named | Q(**{f"{paths.dossier}__campaign__title__icontains": text}))
    return rows
