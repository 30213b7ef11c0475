"""Who sees, writes, answers and signs internship plans."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.placements.choices.hosts import (
    PlanState,
)
from silian.operations.placements.models.plans import HostAnswer, InternshipPlan
from silian.operations.placements.permissions.hosts import (
    NOBODY,
    is_host_insider,
    is_school_insider,
)
from silian.operations.placements.permissions.internships import (
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.organisations.permissions import in_jurisdiction


def may_write_plans(actor: Actor) -> bool:
    return is_school_clerk(actor)


def require_plan_writer(actor: Actor) -> int:
    """The school whose plans the actor writes."""
    if not may_write_plans(actor):
        raise NotAllowed("实习方案由已核验学校的管理员或经办人起草和签署。")
    return actor.organisation_id or 0


def plans_visible_to(actor: Actor) -> QuerySet[InternshipPlan]:
    """A school's own; a host those sent to it; officials their region's; students their own."""
    if actor.is_system:
        return InternshipPlan.objects.all()
    seen = NOBODY
    if is_school_insider(actor):
        seen |= Q(school_id=actor.organisation_id)
    if is_host_insider(actor):
        asked = HostAnswer.objects.filter(host__organisation_id=actor.organisation_id or 0)
        sent = ~Q(state=PlanState.DRAFT)
        seen |= sent & Q(pk__in=asked.values("plan_id"))
    if is_official(actor):
        decided = Q(state=PlanState.APPROVED)
        seen |= decided & in_jurisdiction(actor, field="school__division__code")
    if actor.organisation_kind == OrganisationKind.SCHOOL and actor.has_role(Role.STUDENT):
        seen |= Q(state=PlanState.APPROVED, internships__person__user_id=actor.user_id)
    return InternshipPlan.objects.filter(seen).distinct()


def plans_kept_by(actor: Actor) -> QuerySet[InternshipPlan]:
    """The plans of the actor's own school, when it writes them."""
    if not may_write_plans(actor):
        return InternshipPlan.objects.none()
    return InternshipPlan.objects.filter(school_id=actor.organisation_id)


def answers_given_by(actor: Actor) -> QuerySet[HostAnswer]:
    """The answers that the actor's organisation owes or gave (待本单位确认)."""
    if not is_host_clerk(actor):
        return HostAnswer.objects.none()
    return HostAnswer.objects.filter(host__organisation_id=actor.organisation_id or 0).exclude(
        plan__state=PlanState.DRAFT
    )


register_action_labels(
    {
        "placements.plan.drafted": "起草实习方案",
        "placements.plan.edited": "修改实习方案",
        "placements.plan.sent": "发送实习方案",
        "placements.plan.answered": "答复实习方案",
        "placements.plan.host_dropped": "撤下方案中的单位",
        "placements.plan.reopened": "退回修改实习方案",
        "placements.plan.signed": "签署实习方案",
        "placements.plan.withdrawn": "撤回实习方案",
    }
)
