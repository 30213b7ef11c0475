"""Anybody checks a code or a copy (公开查验)."""

from __future__ import annotations

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.agreements.forms.signing import CheckForm
from silian.casework.agreements.queries.verification import (
    public_facts,
    version_by_code,
    version_by_file,
)
from silian.foundation.kernel.check_codes import tidy_code
from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request

limited = rate_limited("agreements.check", times=30, seconds=600)


@login_not_required
@require_http_methods(["GET", "POST"])
@limited
def check(request: Request) -> HttpResponse:
    """Type a code, or compare a copy."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if request.method == "POST" and form.is_valid():
        copy = form.cleaned_data["copy"]
        if copy is not None:
            return compared(request, copy)
        return redirect("agreements:check_code", code=tidy_code(form.cleaned_data["code"]))
    status = 422 if form.is_bound else 200
    return render(request, "agreements/check.html", {"form": form}, status=status)


@login_not_required
@require_safe
@limited
def check_code(request: Request, code: str) -> HttpResponse:
    """What a code stands for; an unknown one is told calmly."""
    version = version_by_code(code)
    context = {"form": CheckForm(), "code": tidy_code(code), "by": "code"}
    if version is None:
        return render(request, "agreements/check.html", {**context, "is_unknown": True}, status=404)
    facts = public_facts(version, on=timezone.localdate())
    return render(request, "agreements/check.html", {**context, "facts": facts})


def compared(request: Request, copy: UploadedFile[bytes]) -> HttpResponse:
    """Whether a copy is the one that the platform made, byte for byte; nothing is kept."""
    from silian.foundation.kernel.pdf_seals import seal_of  # pyHanko only when it checks

    content = copy.read()
    version = version_by_file(hashlib.sha256(content).hexdigest())
    seal = seal_of(content)
    context = {
        "form": CheckForm(),
        "by": "copy",
        "seal": seal,
        "facts": public_facts(version, on=timezone.localdate()) if version else None,
    }
    return render(request, "agreements/check.html", context)
