"""Credit reports: issued to their subject, checked by anybody with the code."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.check_codes import tidy_code
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.pdf_seals import seal_of
from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import given, status_of
from silian.registers.credit.commands.reports import issue_report
from silian.registers.credit.forms.credit import ReportCheckForm
from silian.registers.credit.permissions.credit import may_speak
from silian.registers.credit.queries.reports import report_by_code, report_of_file

PAGE = "credit/report_check.html"
limited = rate_limited("credit.check", times=60, seconds=600)


@require_POST
def report_issue(request: Request) -> HttpResponse:
    """Issue the report of one's own organisation (出具信用报告)."""
    if not may_speak(request.actor):
        raise NotAllowed("信用报告由本单位的管理员或经办人出具。")
    issue_report(actor=request.actor, now=timezone.now())
    messages.success(request, "信用报告已出具，可以下载，凭查验码查验。")
    return redirect("credit:own")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def report_check(request: Request) -> HttpResponse:
    """Type a code, or compare a file (查验信用报告)."""
    form = ReportCheckForm(*given(request))
    if form.is_valid():
        copy = form.cleaned_data["copy"]
        if copy is not None:
            return compared(request, copy)
        code = tidy_code(form.cleaned_data["code"])
        return redirect("credit:report_check_code", code=code or "0")
    return render(request, PAGE, {"form": form}, status=status_of(form))


def compared(request: Request, copy: UploadedFile[bytes]) -> HttpResponse:
    """Whether a file is one that was issued, byte by byte, and its seal holds."""
    content = copy.read()
    report = report_of_file(hashlib.sha256(content).hexdigest())
    context = {"form": ReportCheckForm(), "compared": True, "seal": seal_of(content)}
    return render(request, PAGE, {**context, "report": report, "is_unknown": report is None})


@login_not_required
@never_cache
@require_safe
@limited
def report_check_code(request: Request, code: str) -> HttpResponse:
    """What the report of a code says; an unknown code is told calmly."""
    report = report_by_code(code)
    context = {"form": ReportCheckForm(), "code": tidy_code(code), "report": report}
    status = 200 if report else 404
    return render(request, PAGE, {**context, "is_unknown": report is None}, status=status)
