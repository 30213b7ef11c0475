"""The import of listings from a file, step by step (批量导入)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.models import Job
from silian.foundation.kernel.requests import Request
from silian.operations.exchange.choices import ImportMode, ImportState
from silian.operations.exchange.commands import listing_import, listing_import_running
from silian.operations.exchange.exports.listing_imports import rows_to_correct
from silian.operations.exchange.forms.listing_import import ColumnsForm, UploadForm
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.models.listing_import import ListingImport
from silian.operations.exchange.permissions.listing_imports import imports_visible_to
from silian.operations.exchange.permissions.listings import require_writer

INVALID = 422
SHOWN_PROBLEMS = 100
SHOWN_IMPORTS = 50


def import_list(request: Request) -> HttpResponse:
    """Earlier imports of one's organisation, and the way to a new one (批量导入)."""
    require_writer(request.actor)
    rows = imports_visible_to(request.actor).select_related("created_by")[:SHOWN_IMPORTS]
    return render(request, "exchange/import_list.html", {"imports": rows})


def import_new(request: Request) -> HttpResponse:
    """Step 1: choose kind and file (选文件)."""
    require_writer(request.actor)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        organisation_kind=request.actor.organisation_kind,
        initial={"kind": "internship", "side": "demand"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            batch = listing_import.upload_listings(
                actor=request.actor,
                upload=form.cleaned_data["file"],
                kind=form.cleaned_data["kind"],
                side=form.cleaned_data["side"],
            )
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return redirect("exchange:import_columns", import_id=batch.pk)
    status = INVALID if form.errors else 200
    return render(request, "exchange/import_new.html", {"form": form}, status=status)


def own_import(request: Request, import_id: int) -> ListingImport:
    return get_object_or_404(imports_visible_to(request.actor), pk=import_id)


def import_columns(request: Request, import_id: int) -> HttpResponse:
    """Step 2: say what each column means (对应列)."""
    batch = own_import(request, import_id)
    form = ColumnsForm(request.POST or None, batch=batch)
    if request.method == "POST" and form.is_valid():
        try:
            listing_import.check_import(
                import_id=batch.pk,
                actor=request.actor,
                mapping=form.mapping,
                mode=ImportMode(form.cleaned_data["mode"]),
            )
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("exchange:import_detail", import_id=batch.pk)
    context = {"batch": batch, "form": form, "kind": kind_of(batch.kind)}
    status = INVALID if form.errors else 200
    return render(request, "exchange/import_columns.html", context, status=status)


def import_detail(request: Request, import_id: int) -> HttpResponse:
    """Steps 3 and 4: what was found, cell by cell; then what came in (检查与结果)."""
    batch = own_import(request, import_id)
    context = {
        "batch": batch,
        "kind": kind_of(batch.kind),
        "job": Job.objects.filter(pk=batch.job_id or 0).first(),
        "busy": batch.state in (ImportState.CHECKING, ImportState.RUNNING),
        "good_rows": batch.rows - batch.refused_rows - batch.duplicate_rows,
        "problems": batch.problems.order_by("-refuses", "row")[:SHOWN_PROBLEMS],
        "problem_count": batch.problems.count(),
    }
    template = "exchange/_import_body.html" if request.htmx else "exchange/import_detail.html"
    return render(request, template, context)


@require_POST
def import_confirm(request: Request, import_id: int) -> HttpResponse:
    """Take the checked rows in (确认导入)."""
    batch = own_import(request, import_id)
    listing_import.confirm_import(
        import_id=batch.pk,
        actor=request.actor,
        takes_suggestions="takes_suggestions" in request.POST,
    )
    return redirect("exchange:import_detail", import_id=batch.pk)


@require_POST
def import_undo(request: Request, import_id: int) -> HttpResponse:
    """Take an import back (撤销导入)."""
    batch = own_import(request, import_id)
    gone, kept = listing_import_running.undo_import(import_id=batch.pk, actor=request.actor)
    stay = f"，{kept} 条已有洽谈，保留" if kept else ""
    messages.success(request, f"已撤销：删去 {gone} 条{stay}。")
    return redirect("exchange:import_detail", import_id=batch.pk)


def import_problems(request: Request, import_id: int) -> HttpResponse:
    """The refused rows with their reasons, to correct and upload again (问题清单)."""
    batch = own_import(request, import_id)
    text = rows_to_correct(batch, sheet=listing_import_running.sheet_of(batch))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="problems-{batch.pk}.csv"'
    return response
