"""Who pays rewards, who names the account, who handles objections and recoveries."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.incentives.models import (
    RewardDecision,
    RewardEntry,
    RewardObjection,
    RewardRecovery,
)
from silian.governance.incentives.permissions.rewards import (
    answers_for_unit,
    decides_rewards,
    entries_visible_to,
    in_region,
    own_units,
    proposes_rewards,
)


def pays_rewards(actor: Actor, decision: RewardDecision) -> bool:
    """Whether the actor orders payments of a decision: the deciding office's own people."""
    own = actor.organisation_id is not None and actor.organisation_id == decision.office_id
    return own and proposes_rewards(actor) and actor.covers(decision.division_id)


def require_payer(actor: Actor, decision: RewardDecision) -> None:
    if not pays_rewards(actor, decision):
        name = decision.office.display_name
        raise NotAllowed(f"奖励资金由办理单位“{name}”的统筹或审核人员办理。")


def may_name_account(actor: Actor, entry: RewardEntry) -> bool:
    """Whether the actor speaks for the unit that is paid (收款账户)."""
    return answers_for_unit(actor) and actor.organisation_id == entry.organisation_id


def require_payee(actor: Actor, entry: RewardEntry) -> None:
    if not may_name_account(actor, entry):
        raise NotAllowed(f"收款账户和陈述由“{entry.organisation}”的管理员或经办人填写。")


def recoveries_visible_to(actor: Actor) -> QuerySet[RewardRecovery]:
    """Recoveries of rewards that the actor may read (奖励收回)."""
    return RewardRecovery.objects.filter(entry__in=entries_visible_to(actor).values("pk"))


def handles_objections(actor: Actor) -> bool:
    """Whether the actor may look into objections to lists at all (核查异议)."""
    return proposes_rewards(actor) or decides_rewards(actor)


def objections_visible_to(actor: Actor) -> QuerySet[RewardObjection]:
    """Objections of the region, for those who may handle them (奖励公示异议)."""
    if not handles_objections(actor):
        return RewardObjection.objects.none()
    return RewardObjection.objects.filter(in_region(actor, field="decision__division__code"))


def took_part(actor: Actor) -> Q:
    """Objections to lists that the actor proposed or decided, or about the own unit (回避)."""
    me = actor.user_id or 0
    own = Q(candidate__organisation__in=own_units(actor))
    return Q(decision__proposed_by=me) | Q(decision__decided_by=me) | own


def require_handler(actor: Actor, objection: RewardObjection) -> None:
    if objection.taken_by_id is None or objection.taken_by_id != actor.user_id:
        raise NotAllowed("异议由承办人核查和答复。请先承办，或联系承办人。")


register_action_labels(
    {
        "incentives.reward.funded": "写明奖励资金来源和金额依据",
        "incentives.reward.account_stated": "填写奖励收款账户",
        "incentives.reward.ordered": "安排奖励支付",
        "incentives.reward.reopened": "异议成立，奖励名单退回重拟",
        "incentives.reward_recovery.noticed": "告知拟收回奖励",
        "incentives.reward_recovery.replied": "对拟收回奖励陈述",
        "incentives.reward_recovery.decided": "决定收回奖励",
        "incentives.reward_recovery.dropped": "决定不予收回奖励",
        "incentives.reward_recovery.settled": "奖励收回结清",
        "incentives.reward_objection.raised": "对奖励名单提出异议",
        "incentives.reward_objection.taken": "承办奖励异议",
        "incentives.reward_objection.contact_read": "查看异议人联系方式",
        "incentives.reward_objection.answered": "答复奖励异议",
    }
)
