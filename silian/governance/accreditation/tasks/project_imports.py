"""Files of projects in the background."""

from __future__ import annotations

from django.utils import timezone

from silian.foundation.kernel.jobs import Outcome, Progress, long_job
from silian.governance.accreditation.commands.project_import_running import write_import
from silian.governance.accreditation.commands.project_imports import JOB


@long_job(JOB)
def run_import(progress: Progress, *, import_id: int) -> Outcome:
    """Write the good rows of a confirmed file."""
    batch = write_import(
        import_id=import_id,
        today=timezone.localdate(),
        tell=lambda done: progress.report(done=done, message="正在登记项目"),
    )
    return Outcome(
        message=f"导入 {batch.created_rows} 个项目，{batch.bad_rows} 行没有导入。",
        url=batch.get_absolute_url(),
    )
