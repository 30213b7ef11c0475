"""The file of an internship: completeness, report, credit (实习档案)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel import files
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.commands.files import (
    grant_credit,
    judge_report,
    submit_report,
)
from silian.operations.placements.forms.assessments import CreditForm, ReportForm
from silian.operations.placements.models import Internship, InternshipReport
from silian.operations.placements.permissions.assessments import require_assessment_reader
from silian.operations.placements.permissions.internships import internships_visible_to
from silian.operations.placements.permissions.sides import (
    require_school_of,
    stands_for_school,
    writes_for_school_of,
)
from silian.operations.placements.permissions.training import own_internships
from silian.operations.placements.queries.files import (
    certificates_of,
    file_of,
    files_of,
    for_files,
)
from silian.operations.placements.queries.practice_settings import least_file_percent
from silian.operations.placements.views.assessments import visible_internship
from silian.operations.placements.views.names import shown_name
from silian.operations.placements.views.student_columns import student_column

CREDITED = [("no", "未认定学分"), ("yes", "已认定学分")]


@require_safe
def file_list(request: Request) -> HttpResponseBase:
    """Ended internships with how complete their file is and what is missing (实习档案)."""
    require_assessment_reader(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="学生、班级、实习单位",
        facets=[facet(request=request, name="credit", label="学分", choices=CREDITED)],
    )
    rows = chosen(request, for_files(internships_visible_to(request.actor)), text=bar.text)
    table = Table(
        request=request,
        name="practice_files",
        rows=rows,
        columns=[student_column(request.actor), *COLUMNS],
        caption="实习档案",
        order="-ends_on",
        row_url=lambda row: reverse("placements:practice_file", args=[row.pk]),
        empty={"missing": "没有结束的实习", "why": "实习期满或提前结束后列在这里。"},
    )
    add_files(table)
    if table.export_wanted:
        return table.export_response()
    name = "_list" if request.htmx else "list"
    return render(request, f"placements/file/{name}.html", {"table": table, "bar": bar})


def add_files(table: Table) -> None:
    """Put the file of each row beside it: those of the page, or of all rows for an export."""
    rows = list(table.rows) if table.export_wanted else table.page.rows
    found = files_of(internship_ids=[row.pk for row in rows], now=timezone.localtime())
    for row in rows:
        row.practice_file = found[row.pk]
    if table.export_wanted:
        table.rows = rows


def credits_of(row: Any) -> Any:
    grant = getattr(row, "credit_grant", None)
    return grant.credits if grant else None


COLUMNS = [
    Column("school_class", "班级", value="school_class__name", sort="school_class__name"),
    Column("host", "实习单位", value="organisation__name"),
    Column("ends_on", "结束日", value=lambda row: row.ended_on or row.ends_on, sort="ends_on"),
    Column(
        "percent",
        "完整度",
        numeric=True,
        unit="%",
        value=lambda row: row.practice_file.percent,
    ),
    Column("missing", "缺什么，谁补", value=lambda row: "、".join(row.practice_file.missing_words)),
    Column("credits", "学分", numeric=True, value=credits_of),
]


def chosen(request: Request, rows: QuerySet[Internship], *, text: str) -> QuerySet[Internship]:
    credit = set(request.GET.getlist("credit"))
    if credit == {"yes"}:
        rows = rows.filter(credit_grant__isnull=False)
    elif credit == {"no"}:
        rows = rows.filter(credit_grant__isnull=True)
    if text:
        rows = rows.filter(
            Q(person__name__icontains=text)
            | Q(school_class__name__icontains=text)
            | Q(organisation__name__icontains=text)
        )
    return rows


@require_safe
def practice_file(request: Request, internship_id: int) -> HttpResponse:
    """What the file of one internship holds, what is missing and who owes it (实习档案)."""
    internship = visible_internship(request, internship_id)
    now = timezone.localtime()
    report = InternshipReport.objects.filter(internship=internship).first()
    context = {
        "internship": internship,
        "name": shown_name(request.actor, internship),
        "file": file_of(internship, now=now),
        "required": least_file_percent(school_id=internship.school_id, on=now.date()),
        "report": report,
        "evidence": files.files_of(report) if report else [],
        "grant": getattr(internship, "credit_grant", None),
        "certificates": certificates_of(internship),
        "is_student": own_internships(request.actor).filter(pk=internship.pk).exists(),
        "is_school": stands_for_school(request.actor, internship),
        "is_clerk": writes_for_school_of(request.actor, internship),
    }
    return render(request, "placements/file/file.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_write(request: Request, internship_id: int) -> HttpResponse:
    """Write the report of one's internship (写实习报告)."""
    internship = get_object_or_404(own_internships(request.actor), pk=internship_id)
    report = InternshipReport.objects.filter(internship=internship).first()
    initial = {"title": report.title, "summary": report.summary} if report else {}
    form = ReportForm(*given(request), initial=initial)
    back = reverse("placements:practice_file", args=[internship.pk])
    reason = report.return_reason if report else ""
    page = FormPage(
        title="实习报告",
        lead=f"教师退回：{reason}" if reason else "写具体的事，教师通过后进入档案。",
        button="提交报告",
        back=back,
        crumbs=[("实习档案", back)],
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda data: submit_report(
            actor=request.actor, internship_id=internship.pk, now=timezone.now(), **data
        ),
        done="报告已提交，等教师评阅。",
        then=back,
    )


@require_POST
def report_judge(request: Request, internship_id: int) -> HttpResponse:
    """Accept a report or send it back (评阅报告)."""
    internship = visible_internship(request, internship_id)
    if not InternshipReport.objects.filter(internship=internship).exists():
        raise Http404("还没有报告。")
    accepts = request.POST.get("accepts") == "1"
    try:
        judge_report(
            actor=request.actor,
            internship_id=internship.pk,
            accepts=accepts,
            reason=request.POST.get("reason", ""),
            now=timezone.now(),
        )
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "报告已通过。" if accepts else "已退回学生修改。")
    return redirect("placements:practice_file", internship_id=internship.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def credit_grant(request: Request, internship_id: int) -> HttpResponse:
    """Grant the credits of the plan (认定学分)."""
    internship = visible_internship(request, internship_id)
    require_school_of(request.actor, internship)
    now = timezone.localtime()
    papers = file_of(internship, now=now)
    required = least_file_percent(school_id=internship.school_id, on=now.date())
    back = reverse("placements:practice_file", args=[internship.pk])
    bar = "未设定" if required is None else f"{required}%"
    page = FormPage(
        title=f"认定学分：{internship.person.name}",
        lead=f"{internship.plan.credits} 学分；档案完整度 {papers.percent}%，要求 {bar}。",
        button="认定学分",
        back=back,
        crumbs=[("实习档案", back)],
    )
    return answer_form(
        request,
        form=CreditForm(request.POST or None),
        page=page,
        send=lambda data: grant_credit(
            actor=request.actor, internship_id=internship.pk, now=now, **data
        ),
        done="学分已认定。",
        then=back,
    )
