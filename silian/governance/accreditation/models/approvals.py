"""Applications for approval and the steps they go through."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.governance.accreditation.choices.guide import CASE_TONES, DECIDED_CASES, CaseState
from silian.governance.accreditation.models.guide import GuideMatter, MatterVersion
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ApprovalCase(models.Model):
    """One application against a matter of the guide (审批办件)."""

    matter = models.ForeignKey(GuideMatter, on_delete=models.PROTECT, related_name="cases")
    version = models.ForeignKey(MatterVersion, on_delete=models.PROTECT, related_name="cases")
    applicant = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="申请单位", related_name="+"
    )
    title = models.CharField("申请事由", max_length=120)
    detail = models.TextField("申请内容", max_length=3000)
    state = models.CharField(
        "状态", max_length=10, choices=CaseState.choices, default=CaseState.APPLIED
    )
    applied_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField("申请时间")
    accept_due_at = models.DateTimeField("受理期限", null=True, blank=True)
    supplement = models.TextField("补正内容", max_length=2000, blank=True)
    supplement_asked_at = models.DateTimeField("告知补正时间", null=True, blank=True)
    supplemented_at = models.DateTimeField("补正时间", null=True, blank=True)
    accepted_at = models.DateTimeField("受理时间", null=True, blank=True)
    silent_acceptance = models.BooleanField("逾期未告知视为受理", default=False)
    due_at = models.DateTimeField("办结期限", null=True, blank=True)
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    document = models.CharField("决定文书编号", max_length=60, blank=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    remedy = models.CharField("救济途径", max_length=300, blank=True)
    limit_days = models.PositiveSmallIntegerField("时限（工作日）", null=True, blank=True)
    used_days = models.PositiveSmallIntegerField("用时（工作日）", null=True, blank=True)
    in_time = models.BooleanField("按时办结", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "审批办件"
        ordering = ["-applied_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values), name="approval_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(DECIDED_CASES))
                | (Q(decided_at__isnull=False) & Q(used_days__isnull=False)),
                name="approval_decided_is_measured",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.REFUSED) | (~Q(reason="") & ~Q(remedy="")),
                name="approval_refused_has_reason_and_remedy",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.SUPPLEMENT) | ~Q(supplement=""),
                name="approval_supplement_is_listed",
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "state"], name="approval_by_matter"),
            models.Index(fields=["applicant"], name="approval_by_applicant"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("accreditation:case_detail", kwargs={"case_id": self.pk})

    @property
    def number(self) -> str:
        """The number told to the applicant (办件编号)."""
        return f"BJ{self.applied_at:%Y}-{self.pk:06d}"

    @property
    def tone(self) -> str:
        return CASE_TONES[CaseState(self.state)]

    @property
    def division_id(self) -> str:
        return self.matter.division_id


class ApprovalStep(models.Model):
    """One step of a case as it was done (办件环节): limit and measured working days."""

    case = models.ForeignKey(ApprovalCase, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField("次序")
    title = models.CharField("环节", max_length=60)
    limit_days = models.PositiveSmallIntegerField("时限（工作日）")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    due_at = models.DateTimeField("期限", null=True, blank=True)
    finished_at = models.DateTimeField("办结时间", null=True, blank=True)
    used_days = models.PositiveSmallIntegerField("用时（工作日）", null=True, blank=True)
    note = models.CharField("办理情况", max_length=300, blank=True)
    finished_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "办件环节"
        ordering = ["case", "order"]
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="approval_step_order_once"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(used_days__isnull=False),
                name="approval_step_finished_is_measured",
            ),
        ]

    def __str__(self) -> str:
        return self.title
