"""Bring in projects from a table, with every fault named by its cell."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.sheets import sheet_of
from silian.foundation.reference.models import Division, Industry
from silian.governance.accreditation.choices.projects import ImportMode
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.permissions.projects import is_applicant, may_import
from silian.governance.accreditation.rules.project_sheets import (
    OWNER,
    REQUIRED,
    Fault,
    read_project_row,
)
from silian.registers.organisations.choices import OrganisationState, Role
from silian.registers.organisations.models import Organisation

MOST_ROWS = 500  # a province's yearly reserve; more is a slip of the file


@dataclass(frozen=True, kw_only=True)
class ImportOutcome:
    """What came of a file: how many rows were taken in, and what was wrong (导入结果)."""

    rows: int
    created: int
    faults: list[Fault]


@dataclass
class Reading:
    """The rows of a file as read so far."""

    good: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0


@transaction.atomic
def import_projects(
    *, upload: UploadedFile[bytes], mode: str, actor: Actor, today: datetime.date
) -> ImportOutcome:
    """Register every good row as an idea; a bad one is told by row, column and text (导入项目)."""
    if not may_import(actor):
        raise NotAllowed("项目由申报单位或牵头部门导入，请联系贵单位管理员。")
    sheet = sheet_of(name=upload.name or "", content=upload.read(), most_rows=MOST_ROWS)
    sheet.require(*REQUIRED)
    reading = Reading()
    for place, row in sheet.numbered():
        reading.rows += 1
        facts, faults = read_project_row(place, row)
        reading.faults += faults
        if not faults:
            reading.good.append({**facts, "row": place})
    checked = resolved(reading, actor=actor)
    refused = mode == ImportMode.ALL_OR_NOTHING and bool(reading.faults)
    created = [] if refused else written(checked, today=today)
    if created:
        record(actor, "accreditation.project.imported", detail={"rows": len(created)})
    return ImportOutcome(rows=reading.rows, created=len(created), faults=reading.faults)


def resolved(reading: Reading, *, actor: Actor) -> list[dict[str, Any]]:
    """Rows whose owner, place and name stand against the registers; faults are added."""
    names = {row["owner"] for row in reading.good}
    owners = {row.name: row for row in Organisation.objects.filter(name__in=names)}
    places = set(Division.objects.values_list("code", flat=True))
    industries = {row.code: row for row in Industry.objects.filter(valid_to__isnull=True)}
    held = IntegrationProject.objects.filter(owner__name__in=names)
    taken = set(held.values_list("owner__name", "name"))
    found = []
    for row in reading.good:
        fault = register_fault(
            row, owner=owners.get(row["owner"]), places=places, taken=taken, actor=actor
        ) or industry_fault(row, known=industries)
        if fault:
            reading.faults.append(fault)
            continue
        taken.add((row["owner"], row["name"]))
        found.append(
            {
                **row,
                "owner": owners[row["owner"]],
                "industries": [industries[code] for code in row["industries"]],
            }
        )
    reading.faults.sort(key=lambda fault: fault.row)
    return found


def register_fault(
    row: dict[str, Any],
    *,
    owner: Organisation | None,
    places: set[str],
    taken: set[tuple[str, str]],
    actor: Actor,
) -> Fault | None:
    place = row["row"]
    if owner is None or owner.state != OrganisationState.VERIFIED:
        sentence = "单位名录中没有这家已核验单位，请核对全称。"
        return Fault(row=place, column=OWNER, text=row["owner"], sentence=sentence)
    if not may_bring(actor, owner):
        sentence = "只能导入本单位的项目；牵头部门只能导入本地区单位的项目。"
        return Fault(row=place, column=OWNER, text=row["owner"], sentence=sentence)
    if row["division_id"] not in places:
        return Fault(
            row=place,
            column="建设地区代码",
            text=row["division_id"],
            sentence="行政区划目录中没有这个代码。",
        )
    if (row["owner"], row["name"]) in taken:
        return Fault(
            row=place,
            column="项目名称",
            text=row["name"],
            sentence="这家单位已有同名项目，没有重复新增。",
        )
    return None


def may_bring(actor: Actor, owner: Organisation) -> bool:
    if is_applicant(actor) and owner.pk == actor.organisation_id:
        return True
    return actor.has_role(Role.COORDINATOR) and actor.covers(owner.division_id)


def industry_fault(row: dict[str, Any], *, known: dict[str, Industry]) -> Fault | None:
    unknown = [code for code in row["industries"] if code not in known]
    if not unknown:
        return None
    return Fault(
        row=row["row"],
        column="服务行业代码",
        text=unknown[0],
        sentence="行业目录中没有这个代码。",
    )


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
