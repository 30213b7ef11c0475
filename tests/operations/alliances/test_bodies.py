"""Setting up bodies, posts by position, and the roster of an annex."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry
from silian.operations.alliances.commands.bodies import (
    change_body,
    create_body,
    end_body,
    end_post,
    import_roster,
    seat_person,
)
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.queries.bodies import roster
from silian.registers.policies.choices import DocumentLevel, DocumentState, Medium
from silian.registers.policies.models import PolicyDocument
from tests.operations.alliances import stage
from tests.world import CITY, OTHER_CITY, World


def document_with_roster(world: World, entries: list[dict]) -> PolicyDocument:
    return PolicyDocument.objects.create(
        division_id=CITY,
        owner=world.coordinator.organisation,
        state=DocumentState.ISSUED,
        issued_at=timezone.now(),
        title="示例方案",
        level=DocumentLevel.CITY,
        medium=Medium.TEXT,
        parsed={"roster": entries},
    )


def test_the_coordinating_department_sets_up_a_body(world: World) -> None:
    body = stage.group(world)
    assert body.posts.count() == 2
    assert AuditEntry.objects.filter(action="alliances.body.created", object_id=body.pk).exists()


@pytest.mark.parametrize("person", ["reviewer", "supervisor", "leader", "enterprise"])
def test_others_do_not_set_up_bodies(world: World, person: str) -> None:
    with pytest.raises(NotAllowed, match="牵头部门统筹人员"):
        create_body(division=CITY, facts=stage.body_facts(), actor=world.people[person].actor)


def test_another_region_is_out_of_reach(world: World) -> None:
    with pytest.raises(NotAllowed):
        create_body(division=OTHER_CITY, facts=stage.body_facts(), actor=world.coordinator.actor)


def test_two_bodies_of_a_region_do_not_share_a_name(world: World) -> None:
    stage.group(world)
    with pytest.raises(DomainError, match="已有“青澜市产教融合工作领导小组”"):
        create_body(division=CITY, facts=stage.body_facts(), actor=world.coordinator.actor)


def test_a_body_is_not_its_own_parent(world: World) -> None:
    body = stage.group(world)
    with pytest.raises(DomainError, match="不能是它自己"):
        change_body(
            body_id=body.pk,
            facts=stage.body_facts(parent_id=body.pk),
            actor=world.coordinator.actor,
        )


def test_the_post_stays_when_its_holder_changes(world: World) -> None:
    post = stage.group(world).posts.get(position="市教育局局长")
    actor = world.coordinator.actor
    seat_person(post_id=post.pk, holder="莫子谦", starts_on=stage.TODAY, actor=actor)
    assert [(seat.holder, seat.ends_on) for seat in post.seats.order_by("starts_on")] == [
        ("贺云帆", stage.TODAY),
        ("莫子谦", None),
    ]


def test_a_new_holder_does_not_begin_before_the_old_one(world: World) -> None:
    post = stage.group(world).posts.get(position="市教育局局长")
    with pytest.raises(DomainError, match="任职起不能早于现任的 2025-01-10"):
        seat_person(
            post_id=post.pk,
            holder="莫子谦",
            starts_on=datetime.date(2024, 12, 31),
            actor=world.coordinator.actor,
        )


def test_a_post_taken_out_leaves_the_roster_and_keeps_its_past(world: World) -> None:
    body = stage.group(world)
    post = body.posts.get(position="市教育局局长")
    end_post(post_id=post.pk, ends_on=stage.TODAY, actor=world.coordinator.actor)
    assert [row.position for row in roster(body, on=stage.TODAY)] == ["市政府副市长"]
    assert post.seats.get().ends_on == stage.TODAY
    with pytest.raises(DomainError, match="已撤销"):
        end_post(post_id=post.pk, ends_on=stage.TODAY, actor=world.coordinator.actor)


def test_a_roster_is_taken_over_from_the_annex(world: World) -> None:
    body = create_body(division=CITY, facts=stage.body_facts(), actor=world.coordinator.actor)
    entries = [
        {"role": "组长", "name": "梁思远", "posts": ["市政府副市长"]},
        {"role": "成员", "name": "贺云帆", "posts": ["市教育局局长"]},
    ]
    document = document_with_roster(world, entries)
    posts = import_roster(
        body_id=body.pk,
        document_id=document.pk,
        starts_on=stage.TODAY,
        actor=world.coordinator.actor,
    )
    bureau = world.coordinator.organisation
    assert bureau is not None
    assert [post.organisation_id for post in posts] == [None, bureau.pk]
    with pytest.raises(DomainError, match="已有成员席位"):
        import_roster(
            body_id=body.pk,
            document_id=document.pk,
            starts_on=stage.TODAY,
            actor=world.coordinator.actor,
        )


def test_a_document_without_roster_says_so(world: World) -> None:
    body = create_body(division=CITY, facts=stage.body_facts(), actor=world.coordinator.actor)
    with pytest.raises(DomainError, match="没有读到成员名单"):
        import_roster(
            body_id=body.pk,
            document_id=document_with_roster(world, []).pk,
            starts_on=stage.TODAY,
            actor=world.coordinator.actor,
        )


def test_a_body_with_a_meeting_ahead_is_not_dissolved(world: World) -> None:
    meeting = stage.convened(world)
    with pytest.raises(DomainError, match="未召开的会议"):
        end_body(
            body_id=meeting.body_id,
            ended_on=stage.TODAY,
            reason="机构改革",
            actor=world.coordinator.actor,
        )


def test_a_dissolved_body_keeps_its_name_free(world: World) -> None:
    actor = world.coordinator.actor
    body = stage.group(world)
    end_body(body_id=body.pk, ended_on=stage.TODAY, reason="机构改革", actor=actor)
    create_body(division=CITY, facts=stage.body_facts(), actor=actor)
    assert CoordinatingBody.objects.filter(name=body.name).count() == 2
