"""Write the good rows of a confirmed file of projects; also by the background job."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.files import files_of, read_content
from silian.foundation.kernel.sheets import Sheet, sheet_of
from silian.governance.accreditation.choices.projects import ProjectImportState
from silian.governance.accreditation.models.project_imports import ProjectImport
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.queries.project_import_reading import read_projects
from silian.governance.accreditation.workflow.project_import import project_import as steps

Tell = Callable[[int], None]
BATCH = 500  # rows between two reports of progress


def sheet_kept(batch: ProjectImport) -> Sheet:
    """The uploaded file, read again."""
    file = files_of(batch)[0]
    return sheet_of(name=batch.file_name, content=read_content(file), most_rows=batch.rows)


@transaction.atomic
def write_import(*, import_id: int, today: datetime.date, tell: Tell) -> ProjectImport:
    """Register every good row as an idea; running twice writes nothing twice (导入项目)."""
    batch = ProjectImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    if batch.state == ProjectImportState.DONE:
        return batch
    owners = set(batch.owner_ids)
    reading = read_projects(sheet_kept(batch), may_bring=lambda owner: owner.pk in owners)
    for part in parts_of(reading.good):
        written(part, today=today)
        batch.created_rows += len(part)
        tell(batch.created_rows)
    batch.state = steps.target("finish", state=ProjectImportState(batch.state))
    batch.save(update_fields=["state", "created_rows"])
    rows = {"rows": batch.created_rows}
    record(system_actor(), "accreditation.project.imported", batch, detail=rows)
    return batch


def parts_of(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for first in range(0, len(rows), BATCH):
        yield rows[first : first + BATCH]


def written(rows: list[dict[str, Any]], *, today: datetime.date) -> list[IntegrationProject]:
    """All rows in two statements."""
    projects = IntegrationProject.objects.bulk_create(
        [
            IntegrationProject(
                **{name: row[name] for name in row if name not in ("row", "industries")},
                stage_since=today,
                registered_on=today,
            )
            for row in rows
        ]
    )
    links = IntegrationProject.industries.through
    links.objects.bulk_create(
        [
            links(integrationproject_id=project.pk, industry_id=industry.pk)
            for project, row in zip(projects, rows, strict=True)
            for industry in row["industries"]
        ]
    )
    return projects
