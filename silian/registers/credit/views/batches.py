"""Batches for the public credit platform: what is untold, making one, its file, its receipt."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.tables import Column, Table
from silian.registers.credit.commands.batches import make_batch, note_receipt
from silian.registers.credit.forms.credit import ReceiptForm
from silian.registers.credit.models import ShareBatch
from silian.registers.credit.permissions.credit import batches_visible_to, may_keep, may_oversee
from silian.registers.credit.queries.batches import HEADINGS, sheet_rows, untold

SHOWN = 200  # lines on the page; the file holds all


def refuse_strangers(request: Request) -> None:
    if not may_oversee(request.actor):
        raise NotAllowed("归集批次由本地区主管部门办理和查看。")


@require_safe
def batch_list(request: Request) -> HttpResponseBase:
    """What was handed to the public credit platform, and what waits (信用归集)."""
    refuse_strangers(request)
    rows = batches_visible_to(request.actor).annotate(line_count=Count("lines"))
    table = Table(
        request=request,
        name="credit_batches",
        rows=rows.select_related("division", "made_by"),
        caption="信用归集批次",
        columns=[
            Column("number", "批次号", main=True, sort="number"),
            Column("made_at", "生成时间", sort="made_at"),
            Column("line_count", "条目", unit="条", numeric=True),
            Column("receipt", "平台回执", value=lambda row: row.receipt or "待登记"),
            Column("received_on", "接收日"),
            Column("division__name", "地区", optional=True),
        ],
        order="-number",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有归集批次", "why": "记录生效、变更或撤下后，在这里生成批次报送。"},
    )
    if table.export_wanted:
        return table.export_response()
    keeps = may_keep(request.actor)
    waiting = untold(division=request.actor.jurisdiction) if keeps else []
    context = {"table": table, "keeps": keeps, "waiting": waiting}
    return render(request, "credit/batch_list.html", context)


@require_POST
def batch_make(request: Request) -> HttpResponse:
    """Put what is untold into a batch (生成批次)."""
    if not may_keep(request.actor):
        raise NotAllowed("归集批次由本地区主管部门的审核或统筹人员生成。")
    try:
        batch = make_batch(actor=request.actor, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("credit:batch_list")
    messages.success(request, "批次已生成，请下载文件报送。")
    return redirect(batch)


def visible_batch(request: Request, batch_id: int) -> ShareBatch:
    rows = batches_visible_to(request.actor).select_related("division", "made_by")
    return get_object_or_404(rows, pk=batch_id)


@require_safe
def batch_detail(request: Request, batch_id: int) -> HttpResponse:
    """One batch with its lines as they were told (批次)."""
    batch = visible_batch(request, batch_id)
    lines = batch.lines.select_related("record").order_by("pk")
    context = {
        "batch": batch,
        "lines": lines[:SHOWN],
        "count": lines.count(),
        "keeps": may_keep(request.actor) and not batch.receipt,
    }
    return render(request, "credit/batch_detail.html", context)


@require_safe
def batch_file(request: Request, batch_id: int, kind: str) -> HttpResponseBase:
    """The file of a batch, the same at every download (下载批次)."""
    batch = visible_batch(request, batch_id)
    if kind not in ("xlsx", "csv"):
        raise Http404
    return file_response(kind=kind, name=batch.number, header=HEADINGS, rows=sheet_rows(batch))


@require_http_methods(["GET", "HEAD", "POST"])
def batch_receipt(request: Request, batch_id: int) -> HttpResponse:
    """Note the platform's receipt (登记回执)."""
    batch = visible_batch(request, batch_id)
    if not may_keep(request.actor):
        raise NotAllowed("平台回执由本地区主管部门的审核或统筹人员登记。")
    form = ReceiptForm(request.POST or None, initial={"on": timezone.localdate()})
    page = FormPage(
        title="登记平台回执", button="登记", back=batch.get_absolute_url(), lead=batch.number
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda said: note_receipt(batch_id=batch.pk, actor=request.actor, **said),
        done="回执已登记。",
        then=batch,
    )
