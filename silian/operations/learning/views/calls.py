"""Pages of notices: list, one notice with its progress, who reports, chasing."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.operations.learning.commands.calls import (
    add_units_by_size,
    change_call,
    draft_call,
    issue_call,
    remind_missing,
    remove_unit,
)
from silian.operations.learning.forms.calls import CallForm, UnitsBySizeForm
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.permissions.fund import (
    calls_visible_to,
    may_call,
    may_manage,
    reads_register,
    require_caller,
    require_manager,
)
from silian.operations.learning.queries.calls import (
    calls_for_list,
    missing_units,
    progress_of,
    units_of,
)
from silian.operations.learning.views.words import CALLS


@require_safe
def call_list(request: Request) -> HttpResponseBase:
    """The notices of the region, year by year (经费报告通知)."""
    if not reads_register(request.actor):
        raise NotAllowed("通知由主管部门办理；贵单位要填的报告在“本单位经费报告”里。")
    table = Table(
        request=request,
        name="fund_calls",
        rows=calls_for_list(calls_visible_to(request.actor)),
        caption="经费报告通知",
        columns=[
            Column("title", "通知", main=True),
            Column("year", "年度", lambda row: str(row.year), sort="year"),
            Column("authority", "核对部门", lambda row: row.authority.display_name),
            Column("due_on", "截止日", sort="due_on"),
            Column("asked", "应报", lambda row: row.asked or 0, unit="家", numeric=True),
            Column("submitted", "已报", lambda row: row.submitted or 0, unit="家", numeric=True),
            Column("state", "状态", template="learning/_cell_state.html"),
        ],
        order="-year",
        export=True,
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有通知", "why": "每年拟定一份，选定应报企业后下发。"},
    )
    if table.export_wanted:
        return table.export_response()
    return render(
        request, "learning/calls.html", {"table": table, "calls": may_call(request.actor)}
    )


def visible_call(request: Request, call_id: int) -> FundCall:
    rows = calls_visible_to(request.actor).select_related("authority", "division")
    return get_object_or_404(rows, pk=call_id)


@require_safe
def call_detail(request: Request, call_id: int) -> HttpResponseBase:
    """One notice: for officials its progress and who is missing, for a firm its own return."""
    call = visible_call(request, call_id)
    if not reads_register(request.actor):
        return redirect("learning:own")
    rows = missing_units(call) if request.GET.get("show") != "all" else units_of(call)
    table = units_table(request, call, rows)
    if table.export_wanted:
        return table.export_response()
    progress = progress_of(call)
    context = {
        "call": call,
        "table": table,
        "progress": progress,
        "asked": sum(row.asked for row in progress),
        "submitted": sum(row.submitted for row in progress),
        "missing": sum(row.missing for row in progress),
        "consulted": call.consulted.select_related("organisation"),
        "manages": may_manage(request.actor, call),
        "shows_all": request.GET.get("show") == "all",
        "today": timezone.localdate(),
    }
    return render(request, "learning/call.html", context)


def units_table(request: Request, call: FundCall, rows: Any) -> Table:
    shown = "order" if may_manage(request.actor, call) else "case"
    return Table(
        request=request,
        name="fund_call_units",
        rows=rows,
        caption=f"{call.title} 应报企业",
        columns=[
            Column("organisation", "企业", lambda row: row.organisation.name, main=True),
            Column("uscc", "统一社会信用代码", lambda row: row.organisation.uscc),
            Column("division", "地区", lambda row: row.organisation.division.name),
            Column("contact", "联系人", lambda row: row.organisation.contact_name, optional=True),
            Column("submitted_at", "提交时间", sort="submitted_at"),
            Column("reminded_at", "最近催报", sort="reminded_at"),
            Column("case", "责令报送", template=f"learning/_cell_{shown}.html"),
        ],
        order="pk",
        export=True,
        empty={"missing": "没有未报的企业", "why": "应报企业都已提交，或还没有加入应报企业。"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: Request) -> HttpResponse:
    """Draft the notice of a year (拟定通知)."""
    actor, today = request.actor, timezone.localdate()
    require_caller(actor, division=actor.jurisdiction)
    start = {
        "year": today.year - 1,
        "title": f"{today.year - 1} 年度职工教育培训经费提取使用情况报告",
        "due_on": today + datetime.timedelta(days=60),
        "authority": actor.organisation_id,
    }
    form = CallForm(request.POST or None, actor=actor, initial=start)
    return answer_form(
        request,
        form=form,
        page=page_words("拟定经费报告通知", "保存", back=CALLS[1], register=CALLS),
        send=lambda said: draft_call(facts=form.facts(), actor=actor, today=today),
        done="已保存，请选定应报企业后下发。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: Request, call_id: int) -> HttpResponse:
    """Change a notice (修改通知)."""
    call, actor = visible_call(request, call_id), request.actor
    require_manager(actor, call)
    form = CallForm(request.POST or None, actor=actor, initial=CallForm.initial_from(call))
    return answer_form(
        request,
        form=form,
        page=page_words("修改通知", "保存", back=call, register=CALLS, lead=call.title),
        send=lambda said: change_call(call_id=call.pk, facts=form.facts(), actor=actor),
        done="已保存。",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def call_units(request: Request, call_id: int) -> HttpResponse:
    """Add enterprises by a condition (按条件加入应报企业)."""
    call, actor = visible_call(request, call_id), request.actor
    require_manager(actor, call)
    form = UnitsBySizeForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(
            "加入应报企业",
            "加入",
            back=call,
            register=CALLS,
            lead="选中的本地区已核验企业都加入名单；已在名单里的不重复",
        ),
        send=lambda said: add_units_by_size(call_id=call.pk, actor=actor, **said) or True,
        done="名单已更新。",
        then=call,
    )


@require_POST
def call_unit_drop(request: Request, call_id: int, unit_id: int) -> HttpResponse:
    """Take an enterprise off a notice (移出)."""
    call = visible_call(request, call_id)
    require_manager(request.actor, call)
    get_object_or_404(call.units, pk=unit_id)
    return done_or_said(
        request,
        lambda: remove_unit(call_id=call.pk, unit_id=unit_id, actor=request.actor),
        done="已移出。",
        then=call,
    )


@require_POST
def call_issue(request: Request, call_id: int) -> HttpResponse:
    """Send a notice out (下发)."""
    call = visible_call(request, call_id)
    require_manager(request.actor, call)
    return done_or_said(
        request,
        lambda: issue_call(
            call_id=call.pk,
            actor=request.actor,
            now=timezone.now(),
            today=timezone.localdate(),
        ),
        done="已下发，应报企业会收到待办。",
        then=call,
    )


@require_POST
def call_remind(request: Request, call_id: int) -> HttpResponse:
    """Chase those who are missing (催报)."""
    call = visible_call(request, call_id)
    require_manager(request.actor, call)
    return done_or_said(
        request,
        lambda: remind_missing(
            call_id=call.pk,
            actor=request.actor,
            now=timezone.now(),
            today=timezone.localdate(),
        ),
        done="已催报未提交的企业。",
        then=call,
    )
