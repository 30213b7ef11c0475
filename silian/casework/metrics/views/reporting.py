"""Metrics that people report: the list, setting up, reporting, retiring (填报指标)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.metrics.choices import DefinitionState, Periodicity, PeriodKind
from silian.casework.metrics.commands.definitions import (
    change_definition,
    make_definition,
    retire_definition,
)
from silian.casework.metrics.commands.reporting import enter_value
from silian.casework.metrics.forms.definitions import DefinitionForm, ValueForm
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.permissions.values import (
    definitions_visible_to,
    may_define,
    may_report,
    require_definer,
    require_reporter,
    works_in_government,
)
from silian.casework.metrics.queries.catalogue import as_metric
from silian.casework.metrics.queries.showing import latest_shown
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.foundation.ui.tables import Column, Table

GETS_AND_POSTS = ["GET", "HEAD", "POST"]


@require_safe
def definition_list(request: Request) -> HttpResponseBase:
    """The reported metrics that concern the reader, with the latest values."""
    if not works_in_government(request.actor):
        raise NotAllowed("填报指标的办理页面只对政府部门开放。公开的指标请到“指标库”查看。")
    bar = FilterBar(
        request=request,
        placeholder="指标名称",
        facets=[
            facet(request=request, name="state", label="状态", choices=DefinitionState.choices),
            facet(
                request=request,
                name="periodicity",
                label="更新频率",
                choices=Periodicity.choices,
            ),
        ],
    )
    table = definition_table(request, text=bar.text)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "may_define": may_define(request.actor)}
    template = "metrics/_definitions.html" if request.htmx else "metrics/definitions.html"
    return render(request, template, context)


def definition_table(request: Request, *, text: str) -> Table:
    rows = definitions_visible_to(request.actor).select_related("division", "owner")
    for name in ("state", "periodicity"):
        if chosen := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": chosen})
    if text:
        rows = rows.filter(title__icontains=text)
    return Table(
        request=request,
        name="definitions",
        rows=rows,
        columns=DEFINITION_COLUMNS,
        caption="填报指标",
        row_url=lambda row: reverse("metrics:definition_detail", args=[row.pk]),
        empty={
            "missing": "还没有填报指标",
            "why": "平台能从业务记录算出的指标不用填报；算不出的由统筹人员设立。",
        },
    )


DEFINITION_COLUMNS = [
    Column("title", "指标", main=True, sort="title"),
    Column("unit", "单位"),
    Column("division", "适用地区", value="division__name"),
    Column("owner", "责任部门", value="owner__name"),
    Column("period_kind", "统计期", value=lambda row: row.get_period_kind_display()),
    Column("public", "公开", value=lambda row: "是" if row.public else "否"),
    Column("state", "状态", value=lambda row: row.get_state_display(), sort="state"),
    Column("code", "代码", optional=True),
]


def visible_definition(request: Request, definition_id: int) -> MetricDefinition:
    """The definition, for those who work on it."""
    if not works_in_government(request.actor):
        raise NotAllowed("填报指标的办理页面只对政府部门开放。公开的指标请到“指标库”查看。")
    rows = definitions_visible_to(request.actor).select_related("division", "owner")
    return get_object_or_404(rows, pk=definition_id)


@require_safe
def definition_detail(request: Request, definition_id: int) -> HttpResponse:
    """A reported metric, what was reported for each division, and what may be done."""
    definition = visible_definition(request, definition_id)
    active = definition.state == DefinitionState.ACTIVE
    context = {
        "definition": definition,
        "metric": as_metric(definition),
        "kind": PeriodKind(definition.period_kind).label,
        "lines": reported_lines(request, definition),
        "may_report": active and may_report(request.actor, definition=definition),
        "may_change": active and may_define(request.actor, division=definition.division_id),
    }
    return render(request, "metrics/definition_detail.html", context)


def reported_lines(request: Request, definition: MetricDefinition) -> list[dict[str, Any]]:
    """The divisions with the latest reported value of each."""
    form = ValueForm(definition=definition)
    places = list(form.fields["division"].queryset)  # type: ignore[attr-defined]
    metric = as_metric(definition)
    shown = latest_shown(
        actor=request.actor,
        metrics={metric.code: metric},
        divisions=[place.pk for place in places],
    )
    return [{"place": place, "shown": shown[metric.code, place.pk]} for place in places]


@require_http_methods(GETS_AND_POSTS)
def definition_new(request: Request) -> HttpResponse:
    """Set up a metric that a department reports."""
    require_definer(request.actor, division=request.actor.jurisdiction)
    form = DefinitionForm(
        request.POST or None,
        actor=request.actor,
        initial={"division": request.actor.jurisdiction},
    )
    made = done_or_refused(form, lambda: make_definition(facts=form.facts(), actor=request.actor))
    if made:
        messages.success(request, f"已设立“{made}”，责任部门可以开始填报。")
        return redirect("metrics:definition_detail", definition_id=made.pk)
    return render(request, "metrics/definition_form.html", {"form": form}, status=status_of(form))


@require_http_methods(GETS_AND_POSTS)
def definition_edit(request: Request, definition_id: int) -> HttpResponse:
    """Change how a reported metric is described."""
    definition = visible_definition(request, definition_id)
    require_definer(request.actor, division=definition.division_id)
    form = DefinitionForm(
        request.POST or None,
        actor=request.actor,
        fixed=True,
        initial=DefinitionForm.initial_of(definition),
    )
    changed = done_or_refused(
        form,
        lambda: change_definition(
            definition_id=definition.pk, facts=form.facts(), actor=request.actor
        ),
    )
    if changed:
        messages.success(request, "已修改。")
        return redirect("metrics:definition_detail", definition_id=definition.pk)
    context = {"form": form, "definition": definition}
    return render(request, "metrics/definition_form.html", context, status=status_of(form))


@require_POST
def definition_retire(request: Request, definition_id: int) -> HttpResponse:
    """Take no more values of a reported metric."""
    definition = visible_definition(request, definition_id)
    retire_definition(
        definition_id=definition.pk,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
    )
    messages.success(request, f"已停用“{definition}”，已填报的数值保留。")
    return redirect("metrics:definition_list")


@require_http_methods(GETS_AND_POSTS)
def value_new(request: Request, definition_id: int) -> HttpResponse:
    """Report a value, or correct one that was reported."""
    definition = visible_definition(request, definition_id)
    require_reporter(request.actor, definition=definition)
    form = ValueForm(
        request.POST or None,
        request.FILES or None,
        definition=definition,
        initial={"division": definition.division_id, "day": request.GET.get("day", "")},
    )
    value = done_or_refused(
        form,
        lambda: enter_value(
            definition_id=definition.pk,
            **{**form.cleaned_data, "division": form.cleaned_data["division"].pk},
            actor=request.actor,
            now=timezone.now(),
        ),
    )
    if value:
        messages.success(request, f"已填报{value.period_name}的数值。")
        return redirect(value)
    context = {"form": form, "definition": definition, "kind": definition.get_period_kind_display()}
    return render(request, "metrics/value_form.html", context, status=status_of(form))
