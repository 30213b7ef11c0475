"""Which office answers for what, and who says so."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.reference.jurisdictions import widening
from silian.governance.incentives.models.offices import FunctionOffice
from silian.registers.organisations.choices import JURISDICTION_ROLES, OrganisationKind, Role

CLERKS = (Role.REVIEWER, Role.COORDINATOR, Role.AGENT, Role.MANAGER)


def is_clerk(actor: Actor) -> bool:
    """Whether the actor works for a department (部门办理人员)."""
    return actor.organisation_kind == OrganisationKind.GOVERNMENT and actor.has_role(*CLERKS)


def looks_after_region(actor: Actor) -> bool:
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def coordinates(actor: Actor) -> bool:
    return bool(actor.jurisdiction) and actor.has_role(Role.COORDINATOR)


def within(actor: Actor, field: str = "division") -> Q:
    return Q(**{f"{field}__code__startswith": subtree_prefix(actor.jurisdiction)})


def offices_of(actor: Actor) -> QuerySet[FunctionOffice]:
    """What the actor's own office answers for today."""
    if not is_clerk(actor):
        return FunctionOffice.objects.none()
    return FunctionOffice.objects.filter(
        organisation_id=actor.organisation_id or 0, ends_on__isnull=True
    )


def answers_for(actor: Actor, *functions: str, division: str = "") -> bool:
    """Whether the actor's office has one of the functions, in the division or one around it."""
    rows = offices_of(actor).filter(function__in=functions)
    if division:
        rows = rows.filter(division_id__in=list(widening(division)))
    return rows.exists()


def offices_visible_to(actor: Actor) -> QuerySet[FunctionOffice]:
    """The offices of the actor's region."""
    if not looks_after_region(actor):
        return FunctionOffice.objects.none()
    return FunctionOffice.objects.filter(within(actor))


def require_office_reader(actor: Actor) -> None:
    if not looks_after_region(actor):
        raise NotAllowed("职能单位由政府部门查看。")


def require_office_keeper(actor: Actor, *, division: str = "") -> None:
    if not (coordinates(actor) and (not division or actor.covers(division))):
        raise NotAllowed("职能单位由本地区牵头部门统筹人员设定。")


register_action_labels(
    {
        "incentives.office.named": "设定职能单位",
        "incentives.office.ended": "停止职能单位",
    }
)
