"""Assessments: the sheet, scoring from both sides, the student's reply, the school's answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.learning import (
    AssessmentSide,
    AssessmentState,
)
from silian.operations.placements.commands.assessments import (
    agree_to_assessment,
    answer_disagreement,
    change_sheet,
    disagree_with_assessment,
    score_internship,
)
from silian.operations.placements.forms.assessments import (
    DisagreementAnswerForm,
    DisagreementForm,
    ScoreForm,
    SheetForm,
)
from silian.operations.placements.models import Assessment, Internship
from silian.operations.placements.permissions.assessments import (
    assessments_visible_to,
    plans_kept_by,
    require_assessment_reader,
    scoring_sides,
)
from silian.operations.placements.permissions.internships import internships_visible_to
from silian.operations.placements.permissions.sides import (
    is_student_of,
    require_school_of,
    require_school_staff,
)
from silian.operations.placements.queries.assessments import (
    assessments_for_list,
    lines_of,
    sheet_items,
    to_assess,
)
from silian.operations.placements.queries.practice_settings import attendance_cap
from silian.operations.placements.rules.assessment import sheet_warnings
from silian.operations.placements.views.names import shown_name
from silian.operations.placements.views.student_columns import student_column

PARTS = [("host", "待实习单位评分"), ("school", "待学校评分"), ("shown", "待学生确认"),
         ("disagreed", "学生有异议")]  # fmt: skip
COLUMNS = [
    Column("school_class", "班级", value="school_class__name", sort="school_class__name"),
    Column("host", "实习单位", value="organisation__name"),
    Column("ends_on", "结束日", value=lambda row: row.ended_on or row.ends_on, sort="ends_on"),
    Column("host_score", "单位评分", numeric=True, value=lambda row: score_of(row, "host_score")),
    Column(
        "school_score", "学校评分", numeric=True, value=lambda row: score_of(row, "school_score")
    ),
    Column("total", "总评", numeric=True, value=lambda row: score_of(row, "total")),
    Column("state", "状态", template="placements/assessment/_cell_state.html"),
]


def score_of(row: Internship, name: str) -> Any:
    assessment = getattr(row, "assessment", None)
    return getattr(assessment, name, None)


@require_safe
def assessment_list(request: Request) -> HttpResponseBase:
    """Ended internships whose assessment is not final (待考核)."""
    require_assessment_reader(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="学生、班级、实习单位",
        facets=[facet(request=request, name="part", label="走到哪一步", choices=PARTS)],
    )
    rows = chosen(request, to_assess(internships_visible_to(request.actor)), text=bar.text)
    table = Table(
        request=request,
        name="assessments",
        rows=rows,
        columns=[student_column(request.actor), *COLUMNS],
        caption="实习考核",
        order="ends_on",
        row_url=lambda row: reverse("placements:assessment", args=[row.pk]),
        empty={"missing": "没有待考核的实习", "why": "实习期满或提前结束后列在这里。"},
    )
    if table.export_wanted:
        return table.export_response()
    name = "_list" if request.htmx else "list"
    return render(request, f"placements/assessment/{name}.html", {"table": table, "bar": bar})


def chosen(request: Request, rows: QuerySet[Internship], *, text: str) -> QuerySet[Internship]:
    wanted = {
        "host": Q(assessment__isnull=True) | Q(assessment__host_score__isnull=True),
        "school": Q(assessment__isnull=True) | Q(assessment__school_score__isnull=True),
        "shown": Q(assessment__state=AssessmentState.SHOWN),
        "disagreed": Q(assessment__state=AssessmentState.DISAGREED),
    }
    for part in request.GET.getlist("part"):
        rows = rows.filter(wanted.get(part, Q()))
    if text:
        rows = rows.filter(
            Q(person__name__icontains=text)
            | Q(school_class__name__icontains=text)
            | Q(organisation__name__icontains=text)
        )
    return rows


def visible_internship(request: Request, internship_id: int) -> Internship:
    rows = internships_visible_to(request.actor).select_related(
        "person", "organisation", "plan", "teacher", "mentor", "post", "school"
    )
    return get_object_or_404(rows, pk=internship_id)


def own_assessment(request: Request, internship: Internship) -> Assessment:
    rows = assessments_for_list(assessments_visible_to(request.actor))
    return get_object_or_404(rows, internship=internship)


@require_safe
def assessment(request: Request, internship_id: int) -> HttpResponse:
    """The assessment of one internship: both sheets, the total, the reply (实习考核)."""
    internship = visible_internship(request, internship_id)
    found = Assessment.objects.filter(internship=internship).first()
    is_student = is_student_of(request.actor, internship)
    shown = found and (found.shown_at is not None or not is_student)
    context = {
        "internship": internship,
        "name": shown_name(request.actor, internship),
        "assessment": found if shown else None,
        "lines": lines_of(found) if found and shown else {},
        "sides": [
            (side.value, side.label)
            for side in scoring_sides(request.actor, internship)
            if found is None or found.state == AssessmentState.OPEN
        ],
        "is_student": is_student,
        "is_school": AssessmentSide.SCHOOL in scoring_sides(request.actor, internship),
        "host_weight": 100 - internship.plan.school_weight,
    }
    return render(request, "placements/assessment/assessment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_score(request: Request, internship_id: int, side: str) -> HttpResponse:
    """Score one side of the sheet (评分)."""
    internship = visible_internship(request, internship_id)
    if side not in AssessmentSide.values:
        raise Http404("没有这一方。")
    require_side(request, internship, side)
    items = enumerate(sheet_items(internship.plan), start=1)
    own = {place: item for place, item in items if item.side == side}
    form = ScoreForm(request.POST or None, items=own)
    page = scoring_page(internship, side=side)
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda data: score_internship(
            actor=request.actor,
            internship_id=internship.pk,
            side=side,
            scores=form.scores(),
            comment=data["comment"],
            now=timezone.now(),
        ),
        done="评分已提交。",
        then=page.back,
    )


def scoring_page(internship: Internship, *, side: str) -> FormPage:
    back = reverse("placements:assessment", args=[internship.pk])
    return FormPage(
        title=f"{AssessmentSide(side).label}评分：{internship.person.name}",
        lead="按学习和工作表现打分，不照搬职工考勤。双方都评完后学生会看到。",
        button="提交评分",
        back=back,
        crumbs=[("实习考核", reverse("placements:assessment_list")), ("考核", back)],
    )


def require_side(request: Request, internship: Internship, side: str) -> None:
    if AssessmentSide(side) not in scoring_sides(request.actor, internship):
        raise Http404("没有这一页。")


@require_POST
def assessment_agree(request: Request, internship_id: int) -> HttpResponse:
    """The student accepts the result (确认考核)."""
    internship = visible_internship(request, internship_id)
    found = own_assessment(request, internship)
    agree_to_assessment(actor=request.actor, assessment_id=found.pk, now=timezone.now())
    messages.success(request, "已确认，考核定稿。")
    return redirect("placements:assessment", internship_id=internship.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_disagree(request: Request, internship_id: int) -> HttpResponse:
    """The student disagrees, with a reason (提出异议)."""
    internship = visible_internship(request, internship_id)
    if not is_student_of(request.actor, internship):
        raise Http404("没有这一页。")
    found = own_assessment(request, internship)
    back = reverse("placements:assessment", args=[internship.pk])
    page = FormPage(
        title="提出异议",
        lead="写清哪一项和理由；学校 5 个工作日内答复，答复前成绩不定稿。",
        button="提出异议",
        back=back,
        crumbs=[("考核", back)],
    )
    return answer_form(
        request,
        form=DisagreementForm(request.POST or None),
        page=page,
        send=lambda data: disagree_with_assessment(
            actor=request.actor, assessment_id=found.pk, now=timezone.now(), **data
        ),
        done="已提交，学校会在期限内答复。",
        then=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_answer(request: Request, internship_id: int) -> HttpResponse:
    """The school answers a disagreement (答复异议)."""
    internship = visible_internship(request, internship_id)
    require_school_of(request.actor, internship)
    found = own_assessment(request, internship)
    back = reverse("placements:assessment", args=[internship.pk])
    page = FormPage(
        title="答复异议",
        lead=f"学生：{found.disagreement}",
        button="答复并定稿",
        back=back,
        crumbs=[("实习考核", reverse("placements:assessment_list")), ("考核", back)],
    )
    return answer_form(
        request,
        form=DisagreementAnswerForm(request.POST or None),
        page=page,
        send=lambda data: answer_disagreement(
            actor=request.actor, assessment_id=found.pk, now=timezone.now(), **data
        ),
        done="已答复，考核定稿。",
        then=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_sheet(request: Request, plan_id: int) -> HttpResponse:
    """The sheet of a plan, with what to look at (考核表)."""
    require_school_staff(request.actor)
    plan = get_object_or_404(plans_kept_by(request.actor), pk=plan_id)
    items = sheet_items(plan)
    form = SheetForm(request.POST or None, items=items)
    cap = attendance_cap(school_id=plan.school_id, on=timezone.localdate())
    back = reverse("placements:assessment_list")
    page = FormPage(
        title="考核表",
        lead=f"{plan.title}；学校占 {plan.school_weight}%，实习单位占 {100 - plan.school_weight}%",
        button="保存考核表",
        back=back,
        crumbs=[("实习考核", back)],
        template="placements/assessment/sheet.html",
        context={
            "warnings": sheet_warnings(items, school_weight=plan.school_weight, cap=cap),
            "items": items,
            "cap": cap,
        },
    )
    return answer_form(
        request,
        form=form,
        page=page,
        send=lambda _: change_sheet(actor=request.actor, plan_id=plan.pk, items=form.items()),
        done="考核表已保存。",
        then=reverse("placements:assessment_sheet", args=[plan.pk]),
    )
