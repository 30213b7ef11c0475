"""Students, scores, posts and reserves of a round that is being prepared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.form_pages import done_or_refused, refuse, status_of
from silian.foundation.ui.tables import Column, Table
from silian.operations.placements.choices.rounds import (
    RoundState,
)
from silian.operations.placements.commands import rounds
from silian.operations.placements.forms.rounds import ReserveForm, ScoresForm
from silian.operations.placements.models.rounds import Round, RoundPost
from silian.operations.placements.permissions.rounds import (
    may_run_rounds,
    require_round_clerk,
    round_posts_visible_to,
    round_students_visible_to,
    watches_rounds,
)
from silian.operations.placements.queries.round_scores import score_lines
from silian.operations.placements.queries.rounds import posts_for, posts_of, students_of
from silian.operations.placements.rules.rounds import ReserveRule
from silian.operations.placements.views.rounds import own_round


@require_http_methods(["GET", "POST"])
def round_students(request: Request, round_id: int) -> HttpResponseBase:
    """Who takes part, with scores; the score list is uploaded here (轮次学生)."""
    if not watches_rounds(request.actor):
        raise NotAllowed("轮次学生和成绩由学校人员查看。")
    placement_round = own_round(request, round_id)
    form = ScoresForm(request.POST or None, request.FILES or None)
    count = done_or_refused(form, lambda: put_scores(request, round_id, form.cleaned_data["file"]))
    if count is not None:
        messages.success(request, f"已登记 {count} 名学生的成绩。")
        return redirect("placements:round_students", round_id)
    table = student_table(request, placement_round)
    if table.export_wanted:
        return table.export_response()
    may_write = may_run_rounds(request.actor) and placement_round.state == RoundState.DRAFT
    context = {"round": placement_round, "table": table, "form": form, "may_write": may_write}
    return render(request, "placements/rounds/students.html", context, status=status_of(form))


def put_scores(request: Request, round_id: int, upload: Any) -> int:
    lines = score_lines(name=upload.name, content=upload.read())
    return rounds.set_scores(round_id=round_id, actor=request.actor, lines=lines)


def student_table(request: Request, placement_round: Round) -> Table:
    return Table(
        request=request,
        name="round_students",
        rows=students_of(placement_round),
        caption="轮次学生",
        columns=[
            Column("person", "姓名", value="person__name", sort="person__name", main=True),
            Column("number", "学号", sort="number"),
            Column("school_class", "班级", value="school_class__name", sort="school_class__name"),
            Column("score", "成绩", sort="score", numeric=True),
            Column("county_code", "生源区县", sort="county_code", optional=True),
            Column("needs_lodging", "需要住宿", value=lambda row: "是" if row.needs_lodging else "",
                   optional=True),
            Column("wish_count", "志愿数", numeric=True),
            Column("note", "情况", template="placements/rounds/_cell_student.html",
                   value=lambda row: row.decline_reason),
        ],
        order="number",
        empty={"missing": "本轮还没有学生", "why": "先核对实习方案和班级名单，再载入学生"},
    )  # fmt: skip


@require_POST
def round_student_leave(request: Request, student_id: int) -> HttpResponse:
    """Leave a student out of a round, with a reason (不参加本轮)."""
    require_round_clerk(request.actor)
    student = get_object_or_404(round_students_visible_to(request.actor), pk=student_id)
    try:
        rounds.leave_student_out(
            student_id=student_id, actor=request.actor, reason=request.POST.get("reason", "")
        )
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("placements:round_students", student.round_id)


@require_http_methods(["GET", "POST"])
def round_posts(request: Request, round_id: int) -> HttpResponseBase:
    """Choose the posts on offer and their places (岗位和名额)."""
    require_round_clerk(request.actor)
    placement_round = own_round(request, round_id)
    offered = posts_for(placement_round)
    refused = None
    if request.method == "POST":
        ids = [post.pk for post, _ in offered]
        typed = {pk: request.POST.get(f"places_{pk}", "").strip() for pk in ids}
        places = {pk: int(text) for pk, text in typed.items() if text.isdigit()}
        try:
            rounds.set_posts(round_id=round_id, actor=request.actor, places=places)
        except DomainError as refusal:
            refused = refusal
        else:
            messages.success(request, "岗位和名额已保存。")
            return redirect("placements:round_posts", round_id)
    chosen = {post.post_id: post for post in posts_of(placement_round)}
    rows = [(post, chosen.get(post.pk)) for post, _ in offered]
    context = {
        "round": placement_round,
        "rows": rows,
        "refused": refused,
        "total": sum(post.places for post in chosen.values()),
        "may_write": placement_round.state == RoundState.DRAFT,
    }
    status = 422 if refused else 200
    return render(request, "placements/rounds/posts.html", context, status=status)


@require_http_methods(["GET", "POST"])
def round_reserves(request: Request, round_post_id: int) -> HttpResponseBase:
    """Keep places of a post for groups (预留名额)."""
    require_round_clerk(request.actor)
    post = get_object_or_404(
        round_posts_visible_to(request.actor).select_related("round", "post__organisation"),
        pk=round_post_id,
    )
    form = ReserveForm(request.POST or None, kinds=list(post.round.group_order))
    if request.method == "POST" and ("clear" in request.POST or form.is_valid()):
        try:
            put_reserve(request, post, form)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return redirect("placements:round_reserves", round_post_id)
    context = {"round": post.round, "post": post, "form": form, "rules": post.reserves.all()}
    return render(request, "placements/rounds/reserves.html", context, status=status_of(form))


def put_reserve(request: Request, post: RoundPost, form: ReserveForm) -> None:
    """Add the rule of the form to those of the post, or drop all."""
    kept = [
        ReserveRule(kind=rule.kind, value=rule.value, seats=rule.seats, ceiling=rule.ceiling)
        for rule in post.reserves.all()
    ]
    if "clear" in request.POST:
        kept = []
    else:
        fresh = ReserveRule(**form.cleaned_data)
        kept = [rule for rule in kept if (rule.kind, rule.value) != (fresh.kind, fresh.value)]
        kept.append(fresh)
    rounds.set_reserves(round_post_id=post.pk, actor=request.actor, rules=kept)
