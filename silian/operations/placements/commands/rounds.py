"""Prepare a round: its plan, students, scores, posts and reserves; open, close, cancel it."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.rounds import (
    RoundState,
)
from silian.operations.placements.events.rounds import RoundClosed, RoundOpened, RoundWishesClosed
from silian.operations.placements.models.rounds import (
    Round,
    RoundPost,
    RoundReserve,
    RoundStudent,
)
from silian.operations.placements.permissions.rounds import (
    require_round_clerk,
    rounds_watched_by,
)
from silian.operations.placements.queries.rounds import (
    members_for,
    open_objections,
    plans_for_rounds,
    posts_for,
    unscored_count,
)
from silian.operations.placements.rules.rounds import (
    ReserveRule,
    RoundPlan,
    ScoreLine,
    fault_of,
)
from silian.operations.placements.workflow.rounds import placement_round as steps

LARGEST_SEED = 10**9  # nine digits can be read aloud


def locked_round(*, round_id: int, actor: Actor) -> Round:
    """The round, locked, when the actor runs it."""
    if actor.is_system:
        return Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    require_round_clerk(actor)
    rows = rounds_watched_by(actor).select_for_update(of=("self",))
    return rows.get(pk=round_id)


def require_draft(placement_round: Round) -> None:
    if placement_round.state != RoundState.DRAFT:
        raise WrongState(f"当前为“{placement_round.get_state_display()}”，志愿开放后规则不再变动。")


@transaction.atomic
def create_round(
    *, actor: Actor, plan: RoundPlan, now: datetime.datetime, previous: Round | None = None
) -> Round:
    """Start the draft of a round with the students of its plans (筹备轮次)."""
    require_round_clerk(actor)
    refuse_unfit(plan, school_id=actor.organisation_id or 0)
    placement_round = Round.objects.create(
        school_id=actor.organisation_id or 0,
        created_by_id=actor.user_id,
        previous=previous,
        is_demo=bool(previous and previous.is_demo),
        **columns_of(plan),
    )
    placement_round.plans.set(plan.plan_ids)
    record(actor, "placements.round.created", placement_round)
    fill_students(round_id=placement_round.pk, actor=actor, on=timezone.localdate(now))
    return placement_round


@transaction.atomic
def change_round(*, round_id: int, actor: Actor, plan: RoundPlan) -> Round:
    """Change the plan of a round that students do not see yet (修改轮次)."""
    placement_round = locked_round(round_id=round_id, actor=actor)
    require_draft(placement_round)
    refuse_unfit(plan, school_id=placement_round.school_id)
    values = columns_of(plan)
    for name, value in values.items():
        setattr(placement_round, name, value)
    placement_round.save(update_fields=list(values))
    placement_round.plans.set(plan.plan_ids)
    record(actor, "placements.round.changed", placement_round)
    return placement_round


def refuse_unfit(plan: RoundPlan, *, school_id: int) -> None:
    fault = fault_of(plan)
    if fault:
        raise DomainError(fault.text, field=fault.field)
    known = plans_for_rounds(school_id=school_id).filter(pk__in=plan.plan_ids, kind=plan.kind)
    if known.count() != len(set(plan.plan_ids)):
        raise DomainError("所选实习方案与实习形式不一致，或不是本校的方案。", field="plans")
    cohorts = set(known.order_by().values_list("cohort_id", flat=True))
    if len(cohorts) != len(set(plan.plan_ids)):
        raise DomainError("同一年级专业只能选一个实习方案。", field="plans")


def columns_of(plan: RoundPlan) -> dict[str, Any]:
    values = asdict(plan)
    values.pop("plan_ids")
    return {**values, "group_order": list(plan.group_order)}


@transaction.atomic
def fill_students(*, round_id: int, actor: Actor, on: datetime.date) -> int:
    """Take in the students of the plans who have no internship in these days (载入学生).

    Who is in already stays as they are; returns how many came in.
    """
    placement_round = locked_round(round_id=round_id, actor=actor)
    require_draft(placement_round)
    known = set(placement_round.students.values_list("person_id", flat=True))
    fresh = [
        RoundStudent(
            round=placement_round,
            person_id=member.person_id,
            school_class_id=member.school_class_id,
            plan_id=plan_id,
            number=member.number,
        )
        for member, plan_id in members_for(placement_round, on=on)
        if member.person_id not in known
    ]
    RoundStudent.objects.bulk_create(fresh)
    record(actor, "placements.round.students_filled", placement_round, detail={"count": len(fresh)})
    return len(fresh)


@transaction.atomic
def set_scores(*, round_id: int, actor: Actor, lines: Sequence[ScoreLine]) -> int:
    """Take over the school's score list; all lines or none (登记成绩名单)."""
    placement_round = locked_round(round_id=round_id, actor=actor)
    require_draft(placement_round)
    students = {student.number: student for student in placement_round.students.all()}
    unknown = [line.number for line in lines if line.number not in students]
    if unknown:
        raise DomainError(
            f"名单里有 {len(unknown)} 个学号不在本轮，例如 {unknown[0]}。请核对后重新上传。",
            field="file",
        )
    for line in lines:
        student = students[line.number]
        student.score = line.score if line.score is not None else student.score
        student.county_code = line.county_code or student.county_code
        if line.needs_lodging is not None:
            student.needs_lodging = line.needs_lodging
    changed = [students[line.number] for line in lines]
    RoundStudent.objects.bulk_update(
        changed, ["score", "county_code", "needs_lodging"], batch_size=500
    )
    record(actor, "placements.round.scores_set", placement_round, detail={"count": len(changed)})
    return len(changed)


@transaction.atomic
def leave_student_out(*, student_id: int, actor: Actor, reason: str) -> RoundStudent:
    """A student does not take part, and it says why (不参加本轮)."""
    student = RoundStudent.objects.select_related("round").get(pk=student_id)
    placement_round = locked_round(round_id=student.round_id, actor=actor)
    if placement_round.state not in (RoundState.DRAFT, RoundState.WISHING, RoundState.RANKING):
        raise WrongState(f"当前为“{placement_round.get_state_display()}”，请在试算里用“学生退出”。")
    if not reason.strip():
        raise DomainError("请写明不参加的原因，学生会看到。", field="reason")
    student.is_eligible, student.decline_reason = False, reason.strip()[:200]
    student.save(update_fields=["is_eligible", "decline_reason"])
    record(actor, "placements.round.student_left_out", placement_round, reason=reason)
    return student


@transaction.atomic
def set_posts(*, round_id: int, actor: Actor, places: Mapping[int, int]) -> Round:
    """Say which posts are on offer and with how many places (确定岗位和名额)."""
    placement_round = locked_round(round_id=round_id, actor=actor)
    require_draft(placement_round)
    offered = {post.pk: (post, host) for post, host in posts_for(placement_round)}
    for post_id, count in places.items():
        if post_id not in offered:
            raise DomainError("有岗位已不能用于本轮，请刷新后重新选择。")
        post, _ = offered[post_id]
        if count > post.headcount:
            raise DomainError(
                f"{post.organisation.name}“{post.title}”最多 {post.headcount} 人，不能填 {count}。"
            )
    wanted = {post_id: count for post_id, count in places.items() if count > 0}
    placement_round.posts.exclude(post_id__in=wanted).delete()
    for post_id, count in wanted.items():
        RoundPost.objects.update_or_create(
            round=placement_round,
            post_id=post_id,
            defaults={"places": count, "host": offered[post_id][1]},
        )
    refuse_overfull_reserves(placement_round)
    record(actor, "placements.round.posts_set", placement_round, detail={"posts": len(wanted)})
    return placement_round


@transaction.atomic
def set_reserves(*, round_post_id: int, actor: Actor, rules: Sequence[ReserveRule]) -> RoundPost:
    """Keep places of a post for groups, and say the most of a group (设定预留)."""
    round_post = RoundPost.objects.get(pk=round_post_id)
    placement_round = locked_round(round_id=round_post.round_id, actor=actor)
    require_draft(placement_round)
    for rule in rules:
        if rule.kind not in placement_round.group_order:
            raise DomainError("本轮的组别认定次序里没有这个组别，请先在轮次规则里加上。")
        if rule.ceiling is not None and rule.ceiling < rule.seats:
            raise DomainError("上限不能小于预留名额。")
    round_post.reserves.all().delete()
    RoundReserve.objects.bulk_create(
        RoundReserve(round_post=round_post, **asdict(rule)) for rule in rules
    )
    refuse_overfull_reserves(placement_round)
    record(actor, "placements.round.reserves_set", placement_round, detail={"post": round_post.pk})
    return round_post


def refuse_overfull_reserves(placement_round: Round) -> None:
    for post in placement_round.posts.prefetch_related("reserves").select_related("post"):
        kept = sum(rule.seats for rule in post.reserves.all())
        if kept > post.places:
            raise DomainError(
                f"“{post.post.title}”预留 {kept} 个，多于名额 {post.places} 个。请先改预留。"
            )


@transaction.atomic
def open_wishes(*, round_id: int, actor: Actor, now: datetime.datetime) -> Round:
    """Draw the lottery's seed, show it, and let students name their posts (开放志愿)."""
    placement_round = locked_round(round_id=round_id, actor=actor)
    placement_round.state = steps.target(
        "open",
        state=RoundState(placement_round.state),
        students=placement_round.students.filter(is_eligible=True).count(),
        posts=placement_round.posts.count(),
        unscored=unscored_count(placement_round),
        basis=placement_round.basis,
        wishes_close_at=timezone.localtime(placement_round.wishes_close_at),
        now=now,
    )
    placement_round.seed = secrets.randbelow(LARGEST_SEED)
    placement_round.save(update_fields=["state", "seed"])
    record(actor, "placements.round.opened", placement_round, detail={"seed": placement_round.seed})
    publish(RoundOpened(round_id=placement_round.pk))
    return placement_round


@transaction.atomic
def close_wishes(*, round_id: int, actor: Actor, now: datetime.datetime) -> Round:
    """Take no more wishes; hosts score those who named their posts (截止志愿)."""
    placement_round = locked_round(round_id=round_id, actor=actor)
    if actor.is_system and placement_round.state != RoundState.WISHING:
        return placement_round
    placement_round.state = steps.target(
        "close_wishes",
        state=RoundState(placement_round.state),
        now=timezone.localtime(now),
        closes_at=timezone.localtime(placement_round.wishes_close_at),
    )
    placement_round.save(update_fields=["state"])
    record(actor, "placements.round.wishes_closed", placement_round)
    publish(RoundWishesClosed(round_id=placement_round.pk))
    return placement_round


@transaction.atomic
def close_round(*, round_id: int, actor: Actor, now: datetime.datetime) -> Round:
    """End a round when the time for objections is over and all are answered (结束本轮)."""
    placement_round = locked_round(round_id=round_id, actor=actor)
    placement_round.state = steps.target(
        "close",
        state=RoundState(placement_round.state),
        open_objections=open_objections(placement_round).count(),
        now=timezone.localtime(now),
        closes_at=timezone.localtime(placement_round.objections_close_at or now),
    )
    placement_round.closed_at = now
    placement_round.save(update_fields=["state", "closed_at"])
    record(actor, "placements.round.closed", placement_round)
    publish(RoundClosed(round_id=placement_round.pk))
    return placement_round


@transaction.atomic
def cancel_round(*, round_id: int, actor: Actor, reason: str) -> Round:
    """Call a round off before its result is out (取消本轮)."""
    placement_round = locked_round(round_id=round_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明取消理由，参加的学生和单位会看到。", field="reason")
    placement_round.state = steps.target("cancel", state=RoundState(placement_round.state))
    placement_round.save(update_fields=["state"])
    record(actor, "placements.round.cancelled", placement_round, reason=reason)
    return placement_round
