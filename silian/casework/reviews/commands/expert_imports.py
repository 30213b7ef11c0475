"""Take experts in from a spreadsheet: all lines, or none with every faulty cell named."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.casework.reviews.choices.judging import ExpertState
from silian.casework.reviews.commands.experts import MOST_FIELDS
from silian.casework.reviews.models import Expert
from silian.casework.reviews.permissions.experts import require_pool_keeper
from silian.casework.reviews.rules.expert_rows import (
    ENDS,
    FIELDS,
    LOGIN,
    NAME,
    STARTS,
    TITLE,
    CellFault,
    ExpertRow,
    read_rows,
)
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.sheets import sheet_of
from silian.registers.organisations.models import Membership

MOST_ROWS = 1_000  # a province's pool; more is more than one list


@dataclass(frozen=True, kw_only=True)
class ImportOutcome:
    """What an import came to: how many were taken in, or which cells are wrong (导入结果)."""

    taken: int = 0
    faults: list[CellFault] = field(default_factory=list)


@transaction.atomic
def import_experts(*, upload: UploadedFile[bytes], actor: Actor) -> ImportOutcome:
    """Propose the people of a list; one faulty cell and nobody is taken in (导入评审专家)."""
    require_pool_keeper(actor, division=actor.jurisdiction)
    sheet = sheet_of(name=upload.name or "", content=upload.read(), most_rows=MOST_ROWS)
    sheet.require(LOGIN, TITLE, FIELDS, STARTS, ENDS)
    rows, faults = read_rows(sheet.numbered())
    people = members_by_login([row.login for row in rows])
    faults += [fault for row in rows if (fault := person_fault(row, people.get(row.login)))]
    if faults:
        return ImportOutcome(faults=sorted(faults, key=lambda fault: (fault.row, fault.column)))
    for row in rows:
        take_in(row, people[row.login], actor=actor)
    return ImportOutcome(taken=len(rows))


def members_by_login(logins: list[str]) -> dict[str, Membership]:
    """The present membership of each login name, the earliest first."""
    rows = (
        Membership.objects.in_force(on=timezone.localdate())
        .filter(user__username__in=logins)
        .select_related("user", "organisation")
        .order_by("-pk")
    )
    return {row.user.username: row for row in rows}


def person_fault(row: ExpertRow, member: Membership | None) -> CellFault | None:
    """What is wrong with the person of a line, as the registers know him."""
    if member is None:
        text = "没有这个登录名，或者此人不在任何单位任职"
        return CellFault(row=row.row, column=LOGIN, said=row.login, fault=text)
    if row.name and row.name != member.user.name:
        text = "与登录名登记的姓名不一致"
        return CellFault(row=row.row, column=NAME, said=row.name, fault=text)
    if len(row.fields) > MOST_FIELDS:
        text = f"最多填 {MOST_FIELDS} 个"
        return CellFault(row=row.row, column=FIELDS, said="", fault=text)
    known = Expert.objects.filter(user_id=member.user_id).exclude(state=ExpertState.LEFT)
    if known.exists():
        return CellFault(row=row.row, column=LOGIN, said=row.login, fault="已经在专家库中")
    return None


def take_in(row: ExpertRow, member: Membership, *, actor: Actor) -> Expert:
    """A line becomes a proposal in the region of the importer; it still has to be admitted."""
    values = {
        "organisation_id": member.organisation_id,
        "division_id": actor.jurisdiction,
        "title": row.title,
        "fields": list(row.fields),
        "state": ExpertState.PROPOSED,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "proposed_by_id": actor.organisation_id,
        "reason": "",
    }
    expert, _ = Expert.objects.update_or_create(user_id=member.user_id, defaults=values)
    record(actor, "reviews.expert.imported", expert)
    return expert
