"""People are told what rounds ask of them."""

from __future__ import annotations

from collections import Counter

from django.urls import reverse

from silian.foundation.kernel.events import subscribe
from silian.operations.placements.events.rounds import (
    RoundObjectionAnswered,
    RoundObjectionRaised,
    RoundOpened,
    RoundPublished,
    RoundWishesClosed,
)
from silian.operations.placements.models.round_runs import RoundObjection, RoundResult
from silian.operations.placements.models.rounds import Round
from silian.operations.placements.queries.reminding import clerks_of
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify


@subscribe(RoundOpened)
def tell_students_to_wish(event: RoundOpened) -> None:
    placement_round = Round.objects.get(pk=event.round_id)
    notify(
        user_ids=student_users(placement_round),
        kind=NotificationKind.TASK,
        title=f"请填报实习志愿：{placement_round.title}",
        detail=f"最多 {placement_round.most_wishes} 个，截止前可以修改。",
        url=reverse("placements:round_wishes", args=[placement_round.pk]),
        key=f"placements-round-{placement_round.pk}-opened",
    )


@subscribe(RoundWishesClosed)
def tell_hosts_to_score(event: RoundWishesClosed) -> None:
    placement_round = Round.objects.get(pk=event.round_id)
    if placement_round.host_weight == 0:
        return
    hosts = placement_round.posts.order_by().values_list("post__organisation_id", flat=True)
    clerks = clerks_of(set(hosts))
    notify(
        user_ids={user for users in clerks.values() for user in users},
        kind=NotificationKind.TASK,
        title=f"请给报名学生评分：{placement_round.title}",
        url=reverse("placements:round", args=[placement_round.pk]),
        key=f"placements-round-{placement_round.pk}-ranking",
    )


@subscribe(RoundPublished)
def tell_students_the_result(event: RoundPublished) -> None:
    placement_round = Round.objects.get(pk=event.round_id)
    notify(
        user_ids=student_users(placement_round),
        kind=NotificationKind.REVIEW,
        title=f"分配结果已公布：{placement_round.title}",
        detail="结果和原因只有您和学校看得到，3 个工作日内可以提异议。",
        url=reverse("placements:round_result", args=[placement_round.pk]),
        key=f"placements-round-{placement_round.pk}-published",
    )


@subscribe(RoundPublished)
def tell_hosts_the_result(event: RoundPublished) -> None:
    """Each host how many students come to its posts, without names before they are settled."""
    placement_round = Round.objects.get(pk=event.round_id)
    results = RoundResult.objects.filter(
        run_id=placement_round.published_run_id, round_post__isnull=False
    )
    counts = Counter(results.values_list("round_post__post__organisation_id", flat=True))
    clerks = clerks_of(counts)
    for host, count in counts.items():
        notify(
            user_ids=clerks[host],
            kind=NotificationKind.REVIEW,
            title=f"{placement_round.title}：{count} 名学生拟到贵单位",
            detail="异议期满后学校办理协议和手续。",
            url=reverse("placements:round", args=[placement_round.pk]),
            organisation_id=host,
            key=f"placements-round-{placement_round.pk}-hosts-{placement_round.published_run_id}",
        )


@subscribe(RoundObjectionRaised)
def tell_the_school_of_an_objection(event: RoundObjectionRaised) -> None:
    objection = objection_of(event.objection_id)
    school = objection.result.run.round.school_id
    notify(
        user_ids=clerks_of([school])[school],
        kind=NotificationKind.TASK,
        title=f"收到分配异议：{objection.result.run.round.title}",
        url=reverse("placements:round_objection", args=[objection.pk]),
        key=f"placements-objection-{objection.pk}",
    )


@subscribe(RoundObjectionAnswered)
def tell_the_student_the_answer(event: RoundObjectionAnswered) -> None:
    objection = objection_of(event.objection_id)
    user = objection.result.student.person.user_id
    notify(
        user_ids=[user] if user else [],
        kind=NotificationKind.REVIEW,
        title=f"异议已答复：{objection.result.run.round.title}",
        url=reverse("placements:round_result", args=[objection.result.run.round_id]),
        key=f"placements-objection-{objection.pk}-answered",
    )


def objection_of(objection_id: int) -> RoundObjection:
    rows = RoundObjection.objects.select_related("result__run__round", "result__student__person")
    return rows.get(pk=objection_id)


def student_users(placement_round: Round) -> list[int]:
    rows = placement_round.students.filter(is_eligible=True, person__user__isnull=False)
    return [user for user in rows.values_list("person__user_id", flat=True) if user]
