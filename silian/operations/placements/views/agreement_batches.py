"""Agreements of hundreds of interns: start, progress that may be left, failures, retry."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import Job
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.rounds import (
    BatchItemState,
)
from silian.operations.placements.commands.agreement_batches import retry_batch, start_batch
from silian.operations.placements.models.bulk import AgreementBatch
from silian.operations.placements.permissions.boards import agreement_batches_visible_to
from silian.operations.placements.permissions.internships import require_school_clerk
from silian.operations.placements.queries.boards import interns_of
from silian.operations.placements.rules.board import Problem
from silian.operations.placements.views.boards import chosen_group


@require_safe
def agreement_batch_list(request: Request) -> HttpResponseBase:
    """The batches of the school, newest first (批量办协议)."""
    require_school_clerk(request.actor)
    rows = (
        agreement_batches_visible_to(request.actor)
        .select_related("made_by")
        .annotate(
            total=Count("items"),
            failed=Count("items", filter=Q(items__state=BatchItemState.FAILED)),
        )
    )
    return render(request, "placements/bulk/batches.html", {"batches": rows[:50]})


@require_safe
def agreement_batch_new(request: Request) -> HttpResponseBase:
    """Who has no agreement in force yet, to be done in one go (批量办协议)."""
    require_school_clerk(request.actor)
    rows, groups, group = chosen_group(request)
    interns = [
        item
        for item in interns_of(rows, on=timezone.localdate())
        if Problem.UNSIGNED in item.standing.problems
    ]
    hosts = {item.organisation_name for item in interns}
    context = {
        "group": group,
        "groups": groups,
        "interns": interns,
        "hosts": len(hosts),
        "next": reverse("placements:agreement_batches"),
    }
    return render(request, "placements/bulk/batch_new.html", context)


@require_POST
def agreement_batch_start(request: Request) -> HttpResponse:
    """Queue the agreements of the chosen interns."""
    require_school_clerk(request.actor)
    ids = [int(pk) for pk in request.POST.getlist("chosen") if pk.isdigit()]
    try:
        batch = start_batch(internship_ids=ids, actor=request.actor)
    except DomainError as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        messages.error(request, refusal.sentence)
        return redirect("placements:agreement_batch_new")
    return redirect("placements:agreement_batch", batch.pk)


@require_safe
def agreement_batch(request: Request, batch_id: int) -> HttpResponseBase:
    """How far a batch is; each failure with its reason (办理进度)."""
    require_school_clerk(request.actor)
    batch = get_object_or_404(agreement_batches_visible_to(request.actor), pk=batch_id)
    counts = dict(batch.items.order_by().values_list("state").annotate(count=Count("pk")))
    table = item_table(request, batch)
    if table.export_wanted:
        return table.export_response()
    context = {
        "batch": batch,
        "table": table,
        "counts": [(state.label, state.value, counts.get(state, 0)) for state in BatchItemState],
        "failed": counts.get(BatchItemState.FAILED, 0),
        "total": sum(counts.values()),
        "busy": batch.finished_at is None,
        "job": Job.objects.filter(pk=batch.job_id or 0).first() if not batch.finished_at else None,
    }
    template = "placements/bulk/_batch.html" if request.htmx else "placements/bulk/batch.html"
    return render(request, template, context)


def item_table(request: Request, batch: AgreementBatch) -> Table:
    rows = batch.items.select_related(
        "internship__person", "internship__school_class", "internship__organisation"
    )
    if (state := request.GET.get("state", "")) in BatchItemState.values:
        rows = rows.filter(state=state)
    return Table(
        request=request,
        name="agreement_batch",
        rows=rows,
        caption="办理明细",
        columns=[
            Column("person", "姓名", value="internship__person__name",
                   sort="internship__person__name", main=True),
            Column("school_class", "班级", value="internship__school_class__name",
                   sort="internship__school_class__name"),
            Column("host", "实习单位", value="internship__organisation__name",
                   sort="internship__organisation__name"),
            Column("state", "结果", value=lambda row: row.get_state_display(), sort="state"),
            Column("reason", "未办成的原因"),
            Column("tries", "次数", numeric=True, optional=True),
        ],
        order="pk",
        row_url=lambda row: reverse("placements:internship", args=[row.internship_id]),
    )  # fmt: skip


@require_POST
def agreement_batch_retry(request: Request, batch_id: int) -> HttpResponse:
    """Try the failed ones again (重办)."""
    require_school_clerk(request.actor)
    get_object_or_404(agreement_batches_visible_to(request.actor), pk=batch_id)
    try:
        retry_batch(batch_id=batch_id, actor=request.actor)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("placements:agreement_batch", batch_id)
