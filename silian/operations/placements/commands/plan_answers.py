"""The hosts' side of a plan: agree or not (实习单位确认方案)."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.hosts import (
    AnswerState,
)
from silian.operations.placements.events.hosts import PlanAnswered
from silian.operations.placements.models.plans import HostAnswer, InternshipPlan
from silian.operations.placements.permissions.internships import is_host_clerk
from silian.operations.placements.permissions.plans import answers_given_by
from silian.operations.placements.workflow.plan import host_answer as steps


@transaction.atomic
def answer_plan(
    *, plan_id: int, agrees: bool, reason: str, actor: Actor, now: datetime.datetime
) -> HostAnswer:
    """Agree to a plan for one's organisation, or say why not (确认方案)."""
    if not is_host_clerk(actor):
        raise NotAllowed("方案由实习单位的管理员或经办人确认。")
    InternshipPlan.objects.select_for_update().get(pk=plan_id)
    answer = answers_given_by(actor).select_for_update(of=("self",)).get(plan_id=plan_id)
    state = AnswerState(answer.state)
    if agrees:
        answer.state = steps.target("confirm", state=state)
    else:
        answer.state = steps.target("refuse", state=state, reason=reason)
    answer.reason = reason.strip()[:300]
    answer.answered_by_id, answer.answered_at = actor.user_id, now
    answer.save(update_fields=["state", "reason", "answered_by", "answered_at"])
    record(actor, "placements.plan.answered", answer.plan, detail={"agrees": agrees})
    publish(PlanAnswered(plan_id=plan_id, host_id=answer.host_id))
    return answer
