"""Calls to claim a subsidy: what, from which money, by when, through which offices."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.ledgers.models.funds import BudgetLine
from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.claims import (
    Applicants,
    CallState,
    ClaimScheme,
    Silence,
    StepKind,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ClaimCall(models.Model):
    """One subsidy of a region that may be claimed, in a window or at any time (申领通知).

    What is owed for ``[covers_from, covers_until)`` is claimed. ``closes_on`` is the last day;
    without one the call is standing. The amount comes from the rule of ``place`` in the rulebook.
    """

    number = models.CharField("编号", max_length=30, unique=True)
    scheme = models.CharField("补贴项目", max_length=16, choices=ClaimScheme.choices)
    title = models.CharField("名称", max_length=80)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    place = models.CharField("规则所属地区", max_length=6)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="牵头部门"
    )
    line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, related_name="+", verbose_name="预算项目"
    )
    applicants = models.CharField(
        "申领单位", max_length=10, choices=Applicants.choices, default=Applicants.BOTH
    )
    applicant_terms = models.CharField("申领单位的其他条件", max_length=300, blank=True)
    covers_from = models.DateField("补贴期间起始日")
    covers_until = models.DateField("补贴期间终止日（不含）")
    opens_on = models.DateField("受理开始日")
    closes_on = models.DateField("受理截止日", null=True, blank=True)
    pays_advance = models.BooleanField("可以预支", default=False)
    notice_days = models.PositiveSmallIntegerField("公示工作日")
    notice_basis = models.CharField("公示期依据", max_length=120, blank=True)
    appeal_days = models.PositiveSmallIntegerField("申请复核期限（日）")
    guidance = models.TextField("申领说明", blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=CallState.choices, default=CallState.DRAFT
    )
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="起草人"
    )
    opened_at = models.DateTimeField("发布时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "申领通知"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CallState.values), name="claim_call_state_known"
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=ClaimScheme.values), name="claim_call_scheme_known"
            ),
            models.CheckConstraint(
                condition=Q(applicants__in=Applicants.values), name="claim_call_applicants_known"
            ),
            models.CheckConstraint(
                condition=Q(covers_until__gt=F("covers_from")), name="claim_call_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="claim_call_window_ordered",
            ),
            models.CheckConstraint(condition=Q(notice_days__gte=1), name="claim_call_has_notice"),
            models.CheckConstraint(
                condition=Q(state=CallState.DRAFT) | Q(opened_at__isnull=False),
                name="claim_call_opened_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="claim_call_by_region")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("incentives:call_detail", kwargs={"call_id": self.pk})

    def accepts_on(self, day: datetime.date) -> bool:
        """Whether a claim may be handed in on the day (受理期内)."""
        in_window = self.opens_on <= day and (self.closes_on is None or day <= self.closes_on)
        return self.state == CallState.OPEN and in_window

    @property
    def is_standing(self) -> bool:
        """Whether it may be claimed at any time (常年受理)."""
        return self.closes_on is None


class CallStep(models.Model):
    """One step that every claim of a call goes through (审核环节设置).

    Steps of the same order run side by side. ``office`` is empty for the schools of the students
    claimed for. ``working_days`` is the clock; the deciding step is never answered by silence.
    ``code`` names the step of the scheme book that it comes from, ``basis`` its clause there, and
    ``papers`` the codes of the papers that its office looks at.
    """

    call = models.ForeignKey(ClaimCall, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("类别", max_length=8, choices=StepKind.choices)
    title = models.CharField("环节", max_length=40)
    office = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="办理部门",
    )
    working_days = models.PositiveSmallIntegerField("办理工作日")
    on_silence = models.CharField("逾期未答复", max_length=8, choices=Silence.choices)
    checks = models.CharField("核对内容", max_length=200, blank=True)
    papers = models.JSONField("要看的材料", default=list, blank=True)
    code = models.CharField("规定环节", max_length=20, blank=True)
    basis = models.CharField("规定依据", max_length=160, blank=True)

    class Meta:
        verbose_name = "审核环节设置"
        ordering = ["call", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(working_days__gte=1), name="call_step_has_clock"),
            models.CheckConstraint(
                condition=Q(kind=StepKind.CERTIFY, office__isnull=True)
                | (~Q(kind=StepKind.CERTIFY) & Q(office__isnull=False)),
                name="call_step_has_an_office",
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.DECIDE, on_silence=Silence.AGREE),
                name="call_step_never_decided_by_silence",
            ),
            models.UniqueConstraint(
                fields=["call"], condition=Q(kind=StepKind.DECIDE), name="call_step_one_decision"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class LeftOutStep(models.Model):
    """A step of the scheme book that a call does not have (未设环节).

    Without a reason nobody has decided yet: the office of the step is not known. A step that a
    provision names has to be taken up or left out for a reason before the call is issued.
    """

    call = models.ForeignKey(ClaimCall, on_delete=models.CASCADE, related_name="left_out")
    code = models.CharField("规定环节", max_length=20)
    title = models.CharField("环节", max_length=40)
    basis = models.CharField("规定依据", max_length=160, blank=True)
    reason = models.CharField("不设的原因", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "未设环节"
        ordering = ["call", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="left_out_step_once"),
        ]

    def __str__(self) -> str:
        return self.title
