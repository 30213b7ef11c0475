"""Payroll sheets of a host: upload, preview with cell errors, take or drop."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.audit_trail import XLSX
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import write_xlsx
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.operations.placements.commands.pay_sheets import drop_sheet, take_sheet, upload_sheet
from silian.operations.placements.forms.pay import SheetForm
from silian.operations.placements.models.pay import PayRecord, PaySheet
from silian.operations.placements.permissions.pay import (
    pay_sheets_visible_to,
    require_host_clerk,
)
from silian.operations.placements.queries.pay_sheets import owed_by_number
from silian.operations.placements.rules.pay_sheets import HEADINGS

SHOWN_ROWS = 200


def sheet_url(sheet: PaySheet) -> str:
    return reverse("placements:pay_sheet", args=[sheet.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def pay_sheet_new(request: Request) -> HttpResponse:
    """Upload a sheet to look at it first (上传发放表)."""
    require_host_clerk(request.actor)

    def send(data: dict[str, Any]) -> str:
        sheet = upload_sheet(
            actor=request.actor,
            month=data["month"],
            upload=data["file"],
            now=timezone.localtime(),
        )
        return sheet_url(sheet)

    page = FormPage(
        title="上传发放表",
        button="读取并预览",
        lead="先预览，确认后才入账",
        back=reverse("placements:pay_list"),
        crumbs=[("报酬", reverse("placements:pay_list"))],
        help="placements/pay_sheets",
    )
    last = timezone.localdate().replace(day=1)
    form = SheetForm(*given(request), initial={"month": last})
    return answer_form(request, form=form, page=page, send=send, done="已读取，请核对后入账。")


@require_safe
def pay_sheet(request: Request, sheet_id: int) -> HttpResponse:
    """What was read, with what is wrong in which cell (发放表预览)."""
    sheet = get_object_or_404(pay_sheets_visible_to(request.actor), pk=sheet_id)
    bad_first = sorted(sheet.rows, key=lambda row: (row["is_good"], row["line"]))
    lines = [
        {
            "line": row["line"],
            "is_good": row["is_good"],
            "cells": [(name, row["cells"][name], row["problems"].get(name)) for name in HEADINGS],
            "notes": row["notes"],
        }
        for row in bad_first[:SHOWN_ROWS]
    ]
    context = {"sheet": sheet, "lines": lines, "headings": HEADINGS, "shown": SHOWN_ROWS}
    return render(request, "placements/pay/sheet.html", context)


@require_POST
def pay_sheet_take(request: Request, sheet_id: int) -> HttpResponse:
    """Enter the rows as payments (入账)."""
    sheet = get_object_or_404(pay_sheets_visible_to(request.actor), pk=sheet_id)
    try:
        count = take_sheet(
            actor=request.actor,
            sheet_id=sheet.pk,
            now=timezone.localtime(),
            only_good="only_good" in request.POST,
        )
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect(sheet_url(sheet))
    messages.success(request, f"已入账 {count} 笔，等学生核对。")
    return redirect(f"{reverse('placements:pay_list')}?month={sheet.month:%Y-%m}")


@require_POST
def pay_sheet_drop(request: Request, sheet_id: int) -> HttpResponse:
    """Put a sheet aside (放弃)."""
    sheet = get_object_or_404(pay_sheets_visible_to(request.actor), pk=sheet_id)
    drop_sheet(actor=request.actor, sheet_id=sheet.pk)
    messages.success(request, "已放弃这张发放表，没有入账。")
    return redirect("placements:pay_list")


@require_safe
def pay_sheet_template(request: Request) -> HttpResponse:
    """A sheet with the names of those to be paid, ready to be filled (发放表模板)."""
    require_host_clerk(request.actor)
    host = request.actor.organisation_id or 0
    latest = PayRecord.objects.filter(internship__organisation_id=host).order_by("-month").first()
    month = latest.month if latest else timezone.localdate().replace(day=1)
    rows = [
        (number, owed.name, owed.unpaid, "")
        for number, owed in sorted(owed_by_number(organisation_id=host, month=month).items())
    ]
    target = io.BytesIO()
    write_xlsx(file=target, header=HEADINGS, rows=rows)
    name = f"pay-{month:%Y-%m}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(target.getvalue(), content_type=XLSX, headers=headers)
