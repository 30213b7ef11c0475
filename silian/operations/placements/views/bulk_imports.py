"""Files of posts and arrangements: upload, progress, cell by cell what is wrong."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.models import Job
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.operations.placements.choices.rounds import (
    BulkImportKind,
    BulkImportState,
)
from silian.operations.placements.commands.bulk_imports import upload_arrangement, upload_posts
from silian.operations.placements.forms.bulk import ArrangementFileForm, PostsFileForm
from silian.operations.placements.models.bulk import BulkImport
from silian.operations.placements.permissions.boards import (
    bulk_imports_visible_to,
    require_post_importer,
)
from silian.operations.placements.permissions.internships import (
    is_school_clerk,
    require_school_clerk,
)
from silian.operations.placements.rules import bulk_arrangements, bulk_posts

SHOWN_PROBLEMS = 100
TEMPLATES = {
    BulkImportKind.POSTS.value: (
        "实习岗位导入模板",
        [column.heading for column in bulk_posts.COLUMNS],
        [column.example for column in bulk_posts.COLUMNS],
    ),
    BulkImportKind.ARRANGEMENT.value: (
        "实习安排导入模板",
        list(bulk_arrangements.HEADINGS),
        list(bulk_arrangements.EXAMPLE),
    ),
}


@require_safe
def bulk_import_list(request: Request) -> HttpResponseBase:
    """The files that the organisation brought in (批量导入)."""
    require_post_importer(request.actor)
    rows = bulk_imports_visible_to(request.actor).select_related("host", "plan", "created_by")
    context = {"imports": rows[:50], "is_school": is_school_clerk(request.actor)}
    return render(request, "placements/bulk/imports.html", context)


@require_http_methods(["GET", "POST"])
def bulk_import_posts(request: Request) -> HttpResponseBase:
    """Bring in posts from a file (导入岗位)."""
    require_post_importer(request.actor)
    school = request.actor.organisation_id if is_school_clerk(request.actor) else None
    form = PostsFileForm(request.POST or None, request.FILES or None, school_id=school)
    made = done_or_refused(
        form,
        lambda: upload_posts(
            actor=request.actor,
            upload=form.cleaned_data["file"],
            mode=form.cleaned_data["mode"],
            host=form.cleaned_data.get("host"),
        ),
    )
    if made is not None:
        return redirect("placements:bulk_import", made.pk)
    return upload_page(request, form, kind=BulkImportKind.POSTS)


@require_http_methods(["GET", "POST"])
def bulk_import_arrangement(request: Request) -> HttpResponseBase:
    """Place students by a file of student numbers and posts (按名单安排)."""
    require_school_clerk(request.actor)
    form = ArrangementFileForm(
        request.POST or None,
        request.FILES or None,
        school_id=request.actor.organisation_id or 0,
    )
    made = done_or_refused(
        form,
        lambda: upload_arrangement(
            actor=request.actor,
            upload=form.cleaned_data["file"],
            mode=form.cleaned_data["mode"],
            plan=form.cleaned_data["plan"],
        ),
    )
    if made is not None:
        return redirect("placements:bulk_import", made.pk)
    return upload_page(request, form, kind=BulkImportKind.ARRANGEMENT)


def upload_page(request: Request, form: Any, *, kind: BulkImportKind) -> HttpResponse:
    columns = bulk_posts.COLUMNS if kind is BulkImportKind.POSTS else None
    context = {"form": form, "kind": kind, "columns": columns}
    return render(request, "placements/bulk/upload.html", context, status=status_of(form))


@require_safe
def bulk_import_template(request: Request, kind: str) -> HttpResponseBase:
    """The columns with an example row, as a file (模板)."""
    require_post_importer(request.actor)
    if kind not in TEMPLATES:
        raise Http404
    name, header, example = TEMPLATES[kind]
    return file_response(kind="xlsx", name=name, header=header, rows=[example])


@require_safe
def bulk_import(request: Request, import_id: int) -> HttpResponseBase:
    """How far a file is, and cell by cell what is wrong (导入结果)."""
    require_post_importer(request.actor)
    found = get_object_or_404(
        bulk_imports_visible_to(request.actor).select_related("host", "plan"), pk=import_id
    )
    busy = found.state == BulkImportState.WAITING
    context = {
        "batch": found,
        "busy": busy,
        "job": Job.objects.filter(pk=found.job_id or 0).first() if busy else None,
        "problems": found.problems.all()[:SHOWN_PROBLEMS],
        "problem_count": found.problems.count(),
        "shown": SHOWN_PROBLEMS,
    }
    template = "placements/bulk/_import.html" if request.htmx else "placements/bulk/import.html"
    return render(request, template, context)


@require_safe
def bulk_import_problems(request: Request, import_id: int) -> HttpResponseBase:
    """All problems of a file, as a file (下载问题)."""
    require_post_importer(request.actor)
    found = get_object_or_404(bulk_imports_visible_to(request.actor), pk=import_id)
    return problem_file(found)


def problem_file(found: BulkImport) -> HttpResponseBase:
    rows = found.problems.values_list("row", "column", "text", "sentence")
    header = ["行", "列", "内容", "怎么改"]
    return file_response(kind="xlsx", name=f"{found.file_name}_问题", header=header, rows=rows)
