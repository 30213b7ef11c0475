"""Background work of imports."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from silian.foundation.kernel.jobs import Outcome, Progress, long_job
from silian.operations.exchange.commands import listing_import_running


def page_of(import_id: int) -> str:
    return reverse("exchange:import_detail", kwargs={"import_id": import_id})


def telling(progress: Progress) -> Callable[[int], None]:
    return lambda done: progress.report(done=done, message="正在读取各行")


@long_job("exchange.check_import")
def check_import(progress: Progress, *, import_id: int) -> Outcome:
    """Read the whole file and note every cell that is wrong."""
    with listing_import_running.failing(import_id=import_id):
        batch = listing_import_running.finish_check(import_id=import_id, tell=telling(progress))
    good = batch.rows - batch.refused_rows - batch.duplicate_rows
    return Outcome(
        message=f"检查完 {batch.rows} 行，可导入 {good} 行，待确认。", url=page_of(import_id)
    )


@long_job("exchange.run_import")
def run_import(progress: Progress, *, import_id: int) -> Outcome:
    """Write the good rows of a checked file."""
    with listing_import_running.failing(import_id=import_id):
        batch = listing_import_running.finish_import(import_id=import_id, tell=telling(progress))
    return Outcome(
        message=f"新增 {batch.created_rows} 条，更新 {batch.changed_rows} 条。",
        url=page_of(import_id),
    )
