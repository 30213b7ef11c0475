"""Who keeps funds, who hands something to them, and who sees the money."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.governance.incentives.choices.finance import FundState
from silian.governance.incentives.models import FundPitch, IndustryFund
from silian.governance.incentives.permissions.finance import (
    is_applicant,
    is_official,
    is_provider,
    may_read_finance,
    reads_as_provider,
    reads_own,
    within,
)


def funds_visible_to(actor: Actor) -> QuerySet[IndustryFund]:
    """Published funds for everybody; a manager's own in every state."""
    seen = Q(state__in=[FundState.OPEN, FundState.CLOSED])
    if reads_as_provider(actor):
        seen |= Q(manager_id=actor.organisation_id)
    return IndustryFund.objects.filter(seen)


def funds_kept_by(actor: Actor) -> QuerySet[IndustryFund]:
    if not is_provider(actor):
        return IndustryFund.objects.none()
    return IndustryFund.objects.filter(manager_id=actor.organisation_id)


def pitches_visible_to(actor: Actor) -> QuerySet[FundPitch]:
    """The owner's own, the manager's own, and those of an official's region."""
    seen = Q(pk__in=[])
    if reads_own(actor):
        seen |= Q(owner_id=actor.organisation_id)
    if reads_as_provider(actor):
        seen |= Q(fund__manager_id=actor.organisation_id)
    if is_official(actor):
        seen |= within(actor, "owner__division__code")
    return FundPitch.objects.filter(seen)


def runs_fund_of(actor: Actor, pitch: FundPitch) -> bool:
    """Whether the actor answers for the fund (基金管理机构)."""
    return is_provider(actor) and actor.organisation_id == pitch.fund.manager_id


def owns_pitch(actor: Actor, pitch: FundPitch) -> bool:
    return is_applicant(actor) and actor.organisation_id == pitch.owner_id


def require_fund_manager(actor: Actor) -> None:
    if not is_provider(actor):
        raise NotAllowed("基金由管理机构的管理员或经办人登记。")


def require_runner(actor: Actor, pitch: FundPitch) -> None:
    if not runs_fund_of(actor, pitch):
        raise NotAllowed("这一步由基金管理机构办理。")


def require_pitcher(actor: Actor) -> None:
    if not is_applicant(actor):
        raise NotAllowed("投递由已核验企业、院校的管理员或经办人办理。")


def require_pitch_reader(actor: Actor) -> None:
    if not may_read_finance(actor):
        raise NotAllowed("投递和投资记录由投递单位、基金管理机构和政府部门查看。")


register_action_labels(
    {
        "incentives.fund.written": "填写基金",
        "incentives.fund.opened": "公布基金",
        "incentives.fund.closed": "停止基金投资",
        "incentives.pitch.submitted": "向基金投递",
        "incentives.pitch.roadshow": "约定路演",
        "incentives.pitch.accepted": "同意投资",
        "incentives.pitch.declined": "答复不投资",
        "incentives.pitch.withdrawn": "撤回投递",
        "incentives.investment.recorded": "登记投资",
        "incentives.investment.corrected": "更正投资",
    }
)
