"""Certificates of practice: issue, print, revoke, and check in public."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.rate_limits import rate_limited
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.operations.placements.commands.files import issue_certificate, revoke_certificate
from silian.operations.placements.exports.certificate_pdf import (
    certificate_pdf,
    chinese_day,
    qr_svg,
)
from silian.operations.placements.forms.assessments import ReasonForm
from silian.operations.placements.models import InternshipCertificate
from silian.operations.placements.permissions.files import certificates_visible_to
from silian.operations.placements.permissions.sides import require_school_of
from silian.operations.placements.queries.files import certificate_by_code
from silian.operations.placements.rules.files import public_name
from silian.operations.placements.views.assessments import visible_internship


def check_url(request: Request, certificate: InternshipCertificate) -> str:
    """The public address on which the certificate can be checked."""
    path = reverse("placements:certificate_check", args=[certificate.code])
    return request.build_absolute_uri(path)


@require_POST
def certificate_issue(request: Request, internship_id: int) -> HttpResponse:
    """Issue a certificate (出具实习证明)."""
    internship = visible_internship(request, internship_id)
    require_school_of(request.actor, internship)
    try:
        issue_certificate(
            actor=request.actor, internship_id=internship.pk, now=timezone.localtime()
        )
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "实习证明已出具，学生可以下载。")
    return redirect("placements:practice_file", internship_id=internship.pk)


@require_safe
def certificate_print(request: Request, certificate_id: int) -> HttpResponse:
    """The certificate as a PDF with its QR (下载实习证明)."""
    rows = certificates_visible_to(request.actor)
    certificate = get_object_or_404(rows, pk=certificate_id)
    made = certificate_pdf(certificate, check_url=check_url(request, certificate))
    response = HttpResponse(made, content_type="application/pdf")
    name = f"实习证明 {certificate.number}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_revoke(request: Request, certificate_id: int) -> HttpResponse:
    """Revoke a certificate with a reason that the public check shows (撤销实习证明)."""
    rows = certificates_visible_to(request.actor).select_related("internship")
    certificate = get_object_or_404(rows, pk=certificate_id)
    require_school_of(request.actor, certificate.internship)
    back = reverse("placements:practice_file", args=[certificate.internship_id])
    page = FormPage(
        title=f"撤销 {certificate.number}",
        lead="公开核验页会显示已撤销和理由；需要时可以重新出具。",
        button="撤销证明",
        back=back,
        crumbs=[("实习档案", back)],
    )
    return answer_form(
        request,
        form=ReasonForm(request.POST or None),
        page=page,
        send=lambda data: revoke_certificate(
            actor=request.actor, certificate_id=certificate.pk, now=timezone.now(), **data
        ),
        done="已撤销。",
        then=back,
    )


@login_not_required
@rate_limited("placements.certificate_check", times=60, seconds=60)
@require_safe
def certificate_check(request: Request, code: str) -> HttpResponse:
    """Whether a certificate is genuine, with a masked name (核验实习证明)."""
    certificate = certificate_by_code(code)
    if certificate is None:
        raise Http404("没有这份证明。请核对地址，或联系出具学校。")
    context = {
        "certificate": certificate,
        "facts": public_facts(certificate),
        "qr": mark_safe(qr_svg(check_url(request, certificate))),
    }
    return render(request, "placements/file/certificate.html", context)


def public_facts(certificate: InternshipCertificate) -> list[Fact]:
    """What strangers may read of a certificate."""
    said = certificate.snapshot
    return [
        Fact(name="姓名", value=public_name(said["name"])),
        Fact(name="学校", value=said["school"]),
        Fact(name="专业", value=said["major"]),
        Fact(name="实习单位", value=said["host"]),
        Fact(name="岗位", value=said["post"]),
        Fact(
            name="期间",
            value=f"{chinese_day(said['starts_on'])}至{chinese_day(said['ended_on'])}",
            wide=True,
        ),
        Fact(name="出具日", value=chinese_day(certificate.issued_on.isoformat())),
    ]
