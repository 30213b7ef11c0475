"""Meetings of coordinating bodies: agenda, who came, and the minutes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.operations.alliances.choices.coordination import MeetingKind, MeetingState, Reply
from silian.operations.alliances.models.bodies import CoordinatingBody, Post
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

TONES = {
    MeetingState.PLANNED: "open",
    MeetingState.CONVENED: "info",
    MeetingState.HELD: "watch",
    MeetingState.MINUTED: "ok",
    MeetingState.CANCELLED: "unset",
}


class Meeting(models.Model):
    """A meeting of a coordinating body (会议). Its minutes stand once they are signed."""

    body = models.ForeignKey(CoordinatingBody, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(
        "会议类别", max_length=10, choices=MeetingKind.choices, default=MeetingKind.PLENARY
    )
    number = models.CharField("期次", max_length=30)
    title = models.CharField("会议", max_length=120)
    held_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=120, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    minutes = models.TextField("纪要", max_length=8000, blank=True)
    signed_by = models.CharField("签发人", max_length=40, blank=True)
    signed_on = models.DateField("签发日", null=True, blank=True)
    reason = models.CharField("取消理由", max_length=300, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "会议"
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MeetingState.values), name="meeting_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.MINUTED)
                | (~Q(minutes="") & ~Q(signed_by="") & Q(signed_on__isnull=False)),
                name="meeting_minutes_are_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CANCELLED) | ~Q(reason=""),
                name="meeting_cancelled_with_reason",
            ),
            models.UniqueConstraint(fields=["body", "number"], name="meeting_number_once"),
        ]
        indexes = [models.Index(fields=["state", "held_at"], name="meeting_by_time")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("alliances:meeting_detail", kwargs={"meeting_id": self.pk})

    @property
    def tone(self) -> str:
        """The status light of the state."""
        return TONES[MeetingState(self.state)]

    @property
    def division_id(self) -> str:
        return self.body.division_id


class AgendaItem(models.Model):
    """A point of the agenda (议题)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField("次序")
    title = models.CharField("议题", max_length=200)
    presenter = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="汇报单位",
        related_name="+",
    )
    outcome = models.CharField("议定情况", max_length=500, blank=True)

    class Meta:
        verbose_name = "议题"
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="agenda_order_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Whether the holder of a post comes to a meeting, and came (参会)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="attendances")
    reply = models.CharField("回执", max_length=8, choices=Reply.choices, default=Reply.WAITING)
    delegate = models.CharField("受托参加人", max_length=60, blank=True)
    reason = models.CharField("请假原因", max_length=200, blank=True)
    came = models.BooleanField("到会", null=True, blank=True)

    class Meta:
        verbose_name = "参会"
        ordering = ["meeting", "post__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "post"], name="attendance_once"),
            models.CheckConstraint(
                condition=~Q(reply=Reply.SENDS) | ~Q(delegate=""), name="attendance_names_delegate"
            ),
            models.CheckConstraint(
                condition=~Q(reply=Reply.ABSENT) | ~Q(reason=""), name="attendance_absent_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.get_reply_display()}"

    @property
    def division_id(self) -> str:
        return self.meeting.division_id
