"""Anybody checks the code or the file of a certificate (公开查验)."""

from __future__ import annotations

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.reviews.forms.recognitions import CertificateCheckForm
from silian.casework.reviews.queries.verification import (
    certificate_by_file,
    is_newest,
    public_facts,
    recognition_by_code,
    recognition_shown,
)
from silian.foundation.kernel.check_codes import tidy_code
from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import given, status_of

PAGE = "reviews/recognition_check.html"
limited = rate_limited("reviews.check", times=60, seconds=600)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def check(request: Request) -> HttpResponse:
    """Type a code, or compare a certificate."""
    form = CertificateCheckForm(*given(request))
    if form.is_valid():
        copy = form.cleaned_data["copy"]
        if copy is not None:
            return compared(request, copy)
        code = tidy_code(form.cleaned_data["code"])
        return redirect("reviews:recognition_check_code", code=code or "0")
    return render(request, PAGE, {"form": form}, status=status_of(form))


@login_not_required
@never_cache
@require_safe
@limited
def check_code(request: Request, code: str) -> HttpResponse:
    """How the recognition of a code stands today; an unknown one is told calmly."""
    recognition = recognition_by_code(code)
    context = {"form": CertificateCheckForm(), "code": tidy_code(code)}
    if recognition is None:
        return render(request, PAGE, {**context, "is_unknown": True}, status=404)
    facts = public_facts(recognition, on=timezone.localdate())
    return render(request, PAGE, {**context, "facts": facts})


def compared(request: Request, copy: UploadedFile[bytes]) -> HttpResponse:
    """Whether a file is a certificate of the platform, byte for byte; nothing is kept."""
    from silian.foundation.kernel.pdf_seals import seal_of  # pyHanko only when it checks

    content = copy.read()
    certificate = certificate_by_file(hashlib.sha256(content).hexdigest())
    context = {
        "form": CertificateCheckForm(),
        "seal": seal_of(content),
        "is_replaced": certificate is not None and not is_newest(certificate),
        "facts": public_facts(
            recognition_shown(certificate.recognition_id), on=timezone.localdate()
        )
        if certificate
        else None,
    }
    return render(request, PAGE, context)
