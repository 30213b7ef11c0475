"""Make batches for the public credit platform, and note its receipt."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.reference.models import Division
from silian.registers.credit.models import ShareBatch, ShareLine
from silian.registers.credit.permissions.credit import batches_visible_to, require_keeper
from silian.registers.credit.queries.batches import untold


@transaction.atomic
def make_batch(*, actor: Actor, now: datetime.datetime) -> ShareBatch:
    """Put what the platform does not know yet into one batch (生成归集批次).

    The region is locked, and the same state of a record is told once: asking twice makes no
    second batch.
    """
    require_keeper(actor, division=actor.jurisdiction)
    division = Division.objects.select_for_update().get(pk=actor.jurisdiction)
    lines = untold(division=division.pk)
    if not lines:
        raise DomainError("上一批次以来没有新的变动，不必再报。需要原文件的，请下载已有批次。")
    batch = ShareBatch.objects.create(
        division=division,
        number=next_number(division, on=timezone.localdate(now)),
        made_at=now,
        made_by_id=actor.user_id,
    )
    ShareLine.objects.bulk_create(
        ShareLine(
            batch=batch,
            record=line.record,
            action=line.action,
            cells=line.cells,
            fingerprint=line.fingerprint,
        )
        for line in lines
    )
    record(actor, "credit.batch.made", batch, detail={"lines": len(lines)})
    return batch


def next_number(division: Division, *, on: datetime.date) -> str:
    """Region, day and place in the day (批次号)."""
    start = f"XY{division.pk}-{on:%Y%m%d}-"
    made = ShareBatch.objects.filter(number__startswith=start).count()
    return f"{start}{made + 1:02d}"


@transaction.atomic
def note_receipt(*, batch_id: int, receipt: str, on: datetime.date, actor: Actor) -> ShareBatch:
    """Note that the platform has taken a batch (登记平台回执)."""
    batch = batches_visible_to(actor).select_for_update(of=("self",)).get(pk=batch_id)
    require_keeper(actor, division=batch.division_id)
    if batch.receipt:
        raise DomainError(f"已登记回执 {batch.receipt}，不再修改。")
    if not receipt.strip():
        raise DomainError("请填写平台返回的回执编号。", field="receipt")
    if on < timezone.localdate(batch.made_at):
        raise DomainError("接收日不能早于批次生成日。", field="on")
    batch.receipt, batch.received_on = receipt.strip()[:80], on
    batch.save(update_fields=["receipt", "received_on"])
    record(actor, "credit.batch.received", batch)
    return batch
