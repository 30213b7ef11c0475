"""Pages of apprenticeship programmes."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form
from silian.foundation.ui.histories import entry_of
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.orders import (
    ApprenticeScheme,
    ApprenticeshipState,
)
from silian.operations.placements.commands.apprenticeships import (
    WRITABLE,
    draft_apprenticeship,
    plan_rotation,
    revise_apprenticeship,
)
from silian.operations.placements.forms.agreement_terms import AgreementTermsForm
from silian.operations.placements.forms.apprenticeships import ApprenticeshipForm, RotationForm
from silian.operations.placements.models import Apprentice, Apprenticeship
from silian.operations.placements.permissions.apprenticeships import (
    apprentices_visible_to,
    apprenticeships_visible_to,
    may_file,
    require_drafting_clerk,
    require_side,
    writes_for_side,
)
from silian.operations.placements.permissions.internships import is_host_clerk, is_school_clerk
from silian.operations.placements.permissions.orders import may_read_orders
from silian.operations.placements.queries.apprentice_terms import DERIVED, KIND_OF_SCHEME
from silian.operations.placements.queries.apprenticeships import (
    findings_of_apprentices,
    findings_of_programme,
    with_counts,
)
from silian.operations.placements.rules.prohibitions.declaration import Finding
from silian.operations.placements.views.orders import programmes_on_offer
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation


@require_safe
def apprenticeship_list(request: Request) -> HttpResponseBase:
    """Programmes of the actor's enterprise, school or region (学徒培养)."""
    if not may_read_orders(request.actor):
        raise NotAllowed("学徒培养由企业、院校和主管部门查看。")
    shown = apprenticeships_visible_to(request.actor)
    counts = dict(shown.values_list("state").annotate(n=Count("pk")))
    bar = apprenticeship_bar(request, counts=counts)
    for name in ("scheme", "state"):
        if chosen := request.GET.getlist(name):
            shown = shown.filter(**{f"{name}__in": chosen})
    if text := bar.text:
        shown = shown.filter(title__icontains=text)
    table = apprenticeship_table(request, shown)
    if table.export_wanted:
        return table.export_response()
    drafts = is_host_clerk(request.actor) or is_school_clerk(request.actor)
    context = {"table": table, "bar": bar, "drafts": drafts, "counts": counts}
    page = "_list.html" if request.htmx else "list.html"
    return render(request, f"placements/apprenticeships/{page}", context)


def apprenticeship_bar(request: Request, *, counts: dict[str, int]) -> FilterBar:
    return FilterBar(
        request=request,
        placeholder="名称",
        facets=[
            facet(request=request, name="scheme", label="形式", choices=ApprenticeScheme.choices),
            facet(
                request=request,
                name="state",
                label="状态",
                choices=ApprenticeshipState.choices,
                counts=counts,
            ),
        ],
    )


def apprenticeship_table(request: Request, rows: QuerySet[Apprenticeship]) -> Table:
    return Table(
        request=request,
        name="apprenticeships",
        rows=with_counts(rows),
        caption="学徒培养项目",
        columns=[
            Column("title", "名称", main=True),
            Column("get_scheme_display", "形式", sort="scheme"),
            Column("enterprise__name", "企业"),
            Column("school__name", "院校"),
            Column("get_level_display", "目标等级"),
            Column("months", "月数", numeric=True, sort="months"),
            Column("people", "学徒", numeric=True, total=True),
            Column("training", "在培", numeric=True, total=True),
            Column("qualified", "合格", numeric=True, total=True),
            Column(
                "get_state_display", "状态", template="placements/orders/_state.html", sort="state"
            ),
        ],
        order="-starts_on",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
    )


def visible_apprenticeship(request: Request, apprenticeship_id: int) -> Apprenticeship:
    rows = apprenticeships_visible_to(request.actor).select_related(
        "enterprise", "school", "programme", "occupation", "division"
    )
    return get_object_or_404(rows, pk=apprenticeship_id)


@require_safe
def apprenticeship_detail(request: Request, apprenticeship_id: int) -> HttpResponseBase:
    """One programme: plan, wages, findings, its apprentices (学徒培养项目)."""
    row = visible_apprenticeship(request, apprenticeship_id)
    actor, today = request.actor, timezone.localdate()
    people = apprentices_visible_to(actor).filter(apprenticeship=row)
    table = apprentice_table(request, people)
    if table.export_wanted:
        return table.export_response()
    waiting = list(people.filter(state="enrolled").select_related("apprenticeship", "person"))
    writes = writes_for_side(actor, row)
    context = {
        "row": row,
        "table": table,
        "counts": with_counts(Apprenticeship.objects.filter(pk=row.pk)).get(),
        "findings": findings_of_programme(row, on=today) if row.state in WRITABLE else [],
        "waiting": list_of_waiting(waiting, today=today) if writes else [],
        "writes": writes,
        "is_writable": row.state in WRITABLE,
        "files": may_file(actor, row),
        "sees_people": people.exists() or writes,
        "entries": [entry_of(act) for act in history_of(row)],
    }
    return render(request, "placements/apprenticeships/detail.html", context)


def list_of_waiting(
    waiting: list[Apprentice], *, today: datetime.date
) -> list[tuple[Apprentice, list[Finding]]]:
    """Enrolled apprentices with what is missing before they may begin."""
    found = findings_of_apprentices(waiting, on=today)
    return [(person, found[person.pk]) for person in waiting]


def apprentice_table(request: Request, rows: QuerySet[Apprentice]) -> Table:
    return Table(
        request=request,
        name="apprentices",
        rows=rows.select_related("person", "enterprise_mentor", "school_mentor"),
        caption="学徒台账",
        columns=[
            Column("person__name", "姓名", main=True),
            Column("student_number", "学籍号"),
            Column("employee_number", "工号"),
            Column("enterprise_mentor__name", "企业导师"),
            Column("school_mentor__name", "院校导师"),
            Column("starts_on", "起始", sort="starts_on"),
            Column("certificate_number", "证书编号", optional=True),
            Column(
                "get_state_display", "状态", template="placements/orders/_state.html", sort="state"
            ),
        ],
        order="starts_on",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
    )


def form_choices() -> dict[str, Any]:
    """Whom a programme may join: verified enterprises and schools, running programmes."""
    verified = Organisation.objects.filter(state=OrganisationState.VERIFIED)
    return {
        "enterprises": verified.filter(kind=OrganisationKind.ENTERPRISE).order_by("name"),
        "schools": verified.filter(
            kind__in=[OrganisationKind.SCHOOL, OrganisationKind.SERVICE]
        ).order_by("name"),
        "programmes": programmes_on_offer(),
    }


def edit_page(title: str, *, back: str, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        button="保存",
        back=back,
        lead=lead,
        help="placements/apprenticeship_edit",
        crumbs=[("学徒培养", reverse("placements:apprenticeship_list"))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def apprenticeship_new(request: Request) -> HttpResponse:
    """Start a programme (起草学徒培养项目)."""
    require_drafting_clerk(request.actor)
    own = "school" if is_school_clerk(request.actor) else "enterprise"
    form = ApprenticeshipForm(
        request.POST or None, initial={own: request.actor.organisation_id}, **form_choices()
    )
    return answer_form(
        request,
        form=form,
        page=edit_page("起草学徒培养项目", back=reverse("placements:apprenticeship_list")),
        send=lambda given: draft_apprenticeship(
            actor=request.actor, card={**form.card, "terms": {}}, today=timezone.localdate()
        ),
        done="已保存，请填写轮岗计划、工资递增和协议条款。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def apprenticeship_edit(request: Request, apprenticeship_id: int) -> HttpResponse:
    """Change a programme before it is submitted (修改)."""
    row = visible_apprenticeship(request, apprenticeship_id)
    require_side(request.actor, row)
    terms = row.terms
    form = ApprenticeshipForm(request.POST or None, instance=row, **form_choices())
    return answer_form(
        request,
        form=form,
        page=edit_page("修改学徒培养项目", back=row.get_absolute_url()),
        send=lambda given: revise_apprenticeship(
            apprenticeship_id=row.pk, actor=request.actor, card={**form.card, "terms": terms}
        ),
        done="已保存。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def apprenticeship_rotation(request: Request, apprenticeship_id: int) -> HttpResponse:
    """Where apprentices work in which months, and what they earn (轮岗与工资)."""
    row = visible_apprenticeship(request, apprenticeship_id)
    require_side(request.actor, row)
    form = RotationForm(request.POST or None, initial=RotationForm.initial_from(row))
    return answer_form(
        request,
        form=form,
        page=edit_page("轮岗计划和工资递增", back=row.get_absolute_url(), lead=row.title),
        send=lambda given: plan_rotation(
            apprenticeship_id=row.pk,
            actor=request.actor,
            places=given["places"],
            wages=given["wages"],
        ),
        done="轮岗计划和工资递增已保存。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def apprenticeship_terms(request: Request, apprenticeship_id: int) -> HttpResponse:
    """Terms that every apprentice's agreement shares (共同协议条款)."""
    row = visible_apprenticeship(request, apprenticeship_id)
    require_side(request.actor, row)
    kind = KIND_OF_SCHEME[ApprenticeScheme(row.scheme)]
    form = AgreementTermsForm(
        request.POST or None, kind=kind, derived=DERIVED[kind], terms=row.terms
    )
    card = {name: getattr(row, name) for name in ApprenticeshipForm.Meta.fields}
    return answer_form(
        request,
        form=form,
        page=edit_page("共同协议条款", back=row.get_absolute_url(), lead=row.title),
        send=lambda given: revise_apprenticeship(
            apprenticeship_id=row.pk,
            actor=request.actor,
            card={**card, "ends_on": row.ends_on, "terms": form.terms},
        ),
        done="共同协议条款已保存。",
    )
