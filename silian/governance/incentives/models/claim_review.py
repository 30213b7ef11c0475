"""The way of a claim through offices, in public, and past objections."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.governance.incentives.choices.claims import (
    STEP_TONES,
    STEPS_DONE,
    NoticeState,
    ObjectionState,
    Silence,
    StepKind,
    StepState,
)
from silian.governance.incentives.models.claim_calls import CallStep, ClaimCall
from silian.governance.incentives.models.claims import Claim
from silian.governance.incentives.models.objections import NoticedObjection
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ClaimStep(models.Model):
    """One step of one claim at one office, with its clock (申领审核环节).

    Made from the steps of the call when the claim is handed in; a school's step is made for each
    school of the students claimed for. What was answered stays when the claim is handed in anew:
    ``round`` counts.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="steps")
    source = models.ForeignKey(
        CallStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="环节设置",
    )  # fmt: skip
    round = models.PositiveSmallIntegerField("轮次", default=1)
    order = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("类别", max_length=8, choices=StepKind.choices)
    title = models.CharField("环节", max_length=40)
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="办理单位"
    )
    working_days = models.PositiveSmallIntegerField("办理工作日")
    on_silence = models.CharField("逾期未答复", max_length=8, choices=Silence.choices)
    state = models.CharField(
        "状态", max_length=8, choices=StepState.choices, default=StepState.WAITING
    )
    opened_on = models.DateField("开始日", null=True, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    reminded_on = models.DateField("催办日", null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("办理时间", null=True, blank=True)
    opinion = models.CharField("意见", max_length=300, blank=True)

    class Meta:
        verbose_name = "申领审核环节"
        ordering = ["claim", "round", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=StepState.values), name="claim_step_state_known"
            ),
            models.UniqueConstraint(
                fields=["claim", "round", "order", "office"], name="claim_step_of_an_office_once"
            ),
            models.CheckConstraint(
                condition=Q(state=StepState.WAITING)
                | Q(opened_on__isnull=False, due_on__isnull=False),
                name="claim_step_open_with_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(StepState.RETURNED, StepState.REFUSED)) | ~Q(opinion=""),
                name="claim_step_refused_with_opinion",
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.DECIDE, state=StepState.SILENT),
                name="claim_step_never_decided_by_silence",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state"], name="claim_step_by_office"),
            models.Index(fields=["state", "due_on"], name="claim_step_by_clock"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.office.name}"

    @property
    def tone(self) -> str:
        return STEP_TONES[StepState(self.state)]

    @property
    def is_done(self) -> bool:
        """Whether the office agreed, in words or by silence."""
        return self.state in STEPS_DONE


class ClaimNotice(models.Model):
    """Claims of a call that are made public before they are paid (补贴公示)."""

    call = models.ForeignKey(ClaimCall, on_delete=models.PROTECT, related_name="notices")
    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("公示起始日")
    ends_on = models.DateField("公示截止日")
    state = models.CharField(
        "状态", max_length=8, choices=NoticeState.choices, default=NoticeState.RUNNING
    )
    contact = models.CharField("异议受理联系方式", max_length=120)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("发布时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "补贴公示"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="claim_notice_period_ordered"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("incentives:claim_notice", kwargs={"notice_id": self.pk})


class NoticeLine(models.Model):
    """One claim on a notice, as it was published (公示名单)."""

    notice = models.ForeignKey(ClaimNotice, on_delete=models.CASCADE, related_name="lines")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="notice_lines")
    organisation_name = models.CharField("单位", max_length=120)
    heads = models.PositiveIntegerField("人数")
    amount = models.DecimalField("金额", max_digits=16, decimal_places=2)

    class Meta:
        verbose_name = "公示名单"
        ordering = ["notice", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "claim"], name="notice_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name} {self.amount}"


class NoticeObjection(NoticedObjection):
    """What somebody says against a claim on a notice (补贴公示异议)."""

    line = models.ForeignKey(NoticeLine, on_delete=models.PROTECT, related_name="objections")
    raised_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "补贴公示异议"
        ordering = ["line", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ObjectionState.OPEN)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="notice_objection_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.raised_at:%Y-%m-%d}"
