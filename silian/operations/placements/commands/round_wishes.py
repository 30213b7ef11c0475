"""A student names posts in order; a host scores those who named its post."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.placements.choices.rounds import (
    RoundState,
)
from silian.operations.placements.models.rounds import (
    HostRank,
    Round,
    RoundPost,
    RoundStudent,
    Wish,
)
from silian.operations.placements.permissions.rounds import posts_ranked_by
from silian.operations.placements.queries.round_lawfulness import Pair, closures_of
from silian.operations.placements.rules.rounds import reason_wishes_shut


@transaction.atomic
def hand_in_wishes(
    *, round_id: int, actor: Actor, round_post_ids: Sequence[int], now: datetime.datetime
) -> RoundStudent:
    """Hand in the whole list of wishes, dearest first, in place of the old one (提交志愿)."""
    student = own_seat(round_id=round_id, actor=actor)
    placement_round = student.round
    refuse_wishes_shut(placement_round, student=student, now=now)
    wanted = list(dict.fromkeys(round_post_ids))
    if len(wanted) > placement_round.most_wishes:
        raise DomainError(f"最多填 {placement_round.most_wishes} 个志愿，现在有 {len(wanted)} 个。")
    posts = {
        post.pk: post
        for post in placement_round.posts.filter(pk__in=wanted).select_related("post__organisation")
    }
    if len(posts) != len(wanted):
        raise DomainError("有岗位不在本轮，请刷新后重新选择。")
    refuse_unlawful(student, posts=[posts[pk] for pk in wanted])
    student.wishes.all().delete()
    Wish.objects.bulk_create(
        Wish(student=student, round_post_id=pk, rank=rank)
        for rank, pk in enumerate(wanted, start=1)
    )
    student.wished_at = now
    student.save(update_fields=["wished_at"])
    record(actor, "placements.round.wishes_handed_in", student, detail={"wishes": len(wanted)})
    return student


def own_seat(*, round_id: int, actor: Actor) -> RoundStudent:
    """The actor's own seat in the round, locked; nobody hands in for another."""
    rows = RoundStudent.objects.select_for_update(of=("self",)).select_related("round", "person")
    student = rows.filter(round_id=round_id, person__user_id=actor.user_id or 0).first()
    if student is None:
        raise NotAllowed("志愿由参加本轮的学生本人填报。")
    return student


def refuse_wishes_shut(
    placement_round: Round, *, student: RoundStudent, now: datetime.datetime
) -> None:
    if placement_round.state != RoundState.WISHING:
        raise WrongState(f"本轮当前为“{placement_round.get_state_display()}”，不能填报志愿。")
    if not student.is_eligible:
        raise DomainError(f"您不参加本轮：{student.decline_reason}。有疑问请联系班主任。")
    reason = reason_wishes_shut(
        now=timezone.localtime(now),
        opens_at=timezone.localtime(placement_round.wishes_open_at),
        closes_at=timezone.localtime(placement_round.wishes_close_at),
    )
    if reason:
        raise DomainError(reason)


def refuse_unlawful(student: RoundStudent, *, posts: Sequence[RoundPost]) -> None:
    """A post that the hard rules close to the student cannot be named."""
    closures = closures_of(
        placement_round=student.round,
        pairs=[Pair(student=student, round_post=post) for post in posts],
        on=student.round.starts_on,
    )
    for post, reasons in zip(posts, closures, strict=True):
        if reasons:
            name = f"{post.post.organisation.name}“{post.post.title}”"
            raise DomainError(f"{name}不能填报：{reasons[0]}")


@transaction.atomic
def rank_students(
    *, round_post_id: int, actor: Actor, scores: Mapping[int, Decimal], now: datetime.datetime
) -> RoundPost:
    """A host scores the students who named its post, 0 to 100 (单位评分)."""
    post = (
        posts_ranked_by(actor)
        .select_for_update(of=("self",))
        .select_related("round")
        .filter(pk=round_post_id)
        .first()
    )
    if post is None:
        raise NotAllowed("评分由提供岗位的单位的管理员或经办人办理。")
    refuse_ranking_shut(post.round, now=now)
    asked = set(post.wishes.values_list("student_id", flat=True))
    if strangers := set(scores) - asked:
        raise DomainError(f"有 {len(strangers)} 名学生没有填报这个岗位，请刷新后重新评分。")
    if any(not 0 <= score <= 100 for score in scores.values()):
        raise DomainError("评分应在 0 到 100 之间。")
    post.ranks.all().delete()
    HostRank.objects.bulk_create(
        HostRank(
            round_post=post,
            student_id=student_id,
            score=score,
            ranked_by_id=actor.user_id,
            ranked_at=now,
        )
        for student_id, score in scores.items()
    )
    post.ranked_at = now
    post.save(update_fields=["ranked_at"])
    record(actor, "placements.round.post_ranked", post, detail={"students": len(scores)})
    return post


def refuse_ranking_shut(placement_round: Round, *, now: datetime.datetime) -> None:
    if placement_round.state != RoundState.RANKING:
        raise WrongState(
            f"本轮当前为“{placement_round.get_state_display()}”，志愿截止后才能评分，公布后不再改。"
        )
    if placement_round.host_weight == 0:
        raise DomainError("本轮只按学校公布的依据排序，单位不评分。")
    if now >= placement_round.ranking_closes_at:
        closes = timezone.localtime(placement_round.ranking_closes_at)
        raise DomainError(f"评分已在 {closes:%Y-%m-%d %H:%M} 截止。")
