"""Order an archive; it is found on the page of long jobs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from silian.casework.reviews.commands.archives import (
    order_batch_archive,
    order_dossier_archive,
)
from silian.casework.reviews.permissions.dossiers import dossiers_judged_by
from silian.casework.reviews.views.ranking import campaign_for
from silian.foundation.kernel.requests import Request


@require_POST
def archive_batch(request: Request, campaign_id: int) -> HttpResponse:
    """The archive of a whole batch (导出批次档案)."""
    campaign = campaign_for(request, campaign_id)
    job = order_batch_archive(campaign=campaign, actor=request.actor)
    return redirect("kernel:job_detail", job_id=job.pk)


@require_POST
def archive_dossier(request: Request, dossier_id: int) -> HttpResponse:
    """The archive of one dossier (导出材料档案)."""
    rows = dossiers_judged_by(request.actor).select_related("campaign")
    dossier = get_object_or_404(rows, pk=dossier_id)
    job = order_dossier_archive(dossier=dossier, actor=request.actor)
    return redirect("kernel:job_detail", job_id=job.pk)
