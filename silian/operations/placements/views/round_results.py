"""Runs side by side, publishing, a student's own result, and objections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import Job
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, status_of
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.rounds import (
    PUBLISHED_ROUNDS,
    RunState,
)
from silian.operations.placements.commands.round_objections import (
    answer_objection,
    raise_objection,
)
from silian.operations.placements.commands.round_publishing import publish_run
from silian.operations.placements.commands.round_solving import start_run
from silian.operations.placements.forms.rounds import AnswerForm, ReasonForm
from silian.operations.placements.models.round_runs import RoundRun
from silian.operations.placements.permissions.rounds import (
    objections_visible_to,
    require_round_clerk,
    results_visible_to,
    watches_rounds,
)
from silian.operations.placements.queries.round_results import (
    comparison_of,
    objections_of,
    own_result_of,
    results_of,
)
from silian.operations.placements.queries.rounds import posts_of, runs_of
from silian.operations.placements.views.rounds import own_round, visible_round


@require_http_methods(["GET", "POST"])
def round_runs(request: Request, round_id: int) -> HttpResponseBase:
    """Runs and what-ifs side by side; a new what-if is asked for here (试算)."""
    require_round_clerk(request.actor)
    placement_round = own_round(request, round_id)
    posts = list(posts_of(placement_round))
    if request.method == "POST":
        try:
            start_run(
                round_id=round_id,
                actor=request.actor,
                label=request.POST.get("label", ""),
                changes=changes_in(request, [post.pk for post in posts]),
            )
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
        return redirect("placements:round_runs", round_id)
    runs = list(runs_of(placement_round)[:12])
    waiting = next((run for run in runs if run.state == RunState.WAITING), None)
    context = {
        "round": placement_round,
        "runs": runs,
        "comparison": comparison_of(runs),
        "posts": posts,
        "job": Job.objects.filter(pk=waiting.job_id or 0).first() if waiting else None,
        "published": placement_round.state in PUBLISHED_ROUNDS,
    }
    template = "placements/rounds/_runs.html" if request.htmx else "placements/rounds/runs.html"
    return render(request, template, context)


def changes_in(request: Request, post_ids: list[int]) -> dict[str, Any]:
    """What the what-if form asks to be different."""
    typed = {str(pk): request.POST.get(f"places_{pk}", "").strip() for pk in post_ids}
    places = {pk: int(text) for pk, text in typed.items() if text.isdigit()}
    changes: dict[str, Any] = {"places": places} if places else {}
    if request.POST.get("without_reserves"):
        changes["without_reserves"] = True
    weight = request.POST.get("host_weight", "").strip()
    if weight.isdigit() and int(weight) <= 100:
        changes["host_weight"] = int(weight)
    gone = request.POST.get("withdrawn", "").strip()
    if gone.isdigit():
        changes |= {"late": True, "withdrawn": [int(gone)]}
    return changes


@require_safe
def round_run(request: Request, round_id: int, number: int) -> HttpResponseBase:
    """The result of one run, student by student, for the school (试算结果)."""
    if not watches_rounds(request.actor):
        raise NotAllowed("分配结果由学校人员查看，学生看自己的结果。")
    placement_round = own_round(request, round_id)
    run = get_object_or_404(placement_round.runs.defer("inputs"), number=number)
    rows = results_of(run).filter(pk__in=results_visible_to(request.actor).values("pk"))
    table = result_table(request, rows)
    if table.export_wanted:
        return table.export_response()
    context = {"round": placement_round, "run": run, "table": table}
    template = "placements/rounds/_run.html" if request.htmx else "placements/rounds/run.html"
    return render(request, template, context)


def result_table(request: Request, rows: Any) -> Table:
    return Table(
        request=request,
        name="round_results",
        rows=rows,
        caption="分配结果",
        columns=[
            Column("person", "姓名", value="student__person__name",
                   sort="student__person__name", main=True),
            Column("number", "学号", value="student__number", sort="student__number"),
            Column("school_class", "班级", value="student__school_class__name",
                   sort="student__school_class__name"),
            Column("post", "岗位", value=lambda row: str(row.round_post.post)
                   if row.round_post else "未分配"),
            Column("rank", "第几志愿", sort="rank", numeric=True),
            Column("sentence", "说明", value=lambda row: row.refusal or row.sentence),
        ],
        order="student__number",
    )  # fmt: skip


@require_POST
def round_publish(request: Request, run_id: int) -> HttpResponse:
    """Publish a run (公布结果)."""
    require_round_clerk(request.actor)
    run = get_object_or_404(RoundRun.objects.select_related("round"), pk=run_id)
    own_round(request, run.round_id)
    try:
        done = publish_run(
            run_id=run_id,
            actor=request.actor,
            now=timezone.now(),
            warning_reason=request.POST.get("warning_reason", "").strip()[:300],
        )
    except DomainError as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        messages.error(request, refusal.sentence)
        return redirect("placements:round_runs", run.round_id)
    left = f"，{done.refused} 人未能安排，原因见名单" if done.refused else ""
    messages.success(request, f"已公布，{done.arranged} 人的实习已安排{left}。")
    return redirect("placements:round", run.round_id)


@require_http_methods(["GET", "POST"])
def round_result(request: Request, round_id: int) -> HttpResponseBase:
    """A student's own result, why, and the way to object (我的结果)."""
    placement_round = visible_round(request, round_id)
    result = get_object_or_404(
        own_result_of(results_visible_to(request.actor), actor=request.actor, round_id=round_id)
    )
    form = ReasonForm(request.POST or None)
    raised = done_or_refused(
        form,
        lambda: raise_objection(
            result_id=result.pk,
            actor=request.actor,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        ),
        boxes={"": "reason"},
    )
    if raised is not None:
        messages.success(request, "异议已提交，学校会在期限内答复。")
        return redirect("placements:round_result", round_id)
    closes = placement_round.objections_close_at
    context = {
        "round": placement_round,
        "result": result,
        "form": form,
        "objections": result.objections.all(),
        "may_object": bool(closes and timezone.now() < closes),
    }
    return render(request, "placements/rounds/result.html", context, status=status_of(form))


@require_safe
def round_objections(request: Request, round_id: int) -> HttpResponseBase:
    """The objections of a round, those to answer first (异议)."""
    require_round_clerk(request.actor)
    placement_round = own_round(request, round_id)
    rows = objections_of(objections_visible_to(request.actor), round_id=round_id)
    context = {"round": placement_round, "objections": rows}
    return render(request, "placements/rounds/objections.html", context)


@require_http_methods(["GET", "POST"])
def round_objection(request: Request, objection_id: int) -> HttpResponseBase:
    """Answer one objection (答复异议)."""
    require_round_clerk(request.actor)
    rows = objections_visible_to(request.actor).select_related(
        "result__student__person", "result__run__round", "result__round_post__post__organisation"
    )
    objection = get_object_or_404(rows, pk=objection_id)
    form = AnswerForm(request.POST or None)
    answered = done_or_refused(
        form,
        lambda: answer_objection(
            objection_id=objection_id,
            actor=request.actor,
            is_upheld=form.cleaned_data["is_upheld"] == "yes",
            answer=form.cleaned_data["answer"],
            now=timezone.now(),
        ),
        boxes={"": "answer"},
    )
    if answered is not None:
        return redirect("placements:round_objections", objection.result.run.round_id)
    context = {"objection": objection, "round": objection.result.run.round, "form": form}
    return render(request, "placements/rounds/objection.html", context, status=status_of(form))
