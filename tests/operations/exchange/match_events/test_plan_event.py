"""Planning, announcing, changing, holding, following up and cancelling an event."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.exchange.choices import EventState
from silian.operations.exchange.commands.match_event_planning import (
    announce_event,
    cancel_event,
    change_event,
    close_signup,
    create_event,
    follow_up_event,
    hold_event,
)
from silian.operations.exchange.models.match_event import MatchEvent
from silian.operations.exchange.tasks.match_events import close_event_signups, remind_of_events
from silian.registers.accounts.models import Notification
from tests.operations.exchange.match_events import stage
from tests.operations.exchange.negotiations.stage import NOW
from tests.world import World

AFTER = stage.STARTS + datetime.timedelta(hours=4)


def notices(world: World, person: str, words: str) -> int:
    user = world.people[person].user
    return Notification.objects.filter(user=user, title__contains=words).count()


@pytest.mark.parametrize("person", ["school", "coordinator", "reviewer"])
def test_schools_and_officials_may_organise(world: World, person: str) -> None:
    event = stage.drafted(world, by=world.people[person])
    assert event.state == EventState.DRAFT
    assert event.organiser == world.people[person].organisation


@pytest.mark.parametrize("person", ["enterprise", "student", "expert", "system_admin"])
def test_others_may_not_organise(world: World, person: str) -> None:
    with pytest.raises(NotAllowed, match="对接活动由主管部门"):
        create_event(plan=stage.make_plan(), actor=world.people[person].actor, now=NOW)


def test_a_draft_is_seen_by_its_organiser_only(world: World) -> None:
    url = stage.drafted(world).get_absolute_url()
    assert world.coordinator.client.get(url).status_code == 200
    assert world.school.client.get(url).status_code == 404


def test_an_event_announced_too_late_is_refused(world: World) -> None:
    event = stage.drafted(world)
    with pytest.raises(DomainError, match="报名截止时间已过"):
        announce_event(event_id=event.pk, actor=world.coordinator.actor, now=stage.STARTS)


def test_another_organisation_does_not_run_the_event(world: World) -> None:
    event = stage.announced(world)
    with pytest.raises(NotAllowed, match="主办单位办理"):
        close_signup(event_id=event.pk, actor=world.school.actor)


def test_a_new_time_is_told_to_those_who_signed_up(
    world: World, run_jobs: Callable[[], None]
) -> None:
    event = stage.attended(world)
    moved = stage.make_plan(
        starts_at=stage.STARTS + stage.DAY,
        ends_at=stage.STARTS + stage.DAY + datetime.timedelta(hours=3),
    )
    change_event(event_id=event.pk, plan=moved, actor=world.coordinator.actor, now=NOW)
    run_jobs()
    assert notices(world, "enterprise", "时间或地点有变") == 1
    assert notices(world, "rival", "时间或地点有变") == 0


def test_fewer_places_than_given_away_are_refused(world: World) -> None:
    event = stage.attended(world)
    stage.signed_up(event, by=world.rival, listings=[])
    with pytest.raises(DomainError, match="已有 3 家报名"):
        change_event(
            event_id=event.pk,
            plan=stage.make_plan(capacity=2),
            actor=world.coordinator.actor,
            now=NOW,
        )


def test_the_tables_of_a_planned_event_cannot_shrink(world: World) -> None:
    meeting = stage.tabled(world)
    with pytest.raises(DomainError, match="请先清空排桌"):
        change_event(
            event_id=meeting.event_id,
            plan=stage.make_plan(tables=1),
            actor=world.coordinator.actor,
            now=NOW,
        )


def test_the_signup_closes_by_the_clock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    event = stage.announced(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: stage.STARTS - stage.DAY)
    close_event_signups(timestamp=0)
    close_event_signups(timestamp=0)
    event.refresh_from_db()
    assert event.state == EventState.CLOSED


def test_participants_are_reminded_once(
    world: World, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.attended(world)
    near = stage.STARTS - datetime.timedelta(hours=20)
    monkeypatch.setattr("django.utils.timezone.now", lambda: near)
    remind_of_events(timestamp=0)
    remind_of_events(timestamp=0)
    run_jobs()
    assert notices(world, "school", "活动临近") == 1


def test_an_event_cannot_be_held_before_it_begins(world: World) -> None:
    event = stage.announced(world)
    with pytest.raises(DomainError, match="才开始"):
        hold_event(event_id=event.pk, minutes="顺利。", actor=world.coordinator.actor, now=NOW)


def test_holding_needs_minutes(world: World) -> None:
    event = stage.announced(world)
    with pytest.raises(DomainError, match="活动纪要"):
        hold_event(event_id=event.pk, minutes=" ", actor=world.coordinator.actor, now=AFTER)


def test_the_follow_up_waits_for_every_table(world: World) -> None:
    meeting = stage.tabled(world)
    actor = world.coordinator.actor
    hold_event(event_id=meeting.event_id, minutes="顺利。", actor=actor, now=AFTER)
    with pytest.raises(DomainError, match="还有 1 桌没有登记"):
        follow_up_event(event_id=meeting.event_id, summary="已回访。", actor=actor, now=AFTER)


def test_a_held_event_is_followed_up_with_a_summary(world: World) -> None:
    event = stage.held(world)
    follow_up_event(event_id=event.pk, summary="已回访。", actor=world.coordinator.actor, now=AFTER)
    assert MatchEvent.objects.get(pk=event.pk).state == EventState.FOLLOWED_UP


def test_cancelling_needs_a_reason_that_participants_read(
    world: World, run_jobs: Callable[[], None]
) -> None:
    event = stage.attended(world)
    with pytest.raises(DomainError, match="取消理由"):
        cancel_event(event_id=event.pk, reason="", actor=world.coordinator.actor, now=NOW)
    cancel_event(event_id=event.pk, reason="场地检修", actor=world.coordinator.actor, now=NOW)
    run_jobs()
    assert Notification.objects.get(user=world.school.user, title__contains="已取消").detail == (
        "场地检修"
    )


def test_a_held_event_cannot_be_cancelled(world: World) -> None:
    event = stage.held(world)
    with pytest.raises(WrongState):
        cancel_event(event_id=event.pk, reason="晚了", actor=world.coordinator.actor, now=AFTER)
