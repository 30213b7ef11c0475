"""Background work of files and batches of many internships."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from silian.foundation.kernel.jobs import Outcome, Progress, long_job
from silian.operations.placements.choices.rounds import (
    BatchItemState,
    BulkImportKind,
)
from silian.operations.placements.commands import agreement_batches, bulk_imports
from silian.operations.placements.commands.bulk_arrangements import bring_in_arrangement
from silian.operations.placements.commands.bulk_posts import bring_in_posts
from silian.operations.placements.models.bulk import AgreementBatch, BulkImport


def telling(progress: Progress, *, total: int, message: str) -> Callable[[int], None]:
    return lambda done: progress.report(done=done, total=total, message=message)


@long_job("placements.bulk_import")
def run_import(progress: Progress, *, import_id: int) -> Outcome:
    """Read a file and take its good rows in."""
    kind, rows = BulkImport.objects.values_list("kind", "rows").get(pk=import_id)
    work = bring_in_posts if kind == BulkImportKind.POSTS else bring_in_arrangement
    tell = telling(progress, total=rows, message="正在读取各行")
    try:
        done = work(import_id=import_id, tell=tell)
    except Exception:
        bulk_imports.fail_import(import_id=import_id)
        raise
    return Outcome(
        message=f"新增 {done.created_rows} 行，更新 {done.changed_rows} 行，"
        f"不变 {done.same_rows} 行，未导入 {done.refused_rows} 行。",
        url=reverse("placements:bulk_import", kwargs={"import_id": import_id}),
    )


@long_job("placements.agreement_batch")
def run_agreement_batch(progress: Progress, *, batch_id: int) -> Outcome:
    """Make, send and chase the agreements of a batch."""
    waiting = AgreementBatch.objects.get(pk=batch_id).items.filter(state=BatchItemState.WAITING)
    tell = telling(progress, total=waiting.count(), message="正在生成和送签")
    batch = agreement_batches.run_batch(batch_id=batch_id, tell=tell)
    failed = batch.items.filter(state=BatchItemState.FAILED).count()
    return Outcome(
        message=f"办完 {batch.items.count()} 份，未办成 {failed} 份。",
        url=reverse("placements:agreement_batch", kwargs={"batch_id": batch_id}),
    )
