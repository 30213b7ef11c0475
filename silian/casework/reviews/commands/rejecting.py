"""Reject a dossier before the collective decision, with reason and basis."""

from __future__ import annotations

from django.utils import timezone

from silian.casework.reviews.choices.deciding import DecisionGround, Outcome
from silian.casework.reviews.commands.moving import move
from silian.casework.reviews.events.dossiers import DecisionMade
from silian.casework.reviews.models import Dossier, DossierDecision
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish

LONGEST_REASON = 1000
LONGEST_BASIS = 300


def reject_dossier(*, dossier: Dossier, reason: str, basis: str, actor: Actor) -> DossierDecision:
    """End a locked dossier as not passed; the decision can be appealed (不通过).

    The caller has checked who may do this at the dossier's stage. Basis: 说明理由.
    """
    refuse_unreasoned(reason, basis)
    stage = dossier.state
    dossier.end_reason = reason.strip()[:LONGEST_REASON]
    dossier.ended_stage = stage
    dossier.save(update_fields=["end_reason", "ended_stage"])
    move(dossier=dossier, step="reject")
    decision = DossierDecision.objects.create(
        dossier=dossier,
        outcome=Outcome.REJECT,
        ground=DecisionGround.REVIEW,
        reason=dossier.end_reason,
        basis=basis.strip()[:LONGEST_BASIS],
        snapshot={"stage": stage, "points": str(dossier.points) if dossier.points else None},
        supersedes=dossier.decisions.order_by("-pk").first(),
        decided_by_id=actor.user_id,
        decided_at=timezone.now(),
    )
    record(actor, "reviews.dossier.rejected", dossier, reason=reason, detail={"basis": basis})
    publish(DecisionMade(decision_id=decision.pk, dossier_id=dossier.pk))
    return decision


def refuse_unreasoned(reason: str, basis: str) -> None:
    if not reason.strip():
        raise DomainError("请写明不通过的理由，申报单位会看到。", field="reason")
    if not basis.strip():
        raise DomainError("请写明依据，例如申报通知或办法的条款。", field="basis")
