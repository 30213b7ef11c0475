"""Findings on rectification orders, what the responsible answer, and who is held to account."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import (
    FINDING_OPEN,
    FINDING_OWED,
    AccountabilityMeasure,
    AccountabilityState,
    AnswerState,
    FindingState,
    Severity,
)
from silian.governance.policy_tasks.models.supervision import CheckItem, SupervisionRound
from silian.governance.policy_tasks.models.targets import Target
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.registers.accounts.models import User
from silian.registers.policies.models import PolicyBody

FINDING_TONES = {
    FindingState.ISSUED: "open",
    FindingState.RECEIVED: "info",
    FindingState.ANSWERED: "watch",
    FindingState.CLOSED: "ok",
    FindingState.CANCELLED: "unset",
}
SEVERITY_TONES = {Severity.NOTICE: "info", Severity.GENERAL: "watch", Severity.SERIOUS: "late"}
ANSWER_TONES = {
    AnswerState.SUBMITTED: "watch",
    AnswerState.ACCEPTED: "ok",
    AnswerState.RETURNED: "late",
}
ACCOUNTABILITY_TONES = {
    AccountabilityState.TOLD: "open",
    AccountabilityState.REPLIED: "watch",
    AccountabilityState.UPHELD: "info",
    AccountabilityState.REVOKED: "unset",
}


class FindingQuerySet(models.QuerySet["SupervisionFinding"]):
    def open(self) -> FindingQuerySet:
        return self.filter(state__in=sorted(FINDING_OPEN))

    def overdue(self, *, on: datetime.date) -> FindingQuerySet:
        """Orders whose answer is still owed after its day (逾期未报)."""
        return self.filter(state__in=sorted(FINDING_OWED), due_on__lt=on)


class SupervisionFinding(models.Model):
    """What supervision found, sent to the responsible body as an order (督办单).

    ``is_soft`` stands for a task that the policy only encourages: it is a gap (差距), not a
    violation, and never lowers a score.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    number = models.CharField("编号", max_length=20)
    round = models.ForeignKey(
        SupervisionRound, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    check_item = models.ForeignKey(
        CheckItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="findings"
    )
    task = models.ForeignKey(
        PolicyTask, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    target = models.ForeignKey(
        Target, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    body = models.ForeignKey(
        PolicyBody, on_delete=models.PROTECT, verbose_name="责任单位", related_name="findings"
    )
    severity = models.CharField("问题程度", max_length=8, choices=Severity.choices)
    is_soft = models.BooleanField("软性要求", default=False)
    title = models.CharField("问题", max_length=120)
    text = models.TextField("具体情况")
    demand = models.TextField("整改要求")
    state = models.CharField(
        "状态", max_length=10, choices=FindingState.choices, default=FindingState.ISSUED
    )
    working_days = models.PositiveSmallIntegerField("办理工作日")
    due_on = models.DateField("答复期限")
    due_at = models.DateTimeField("答复截止时间")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("签发时间")
    received_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    answered_at = models.DateTimeField("首次答复时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    return_count = models.PositiveSmallIntegerField("退回次数", default=0)
    was_overdue = models.BooleanField("曾逾期", default=False)
    reminded_at = models.DateTimeField("提醒时间", null=True, blank=True)
    escalated_at = models.DateTimeField("上报时间", null=True, blank=True)
    cancel_reason = models.CharField("撤销理由", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "督办单"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FindingState.values), name="finding_state_known"
            ),
            models.UniqueConstraint(fields=["division", "number"], name="finding_number_once"),
            models.CheckConstraint(
                condition=~Q(state=FindingState.CLOSED) | Q(closed_at__isnull=False),
                name="finding_closed_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state=FindingState.CANCELLED) | ~Q(cancel_reason=""),
                name="finding_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True)
                | Q(received_by__isnull=True)
                | ~Q(closed_by=F("received_by")),
                name="finding_closed_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="finding_by_due"),
            models.Index(fields=["body", "state"], name="finding_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("policy_tasks:supervision_detail", kwargs={"finding_id": self.pk})

    @property
    def tone(self) -> str:
        return FINDING_TONES[FindingState(self.state)]

    @property
    def severity_tone(self) -> str:
        return SEVERITY_TONES[Severity(self.severity)]

    @property
    def word(self) -> str:
        """What the trouble is called: soft rules have gaps, hard ones have problems."""
        return "差距" if self.is_soft else "问题"

    def is_overdue(self, *, on: datetime.date) -> bool:
        return self.state in FINDING_OWED and self.due_on < on


class FindingAnswer(models.Model):
    """What the responsible body answers: measures and proof (整改答复)."""

    finding = models.ForeignKey(
        SupervisionFinding, on_delete=models.CASCADE, related_name="answers"
    )
    state = models.CharField(
        "状态", max_length=10, choices=AnswerState.choices, default=AnswerState.SUBMITTED
    )
    measures = models.TextField("整改措施")
    result = models.TextField("整改结果")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField("答复时间")
    judged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField("核查时间", null=True, blank=True)
    opinion = models.CharField("核查意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "整改答复"
        ordering = ["-answered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AnswerState.RETURNED) | ~Q(opinion=""),
                name="finding_answer_returned_with_opinion",
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("answered_by")),
                name="finding_answer_judged_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding} 答复"

    @property
    def tone(self) -> str:
        return ANSWER_TONES[AnswerState(self.state)]

    @property
    def division_id(self) -> str:
        return self.finding.division_id


class Accountability(models.Model):
    """What followed for a body that did not act, with the document and its reply (问责记录).

    It names bodies, not persons: measures against persons belong to the organs entitled to them.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    finding = models.ForeignKey(
        SupervisionFinding,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accountability",
    )
    body = models.ForeignKey(
        PolicyBody, on_delete=models.PROTECT, verbose_name="责任单位", related_name="accountability"
    )
    measure = models.CharField("问责方式", max_length=10, choices=AccountabilityMeasure.choices)
    document = models.CharField("文书名称和文号", max_length=160)
    facts = models.TextField("事由")
    decided_by = models.CharField("决定机关", max_length=80)
    decided_on = models.DateField("决定日")
    reply_due_on = models.DateField("申辩期限")
    state = models.CharField(
        "状态", max_length=10, choices=AccountabilityState.choices, default=AccountabilityState.TOLD
    )
    reply = models.TextField("申辩意见", blank=True)
    replied_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replied_at = models.DateTimeField("申辩时间", null=True, blank=True)
    outcome = models.CharField("复核意见", max_length=500, blank=True)
    settled_at = models.DateTimeField("复核时间", null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "问责记录"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AccountabilityState.values),
                name="accountability_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=AccountabilityState.REPLIED) | ~Q(reply=""),
                name="accountability_replied_in_words",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AccountabilityState.UPHELD, AccountabilityState.REVOKED])
                | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="accountability_settled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}：{self.body}"

    def get_absolute_url(self) -> str:
        return reverse("policy_tasks:accountability_detail", kwargs={"record_id": self.pk})

    @property
    def tone(self) -> str:
        return ACCOUNTABILITY_TONES[AccountabilityState(self.state)]
