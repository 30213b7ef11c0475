"""A student objects to a result; the school answers within its clock."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.placements.choices.rounds import (
    ObjectionState,
    RoundState,
)
from silian.operations.placements.events.rounds import (
    RoundObjectionAnswered,
    RoundObjectionRaised,
)
from silian.operations.placements.models.round_runs import RoundObjection, RoundResult
from silian.operations.placements.models.rounds import Round
from silian.operations.placements.permissions.rounds import (
    objections_visible_to,
    require_round_clerk,
    results_visible_to,
)
from silian.operations.placements.workflow.rounds import objection as answers
from silian.operations.placements.workflow.rounds import placement_round as steps

ANSWER_DAYS = 5  # working days; the internship must still be able to start in time


@transaction.atomic
def raise_objection(
    *, result_id: int, actor: Actor, reason: str, now: datetime.datetime
) -> RoundObjection:
    """Say that a published result is wrong, and why (提出异议)."""
    result = own_result(result_id=result_id, actor=actor)
    placement_round = Round.objects.select_for_update(of=("self",)).get(pk=result.run.round_id)
    if not reason.strip():
        raise DomainError("请写明哪里不对，例如成绩、组别或志愿顺序。", field="reason")
    closes = placement_round.objections_close_at
    if closes and now >= closes:
        raise DomainError(f"异议期已在 {timezone.localtime(closes):%Y-%m-%d %H:%M} 结束。")
    if result.objections.filter(state=ObjectionState.OPEN).exists():
        raise DomainError("您的异议正在办理，答复后会通知您。")
    placement_round.state = steps.target("object", state=RoundState(placement_round.state))
    placement_round.save(update_fields=["state"])
    objection = RoundObjection.objects.create(
        result=result,
        reason=reason.strip()[:1000],
        raised_at=now,
        due_at=site_deadline(now, working_days=ANSWER_DAYS).due_at,
    )
    record(actor, "placements.round_objection.raised", objection)
    publish(RoundObjectionRaised(objection_id=objection.pk))
    return objection


def own_result(*, result_id: int, actor: Actor) -> RoundResult:
    """The actor's own published result."""
    rows = results_visible_to(actor).filter(student__person__user_id=actor.user_id or 0)
    result = rows.select_related("run").filter(pk=result_id).first()
    if result is None:
        raise NotAllowed("异议由学生本人对自己的结果提出。")
    return result


@transaction.atomic
def answer_objection(
    *, objection_id: int, actor: Actor, is_upheld: bool, answer: str, now: datetime.datetime
) -> RoundObjection:
    """Answer an objection with reasons; an upheld one is put right by a new post (答复异议)."""
    require_round_clerk(actor)
    objection = objections_visible_to(actor).select_for_update(of=("self",)).get(pk=objection_id)
    if not answer.strip():
        raise DomainError("请写明核对了什么、结论和依据，学生会看到。", field="answer")
    objection.state = answers.target(
        "uphold" if is_upheld else "reject", state=ObjectionState(objection.state)
    )
    objection.answer = answer.strip()[:1000]
    objection.answered_by_id, objection.answered_at = actor.user_id, now
    objection.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(actor, "placements.round_objection.answered", objection, reason=answer)
    publish(RoundObjectionAnswered(objection_id=objection.pk))
    return objection
