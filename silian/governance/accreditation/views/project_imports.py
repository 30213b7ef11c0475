"""Bringing projects in from a table: upload, preview with faults, take in or drop."""

from __future__ import annotations

import io
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.audit_trail import XLSX
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import Job
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response, write_xlsx
from silian.foundation.ui.form_pages import done_or_refused, given, status_of
from silian.governance.accreditation.choices.projects import ProjectImportState
from silian.governance.accreditation.commands.project_imports import (
    check_projects,
    confirm_import,
    drop_import,
)
from silian.governance.accreditation.forms.projects import ImportForm
from silian.governance.accreditation.models.project_imports import ProjectImport
from silian.governance.accreditation.permissions.projects import imports_visible_to, may_import
from silian.governance.accreditation.rules.project_sheets import COLUMNS, HEADINGS

CELL = "accreditation/project/"
SHOWN_FAULTS = 200  # on the page; the file holds all that were kept
SHOWN_IMPORTS = 8


def refuse_outsiders(request: Request) -> None:
    if not may_import(request.actor):
        raise NotAllowed("项目由申报单位或牵头部门导入，请联系贵单位管理员。")


@require_http_methods(("GET", "HEAD", "POST"))
def project_import(request: Request) -> HttpResponse:
    """Upload a table; it is checked first and nothing is written yet (导入项目)."""
    refuse_outsiders(request)
    form = ImportForm(*given(request))
    batch = done_or_refused(
        form,
        lambda: check_projects(
            upload=form.cleaned_data["file"], mode=form.cleaned_data["mode"], actor=request.actor
        ),
    )
    if batch is not None:
        return redirect(batch)
    past = imports_visible_to(request.actor)[:SHOWN_IMPORTS]
    context = {"form": form, "columns": COLUMNS, "past": list(past)}
    return render(request, f"{CELL}import.html", context, status=status_of(form))


def visible_import(request: Request, import_id: int) -> ProjectImport:
    refuse_outsiders(request)
    return get_object_or_404(imports_visible_to(request.actor), pk=import_id)


@require_safe
def import_detail(request: Request, import_id: int) -> HttpResponse:
    """What was found, then what came in (检查与结果)."""
    batch = visible_import(request, import_id)
    sample = [{**row, "total": Decimal(row["total"])} for row in batch.sample]
    context = {
        "batch": batch,
        "job": Job.objects.filter(pk=batch.job_id or 0).first(),
        "busy": batch.state == ProjectImportState.RUNNING,
        "sample": sample if batch.state == ProjectImportState.CHECKED else [],
        "faults": batch.faults[:SHOWN_FAULTS],
    }
    name = "_import_body" if request.htmx else "import_detail"
    return render(request, f"{CELL}{name}.html", context)


@require_POST
def import_confirm(request: Request, import_id: int) -> HttpResponse:
    """Take the good rows in (确认导入)."""
    batch = visible_import(request, import_id)
    try:
        batch = confirm_import(import_id=batch.pk, actor=request.actor, today=timezone.localdate())
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return redirect(batch)


@require_POST
def import_drop(request: Request, import_id: int) -> HttpResponse:
    """Give a file up (放弃)."""
    batch = visible_import(request, import_id)
    try:
        drop_import(import_id=batch.pk, actor=request.actor)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect(batch)
    messages.success(request, "已放弃，没有导入任何项目。")
    return redirect("accreditation:project_import")


@require_safe
def import_faults(request: Request, import_id: int) -> HttpResponseBase:
    """Every wrong cell as a file (逐格问题)."""
    batch = visible_import(request, import_id)
    rows = [
        (fault["row"], fault["column"], fault["text"], fault["sentence"]) for fault in batch.faults
    ]
    header = ("行", "列", "内容", "怎样改")
    return file_response(kind="xlsx", name="逐格问题", header=header, rows=rows)


@require_safe
def import_template(request: Request) -> HttpResponse:
    """An empty table with one example row (导入模板)."""
    if not may_import(request.actor):
        return redirect("accreditation:project_list")
    file = io.BytesIO()
    write_xlsx(file=file, header=HEADINGS, rows=[[column.example for column in COLUMNS]])
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = "attachment; filename=projects.xlsx"
    return response
