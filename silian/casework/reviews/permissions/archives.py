"""Whose archives an organiser may write."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.casework.reviews.models import Dossier
from silian.casework.reviews.permissions.campaigns import may_organise
from silian.casework.reviews.permissions.deciding import campaigns_ranked_for
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels


def dossiers_archived_by(actor: Actor, *, campaign_id: int) -> QuerySet[Dossier]:
    """The sent dossiers of a batch that the actor organises; none otherwise."""
    campaign = campaigns_ranked_for(actor).filter(pk=campaign_id).first()
    if campaign is None or not may_organise(actor, campaign):
        return Dossier.objects.none()
    return Dossier.objects.filter(campaign=campaign, submitted_at__isnull=False)


register_action_labels(
    {
        "reviews.campaign.archived": "导出批次档案",
        "reviews.dossier.archived": "导出材料档案",
    }
)
