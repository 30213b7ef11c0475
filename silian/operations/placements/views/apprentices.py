"""Pages of one apprentice: identity, progress, hours, exams, result."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.casework.agreements.permissions.agreements import agreements_visible_to
from silian.casework.agreements.queries.reading import agreement_of
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.histories import entry_of
from silian.operations.placements.choices.orders import (
    ApprenticeState,
)
from silian.operations.placements.commands.apprentice_results import correct_result
from silian.operations.placements.commands.apprentices import (
    ENTERPRISE_FACTS,
    SCHOOL_FACTS,
    begin_apprentice,
    end_apprentice,
    qualify_apprentice,
    record_exam,
    record_month,
    send_agreement,
    write_identity,
)
from silian.operations.placements.forms.apprenticeships import (
    CorrectionForm,
    ExamForm,
    IdentityForm,
    MonthForm,
    QualifyForm,
)
from silian.operations.placements.models import Apprentice
from silian.operations.placements.permissions.apprenticeships import (
    apprentices_visible_to,
    require_side,
    writes_for_enterprise,
    writes_for_school,
    writes_for_side,
)
from silian.operations.placements.queries.apprenticeships import (
    SOURCE,
    findings_of_apprentices,
    progress_of,
)
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Person

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
MENTOR_KINDS = (AffiliationKind.MENTOR, AffiliationKind.TEACHER, AffiliationKind.EMPLOYEE)


def visible_apprentice(request: Request, apprentice_id: int) -> Apprentice:
    rows = apprentices_visible_to(request.actor).select_related(
        "apprenticeship__enterprise",
        "apprenticeship__school",
        "person",
        "enterprise_mentor",
        "school_mentor",
    )
    return get_object_or_404(rows, pk=apprentice_id)


@require_safe
def apprentice_detail(request: Request, apprentice_id: int) -> HttpResponse:
    """One apprentice: both identities, mentors, progress, exams (学徒)."""
    row = visible_apprentice(request, apprentice_id)
    today = timezone.localdate()
    writes = writes_for_side(request.actor, row.apprenticeship)
    is_waiting = row.state == ApprenticeState.ENROLLED
    context = {
        "row": row,
        "programme": row.apprenticeship,
        "progress": progress_of(row, on=today),
        "agreement": agreement_of(SOURCE, row.pk),
        "reads_agreement": agreements_visible_to(request.actor)
        .filter(source=SOURCE, source_id=row.pk)
        .exists(),
        "findings": findings_of_apprentices([row], on=today)[row.pk] if is_waiting else [],
        "months": row.months.all(),
        "exams": row.exams.all(),
        "breaks": row.breaks.all(),
        "rotation": row.apprenticeship.rotation.all(),
        "wages": row.apprenticeship.wage_steps.all(),
        "writes": writes,
        "teaches": writes or is_mentor(request, row),
        "entries": [entry_of(act) for act in history_of(row)],
    }
    return render(request, "placements/apprenticeships/apprentice.html", context)


def is_mentor(request: Request, row: Apprentice) -> bool:
    """Whether the actor is one of the two mentors."""
    mentors = (row.enterprise_mentor, row.school_mentor)
    return any(each and each.user_id == request.actor.user_id for each in mentors)


def step_page(row: Apprentice, title: str, button: str = "保存") -> FormPage:
    programme = row.apprenticeship
    return FormPage(
        title=title,
        button=button,
        back=row.get_absolute_url(),
        lead=f"{row.person.name}，{programme.title}",
        crumbs=[
            ("学徒培养", reverse("placements:apprenticeship_list")),
            (programme.title, programme.get_absolute_url()),
            (row.person.name, row.get_absolute_url()),
        ],
    )


@GET_OR_POST
def apprentice_identity(request: Request, apprentice_id: int) -> HttpResponse:
    """The acting side's half of the double identity (双重身份)."""
    row = visible_apprentice(request, apprentice_id)
    actor, programme = request.actor, row.apprenticeship
    require_side(actor, programme)
    names = [
        *(ENTERPRISE_FACTS if writes_for_enterprise(actor, programme) else ()),
        *(SCHOOL_FACTS if writes_for_school(actor, programme) else ()),
    ]
    mentors = Person.objects.filter(
        affiliations__organisation_id=actor.organisation_id or 0,
        affiliations__kind__in=MENTOR_KINDS,
        affiliations__ends_on__isnull=True,
    ).order_by("name")
    form = IdentityForm(request.POST or None, instance=row, names=names, mentors=mentors.distinct())
    return answer_form(
        request,
        form=form,
        page=step_page(row, "双重身份和导师"),
        send=lambda given: write_identity(
            apprentice_id=row.pk, actor=actor, facts=given, on=timezone.localdate()
        ),
        done="已保存。",
    )


@require_POST
def apprentice_send(request: Request, apprentice_id: int) -> HttpResponse:
    """Send the training agreement for signature (送签)."""
    row = visible_apprentice(request, apprentice_id)
    send_agreement(apprentice_id=row.pk, actor=request.actor, now=timezone.localtime())
    messages.success(request, "培养协议已送签。")
    return redirect(row)


@require_POST
def apprentice_begin(request: Request, apprentice_id: int) -> HttpResponse:
    """Begin the training of this apprentice (开始培养)."""
    row = visible_apprentice(request, apprentice_id)
    begin_apprentice(apprentice_id=row.pk, actor=request.actor, on=timezone.localdate())
    messages.success(request, "已开始培养。")
    return redirect(row)


@GET_OR_POST
def apprentice_month(request: Request, apprentice_id: int) -> HttpResponse:
    """The hours of a month (登记课时)."""
    row = visible_apprentice(request, apprentice_id)
    today = timezone.localdate()
    form = MonthForm(request.POST or None, initial={"month": today.replace(day=1)})
    return answer_form(
        request,
        form=form,
        page=step_page(row, "登记课时", "登记"),
        send=lambda given: record_month(
            apprentice_id=row.pk, actor=request.actor, today=today, **given
        ),
        done="课时已登记。",
        then=row.get_absolute_url(),
    )


@GET_OR_POST
def apprentice_exam(request: Request, apprentice_id: int) -> HttpResponse:
    """An assessment (登记考核)."""
    row = visible_apprentice(request, apprentice_id)
    form = ExamForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=step_page(row, "登记考核", "登记"),
        send=lambda given: record_exam(
            apprentice_id=row.pk, actor=request.actor, today=timezone.localdate(), **given
        ),
        done="考核已登记。",
        then=row.get_absolute_url(),
    )


@GET_OR_POST
def apprentice_qualify(request: Request, apprentice_id: int) -> HttpResponse:
    """Passed, with a certificate (考核合格)."""
    row = visible_apprentice(request, apprentice_id)
    require_side(request.actor, row.apprenticeship)
    form = QualifyForm(request.POST or None, initial={"level": row.apprenticeship.level})
    return answer_form(
        request,
        form=form,
        page=step_page(row, "考核合格"),
        send=lambda given: qualify_apprentice(
            apprentice_id=row.pk, actor=request.actor, on=timezone.localdate(), **given
        ),
        done="已登记合格和证书。",
    )


@GET_OR_POST
def apprentice_correct(request: Request, apprentice_id: int) -> HttpResponse:
    """Put a wrongly registered result right (更正培养结果)."""
    row = visible_apprentice(request, apprentice_id)
    require_side(request.actor, row.apprenticeship)
    page = step_page(row, "更正培养结果", "更正")
    return answer_form(
        request,
        form=CorrectionForm(request.POST or None, state=ApprenticeState(row.state)),
        page=replace(page, lead=f"{page.lead}；现登记为{row.get_state_display()}"),
        send=lambda given: correct_result(
            apprentice_id=row.pk,
            result=ApprenticeState(given["result"]),
            ended_on=given["ended_on"],
            reason=given["reason"],
            actor=request.actor,
            on=timezone.localdate(),
        ),
        done="已更正。已申领补贴的，主管部门会重新核算。",
        then=row.get_absolute_url(),
    )


@require_POST
def apprentice_end(request: Request, apprentice_id: int, name: str) -> HttpResponse:
    """End without a certificate (不合格或离开)."""
    row = visible_apprentice(request, apprentice_id)
    end_apprentice(
        apprentice_id=row.pk,
        step=name,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        on=timezone.localdate(),
    )
    messages.success(request, "已登记。")
    return redirect(row)
