"""Who sees and writes schemes (认定项目)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.reviews.models import Scheme
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.reference.models import Division
from silian.registers.organisations.choices import JURISDICTION_ROLES, Role

register_action_labels(
    {
        "reviews.scheme.loaded": "载入内置认定项目",
        "reviews.scheme.made": "新建认定项目",
        "reviews.scheme.saved": "修改认定方案草稿",
        "reviews.scheme.published": "发布认定方案",
        "reviews.scheme.retired": "停用认定方案",
        "reviews.scheme.dropped": "删除认定方案草稿",
    }
)


def schemes_visible_to(actor: Actor) -> QuerySet[Scheme]:
    """Officials read the schemes that hold in their region."""
    if not reads_schemes(actor):
        return Scheme.objects.none()
    return Scheme.objects.filter(of_region(actor))


def of_region(actor: Actor) -> Q:
    """Schemes that hold in the actor's jurisdiction: its own, those above and those below."""
    if not actor.jurisdiction:
        return Q(pk__in=[])
    division = Division.objects.filter(pk=actor.jurisdiction).first()
    above = list(division.path) if division else []
    return Q(division_id__in=above) | below(actor)


def below(actor: Actor) -> Q:
    return Q(division__code__startswith=subtree_prefix(actor.jurisdiction))


def reads_schemes(actor: Actor) -> bool:
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def may_write_schemes(actor: Actor) -> bool:
    """Whether the actor makes schemes for its region (牵头部门统筹)."""
    return bool(actor.jurisdiction) and actor.has_role(Role.COORDINATOR)


def may_write(actor: Actor, scheme: Scheme) -> bool:
    """Whether the actor may change this scheme: it lies in its region or is its own."""
    own = scheme.owner_id == actor.organisation_id
    return may_write_schemes(actor) and (own or actor.covers(scheme.division_id))


def require_writer(actor: Actor, scheme: Scheme | None = None) -> None:
    """Raise unless the actor makes schemes, and this one is its own region's."""
    if not may_write_schemes(actor):
        raise NotAllowed("认定方案由牵头部门的统筹人员制定。请联系本地牵头部门。")
    if scheme is not None and not may_write(actor, scheme):
        raise NotAllowed("只能修改本地区的认定方案。上级的方案可以用来开批次，数值在批次中调整。")
