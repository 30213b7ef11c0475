"""Who registers services that go with matching, and who reads how often they are used."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.exchange.models.value_added_service import ValueAddedService, ValueAddedUse
from silian.operations.exchange.permissions.listings import (
    is_supervisor,
    may_read_own,
    may_write_listings,
)
from silian.registers.organisations.choices import OrganisationKind, Role

PROVIDING_KINDS = frozenset(
    {
        OrganisationKind.SERVICE,
        OrganisationKind.ALLIANCE,
        OrganisationKind.ASSOCIATION,
        OrganisationKind.INSTITUTE,
    }
)


def services_visible_to(actor: Actor) -> QuerySet[ValueAddedService]:
    """Running ones for everybody; ended ones for who keeps them."""
    seen = Q(closed_at__isnull=True)
    if is_operator(actor):
        seen |= Q(provider__isnull=True)
    elif may_register_services(actor):
        seen |= Q(provider_id=actor.organisation_id)
    return ValueAddedService.objects.filter(seen)


def uses_visible_to(actor: Actor) -> QuerySet[ValueAddedUse]:
    """Officials: by organisations of their region; providers: of their own services; one's own."""
    if is_supervisor(actor):
        inside = subtree_prefix(actor.jurisdiction)
        return ValueAddedUse.objects.filter(organisation__division__code__startswith=inside)
    if not may_read_own(actor):
        return ValueAddedUse.objects.none()
    own = actor.organisation_id or 0
    return ValueAddedUse.objects.filter(Q(organisation_id=own) | Q(service__provider_id=own))


def is_operator(actor: Actor) -> bool:
    """Whether the actor speaks for the platform itself (平台运营、牵头部门)."""
    return bool(actor.jurisdiction) and actor.has_role(Role.COORDINATOR)


def may_register_services(actor: Actor) -> bool:
    """The platform, and verified organisations whose work is to serve others."""
    if is_operator(actor):
        return True
    serves = actor.organisation_kind in PROVIDING_KINDS
    return serves and actor.organisation_verified and may_write_listings(actor)


def require_provider(actor: Actor) -> None:
    if not may_register_services(actor):
        raise NotAllowed("增值服务由牵头部门或已核验的服务组织、行业组织、科研院所登记。")


def may_close_service(actor: Actor, service: ValueAddedService) -> bool:
    if service.provider_id is None:
        return is_operator(actor)
    return may_register_services(actor) and service.provider_id == actor.organisation_id


def own_services(actor: Actor) -> QuerySet[ValueAddedService]:
    """The running services that the actor may end."""
    if not may_register_services(actor):
        return ValueAddedService.objects.none()
    provider = None if is_operator(actor) else actor.organisation_id
    rows = ValueAddedService.objects.filter(closed_at__isnull=True)
    if provider is None:
        return rows.filter(provider__isnull=True)
    return rows.filter(provider_id=provider)
