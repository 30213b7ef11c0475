"""Changes of members, council and committee seats stay readable by day."""

from __future__ import annotations

import datetime

from silian.operations.alliances.commands.committees import end_membership
from silian.operations.alliances.commands.group_members import (
    end_council_post,
    leave_group,
    seat_in_council,
)
from silian.operations.alliances.queries.rosters import roster_changes, seat_changes
from tests.operations.alliances import committee_stage, group_stage
from tests.world import World


def test_who_joined_and_left_stands_with_its_day_and_reason(world: World) -> None:
    group = group_stage.running(world)
    member = group_stage.member(group, group_stage.unit_of(world.rival))
    on = group_stage.today()
    leave_group(member_id=member.pk, on=on, reason="业务调整", actor=world.school.actor)
    name = group_stage.unit_of(world.rival).display_name
    lines = [(line.at, line.what, line.note) for line in roster_changes(group)]
    assert (on, f"{name}退出", "业务调整") in lines
    assert f"{name}加入" in [what for _, what, _ in lines]


def test_a_council_post_that_ended_stays_on_the_page(world: World) -> None:
    group = group_stage.running(world)
    facts = group_stage.council(world)
    post = seat_in_council(group_id=group.pk, facts=facts, actor=world.school.actor)
    end_council_post(post_id=post.pk, on=group_stage.today(), actor=world.school.actor)
    words = [line.what for line in roster_changes(group)]
    assert f"{post.holder}不再任{post.get_role_display()}" in words
    page = world.school.client.get(group.get_absolute_url()).content.decode()
    assert f"{post.holder}不再任" in page


def test_a_seat_of_a_committee_that_ended_stays_on_its_page(world: World) -> None:
    committee = committee_stage.with_member(world)
    member = committee.members.get()
    left = member.starts_on + datetime.timedelta(days=30)
    end_membership(member_id=member.pk, on=left, actor=world.enterprise.actor)
    lines = [(line.at, line.what) for line in seat_changes(committee)]
    assert lines[0] == (left, f"{member.name}离任主任委员")
    page = world.enterprise.client.get(committee.get_absolute_url()).content.decode()
    assert f"{member.name}离任" in page
    public = world.anonymous.client.get(committee.public_url).content.decode()
    assert f"{member.name}离任" not in public
