"""Who keeps and reads the catalogue of scarce occupations."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.reference.jurisdictions import widening
from silian.governance.incentives.models.scarce_lists import ScarceList
from silian.governance.incentives.permissions.offices import looks_after_region, within


def scarce_lists_visible_to(actor: Actor) -> QuerySet[ScarceList]:
    """Those of the actor's region, and of wider ones that hold there too."""
    if not looks_after_region(actor):
        return ScarceList.objects.none()
    around = Q(division__in=list(widening(actor.jurisdiction)))
    return ScarceList.objects.filter(within(actor) | around)


def require_scarce_reader(actor: Actor) -> None:
    if not looks_after_region(actor):
        raise NotAllowed("紧缺职业目录由政府部门查看。")


register_action_labels(
    {
        "incentives.scarce_list.published": "登记紧缺职业目录",
        "incentives.scarce_list.withdrawn": "撤销紧缺职业目录",
    }
)
