"""Who enters and reads receipts and use of the local education surcharge."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.incentives.choices.offices import Function
from silian.governance.incentives.models.surcharge import SurchargeEntry
from silian.governance.incentives.permissions.offices import (
    answers_for,
    looks_after_region,
    within,
)

OFFICES = (Function.FINANCE, Function.TAX)


def reads_surcharge(actor: Actor) -> bool:
    return looks_after_region(actor)


def enters_surcharge(actor: Actor, *, division: str = "") -> bool:
    """Whether the actor's office is finance or tax of the county or of a region around it."""
    place = division or actor.jurisdiction
    return bool(place) and actor.covers(place) and answers_for(actor, *OFFICES, division=place)


def require_surcharge_reader(actor: Actor) -> None:
    if not reads_surcharge(actor):
        raise NotAllowed("地方教育附加收支由政府部门查看。")


def require_surcharge_entering(actor: Actor, *, division: str = "") -> None:
    if not enters_surcharge(actor, division=division):
        raise NotAllowed("地方教育附加收支由本地区财政、税务部门填报，请联系牵头部门设定职能单位。")


def entries_visible_to(actor: Actor) -> QuerySet[SurchargeEntry]:
    if not reads_surcharge(actor):
        return SurchargeEntry.objects.none()
    return SurchargeEntry.objects.filter(within(actor))


register_action_labels(
    {
        "incentives.surcharge.entered": "填报地方教育附加收支",
        "incentives.surcharge.corrected": "更正地方教育附加收支",
        "incentives.surcharge.imported": "导入地方教育附加收支",
    }
)
