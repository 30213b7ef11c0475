"""Small endpoints of ui: drafts, saved views, and the style guide."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError
from silian.foundation.ui import drafts, large_exports, saved_views
from silian.foundation.ui import style_guide as guide


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, name: str) -> JsonResponse:
    """Read or keep the draft of a form."""
    if request.method == "GET":
        kept = drafts.draft_of(actor=request.actor, name=name)  # type: ignore[attr-defined]
        return JsonResponse(described(kept) if kept else {})
    try:
        data = typed_values(request.body)
        kept = drafts.save_draft(actor=request.actor, name=name, data=data)  # type: ignore[attr-defined]
    except ValueError:
        return JsonResponse({"error": "草稿不是有效内容，没有保存。请刷新页面。"}, status=400)
    except DomainError as error:
        return JsonResponse({"error": error.sentence}, status=error.status)
    return JsonResponse(described(kept))


@require_POST
def draft_drop(request: HttpRequest, name: str) -> JsonResponse:
    drafts.drop_draft(actor=request.actor, name=name)  # type: ignore[attr-defined]
    return JsonResponse({})


def described(kept: drafts.Draft) -> dict[str, Any]:
    return {"data": kept.data, "saved": f"{timezone.localtime(kept.saved_at):%m-%d %H:%M}"}


def typed_values(body: bytes) -> drafts.Data:
    """Field names to lists of text; anything else is refused."""
    values = json.loads(body)
    if not isinstance(values, dict):
        raise ValueError("a draft is an object")
    for value in values.values():
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise ValueError("a draft holds lists of text")
    return values


@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the present query of a table under a name."""
    path = request.POST.get("path", "/")
    back = path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"
    try:
        view = saved_views.save_view(
            actor=request.actor,  # type: ignore[attr-defined]
            path=path,
            name=request.POST.get("name", ""),
            query=request.POST.get("query", ""),
            is_default=request.POST.get("is_default") == "on",
        )
    except DomainError as error:
        messages.error(request, error.sentence)
        return redirect(back)
    messages.success(request, f"已保存视图“{view.name}”")
    return redirect(view.url)


@require_POST
def view_delete(request: HttpRequest, view_id: int) -> HttpResponse:
    path = saved_views.delete_view(actor=request.actor, view_id=view_id)  # type: ignore[attr-defined]
    return redirect(path)


@require_POST
def export_start(request: HttpRequest) -> HttpResponse:
    """Let a worker write the file of a large table; the page of the job tells how far it is."""
    job = large_exports.start_export(
        actor=request.actor,  # type: ignore[attr-defined]
        source=request.POST.get("source", ""),
        kind=request.POST.get("kind", ""),
        query=request.POST.get("query", ""),
    )
    return redirect("kernel:job_detail", job.pk)


@login_not_required
@require_http_methods(["GET", "POST"])
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component with sample values; in demo mode and debugging only."""
    shown_only_for_demonstration()
    context = guide.samples(request=request)
    if context["table"].export_wanted:
        return context["table"].export_response()
    status = 422 if context["form"].errors else 200
    template = "ui/_style_guide_table.html" if request.htmx else "ui/style_guide.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=status)


@login_not_required
@require_GET
def style_guide_words(request: HttpRequest) -> JsonResponse:
    """The sample catalogue behind the picker of the style guide."""
    shown_only_for_demonstration()
    return JsonResponse({"results": guide.words(query=request.GET.get("q", ""))})


def shown_only_for_demonstration() -> None:
    if not (settings.DEMO_MODE or settings.DEBUG):
        raise Http404
