"""Who reads, writes, reviews and publishes preferential policies (优惠政策权限)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.policies.choices import BenefitState
from silian.registers.policies.models.benefits import Benefit, PublicityRecord

WRITERS = (Role.COORDINATOR, Role.REVIEWER, Role.MANAGER, Role.AGENT)
JUDGES = (Role.COORDINATOR, Role.REVIEWER)
OVERSEERS = (*JUDGES, Role.SUPERVISOR, Role.LEADER)
PUBLIC = (BenefitState.PUBLISHED, BenefitState.ENDED)
ON_TABLE = (BenefitState.SUBMITTED, BenefitState.REVIEWED)


def writes_benefits(actor: Actor) -> bool:
    """Whether the actor registers benefits of its own department (登记人员)."""
    return actor.organisation_kind == OrganisationKind.GOVERNMENT and actor.has_role(*WRITERS)


def sees_desk(actor: Actor) -> bool:
    """Whether the actor opens the desk of the benefit list."""
    return writes_benefits(actor) or bool(actor.jurisdiction and actor.has_role(*OVERSEERS))


def keeps_list(actor: Actor) -> bool:
    """Whether the actor publishes for its region (牵头部门统筹)."""
    return actor.has_role(Role.COORDINATOR) and bool(actor.jurisdiction)


def benefits_visible_to(actor: Actor) -> QuerySet[Benefit]:
    """Published ones for everybody; drafts for their department; submitted ones for the region."""
    seen = Q(state__in=PUBLIC)
    if writes_benefits(actor):
        seen |= Q(owner_id=actor.organisation_id or 0)
    if actor.jurisdiction and actor.has_role(*OVERSEERS):
        prefix = subtree_prefix(actor.jurisdiction)
        seen |= Q(state__in=ON_TABLE, division__code__startswith=prefix)
    return Benefit.objects.filter(seen)


def public_benefits() -> QuerySet[Benefit]:
    """What the public list holds (公布的优惠政策)."""
    return Benefit.objects.public()


def publicity_visible_to(actor: Actor) -> QuerySet[PublicityRecord]:
    """The publicity log of the actor's region."""
    if not sees_desk(actor) or not actor.jurisdiction:
        return PublicityRecord.objects.none()
    prefix = subtree_prefix(actor.jurisdiction)
    return PublicityRecord.objects.filter(division__code__startswith=prefix)


def may_write_benefit(actor: Actor, benefit: Benefit) -> bool:
    return writes_benefits(actor) and benefit.owner_id == actor.organisation_id


def may_judge_benefit(actor: Actor, benefit: Benefit) -> bool:
    return actor.has_role(*JUDGES) and actor.covers(benefit.division_id)


def may_publish_benefit(actor: Actor, benefit: Benefit) -> bool:
    return keeps_list(actor) and actor.covers(benefit.division_id)


def require_desk(actor: Actor) -> None:
    if not sees_desk(actor):
        raise NotAllowed("优惠政策登记只对政府部门开放。已公布的请看“优惠政策”。")


def require_writer(actor: Actor, benefit: Benefit | None = None) -> None:
    if benefit is None and writes_benefits(actor):
        return
    if benefit is not None and may_write_benefit(actor, benefit):
        return
    raise NotAllowed("优惠政策由登记单位的人员填写和修改，请联系登记单位。")


def require_judge(actor: Actor, benefit: Benefit) -> None:
    if not may_judge_benefit(actor, benefit):
        raise NotAllowed("审核由本地区牵头部门统筹人员或审核员办理。")


def require_publisher(actor: Actor, benefit: Benefit) -> None:
    if not may_publish_benefit(actor, benefit):
        raise NotAllowed("公布和停止由本地区牵头部门统筹人员办理。")


def require_list_keeper(actor: Actor) -> None:
    if not keeps_list(actor):
        raise NotAllowed("清单的公布和宣传登记由本地区牵头部门统筹人员办理。")


register_action_labels(
    {
        "policies.benefit.created": "登记优惠政策",
        "policies.benefit.changed": "修改优惠政策",
        "policies.benefit.copied": "复制优惠政策",
        "policies.benefit.submitted": "优惠政策送审",
        "policies.benefit.reviewed": "审核通过优惠政策",
        "policies.benefit.returned": "退回优惠政策",
        "policies.benefit.published": "公布优惠政策",
        "policies.benefit.ended": "停止优惠政策",
        "policies.benefit_list.published": "公布优惠政策清单",
        "policies.publicity.recorded": "登记政策宣传",
    }
)
