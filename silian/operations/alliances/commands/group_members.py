"""Applications, invitations, joining and leaving; who sits in the council."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.operations.alliances.choices.groups import (
    PRESENT_MEMBER_STATES,
    CouncilRole,
    MemberState,
)
from silian.operations.alliances.commands.groups import locked_group, refuse_dissolved
from silian.operations.alliances.events.groups import (
    GroupMembersChanged,
    MembershipAsked,
    MembershipDecided,
)
from silian.operations.alliances.models.groups import AllianceGroup, CouncilPost, GroupMember
from silian.operations.alliances.permissions.groups import (
    STAFF,
    acting_unit,
    council_visible_to,
    groups_open_to,
    may_keep,
    members_visible_to,
    require_keeper,
    require_leader,
)
from silian.operations.alliances.workflow.group_member import group_member
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class CouncilFacts:
    """Who takes which part in the council, for which term (理事会任职)."""

    role: str
    organisation_id: int
    holder: str
    position: str
    starts_on: datetime.date
    ends_on: datetime.date


@transaction.atomic
def apply_to_group(
    *, group_id: int, kind: str, duty: str, actor: Actor, today: datetime.date
) -> GroupMember:
    """Ask the lead unit to be taken in (申请加入)."""
    group = groups_open_to(actor).select_for_update(of=("self",)).filter(pk=group_id).first()
    if group is None:
        raise DomainError("贵单位已在这个集团联盟里，或它不接受申请。请在“集团联盟”里查看。")
    member = GroupMember.objects.create(
        group=group,
        organisation_id=acting_unit(actor),
        kind=kind,
        duty=duty.strip()[:300],
        state=MemberState.APPLIED,
        asked_on=today,
    )
    record(actor, "alliances.member.applied", member)
    publish(MembershipAsked(member_id=member.pk))
    return member


@transaction.atomic
def invite_member(
    *,
    group_id: int,
    organisation_id: int,
    kind: str,
    duty: str,
    actor: Actor,
    today: datetime.date,
) -> GroupMember:
    """Name an organisation as a member; it belongs once it has confirmed (邀请加入)."""
    group = locked_group(group_id=group_id, actor=actor)
    require_keeper(actor, group)
    refuse_dissolved(group)
    refuse_unfit_member(group, organisation_id=organisation_id)
    member = GroupMember.objects.create(
        group=group,
        organisation_id=organisation_id,
        kind=kind,
        duty=duty.strip()[:300],
        state=MemberState.INVITED,
        asked_on=today,
    )
    record(actor, "alliances.member.invited", member)
    publish(MembershipAsked(member_id=member.pk))
    return member


def refuse_unfit_member(group: AllianceGroup, *, organisation_id: int) -> None:
    unit = Organisation.objects.filter(pk=organisation_id, state=OrganisationState.VERIFIED).first()
    if unit is None:
        raise DomainError("名录里没有这个已核验单位，请单位先注册并核验。", field="organisation")
    if unit.pk == group.lead_id:
        raise DomainError("牵头单位已经是成员，不用另外邀请。", field="organisation")
    rows = group.members.filter(organisation=unit, state__in=sorted(PRESENT_MEMBER_STATES))
    if rows.exists():
        raise DomainError(f"{unit.display_name}已是成员或正在办理加入。", field="organisation")


def locked_member(*, member_id: int, actor: Actor) -> GroupMember:
    rows = members_visible_to(actor).select_for_update(of=("self",))
    return rows.select_related("group__lead", "organisation").get(pk=member_id)


def is_own(actor: Actor, member: GroupMember) -> bool:
    return actor.has_role(*STAFF) and actor.organisation_id == member.organisation_id


@transaction.atomic
def accept_member(*, member_id: int, on: datetime.date, actor: Actor) -> GroupMember:
    """Take an applicant in, for the lead unit (同意加入)."""
    member = locked_member(member_id=member_id, actor=actor)
    require_leader(actor, member.group)
    member.state = group_member.target("accept", state=member.state)
    return joined(member, on=on, actor=actor, act="alliances.member.accepted")


@transaction.atomic
def confirm_membership(*, member_id: int, on: datetime.date, actor: Actor) -> GroupMember:
    """Confirm for one's own unit that it belongs (确认加入)."""
    member = locked_member(member_id=member_id, actor=actor)
    if not is_own(actor, member):
        raise NotAllowed(f"加入由{member.organisation.display_name}自己确认。")
    member.state = group_member.target("confirm", state=member.state)
    return joined(member, on=on, actor=actor, act="alliances.member.confirmed")


def joined(member: GroupMember, *, on: datetime.date, actor: Actor, act: str) -> GroupMember:
    member.joined_on = on
    member.save(update_fields=["state", "joined_on"])
    record(actor, act, member)
    publish(MembershipDecided(member_id=member.pk))
    publish(GroupMembersChanged(group_id=member.group_id, since=on))
    return member


@transaction.atomic
def refuse_member(*, member_id: int, reason: str, actor: Actor) -> GroupMember:
    """Say no: the lead to an applicant, an invited unit to the group (不同意加入)."""
    member = locked_member(member_id=member_id, actor=actor)
    if member.state == MemberState.INVITED:
        allowed = is_own(actor, member)
    else:
        allowed = actor.has_role(*STAFF) and actor.organisation_id == member.group.lead_id
    if not allowed:
        raise NotAllowed("申请由牵头单位答复，邀请由被邀请的单位答复。")
    if not reason.strip():
        raise DomainError("请写明不同意的理由，对方会看到。", field="reason")
    member.state = group_member.target("refuse", state=member.state)
    member.reason = reason.strip()[:300]
    member.save(update_fields=["state", "reason"])
    record(actor, "alliances.member.refused", member, reason=member.reason)
    publish(MembershipDecided(member_id=member.pk))
    return member


@transaction.atomic
def leave_group(*, member_id: int, on: datetime.date, reason: str, actor: Actor) -> GroupMember:
    """End a membership: the unit leaves, or the lead strikes it off (退出)."""
    member = locked_member(member_id=member_id, actor=actor)
    if not (is_own(actor, member) or may_keep(actor, member.group)):
        raise NotAllowed("退出由成员单位自己、牵头单位或牵头部门办理。")
    if not reason.strip():
        raise DomainError("请写明退出的理由。", field="reason")
    member.state = group_member.target("leave", state=member.state)
    member.left_on = max(on, member.joined_on or on)
    member.reason = reason.strip()[:300]
    member.save(update_fields=["state", "left_on", "reason"])
    sitting = member.group.council.filter(
        organisation_id=member.organisation_id, left_on__isnull=True, starts_on__lte=member.left_on
    )
    sitting.update(left_on=member.left_on)
    record(actor, "alliances.member.left", member, reason=member.reason)
    publish(MembershipDecided(member_id=member.pk))
    publish(GroupMembersChanged(group_id=member.group_id, since=member.left_on))
    return member


@transaction.atomic
def seat_in_council(*, group_id: int, facts: CouncilFacts, actor: Actor) -> CouncilPost:
    """Write down who takes a part in the council for a term (登记理事会任职)."""
    group = locked_group(group_id=group_id, actor=actor)
    require_keeper(actor, group)
    refuse_dissolved(group)
    if facts.ends_on <= facts.starts_on:
        raise DomainError("任期止须晚于任期起。", field="ends_on")
    belongs = group.members.filter(
        organisation_id=facts.organisation_id, state=MemberState.ACTIVE
    ).exists()
    if not belongs and facts.organisation_id != group.lead_id:
        raise DomainError("理事单位须是牵头单位或已确认的成员，请先邀请。", field="organisation")
    if facts.role == CouncilRole.CHAIR:
        refuse_second_chair(group)
    post = CouncilPost.objects.create(group=group, **asdict(facts))
    record(actor, "alliances.council.seated", post)
    return post


def refuse_second_chair(group: AllianceGroup) -> None:
    sitting = group.council.filter(role=CouncilRole.CHAIR, left_on__isnull=True).first()
    if sitting is not None:
        raise DomainError(f"{sitting.holder}仍任理事长，请先登记离任。", field="role")


@transaction.atomic
def end_council_post(*, post_id: int, on: datetime.date, actor: Actor) -> CouncilPost:
    """Write down that somebody left the council (登记离任)."""
    rows = council_visible_to(actor).select_for_update(of=("self",)).select_related("group__lead")
    post = rows.get(pk=post_id)
    require_keeper(actor, post.group)
    if post.left_on is not None:
        raise DomainError("已登记离任。")
    post.left_on = max(on, post.starts_on)
    post.save(update_fields=["left_on"])
    record(actor, "alliances.council.left", post)
    return post
