"""Who reads results, rewards and restrictions, who proposes, and who may decide."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.governance.incentives.choices.rewards import PUBLIC_REWARD_STATES
from silian.governance.incentives.models.restrictions import Restriction
from silian.governance.incentives.models.reward_decisions import (
    RewardCandidate,
    RewardDecision,
    RewardEntry,
)
from silian.governance.incentives.models.reward_results import EvaluationResult
from silian.registers.organisations.choices import JURISDICTION_ROLES, OrganisationKind, Role
from silian.registers.organisations.models import Membership
from silian.registers.organisations.permissions import in_jurisdiction

PROPOSING_ROLES = frozenset({Role.COORDINATOR, Role.REVIEWER})
DECIDING_ROLES = frozenset({Role.COORDINATOR, Role.LEADER})
UNIT_ROLES = frozenset({Role.MANAGER, Role.AGENT, Role.READER})
ANSWERING_ROLES = frozenset({Role.MANAGER, Role.AGENT})


def oversees_rewards(actor: Actor) -> bool:
    """Whether the actor looks after a region (主管部门)."""
    return bool(actor.jurisdiction) and actor.has_role(*JURISDICTION_ROLES)


def proposes_rewards(actor: Actor) -> bool:
    """Whether the actor enters results and proposes rewards and restrictions (提出)."""
    return oversees_rewards(actor) and actor.has_role(*PROPOSING_ROLES)


def decides_rewards(actor: Actor) -> bool:
    """Whether the actor decides what others proposed (审定)."""
    return oversees_rewards(actor) and actor.has_role(*DECIDING_ROLES)


def reads_own_rewards(actor: Actor) -> bool:
    """Whether the actor reads what its own unit was evaluated, given and restricted."""
    is_unit = actor.organisation_kind not in ("", OrganisationKind.GOVERNMENT)
    return is_unit and actor.has_role(*UNIT_ROLES)


def answers_for_unit(actor: Actor) -> bool:
    """Whether the actor speaks for its unit in a restriction (陈述、申诉)."""
    return reads_own_rewards(actor) and actor.has_role(*ANSWERING_ROLES)


def of_own_unit(actor: Actor) -> Q:
    own = actor.organisation_id if reads_own_rewards(actor) else None
    return Q(organisation_id=own) if own else Q(pk__in=[])


def in_region(actor: Actor, *, field: str = "division__code") -> Q:
    return in_jurisdiction(actor, field=field) if oversees_rewards(actor) else Q(pk__in=[])


def results_visible_to(actor: Actor) -> QuerySet[EvaluationResult]:
    """The results of the region for officials, one's own for a unit (评价结果)."""
    return EvaluationResult.objects.filter(in_region(actor) | of_own_unit(actor))


def decisions_visible_to(actor: Actor) -> QuerySet[RewardDecision]:
    """The decisions of the region, for its officials (奖励事项)."""
    return RewardDecision.objects.filter(in_region(actor))


def candidates_visible_to(actor: Actor) -> QuerySet[RewardCandidate]:
    return RewardCandidate.objects.filter(in_region(actor, field="decision__division__code"))


def public_decisions() -> QuerySet[RewardDecision]:
    """Decisions whose list everybody reads (公示、公布)."""
    return RewardDecision.objects.filter(state__in=PUBLIC_REWARD_STATES)


def entries_visible_to(actor: Actor) -> QuerySet[RewardEntry]:
    """The reward ledger of the region for officials, one's own for a unit (奖励台账)."""
    region = in_region(actor, field="decision__division__code")
    return RewardEntry.objects.filter(region | of_own_unit(actor))


def restrictions_visible_to(actor: Actor) -> QuerySet[Restriction]:
    """The restrictions of the region for officials, one's own for a unit (约束事项)."""
    return Restriction.objects.filter(in_region(actor) | of_own_unit(actor))


def own_units(actor: Actor) -> set[int]:
    """Every unit to which the person belongs today, in whatever role (回避)."""
    rows = Membership.objects.in_force(on=timezone.localdate()).filter(user_id=actor.user_id or 0)
    own = set(rows.values_list("organisation_id", flat=True))
    return own | ({actor.organisation_id} if actor.organisation_id else set())


def own_names(actor: Actor, decision: RewardDecision) -> Sequence[str]:
    """Chosen units to which the person belongs; they keep the person from deciding."""
    rows = decision.listed.filter(chosen=True, organisation_id__in=own_units(actor))
    return list(rows.values_list("subject_name", flat=True))


def require_overseer(actor: Actor) -> None:
    if not oversees_rewards(actor):
        raise NotAllowed("评价结果运用由本地区主管部门办理；贵单位的结果和激励请看“我的激励”。")


def require_proposer(actor: Actor, *, division: str) -> None:
    if not (proposes_rewards(actor) and actor.covers(division)):
        raise NotAllowed("由本地区主管部门的统筹或审核人员提出，请联系贵单位统筹人员。")


def require_decider(actor: Actor, *, division: str) -> None:
    if not (decides_rewards(actor) and actor.covers(division)):
        raise NotAllowed("由本地区主管部门的统筹人员或分管领导审定。")


def require_answerer(actor: Actor, restriction: Restriction) -> None:
    if not (answers_for_unit(actor) and actor.organisation_id == restriction.organisation_id):
        raise NotAllowed(f"陈述和申诉由“{restriction.organisation}”的管理员或经办人提出。")


def may_read_result_file(actor: Actor, file: StoredFile) -> bool:
    return results_visible_to(actor).filter(pk=int(file.object_id)).exists()


def may_read_restriction_file(actor: Actor, file: StoredFile) -> bool:
    return restrictions_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("incentives.evaluationresult", may_read_result_file)
register_file_readers("incentives.restriction", may_read_restriction_file)
register_action_labels(
    {
        "incentives.result.collected": "归集评价结果",
        "incentives.result.entered": "录入评价结果",
        "incentives.reward.drafted": "拟定奖励事项",
        "incentives.reward.computed": "计算候选名单",
        "incentives.reward.chosen": "选择激励对象",
        "incentives.reward.submitted": "提交奖励事项审定",
        "incentives.reward.returned": "退回奖励事项",
        "incentives.reward.approved": "同意奖励事项并公示",
        "incentives.reward.published": "公布奖励名单并记入台账",
        "incentives.reward.cancelled": "取消奖励事项",
        "incentives.reward_entry.corrected": "更正奖励台账",
        "incentives.reward_entry.withdrawn": "撤回奖励",
        "incentives.restriction.noticed": "告知拟约束",
        "incentives.restriction.replied": "陈述意见",
        "incentives.restriction.imposed": "决定约束",
        "incentives.restriction.dropped": "决定不予约束",
        "incentives.restriction.appealed": "对约束申诉",
        "incentives.restriction.upheld": "申诉后维持约束",
        "incentives.restriction.lifted": "申诉后撤销约束",
    }
)
