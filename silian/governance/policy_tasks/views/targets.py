"""Targets by light, one target with its course, and how it is measured."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from silian.casework.metrics.queries.catalogue import metric_named
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.filters import FilterBar, facet
from silian.foundation.ui.tables import Column, Table
from silian.governance.policy_tasks.choices import Light
from silian.governance.policy_tasks.commands.target_measuring import (
    bind_target,
    set_baseline,
    unbind_target,
)
from silian.governance.policy_tasks.forms.targets import BaselineForm, BindingForm
from silian.governance.policy_tasks.models import Target
from silian.governance.policy_tasks.permissions.targets import (
    may_bind,
    reads_targets,
    targets_visible_to,
)
from silian.governance.policy_tasks.permissions.tasks import milestones_visible_to, takes_part
from silian.governance.policy_tasks.queries.counts import figures_of, milestone_standings
from silian.governance.policy_tasks.queries.target_detail import (
    bindable_metrics,
    course_of,
    public_groups,
    standing_of,
    uncovered_units,
)
from silian.governance.policy_tasks.queries.target_standings import (
    TargetStanding,
    counted_by_light,
    standings_of,
)
from silian.governance.policy_tasks.views.task_forms import (
    GET_OR_POST,
    done_by,
    form_page,
    refuse_unless,
)
from silian.registers.policies.choices import Force

CELL = "policy_tasks/target/"


def target_list(request: Request) -> HttpResponseBase:
    """The targets of the reader's jurisdiction by light (目标)."""
    if not (reads_targets(request.actor) or takes_part(request.actor)):
        raise NotAllowed("目标由本地区的政府部门查看；公开的目标见“目标进展”。")
    rows = in_division(request, targets_visible_to(request.actor).filter(ended_on__isnull=True))
    standings = standings_of(rows.order_by("division_id", "number", "pk"), on=timezone.localdate())
    table = target_table(request, [row for row in standings if is_chosen(request, row)])
    if table.export_wanted:
        return table.export_response()
    context: dict[str, Any] = {"table": table, "bar": target_filters(request, standings)}
    if request.htmx:
        return render(request, "policy_tasks/target/_list.html", context)
    goals = milestones_visible_to(request.actor).filter(document__isnull=False)
    goals = goals.filter(ended_on__isnull=True).select_related("document", "task__lead")
    context["goals"] = milestone_standings(
        goals.defer("document__text", "document__parsed"),
        actor=request.actor,
        on=timezone.localdate(),
    )
    context["counts"] = counted_by_light(standings)
    context["repeated"] = sum(not row.is_counted for row in standings)
    context["today"] = timezone.localdate()
    return render(request, "policy_tasks/target/list.html", context)


def in_division(request: Request, rows: QuerySet[Target]) -> QuerySet[Target]:
    """The targets of one region alone, when the address names it."""
    code = request.GET.get("division", "")
    return rows.filter(division_id=code) if code.isdigit() and len(code) == 6 else rows


def is_chosen(request: Request, row: TargetStanding) -> bool:
    """Whether the filters in the address leave the target."""
    query = request.GET
    lights, forces, text = query.getlist("light"), query.getlist("force"), query.get("q", "")
    return (
        (not lights or row.light in lights)
        and (not forces or row.target.force in forces)
        and text.strip() in f"{row.target.number}{row.target.title}{row.target.phrase}"
    )


def target_filters(request: Request, rows: list[TargetStanding]) -> FilterBar:
    lights = {light.value: sum(row.light == light for row in rows) for light in Light}
    forces = {force.value: sum(row.target.force == force for row in rows) for force in Force}
    facets = [
        facet(request=request, name="light", label="灯号", choices=Light.choices, counts=lights),
        facet(
            request=request, name="force", label="强制程度", choices=Force.choices, counts=forces
        ),
    ]
    return FilterBar(request=request, placeholder="目标、编号", facets=facets)


def target_table(request: Request, rows: list[TargetStanding]) -> Table:
    """Targets under columns; a page holds them all. Numbers show where some target has one."""
    numbered = any(row.target.number for row in rows)
    return Table(
        request=request,
        name="policy_targets",
        rows=rows,
        caption="目标",
        columns=[
            Column("number", "编号", value=lambda row: row.target.number, optional=not numbered),
            Column("title", "目标", template=f"{CELL}_cell_title.html", main=True, export=title_of),
            Column(
                "value", "现值", template=f"{CELL}_cell_value.html", export=lambda row: row.value
            ),
            Column("goal", "目标值", value=lambda row: row.target.goal_words),
            Column("deadline", "期限", value=lambda row: row.target.deadline_on),
            Column("progress", "进度", template=f"{CELL}_cell_progress.html", export=percent_of),
            Column("light", "灯号", template=f"{CELL}_cell_light.html", export=light_of),
            Column("reason", "依据", value=lambda row: row.reason, optional=True),
        ],
        row_url=lambda row: row.url,
        empty={"missing": "没有目标", "why": "文件发布后，写明数量的要求列在这里。"},
    )


def title_of(row: TargetStanding) -> str:
    repeated = f"（同 {row.same_as}，不重复计数）" if row.same_as else ""
    return f"{row.target.title}{repeated}"


def percent_of(row: TargetStanding) -> int | None:
    return row.percent


def light_of(row: TargetStanding) -> str:
    return str(row.light.label)


def seen_target(request: Request, target_id: int) -> Target:
    """A target that the actor sees; 404 for every other."""
    rows = targets_visible_to(request.actor).select_related(
        "division", "document", "clause_target__clause", "task__lead", "repeats"
    )
    return get_object_or_404(rows, pk=target_id)


def target_detail(request: Request, target_id: int) -> HttpResponse:
    """One target (目标详情)."""
    return target_page(request, seen_target(request, target_id))


def target_page(
    request: Request, target: Target, *, refused: DomainError | None = None
) -> HttpResponse:
    today = timezone.localdate()
    metric = metric_named(target.metric_code) if target.metric_code else None
    context = {
        "target": target,
        "standing": standing_of(target, on=today),
        "metric": metric,
        "chart": course_of(target, metric),
        "uncovered": uncovered_units(target, metric, on=today),
        "figures": figures_of(
            target.clause_target.figure_codes if target.clause_target else [],
            division=target.division_id,
            actor=request.actor,
            on=today,
        ),
        "changes": target.light_changes.all()[:12],
        "repetitions": target.repetitions.all(),
        "binds": may_bind(request.actor, target),
        "refused": refused,
    }
    status = 409 if refused else 200
    return render(request, "policy_tasks/target/detail.html", context, status=status)


@GET_OR_POST
def target_bind(request: Request, target_id: int) -> HttpResponse:
    """Choose the metric that measures a target (绑定指标)."""
    target = seen_target(request, target_id)
    refuse_unless(may_bind(request.actor, target), "指标由本地区统筹人员绑定。")
    choices = bindable_metrics(target)
    form = BindingForm(
        request.POST or None, choices=choices, initial={"metric_code": target.metric_code}
    )
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["metric_code"]
        given: dict[str, Any] = {
            "target_id": target.pk,
            "actor": request.actor,
            "today": timezone.localdate(),
        }
        if done_by(form, lambda: bind_target(code=code, **given)):
            messages.success(request, "已绑定指标，灯号按现值重新判定。")
            return redirect(target)
    return form_page(request, form, target=target, heading="绑定指标", action="绑定")


@require_POST
def target_unbind(request: Request, target_id: int) -> HttpResponse:
    """Let go of the metric (解除指标)."""
    target = seen_target(request, target_id)
    try:
        unbind_target(
            target_id=target.pk,
            reason=request.POST.get("reason", ""),
            actor=request.actor,
            today=timezone.localdate(),
        )
    except DomainError as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        return target_page(request, target, refused=refusal)
    messages.success(request, "已解除指标。")
    return redirect(target)


@GET_OR_POST
def target_baseline(request: Request, target_id: int) -> HttpResponse:
    """Set from where progress is measured (设定基期)."""
    target = seen_target(request, target_id)
    refuse_unless(may_bind(request.actor, target), "基期由本地区统筹人员设定。")
    initial = {
        "value": target.baseline,
        "on": target.baseline_on,
        "evidence": target.baseline_evidence,
    }
    form = BaselineForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {
            "target_id": target.pk,
            "actor": request.actor,
            "today": timezone.localdate(),
        }
        if done_by(form, lambda: set_baseline(baseline=form.baseline(), **given)):
            messages.success(request, "已设定基期。")
            return redirect(target)
    return form_page(request, form, target=target, heading="设定基期", action="保存")


@login_not_required
def target_public(request: Request) -> HttpResponse:
    """How the targets of issued documents stand, for everybody (目标进展)."""
    today = timezone.localdate()
    context = {"groups": public_groups(on=today), "today": today}
    return render(request, "policy_tasks/target/public.html", context)
