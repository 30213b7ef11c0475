"""Safety courses of a school or host: list, writing, offering, and who has passed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.commands.practice_settings import change_settings
from silian.operations.placements.commands.training import (
    publish_course,
    withdraw_course,
    write_course,
)
from silian.operations.placements.forms.training import CourseForm, SettingsForm
from silian.operations.placements.models import SafetyCourse
from silian.operations.placements.permissions.internships import (
    internships_visible_to,
    is_school_clerk,
)
from silian.operations.placements.permissions.sides import require_school_staff
from silian.operations.placements.permissions.training import (
    courses_kept_by,
    may_write_courses,
    require_course_writer,
    require_training_reader,
)
from silian.operations.placements.queries.practice_settings import settings_of
from silian.operations.placements.queries.training import bank_of, with_training
from silian.operations.placements.views.student_columns import student_column
from silian.registers.organisations.choices import OrganisationKind

PASSED = [("yes", "已合格"), ("no", "未合格")]
EMPTY = {"missing": "没有未结束的实习", "why": "安排实习后，学生在手机上学习并测试。"}
COLUMNS = [
    Column("school_class", "班级", value="school_class__name", sort="school_class__name"),
    Column("host", "实习单位", value="organisation__name"),
    Column("starts_on", "起始日", sort="starts_on"),
    Column("sittings", "测试次数", unit="次", numeric=True),
    Column("best_score", "最高分", numeric=True, sort="best_score"),
    Column("passed", "结果", template="placements/training/_cell_passed.html"),
]


@require_safe
def training_list(request: Request) -> HttpResponseBase:
    """Live internships with the result of the safety test (岗前安全测试)."""
    require_training_reader(request.actor)
    bar = FilterBar(
        request=request,
        placeholder="学生、班级、实习单位",
        facets=[facet(request=request, name="passed", label="结果", choices=PASSED, single=True)],
    )
    live = internships_visible_to(request.actor).filter(state__in=sorted(LIVE_STATES))
    rows = with_training(live.select_related("person", "school_class", "organisation"))
    table = result_table(request, chosen(request, rows, text=bar.text))
    if table.export_wanted:
        return table.export_response()
    name = "_results" if request.htmx else "results"
    context = {
        "table": table,
        "bar": bar,
        "waiting": rows.filter(has_passed=False).count(),
        "may_write": may_write_courses(request.actor),
        "sets": is_school_clerk(request.actor),
    }
    return render(request, f"placements/training/{name}.html", context)


def result_table(request: Request, rows: QuerySet[Any]) -> Table:
    return Table(
        request=request,
        name="safety_tests",
        rows=rows,
        columns=[student_column(request.actor), *COLUMNS],
        caption="岗前安全测试",
        order="starts_on",
        row_url=lambda row: row.get_absolute_url(),
        empty=EMPTY,
    )


def chosen(request: Request, rows: QuerySet[Any], *, text: str) -> QuerySet[Any]:
    result = request.GET.get("passed")
    if result in ("yes", "no"):
        rows = rows.filter(has_passed=result == "yes")
    if text:
        rows = rows.filter(
            Q(person__name__icontains=text)
            | Q(school_class__name__icontains=text)
            | Q(organisation__name__icontains=text)
        )
    return rows


@require_safe
def course_list(request: Request) -> HttpResponse:
    """The courses of one's own organisation (安全课程)."""
    require_course_writer(request.actor)
    rows = courses_kept_by(request.actor).annotate(
        question_count=Count("questions", distinct=True),
        passed_count=Count("attempts", filter=Q(attempts__is_passed=True), distinct=True),
    )
    context = {"courses": rows.order_by("-pk")}
    return render(request, "placements/training/courses.html", context)


@require_safe
def course_detail(request: Request, course_id: int) -> HttpResponse:
    """One course with its questions and key, for those who wrote it (安全课程)."""
    course = get_object_or_404(courses_kept_by(request.actor), pk=course_id)
    context = {
        "course": course,
        "questions": course.questions.all(),
        "facts": course_facts(course),
    }
    return render(request, "placements/training/course.html", context)


def course_facts(course: SafetyCourse) -> list[Fact]:
    mark = course.pass_mark or settings_of(school_id=course.owner_id).pass_mark
    taken = course.attempts.filter(submitted_at__isnull=False)
    return [
        Fact(name="适用", value=trade_words(course)),
        Fact(name="合格分", value=str(mark) if mark else "未设定"),
        Fact(name="每次抽题", value=f"{course.questions_asked} 题"),
        Fact(name="有效期", value=f"{course.valid_months} 个月"),
        Fact(name="交卷", value=f"{taken.count()} 份"),
        Fact(name="合格", value=f"{taken.filter(is_passed=True).count()} 份"),
    ]


def trade_words(course: SafetyCourse) -> str:
    """For whom a pass counts (适用范围)."""
    if course.owner.kind != OrganisationKind.SCHOOL:
        return "本单位岗位"
    names = [entry.name for entry in CourseForm.trades_of(course)]
    return "、".join(names) or "通用，不算合格"


@require_http_methods(["GET", "HEAD", "POST"])
def course_new(request: Request) -> HttpResponse:
    """Write a course (编写安全课程)."""
    require_course_writer(request.actor)
    return course_form(request, course=None)


@require_http_methods(["GET", "HEAD", "POST"])
def course_edit(request: Request, course_id: int) -> HttpResponse:
    """Change a draft (修改安全课程)."""
    require_course_writer(request.actor)
    return course_form(
        request, course=get_object_or_404(courses_kept_by(request.actor), pk=course_id)
    )


def course_form(request: Request, *, course: SafetyCourse | None) -> HttpResponse:
    names = ("title", "body", "questions_asked", "pass_mark", "valid_months")
    initial: dict[str, Any] = {}
    if course:
        initial = {name: getattr(course, name) for name in names}
        initial |= {"bank": bank_of(course), "trades": CourseForm.trades_of(course)}
    form = CourseForm(request.POST or None, initial=initial)
    back = reverse("placements:course_list")

    def send(_: dict[str, Any]) -> str:
        made = write_course(
            actor=request.actor, text=form.text(), course_id=course.pk if course else None
        )
        return reverse("placements:course_detail", args=[made.pk])

    page = FormPage(
        title="修改安全课程" if course else "编写安全课程",
        lead="发布后不能再改，学生都按同一份内容考。",
        button="保存草稿",
        back=back,
        crumbs=[("安全课程", back)],
    )
    return answer_form(request, form=form, page=page, send=send, done="已保存，核对后发布。")


@require_POST
def course_step(request: Request, course_id: int, name: str) -> HttpResponse:
    """Offer a course or stop offering it (发布、停用)."""
    course = get_object_or_404(courses_kept_by(request.actor), pk=course_id)
    if name not in ("publish", "withdraw"):
        raise Http404("没有这一步。")
    try:
        if name == "publish":
            publish_course(actor=request.actor, course_id=course.pk, now=timezone.now())
            messages.success(request, "已发布，学生可以在手机上学习和测试。")
        else:
            withdraw_course(actor=request.actor, course_id=course.pk)
            messages.success(request, "已停用，已合格的仍然有效。")
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("placements:course_detail", course_id=course.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def practice_settings(request: Request) -> HttpResponse:
    """What the school demands where no rule gives a number (实习管理设置)."""
    require_school_staff(request.actor)
    row = settings_of(school_id=request.actor.organisation_id or 0)
    initial = {name: getattr(row, name) for name in SettingsForm.base_fields}
    back = reverse("placements:training_list")
    page = FormPage(
        title="实习管理设置",
        lead="国家和地方规定没有给出数值的，由学校自己定；留空显示“未设定”。",
        button="保存",
        back=back,
        crumbs=[("安全培训", back)],
    )
    return answer_form(
        request,
        form=SettingsForm(request.POST or None, initial=initial),
        page=page,
        send=lambda data: change_settings(actor=request.actor, **data),
        done="已保存。",
        then=back,
    )
