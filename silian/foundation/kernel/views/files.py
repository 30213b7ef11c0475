"""Downloads: the file of a subject, to those whom its module lets read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from silian.foundation.kernel.files import file_readable_by, open_content
from silian.foundation.kernel.requests import Request

SHOWN_IN_PLACE = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf"})
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@login_not_required
@require_safe
def file_download(request: Request, file_id: int) -> HttpResponseBase:
    """The file as a download; never opened inside our pages."""
    return answer(request, file_id=file_id, as_attachment=True)


@login_not_required
@require_safe
def file_view(request: Request, file_id: int) -> HttpResponseBase:
    """A picture or a PDF in place; anything else becomes a download."""
    return answer(request, file_id=file_id, as_attachment=False)


def answer(request: Request, *, file_id: int, as_attachment: bool) -> HttpResponseBase:
    file = file_readable_by(request.actor, file_id=file_id)
    if file is None:
        if not request.actor.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404("没有这个文件。")
    try:
        content = open_content(file)
    except FileNotFoundError:
        raise Http404("文件内容已不在存储中，请联系系统管理员。") from None
    response = FileResponse(
        content,
        as_attachment=as_attachment or file.content_type not in SHOWN_IN_PLACE,
        filename=file.name,
        content_type=file.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
