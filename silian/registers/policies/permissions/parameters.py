"""Who reads and who sets parameters (参数权限)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import Role
from silian.registers.policies.choices import PUBLIC_STATES
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.parameters import Parameter


def parameters_visible_to(actor: Actor) -> QuerySet[Parameter]:
    """Everybody reads parameters, except those of documents that are not issued yet."""
    issued = Q(document__state__in=sorted(PUBLIC_STATES))
    return Parameter.objects.filter(issued | Q(document__isnull=True))


def owns(actor: Actor, document: PolicyDocument | None) -> bool:
    """Whether the document is one of the actor's own department (发布部门)."""
    works = actor.has_role(Role.REVIEWER) and bool(actor.organisation_id)
    return works and document is not None and document.owner_id == actor.organisation_id


def may_set_parameters(
    actor: Actor, *, division: str, document: PolicyDocument | None = None
) -> bool:
    """Whether the actor sets values for a region: its coordinator, or the policy's owner.

    The owner sets what its own document leaves open, within its jurisdiction (发布部门).
    """
    keeps = actor.has_role(Role.COORDINATOR) or owns(actor, document)
    return keeps and actor.covers(division)


def require_parameter_keeper(
    actor: Actor, *, division: str, document: PolicyDocument | None = None
) -> None:
    if not may_set_parameters(actor, division=division, document=document):
        raise NotAllowed(
            "参数由本地区牵头部门统筹人员或文件发布部门的审核员设定，其他人员可以查看。"
            "请联系他们办理。"
        )


def may_open_parameters(actor: Actor) -> bool:
    """Whether the actor opens parameters in its jurisdiction, for some document at least."""
    if not actor.jurisdiction:
        return False
    if actor.has_role(Role.COORDINATOR):
        return True
    own = PolicyDocument.objects.filter(
        owner_id=actor.organisation_id or 0,
        state__in=sorted(PUBLIC_STATES),
        division__code__startswith=subtree_prefix(actor.jurisdiction),
    )
    return actor.has_role(Role.REVIEWER) and own.exists()


def require_opener(actor: Actor, *, division: str, document: PolicyDocument | None) -> None:
    """The coordinator opens by any document, a department by its own ones only."""
    if not may_set_parameters(actor, division=division, document=document):
        raise NotAllowed(
            "参数由本地区牵头部门统筹人员开设；发布部门的审核员只能依据本单位发布的文件开设。"
        )


register_action_labels(
    {
        "policies.parameter.opened": "开设政策参数",
        "policies.parameter.withdrawn": "撤回政策参数",
        "policies.parameter.set": "设定政策参数",
        "policies.parameter.corrected": "更正政策参数",
    }
)
