"""Statements: of the school with and without cap, of the teacher, of the region by school."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import answer_form, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.commands.pay_totals import draft_total, step_total
from silian.governance.incentives.exports.income import HEADER, OWN_HEADER, own_rows, rows_of
from silian.governance.incentives.forms.appropriation import NoteForm
from silian.governance.incentives.forms.income import PayTotalForm
from silian.governance.incentives.gateways.rulebook import place_of
from silian.governance.incentives.models.pay_totals import PayTotal
from silian.governance.incentives.permissions.income import (
    pay_totals_visible_to,
    registers_income,
    require_pay_reader,
    require_pay_step,
    require_registrar,
    require_school_reader,
    require_teacher,
    require_totals_reader,
)
from silian.governance.incentives.queries.income import (
    history,
    own_lines,
    pay_steps,
    pay_totals_waiting_for,
    statement_of,
    totals_of,
    years_known,
)
from silian.governance.incentives.workflow.income import pay_total as pay_total_steps
from silian.registers.organisations.models import Organisation

PARTS = "incentives/income/"
TOTALS = ("绩效工资总量核定", "incentives:pay_totals")
LABELS = {step.name: step.label for step in pay_total_steps.transitions}


def year_asked(request: Request) -> int:
    """The year of the address, this one else."""
    today = timezone.localdate()
    text = request.GET.get("year", "")
    known = years_known(request.actor, today=today)
    return int(text) if text.isdecimal() and int(text[:5]) in known else known[0]


def year_context(request: Request) -> dict[str, object]:
    return {
        "year": year_asked(request),
        "years": years_known(request.actor, today=timezone.localdate()),
    }


@require_safe
def school_statement(request: Request) -> HttpResponseBase:
    """The school's year: by kind and by person, under the cap and outside (核算表)."""
    require_school_reader(request.actor)
    school = get_object_or_404(Organisation, pk=request.actor.organisation_id)
    statement = statement_of(school, year=year_asked(request))
    if request.GET.get("export") == "xlsx":
        name = f"{school.display_name}{statement.year}年收入与奖励核算表"
        return file_response(kind="xlsx", name=name, header=HEADER, rows=rows_of(statement))
    context = {
        "school": school, "statement": statement, "place": place_of(school.division_id),
        "printed_at": timezone.localtime(), **year_context(request),
    }  # fmt: skip
    return render(request, f"{PARTS}statement.html", context)


@require_safe
def own_income(request: Request) -> HttpResponseBase:
    """What the teacher got, each with its clause and the hint about tax (我的收入与奖励)."""
    require_teacher(request.actor)
    year = year_asked(request)
    lines = own_lines(request.actor, year=year)
    if request.GET.get("export") == "xlsx":
        name = f"{year}年收入与奖励明细"
        return file_response(kind="xlsx", name=name, header=OWN_HEADER, rows=own_rows(lines))
    total = sum((line.share.amount for line in lines), Decimal(0))
    context = {
        "lines": lines,
        "total": total,
        "printed_at": timezone.localtime(),
        **year_context(request),
    }
    return render(request, f"{PARTS}own.html", context)


@require_safe
def region_totals(request: Request) -> HttpResponseBase:
    """Sums by school, no person (分校汇总)."""
    require_totals_reader(request.actor)
    year = year_asked(request)
    table = Table(
        request=request,
        name="income_totals",
        rows=totals_of(request.actor, year=year),
        caption=f"{year} 年院校收入与奖励汇总",
        columns=[
            Column("school", "学校", lambda row: row.school.display_name, main=True),
            Column("people", "人数", unit="人", numeric=True, total=True),
            Column("amount", "合计", lambda row: row.split.amount, unit="元", numeric=True,
                   total=True),
            Column("capped", "受总量限制", lambda row: row.split.capped, unit="元", numeric=True,
                   total=True),
            Column("free", "不受限制", lambda row: row.split.free, unit="元", numeric=True,
                   total=True),
            Column("in_total", "计入当年总量", lambda row: row.split.in_total, unit="元",
                   numeric=True, total=True, optional=True),
            Column("unset", "归类未设定", lambda row: row.split.unset, unit="元", numeric=True,
                   total=True),
        ],
        views=False,
        empty={"missing": f"{year} 年还没有登记", "why": "院校确认收入项目后按学校汇总。"},
    )  # fmt: skip
    if table.export_wanted:
        return table.export_response()
    return render(request, f"{PARTS}totals.html", {"table": table, **year_context(request)})


@require_safe
def pay_total_list(request: Request) -> HttpResponseBase:
    """Proposals and approvals of pay totals (绩效工资总量核定)."""
    actor = request.actor
    require_pay_reader(actor)
    table = Table(
        request=request,
        name="pay_totals",
        rows=pay_totals_visible_to(actor).select_related("school"),
        caption="绩效工资总量核定表",
        columns=[
            Column("school", "学校", lambda row: row.school.display_name, main=True),
            Column("year", "年度", lambda row: f"{row.year} 年", sort="year"),
            Column("version", "版本", lambda row: f"第 {row.version} 版"),
            Column("proposed", "拟报总量", unit="元", numeric=True, sort="proposed"),
            Column("free", "单列、不受限制", unit="元", numeric=True, sort="free"),
            Column("approved_on", "核定日", sort="approved_on"),
            Column("state", "状态", template=f"{PARTS}_cell_state.html", sort="state",
                   export=lambda row: row.get_state_display()),
        ],
        order="-year",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有核定表", "why": "学校拟报后，人社、财政部门在这里核定。"},
    )  # fmt: skip
    if table.export_wanted:
        return table.export_response()
    context = {
        "table": table, "registers": registers_income(actor),
        "waiting": len(pay_totals_waiting_for(actor)),
    }  # fmt: skip
    return render(request, f"{PARTS}pay_totals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pay_total_new(request: Request) -> HttpResponse:
    """Draft a proposal (拟报)."""
    actor, today = request.actor, timezone.localdate()
    require_registrar(actor)
    form = PayTotalForm(request.POST or None, initial={"year": today.year})
    return answer_form(
        request,
        form=form,
        page=page_words("拟报绩效工资总量", "保存", back=TOTALS[1], register=TOTALS),
        send=lambda said: draft_total(actor=actor, today=today, **said),
        done="已保存，核对单列的收入后报送。",
    )


def visible_total(request: Request, pay_total_id: int) -> PayTotal:
    rows = pay_totals_visible_to(request.actor).select_related(
        "school", "proposed_by", "passed_by", "approved_by"
    )
    return get_object_or_404(rows, pk=pay_total_id)


@require_safe
def pay_total_detail(request: Request, pay_total_id: int) -> HttpResponse:
    """One proposal with what stands outside the cap (核定表)."""
    row = visible_total(request, pay_total_id)
    context = {
        "row": row, "entries": history(row), "printed_at": timezone.localtime(),
        "steps": [(step, LABELS[step]) for step in pay_steps(request.actor, row)],
        "former": PayTotal.objects.filter(
            school_id=row.school_id, year=row.year, version=row.version - 1
        ).first(),
        "is_school": request.actor.organisation_id == row.school_id,
    }  # fmt: skip
    return render(request, f"{PARTS}pay_total.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pay_total_step(request: Request, pay_total_id: int, name: str) -> HttpResponse:
    """Propose, pass, approve, send back (办理)."""
    row, actor = visible_total(request, pay_total_id), request.actor
    require_pay_step(actor, row, step=name)
    form = NoteForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(LABELS[name], LABELS[name], back=row, register=TOTALS, lead=str(row)),
        send=lambda said: step_total(
            pay_total_id=row.pk, step=name, actor=actor, now=timezone.now(), **said
        ),
        done="已办理。",
        then=row,
    )
