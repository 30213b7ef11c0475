"""A file of posts or of arrangements on its way in (批量导入)."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.file_checks import CSV, XLSX
from silian.foundation.kernel.files import open_content, store_upload
from silian.foundation.kernel.jobs import start_job
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.sheets import Sheet, sheet_of
from silian.operations.placements.choices.rounds import (
    BulkImportKind,
    BulkImportState,
    RowMode,
)
from silian.operations.placements.models.bulk import BulkImport, BulkImportProblem
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.models.plans import InternshipPlan
from silian.operations.placements.permissions.boards import require_post_importer
from silian.operations.placements.permissions.internships import (
    is_school_clerk,
    require_school_clerk,
)
from silian.operations.placements.rules.bulk_arrangements import (
    REQUIRED as ARRANGEMENT_COLUMNS,
)
from silian.operations.placements.rules.bulk_posts import REQUIRED as POST_COLUMNS

MOST_ROWS = 2_000  # two and a half times the largest file that schools told of
MOST_PROBLEMS = 5_000


@transaction.atomic
def upload_posts(
    *, actor: Actor, upload: UploadedFile[bytes], mode: str, host: Host | None = None
) -> BulkImport:
    """Bring in posts of one's own, or as a school on behalf of one of its hosts (导入岗位)."""
    require_post_importer(actor)
    if is_school_clerk(actor) and host is None:
        raise DomainError("请选择为哪家实习单位导入。", field="host")
    if host is not None and host.school_id != actor.organisation_id:
        raise DomainError("这家单位不在本校实习单位名单里。", field="host")
    owner = host.organisation_id if host else actor.organisation_id
    return taken_in(
        actor=actor,
        upload=upload,
        columns=POST_COLUMNS,
        bulk_import=BulkImport(kind=BulkImportKind.POSTS, host_id=owner, mode=mode),
    )


@transaction.atomic
def upload_arrangement(
    *, actor: Actor, upload: UploadedFile[bytes], mode: str, plan: InternshipPlan
) -> BulkImport:
    """Bring in which student goes to which post, by student number (按名单安排)."""
    require_school_clerk(actor)
    if plan.school_id != actor.organisation_id:
        raise DomainError("请选择本校的实习方案。", field="plan")
    return taken_in(
        actor=actor,
        upload=upload,
        columns=ARRANGEMENT_COLUMNS,
        bulk_import=BulkImport(kind=BulkImportKind.ARRANGEMENT, plan=plan, mode=mode),
    )


def taken_in(
    *,
    actor: Actor,
    upload: UploadedFile[bytes],
    columns: Sequence[str],
    bulk_import: BulkImport,
) -> BulkImport:
    """Keep the file, refuse one whose columns are missing, and queue the rest."""
    content = upload.read()
    upload.seek(0)
    sheet = sheet_of(name=upload.name or "", content=content, most_rows=MOST_ROWS)
    sheet.require(*columns)
    bulk_import.organisation_id = actor.organisation_id or 0
    bulk_import.created_by_id = actor.user_id
    bulk_import.file_name = (upload.name or "")[:200]
    bulk_import.rows = sum(1 for _ in sheet.numbered())
    bulk_import.save()
    stored = store_upload(upload=upload, subject=bulk_import, actor=actor, kinds=(CSV, XLSX))
    job = start_job(
        kind="placements.bulk_import",
        title=f"导入 {bulk_import.file_name}",
        actor=actor,
        import_id=bulk_import.pk,
    )
    bulk_import.file_id, bulk_import.job_id = stored.pk, job.pk
    bulk_import.save(update_fields=["file_id", "job_id"])
    record(actor, "placements.bulk_import.uploaded", bulk_import, detail={"rows": bulk_import.rows})
    return bulk_import


def kept_sheet(bulk_import: BulkImport) -> Sheet:
    """The uploaded file, read again."""
    with open_content(StoredFile.objects.get(pk=bulk_import.file_id or 0)) as content:
        return sheet_of(name=bulk_import.file_name, content=content.read(), most_rows=MOST_ROWS)


def settle(
    bulk_import: BulkImport,
    *,
    actor: Actor,
    problems: Sequence[BulkImportProblem],
    created: int,
    changed: int,
    same: int,
) -> BulkImport:
    """Write down what came of the file."""
    bulk_import.problems.all().delete()
    BulkImportProblem.objects.bulk_create(problems[:MOST_PROBLEMS])
    refused = len({problem.row for problem in problems if problem.refuses})
    nothing = bulk_import.mode == RowMode.ALL_ROWS and refused > 0
    bulk_import.refused_rows = bulk_import.rows if nothing else refused
    bulk_import.created_rows, bulk_import.changed_rows = created, changed
    bulk_import.same_rows = same
    bulk_import.state = BulkImportState.REFUSED if nothing else BulkImportState.DONE
    bulk_import.finished_at = timezone.now()
    bulk_import.save()
    record(
        actor, "placements.bulk_import.finished", bulk_import,
        detail={"created": created, "changed": changed, "refused": bulk_import.refused_rows},
    )  # fmt: skip
    return bulk_import


@transaction.atomic
def fail_import(*, import_id: int) -> None:
    """Say that a file did not get through; nothing of it was kept (中断)."""
    rows = BulkImport.objects.filter(pk=import_id, state=BulkImportState.WAITING)
    rows.update(state=BulkImportState.FAILED, finished_at=timezone.now())
