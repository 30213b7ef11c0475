"""Steps of programmes: submit, file, return, start, complete, stop; enrol apprentices."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.operations.placements.commands.apprentices import enrol_apprentice
from silian.operations.placements.commands.apprenticeships import (
    complete_apprenticeship,
    file_apprenticeship,
    return_apprenticeship,
    start_apprenticeship,
    stop_apprenticeship,
    submit_apprenticeship,
)
from silian.operations.placements.forms.apprenticeships import (
    ApprenticeForm,
    ExperienceForm,
    FilingForm,
)
from silian.operations.placements.forms.orders import ReasonForm
from silian.operations.placements.models import Apprenticeship
from silian.operations.placements.permissions.apprenticeships import (
    require_filer,
    require_side,
    writes_for_school,
)
from silian.operations.placements.views.apprenticeships import visible_apprenticeship
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Person
from silian.registers.people.permissions import people_visible_to

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def step_page(row: Apprenticeship, title: str, button: str) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back=row.get_absolute_url(),
        lead=row.title,
        crumbs=[
            ("学徒培养", reverse("placements:apprenticeship_list")),
            (row.title, row.get_absolute_url()),
        ],
    )


@require_POST
def apprenticeship_submit(request: Request, apprenticeship_id: int) -> HttpResponse:
    """Hand the programme in for filing (提交备案)."""
    row = visible_apprenticeship(request, apprenticeship_id)
    submit_apprenticeship(apprenticeship_id=row.pk, actor=request.actor, on=timezone.localdate())
    messages.success(request, "已提交备案，主管部门会办理。")
    return redirect(row)


@require_POST
def apprenticeship_start(request: Request, apprenticeship_id: int) -> HttpResponse:
    """Begin the training (开始培养)."""
    row = visible_apprenticeship(request, apprenticeship_id)
    start_apprenticeship(apprenticeship_id=row.pk, actor=request.actor, on=timezone.localdate())
    messages.success(request, "项目已开始培养，请逐名核对学徒手续。")
    return redirect(row)


@require_POST
def apprenticeship_stop(request: Request, apprenticeship_id: int) -> HttpResponse:
    """Give the programme up (终止项目)."""
    row = visible_apprenticeship(request, apprenticeship_id)
    stop_apprenticeship(
        apprenticeship_id=row.pk,
        actor=request.actor,
        reason=request.POST.get("reason", ""),
        on=timezone.localdate(),
    )
    messages.success(request, "项目已终止。")
    return redirect(row)


@GET_OR_POST
def apprenticeship_file(request: Request, apprenticeship_id: int) -> HttpResponse:
    """The authority files the programme (备案)."""
    row = visible_apprenticeship(request, apprenticeship_id)
    require_filer(request.actor, row)
    form = FilingForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=step_page(row, "备案", "备案"),
        send=lambda given: file_apprenticeship(
            apprenticeship_id=row.pk,
            actor=request.actor,
            number=given["filing_number"],
            on=timezone.localdate(),
        ),
        done="已备案。",
        then=row.get_absolute_url(),
    )


@GET_OR_POST
def apprenticeship_return(request: Request, apprenticeship_id: int) -> HttpResponse:
    """The authority sends the programme back (退回修改)."""
    row = visible_apprenticeship(request, apprenticeship_id)
    require_filer(request.actor, row)
    form = ReasonForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=step_page(row, "退回修改", "退回"),
        send=lambda given: return_apprenticeship(
            apprenticeship_id=row.pk,
            actor=request.actor,
            reason=given["reason"],
            on=timezone.localdate(),
        ),
        done="已退回，企业和院校会看到原因。",
        then=row.get_absolute_url(),
    )


@GET_OR_POST
def apprenticeship_complete(request: Request, apprenticeship_id: int) -> HttpResponse:
    """End a programme whose apprentices all have a result (完成培养)."""
    row = visible_apprenticeship(request, apprenticeship_id)
    require_side(request.actor, row)
    form = ExperienceForm(request.POST or None, initial={"experience": row.experience})
    return answer_form(
        request,
        form=form,
        page=step_page(row, "完成培养", "完成"),
        send=lambda given: complete_apprenticeship(
            apprenticeship_id=row.pk,
            actor=request.actor,
            experience=given["experience"],
            on=timezone.localdate(),
        ),
        done="项目已完成，结果计入统计。",
        then=row.get_absolute_url(),
    )


def own_people(request: Request, row: Apprenticeship) -> QuerySet[Person]:
    """The students of the acting school, or the employees of the acting enterprise."""
    is_school = writes_for_school(request.actor, row)
    own = people_visible_to(request.actor, on=timezone.localdate()).filter(
        affiliations__organisation_id=request.actor.organisation_id or 0,
        affiliations__kind=AffiliationKind.STUDENT if is_school else AffiliationKind.EMPLOYEE,
    )
    return Person.objects.filter(pk__in=own.values("pk")).order_by("name")


@GET_OR_POST
def apprentice_new(request: Request, apprenticeship_id: int) -> HttpResponse:
    """Enter an apprentice (学徒入册)."""
    row = visible_apprenticeship(request, apprenticeship_id)
    require_side(request.actor, row)
    today = timezone.localdate()
    form = ApprenticeForm(
        request.POST or None,
        people=own_people(request, row),
        initial={"starts_on": max(today, row.starts_on)},
    )
    return answer_form(
        request,
        form=form,
        page=step_page(row, "学徒入册", "入册"),
        send=lambda given: enrol_apprentice(
            apprenticeship_id=row.pk,
            person_id=given["person"].pk,
            starts_on=given["starts_on"],
            actor=request.actor,
            on=today,
        ),
        done="已入册，请补登双重身份和导师。",
    )
