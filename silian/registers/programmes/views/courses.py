"""Courses of a draft: one by one, or a whole table from a file (课程)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.sheets import sheet_of
from silian.foundation.ui.form_pages import FormPage, answer_form, given, refuse
from silian.registers.programmes.commands import plans as commands
from silian.registers.programmes.exports.sheets import course_template
from silian.registers.programmes.forms.plans import CourseFileForm, CourseForm
from silian.registers.programmes.models.plans import PlanCourse, TrainingPlan
from silian.registers.programmes.permissions.plans import plans_visible_to
from silian.registers.programmes.permissions.programmes import require_manager
from silian.registers.programmes.queries.plans import enterprises_by_name, standards_by_number
from silian.registers.programmes.rules.course_rows import (
    ENTERPRISE,
    MOST_COURSES,
    REQUIRED,
    CourseReader,
)
from silian.registers.programmes.views.pages import own_plan, plan_crumbs

SHOWN_PROBLEMS = 100


def own_course(request: Request, course_id: int) -> PlanCourse:
    """A course of a plan that the reader keeps."""
    rows = PlanCourse.objects.filter(plan__in=plans_visible_to(request.actor))
    course = get_object_or_404(rows.select_related("plan__programme", "enterprise"), pk=course_id)
    require_manager(request.actor, course.plan.programme)
    return course


def course_page(plan: TrainingPlan, title: str) -> FormPage:
    return FormPage(
        title=title, button="保存", back=plan.get_absolute_url(), crumbs=plan_crumbs(plan)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def course_new(request: Request, plan_id: int) -> HttpResponse:
    """Add a course (添加课程)."""
    plan = own_plan(request, plan_id)
    form = CourseForm(*given(request), on=timezone.localdate())
    return answer_form(
        request,
        form=form,
        page=course_page(plan, "添加课程"),
        done="已添加。",
        then=plan.get_absolute_url(),
        send=lambda data: commands.save_course(
            plan_id=plan.pk, actor=request.actor, row=form.row()
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def course_edit(request: Request, course_id: int) -> HttpResponse:
    """Change a course (修改课程)."""
    course = own_course(request, course_id)
    form = CourseForm(
        *given(request), on=timezone.localdate(), initial=CourseForm.initial_of(course)
    )
    return answer_form(
        request,
        form=form,
        page=course_page(course.plan, "修改课程"),
        done="已保存。",
        then=course.plan.get_absolute_url(),
        send=lambda data: commands.save_course(
            plan_id=course.plan_id, actor=request.actor, row=form.row(), course_id=course.pk
        ),
    )


@require_POST
def course_remove(request: Request, course_id: int) -> HttpResponse:
    """Take a course out (删除课程)."""
    course = own_course(request, course_id)
    plan = commands.remove_course(course_id=course.pk, actor=request.actor)
    messages.success(request, f"已删除“{course.name}”。")
    return redirect(plan)


@require_safe
def course_file(request: Request) -> HttpResponseBase:
    """The course table to fill in (课程表模板)."""
    return course_template()


@require_http_methods(["GET", "HEAD", "POST"])
def course_import(request: Request, plan_id: int) -> HttpResponse:
    """Put a whole table from a file in place, or show every wrong cell (导入课程表)."""
    plan = own_plan(request, plan_id)
    form = CourseFileForm(*given(request))
    problems: list[object] = []
    if request.method == "POST" and form.is_valid():
        try:
            reader, rows = read_file(form.cleaned_data["file"])
            problems = list(reader.problems)
            if not problems:
                commands.replace_courses(plan_id=plan.pk, actor=request.actor, courses=rows)
                messages.success(request, f"已导入 {len(rows)} 门课程。")
                return redirect(plan)
        except DomainError as refusal:
            refuse(form, refusal)
    context = {
        "plan": plan,
        "form": form,
        "problems": problems[:SHOWN_PROBLEMS],
        "count": len(problems),
    }
    status = 422 if form.errors or problems else 200
    return render(request, "programmes/course_import.html", context, status=status)


def read_file(upload: object) -> tuple[CourseReader, list]:  # type: ignore[type-arg]
    """The rows of the file, read with what the register knows."""
    name, content = upload.name or "", upload.read()  # type: ignore[attr-defined]
    sheet = sheet_of(name=name, content=content, most_rows=MOST_COURSES)
    sheet.require(*REQUIRED)
    named = list(sheet.numbered())
    firms = enterprises_by_name([cells.get(ENTERPRISE, "").strip() for _, cells in named])
    reader = CourseReader(standards=standards_by_number(on=timezone.localdate()), enterprises=firms)
    return reader, reader.read(named)
