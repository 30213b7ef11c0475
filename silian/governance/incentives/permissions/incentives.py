"""Who reads an organisation's entitlements, states its facts, and simulates."""

from __future__ import annotations

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.incentives.models import DraftProvision, Scenario, StatedFact
from silian.registers.organisations.choices import JURISDICTION_ROLES, OrganisationKind, Role

READING_ROLES = frozenset({Role.MANAGER, Role.AGENT, Role.READER})
STATING_ROLES = frozenset({Role.MANAGER, Role.AGENT})
SIMULATING_ROLES = frozenset({Role.COORDINATOR, Role.REVIEWER})
OWN_KINDS = frozenset({OrganisationKind.ENTERPRISE, OrganisationKind.SCHOOL})


def may_read_own(actor: Actor) -> bool:
    """Whether the actor reads what its own enterprise or school is entitled to."""
    return actor.organisation_kind in OWN_KINDS and actor.has_role(*READING_ROLES)


def may_state(actor: Actor) -> bool:
    """Whether the actor states facts for its own organisation (填报)."""
    verified = actor.organisation_verified and actor.organisation_kind in OWN_KINDS
    return verified and actor.has_role(*STATING_ROLES)


def may_read_simulations(actor: Actor) -> bool:
    """Whether the actor looks after a region."""
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def may_simulate(actor: Actor) -> bool:
    """Whether the actor saves simulations and drafts provisions from them (模拟)."""
    return may_read_simulations(actor) and actor.has_role(*SIMULATING_ROLES)


def require_own_reader(actor: Actor) -> None:
    if not may_read_own(actor):
        raise NotAllowed("这里列的是企业、院校自己可享受的政策，需要以本单位成员的身份登录。")


def require_stating(actor: Actor) -> None:
    if not may_state(actor):
        raise NotAllowed("单位事实由已核验单位的管理员或经办人填报，请联系本单位管理员。")


def require_simulation_reader(actor: Actor) -> None:
    if not may_read_simulations(actor):
        raise NotAllowed("政策模拟由政府部门使用；企业和院校请用政策计算器。")


def require_simulating(actor: Actor) -> None:
    if not may_simulate(actor):
        raise NotAllowed("保存模拟方案和拟稿由牵头部门统筹人员或审核员办理。")


def stated_facts_visible_to(actor: Actor) -> QuerySet[StatedFact]:
    """The facts of the actor's own organisation, nobody else's."""
    if not may_read_own(actor):
        return StatedFact.objects.none()
    return StatedFact.objects.filter(organisation_id=actor.organisation_id or 0)


def scenarios_visible_to(actor: Actor) -> QuerySet[Scenario]:
    """The simulations of the actor's region."""
    if not may_read_simulations(actor):
        return Scenario.objects.none()
    prefix = subtree_prefix(actor.jurisdiction)
    return Scenario.objects.filter(division__code__startswith=prefix)


def drafts_visible_to(actor: Actor) -> QuerySet[DraftProvision]:
    return DraftProvision.objects.filter(scenario__in=scenarios_visible_to(actor))


register_action_labels(
    {
        "incentives.fact.stated": "填报单位事实",
        "incentives.fact.corrected": "更正单位事实",
        "incentives.scenario.saved": "保存模拟方案",
        "incentives.draft.made": "由模拟方案拟稿",
    }
)
