"""Who reads, writes and checks the register of plans (规划登记权限)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.policies.choices import PlanRecordState
from silian.registers.policies.models.plans import PlanAnswer, PlanRecord

WRITERS = (Role.COORDINATOR, Role.REVIEWER, Role.MANAGER, Role.AGENT)
OVERSEERS = (Role.COORDINATOR, Role.REVIEWER, Role.SUPERVISOR, Role.LEADER)
SHOWN = (PlanRecordState.SUBMITTED, PlanRecordState.REVIEWED)


def writes_plans(actor: Actor) -> bool:
    """Whether the actor registers plans of its own department."""
    return actor.organisation_kind == OrganisationKind.GOVERNMENT and actor.has_role(*WRITERS)


def reads_plans(actor: Actor) -> bool:
    """Whether the actor opens the register: government members and the region's leaders."""
    oversees = bool(actor.jurisdiction) and actor.has_role(*OVERSEERS)
    member = actor.organisation_kind == OrganisationKind.GOVERNMENT and actor.has_role(Role.READER)
    return writes_plans(actor) or oversees or member


def require_reader(actor: Actor) -> None:
    if not reads_plans(actor):
        raise NotAllowed("规划登记只对政府部门开放。")


def plan_records_visible_to(actor: Actor) -> QuerySet[PlanRecord]:
    """One's own department's; for the region's officials those handed in or past their day."""
    if not reads_plans(actor):
        return PlanRecord.objects.none()
    seen = Q(owner_id=actor.organisation_id or 0)
    if actor.jurisdiction and actor.has_role(*OVERSEERS):
        prefix = subtree_prefix(actor.jurisdiction)
        known = Q(state__in=SHOWN) | Q(check_by__lt=TruncDate(Now()))
        seen |= known & Q(division__code__startswith=prefix)
    return PlanRecord.objects.filter(seen)


def may_write_plan(actor: Actor, plan: PlanRecord) -> bool:
    return writes_plans(actor) and plan.owner_id == actor.organisation_id


def may_check_plan(actor: Actor, plan: PlanRecord) -> bool:
    """Whether the actor checks this entry (牵头部门统筹)."""
    return actor.has_role(Role.COORDINATOR) and actor.covers(plan.division_id)


def require_plan_writer(actor: Actor, plan: PlanRecord | None = None) -> None:
    if plan is None and writes_plans(actor):
        return
    if plan is not None and may_write_plan(actor, plan):
        return
    raise NotAllowed("规划由登记单位的人员填写和修改，请联系登记单位。")


def require_plan_checker(actor: Actor, plan: PlanRecord) -> None:
    if not may_check_plan(actor, plan):
        raise NotAllowed("规划登记由本地区牵头部门统筹人员核对。")


def may_read_proof(actor: Actor, file: StoredFile) -> bool:
    """Whoever reads the plan reads its proofs."""
    answer = PlanAnswer.objects.filter(pk=int(file.object_id)).first()
    return answer is not None and plan_records_visible_to(actor).filter(pk=answer.plan_id).exists()


register_file_readers("policies.plananswer", may_read_proof)
register_action_labels(
    {
        "policies.plan.created": "登记规划",
        "policies.plan.changed": "修改规划登记",
        "policies.plan.answered": "填写同步规划核对项",
        "policies.plan.project_added": "登记重大项目",
        "policies.plan.project_removed": "删除重大项目",
        "policies.plan.submitted": "规划登记送核对",
        "policies.plan.reviewed": "核对规划登记",
        "policies.plan.returned": "退回规划登记",
        "policies.plan.reopened": "重新填写规划登记",
    }
)
