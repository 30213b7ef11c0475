"""Who sees and who answers a committee's nominations of experts."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.operations.alliances.models.nominations import ExpertNomination
from silian.operations.alliances.permissions.committees import committees_kept_by


def nominations_kept_by(actor: Actor) -> QuerySet[ExpertNomination]:
    """The nominations of the committees whose record the actor keeps."""
    return ExpertNomination.objects.filter(committee__in=committees_kept_by(actor))


def nominations_asked_of(actor: Actor) -> QuerySet[ExpertNomination]:
    """The nominations of the actor in person; nobody answers for another."""
    if actor.user_id is None:
        return ExpertNomination.objects.none()
    return ExpertNomination.objects.filter(user_id=actor.user_id)


register_action_labels(
    {
        "alliances.nomination.asked": "征询专家入库意愿",
        "alliances.nomination.agreed": "同意推荐入评审专家库",
        "alliances.nomination.declined": "不同意推荐入评审专家库",
        "alliances.nomination.withdrawn": "撤回专家推荐",
    }
)
