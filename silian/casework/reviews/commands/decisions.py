"""Write down a decision: the first, or one that supersedes it with its ground."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from silian.casework.reviews.choices.deciding import DecisionGround, Outcome
from silian.casework.reviews.commands.moving import move
from silian.casework.reviews.events.dossiers import DecisionMade
from silian.casework.reviews.models import Dossier, DossierDecision
from silian.casework.reviews.queries.decisions import current_decision
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish

LONGEST_REASON = 2000
LONGEST_END_REASON = 1000


def decide(
    *,
    dossier: Dossier,
    outcome: Outcome,
    ground: DecisionGround,
    reason: str,
    basis: str,
    snapshot: dict[str, Any],
    actor: Actor,
) -> DossierDecision:
    """Add a decision to a locked dossier; it supersedes an earlier one (审定决定)."""
    if not reason.strip():
        raise DomainError("请写明理由，申报单位会看到。", field="reason")
    earlier = current_decision(dossier)
    decision = DossierDecision.objects.create(
        dossier=dossier,
        outcome=outcome,
        ground=ground,
        reason=reason.strip()[:LONGEST_REASON],
        basis=basis.strip()[:300],
        snapshot=snapshot,
        supersedes=earlier,
        decided_by_id=actor.user_id,
        decided_at=timezone.now(),
    )
    record(
        actor,
        "reviews.decision.superseded" if earlier else "reviews.decision.made",
        dossier,
        reason=reason,
        detail={"decision": decision.pk, "outcome": outcome.value, "ground": ground.value},
    )
    publish(DecisionMade(decision_id=decision.pk, dossier_id=dossier.pk))
    return decision


def end_as_rejected(*, dossier: Dossier, reason: str) -> None:
    """Move a locked dossier to 不通过 with the reason that the applicant reads."""
    dossier.end_reason = reason.strip()[:LONGEST_END_REASON]
    dossier.ended_stage = dossier.state
    dossier.save(update_fields=["end_reason", "ended_stage"])
    move(dossier=dossier, step="reject")
