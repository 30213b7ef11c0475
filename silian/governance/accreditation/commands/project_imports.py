"""A file of projects: checked and shown first, then taken in or dropped."""

from __future__ import annotations

import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.file_checks import CSV, XLSX
from silian.foundation.kernel.files import store_content
from silian.foundation.kernel.jobs import start_job
from silian.foundation.kernel.sheets import sheet_of
from silian.governance.accreditation.choices.projects import ProjectImportState
from silian.governance.accreditation.commands.project_import_running import (
    sheet_kept,
    write_import,
)
from silian.governance.accreditation.models.project_imports import ProjectImport
from silian.governance.accreditation.permissions.projects import (
    imports_visible_to,
    may_bring,
    may_import,
)
from silian.governance.accreditation.queries.project_import_reading import Reading, read_projects
from silian.governance.accreditation.rules.project_sheets import REQUIRED
from silian.governance.accreditation.workflow.project_import import project_import as steps

MOST_ROWS = 5_000  # several years of a province's reserve; more is a slip of the file
MOST_AT_ONCE = 500  # rows that a person waits for; more go to the background
MOST_FAULTS = 2_000  # nobody corrects more than that cell by cell
SHEETS = (XLSX, CSV)
SAMPLE = 10  # rows that show whether the columns were read as meant
JOB = "accreditation.import_projects"


@transaction.atomic
def check_projects(*, upload: UploadedFile[bytes], mode: str, actor: Actor) -> ProjectImport:
    """Read a file and tell every fault by its cell; nothing is written yet (检查项目表)."""
    if not may_import(actor):
        raise NotAllowed("项目由申报单位或牵头部门导入，请联系贵单位管理员。")
    content = upload.read()
    sheet = sheet_of(name=upload.name or "", content=content, most_rows=MOST_ROWS)
    sheet.require(*REQUIRED)
    reading = read_projects(sheet, may_bring=lambda owner: may_bring(actor, owner))
    batch = ProjectImport.objects.create(
        organisation_id=actor.organisation_id or 0,
        created_by_id=actor.user_id,
        file_name=(upload.name or "")[:200],
        mode=mode,
        rows=reading.rows,
        good_rows=len(reading.good),
        fault_count=len(reading.faults),
        faults=[vars(fault) for fault in reading.faults[:MOST_FAULTS]],
        sample=sample_of(reading),
    )
    store_content(name=upload.name or "", content=content, subject=batch, actor=actor, kinds=SHEETS)
    record(actor, "accreditation.project_import.checked", batch, detail={"rows": batch.rows})
    return batch


def sample_of(reading: Reading) -> list[dict[str, str]]:
    """The first good rows as they were understood (预览)."""
    return [
        {
            "row": str(row["row"]),
            "owner": row["owner"].name,
            "name": row["name"],
            "division": row["division_id"],
            "total": str(row["total"]),
        }
        for row in reading.good[:SAMPLE]
    ]


def own_import(*, import_id: int, actor: Actor) -> ProjectImport:
    return imports_visible_to(actor).select_for_update(of=("self",)).get(pk=import_id)


@transaction.atomic
def confirm_import(*, import_id: int, actor: Actor, today: datetime.date) -> ProjectImport:
    """Take the good rows in: few at once, many in the background (确认导入)."""
    batch = own_import(import_id=import_id, actor=actor)
    batch.state = steps.target(
        "confirm",
        state=ProjectImportState(batch.state),
        good_rows=batch.good_rows,
        faults=batch.fault_count,
        takes_good_rows=batch.takes_good_rows,
    )
    batch.owner_ids = owners_for(batch, actor=actor)
    if batch.good_rows > MOST_AT_ONCE:
        title = f"导入工程项目 {batch.file_name}"
        job = start_job(kind=JOB, title=title, actor=actor, import_id=batch.pk)
        batch.job_id = job.pk
    batch.save(update_fields=["state", "owner_ids", "job_id"])
    record(actor, "accreditation.project_import.confirmed", batch)
    if batch.job_id is None:
        batch = write_import(import_id=batch.pk, today=today, tell=lambda done: None)
    return batch


def owners_for(batch: ProjectImport, *, actor: Actor) -> list[int]:
    """The units of the file for which the actor may register, as things stand now."""
    reading = read_projects(sheet_kept(batch), may_bring=lambda owner: may_bring(actor, owner))
    return sorted({row["owner"].pk for row in reading.good})


@transaction.atomic
def drop_import(*, import_id: int, actor: Actor) -> ProjectImport:
    """Give a checked file up (放弃导入)."""
    batch = own_import(import_id=import_id, actor=actor)
    batch.state = steps.target("drop", state=ProjectImportState(batch.state))
    batch.save(update_fields=["state"])
    record(actor, "accreditation.project_import.dropped", batch)
    return batch
