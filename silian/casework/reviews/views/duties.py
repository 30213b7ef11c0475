"""Duties of the recognised: the list, one of them, sending it in, checking it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from silian.casework.reviews.choices.recognitions import DutyKind, DutyState
from silian.casework.reviews.commands import duties as commands
from silian.casework.reviews.forms.recognitions import DutyCheckForm, DutyForm
from silian.casework.reviews.models import Duty
from silian.casework.reviews.permissions.recognitions import (
    duties_visible_to,
    is_holder,
    is_keeper,
)
from silian.casework.reviews.queries.duties import duties_for_list, overdue_duties
from silian.foundation.kernel import files
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.charts import Chart, Series
from silian.foundation.ui.components import Fact
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.form_pages import FormPage, answer_form, given
from silian.foundation.ui.tables import Column, Table

OPEN = (DutyState.DUE, DutyState.RETURNED, DutyState.MISSED)
RELATED = (
    "recognition__scheme__owner",
    "recognition__holder",
    "recognition__division",
    "recognition__dossier__campaign__version",
    "submitted_by",
    "checked_by",
)
COLUMNS = (
    Column("title", "义务事项", main=True, sort="title"),
    Column("subject", "认定对象", "recognition__subject_name", sort="recognition__subject_name"),
    Column("scheme", "认定项目", "recognition__scheme__title", sort="recognition__scheme__title"),
    Column("division", "所在区划", "recognition__division__name", optional=True),
    Column("kind", "类别", lambda row: row.get_kind_display(), sort="kind", optional=True),
    Column(
        "state",
        "状态",
        lambda row: row.get_state_display(),
        template="reviews/_cell_duty_state.html",
        sort="state",
    ),
    Column("due_on", "期限", template="reviews/_cell_duty_due.html", sort="due_on"),
    Column("submitted_at", "提交时间", sort="submitted_at", optional=True),
)


@require_safe
def duty_list(request: Request) -> HttpResponseBase:
    """Every duty that the reader may see, with what is late (义务事项)."""
    seen = duties_for_list(request.actor)
    late = overdue_duties(seen, on=timezone.localdate())
    bar = FilterBar(request=request, facets=facets(request, seen, late), placeholder="对象、事项")
    table = Table(
        request=request,
        name="recognition_duties",
        rows=chosen(request, late if request.GET.get("late") else seen, text=bar.text),
        caption="义务事项",
        columns=COLUMNS,
        order="-due_on",
        row_url=lambda row: row.get_absolute_url(),
        empty={"title": "没有符合条件的义务事项", "why": "认定以后，按方案生成应交的规划和报告。"},
    )
    if table.export_wanted:
        return table.export_response()
    template = "_duty_list.html" if request.htmx else "duty_list.html"
    context = {"bar": bar, "table": table, "late": late.count(), "chart": chart_of(late)}
    return render(request, f"reviews/{template}", context)


def facets(request: Request, seen: QuerySet[Duty], late: QuerySet[Duty]) -> list[Any]:
    """State, kind, and what is late."""
    counts = dict(seen.order_by().values_list("state").annotate(number=Count("pk")))
    late_counts = {"1": late.count()}
    states, kinds, over = DutyState.choices, DutyKind.choices, [("1", "已逾期")]
    return [
        facet(request=request, name="state", label="状态", choices=states, counts=counts),
        facet(request=request, name="kind", label="类别", choices=kinds),
        facet(request=request, name="late", label="期限", choices=over, counts=late_counts),
    ]


def chosen(request: Request, rows: QuerySet[Duty], *, text: str) -> QuerySet[Duty]:
    """What the filters leave."""
    for name in ("state", "kind"):
        if values := request.GET.getlist(name):
            rows = rows.filter(**{f"{name}__in": values})
    if text:
        rows = rows.filter(title__icontains=text) | rows.filter(
            recognition__subject_name__icontains=text
        )
    return rows


def chart_of(late: QuerySet[Duty]) -> Chart | None:
    """How many are late under each scheme; none when nothing is."""
    rows = list(
        late.order_by()
        .values_list("recognition__scheme__title")
        .annotate(number=Count("pk"))
        .order_by("-number", "recognition__scheme__title")
    )
    if not rows:
        return None
    return Chart(
        name="late-duties",
        title="逾期义务事项",
        unit="项",
        source="义务事项登记",
        as_of=timezone.localdate(),
        kind="bars",
        labels=[title for title, _ in rows],
        series=[Series("逾期", [number for _, number in rows])],
    )


def visible_duty(request: Request, duty_id: int) -> Duty:
    rows = duties_visible_to(request.actor).select_related(*RELATED)
    return get_object_or_404(rows, pk=duty_id)


@require_safe
def duty_detail(request: Request, duty_id: int) -> HttpResponse:
    """One duty with what was sent in (义务事项)."""
    duty = visible_duty(request, duty_id)
    row = duty.recognition
    sends = duty.state in OPEN and duty.kind != DutyKind.RECHECK
    context = {
        "duty": duty,
        "recognition": row,
        "facts": facts_of(duty),
        "evidence": files.files_of(duty),
        "submits": sends and is_holder(request.actor, row),
        "checks": duty.state == DutyState.SUBMITTED
        and is_keeper(request.actor, row)
        and duty.submitted_by_id != request.actor.user_id,
        "today": timezone.localdate(),
    }
    return render(request, "reviews/duty_detail.html", context)


def facts_of(duty: Duty) -> list[Fact]:
    row = duty.recognition
    facts = [
        Fact(name="认定对象", value=row.subject_name, url=row.get_absolute_url()),
        Fact(name="认定项目", value=row.scheme.title),
        Fact(name="类别", value=duty.get_kind_display()),
        Fact(name="期限", value=f"{duty.due_on:%Y-%m-%d}"),
        Fact(name="向社会公开", value="是" if duty.is_public else "否"),
    ]
    if duty.submitted_by:
        facts.append(Fact(name="提交人", value=duty.submitted_by.name))
    if duty.checked_by:
        facts.append(Fact(name="审查人", value=duty.checked_by.name))
    return facts


@require_http_methods(["GET", "HEAD", "POST"])
def duty_submit(request: Request, duty_id: int) -> HttpResponse:
    """Send a duty in (提交义务事项)."""
    duty = visible_duty(request, duty_id)
    if not is_holder(request.actor, duty.recognition) or duty.kind == DutyKind.RECHECK:
        raise Http404("由认定单位提交。")
    start = {"text": duty.text, "link": duty.link}
    form = DutyForm(*given(request), is_public=duty.is_public, initial=start)
    lead = "审查通过后向社会公开。" if duty.is_public else "提交后由牵头部门审查。"
    page = page_of(duty, title=duty.title, button="提交", lead=lead)

    def send(said: dict[str, Any]) -> Duty:
        return commands.submit_duty(duty_id=duty.pk, work=form.work(), actor=request.actor)

    return answer_form(request, form=form, page=page, send=send, done="已提交，等待审查。")


@require_http_methods(["GET", "HEAD", "POST"])
def duty_check(request: Request, duty_id: int) -> HttpResponse:
    """Pass what was sent in, or give it back (审查义务事项)."""
    duty = visible_duty(request, duty_id)
    if not is_keeper(request.actor, duty.recognition):
        raise Http404("由牵头部门审查。")
    form = DutyCheckForm(*given(request))
    page = page_of(duty, title=f"审查：{duty.title}", button="保存审查结果", lead=duty.text[:200])

    def send(said: dict[str, Any]) -> Duty:
        if said["outcome"] == "pass":
            return commands.pass_duty(duty_id=duty.pk, actor=request.actor)
        return commands.return_duty(duty_id=duty.pk, reason=said["reason"], actor=request.actor)

    return answer_form(request, form=form, page=page, send=send, done="已保存审查结果。")


def page_of(duty: Duty, *, title: str, button: str, lead: str) -> FormPage:
    row = duty.recognition
    return FormPage(
        title=title,
        button=button,
        back=duty.get_absolute_url(),
        lead=lead,
        crumbs=[(row.subject_name, row.get_absolute_url())],
        context={"subject_title": "义务事项", "subject_facts": facts_of(duty)},
    )
