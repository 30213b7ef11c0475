"""Who reads and who sets parameters (参数权限)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import Role
from silian.registers.policies.choices import PUBLIC_STATES
from silian.registers.policies.models.parameters import Parameter


def parameters_visible_to(actor: Actor) -> QuerySet[Parameter]:
    """Everybody reads parameters, except those of documents that are not issued yet."""
    issued = Q(document__state__in=sorted(PUBLIC_STATES))
    return Parameter.objects.filter(issued | Q(document__isnull=True))


def may_set_parameters(actor: Actor, *, division: str) -> bool:
    """Whether the actor sets values for a region (牵头部门统筹)."""
    return actor.has_role(Role.COORDINATOR) and actor.covers(division)


def require_parameter_keeper(actor: Actor, *, division: str) -> None:
    if not may_set_parameters(actor, division=division):
        raise NotAllowed("参数由本地区牵头部门统筹人员设定，其他人员可以查看。请联系他们办理。")


register_action_labels(
    {
        "policies.parameter.set": "设定政策参数",
        "policies.parameter.corrected": "更正政策参数",
    }
)
