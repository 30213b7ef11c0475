"""Collective decisions with votes, the public notice, objections and appeals."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from silian.casework.publications.models import Edition
from silian.casework.reviews.choices.deciding import (
    AppealResult,
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


class Ranking(models.Model):
    """The order of a batch as it was fixed (排序), with the figures used; never changes (trigger).

    ``rows`` keep rank, points, tie points and standing of each dossier, best first.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="ranking")
    quota = models.PositiveIntegerField("名额", null=True, blank=True)
    pass_points = models.DecimalField(
        "合格线", max_digits=7, decimal_places=2, null=True, blank=True
    )
    ties = models.JSONField("并列时比较的指标", default=list)
    rows = models.JSONField("名次", default=list)
    sha256 = models.CharField("校验值", max_length=64)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField("排序时间")

    class Meta:
        verbose_name = "评审排序"
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="ranking_has_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {len(self.rows)} 份"


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


class DossierDecision(models.Model):
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
    results = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
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


class NoticeEntry(models.Model):
    """One dossier in a public notice (公示条目): what is shown of it, masked, as published."""

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="entries")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="notice_entries")
    position = models.PositiveIntegerField("序号")
    title = models.CharField("认定对象", max_length=200)
    applicant = models.CharField("申报单位", max_length=200)
    division = models.CharField("地区", max_length=60)
    fields = models.JSONField("公示内容", default=list)

    class Meta:
        verbose_name = "公示条目"
        ordering = ["notice", "position"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "dossier"], name="notice_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.position}"


class Objection(models.Model):
    """What somebody says against a proposed recognition (异议), named or not, with its clock.

    Name and contact are kept encrypted, the code as its digest; the applicant never sees who
    objected, only the question of the investigator. ``due_on`` None is 未设定.
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
    due_on = models.DateField("答复期限", null=True, blank=True)
    late_since = models.DateField("逾期起", null=True, blank=True)
    investigator = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    question = models.TextField("请申报单位说明", max_length=1000, blank=True)
    asked_at = models.DateTimeField("听取意见时间", null=True, blank=True)
    statement = models.TextField("申报单位说明", max_length=3000, blank=True)
    stated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stated_at = models.DateTimeField("说明时间", null=True, blank=True)
    findings = models.TextField("核查记录", max_length=3000, blank=True)
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
            models.CheckConstraint(
                condition=Q(stated_at__isnull=True) | ~Q(statement=""),
                name="objection_statement_whole",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="objection_by_day")]

    def __str__(self) -> str:
        return f"异议 {self.pk}"


class Appeal(models.Model):
    """The applicant asks for a decision to be looked at again (申诉), by other people."""

    decision = models.OneToOneField(
        DossierDecision, on_delete=models.PROTECT, related_name="appeal"
    )
    text = models.TextField("申诉理由", max_length=3000)
    state = models.CharField(
        "状态", max_length=10, choices=ObjectionState.choices, default=ObjectionState.RAISED
    )
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField("提出时间")
    due_on = models.DateField("答复期限", null=True, blank=True)
    late_since = models.DateField("逾期起", null=True, blank=True)
    handler = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    result = models.CharField("处理", max_length=10, choices=AppealResult.choices, blank=True)
    new_stage = models.CharField("重新办理环节", max_length=10, blank=True)
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
            models.CheckConstraint(
                condition=~Q(state=ObjectionState.UPHELD) | ~Q(result=""),
                name="appeal_upheld_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} 申诉"
