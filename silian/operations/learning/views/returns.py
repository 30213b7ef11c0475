"""Pages of returns: own ones, the register, one return, and how it is filled in."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import (
    answer_form,
    done_or_refused,
    done_or_said,
    given,
    page_words,
    status_of,
)
from silian.foundation.ui.tables import Column, Table
from silian.operations.learning.choices import AMENDABLE, ReturnState
from silian.operations.learning.commands.returns import (
    WORKING_DAYS_TO_CHECK,
    add_evidence,
    begin_amendment,
    begin_return,
    drop_amendment,
    drop_evidence,
    save_draft,
    submit_return,
    withdraw_return,
)
from silian.operations.learning.forms.returns import AmendForm, EvidenceForm, ReturnForm
from silian.operations.learning.models.returns import FundReturn, ReturnVersion
from silian.operations.learning.permissions.fund import (
    calls_visible_to,
    is_consulted,
    may_check,
    owns,
    reads_register,
    require_owner,
    require_reporter,
    returns_visible_to,
)
from silian.operations.learning.queries.calls import calls_to_report
from silian.operations.learning.queries.returns import (
    collection_for,
    deduction_for,
    draft_of,
    notice_of,
    opinions_of,
    past_of,
    previous_version,
    returns_for_list,
    verdicts_for,
    version_steps,
    with_breaches,
)
from silian.operations.learning.views.words import OWN, typed

CHECKED = (ReturnState.SUBMITTED, ReturnState.REPORTED, ReturnState.ORDERED)


@require_safe
def own(request: Request) -> HttpResponse:
    """What the enterprise has to report, and its past years (本单位经费报告)."""
    actor = request.actor
    require_reporter(actor)
    rows = returns_for_list(returns_visible_to(actor)).filter(organisation=actor.organisation_id)
    context = {
        "calls": calls_to_report(organisation_id=actor.organisation_id or 0),
        "returns": rows.order_by("-year"),
    }
    return render(request, "learning/own.html", context)


@require_POST
def return_begin(request: Request, call_id: int) -> HttpResponse:
    """Begin a return (开始填报)."""
    call = get_object_or_404(calls_visible_to(request.actor), pk=call_id)
    require_reporter(request.actor)
    row = begin_return(call_id=call.pk, actor=request.actor)
    return redirect("learning:return_edit", row.pk)


@require_safe
def return_list(request: Request) -> HttpResponseBase:
    """The queue and register of submitted returns (经费报告核对)."""
    if not reads_register(request.actor):
        raise NotAllowed("报告由核对部门办理；贵单位的报告在“本单位经费报告”里。")
    bar = FilterBar(
        request=request,
        placeholder="企业、统一社会信用代码",
        facets=[
            facet(request=request, name="state", label="状态", choices=ReturnState.choices),
            facet(request=request, name="breach", label="核对", choices=[("1", "有不符合项")]),
            facet(request=request, name="year", label="年度", choices=years(request)),
        ],
    )
    table = returns_table(request, chosen(request, bar))
    if table.export_wanted:
        return table.export_response()
    template = "learning/_returns.html" if request.htmx else "learning/returns.html"
    return render(request, template, {"table": table, "bar": bar})


def years(request: Request) -> list[tuple[str, str]]:
    rows = returns_visible_to(request.actor).order_by("-year").values_list("year", flat=True)
    return [(str(year), f"{year} 年") for year in rows.distinct()]


def chosen(request: Request, bar: FilterBar) -> QuerySet[FundReturn]:
    """What the filters leave."""
    rows = returns_for_list(returns_visible_to(request.actor))
    if states := request.GET.getlist("state"):
        rows = rows.filter(state__in=states)
    if wanted := [year for year in request.GET.getlist("year") if year.isdecimal()][:20]:
        rows = rows.filter(year__in=[int(year[:4]) for year in wanted])
    if request.GET.get("breach"):
        rows = with_breaches(rows)
    if text := typed(bar.text):
        rows = rows.filter(Q(organisation__name__icontains=text) | Q(organisation__uscc=text))
    return rows


def returns_table(request: Request, rows: QuerySet[FundReturn]) -> Table:
    return Table(
        request=request,
        name="fund_returns",
        rows=rows,
        caption="职工教育经费年度报告",
        columns=[
            Column("organisation", "企业", lambda row: row.organisation.name, main=True),
            Column("year", "年度", lambda row: str(row.year), sort="year"),
            Column("division", "地区", lambda row: row.organisation.division.name),
            Column("wages", "工资总额", "current__wages", unit="元", numeric=True, optional=True),
            Column("extracted", "提取", "current__extracted", unit="元", numeric=True),
            Column("spent", "支出", "current__spent", unit="元", numeric=True, optional=True),
            Column("front", "用于一线", "current__frontline_spent", unit="元", numeric=True),
            Column("verdict", "核对", template="learning/_cell_verdict.html"),
            Column("check_due_at", "核对期限", sort="check_due_at", template=CLOCK),
            Column("state", "状态", template="learning/_cell_state.html", sort="state"),
        ],
        order="-pk",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有报告", "why": "下发通知后，企业提交的报告出现在这里。"},
    )


CLOCK = "learning/_cell_due.html"


def visible_return(request: Request, return_id: int) -> FundReturn:
    rows = returns_visible_to(request.actor).select_related(
        "organisation", "call__authority", "current", "case", "checked_by"
    )
    return get_object_or_404(rows, pk=return_id)


@require_safe
def return_detail(request: Request, return_id: int) -> HttpResponse:
    """One return: numbers, each rule with clause and verdict, versions, opinions (年度报告)."""
    row, actor = visible_return(request, return_id), request.actor
    is_own = owns(actor, row)
    draft = draft_of(row) if is_own else None
    shown = draft or row.current
    assert shown is not None
    context = {
        "row": row,
        "version": shown,
        "checks": checks_of(row, shown),
        "deduction": deduction_for(row, shown.figures),
        "owed": collection_for(row),
        "notice": notice_of(row),
        "before": previous_version(row),
        "files": files_of(row),
        "steps": version_steps(row),
        "opinions": opinions_of(row),
        "entries": past_of(row),
        **ways(request, row, draft=draft),
    }
    return render(request, "learning/return.html", context)


def ways(request: Request, row: FundReturn, *, draft: ReturnVersion | None) -> dict[str, Any]:
    """Which steps the reader has on this page."""
    actor = request.actor
    is_own, checks = owns(actor, row), may_check(actor, row)
    today = timezone.localdate()
    return {
        "is_own": is_own,
        "draft": draft,
        "checks_it": checks,
        "consulted": is_consulted(actor, row) and row.state in CHECKED[:2],
        "may_withdraw": is_own
        and row.state == ReturnState.SUBMITTED
        and today <= row.call.due_on
        and draft is None,
        "may_amend": is_own and row.state in AMENDABLE and draft is None,
        "may_drop": draft is not None and row.state in AMENDABLE,
        "promise": f"平台承诺：{WORKING_DAYS_TO_CHECK} 个工作日内核对",
    }


def checks_of(row: FundReturn, version: ReturnVersion) -> Any:
    """Kept when it was submitted; a draft is tried by the rules as they are now."""
    if version.submitted_at:
        return version.checks.all()
    return verdicts_for(row, version.figures) if version.wages else []


@require_http_methods(["GET", "HEAD", "POST"])
def return_edit(request: Request, return_id: int) -> HttpResponse:
    """Fill in the numbers (填报)."""
    row = visible_return(request, return_id)
    require_owner(request.actor, row)
    draft = draft_of(row)
    if draft is None:
        return redirect(row)
    form = ReturnForm(
        request.POST or None,
        initial=ReturnForm.initial_from(draft),
        before=previous_version(row),
    )
    if done_or_refused(
        form,
        lambda: save_draft(return_id=row.pk, figures=form.figures(), actor=request.actor),
    ):
        return redirect(row)
    context = {"form": form, "row": row, "draft": draft}
    return render(request, "learning/return_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: Request, return_id: int) -> HttpResponse:
    """Attach a voucher (上传凭证)."""
    row = visible_return(request, return_id)
    require_owner(request.actor, row)
    form = EvidenceForm(*given(request))
    return answer_form(
        request,
        form=form,
        page=page_words("上传凭证", "上传", back=row, register=OWN),
        send=lambda said: add_evidence(return_id=row.pk, upload=said["file"], actor=request.actor),
        done="凭证已上传。",
        then=row,
    )


@require_POST
def evidence_drop(request: Request, return_id: int, file_id: int) -> HttpResponse:
    """Take a voucher away (删除凭证)."""
    row = visible_return(request, return_id)
    require_owner(request.actor, row)
    get_object_or_404(files_of(row), pk=file_id)
    return done_or_said(
        request,
        lambda: drop_evidence(return_id=row.pk, file_id=file_id, actor=request.actor),
        done="凭证已删除。",
        then=row,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def return_amend(request: Request, return_id: int) -> HttpResponse:
    """Begin another version with its reason (更正)."""
    row = visible_return(request, return_id)
    require_owner(request.actor, row)
    form = AmendForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("更正报告", "开始更正", back=row, register=OWN, lead=str(row)),
        send=lambda said: begin_amendment(return_id=row.pk, actor=request.actor, **said),
        done="已建立更正版本，数字从上一版带出，请修改后提交。",
        then=row,
    )


STEPS: dict[str, Any] = {
    "submit": (submit_return, "已提交，核对部门会在承诺期限内核对。", True),
    "withdraw": (withdraw_return, "已撤回，可以修改后再提交。", True),
    "drop": (drop_amendment, "已放弃更正，原来提交的版本有效。", False),
}


@require_POST
def return_step(request: Request, return_id: int, name: str) -> HttpResponse:
    """A step of the enterprise by a button: submit, withdraw, leave an amendment."""
    row = visible_return(request, return_id)
    require_owner(request.actor, row)
    command, done, timed = STEPS[name]
    facts: dict[str, Any] = {"return_id": row.pk, "actor": request.actor}
    if timed:
        facts["now"] = timezone.now()
    return done_or_said(request, lambda: command(**facts), done=done, then=row)
