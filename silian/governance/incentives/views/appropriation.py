"""Pages of appropriation: years, the sheets of a year, one sheet step by step, a school's own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import answer_form, done_or_said, page_words
from silian.foundation.ui.tables import Column, Table
from silian.governance.incentives.choices.appropriation import SheetState
from silian.governance.incentives.commands.appropriation import (
    begin_correction,
    draft_sheets,
    recount_sheet,
    step_all,
    step_sheet,
)
from silian.governance.incentives.forms.appropriation import NoteForm, ReasonForm
from silian.governance.incentives.models.appropriation import (
    AppropriationLine,
    AppropriationSheet,
    AppropriationYear,
)
from silian.governance.incentives.permissions.appropriation import (
    drafts,
    require_drafter,
    require_reader,
    require_school,
    require_step,
    sets_up,
    sheets_visible_to,
    years_visible_to,
)
from silian.governance.incentives.queries.appropriation import (
    before_of,
    changes_between,
    past_of,
    sheets_for_list,
    sheets_waiting_for,
    steps_for,
    unset_words,
    year_before_of,
    years_for_list,
)
from silian.governance.incentives.rules.appropriation import plain
from silian.governance.incentives.workflow.appropriation import appropriation_sheet

PARTS = "incentives/appropriation/"
YEARS = ("生均拨款核算", "incentives:appropriation_years")
LABELS = {step.name: step.label for step in appropriation_sheet.transitions}
IN_ORDER = ("submit", "pass", "approve", "publish")


@require_safe
def year_list(request: Request) -> HttpResponseBase:
    """The years of the region (拨款年度)."""
    require_reader(request.actor)
    table = Table(
        request=request,
        name="appropriation_years",
        rows=years_for_list(years_visible_to(request.actor)),
        caption="拨款年度",
        columns=[
            Column("year", "预算年度", lambda row: f"{row.year} 年", sort="year", main=True),
            Column("division", "地区", "division__name"),
            Column("counted_on", "统计日", sort="counted_on"),
            Column("finance", "核算部门", lambda row: row.finance.display_name),
            Column("sheets", "核算表", "sheet_count", unit="份", numeric=True),
            Column("published", "已送达", "published_count", unit="份", numeric=True),
            Column("total", "已送达金额", "published_total", unit="元", numeric=True),
        ],
        order="-year",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有拨款年度", "why": "设立年度后按名册起草各校核算表。"},
    )
    if table.export_wanted:
        return table.export_response()
    context = {"table": table, "opens": sets_up(request.actor)}
    return render(request, f"{PARTS}years.html", context)


def visible_year(request: Request, year_id: int) -> AppropriationYear:
    rows = years_visible_to(request.actor).select_related("finance", "education", "division")
    return get_object_or_404(rows, pk=year_id)


@require_safe
def year_detail(request: Request, year_id: int) -> HttpResponseBase:
    """The sheets of a year: by school, what waits, what is not set (各校核算表)."""
    year = visible_year(request, year_id)
    bar = FilterBar(
        request=request,
        placeholder="学校",
        facets=[facet(request=request, name="state", label="状态", choices=SheetState.choices)],
    )
    table = sheet_table(request, chosen(request, year, bar))
    if table.export_wanted:
        return table.export_response()
    mine = [
        row for row in sheets_waiting_for(request.actor) if row.appropriation_year_id == year.pk
    ]
    open_to = {step for row in mine for step in steps_for(request.actor, row)}
    lines = AppropriationLine.objects.filter(sheet__appropriation_year=year)
    context = {
        "year": year, "table": table, "bar": bar, "drafts": drafts(request.actor, year),
        "sets_up": sets_up(request.actor), "unset": unset_words(lines.filter(amount__isnull=True)),
        "bulk": [(step, LABELS[step]) for step in IN_ORDER if step in open_to],
        "waiting": len(mine), "facts": year_facts(year),
    }  # fmt: skip
    return render(request, f"{PARTS}year{'_table' if request.htmx else ''}.html", context)


def waiting_in(year: AppropriationYear, *, actor: Actor) -> list[AppropriationSheet]:
    """The sheets of the year whose next step is the reader's."""
    return [row for row in sheets_waiting_for(actor) if row.appropriation_year_id == year.pk]


def year_facts(year: AppropriationYear) -> list[Fact]:
    return [
        Fact(name="学生数统计日", value=f"{year.counted_on:%Y-%m-%d}"),
        Fact(name="核算部门", value=year.finance.display_name),
        Fact(name="核对部门", value=year.education.display_name),
        Fact(name="依据", value=year.basis, wide=True),
    ]


def chosen(
    request: Request, year: AppropriationYear, bar: FilterBar
) -> QuerySet[AppropriationSheet]:
    """The newest version of each school as the filters leave them."""
    rows = sheets_for_list(sheets_visible_to(request.actor).filter(appropriation_year=year))
    states = request.GET.getlist("state")
    rows = rows.filter(state__in=states) if states else rows.exclude(state=SheetState.REPLACED)
    text = bar.text.replace("\x00", "")[:60]
    return rows.filter(school__name__icontains=text) if text else rows


def sheet_table(request: Request, rows: QuerySet[AppropriationSheet]) -> Table:
    return Table(
        request=request,
        name="appropriation_sheets",
        rows=rows,
        caption="拨款核算表",
        columns=[
            Column("school", "学校", lambda row: row.school.display_name, main=True),
            Column("version", "版本", lambda row: f"第 {row.version} 版", sort="version"),
            Column("students", "在校学生", sort="students", unit="人", numeric=True, total=True),
            Column("total", "应拨经费", sort="total", unit="元", numeric=True, total=True,
                   template=f"{PARTS}_cell_total.html", export=lambda row: row.total),
            Column("unset", "未设定", lambda row: row.unset or "", unit="个专业", numeric=True,
                   optional=True),
            Column("state", "状态", template=f"{PARTS}_cell_state.html", sort="state",
                   export=lambda row: row.get_state_display()),
        ],
        order="pk",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有核算表", "why": "核算部门起草后，各校一份出现在这里。"},
    )  # fmt: skip


@require_POST
def year_draft(request: Request, year_id: int) -> HttpResponse:
    """Draft the sheets of all schools (起草)."""
    year = visible_year(request, year_id)
    require_drafter(request.actor, year)
    return done_or_said(
        request,
        lambda: draft_sheets(year_id=year.pk, actor=request.actor, now=timezone.now()),
        done="已按统计日名册起草，已有的核算表没有变动。",
        then=year,
    )


@require_POST
def year_step(request: Request, year_id: int, name: str) -> HttpResponse:
    """Take a step on all sheets that wait for it (批量办理)."""
    year = visible_year(request, year_id)
    require_step(request.actor, year, step=name)
    return done_or_said(
        request,
        lambda: step_all(year_id=year.pk, step=name, actor=request.actor, now=timezone.now()),
        done=f"已对可以办理的核算表全部{LABELS[name]}。",
        then=year,
    )


@require_safe
def own_sheets(request: Request) -> HttpResponseBase:
    """What a school was sent (本校拨款)."""
    require_school(request.actor)
    rows = sheets_visible_to(request.actor).filter(school=request.actor.organisation_id)
    table = Table(
        request=request,
        name="own_appropriation",
        rows=sheets_for_list(rows),
        caption="本校拨款",
        columns=[
            Column("year", "预算年度", lambda row: f"{row.appropriation_year.year} 年", main=True,
                   sort="appropriation_year__year"),
            Column("version", "版本", lambda row: f"第 {row.version} 版"),
            Column("students", "在校学生", unit="人", numeric=True),
            Column("total", "应拨经费", unit="元", numeric=True,
                   template=f"{PARTS}_cell_total.html", export=lambda row: row.total),
            Column("published_on", "送达日"),
            Column("state", "状态", template=f"{PARTS}_cell_state.html",
                   export=lambda row: row.get_state_display()),
        ],
        order="-appropriation_year__year",
        row_url=lambda row: row.get_absolute_url(),
        empty={"missing": "还没有收到核算表", "why": "财政部门审定后送达。"},
    )  # fmt: skip
    if table.export_wanted:
        return table.export_response()
    return render(request, f"{PARTS}own.html", {"table": table})


def visible_sheet(request: Request, sheet_id: int) -> AppropriationSheet:
    rows = sheets_visible_to(request.actor).select_related(
        "school", "appropriation_year__finance", "appropriation_year__education", "drafted_by",
        "checked_by", "approved_by",
    )  # fmt: skip
    return get_object_or_404(rows, pk=sheet_id)


@require_safe
def sheet_detail(request: Request, sheet_id: int) -> HttpResponseBase:
    """One sheet: each programme with its numbers, sources and explanation (拨款核算表)."""
    sheet, actor = visible_sheet(request, sheet_id), request.actor
    lines = list(sheet.lines.all())
    table = line_table(request, sheet, lines)
    if table.export_wanted:
        return table.export_response()
    former = before_of(sheet)
    context: dict[str, Any] = {
        "sheet": sheet, "table": table, "lines": lines, "unset": unset_words(lines),
        "former": former, "changes": changes_between(former, lines),
        "year_before": year_before_of(sheet), "entries": past_of(sheet),
        "steps": [(step, LABELS[step]) for step in steps_for(actor, sheet)],
        "recounts": sheet.state == SheetState.DRAFT and drafts(actor, sheet.appropriation_year),
        "corrects": sheet.state == SheetState.PUBLISHED
        and drafts(actor, sheet.appropriation_year),
        "is_school": actor.organisation_id == sheet.school_id,
    }  # fmt: skip
    return render(request, f"{PARTS}sheet.html", context)


def line_table(
    request: Request, sheet: AppropriationSheet, lines: list[AppropriationLine]
) -> Table:
    return Table(
        request=request,
        name="appropriation_lines",
        rows=lines,
        caption=str(sheet),
        columns=[
            Column("name", "专业", template=f"{PARTS}_cell_programme.html", main=True,
                   export=lambda row: row.name),
            Column("major_code", "专业代码", optional=True),
            Column("students", "学生", unit="人", numeric=True, total=True),
            Column("base", "生均标准", lambda row: plain(row.base), unit="元", numeric=True),
            Column("weight", "成本系数", lambda row: plain(row.weight), numeric=True),
            Column("factor", "绩效系数", lambda row: plain(row.factor), numeric=True),
            Column("amount", "应拨经费", unit="元", numeric=True, total=True,
                   template=f"{PARTS}_cell_amount.html", export=lambda row: row.amount),
            Column("explanation", "怎么算的", optional=True),
            Column("base_source", "标准依据", optional=True),
            Column("weight_source", "系数依据", optional=True),
            Column("factor_source", "绩效依据", optional=True),
        ],
        order="pk",
        views=False,
        empty={"missing": "统计日没有在校学生", "why": "班级名册里没有这所学校的在读学生。"},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_step(request: Request, sheet_id: int, name: str) -> HttpResponse:
    """Take one step with an opinion (办理)."""
    sheet, actor = visible_sheet(request, sheet_id), request.actor
    require_step(actor, sheet.appropriation_year, step=name)
    form = NoteForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words(LABELS[name], LABELS[name], back=sheet, register=YEARS, lead=str(sheet)),
        send=lambda said: step_sheet(
            sheet_id=sheet.pk, step=name, actor=actor, now=timezone.now(), **said
        ),
        done="已办理。",
        then=sheet,
    )


@require_POST
def sheet_recount(request: Request, sheet_id: int) -> HttpResponse:
    """Compute a draft anew (重新计算)."""
    sheet = visible_sheet(request, sheet_id)
    require_drafter(request.actor, sheet.appropriation_year)
    return done_or_said(
        request,
        lambda: recount_sheet(sheet_id=sheet.pk, actor=request.actor),
        done="已按统计日有效的参数重新计算。",
        then=sheet,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_correct(request: Request, sheet_id: int) -> HttpResponse:
    """Begin another version (更正)."""
    sheet, actor = visible_sheet(request, sheet_id), request.actor
    require_drafter(actor, sheet.appropriation_year)
    form = ReasonForm(request.POST or None)
    return answer_form(
        request,
        form=form,
        page=page_words("更正核算表", "另立一版", back=sheet, register=YEARS, lead=str(sheet)),
        send=lambda said: begin_correction(
            sheet_id=sheet.pk, actor=actor, now=timezone.now(), **said
        ),
        done="已另立一版并重新计算，送达前学校仍看到原来的一版。",
    )
