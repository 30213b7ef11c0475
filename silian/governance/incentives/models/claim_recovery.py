"""Claims computed again, money that comes back, and appeals."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.ledgers.models.funds import yuan_field
from silian.casework.ledgers.models.receivables import Receivable
from silian.governance.incentives.choices.recovery import (
    APPEAL_TONES,
    RECALCULATION_TONES,
    RECOVERY_TONES,
    AppealState,
    RecalculationState,
    RecoveryState,
    RecoveryWay,
)
from silian.governance.incentives.models.claims import Claim
from silian.registers.accounts.models import User


class Recalculation(models.Model):
    """A claim computed again on corrected facts, by its own rule (重新核算).

    ``before`` and ``after`` keep facts and results of both; ``lines`` says which person changed by
    how much. ``difference`` is positive when more is owed to the unit.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="recalculations")
    cause = models.CharField("原因", max_length=200)
    before = models.JSONField("核算前")
    after = models.JSONField("核算后")
    lines = models.JSONField("逐人差额", default=list)
    entitled_before = yuan_field("原应得金额")
    entitled_after = yuan_field("新应得金额")
    rule_version = models.CharField("规则版本", max_length=12)
    state = models.CharField(
        "处理",
        max_length=12,
        choices=RecalculationState.choices,
        default=RecalculationState.FOUND,
    )
    reason = models.CharField("处理说明", max_length=300, blank=True)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField("核算时间")
    handled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = "重新核算"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RecalculationState.values), name="recalculation_state_known"
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state=RecalculationState.FOUND),
                name="recalculation_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecalculationState.SET_ASIDE) | ~Q(reason=""),
                name="recalculation_set_aside_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim.number} {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:recalculation_detail", kwargs={"recalculation_id": self.pk})

    @property
    def tone(self) -> str:
        return RECALCULATION_TONES[RecalculationState(self.state)]

    @property
    def division_id(self) -> str:
        return self.claim.division_id

    @property
    def difference(self) -> Decimal:
        """What the unit gets more (positive) or owes (negative), in yuan (差额)."""
        return self.entitled_after - self.entitled_before


class RecoveryCase(models.Model):
    """Money of a claim that has to come back: notice, reply, decision, way (追回案件).

    The database refuses a decision before the notice's days for a reply are over, unless the unit
    has replied.
    """

    number = models.CharField("编号", max_length=30, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="recoveries")
    recalculation = models.ForeignKey(
        Recalculation, on_delete=models.PROTECT, null=True, blank=True, related_name="recoveries"
    )
    state = models.CharField(
        "状态", max_length=10, choices=RecoveryState.choices, default=RecoveryState.NOTICED
    )
    amount = yuan_field("告知金额")
    cause = models.CharField("事由", max_length=300)
    basis = models.CharField("依据", max_length=200)
    noticed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    noticed_at = models.DateTimeField("告知时间")
    noticed_on = models.DateField("告知日")
    reply_days = models.PositiveSmallIntegerField("陈述申辩工作日")
    reply_basis = models.CharField("陈述申辩期限依据", max_length=200)
    reply_until = models.DateField("陈述申辩期限")
    reply = models.TextField("陈述申辩", max_length=2000, blank=True)
    replied_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replied_at = models.DateTimeField("陈述时间", null=True, blank=True)
    decided_amount = yuan_field("决定金额", null=True, blank=True)
    decision = models.CharField("决定理由", max_length=500, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField("决定日", null=True, blank=True)
    appeal_until = models.DateField("申请复核期限", null=True, blank=True)
    way = models.CharField("收回方式", max_length=12, choices=RecoveryWay.choices, blank=True)
    pay_by = models.DateField("退回期限", null=True, blank=True)
    receivable = models.OneToOneField(
        Receivable, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_reason = models.CharField("不予追回的理由", max_length=500, blank=True)
    reminded_on = models.DateField("催收日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "追回案件"
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RecoveryState.values), name="recovery_state_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="recovery_positive"),
            models.CheckConstraint(
                condition=~Q(cause="") & ~Q(basis=""), name="recovery_has_cause_and_basis"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True)
                | Q(replied_at__isnull=False)
                | Q(decided_on__gt=F("reply_until")),
                name="recovery_decided_after_hearing",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=(
                        RecoveryState.DECIDED,
                        RecoveryState.COLLECTING,
                        RecoveryState.SETTLED,
                    )
                )
                | (Q(decided_on__isnull=False, decided_amount__gt=0) & ~Q(decision="")),
                name="recovery_collected_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("noticed_by")),
                name="recovery_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_amount__isnull=True) | Q(decided_amount__lte=F("amount")),
                name="recovery_not_above_notice",
            ),
            models.CheckConstraint(
                condition=Q(reply_until__gt=F("noticed_on"), reply_days__gte=1)
                & ~Q(reply_basis=""),
                name="recovery_leaves_days_to_reply",
            ),
            models.CheckConstraint(
                condition=Q(receivable__isnull=True) | Q(decided_on__isnull=False),
                name="recovery_owed_by_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecoveryState.DROPPED) | ~Q(dropped_reason=""),
                name="recovery_dropped_with_reason",
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(
                    state__in=(
                        RecoveryState.NOTICED,
                        RecoveryState.REPLIED,
                        RecoveryState.DECIDED,
                        RecoveryState.COLLECTING,
                    )
                ),
                name="recovery_of_a_claim_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("incentives:recovery_detail", kwargs={"recovery_id": self.pk})

    @property
    def tone(self) -> str:
        return RECOVERY_TONES[RecoveryState(self.state)]

    @property
    def division_id(self) -> str:
        return self.claim.division_id


class ClaimAppeal(models.Model):
    """A unit asks to look again at a refusal or a recovery (申请复核)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appeals")
    recovery = models.ForeignKey(
        RecoveryCase, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    text = models.TextField("复核理由", max_length=2000)
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField("申请时间")
    due_on = models.DateField("答复期限")
    state = models.CharField(
        "状态", max_length=8, choices=AppealState.choices, default=AppealState.OPEN
    )
    amount = yuan_field("复核后金额", null=True, blank=True)
    decider = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="原决定人",
    )
    answer = models.CharField("复核结论", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "申请复核"
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AppealState.OPEN)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="claim_appeal_answered",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(decider__isnull=True)
                | ~Q(answered_by=F("decider")),
                name="claim_appeal_answered_by_another",
            ),
            models.UniqueConstraint(
                fields=["claim", "recovery"],
                condition=Q(state=AppealState.OPEN),
                nulls_distinct=False,
                name="claim_appeal_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim.number} {self.filed_at:%Y-%m-%d}"

    @property
    def tone(self) -> str:
        return APPEAL_TONES[AppealState(self.state)]

    @property
    def division_id(self) -> str:
        return self.claim.division_id
