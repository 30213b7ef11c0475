"""Ranking with its reckoning, fixed sheets, and the scheme behind them (督查评分)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.components import Fact
from silian.foundation.ui.exports import file_response
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.governance.policy_tasks.commands.supervision_scores import enter_scheme, fix_scores
from silian.governance.policy_tasks.exports.supervision_scores import (
    HEADER,
    UNSET,
    WORD_TYPE,
    ScoredRow,
    score_document,
    sheet_rows,
)
from silian.governance.policy_tasks.forms.supervision import POINT_LABELS, PeriodForm, SchemeForm
from silian.governance.policy_tasks.models.supervision_scores import ScoreScheme, ScoreSheet
from silian.governance.policy_tasks.permissions.supervision import (
    schemes_visible_to,
    sheets_visible_to,
)
from silian.governance.policy_tasks.permissions.supervision_scope import (
    may_coordinate,
    may_supervise,
    require_coordinator,
    require_supervisor,
)
from silian.governance.policy_tasks.queries.supervision_scores import (
    COUNTY,
    DEPARTMENT,
    KINDS,
    Period,
    Standing,
    placed,
    scheme_in_force,
    standings,
)
from silian.governance.policy_tasks.views.supervision_rounds import require_overseer

CELLS = "policy_tasks/supervision"


@require_safe
def supervision_ranking(request: Request) -> HttpResponseBase:
    """Departments and counties by score, each with its reckoning (评分排名)."""
    actor, today = request.actor, timezone.localdate()
    require_overseer(actor)
    form = PeriodForm.asked(request.GET, today=today)
    period = Period(**form.cleaned_data)
    scheme = scheme_in_force(division=actor.jurisdiction, on=period.ends_on)
    rows = standings(division=actor.jurisdiction, period=period, scheme=scheme, on=today)
    title = f"{period.starts_on} 至 {period.ends_on} 督查评分"
    if request.GET.get("export"):
        kept = [as_scored(row) for row in rows]
        return download(request, title=title, basis=basis_of(scheme), rows=kept)
    context = {
        "form": form,
        "title": title,
        "scheme": scheme,
        "departments": placed(row for row in rows if row.kind == DEPARTMENT),
        "counties": placed(row for row in rows if row.kind == COUNTY),
        "chart": chart_of(rows, period=period) if scheme else None,
        "sheets": sheets_visible_to(actor).select_related("fixed_by", "scheme")[:10],
        "coordinates": may_coordinate(actor),
        "supervises": may_supervise(actor),
        "query": request.GET.urlencode(),
    }
    return render(request, f"{CELLS}/ranking.html", context)


def chart_of(rows: list[Standing], *, period: Period) -> Chart:
    shown = [row for row in rows if row.kind == DEPARTMENT and row.score]
    return Chart(
        name="supervision_scores",
        title="部门督查得分",
        unit="分",
        source="任务台账与督办单",
        as_of=period.ends_on,
        kind="bars",
        labels=[row.name for row in shown],
        series=[Series("得分", [number_of(row) for row in shown])],
    )


def number_of(row: Standing) -> float | None:
    total = row.score.total if row.score else None
    return None if total is None else float(total)


def as_scored(row: Standing) -> ScoredRow:
    total = row.score.total if row.score else None
    return ScoredRow(
        kind=row.kind_label,
        name=row.name,
        total=UNSET if total is None else str(total),
        lines=[line.as_data() for line in row.score.lines] if row.score else [],
    )


def basis_of(scheme: ScoreScheme | None) -> str:
    if scheme is None:
        return "评分办法未设定，只列情况，不评分。"
    return (
        f"依据：{scheme.basis}（第 {scheme.version} 版，{scheme.valid_from} 起）。软性要求不扣分。"
    )


def download(
    request: Request, *, title: str, basis: str, rows: list[ScoredRow]
) -> HttpResponseBase:
    """The ranking as xlsx, csv or docx."""
    kind = request.GET.get("export", "xlsx")
    if kind != "docx":
        kind = "csv" if kind == "csv" else "xlsx"
        return file_response(kind=kind, name=title, header=HEADER, rows=sheet_rows(rows))
    content = score_document(title=title, basis=basis, rows=rows)
    response = HttpResponse(content, content_type=WORD_TYPE)
    disposition = content_disposition_header(as_attachment=True, filename=f"{title}.docx")
    response["Content-Disposition"] = disposition or "attachment"
    return response


@require_safe
def score_sheet(request: Request, sheet_id: int) -> HttpResponseBase:
    """A fixed sheet, as it was fixed (评分表)."""
    rows = sheets_visible_to(request.actor).select_related("scheme", "fixed_by", "division")
    sheet = get_object_or_404(rows, pk=sheet_id)
    scored = [
        ScoredRow(
            kind=KINDS[row.kind],
            name=row.name,
            total=UNSET if row.total is None else str(row.total),
            lines=row.lines,
        )
        for kind in (DEPARTMENT, COUNTY)
        for row in sheet.rows.filter(kind=kind)
    ]
    if request.GET.get("export"):
        return download(request, title=str(sheet), basis=basis_of(sheet.scheme), rows=scored)
    context = {"sheet": sheet, "rows": scored, "basis": basis_of(sheet.scheme)}
    return render(request, f"{CELLS}/score_sheet.html", context)


def score_crumbs() -> list[tuple[str, str]]:
    return [
        ("督查", reverse("policy_tasks:supervision_list")),
        ("评分排名", reverse("policy_tasks:supervision_ranking")),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def score_sheet_new(request: Request) -> HttpResponse:
    """Fix the scores of a finished period (固定评分)."""
    actor = request.actor
    require_supervisor(actor, division=actor.jurisdiction)
    form = PeriodForm(*given(request))

    def send(data: dict[str, Any]) -> ScoreSheet:
        now = timezone.localtime()
        return fix_scores(division=actor.jurisdiction, period=Period(**data), actor=actor, now=now)

    page = FormPage(
        title="固定评分",
        lead="固定后不再改动，供部门履职评价使用",
        button="固定评分",
        back=reverse("policy_tasks:supervision_ranking"),
        crumbs=score_crumbs(),
    )
    return answer_form(request, form=form, page=page, send=send, done="已固定，可以导出。")


@require_safe
def score_scheme_list(request: Request) -> HttpResponse:
    """All versions of the scheme (评分办法)."""
    require_overseer(request.actor)
    rows = schemes_visible_to(request.actor).select_related("entered_by", "division")
    schemes = [
        (
            row,
            [
                Fact(name=label, value=f"{getattr(row, name).normalize():f}")
                for name, label in POINT_LABELS.items()
            ],
        )
        for row in rows
    ]
    context = {"schemes": schemes, "coordinates": may_coordinate(request.actor)}
    return render(request, f"{CELLS}/schemes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def score_scheme_new(request: Request) -> HttpResponse:
    """Enter the next version of the scheme (录入评分办法)."""
    actor = request.actor
    require_coordinator(actor, division=actor.jurisdiction)
    form = SchemeForm(*given(request), initial={"valid_from": timezone.localdate()})

    def send(data: dict[str, Any]) -> None:
        enter_scheme(
            division=actor.jurisdiction,
            basis=data["basis"],
            valid_from=data["valid_from"],
            points={name: data[name] for name in POINT_LABELS},
            actor=actor,
            now=timezone.localtime(),
        )

    then = reverse("policy_tasks:score_scheme_list")
    page = FormPage(
        title="录入评分办法",
        lead="政策没有给出权重，由牵头部门按文件或会议决定录入；每次录入为新版本",
        button="录入",
        back=then,
        crumbs=score_crumbs(),
    )
    return answer_form(request, form=form, page=page, send=send, done="已录入新版本。", then=then)
