"""Steps of a case: apply, review, approve, run, end, report; places bought by the government."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, given, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.alliances.commands.ownership import apply_case
from silian.operations.alliances.commands.ownership_steps import (
    approve_case,
    end_case,
    record_approval,
    refuse_case,
    register_purchase,
    report_case_year,
    return_case,
    review_case,
    start_case,
)
from silian.operations.alliances.forms.choosing import units
from silian.operations.alliances.forms.ownership import (
    ApprovalForm,
    ApproveForm,
    CaseReportForm,
    EndForm,
    PurchaseForm,
    RunForm,
)
from silian.operations.alliances.models.ownership import OwnershipCase
from silian.operations.alliances.permissions.keeping import keeps_registers, require_keeper
from silian.operations.alliances.permissions.ownership import (
    cases_visible_to,
    purchases_visible_to,
    require_approver,
    require_owner,
    require_reviewer,
)
from silian.operations.alliances.views.ownership import FOLDER, REGISTER, visible_case
from silian.operations.alliances.views.steps import reason_of
from silian.registers.organisations.choices import OrganisationKind

PURCHASES = ("政府购买教育服务", "alliances:purchase_list")


@require_POST
def case_step(request: Request, case_id: int, name: str) -> HttpResponse:
    """Apply, return, review or refuse (办理办学案例)."""
    case, reason = visible_case(request, case_id), reason_of(request)
    key: dict[str, Any] = {"case_id": case.pk, "actor": request.actor}
    steps = {
        "apply": (
            lambda: apply_case(**key, now=timezone.localtime()),
            "已提交，20 个工作日内审核。",
        ),
        "return": (lambda: return_case(**key, reason=reason), "已退回补正。"),
        "review": (lambda: review_case(**key), "审核通过，请另一位统筹人员批准。"),
        "refuse": (lambda: refuse_case(**key, reason=reason), "已作出不予批准的决定。"),
    }
    work, done = steps[name]
    return done_or_said(request, work, done=done, then=case)


def words(case: OwnershipCase, title: str, verb: str, *, lead: str = "") -> Any:
    return page_words(title, verb, back=case, register=REGISTER, lead=lead or case.title)


@require_http_methods(["GET", "HEAD", "POST"])
def approval_new(request: Request, case_id: int) -> HttpResponse:
    """Keep what an authority decided (登记审批环节)."""
    case = visible_case(request, case_id)
    require_reviewer(request.actor, case)
    known = case.approvals.filter(matter=request.GET.get("matter", "")[:120]).first()
    start = {
        name: getattr(known, name)
        for name in ("matter", "authority", "state", "reference", "decided_on", "note")
        if known is not None
    }
    form = ApprovalForm(*given(request), initial=start)
    return answer_form(
        request,
        form=form,
        page=words(case, "登记审批环节", "登记"),
        send=lambda said: record_approval(
            case_id=case.pk, facts=form.facts(), paper=said["paper"], actor=request.actor
        ),
        done="已登记。",
        then=case,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_approve(request: Request, case_id: int) -> HttpResponse:
    """Approve, with the day of the yearly report (批准办学)."""
    case = visible_case(request, case_id)
    require_approver(request.actor, case)
    form = ApproveForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=words(case, "批准办学", "批准", lead="全部审批环节已批准后生效；写明年度报告的月和日"),
        send=lambda said: approve_case(
            case_id=case.pk, actor=request.actor, today=timezone.localdate(), **said
        ),
        done="已批准，列入公开的案例名录。",
        then=case,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_run(request: Request, case_id: int) -> HttpResponse:
    """Say from which day the school runs (登记运行)."""
    case, today = visible_case(request, case_id), timezone.localdate()
    require_owner(request.actor, case)
    form = RunForm(request.POST or None, initial={"running_on": today})
    return answer_form(
        request,
        form=form,
        page=words(case, "登记运行", "登记"),
        send=lambda said: start_case(case_id=case.pk, actor=request.actor, today=today, **said),
        done="已登记运行，以后每年报送年度报告。",
        then=case,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_end(request: Request, case_id: int) -> HttpResponse:
    """End a school (终止办学)."""
    case, today = visible_case(request, case_id), timezone.localdate()
    require_reviewer(request.actor, case)
    form = EndForm(request.POST or None, initial={"ended_on": today})
    return answer_form(
        request,
        form=form,
        page=words(case, "终止办学", "终止"),
        send=lambda said: end_case(case_id=case.pk, actor=request.actor, today=today, **said),
        done="已终止，记录保留。",
        then=case,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_report(request: Request, case_id: int) -> HttpResponse:
    """Report a year (报送年度报告)."""
    case, today = visible_case(request, case_id), timezone.localdate()
    require_owner(request.actor, case)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else today.year - 1
    known = case.reports.filter(year=year).first()
    names = ("students", "invested", "summary")
    start = {name: getattr(known, name) for name in names if known is not None}
    form = CaseReportForm(*given(request), initial={"year": year, **start})
    return answer_form(
        request,
        form=form,
        page=words(case, "报送年度报告", "报送"),
        send=lambda said: report_case_year(
            case_id=case.pk, actor=request.actor, today=today, **said
        ),
        done="年度报告已报送。",
        then=case,
    )


@login_not_required
@require_safe
def purchase_list(request: Request) -> HttpResponseBase:
    """Places bought at schools run by enterprises (政府购买教育服务)."""
    table = Table(
        request=request,
        name="education_purchases",
        rows=purchases_visible_to(request.actor).select_related("buyer", "provider", "case"),
        caption="政府购买教育服务",
        columns=[
            Column("service", "购买内容", main=True),
            Column("year", "年度", lambda row: str(row.year), sort="year"),
            Column("buyer", "购买单位", lambda row: row.buyer.display_name),
            Column("provider", "承接单位", lambda row: row.provider.display_name),
            Column("seats", "学位", unit="个", numeric=True, sort="seats", total=True),
            Column("amount", "金额", unit="元", numeric=True, sort="amount", total=True),
            Column("contract_reference", "合同编号"),
            Column("plan_basis", "规划依据", optional=True),
        ],
        order="-year",
        empty={"missing": "还没有购买记录", "why": "主管部门签订合同后登记，在这里公开。"},
    )
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "keeps": keeps_registers(request.actor)}
    return render(request, f"{FOLDER}/purchases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def purchase_new(request: Request) -> HttpResponse:
    """Register places bought (登记政府购买教育服务)."""
    actor, kinds = request.actor, OrganisationKind
    require_keeper(actor, division=actor.jurisdiction)
    form = PurchaseForm(
        request.POST or None,
        buyers=units(kinds.GOVERNMENT, division=actor.jurisdiction),
        providers=units(kinds.ENTERPRISE, kinds.SCHOOL, division=actor.jurisdiction),
        cases=cases_visible_to(actor).filter(approved_on__isnull=False),
        initial={"buyer": actor.organisation_id, "year": timezone.localdate().year},
    )
    return answer_form(
        request,
        form=form,
        page=page_words("登记购买", "登记", back=PURCHASES[1], register=PURCHASES),
        send=lambda said: register_purchase(
            facts=form.facts(), actor=actor, today=timezone.localdate()
        ),
        done="已登记并公开。",
        then=PURCHASES[1],
    )
