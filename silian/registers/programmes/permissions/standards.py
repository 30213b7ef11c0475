"""Who may see, write and review standards."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.permissions import in_jurisdiction
from silian.registers.programmes.choices import VersionState
from silian.registers.programmes.models.standards import JointWork, Standard, StandardVersion
from silian.registers.programmes.permissions.programmes import STAFF_ROLES, programmes_visible_to

WRITING_KINDS = frozenset(
    {
        OrganisationKind.SCHOOL,
        OrganisationKind.ENTERPRISE,
        OrganisationKind.ASSOCIATION,
        OrganisationKind.INSTITUTE,
        OrganisationKind.ALLIANCE,
    }
)
REVIEWING_ROLES = (Role.REVIEWER, Role.COORDINATOR)
SHOWN_STATES = (VersionState.IN_FORCE, VersionState.REPLACED, VersionState.WITHDRAWN)


def is_standard_reviewer(actor: Actor) -> bool:
    return bool(actor.jurisdiction) and actor.has_role(*REVIEWING_ROLES)


def may_write_standards(actor: Actor) -> bool:
    """Schools, enterprises, associations and institutes write standards (编制单位)."""
    return actor.organisation_kind in WRITING_KINDS and actor.has_role(*STAFF_ROLES)


def standards_visible_to(actor: Actor) -> QuerySet[Standard]:
    """Standards once in force for all signed in; drafts for keeper, authors and authority."""
    if actor.is_system:
        return Standard.objects.all()
    if not actor.is_authenticated:
        return Standard.objects.none()
    versions = versions_visible_to(actor)
    seen = Q(pk__in=versions.values("standard_id")) | Q(keeper_id=actor.organisation_id or 0)
    return Standard.objects.filter(seen)


def versions_visible_to(actor: Actor) -> QuerySet[StandardVersion]:
    """Versions that were ever in force; those in the making for keeper, authors, authority."""
    if actor.is_system:
        return StandardVersion.objects.all()
    if not actor.is_authenticated:
        return StandardVersion.objects.none()
    seen = Q(state__in=SHOWN_STATES)
    if actor.organisation_id:
        mine = StandardVersion.objects.filter(authors__organisation_id=actor.organisation_id)
        seen |= Q(standard__keeper_id=actor.organisation_id) | Q(pk__in=mine.values("pk"))
    if is_standard_reviewer(actor):
        region = in_jurisdiction(actor, field="standard__division__code")
        seen |= region & ~Q(state=VersionState.DRAFT)
    return StandardVersion.objects.filter(seen)


def joint_works_visible_to(actor: Actor) -> QuerySet[JointWork]:
    """Joint works of the programmes that the actor sees."""
    return JointWork.objects.filter(programme__in=programmes_visible_to(actor))


def may_keep(actor: Actor, standard: Standard) -> bool:
    return may_write_standards(actor) and actor.organisation_id == standard.keeper_id


def may_review(actor: Actor, standard: Standard) -> bool:
    """The authority of the region, and never the keeper itself."""
    return (
        is_standard_reviewer(actor)
        and actor.covers(standard.division_id)
        and actor.organisation_id != standard.keeper_id
    )


def require_standard_writer(actor: Actor) -> None:
    if not may_write_standards(actor):
        raise NotAllowed("标准由院校、企业、行业组织、科研院所的管理员和经办人登记。")


def require_keeper(actor: Actor, standard: Standard) -> None:
    if not may_keep(actor, standard):
        raise NotAllowed("只有主编单位的管理员和经办人可以办理这个标准。")


def require_standard_reviewer(actor: Actor, standard: Standard) -> None:
    if not may_review(actor, standard):
        raise NotAllowed("标准由所在地区的主管部门评审，主编单位不能评审自己的标准。")
