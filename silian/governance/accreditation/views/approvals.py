"""Pages of approval cases: apply, follow, handle."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table
from silian.governance.accreditation.choices.guide import CaseState, VersionState
from silian.governance.accreditation.commands import approvals as commands
from silian.governance.accreditation.forms import guide as shapes
from silian.governance.accreditation.models.approvals import ApprovalCase
from silian.governance.accreditation.permissions.guide import (
    cases_visible_to,
    is_own_case,
    matters_visible_to,
    may_handle,
    may_see_cases,
    require_applicant,
    require_handler,
    require_own_case,
)
from silian.governance.accreditation.queries.guide import case_page, cases_for_list
from silian.governance.accreditation.views.acts import Act, act_named, answer_act

CELL = "accreditation/guide/"
ROOT = ("办件", "accreditation:case_list")
GET_OR_POST = ("GET", "HEAD", "POST")


@require_safe
def case_list(request: Request) -> HttpResponseBase:
    """The cases of one's own department or one's own applications (办件)."""
    if not may_see_cases(request.actor):
        raise NotAllowed("办件只对申请单位和实施机关开放。")
    rows = cases_visible_to(request.actor)
    if chosen := request.GET.getlist("state"):
        rows = rows.filter(state__in=chosen)
    bar = FilterBar(
        request=request,
        placeholder="申请事由、单位、事项",
        facets=[facet(request=request, name="state", label="状态", choices=CaseState.choices)],
    )
    if text := bar.text:
        rows = (
            rows.filter(title__icontains=text)
            | rows.filter(applicant__name__icontains=text)
            | rows.filter(matter__title__icontains=text)
        )
    table = case_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    template = "_cases.html" if request.htmx else "cases.html"
    return render(request, f"{CELL}{template}", {"table": table, "bar": bar})


def case_table(request: Request, rows: QuerySet[ApprovalCase]) -> Table:
    return Table(
        request=request,
        name="approval_cases",
        rows=cases_for_list(rows),
        caption="审批办件",
        columns=[
            Column("title", "申请事由", main=True),
            Column("number", "办件编号", optional=True),
            Column("matter", "事项", value="matter__title"),
            Column("applicant", "申请单位", value="applicant__name"),
            Column("applied_at", "申请时间", sort="applied_at"),
            Column("due_at", "办结期限", template=f"{CELL}_cell_due.html", sort="due_at"),
            Column("used_days", "用时", unit="工作日", numeric=True, sort="used_days"),
            Column("limit_days", "时限", unit="工作日", numeric=True),
            Column(
                "state", "状态", value=lambda row: row.get_state_display(),
                template=f"{CELL}_cell_state.html", sort="state",
            ),
        ],
        order="-applied_at",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "没有办件", "why": "在办事指南里选择事项后提交申请。"},
    )  # fmt: skip


@require_safe
def case_detail(request: Request, case_id: int) -> HttpResponse:
    """One case: what was applied for, its steps with their clocks, the decision."""
    rows = cases_visible_to(request.actor).select_related(
        "matter__authority", "applicant", "version", "applied_by", "decided_by"
    )
    case = get_object_or_404(rows, pk=case_id)
    context = {
        **case_page(case),
        "handles": may_handle(request.actor, case),
        "own": is_own_case(request.actor, case),
    }
    return render(request, f"{CELL}case.html", context)


@require_http_methods(GET_OR_POST)
def case_new(request: Request, matter_id: int) -> HttpResponse:
    """Apply against a published guide (申请)."""
    require_applicant(request.actor)
    matter = get_object_or_404(matters_visible_to(request.actor), pk=matter_id)
    version = matter.versions.filter(state=VersionState.PUBLISHED).first()
    if version is None:
        raise DomainError("事项还没有公布指南，不能申请。")
    form = shapes.ApplyForm(*given(request), matter=matter, version=version)

    def send(said: dict[str, Any]) -> ApprovalCase:
        return commands.apply_for(
            matter_id=matter.pk, title=said["title"], detail=said["detail"],
            files=request.FILES.getlist("file"), actor=request.actor, now=timezone.localtime(),
        )  # fmt: skip

    page = FormPage(
        title=f"申请：{matter.title}",
        button="提交申请",
        back=matter.get_absolute_url(),
        crumbs=(("办事指南", reverse("accreditation:matter_list")),),
    )
    done = "申请已提交。实施机关将在法定期限内受理或一次告知补正。"
    return answer_form(request, form=form, page=page, send=send, done=done)


def handled(request: Request, case: ApprovalCase) -> None:
    require_handler(request.actor, case)


def own(request: Request, case: ApprovalCase) -> None:
    require_own_case(request.actor, case)


def refusal(request: Request, case: ApprovalCase) -> Any:
    remedy = commands.usual_remedy(case.matter, on=timezone.localdate())
    return shapes.RefuseForm(*given(request), initial={"remedy": remedy})


def empty(request: Request, case: ApprovalCase) -> Any:
    return shapes.EmptyForm(*given(request))


CASE_ACTS: dict[str, Act] = {
    "ask": Act(
        title="一次告知补正", button="告知", done="已告知申请单位。", require=handled,
        form=lambda request, case: shapes.AskForm(*given(request)),
        send=lambda request, case, form: commands.ask_supplement(
            case_id=case.pk, items=form.cleaned_data["items"], actor=request.actor,
            now=timezone.localtime(),
        ),
    ),
    "supplement": Act(
        title="补正材料", button="提交补正", done="补正已提交。", require=own,
        form=lambda request, case: shapes.SupplementForm(*given(request)),
        send=lambda request, case, form: commands.supplement_case(
            case_id=case.pk, detail=form.cleaned_data["detail"],
            files=request.FILES.getlist("file"), actor=request.actor, now=timezone.localtime(),
        ),
        lead=lambda case: f"需要补正：{case.supplement}",
    ),
    "accept": Act(
        title="受理申请", button="受理", done="已受理，办理时限开始计算。", require=handled,
        form=empty,
        send=lambda request, case, form: commands.accept_case(
            case_id=case.pk, actor=request.actor, now=timezone.localtime()
        ),
    ),
    "step": Act(
        title="办结当前环节", button="办结", done="环节已办结。", require=handled,
        form=lambda request, case: shapes.StepDoneForm(*given(request)),
        send=lambda request, case, form: commands.finish_step(
            case_id=case.pk, note=form.cleaned_data["note"], actor=request.actor,
            now=timezone.localtime(),
        ),
    ),
    "grant": Act(
        title="准予许可", button="准予", done="已作出准予决定。", require=handled,
        form=lambda request, case: shapes.GrantForm(*given(request)),
        send=lambda request, case, form: commands.grant_case(
            case_id=case.pk, document=form.cleaned_data["document"], actor=request.actor,
            now=timezone.localtime(),
        ),
    ),
    "refuse": Act(
        title="不予许可", button="作出不予决定", done="已作出不予决定并告知救济途径。",
        require=handled, form=refusal,
        send=lambda request, case, form: commands.refuse_case(
            case_id=case.pk, actor=request.actor, now=timezone.localtime(), **form.cleaned_data
        ),
    ),
    "withdraw": Act(
        title="撤回申请", button="撤回", done="申请已撤回。", require=own, form=empty,
        send=lambda request, case, form: commands.withdraw_case(
            case_id=case.pk, actor=request.actor
        ),
    ),
}  # fmt: skip


@require_http_methods(GET_OR_POST)
def case_act(request: Request, case_id: int, name: str) -> HttpResponse:
    """One act on a case: ask, supplement, accept, step, grant, refuse, withdraw."""
    case = get_object_or_404(cases_visible_to(request.actor).select_related("matter"), pk=case_id)
    act = act_named(CASE_ACTS, name)
    return answer_act(request, act=act, subject=case, home=case, root=ROOT)
