"""Applications, invitations, leaving, and the council."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.alliances.choices.groups import MemberKind, MemberState
from silian.operations.alliances.commands.group_members import (
    accept_member,
    apply_to_group,
    confirm_membership,
    end_council_post,
    invite_member,
    leave_group,
    refuse_member,
    seat_in_council,
)
from silian.operations.alliances.models.groups import AllianceGroup, GroupMember
from silian.operations.alliances.permissions.groups import groups_joined_by, groups_visible_to
from silian.operations.alliances.queries.groups import councils_ending, memberships_to_answer
from tests.operations.alliances import group_stage as stage
from tests.world import World


def applied(world: World, group: AllianceGroup) -> GroupMember:
    return apply_to_group(
        group_id=group.pk,
        kind=MemberKind.ENTERPRISE,
        duty="每年 20 个实习岗位",
        actor=world.rival.actor,
        today=stage.today(),
    )


def invited(world: World, group: AllianceGroup) -> GroupMember:
    return invite_member(
        group_id=group.pk,
        organisation_id=stage.unit_of(world.rival).pk,
        kind=MemberKind.ENTERPRISE,
        duty="",
        actor=world.school.actor,
        today=stage.today(),
    )


def test_an_applicant_is_taken_in_by_the_lead(world: World) -> None:
    group = stage.running(world)
    member = applied(world, group)
    assert list(memberships_to_answer(world.school.actor)) == [member]
    assert groups_visible_to(world.rival.actor).filter(pk=group.pk).exists()
    assert not groups_joined_by(world.rival.actor).filter(pk=group.pk).exists()
    accept_member(member_id=member.pk, on=stage.today(), actor=world.school.actor)
    member.refresh_from_db()
    assert (member.state, member.joined_on) == (MemberState.ACTIVE, stage.today())
    assert groups_joined_by(world.rival.actor).filter(pk=group.pk).exists()


def test_nobody_but_the_lead_takes_in(world: World) -> None:
    member = applied(world, stage.running(world))
    for person in (world.rival, world.coordinator):
        with pytest.raises(NotAllowed):
            accept_member(member_id=member.pk, on=stage.today(), actor=person.actor)


def test_a_unit_applies_once(world: World) -> None:
    group = stage.running(world)
    applied(world, group)
    with pytest.raises(DomainError, match="已在这个集团联盟里"):
        applied(world, group)


def test_an_invited_unit_confirms_itself(world: World) -> None:
    member = invited(world, stage.running(world))
    with pytest.raises(NotAllowed, match="自己确认"):
        confirm_membership(member_id=member.pk, on=stage.today(), actor=world.school.actor)
    confirm_membership(member_id=member.pk, on=stage.today(), actor=world.rival.actor)
    member.refresh_from_db()
    assert member.state == MemberState.ACTIVE


def test_a_refusal_needs_a_reason_and_stands(world: World) -> None:
    group = stage.running(world)
    member = invited(world, group)
    with pytest.raises(DomainError, match="请写明不同意的理由"):
        refuse_member(member_id=member.pk, reason="", actor=world.rival.actor)
    refuse_member(member_id=member.pk, reason="业务不相关", actor=world.rival.actor)
    with pytest.raises(WrongState):
        confirm_membership(member_id=member.pk, on=stage.today(), actor=world.rival.actor)
    assert invited(world, group).state == MemberState.INVITED


def test_the_lead_is_not_invited_and_a_member_only_once(world: World) -> None:
    group = stage.running(world)
    invited(world, group)
    with pytest.raises(DomainError, match="正在办理加入"):
        invited(world, group)
    with pytest.raises(DomainError, match="牵头单位已经是成员"):
        invite_member(
            group_id=group.pk,
            organisation_id=group.lead_id,
            kind=MemberKind.COLLEGE,
            duty="",
            actor=world.school.actor,
            today=stage.today(),
        )


def test_leaving_ends_the_seat_in_the_council(world: World) -> None:
    group = stage.running(world)
    post = seat_in_council(group_id=group.pk, facts=stage.council(world), actor=world.school.actor)
    member = group.members.get(organisation=world.enterprise.organisation)
    leave_group(
        member_id=member.pk, on=stage.today(), reason="业务调整", actor=world.enterprise.actor
    )
    post.refresh_from_db()
    assert post.left_on == stage.today()
    assert groups_joined_by(world.enterprise.actor).filter(pk=group.pk).exists()


def test_a_stranger_does_not_strike_a_member_off(world: World) -> None:
    group = stage.running(world)
    member = group.members.get()
    with pytest.raises(GroupMember.DoesNotExist):
        leave_group(member_id=member.pk, on=stage.today(), reason="x", actor=world.rival.actor)


def test_the_council_has_one_chair_and_members_only(world: World) -> None:
    group, actor = stage.running(world), world.school.actor
    post = seat_in_council(group_id=group.pk, facts=stage.council(world), actor=actor)
    with pytest.raises(DomainError, match="仍任理事长"):
        seat_in_council(group_id=group.pk, facts=stage.council(world), actor=actor)
    stranger = stage.council(world, role="director", organisation_id=stage.unit_of(world.rival).pk)
    with pytest.raises(DomainError, match="已确认的成员"):
        seat_in_council(group_id=group.pk, facts=stranger, actor=actor)
    end_council_post(post_id=post.pk, on=stage.today(), actor=actor)
    with pytest.raises(DomainError, match="已登记离任"):
        end_council_post(post_id=post.pk, on=stage.today(), actor=actor)


def test_a_term_that_ends_soon_asks_for_an_election(world: World) -> None:
    group, actor = stage.running(world), world.school.actor
    ends = stage.today() + datetime.timedelta(days=59)
    post = seat_in_council(group_id=group.pk, facts=stage.council(world, ends_on=ends), actor=actor)
    assert list(councils_ending(actor, today=stage.today())) == [post]
    assert not councils_ending(world.enterprise.actor, today=stage.today())
