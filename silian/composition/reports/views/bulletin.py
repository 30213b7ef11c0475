"""The bulletin: preview, draft, print; and the year's workbook (工作简报、年度统计表)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.publications.permissions import editions_visible_to
from silian.composition.reports.choices import BULLETIN, Standing
from silian.composition.reports.commands.bulletin import bulletin_title, start_bulletin
from silian.composition.reports.exports.annual_workbook import annual_workbook
from silian.composition.reports.exports.bulletin_pdf import bulletin_pdf
from silian.composition.reports.exports.bulletin_word import foot_line, problem_lines
from silian.composition.reports.forms import BulletinForm
from silian.composition.reports.permissions import may_make_bulletin
from silian.composition.reports.queries.annual import annual_sheets
from silian.composition.reports.queries.bulletin import bulletin_snapshot
from silian.composition.reports.views.cockpit import covered_division
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.reference.models import Division
from silian.foundation.ui.exports import XLSX_TYPE

SHOWN_EDITIONS = 6
FIRST_YEAR = 2020
PREVIEW = "预览，未编号"


def said_today(request: Request, division: Division) -> dict[str, Any]:
    """What a bulletin of today would say."""
    snapshot = bulletin_snapshot(
        division=division,
        on=timezone.localdate(),
        actor=request.actor,
        issuer=request.actor.organisation_name,
    )
    return dict(snapshot["bulletin"])


@require_http_methods(["GET", "HEAD", "POST"])
def bulletin(request: Request, division: str) -> HttpResponse:
    """The bulletin as it would read today, and the way to its draft (工作简报)."""
    place, today = covered_division(request, division), timezone.localdate()
    form = BulletinForm(request.POST or None, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        try:
            job = start_bulletin(
                division=place.code, on=form.cleaned_data["on"], actor=request.actor, today=today
            )
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            form.add_error(refusal.field, refusal.sentence)
        else:
            return redirect("kernel:job_detail", job_id=job.pk)
    return bulletin_page(request, place, form)


def bulletin_page(request: Request, place: Division, form: BulletinForm) -> HttpResponse:
    said = said_today(request, place)
    editions = editions_visible_to(request.actor).filter(kind=BULLETIN, division=place)
    context = {
        "division": place,
        "said": said,
        "title": bulletin_title(place.name, timezone.localdate()),
        "standings": [standing.label for standing in Standing],
        "problem_lines": problem_lines(said),
        "foot": foot_line(said),
        "form": form,
        "makes_bulletin": may_make_bulletin(request.actor),
        "editions": editions.defer("snapshot").order_by("-year", "-number")[:SHOWN_EDITIONS],
    }
    status = 422 if form.errors else 200
    return render(request, "reports/bulletin.html", context, status=status)


@require_safe
def bulletin_print(request: Request, division: str) -> HttpResponse:
    """Two pages of today's position as a PDF, to be printed (打印)."""
    place = covered_division(request, division)
    title = bulletin_title(place.name, timezone.localdate())
    content = bulletin_pdf(said_today(request, place), label=PREVIEW, title=title)
    return download(content, name=f"{title}.pdf", kind="application/pdf", attached=False)


@require_safe
def annual_sheet(request: Request, division: str) -> HttpResponse:
    """All targets and metrics of the region in a year, as a workbook (年度统计表)."""
    place, today = covered_division(request, division), timezone.localdate()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    year = min(max(year, FIRST_YEAR), today.year)
    content = annual_workbook(annual_sheets(division=place, year=year, today=today))
    name = f"{place.name}{year}年产教融合统计表.xlsx"
    return download(content, name=name, kind=XLSX_TYPE, attached=True)


def download(content: bytes, *, name: str, kind: str, attached: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(as_attachment=attached, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
