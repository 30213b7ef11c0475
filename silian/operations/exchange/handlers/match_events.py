"""Tells organisers and participants what happens to an event."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.events import subscribe
from silian.operations.exchange.events import (
    EventSignedUp,
    MatchEventCancelled,
    MatchEventChanged,
    MatchEventNear,
    MatchEventPlanned,
    MeetingIntended,
)
from silian.operations.exchange.handlers.negotiations import writers_of
from silian.operations.exchange.models.match_event import EventMeeting, EventSignup, MatchEvent
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify


def read(event_id: int) -> MatchEvent:
    return MatchEvent.objects.select_related("organiser", "division").get(pk=event_id)


def tell(
    *,
    event: MatchEvent,
    organisation_ids: Iterable[int],
    title: str,
    detail: str,
    key: str,
    anchor: str = "",
) -> None:
    for organisation_id in organisation_ids:
        notify(
            user_ids=writers_of(organisation_id),
            kind=NotificationKind.EVENT,
            title=title,
            detail=detail,
            url=event.get_absolute_url() + anchor,
            organisation_id=organisation_id,
            key=f"match-event-{event.pk}-{key}-{organisation_id}",
        )


def participants(event: MatchEvent) -> list[int]:
    rows = event.signups.filter(withdrawn_at__isnull=True)
    return list(rows.order_by("pk").values_list("organisation_id", flat=True))


def when_and_where(event: MatchEvent) -> str:
    starts = timezone.localtime(event.starts_at)
    return f"{starts:%Y-%m-%d %H:%M}，{event.division.name}{event.venue}"


@subscribe(EventSignedUp)
def tell_organiser_of_signup(event: EventSignedUp) -> None:
    signup = EventSignup.objects.select_related("organisation", "event").get(pk=event.signup_id)
    notify(
        user_ids=[signup.event.created_by_id] if signup.event.created_by_id else [],
        kind=NotificationKind.EVENT,
        title=f"{signup.organisation.display_name}报名了“{signup.event.title}”",
        detail=f"{signup.attendee_count} 人，带 {signup.listings.count()} 条供需",
        url=reverse("exchange:match_event_desk", kwargs={"event_id": signup.event_id}),
        organisation_id=signup.event.organiser_id,
        key=f"event-signup-{signup.pk}",
    )


@subscribe(MatchEventChanged)
def tell_of_change(event: MatchEventChanged) -> None:
    changed = read(event.match_event_id)
    tell(
        event=changed,
        organisation_ids=participants(changed),
        title=f"活动时间或地点有变：{changed.title}",
        detail=f"现为 {when_and_where(changed)}",
        key=f"changed-{event.version}",
    )


@subscribe(MatchEventCancelled)
def tell_of_cancelling(event: MatchEventCancelled) -> None:
    cancelled = read(event.match_event_id)
    tell(
        event=cancelled,
        organisation_ids=participants(cancelled),
        title=f"活动已取消：{cancelled.title}",
        detail=cancelled.reason,
        key="cancelled",
    )


@subscribe(MatchEventPlanned)
def tell_of_plan(event: MatchEventPlanned) -> None:
    planned = read(event.match_event_id)
    tell(
        event=planned,
        organisation_ids=participants(planned),
        title=f"排桌已公布：{planned.title}",
        detail="请查看贵单位的轮次和桌号",
        key=f"planned-{event.version}",
    )


@subscribe(MatchEventNear)
def tell_it_is_near(event: MatchEventNear) -> None:
    near = read(event.match_event_id)
    tell(
        event=near,
        organisation_ids=participants(near),
        title=f"活动临近：{near.title}",
        detail=when_and_where(near),
        key=f"near-{near.version}",
    )


@subscribe(MeetingIntended)
def tell_both_of_intent(event: MeetingIntended) -> None:
    meeting = EventMeeting.objects.select_related(
        "event", "need_signup__organisation", "offer_signup__organisation"
    ).get(pk=event.meeting_id)
    pair = (meeting.need_signup.organisation, meeting.offer_signup.organisation)
    for own, other in (pair, pair[::-1]):
        tell(
            event=meeting.event,
            organisation_ids=[own.pk],
            title=f"与{other.display_name}有意向，请转为洽谈",
            detail=meeting.notes,
            key=f"intent-{meeting.pk}",
            anchor=f"#meeting-{meeting.pk}",
        )
