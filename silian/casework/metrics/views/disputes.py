"""Objections: raising one, the list, answering, withdrawing (数据异议)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.metrics.choices import DisputeState
from silian.casework.metrics.commands.disputes import (
    correct_value,
    dispute_value,
    uphold_value,
    withdraw_dispute,
)
from silian.casework.metrics.forms.disputes import AnswerForm, DisputeForm, correction_form
from silian.casework.metrics.models.disputes import ValueDispute
from silian.casework.metrics.permissions.disputes import (
    disputes_visible_to,
    may_answer,
    may_withdraw,
    values_open_to_dispute,
)
from silian.casework.metrics.permissions.values import works_in_government
from silian.casework.metrics.queries.catalogue import metric_named, titles
from silian.casework.metrics.queries.showing import Shown
from silian.casework.metrics.rules.number_words import plain_words
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.foundation.ui.tables import Column, Table

GETS_AND_POSTS = ["GET", "HEAD", "POST"]


@require_safe
def dispute_list(request: Request) -> HttpResponseBase:
    """The objections of the region and of one's own department, the newest first."""
    if not works_in_government(request.actor):
        raise NotAllowed("数据异议只在政府部门内办理。")
    bar = FilterBar(
        request=request,
        search=False,
        facets=[facet(request=request, name="state", label="状态", choices=DisputeState.choices)],
    )
    rows = disputes_visible_to(request.actor).select_related("value__division", "organisation")
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    table = Table(
        request=request,
        name="disputes",
        rows=rows,
        columns=dispute_columns(),
        caption="数据异议",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有数据异议", "why": "督查人员或有关部门可在数值页提出异议。"},
    )
    if table.export_wanted:
        return table.export_response()
    template = "metrics/_disputes.html" if request.htmx else "metrics/disputes.html"
    return render(request, template, {"table": table, "bar": bar})


def dispute_columns() -> list[Column]:
    names = titles()
    metric = Column(
        "metric", "指标", value=lambda row: names.get(row.value.metric_code, ""), main=True
    )
    return [metric, *DISPUTE_COLUMNS]


DISPUTE_COLUMNS = [
    Column("division", "地区", value="value__division__name"),
    Column("period", "统计期", value=lambda row: row.value.period_name),
    Column("official", "公布数", value=lambda row: row.official_text, numeric=True),
    Column("own", "异议数", value=lambda row: row.own_text, numeric=True),
    Column("organisation", "提出单位", value="organisation__name"),
    Column("raised_at", "提出时间", sort="raised_at"),
    Column("state", "状态", value=lambda row: row.get_state_display(), sort="state"),
]


def visible_dispute(request: Request, dispute_id: int) -> ValueDispute:
    """The objection, when the reader may see it."""
    rows = disputes_visible_to(request.actor).select_related(
        "value__division", "organisation", "corrected_value"
    )
    return get_object_or_404(rows, pk=dispute_id)


@require_safe
def dispute_detail(request: Request, dispute_id: int) -> HttpResponse:
    """Both numbers side by side, reason, evidence and answer."""
    dispute = visible_dispute(request, dispute_id)
    return dispute_page(request, dispute)


def dispute_page(request: Request, dispute: ValueDispute, **forms: Any) -> HttpResponse:
    """The page of an objection with the answers that the reader may give."""
    metric = metric_named(dispute.value.metric_code)
    waits = dispute.state == DisputeState.RAISED
    context = {
        "dispute": dispute,
        "metric": metric,
        "now_holds": Shown(
            metric=metric, division=dispute.value.division_id, value=dispute.corrected_value
        )
        if metric and dispute.corrected_value
        else None,
        "files": files_of(dispute),
        "may_answer": waits and may_answer(request.actor, dispute),
        "may_withdraw": waits and may_withdraw(request.actor, dispute),
        "uphold_form": AnswerForm(prefix="uphold"),
        "correct_form": correction_form(dispute),
        **forms,
    }
    status = 422 if forms else 200
    return render(request, "metrics/dispute_detail.html", context, status=status)


@require_http_methods(GETS_AND_POSTS)
def value_dispute(request: Request, value_id: int) -> HttpResponse:
    """Object to a value with another number and evidence."""
    rows = values_open_to_dispute(request.actor).select_related("division")
    value = get_object_or_404(rows, pk=value_id)
    metric = metric_named(value.metric_code)
    form = DisputeForm(
        request.POST or None, request.FILES or None, unit=metric.unit if metric else ""
    )
    dispute = done_or_refused(
        form,
        lambda: dispute_value(
            value_id=value.pk, **form.cleaned_data, actor=request.actor, now=timezone.now()
        ),
    )
    if dispute:
        messages.success(request, "已提出，牵头部门 5 个工作日内答复，答复前两个数同时显示。")
        return redirect(dispute)
    context = {"form": form, "value": value, "metric": metric, "official": plain_words(value.value)}
    return render(request, "metrics/dispute_form.html", context, status=status_of(form))


@require_POST
def dispute_uphold(request: Request, dispute_id: int) -> HttpResponse:
    """Answer that the official number holds."""
    dispute = visible_dispute(request, dispute_id)
    form = AnswerForm(request.POST, prefix="uphold")
    done = done_or_refused(
        form,
        lambda: uphold_value(
            dispute_id=dispute.pk, **form.cleaned_data, actor=request.actor, now=timezone.now()
        ),
    )
    if not done:
        return dispute_page(request, dispute, uphold_form=form)
    messages.success(request, "已答复：维持原数，已通知提出人。")
    return redirect(dispute)


@require_POST
def dispute_correct(request: Request, dispute_id: int) -> HttpResponse:
    """Answer with a corrected number."""
    dispute = visible_dispute(request, dispute_id)
    form = correction_form(dispute, request.POST, request.FILES)
    done = done_or_refused(
        form,
        lambda: correct_value(
            dispute_id=dispute.pk, **form.cleaned_data, actor=request.actor, now=timezone.now()
        ),
    )
    if not done:
        return dispute_page(request, dispute, correct_form=form)
    messages.success(request, "已更正，已通知提出人。")
    return redirect(dispute)


@require_POST
def dispute_withdraw(request: Request, dispute_id: int) -> HttpResponse:
    """Object no longer."""
    dispute = visible_dispute(request, dispute_id)
    withdraw_dispute(dispute_id=dispute.pk, actor=request.actor, now=timezone.now())
    messages.success(request, "已撤回异议。")
    return redirect(dispute)
