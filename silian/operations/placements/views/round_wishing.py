"""A student ranks posts on a phone; a host scores those who named its post."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request
from silian.operations.placements.choices.rounds import (
    RoundState,
)
from silian.operations.placements.commands.round_wishes import hand_in_wishes, rank_students
from silian.operations.placements.forms.rounds import scores_in
from silian.operations.placements.models.rounds import RoundPost, RoundStudent
from silian.operations.placements.permissions.internships import is_host_clerk
from silian.operations.placements.permissions.rounds import (
    posts_ranked_by,
    round_students_visible_to,
)
from silian.operations.placements.queries.round_choices import applicants_of, choices_of


@require_http_methods(["GET", "POST"])
def round_wishes(request: Request, round_id: int) -> HttpResponseBase:
    """The student's own list of wishes: every post, open or closed and why (填报志愿)."""
    seat = get_object_or_404(
        round_students_visible_to(request.actor)
        .filter(person__user_id=request.actor.user_id or 0)
        .select_related("round__school", "person"),
        round_id=round_id,
    )
    refused = None
    if request.method == "POST":
        try:
            hand_in_wishes(
                round_id=round_id,
                actor=request.actor,
                round_post_ids=ranked_posts(request),
                now=timezone.now(),
            )
        except DomainError as refusal:
            refused = refusal
        else:
            messages.success(request, "志愿已提交，截止前可以随时修改。")
            return redirect("placements:round_wishes", round_id)
    return wish_page(request, seat, refused=refused)


def wish_page(
    request: Request, seat: RoundStudent, *, refused: DomainError | None
) -> HttpResponseBase:
    choices = choices_of(seat)
    now = timezone.now()
    shut = not (seat.round.wishes_open_at <= now < seat.round.wishes_close_at)
    chosen = sorted((item for item in choices if item.rank), key=lambda item: item.rank or 0)
    context = {
        "round": seat.round,
        "seat": seat,
        "chosen": chosen,
        "open": [item for item in choices if not item.rank and not item.reasons],
        "closed": [item for item in choices if item.reasons],
        "ranks": range(1, seat.round.most_wishes + 1),
        "is_open": seat.round.state == RoundState.WISHING and not shut and seat.is_eligible,
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "placements/rounds/wishes.html", context, status=status)


def ranked_posts(request: Request) -> list[int]:
    """The posts with a number beside them, by number; ties by their place on the page."""
    found = []
    for place, name in enumerate(request.POST):
        value = str(request.POST[name]).strip()
        if name.startswith("rank_") and value.isdigit() and name[5:].isdigit():
            found.append((int(value), place, int(name[5:])))
    return [post for rank, _, post in sorted(found) if rank > 0]


@require_http_methods(["GET", "POST"])
def round_ranking(request: Request, round_post_id: int) -> HttpResponseBase:
    """A host scores the students who named its post (单位评分)."""
    if not is_host_clerk(request.actor):
        raise NotAllowed("评分由提供岗位的单位的管理员或经办人办理。")
    post = get_object_or_404(
        posts_ranked_by(request.actor).select_related("round__school", "post"), pk=round_post_id
    )
    applicants = applicants_of(post)
    refused = ""
    if request.method == "POST":
        refused = taken_scores(request, post, [item.pk for item in applicants])
        if not refused:
            messages.success(request, "评分已保存，截止前可以修改。")
            return redirect("placements:round_ranking", round_post_id)
    context = {
        "round": post.round,
        "post": post,
        "applicants": applicants,
        "is_open": post.round.state == RoundState.RANKING and post.round.host_weight > 0,
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "placements/rounds/ranking.html", context, status=status)


def taken_scores(request: Request, post: RoundPost, student_ids: list[int]) -> str:
    """Hand the typed scores over; returns the sentence of a refusal."""
    try:
        scores = scores_in(request.POST, student_ids=student_ids)
        rank_students(round_post_id=post.pk, actor=request.actor, scores=scores, now=timezone.now())
    except forms.ValidationError:
        return "评分应是 0 到 100 的数，最多两位小数。"
    except DomainError as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        return refusal.sentence
    return ""
