"""Cohorts and classes: list, one, new, students moved and graduated (班级与学生)."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.registers.programmes.commands import classes as commands
from silian.registers.programmes.forms.classes import ClassForm, CohortForm, MoveForm
from silian.registers.programmes.forms.programmes import DayForm, StepForm
from silian.registers.programmes.models.classes import ClassMember, Cohort, SchoolClass
from silian.registers.programmes.permissions.classes import (
    classes_visible_to,
    cohorts_visible_to,
    is_of_school,
    members_visible_to,
)
from silian.registers.programmes.permissions.programmes import (
    is_official,
    is_school_staff,
    may_manage,
    require_manager,
)
from silian.registers.programmes.queries.hours import cohort_hours
from silian.registers.programmes.queries.registers import class_rows, cohort_rows
from silian.registers.programmes.rules.periods import school_year
from silian.registers.programmes.views.pages import own_programme, programme_crumbs, template
from silian.registers.programmes.views.tables import class_table, member_table

STEP_NAMES = {"take_leave": "休学", "return": "复学", "leave": "离校"}
YEARS_SHOWN = 6


@require_safe
def class_list(request: Request) -> HttpResponseBase:
    """Classes at school, with their numbers (班级)."""
    if not (is_of_school(request.actor) or is_official(request.actor)):
        raise NotAllowed("班级名单由学校和主管部门查看。学生请看“我的实习”。")
    today = timezone.localdate()
    bar = class_filters(request, this=school_year(today))
    rows = class_rows(classes_visible_to(request.actor), on=today)
    if "past" not in request.GET:
        rows = rows.filter(cohort__graduated_at__isnull=True)
    if chosen := [year for year in request.GET.getlist("year") if year.isdigit()]:
        rows = rows.filter(cohort__year__in=chosen)
    if text := bar.text:
        rows = rows.filter(name__icontains=text) | rows.filter(
            cohort__programme__name__icontains=text
        )
    table = class_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "bar": bar, "writes": is_school_staff(request.actor)}
    return render(request, template(request, "classes"), context)


def class_filters(request: Request, *, this: int) -> FilterBar:
    years = [(str(year), f"{year} 级") for year in range(this, this - YEARS_SHOWN, -1)]
    past = [("yes", "包括已毕业的年级")]
    return FilterBar(
        request=request,
        placeholder="班级、专业",
        facets=[
            facet(request=request, name="year", label="年级", choices=years),
            facet(request=request, name="past", label="已毕业", choices=past),
        ],
    )


def visible_class(request: Request, class_id: int) -> SchoolClass:
    rows = classes_visible_to(request.actor).select_related(
        "cohort__programme__school", "cohort__programme__major", "head_teacher"
    )
    return get_object_or_404(rows, pk=class_id)


@require_safe
def class_detail(request: Request, class_id: int) -> HttpResponseBase:
    """One class; names for those who work with them (班级)."""
    school_class = visible_class(request, class_id)
    today = timezone.localdate()
    members = members_visible_to(request.actor).filter(
        school_class=school_class, ends_on__isnull=True
    )
    table = member_table(request, members.select_related("person__guardian"))
    if table.export_wanted:
        return table.export_response()
    context = {
        "school_class": school_class,
        "numbers": class_rows(SchoolClass.objects.filter(pk=school_class.pk), on=today).get(),
        "year_of_study": school_class.cohort.year_of_study(on=today),
        "table": table,
        "manages": may_manage(request.actor, school_class.cohort.programme),
    }
    return render(request, template(request, "class"), context)


def visible_cohort(request: Request, cohort_id: int) -> Cohort:
    return get_object_or_404(cohort_rows(cohorts_visible_to(request.actor)), pk=cohort_id)


def own_cohort(request: Request, cohort_id: int) -> Cohort:
    cohort = visible_cohort(request, cohort_id)
    require_manager(request.actor, cohort.programme)
    return cohort


@require_safe
def cohort_detail(request: Request, cohort_id: int) -> HttpResponse:
    """One cohort: its plan and hours, its classes (年级)."""
    cohort = visible_cohort(request, cohort_id)
    today = timezone.localdate()
    classes = class_rows(SchoolClass.objects.filter(cohort=cohort), on=today)
    context = {
        "cohort": cohort,
        "hours": cohort_hours(cohorts=[cohort], on=today)[0],
        "classes": classes.order_by("name"),
        "manages": may_manage(request.actor, cohort.programme),
    }
    return render(request, "programmes/cohort.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_new(request: Request, programme_id: int) -> HttpResponse:
    """Open the cohort of a year (新建年级)."""
    programme = own_programme(request, programme_id)
    today = timezone.localdate()
    page = FormPage(
        title="新建年级",
        button="新建",
        back=programme.get_absolute_url(),
        crumbs=programme_crumbs(programme),
    )
    return answer_form(
        request,
        form=CohortForm(*given(request), initial={"year": school_year(today)}),
        page=page,
        done="已新建年级。",
        send=lambda data: commands.open_cohort(
            programme_id=programme.pk, actor=request.actor, today=today, **data
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_graduate(request: Request, cohort_id: int) -> HttpResponse:
    """Graduate a whole cohort (年级毕业)."""
    cohort = own_cohort(request, cohort_id)
    page = FormPage(
        title=f"办理毕业：{cohort}",
        button="办理毕业",
        back=cohort.get_absolute_url(),
        crumbs=programme_crumbs(cohort.programme),
        lead="在读学生从所填日期起毕业，休学学生保留学籍。办理后不能撤回。",
    )
    return answer_form(
        request,
        form=DayForm(*given(request), initial={"on": timezone.localdate()}),
        page=page,
        done="已办理毕业。",
        send=lambda data: commands.graduate_cohort(
            cohort_id=cohort.pk, actor=request.actor, now=timezone.now(), **data
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def class_new(request: Request, cohort_id: int) -> HttpResponse:
    """Open a class (新建班级)."""
    cohort = own_cohort(request, cohort_id)
    form = ClassForm(*given(request), school_id=cohort.programme.school_id)
    page = FormPage(
        title="新建班级",
        button="新建",
        back=cohort.get_absolute_url(),
        crumbs=programme_crumbs(cohort.programme),
    )
    return answer_form(
        request,
        form=form,
        page=page,
        done="已新建班级。",
        send=lambda data: commands.open_class(
            cohort_id=cohort.pk,
            actor=request.actor,
            name=data["name"],
            head_teacher_id=form.head_teacher_id,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def class_edit(request: Request, class_id: int) -> HttpResponse:
    """Rename a class, choose its head teacher (修改班级)."""
    school_class = visible_class(request, class_id)
    programme = school_class.cohort.programme
    require_manager(request.actor, programme)
    initial = {"name": school_class.name, "head_teacher": school_class.head_teacher_id}
    form = ClassForm(*given(request), school_id=programme.school_id, initial=initial)
    page = FormPage(
        title="修改班级",
        button="保存",
        back=school_class.get_absolute_url(),
        crumbs=programme_crumbs(programme),
    )
    return answer_form(
        request,
        form=form,
        page=page,
        done="已保存。",
        send=lambda data: commands.change_class(
            class_id=school_class.pk,
            actor=request.actor,
            name=data["name"],
            head_teacher_id=form.head_teacher_id,
        ),
    )


def own_member(request: Request, member_id: int) -> ClassMember:
    rows = members_visible_to(request.actor).select_related(
        "person", "school_class__cohort__programme"
    )
    member = get_object_or_404(rows, pk=member_id)
    require_manager(request.actor, member.school_class.cohort.programme)
    return member


@require_http_methods(["GET", "HEAD", "POST"])
def member_move(request: Request, member_id: int) -> HttpResponse:
    """Move a student to another class (调班)."""
    member = own_member(request, member_id)
    today = timezone.localdate()
    programme = member.school_class.cohort.programme
    form = MoveForm(
        *given(request), school_id=programme.school_id, today=today, initial={"on": today}
    )
    page = FormPage(
        title=f"调班：{member.person.name}",
        button="调班",
        back=member.school_class.get_absolute_url(),
        crumbs=programme_crumbs(programme),
        lead=f"现在{member.school_class.name}，学号 {member.number}。",
    )
    return answer_form(
        request,
        form=form,
        page=page,
        done="已调班。",
        then=member.school_class.get_absolute_url(),
        send=lambda data: commands.move_student(
            member_id=member.pk,
            actor=request.actor,
            to_class_id=data["to_class"].pk,
            on=data["on"],
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def member_step(request: Request, member_id: int, step: str) -> HttpResponse:
    """Leave of absence, return, leaving the school (学籍变动)."""
    member = own_member(request, member_id)
    label = STEP_NAMES[step]
    page = FormPage(
        title=f"{label}：{member.person.name}",
        button=label,
        back=member.school_class.get_absolute_url(),
        crumbs=programme_crumbs(member.school_class.cohort.programme),
        lead=f"当前学籍为“{member.get_state_display()}”。",
    )
    return answer_form(
        request,
        form=StepForm(*given(request), initial={"on": timezone.localdate()}),
        page=page,
        done=f"已办理{label}。",
        then=member.school_class.get_absolute_url(),
        send=lambda data: commands.change_seat(
            member_id=member.pk, actor=request.actor, step=step, **data
        ),
    )
