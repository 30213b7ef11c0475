"""Ask for the archive of a dossier or of a batch; a worker writes it."""

from __future__ import annotations

from django.db import transaction

from silian.casework.reviews.models import Campaign, Dossier
from silian.casework.reviews.permissions.campaigns import require_organiser
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.jobs import start_job
from silian.foundation.kernel.models import Job

JOB = "reviews.archive"


@transaction.atomic
def order_batch_archive(*, campaign: Campaign, actor: Actor) -> Job:
    """Start writing the archive of all sent dossiers of a batch (导出批次档案)."""
    require_organiser(actor, campaign)
    record(actor, "reviews.campaign.archived", campaign)
    return start_job(
        kind=JOB, title=f"导出评审档案：{campaign.title}", actor=actor, campaign_id=campaign.pk
    )


@transaction.atomic
def order_dossier_archive(*, dossier: Dossier, actor: Actor) -> Job:
    """Start writing the archive of one dossier (导出材料档案)."""
    require_organiser(actor, dossier.campaign)
    record(actor, "reviews.dossier.archived", dossier)
    return start_job(
        kind=JOB,
        title=f"导出评审档案：{dossier.subject_name}",
        actor=actor,
        campaign_id=dossier.campaign_id,
        dossier_id=dossier.pk,
    )
