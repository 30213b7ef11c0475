"""Sheets: who reports, and returns as drafts; cell by cell what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import done_or_refused, given, status_of
from silian.operations.learning.commands.calls import import_units
from silian.operations.learning.commands.importing import CLASSES, KINDS, import_returns
from silian.operations.learning.forms.calls import SheetForm
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.permissions.fund import require_manager
from silian.operations.learning.rules.import_sheet import CODE, CellProblem, headings
from silian.operations.learning.views.calls import visible_call

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def call_units_import(request: Request, call_id: int) -> HttpResponse:
    """Add enterprises by a sheet of codes (导入应报企业名单)."""
    call = visible_call(request, call_id)
    require_manager(request.actor, call)
    form = SheetForm(*given(request))
    found = done_or_refused(
        form,
        lambda: import_units(call_id=call.pk, actor=request.actor, **content_of(form)),
    )
    if found is not None and not found[1]:
        messages.success(request, f"已加入 {found[0]} 家企业。")
        return redirect(call)
    return sheet_page(request, call, form, kind="units", problems=found[1] if found else [])


@require_http_methods(["GET", "HEAD", "POST"])
def call_returns_import(request: Request, call_id: int) -> HttpResponse:
    """Take in returns as drafts of their enterprises (导入报告)."""
    call = visible_call(request, call_id)
    require_manager(request.actor, call)
    form = SheetForm(*given(request))
    found = done_or_refused(
        form,
        lambda: import_returns(call_id=call.pk, actor=request.actor, **content_of(form)),
    )
    if found is not None and not found.problems:
        messages.success(request, f"已导入 {found.taken} 份草稿，由企业核对后提交。")
        return redirect(call)
    problems = found.problems if found else []
    return sheet_page(request, call, form, kind="returns", problems=problems)


def content_of(form: SheetForm) -> dict[str, Any]:
    upload = form.cleaned_data["file"]
    return {"name": upload.name or "", "content": upload.read()}


def sheet_page(
    request: Request,
    call: FundCall,
    form: SheetForm,
    *,
    kind: str,
    problems: Sequence[CellProblem],
) -> HttpResponse:
    context = {
        "call": call,
        "form": form,
        "kind": kind,
        "problems": problems[:SHOWN],
        "problem_count": len(problems),
    }
    status = 422 if problems else status_of(form)
    return render(request, "learning/import.html", context, status=status)


@require_safe
def sheet_template(request: Request, call_id: int, kind: str) -> HttpResponseBase:
    """The columns as a file to fill in (模板)."""
    call = visible_call(request, call_id)
    require_manager(request.actor, call)
    if kind == "units":
        return file_response(kind="xlsx", name="应报企业名单模板", header=[CODE], rows=[])
    header = headings(kinds=KINDS, classes=CLASSES)
    codes = call.units.select_related("organisation").values_list(
        "organisation__uscc", "organisation__name"
    )
    return file_response(
        kind="xlsx", name=f"{call.year}年度经费报告模板", header=header, rows=codes
    )
