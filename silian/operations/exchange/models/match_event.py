"""Matchmaking events: the event, who signs up, and who meets whom at which table."""

from __future__ import annotations

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.exchange.choices import (
    EventRhythm,
    EventState,
    EventTheme,
    MeetingResult,
)
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.negotiation import Negotiation
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

TONES = {
    EventState.DRAFT: "open",
    EventState.ANNOUNCED: "ok",
    EventState.CLOSED: "info",
    EventState.HELD: "info",
    EventState.FOLLOWED_UP: "unset",
    EventState.CANCELLED: "late",
}


class MatchEvent(models.Model):
    """An occasion where needs and offers meet in person (对接活动).

    ``capacity`` counts organisations. The table plan has ``tables`` tables and slots of
    ``slot_minutes`` from ``starts_at`` on. ``version`` grows with each change that those who
    signed up are told of. ``plan_shown_at`` is when they first saw the plan.
    """

    title = models.CharField("名称", max_length=80)
    organiser = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="match_events",
        verbose_name="主办单位",
    )
    theme = models.CharField("主题", max_length=12, choices=EventTheme.choices)
    rhythm = models.CharField(
        "举办周期", max_length=10, choices=EventRhythm.choices, default=EventRhythm.ONCE
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="所在区划"
    )
    venue = models.CharField("地点", max_length=120)
    introduction = models.TextField("活动说明", max_length=3000)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    signup_closes_at = models.DateTimeField("报名截止时间")
    capacity = models.PositiveIntegerField("可报名单位数", validators=[MinValueValidator(2)])
    tables = models.PositiveSmallIntegerField(
        "洽谈桌数", validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    slot_minutes = models.PositiveSmallIntegerField(
        "每轮分钟数", validators=[MinValueValidator(10), MaxValueValidator(120)]
    )
    state = models.CharField(
        "状态", max_length=12, choices=EventState.choices, default=EventState.DRAFT
    )
    version = models.PositiveIntegerField("通知版本", default=1)
    announced_at = models.DateTimeField("发布时间", null=True, blank=True)
    plan_shown_at = models.DateTimeField("排桌公布时间", null=True, blank=True)
    reminded_at = models.DateTimeField("提醒时间", null=True, blank=True)
    held_at = models.DateTimeField("登记举办时间", null=True, blank=True)
    minutes = models.TextField("活动纪要", max_length=5000, blank=True)
    followed_up_at = models.DateTimeField("办结跟进时间", null=True, blank=True)
    follow_up = models.TextField("跟进小结", max_length=3000, blank=True)
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)
    reason = models.CharField("取消理由", max_length=300, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "对接活动"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=EventState.values), name="match_event_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="match_event_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(signup_closes_at__lte=F("starts_at")),
                name="match_event_signup_before_start",
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.CANCELLED) | ~Q(reason=""),
                name="match_event_cancelled_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EventState.HELD, EventState.FOLLOWED_UP])
                | Q(held_at__isnull=False),
                name="match_event_held_is_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "state"], name="match_event_by_start"),
            models.Index(fields=["organiser", "starts_at"], name="match_event_of_organiser"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchange:match_event_detail", kwargs={"event_id": self.pk})

    @property
    def tone(self) -> str:
        """The status light of the state."""
        return TONES[EventState(self.state)]

    @property
    def slot_count(self) -> int:
        """How many whole slots fit between start and end (轮次)."""
        minutes = int((self.ends_at - self.starts_at).total_seconds() // 60)
        return minutes // self.slot_minutes

    def slot_starts(self, slot: int) -> datetime.datetime:
        """When the slot begins; slots count from 1."""
        return self.starts_at + datetime.timedelta(minutes=self.slot_minutes * (slot - 1))


class EventSignup(models.Model):
    """An organisation's place at an event and the listings it brings (活动报名)."""

    event = models.ForeignKey(MatchEvent, on_delete=models.CASCADE, related_name="signups")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="event_signups"
    )
    attendees = models.CharField("参加人员", max_length=200)
    attendee_count = models.PositiveSmallIntegerField(
        "参加人数", validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    listings = models.ManyToManyField(Listing, related_name="event_signups", blank=True)
    signed_up_at = models.DateTimeField("报名时间")
    signed_up_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("退出时间", null=True, blank=True)
    checked_in_at = models.DateTimeField("签到时间", null=True, blank=True)
    checked_in_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "活动报名"
        constraints = [
            models.UniqueConstraint(fields=["event", "organisation"], name="signup_once_each"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(checked_in_at__isnull=True),
                name="signup_withdrawn_not_checked_in",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "event"], name="signup_of_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.event_id}"


class EventMeeting(models.Model):
    """Two organisations at one table in one slot, about a need and an offer (洽谈桌次).

    ``facts`` keep why the two were put together, as ``[text, met]`` pairs; ``negotiation`` is
    where an intent goes on.
    """

    event = models.ForeignKey(MatchEvent, on_delete=models.CASCADE, related_name="meetings")
    slot = models.PositiveSmallIntegerField("轮次", validators=[MinValueValidator(1)])
    table = models.PositiveSmallIntegerField("桌号", validators=[MinValueValidator(1)])
    need = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="+")
    need_signup = models.ForeignKey(
        EventSignup, on_delete=models.CASCADE, related_name="meetings_in_need"
    )
    offer_signup = models.ForeignKey(
        EventSignup, on_delete=models.CASCADE, related_name="meetings_with_offer"
    )
    facts = models.JSONField("匹配依据", default=list, blank=True)
    by_hand = models.BooleanField("人工安排", default=False)
    result = models.CharField(
        "洽谈结果", max_length=10, choices=MeetingResult.choices, default=MeetingResult.PLANNED
    )
    notes = models.TextField("洽谈纪要", max_length=2000, blank=True)
    noted_at = models.DateTimeField("登记时间", null=True, blank=True)
    noted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_at = models.DateTimeField("应转入洽谈时间", null=True, blank=True)
    negotiation = models.ForeignKey(
        Negotiation, on_delete=models.PROTECT, null=True, blank=True, related_name="event_meetings"
    )

    class Meta:
        verbose_name = "洽谈桌次"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "slot", "table"],
                name="meeting_table_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["slot", "need_signup"],
                name="meeting_need_side_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["slot", "offer_signup"],
                name="meeting_offer_side_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=~Q(need_signup=F("offer_signup")), name="meeting_between_two"
            ),
            models.CheckConstraint(
                condition=~Q(result=MeetingResult.INTENT) | ~Q(notes=""),
                name="meeting_intent_has_notes",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="meeting_to_follow")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.slot}-{self.table}"

    @property
    def starts_at(self) -> datetime.datetime:
        return self.event.slot_starts(self.slot)

    @property
    def tone(self) -> str:
        """The status light of the result."""
        tones = {MeetingResult.INTENT: "ok", MeetingResult.MISSED: "late"}
        return tones.get(MeetingResult(self.result), "unset" if self.noted_at else "open")

    def listing_of(self, organisation_id: int) -> Listing:
        """The listing that one of the two sides brought."""
        return self.need if self.need_signup.organisation_id == organisation_id else self.offer

    def listing_opposite(self, organisation_id: int) -> Listing:
        """The listing of the other side."""
        return self.offer if self.need_signup.organisation_id == organisation_id else self.need
