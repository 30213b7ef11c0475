"""Drafting, dropping and revoking decisions."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.errors import DomainError, WrongState
from silian.operations.alliances.choices.coordination import DecisionState
from silian.operations.alliances.commands.decisions import (
    DecisionFacts,
    draft_decision,
    drop_decision,
    revoke_decision,
)
from silian.operations.alliances.commands.meetings import sign_minutes
from silian.operations.alliances.models.decisions import Decision
from silian.operations.alliances.permissions.coordination import decisions_visible_to
from tests.operations.alliances import stage
from tests.world import World


def made(world: World) -> Decision:
    meeting = stage.held(world)
    decision = stage.decided(world, meeting)
    sign_minutes(
        meeting_id=meeting.pk,
        signed_by="梁思远",
        signed_on=stage.AFTER.date(),
        actor=world.coordinator.actor,
    )
    decision.refresh_from_db()
    return decision


def test_decisions_are_numbered_within_their_meeting(world: World) -> None:
    meeting = stage.held(world)
    numbers = [stage.decided(world, meeting, text).number for text in ("甲", "乙")]
    assert numbers == ["2026年第1次-1", "2026年第1次-2"]


def test_a_drafted_decision_is_not_shown_to_members(world: World) -> None:
    decision = stage.decided(world, stage.held(world))
    assert decisions_visible_to(world.coordinator.actor).filter(pk=decision.pk).exists()
    assert not decisions_visible_to(world.reviewer.actor).filter(pk=decision.pk).exists()


def test_a_decision_takes_no_item_of_another_meeting(world: World) -> None:
    body = stage.group(world)
    first, second = stage.convened(world, body), stage.convened(world, body)
    foreign = second.agenda.get()
    facts = DecisionFacts(
        text="事项", item_id=foreign.pk, lead_id=None, cooperating=[], due_on=None
    )
    with pytest.raises(DomainError, match="议题不属于这次会议"):
        draft_decision(meeting_id=first.pk, facts=facts, actor=world.coordinator.actor)


def test_a_drafted_decision_can_be_dropped_a_made_one_only_revoked(world: World) -> None:
    decision = made(world)
    with pytest.raises(WrongState, match="请撤销并写明理由"):
        drop_decision(decision_id=decision.pk, actor=world.coordinator.actor)
    with pytest.raises(DomainError, match="撤销理由"):
        revoke_decision(decision_id=decision.pk, reason="", actor=world.coordinator.actor)
    gone = revoke_decision(
        decision_id=decision.pk, reason="上级另有部署", actor=world.coordinator.actor
    )
    assert gone.state == DecisionState.REVOKED


def test_no_decision_is_added_after_signing(world: World) -> None:
    decision = made(world)
    with pytest.raises(WrongState, match="不能再增加决定"):
        stage.decided(world, decision.meeting, "补充")


def test_dropping_removes_the_row(world: World) -> None:
    decision = stage.decided(world, stage.held(world))
    drop_decision(decision_id=decision.pk, actor=world.coordinator.actor)
    assert not Decision.objects.filter(pk=decision.pk).exists()
