"""A file of projects read against the registers: good rows, and every fault by its cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from silian.foundation.kernel.sheets import Sheet
from silian.foundation.reference.models import Division, Industry
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.rules.project_sheets import OWNER, Fault, read_project_row
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Organisation

MayBring = Callable[[Organisation], bool]


@dataclass
class Reading:
    """The rows of a file as read so far (读到的行)."""

    good: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0


def read_projects(sheet: Sheet, *, may_bring: MayBring) -> Reading:
    """Every row read; those that stand against the registers are good (读取项目表)."""
    reading = Reading()
    for place, row in sheet.numbered():
        reading.rows += 1
        facts, faults = read_project_row(place, row)
        reading.faults += faults
        if not faults:
            reading.good.append({**facts, "row": place})
    reading.good = resolved(reading, may_bring=may_bring)
    return reading


def resolved(reading: Reading, *, may_bring: MayBring) -> list[dict[str, Any]]:
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
            row,
            owner=owners.get(row["owner"]),
            places=places,
            taken=taken,
            may_bring=may_bring,
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
    may_bring: MayBring,
) -> Fault | None:
    place = row["row"]
    if owner is None or owner.state != OrganisationState.VERIFIED:
        sentence = "单位名录中没有这家已核验单位，请核对全称。"
        return Fault(row=place, column=OWNER, text=row["owner"], sentence=sentence)
    if not may_bring(owner):
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
