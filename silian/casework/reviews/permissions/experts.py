"""Who may see, propose and keep experts."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.reviews.models import Expert
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import Role
from silian.registers.organisations.permissions import in_jurisdiction

PROPOSERS = (Role.MANAGER, Role.AGENT)
WATCHERS = (Role.SUPERVISOR, Role.LEADER)


def keeps_pool(actor: Actor) -> bool:
    """Whether the actor admits experts of its region: the coordinating department (专家库管理)."""
    return actor.is_system or (actor.has_role(Role.COORDINATOR) and bool(actor.jurisdiction))


def may_propose(actor: Actor) -> bool:
    """Whether the actor proposes people of its verified organisation, or keeps the pool."""
    proposes = actor.organisation_verified and actor.has_role(*PROPOSERS)
    return proposes or keeps_pool(actor)


def reads_pool(actor: Actor) -> bool:
    """Whether the pool belongs in the actor's menu."""
    return keeps_pool(actor) or (bool(actor.jurisdiction) and actor.has_role(*WATCHERS))


def own_expert(actor: Actor) -> Expert | None:
    """The place of the actor in the pool, whatever its state."""
    if actor.user_id is None:
        return None
    rows = Expert.objects.filter(user_id=actor.user_id)
    return rows.select_related("organisation", "division", "user").first()


def experts_visible_to(actor: Actor) -> QuerySet[Expert]:
    """The experts of the region for those who keep or watch the pool; else one's own proposals."""
    if actor.is_system:
        return Expert.objects.all()
    seen = Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
    if reads_pool(actor):
        seen |= in_jurisdiction(actor)
    if may_propose(actor) and actor.organisation_id:
        seen |= Q(proposed_by_id=actor.organisation_id)
    return Expert.objects.filter(seen)


def experts_kept_by(actor: Actor) -> QuerySet[Expert]:
    """The experts whom the actor admits, pauses and dismisses."""
    if actor.is_system:
        return Expert.objects.all()
    return Expert.objects.filter(in_jurisdiction(actor)) if keeps_pool(actor) else no_experts()


def no_experts() -> QuerySet[Expert]:
    return Expert.objects.none()


def require_pool_keeper(actor: Actor, *, division: str) -> None:
    if not (keeps_pool(actor) and (actor.is_system or actor.covers(division))):
        raise NotAllowed("专家入库、暂停和出库由本地区牵头部门的统筹人员办理，请联系牵头部门。")


def require_proposer(actor: Actor) -> None:
    if not may_propose(actor):
        raise NotAllowed("推荐专家由已核验单位的管理员或经办人办理。请联系贵单位管理员。")


register_action_labels(
    {
        "reviews.expert.proposed": "推荐评审专家",
        "reviews.expert.admitted": "专家入库",
        "reviews.expert.paused": "暂停抽取专家",
        "reviews.expert.resumed": "恢复抽取专家",
        "reviews.expert.left": "专家出库",
        "reviews.expert.expired": "专家聘期届满出库",
        "reviews.expert.changed": "修改专家专业领域",
        "reviews.expert.imported": "导入评审专家",
        "reviews.interest.declared": "申明利害关系",
        "reviews.interest.ended": "注明利害关系终止",
    }
)
