"""Have a metric counted again now."""

from __future__ import annotations

from django.db import transaction

from silian.casework.metrics.permissions.values import require_recounter
from silian.casework.metrics.registry import Metric
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.jobs import start_job
from silian.foundation.kernel.models import Job

RECOUNT_JOB = "metrics.recount"


@transaction.atomic
def ask_recount(*, metric: Metric, actor: Actor) -> Job:
    """Count the whole series of a metric again in the background (立即重算)."""
    require_recounter(actor)
    if metric.is_manual:
        raise DomainError("这项指标由部门填报，没有可重算的明细。请联系责任部门更正。")
    job = start_job(
        kind=RECOUNT_JOB, title=f"重算指标：{metric.title}", actor=actor, code=metric.code
    )
    record(actor, "metrics.metric.recount_asked", job, detail={"code": metric.code})
    return job
