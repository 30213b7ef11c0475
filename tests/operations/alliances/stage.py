"""A leading group with two posts, a meeting on its way, and the day they happen on."""

from __future__ import annotations

import datetime
from typing import Any

from silian.operations.alliances.choices.coordination import BodyKind, MeetingKind, PostRole
from silian.operations.alliances.commands.bodies import BodyFacts, add_post, create_body
from silian.operations.alliances.commands.decisions import DecisionFacts, draft_decision
from silian.operations.alliances.commands.meetings import (
    MeetingFacts,
    convene_meeting,
    hold_meeting,
    plan_meeting,
    set_agenda,
)
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.models.meetings import Meeting
from silian.registers.policies.models import PolicyBody
from tests.world import CITY, World

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime(2026, 3, 18, 15, 0, tzinfo=SHANGHAI)
TODAY = NOW.date()
HELD_AT = NOW + datetime.timedelta(days=7)
AFTER = HELD_AT + datetime.timedelta(hours=3)


def body_facts(**given: Any) -> BodyFacts:
    values: dict[str, Any] = {
        "kind": BodyKind.LEADING_GROUP,
        "name": "青澜市产教融合工作领导小组",
        "duties": "",
        "seat_id": None,
        "parent_id": None,
        "basis_id": None,
        "rhythm": "",
        "founded_on": datetime.date(2025, 1, 10),
    }
    return BodyFacts(**{**values, **given})


def group(world: World, **given: Any) -> CoordinatingBody:
    """A leading group in which the bureau and the government office sit."""
    body = create_body(division=CITY, facts=body_facts(**given), actor=world.coordinator.actor)
    posts = (
        (PostRole.LEADER, "市政府副市长", "梁思远", world.leader),
        (PostRole.MEMBER, "市教育局局长", "贺云帆", world.coordinator),
    )
    for role, position, holder, person in posts:
        add_post(
            body_id=body.pk,
            role=role,
            position=position,
            holder=holder,
            organisation_id=person.organisation.pk if person.organisation else None,
            starts_on=body.founded_on,
            actor=world.coordinator.actor,
        )
    return body


def planned(world: World, body: CoordinatingBody | None = None) -> Meeting:
    body = body or group(world)
    facts = MeetingFacts(
        kind=MeetingKind.PLENARY, title="第一次全体会议", held_at=HELD_AT, place="二楼会议室"
    )
    return plan_meeting(body_id=body.pk, facts=facts, actor=world.coordinator.actor)


def convened(world: World, body: CoordinatingBody | None = None) -> Meeting:
    meeting = planned(world, body)
    actor = world.coordinator.actor
    set_agenda(meeting_id=meeting.pk, items=[("审议年度任务分工", None)], actor=actor)
    return convene_meeting(meeting_id=meeting.pk, actor=actor, now=NOW)


def held(world: World, body: CoordinatingBody | None = None) -> Meeting:
    meeting = convened(world, body)
    came = list(meeting.attendances.values_list("pk", flat=True)[:1])
    return hold_meeting(
        meeting_id=meeting.pk,
        came=came,
        minutes="会议听取了汇报。",
        actor=world.coordinator.actor,
        now=AFTER,
    )


def decided(world: World, meeting: Meeting, text: str = "公共实训基地选址方案报审") -> Decision:
    lead, _ = PolicyBody.objects.get_or_create(division_id=CITY, name="市教育局")
    facts = DecisionFacts(
        text=text,
        item_id=None,
        lead_id=lead.pk,
        cooperating=[],
        due_on=TODAY + datetime.timedelta(days=60),
    )
    return draft_decision(meeting_id=meeting.pk, facts=facts, actor=world.coordinator.actor)
