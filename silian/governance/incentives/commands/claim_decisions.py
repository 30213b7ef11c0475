"""Decide on a claim: agree or reject, strike what does not count."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.governance.incentives.choices.claims import (
    ClaimState,
    StepKind,
    StepState,
)
from silian.governance.incentives.commands.claim_steps import (
    answer,
    locked_step,
    require_opinion,
    steps_of_round,
)
from silian.governance.incentives.commands.overlaps import require_heard
from silian.governance.incentives.events.claims import ClaimMoved
from silian.governance.incentives.models import Claim, ClaimItem, ClaimStep
from silian.governance.incentives.permissions.claims import items_visible_to
from silian.governance.incentives.workflow.claims import claim as life


@transaction.atomic
def agree_to_claim(*, step_id: int, opinion: str, actor: Actor, now: datetime.datetime) -> Claim:
    """Agree to what a claim asks, before it is made public (审定同意).

    The amount is what the rule gives for the items that still count. Nobody agrees to a claim
    that they entered.
    """
    step = deciding_step(step_id, actor=actor)
    claim = step.claim
    require_heard(claim)
    others = [row for row in steps_of_round(claim) if row.pk != step.pk]
    undone = [row for row in others if row.state in (StepState.WAITING, StepState.OPEN)]
    claim.state = life.target(
        "agree",
        state=ClaimState(claim.state),
        entered_by=claim.entered_by_id,
        actor_id=actor.user_id,
        own=claim.organisation_id == actor.organisation_id,
        open_steps=len(undone),
        refused=sum(row.state == StepState.REFUSED for row in others),
    )
    answer(step, "agree", opinion=opinion, actor=actor, now=now)
    claim.entitled = claim.planned
    claim.decided_by_id, claim.decided_at = actor.user_id, now
    claim.save(update_fields=["state", "entitled", "decided_by", "decided_at"])
    record(actor, "incentives.claim.agreed", claim, detail={"amount": str(claim.entitled)})
    publish(ClaimMoved(claim_id=claim.pk, step="agree"))
    return claim


def deciding_step(step_id: int, *, actor: Actor) -> ClaimStep:
    step = locked_step(step_id, actor=actor)
    if step.kind != StepKind.DECIDE:
        raise DomainError("只有审定环节可以作出决定。请先办结本环节。")
    return step


@transaction.atomic
def reject_claim(*, step_id: int, opinion: str, actor: Actor, now: datetime.datetime) -> Claim:
    """Refuse a claim with a reason that the unit may appeal against (不予支持)."""
    step = deciding_step(step_id, actor=actor)
    require_opinion(opinion)
    claim = step.claim
    answer(step, "refuse", opinion=opinion, actor=actor, now=now)
    reject(claim, reason=opinion, actor=actor, now=now)
    return claim


def reject(claim: Claim, *, reason: str, actor: Actor, now: datetime.datetime) -> None:
    """Reject a locked claim; its people may be claimed for elsewhere again."""
    claim.state = life.target("reject", state=ClaimState(claim.state))
    claim.reason, claim.entitled = reason.strip()[:300], Decimal(0)
    claim.decided_by_id, claim.decided_at = actor.user_id, now
    claim.save(update_fields=["state", "reason", "entitled", "decided_by", "decided_at"])
    free_items(claim, reason="申领不予支持")
    record(actor, "incentives.claim.rejected", claim, reason=claim.reason)
    publish(ClaimMoved(claim_id=claim.pk, step="reject"))


def free_items(claim: Claim, *, reason: str) -> None:
    """Let the people of a claim that ended be claimed for again."""
    claim.items.filter(counts=True).update(counts=False, struck_reason=reason)


@transaction.atomic
def strike_items(
    *, step_id: int, item_ids: Collection[int], reason: str, actor: Actor
) -> list[ClaimItem]:
    """Take people out of a claim with a reason while one's step is open (剔除明细).

    A school strikes its own students only. The claim is computed again at once.
    """
    step = locked_step(step_id, actor=actor)
    if step.state != StepState.OPEN:
        raise DomainError("这个环节已经办结，不能再剔除明细。")
    if not reason.strip():
        raise DomainError("请写明剔除的原因，申领单位会看到。", field="reason")
    rows = items_visible_to(actor, step.claim).filter(pk__in=item_ids, counts=True)
    items = list(rows.select_for_update(of=("self",)))
    if not items:
        raise DomainError("请选择要剔除的明细。", field="items")
    for item in items:
        item.counts, item.struck_reason = False, reason.strip()[:200]
        item.struck_by_id = actor.user_id
    ClaimItem.objects.bulk_update(items, ["counts", "struck_reason", "struck_by"])
    count_again(step.claim)
    record(
        actor, "incentives.item.struck", step.claim, reason=reason,
        detail={"items": [item.pk for item in items], "planned": str(step.claim.planned)},
    )  # fmt: skip
    return items


def count_again(claim: Claim) -> None:
    """What the items that still count add up to; each amount was computed by the rule."""
    total = claim.items.filter(counts=True).aggregate(total=Sum("amount"))["total"]
    claim.planned = total or Decimal(0)
    claim.save(update_fields=["planned"])
