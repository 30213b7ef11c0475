"""Planning, calling, answering, holding, signing and cancelling a meeting."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.alliances.choices.coordination import DecisionState, MeetingState, Reply
from silian.operations.alliances.commands.meetings import (
    MeetingFacts,
    cancel_meeting,
    change_meeting,
    convene_meeting,
    hold_meeting,
    plan_meeting,
    reply_to_meeting,
    set_agenda,
    sign_minutes,
)
from silian.operations.alliances.models.meetings import Attendance, Meeting
from silian.operations.alliances.permissions.coordination import (
    attendances_of_unit,
    meetings_visible_to,
)
from silian.registers.accounts.models import Notification
from tests.operations.alliances import stage
from tests.world import World


def place_of_bureau(world: World, meeting: Meeting) -> Attendance:
    return attendances_of_unit(world.reviewer.actor).get(meeting=meeting)


def test_a_planned_meeting_is_seen_by_those_who_plan_it_only(world: World) -> None:
    meeting = stage.planned(world)
    assert meetings_visible_to(world.coordinator.actor).filter(pk=meeting.pk).exists()
    for person in ("reviewer", "leader", "supervisor", "enterprise"):
        assert not meetings_visible_to(world.people[person].actor).filter(pk=meeting.pk).exists()


def test_a_meeting_without_agenda_is_not_called(world: World) -> None:
    meeting = stage.planned(world)
    with pytest.raises(DomainError, match="还没有议题"):
        convene_meeting(meeting_id=meeting.pk, actor=world.coordinator.actor, now=stage.NOW)


def test_a_meeting_in_the_past_is_not_called(world: World) -> None:
    meeting = stage.planned(world)
    actor = world.coordinator.actor
    set_agenda(meeting_id=meeting.pk, items=[("议题", None)], actor=actor)
    with pytest.raises(DomainError, match="会议时间 2026-03-25 15:00 已过"):
        convene_meeting(meeting_id=meeting.pk, actor=actor, now=stage.AFTER)


def test_calling_gives_every_post_a_place_and_tells_its_unit(
    world: World, run_jobs: Callable[[], None]
) -> None:
    meeting = stage.convened(world)
    run_jobs()
    assert meeting.attendances.count() == 2
    told = Notification.objects.filter(title="会议通知：第一次全体会议")
    assert {row.user for row in told} == {world.reviewer.user, world.coordinator.user}


def test_a_new_time_is_told_again(world: World, run_jobs: Callable[[], None]) -> None:
    meeting = stage.convened(world)
    run_jobs()
    facts = MeetingFacts(
        kind=meeting.kind,
        title=meeting.title,
        held_at=stage.HELD_AT + datetime.timedelta(days=1),
        place=meeting.place,
    )
    change_meeting(meeting_id=meeting.pk, facts=facts, actor=world.coordinator.actor)
    run_jobs()
    assert (
        Notification.objects.filter(title__startswith="会议有变", user=world.reviewer.user).count()
        == 1
    )


def test_a_unit_answers_for_its_member(world: World) -> None:
    meeting = stage.convened(world)
    place = place_of_bureau(world, meeting)
    with pytest.raises(DomainError, match="受托人的姓名和职务"):
        reply_to_meeting(
            attendance_id=place.pk,
            reply=Reply.SENDS,
            delegate="",
            reason="",
            actor=world.reviewer.actor,
        )
    with pytest.raises(DomainError, match="请假请写明原因"):
        reply_to_meeting(
            attendance_id=place.pk,
            reply=Reply.ABSENT,
            delegate="",
            reason="",
            actor=world.reviewer.actor,
        )
    done = reply_to_meeting(
        attendance_id=place.pk,
        reply=Reply.SENDS,
        delegate="莫副局长",
        reason="多余",
        actor=world.reviewer.actor,
    )
    assert (done.reply, done.delegate, done.reason) == (Reply.SENDS, "莫副局长", "")


def test_the_place_of_another_unit_is_out_of_reach(world: World) -> None:
    meeting = stage.convened(world)
    other = meeting.attendances.exclude(pk=place_of_bureau(world, meeting).pk).get()
    with pytest.raises(Attendance.DoesNotExist):
        reply_to_meeting(
            attendance_id=other.pk,
            reply=Reply.COMES,
            delegate="",
            reason="",
            actor=world.reviewer.actor,
        )


def test_a_meeting_is_not_held_before_its_time(world: World) -> None:
    meeting = stage.convened(world)
    with pytest.raises(DomainError, match="开始后才能登记召开"):
        hold_meeting(
            meeting_id=meeting.pk,
            came=[],
            minutes="纪要",
            actor=world.coordinator.actor,
            now=stage.NOW,
        )


def test_holding_notes_who_came_and_lets_the_minutes_be_corrected(world: World) -> None:
    meeting = stage.held(world)
    assert sorted(row.came for row in meeting.attendances.all()) == [False, True]
    again = hold_meeting(
        meeting_id=meeting.pk,
        came=[],
        minutes="更正后的纪要",
        actor=world.coordinator.actor,
        now=stage.AFTER,
    )
    assert (again.state, again.minutes) == (MeetingState.HELD, "更正后的纪要")


def test_signing_makes_every_drafted_decision_stand(world: World) -> None:
    meeting = stage.held(world)
    decision = stage.decided(world, meeting)
    day = stage.AFTER.date()
    actor = world.coordinator.actor
    with pytest.raises(DomainError, match="签发日不能早于会议日期"):
        sign_minutes(meeting_id=meeting.pk, signed_by="梁思远", signed_on=stage.TODAY, actor=actor)
    signed = sign_minutes(meeting_id=meeting.pk, signed_by="梁思远", signed_on=day, actor=actor)
    decision.refresh_from_db()
    assert (signed.state, decision.state) == (MeetingState.MINUTED, DecisionState.MADE)


def test_signed_minutes_are_not_changed(world: World) -> None:
    meeting = stage.held(world)
    actor = world.coordinator.actor
    sign_minutes(
        meeting_id=meeting.pk, signed_by="梁思远", signed_on=stage.AFTER.date(), actor=actor
    )
    with pytest.raises(WrongState):
        hold_meeting(meeting_id=meeting.pk, came=[], minutes="改", actor=actor, now=stage.AFTER)
    with pytest.raises(WrongState, match="不能再改安排和议题"):
        set_agenda(meeting_id=meeting.pk, items=[("新议题", None)], actor=actor)


def test_minutes_without_text_are_not_signed(world: World) -> None:
    meeting = stage.held(world)
    Meeting.objects.filter(pk=meeting.pk).update(minutes="")
    with pytest.raises(DomainError, match="纪要还没有内容"):
        sign_minutes(
            meeting_id=meeting.pk,
            signed_by="梁思远",
            signed_on=stage.AFTER.date(),
            actor=world.coordinator.actor,
        )


def test_a_cancelled_meeting_is_told_with_its_reason(
    world: World, run_jobs: Callable[[], None]
) -> None:
    meeting = stage.convened(world)
    actor = world.coordinator.actor
    with pytest.raises(DomainError, match="取消理由"):
        cancel_meeting(meeting_id=meeting.pk, reason=" ", actor=actor)
    cancel_meeting(meeting_id=meeting.pk, reason="与市委会议冲突", actor=actor)
    run_jobs()
    notice = Notification.objects.get(title__startswith="会议取消", user=world.reviewer.user)
    assert notice.detail == "与市委会议冲突"


def test_agenda_items_that_stay_keep_their_row(world: World) -> None:
    meeting = stage.planned(world)
    actor = world.coordinator.actor
    set_agenda(meeting_id=meeting.pk, items=[("甲", None), ("乙", None)], actor=actor)
    kept = meeting.agenda.get(title="乙").pk
    set_agenda(meeting_id=meeting.pk, items=[("乙", None), ("丙", None)], actor=actor)
    assert [(row.order, row.title) for row in meeting.agenda.all()] == [(1, "乙"), (2, "丙")]
    assert meeting.agenda.get(title="乙").pk == kept


def test_only_the_coordinating_department_plans(world: World) -> None:
    body = stage.group(world)
    facts = MeetingFacts(kind="plenary", title="会议", held_at=stage.HELD_AT, place="会议室")
    with pytest.raises(NotAllowed):
        plan_meeting(body_id=body.pk, facts=facts, actor=world.reviewer.actor)
