"""Who may see, make and run batches."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.casework.reviews.choices.dossiers import CampaignState
from silian.casework.reviews.models import Campaign, CampaignOffice, MeetingMember
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import Role
from silian.registers.organisations.permissions import in_jurisdiction

OWNER_ROLES = frozenset({Role.COORDINATOR, Role.REVIEWER, Role.AGENT})
OPINION_ROLES = frozenset({Role.REVIEWER, Role.COORDINATOR})
WATCHING_ROLES = frozenset({Role.SUPERVISOR, Role.LEADER})


def calls_open_to_all() -> QuerySet[Campaign]:
    """Batches whose call was announced: everybody reads the call (申报通知)."""
    return Campaign.objects.filter(announced_at__isnull=False)


def of_owner(actor: Actor) -> Q:
    """The batches that the actor's own department runs."""
    if actor.organisation_id and actor.has_role(*OWNER_ROLES):
        return Q(owner_id=actor.organisation_id)
    return Q(pk__in=[])


def campaigns_visible_to(actor: Actor) -> QuerySet[Campaign]:
    """Those who work on a batch, and supervisors of its region once it is announced (批次)."""
    if actor.is_system:
        return Campaign.objects.all()
    if not actor.is_authenticated:
        return Campaign.objects.none()
    seen = of_owner(actor)
    announced = Q(announced_at__isnull=False)
    if actor.organisation_id and actor.has_role(*OPINION_ROLES):
        offices = CampaignOffice.objects.filter(organisation_id=actor.organisation_id)
        seen |= Q(pk__in=offices.values("campaign_id")) & announced
    if actor.has_role(*WATCHING_ROLES):
        seen |= in_jurisdiction(actor) & announced
    members = MeetingMember.objects.filter(user_id=actor.user_id or 0)
    seen |= Q(pk__in=members.values("meeting__campaign_id"))
    return Campaign.objects.filter(seen)


def may_make_campaign(actor: Actor) -> bool:
    """Whether the actor opens batches for its department (牵头部门统筹)."""
    is_coordinator = actor.organisation_id is not None and actor.has_role(Role.COORDINATOR)
    return actor.is_system or (is_coordinator and bool(actor.jurisdiction))


def may_organise(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor runs the batch: a coordinator of the department that owns it."""
    own = actor.organisation_id == campaign.owner_id and actor.has_role(Role.COORDINATOR)
    return actor.is_system or own


def may_check_dossiers(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor does the formal check of the batch (形式审查)."""
    own = actor.organisation_id == campaign.owner_id and actor.has_role(*OWNER_ROLES)
    return actor.is_system or own


def require_maker(actor: Actor) -> None:
    if not may_make_campaign(actor):
        raise NotAllowed("批次由牵头部门的统筹人员建立。请联系贵单位的统筹人员。")


def require_organiser(actor: Actor, campaign: Campaign) -> None:
    if not may_organise(actor, campaign):
        raise NotAllowed("这一步由组织单位的统筹人员办理。请联系批次的组织单位。")


def require_checker(actor: Actor, campaign: Campaign) -> None:
    if not may_check_dossiers(actor, campaign):
        raise NotAllowed("形式审查由组织单位的审核员、经办人或统筹人员办理。请联系组织单位。")


def is_shown_as_call(campaign: Campaign) -> bool:
    """Whether the public page of the call stands."""
    return campaign.announced_at is not None and campaign.state != CampaignState.DRAFT


register_action_labels(
    {
        "reviews.campaign.made": "建立批次",
        "reviews.campaign.changed": "修改批次",
        "reviews.campaign.offices_set": "设定审核单位",
        "reviews.campaign.announced": "发布申报通知",
        "reviews.campaign.closed": "截止申报",
        "reviews.campaign.cancelled": "取消批次",
    }
)
