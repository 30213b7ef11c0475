"""Say which office answers for what in a region."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.governance.incentives.models.offices import FunctionOffice
from silian.governance.incentives.permissions.offices import (
    offices_visible_to,
    require_office_keeper,
)
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation


@transaction.atomic
def name_office(
    *, division: str, function: str, organisation_id: int, basis: str, actor: Actor,
    today: datetime.date,
) -> FunctionOffice:  # fmt: skip
    """Name the office that answers for a function in a region (设定职能单位)."""
    require_office_keeper(actor, division=division)
    unit = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    if unit.kind != OrganisationKind.GOVERNMENT or unit.state != OrganisationState.VERIFIED:
        raise DomainError("职能单位应是已核验的政府部门。", field="organisation")
    known = FunctionOffice.objects.filter(
        division_id=division, function=function, organisation=unit, ends_on__isnull=True
    )
    if known.exists():
        raise DomainError("这个单位已经设定为这项职能。", field="organisation")
    office = FunctionOffice.objects.create(
        division_id=division, function=function, organisation=unit, basis=basis, starts_on=today
    )
    record(actor, "incentives.office.named", office, reason=basis)
    return office


@transaction.atomic
def end_office(*, office_id: int, actor: Actor, today: datetime.date) -> FunctionOffice:
    """End an office's function from today on; what it did stays (停止职能单位)."""
    rows = offices_visible_to(actor).select_for_update(of=("self",))
    office = rows.get(pk=office_id)
    require_office_keeper(actor, division=office.division_id)
    if office.ends_on is not None:
        raise WrongState("这个单位的职能已经停止。")
    office.ends_on = max(today, office.starts_on)
    office.save(update_fields=["ends_on"])
    record(actor, "incentives.office.ended", office)
    return office
