"""Long work on archives, with progress."""

from __future__ import annotations

import tempfile

from django.utils import timezone

from silian.casework.reviews.commands.archives import JOB
from silian.casework.reviews.exports.dossier_archive import write_archive
from silian.casework.reviews.models import Campaign
from silian.casework.reviews.permissions.archives import dossiers_archived_by
from silian.casework.reviews.queries.dossier_record import archived
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.files import store_result
from silian.foundation.kernel.jobs import Outcome, Progress, long_job
from silian.registers.accounts.models import User
from silian.registers.organisations.queries.identity import actor_for

IN_MEMORY = 16 * 1024 * 1024


@long_job(JOB)
def write_review_archive(
    progress: Progress, *, campaign_id: int, dossier_id: int | None = None
) -> Outcome:
    """Write the zip with index and hashes; may run again from the start."""
    job = progress.job
    actor = actor_for(
        user=User.objects.get(pk=job.actor_id or 0),
        on=timezone.localdate(),
        organisation_id=job.organisation_id,
    )
    rows = dossiers_archived_by(actor, campaign_id=campaign_id)
    if dossier_id is not None:
        rows = rows.filter(pk=dossier_id)
    if not rows.exists():
        raise DomainError("没有可以导出的申报材料。材料提交后再导出。")
    campaign = Campaign.objects.select_related("version__scheme").get(pk=campaign_id)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as target:
        digest = write_archive(
            target=target,
            campaign=campaign,
            dossiers=archived(rows).order_by("rank", "number"),
            by=actor.name,
            tell=lambda done, total: progress.report(
                done=done, total=total, message="正在逐份写入"
            ),
        )
        target.seek(0)
        file = store_result(
            name=f"评审档案-{campaign_id}.zip",
            content_type="application/zip",
            content=target.read(),
            job=job,
        )
    return Outcome(message=f"已导出，清单校验值 {digest[:16]}…", file=file)
