"""Loading an official file in three steps: upload, look, confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.choices import UploadState
from silian.foundation.reference.commands.load import preview_of
from silian.foundation.reference.commands.uploads import (
    confirm_catalogue_file,
    discard_catalogue_file,
    receive_catalogue_file,
)
from silian.foundation.reference.errors import CatalogueRefused
from silian.foundation.reference.forms import CatalogueFileForm
from silian.foundation.reference.permissions import require_may_load, uploads_visible_to
from silian.foundation.reference.queries.browsing import overviews, without_content

SHOWN_UPLOADS = 50
SHOWN_CHANGES = 200


@require_GET
def upload_list(request: Request) -> HttpResponse:
    """The editions in use and the files that were sent (目录维护)."""
    require_may_load(request.actor)
    uploads = without_content(uploads_visible_to(request.actor))[:SHOWN_UPLOADS]
    context = {"uploads": uploads, "overviews": overviews()}
    return render(request, "reference/upload_list.html", context)


@require_http_methods(["GET", "POST"])
def upload_create(request: Request) -> HttpResponse:
    """Send an official file; nothing is written before it is confirmed (上传目录文件)."""
    require_may_load(request.actor)
    form = CatalogueFileForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            upload = receive_catalogue_file(
                actor=request.actor,
                edition=form.edition_meant(),
                file_name=form.cleaned_data["file"].name,
                text=form.cleaned_data["text"],
                today=timezone.localdate(),
            )
            return redirect("reference:upload", upload_id=upload.pk)
        except CatalogueRefused as refusal:
            faults = refusal.faults
            form.add_error("file", f"文件有 {len(faults)} 处问题，未载入任何数据。逐条见上方。")
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.sentence)
    status = 422 if form.errors else 200
    context = {"form": form, "faults": faults}
    return render(request, "reference/upload_create.html", context, status=status)


@require_GET
def upload(request: Request, upload_id: int) -> HttpResponse:
    """What a file would change, or did change (核对变化)."""
    upload = get_object_or_404(uploads_visible_to(request.actor), pk=upload_id)
    context: dict[str, Any] = {
        "upload": upload,
        "preview": None,
        "shown": SHOWN_CHANGES,
        "refusal": "",
    }
    if upload.state == UploadState.PENDING:
        try:
            context["preview"] = preview_of(
                upload.content, catalogue=upload.catalogue, edition=upload.edition
            )
        except CatalogueRefused as refusal:
            context["refusal"] = refusal.sentence
    return render(request, "reference/upload.html", context)


@require_POST
def upload_confirm(request: Request, upload_id: int) -> HttpResponse:
    """Load the file (确认载入)."""
    upload = get_object_or_404(uploads_visible_to(request.actor), pk=upload_id)
    done = confirm_catalogue_file(
        actor=request.actor, upload_id=upload.pk, today=timezone.localdate()
    )
    messages.success(
        request,
        f"已载入：新增 {len(done.added)} 条，更名 {len(done.renamed)} 条，"
        f"停用 {len(done.ended)} 条，不变 {done.unchanged} 条。",
    )
    return redirect("reference:upload_list")


@require_POST
def upload_discard(request: Request, upload_id: int) -> HttpResponse:
    """Put the file aside (放弃载入)."""
    upload = get_object_or_404(uploads_visible_to(request.actor), pk=upload_id)
    discard_catalogue_file(actor=request.actor, upload_id=upload.pk)
    messages.info(request, "已放弃这份文件，目录没有变化。")
    return redirect("reference:upload_list")
