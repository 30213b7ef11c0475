"""Make, send and chase the agreements of hundreds of interns in one go (批量办协议)."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.commands.chasing import remind_many
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.queries.signing import waiting_signatures
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.jobs import start_job
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.choices.rounds import (
    BatchItemState,
)
from silian.operations.placements.commands.agreements import make_agreement
from silian.operations.placements.models.bulk import AgreementBatch, AgreementBatchItem
from silian.operations.placements.permissions.boards import agreement_batches_visible_to
from silian.operations.placements.permissions.internships import (
    internships_visible_to,
    require_school_clerk,
)
from silian.operations.placements.queries.bulk_actors import actor_of_batch

MOST_AT_ONCE = 2_000
CHASED_TOGETHER = 200  # signatures that one statement reminds
Tell = Callable[[int], None]


@transaction.atomic
def start_batch(*, internship_ids: Sequence[int], actor: Actor, title: str = "") -> AgreementBatch:
    """Queue the agreements of the chosen interns; one in force is left alone (批量办协议)."""
    require_school_clerk(actor)
    rows = internships_visible_to(actor).filter(
        pk__in=internship_ids, school_id=actor.organisation_id, state__in=sorted(LIVE_STATES)
    )
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise DomainError("没有可以办协议的学生。请选择在办或在岗的学生。")
    if len(ids) > MOST_AT_ONCE:
        raise DomainError(f"一次最多办 {MOST_AT_ONCE} 份，请分批提交。")
    batch = AgreementBatch.objects.create(
        school_id=actor.organisation_id or 0,
        title=(title.strip() or f"{len(ids)} 名学生的实习协议")[:120],
        made_by_id=actor.user_id,
    )
    AgreementBatchItem.objects.bulk_create(
        AgreementBatchItem(batch=batch, internship_id=pk) for pk in ids
    )
    record(actor, "placements.agreement_batch.started", batch, detail={"count": len(ids)})
    return queued(batch, actor=actor)


def queued(batch: AgreementBatch, *, actor: Actor) -> AgreementBatch:
    job = start_job(
        kind="placements.agreement_batch", title=batch.title, actor=actor, batch_id=batch.pk
    )
    batch.job_id, batch.finished_at = job.pk, None
    batch.save(update_fields=["job_id", "finished_at"])
    return batch


@transaction.atomic
def retry_batch(*, batch_id: int, actor: Actor) -> AgreementBatch:
    """Try again those that were not done (重办未办成的)."""
    batch = agreement_batches_visible_to(actor).select_for_update().get(pk=batch_id)
    failed = batch.items.filter(state=BatchItemState.FAILED)
    if batch.finished_at is None:
        raise DomainError("这一批还在办理，办完再重办。")
    if not failed.exists():
        raise DomainError("这一批没有未办成的。")
    failed.update(state=BatchItemState.WAITING, reason="")
    record(actor, "placements.agreement_batch.retried", batch)
    return queued(batch, actor=actor)


def run_batch(*, batch_id: int, tell: Tell) -> AgreementBatch:
    """Work the waiting items off, each by itself, so that one failure stops nobody else.

    Begun again after an interruption it goes on where it stopped.
    """
    batch = AgreementBatch.objects.select_related("made_by", "school").get(pk=batch_id)
    actor = actor_of_batch(batch)
    started = time.perf_counter()
    waiting = batch.items.filter(state=BatchItemState.WAITING).order_by("pk")
    sent: list[int] = []
    for done, item in enumerate(list(waiting), start=1):
        sent += work_off(item, actor=actor, now=timezone.now())
        tell(done)
    chase_sent(sent, actor=actor, now=timezone.now())
    return finish(batch, actor=actor, took_ms=int((time.perf_counter() - started) * 1000))


def work_off(item: AgreementBatchItem, *, actor: Actor, now: datetime.datetime) -> list[int]:
    """Make and send one agreement, or write down why not; returns the agreement to chase."""
    try:
        with transaction.atomic():
            agreement = make_agreement(
                internship_id=item.internship_id, actor=actor, now=now, send=True
            )
    except DomainError as refusal:
        note(item, BatchItemState.FAILED, now=now, reason=refusal.sentence)
        return []
    if agreement.state in (AgreementState.ACTIVE, AgreementState.SUSPENDED):
        note(item, BatchItemState.SIGNED, now=now)
        return []
    note(item, BatchItemState.SENT, now=now)
    return [agreement.pk]


def note(
    item: AgreementBatchItem, state: BatchItemState, *, now: datetime.datetime, reason: str = ""
) -> None:
    item.state, item.reason, item.done_at = state, reason[:300], now
    item.tries += 1
    item.save(update_fields=["state", "reason", "done_at", "tries"])


@transaction.atomic
def chase_sent(agreement_ids: Sequence[int], *, actor: Actor, now: datetime.datetime) -> None:
    """Remind those whose turn it is, as the batch promised; nobody twice a day (催签)."""
    known = Agreement.objects.filter(pk__in=agreement_ids).values_list("pk", flat=True)
    waiting = waiting_signatures(agreement_ids=list(known))
    ids = [row.pk for row in waiting if not row.is_waiting_for_others]  # type: ignore[attr-defined]
    for start in range(0, len(ids), CHASED_TOGETHER):
        remind_many(signature_ids=ids[start : start + CHASED_TOGETHER], actor=actor, now=now)


@transaction.atomic
def finish(batch: AgreementBatch, *, actor: Actor, took_ms: int) -> AgreementBatch:
    batch.finished_at, batch.took_ms = timezone.now(), took_ms
    batch.save(update_fields=["finished_at", "took_ms"])
    failed = batch.items.filter(state=BatchItemState.FAILED).count()
    record(
        actor, "placements.agreement_batch.finished", batch,
        detail={"failed": failed, "took_ms": took_ms},
    )  # fmt: skip
    return batch
