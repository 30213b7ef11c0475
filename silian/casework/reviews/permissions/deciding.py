"""Who sees and holds deciding meetings, and who may be a member."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from silian.casework.reviews.models import Campaign, DecidingMeeting, Dossier, MeetingMember
from silian.casework.reviews.permissions.campaigns import (
    WATCHING_ROLES,
    may_organise,
    of_owner,
)
from silian.casework.reviews.permissions.dossiers import campaigns_competed_in
from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership
from silian.registers.organisations.permissions import in_jurisdiction

MEMBER_ROLES = (Role.COORDINATOR, Role.REVIEWER, Role.SUPERVISOR, Role.LEADER)


def meetings_visible_to(actor: Actor) -> QuerySet[DecidingMeeting]:
    """The organisers, the members, and those who supervise the region; never a competitor."""
    if actor.is_system:
        return DecidingMeeting.objects.all()
    if not actor.is_authenticated:
        return DecidingMeeting.objects.none()
    own = MeetingMember.objects.filter(user_id=actor.user_id or 0)
    seen = Q(pk__in=own.values("meeting_id"))
    if actor.organisation_id and actor.has_role(Role.COORDINATOR):
        seen |= Q(campaign__owner_id=actor.organisation_id)
    if actor.has_role(*WATCHING_ROLES):
        seen |= in_jurisdiction(actor, field="campaign__division__code")
    rows = DecidingMeeting.objects.filter(seen)
    return rows.exclude(campaign__in=campaigns_competed_in(actor))


def campaigns_ranked_for(actor: Actor) -> QuerySet[Campaign]:
    """The batches whose order and course the actor reads: owner, members, supervisors (排序)."""
    if actor.is_system:
        return Campaign.objects.all()
    if not actor.is_authenticated:
        return Campaign.objects.none()
    own = MeetingMember.objects.filter(user_id=actor.user_id or 0)
    seen = Q(pk__in=own.values("meeting__campaign_id")) | of_owner(actor)
    if actor.has_role(*WATCHING_ROLES):
        seen |= in_jurisdiction(actor) & Q(announced_at__isnull=False)
    rows = Campaign.objects.filter(seen)
    return rows.exclude(pk__in=campaigns_competed_in(actor).values("pk"))


def is_member(actor: Actor, meeting: DecidingMeeting) -> bool:
    return meeting.members.filter(user_id=actor.user_id or 0).exists()


def require_member(actor: Actor, meeting: DecidingMeeting) -> MeetingMember:
    member = meeting.members.filter(user_id=actor.user_id or 0).first()
    if member is None:
        raise NotAllowed("只有本次审定会的成员可以表决。")
    return member


def member_candidates(campaign: Campaign, *, on: datetime.date) -> QuerySet[Membership]:
    """Officials of the region who may be asked to decide, one row a person (审定成员人选)."""
    applicants = Dossier.objects.filter(campaign=campaign).values("applicant_id")
    wide = subtree_prefix(campaign.division_id)
    return (
        Membership.objects.in_force(on=on)
        .filter(role__in=MEMBER_ROLES, user__is_active=True)
        .filter(Q(jurisdiction__code__startswith=wide) | Q(organisation_id=campaign.owner_id))
        .exclude(organisation_id__in=applicants)
        .select_related("user", "organisation")
        .order_by("user_id", "pk")
        .distinct("user_id")
    )


def may_hold(actor: Actor, meeting: DecidingMeeting) -> bool:
    """Whether the actor notes who came and ends the meeting."""
    return may_organise(actor, meeting.campaign)


register_action_labels(
    {
        "reviews.campaign.ranked": "排序并提交审定",
        "reviews.meeting.called": "召集审定会",
        "reviews.meeting.opened": "登记到会并开始表决",
        "reviews.meeting.closed": "结束审定会",
        "reviews.vote.cast": "表决",
        "reviews.decision.made": "作出审定决定",
        "reviews.decision.superseded": "变更审定决定",
    }
)
