"""Who sees targets, and who binds them to metrics."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.policy_tasks.models import Target
from silian.governance.policy_tasks.permissions.tasks import (
    coordinates,
    oversees,
    tasks_visible_to,
)
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.permissions import in_jurisdiction
from silian.registers.policies.choices import PUBLIC_STATES

UNIT_ROLES = (Role.REVIEWER, Role.MANAGER, Role.AGENT)


def reads_targets(actor: Actor) -> bool:
    """Whether the targets of a jurisdiction are the actor's business: its officials."""
    return oversees(actor) or (
        bool(actor.jurisdiction)
        and actor.organisation_kind == OrganisationKind.GOVERNMENT
        and actor.has_role(*UNIT_ROLES)
    )


def targets_visible_to(actor: Actor) -> QuerySet[Target]:
    """The targets of the jurisdiction's issued documents, and those of one's own tasks."""
    if actor.is_system:
        return Target.objects.all()
    seen = Q(task__in=tasks_visible_to(actor))
    if reads_targets(actor):
        issued = Q(document__isnull=True) | Q(document__state__in=sorted(PUBLIC_STATES))
        seen |= in_jurisdiction(actor) & issued
    return Target.objects.filter(seen)


def may_bind(actor: Actor, target: Target) -> bool:
    """Whether the actor binds the target to a metric and sets its baseline."""
    return coordinates(actor) and actor.covers(target.division_id)


def require_binder(actor: Actor, target: Target) -> None:
    if not may_bind(actor, target):
        raise NotAllowed("目标的指标和基期由本地区牵头部门的统筹人员设定，请联系牵头部门。")
