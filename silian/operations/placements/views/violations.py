"""Cases of unlawful internship: the list, opening, one case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.complaints import (
    ViolationState,
)
from silian.operations.placements.commands.violations import close_case, open_case
from silian.operations.placements.forms.complaints import CaseForm, DecisionForm
from silian.operations.placements.models.complaints import Complaint, ViolationCase
from silian.operations.placements.permissions.complaints import (
    cases_visible_to,
    complaints_handled_by,
    may_open_cases,
)
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.permissions import organisations_visible_to

REFUSAL = "违规查处由教育、人力资源社会保障等主管部门办理。"
TONES = {
    ViolationState.OPEN: "watch",
    ViolationState.FINED: "late",
    ViolationState.DROPPED: "unset",
}
COLUMNS = [
    Column("organisation", "查处对象", "organisation__name", main=True),
    Column("income", "违法所得", sort="income", unit="元", numeric=True),
    Column("low", "罚款下限", sort="low", unit="元", numeric=True),
    Column("high", "罚款上限", sort="high", unit="元", numeric=True),
    Column("fine", "罚款", sort="fine", unit="元", numeric=True),
    Column("basis", "依据", optional=True),
    Column("state", "状态", lambda row: row.get_state_display(), sort="state"),
    Column("opened_at", "立案", lambda row: timezone.localdate(row.opened_at), sort="opened_at"),
]


def require_office(request: Request) -> None:
    if not may_open_cases(request.actor):
        raise NotAllowed(REFUSAL)


@require_safe
def case_list(request: Request) -> HttpResponseBase:
    """The cases of the reader's office (违规查处)."""
    require_office(request)
    table = Table(
        request=request,
        name="placements_cases",
        rows=cases_visible_to(request.actor).select_related("organisation"),
        columns=COLUMNS,
        caption="违规查处",
        order="-opened_at",
        row_url=lambda row: reverse("placements:case_detail", args=[row.pk]),
        empty={"missing": "没有立案", "why": "可以从投诉或检查发现立案。"},
    )
    if table.export_wanted:
        return table.export_response()
    return render(request, "placements/complaints/cases.html", {"table": table})


def asked_complaint(request: Request) -> Complaint | None:
    """The complaint of the reader's office that the address names, if any."""
    number = request.GET.get("complaint", "")
    rows = complaints_handled_by(request.actor)
    return rows.filter(pk=int(number)).first() if number.isdigit() else None


@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: Request) -> HttpResponse:
    """Open a case, from a complaint or by itself (立案)."""
    require_office(request)
    complaint = asked_complaint(request)
    organisations = organisations_visible_to(request.actor).order_by("name")
    if complaint is not None:
        about = complaint.subjects.values("organisation_id")
        organisations = Organisation.objects.filter(pk__in=about)

    def send(data: dict[str, Any]) -> str:
        case = open_case(
            actor=request.actor,
            organisation_id=data["organisation"].pk,
            facts=data["facts"],
            income=data["income"],
            now=timezone.localtime(),
            complaint=complaint,
        )
        return case_url(case)

    page = FormPage(
        title="立案",
        button="立案",
        lead=f"来自投诉 {complaint.number}" if complaint else "罚款幅度按立案当日的规定计算",
        back=reverse("placements:case_list"),
        crumbs=[("违规查处", reverse("placements:case_list"))],
    )
    form = CaseForm(*given(request), organisations=organisations)
    return answer_form(request, form=form, page=page, send=send, done="已立案。")


def case_url(case: ViolationCase) -> str:
    return reverse("placements:case_detail", args=[case.pk])


@require_safe
def case_detail(request: Request, case_id: int) -> HttpResponse:
    """One case, its range and its clause (违规查处)."""
    require_office(request)
    rows = cases_visible_to(request.actor).select_related("organisation", "complaint")
    case = get_object_or_404(rows, pk=case_id)
    context = {"case": case, "tone": TONES[ViolationState(case.state)]}
    return render(request, "placements/complaints/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_close(request: Request, case_id: int) -> HttpResponse:
    """Fine within the range, or drop (作出决定)."""
    require_office(request)
    case = get_object_or_404(cases_visible_to(request.actor), pk=case_id)

    def send(data: dict[str, Any]) -> str:
        close_case(case_id=case.pk, actor=request.actor, now=timezone.localtime(), **data)
        return case_url(case)

    page = FormPage(
        title="作出决定",
        button="作出决定",
        lead=f"罚款幅度 {range_words(case)}，{case.basis}",
        back=case_url(case),
        crumbs=[("违规查处", reverse("placements:case_list")), (str(case), case_url(case))],
    )
    form = DecisionForm(*given(request))
    return answer_form(request, form=form, page=page, send=send, done="已作出决定。")


def range_words(case: ViolationCase) -> str:
    if case.low is None or case.high is None:
        return "未设定"
    return f"{case.low:,.0f} 至 {case.high:,.0f} 元"
