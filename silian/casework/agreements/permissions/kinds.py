"""Who may see and configure kinds of agreement."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.agreements.models import ConfiguredKind
from silian.casework.agreements.permissions.agreements import is_official
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import Role
from silian.registers.organisations.permissions import in_jurisdiction


def configured_kinds_visible_to(actor: Actor) -> QuerySet[ConfiguredKind]:
    """Officials read the configured kinds of their region."""
    if not is_official(actor):
        return ConfiguredKind.objects.none()
    owned = Q(owner_id=actor.organisation_id)
    return ConfiguredKind.objects.filter(in_jurisdiction(actor) | owned)


def may_configure(actor: Actor) -> bool:
    """Whether the actor configures kinds for its region (牵头部门统筹)."""
    return bool(actor.jurisdiction) and actor.has_role(Role.COORDINATOR)


def require_configurer(actor: Actor, kind: ConfiguredKind | None = None) -> None:
    """Raise unless the actor configures kinds, and this one is its own region's."""
    if not may_configure(actor):
        raise NotAllowed("协议类别由牵头部门的统筹人员制定。请联系本地牵头部门。")
    if kind is not None and not actor.covers(kind.division_id):
        raise NotAllowed("只能修改本地区的协议类别。")
