"""Claims of organisations and what each counts, person by person."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from silian.casework.ledgers.models.funds import yuan_field
from silian.foundation.kernel.encryption import decrypted
from silian.governance.incentives.choices.claims import (
    CLAIMS_HELD,
    STATE_TONES,
    ClaimScheme,
    ClaimState,
)
from silian.governance.incentives.models.claim_calls import ClaimCall
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person


class Claim(models.Model):
    """What one organisation claims under one call (申领).

    ``entitled`` is what the rule says now: the sum planned until the decision, then approved, then
    recomputed. Always ``entitled = paid - recovered + outstanding``. ``rule_on`` and
    ``rule_version`` stay as they were: an old case is never computed by a new rule.
    ``subject`` names what a claim is about when a call takes several of one organisation, such as
    one apprenticeship.
    """

    number = models.CharField("编号", max_length=30, unique=True)
    call = models.ForeignKey(
        ClaimCall, on_delete=models.PROTECT, related_name="claims", verbose_name="申领通知"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="claims", verbose_name="申领单位"
    )
    subject_type = models.CharField("事项类别", max_length=30, blank=True)
    subject_id = models.PositiveBigIntegerField("事项编号", default=0)
    subject_label = models.CharField("事项", max_length=120, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=ClaimState.choices, default=ClaimState.DRAFT
    )
    rule = models.CharField("规则", max_length=30)
    rule_on = models.DateField("规则适用日")
    rule_version = models.CharField("规则版本", max_length=12)
    facts = models.JSONField("测算事实", default=dict)
    planned = yuan_field("测算金额", default=0)
    advance_asked = yuan_field("申请预支", default=0)
    entitled = yuan_field("应得金额", default=0)
    bank_name = models.CharField("开户行", max_length=120, blank=True)
    account_cipher = models.TextField("收款账号（密文）", blank=True)
    account_tail = models.CharField("账号末四位", max_length=4, blank=True)
    statement = models.CharField("申领说明", max_length=300, blank=True)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="填报人"
    )
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审定人",
    )
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)
    reason = models.CharField("退回、不予支持或撤回的原因", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("起草时间", auto_now_add=True)

    class Meta:
        verbose_name = "申领"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ClaimState.values), name="subsidy_claim_state_known"
            ),
            models.CheckConstraint(
                condition=Q(planned__gte=0, entitled__gte=0, advance_asked__gte=0),
                name="subsidy_claim_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(ClaimState.DRAFT, ClaimState.WITHDRAWN))
                | Q(submitted_at__isnull=False),
                name="claim_submitted_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("entered_by")),
                name="claim_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ClaimState.REJECTED, ClaimState.RETURNED)) | ~Q(reason=""),
                name="claim_refused_with_reason",
            ),
            models.UniqueConstraint(
                fields=["call", "organisation", "subject_type", "subject_id"],
                condition=Q(state__in=CLAIMS_HELD),
                name="claim_of_a_subject_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"], name="claim_by_organisation"),
            models.Index(fields=["call", "state"], name="claim_by_call"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.name} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:claim_detail", kwargs={"claim_id": self.pk})

    @property
    def tone(self) -> str:
        return STATE_TONES[ClaimState(self.state)]

    @property
    def division_id(self) -> str:
        return self.call.division_id

    @property
    def account_masked(self) -> str:
        return f"**** {self.account_tail}" if self.account_tail else ""

    @property
    def account_number(self) -> str:
        """The whole account, for ordering the payment only."""
        return decrypted(self.account_cipher)


PERSONAL = (ClaimScheme.INTERNSHIP, ClaimScheme.APPRENTICESHIP)


def no_day_twice(family: ClaimScheme) -> ExclusionConstraint:
    """No day of a person counts twice for one family of subsidies (同类补贴不重复)."""
    return ExclusionConstraint(
        name=f"claim_item_once_{family.value}",
        expressions=[
            (Func(F("person"), F("person"), Value("[]"), function="int8range"), "&&"),
            (Func(F("starts_on"), F("ends_on"), function="daterange"), RangeOperators.OVERLAPS),
        ],
        condition=Q(counts=True, person__isnull=False, family=family.value),
        violation_error_message="该人员在这段时间已计入同类补贴。",
    )


class ClaimItem(models.Model):
    """What a claim counts for one person or one piece (申领明细).

    ``facts`` are frozen when the claim is handed in. ``units`` are months or years. No day of a
    person counts twice for the same ``family`` of subsidies, in whichever claim it stands.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="items")
    family = models.CharField("补贴类别", max_length=16, choices=ClaimScheme.choices)
    label = models.CharField("明细", max_length=120)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="人员",
    )
    school = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="学校",
    )
    source_type = models.CharField("来源", max_length=30)
    source_id = models.PositiveBigIntegerField("来源编号", default=0)
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("终止日（不含）")
    units = models.DecimalField("数量", max_digits=9, decimal_places=4, default=Decimal(0))
    unit = models.CharField("计量单位", max_length=10)
    level = models.CharField("等级", max_length=20, blank=True)
    occupation = models.CharField("职业代码", max_length=20, blank=True)
    facts = models.JSONField("事实", default=dict)
    amount = yuan_field("金额", default=0)
    counts = models.BooleanField("计入", default=True)
    struck_reason = models.CharField("不计入的原因", max_length=200, blank=True)
    struck_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    certified_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="学校核对人",
    )
    certified_at = models.DateTimeField("学校核对时间", null=True, blank=True)

    class Meta:
        verbose_name = "申领明细"
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="claim_item_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, units__gte=0), name="claim_item_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(counts=True) | ~Q(struck_reason=""), name="claim_item_struck_for_reason"
            ),
            *[no_day_twice(family) for family in PERSONAL],
        ]
        indexes = [
            models.Index(fields=["person", "family"], name="claim_item_by_person"),
            models.Index(fields=["source_type", "source_id"], name="claim_item_by_source"),
        ]

    def __str__(self) -> str:
        return self.label
