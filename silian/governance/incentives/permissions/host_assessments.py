"""Who assesses enterprises that take interns, and who reads the result."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.incentives.choices.assessments import AssessmentState
from silian.governance.incentives.models import HostAssessment
from silian.governance.incentives.permissions.claims import is_clerk, oversees
from silian.registers.organisations.choices import OrganisationKind, Role

READERS = frozenset({Role.MANAGER, Role.AGENT, Role.READER})
WRITERS = frozenset({Role.MANAGER, Role.AGENT})


def may_read_assessments(actor: Actor) -> bool:
    enterprise = actor.organisation_kind == OrganisationKind.ENTERPRISE
    return is_clerk(actor) or oversees(actor) or (enterprise and actor.has_role(*READERS))


def may_assess(actor: Actor, division: str) -> bool:
    """Whether the actor proposes and decides in the region (考核)."""
    return is_clerk(actor) and actor.covers(division)


def may_reply(actor: Actor, row: HostAssessment) -> bool:
    own = row.organisation_id == actor.organisation_id
    return own and actor.has_role(*WRITERS)


def assessments_visible_to(actor: Actor) -> QuerySet[HostAssessment]:
    """All of the region for officials; one's own once it was told or decided."""
    seen = Q(pk__in=[])
    if is_clerk(actor) or oversees(actor):
        seen |= Q(division__code__startswith=subtree_prefix(actor.jurisdiction))
    if actor.organisation_kind == OrganisationKind.ENTERPRISE and actor.has_role(*READERS):
        told = ~Q(state=AssessmentState.DRAFT)
        seen |= told & Q(organisation_id=actor.organisation_id or 0)
    return HostAssessment.objects.filter(seen)


def require_reading(actor: Actor) -> None:
    if not may_read_assessments(actor):
        raise NotAllowed("实习年度考核由主管部门办理，企业查看本单位的结论。")


def require_assessing(actor: Actor, division: str) -> None:
    if not may_assess(actor, division):
        raise NotAllowed("实习年度考核由本地区主管部门的统筹人员或审核员办理。")


def require_replying(actor: Actor, row: HostAssessment) -> None:
    if not may_reply(actor, row):
        raise NotAllowed("陈述由被考核企业的管理员或经办人提交。")
