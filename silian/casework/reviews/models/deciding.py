"""Collective decisions with votes, the public notice, objections and appeals."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from silian.casework.publications.models import Edition
from silian.casework.reviews.choices.deciding import (
    Ballot,
    DecisionGround,
    MeetingState,
    ObjectionState,
    Outcome,
)
from silian.casework.reviews.models.campaigns import Campaign
from silian.casework.reviews.models.dossiers import Dossier
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class DecidingMeeting(models.Model):
    """The meeting that decides a batch together (集体审定会)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField("召开日期")
    place = models.CharField("地点", max_length=120, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=MeetingState.choices, default=MeetingState.CALLED
    )
    minutes = models.TextField("会议记录", max_length=5000, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "审定会"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"],
                condition=~Q(state=MeetingState.CLOSED),
                name="deciding_meeting_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.held_on}"


class MeetingMember(models.Model):
    """A member with a vote (审定成员)."""

    meeting = models.ForeignKey(DecidingMeeting, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_present = models.BooleanField("到会", null=True, blank=True)

    class Meta:
        verbose_name = "审定成员"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="meeting_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.user_id}"


class Vote(models.Model):
    """One member's vote on one dossier (表决记录); never changes (trigger)."""

    meeting = models.ForeignKey(DecidingMeeting, on_delete=models.PROTECT, related_name="votes")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="votes")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ballot = models.CharField("表决", max_length=8, choices=Ballot.choices)
    reason = models.CharField("理由", max_length=500, blank=True)
    cast_at = models.DateTimeField("表决时间")

    class Meta:
        verbose_name = "表决记录"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "dossier", "user"], name="vote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.user_id} {self.ballot}"


class Decision(models.Model):
    """What was decided on a dossier (审定决定): superseded by a later one, never changed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices)
    ground = models.CharField("程序", max_length=10, choices=DecisionGround.choices)
    reason = models.TextField("理由", max_length=2000)
    basis = models.CharField("依据", max_length=300, blank=True)
    snapshot = models.JSONField("当时的数据", default=dict)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("决定时间")

    class Meta:
        verbose_name = "审定决定"
        ordering = ["dossier", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(supersedes__isnull=True), name="decision_one_first"
            ),
            models.CheckConstraint(condition=~Q(supersedes=F("pk")), name="decision_not_its_own"),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.get_outcome_display()}"


class PublicNotice(models.Model):
    """The public notice of a batch (公示): from when to when, in which edition.

    The days are half-open; ``masked`` names the fields that are shown with a mask.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="notices")
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField("公示开始")
    ends_on = models.DateField("公示结束（不含）")
    masked = models.JSONField("遮盖项", default=list)
    contact = models.CharField("受理方式", max_length=200)
    closed_at = models.DateTimeField("结束办理时间", null=True, blank=True)

    class Meta:
        verbose_name = "公示"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="notice_period_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} 公示"


class Objection(models.Model):
    """What somebody says against a proposed recognition (异议), named or not, with its clock.

    Name and contact are kept encrypted; the applicant never sees who objected.
    """

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="objections")
    code = models.CharField("查询码", max_length=20, unique=True)
    name_cipher = models.TextField("姓名密文", blank=True, editable=False)
    contact_cipher = models.TextField("联系方式密文", blank=True, editable=False)
    text = models.TextField("异议内容", max_length=3000)
    state = models.CharField(
        "状态", max_length=10, choices=ObjectionState.choices, default=ObjectionState.RAISED
    )
    raised_at = models.DateTimeField("提出时间")
    due_on = models.DateField("答复期限")
    answer = models.TextField("核查结果", max_length=3000, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "公示异议"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ObjectionState.values), name="objection_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ObjectionState.RAISED, ObjectionState.WITHDRAWN])
                | ~Q(answer=""),
                name="objection_settled_has_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Appeal(models.Model):
    """The applicant asks for a decision to be looked at again (申诉), by other people."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    text = models.TextField("申诉理由", max_length=3000)
    state = models.CharField(
        "状态", max_length=10, choices=ObjectionState.choices, default=ObjectionState.RAISED
    )
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField("提出时间")
    due_on = models.DateField("答复期限")
    answer = models.TextField("复核结论", max_length=3000, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "申诉"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ObjectionState.values), name="appeal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ObjectionState.RAISED, ObjectionState.WITHDRAWN])
                | ~Q(answer=""),
                name="appeal_settled_has_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} 申诉"
