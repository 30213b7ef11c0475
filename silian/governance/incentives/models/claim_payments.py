"""What is paid on a claim, and the gates that each payment passed."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.casework.ledgers.models.funds import yuan_field
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.governance.incentives.choices.claims import (
    GATE_TONES,
    PAYMENT_TONES,
    GateOutcome,
    PaymentKind,
    PaymentStanding,
)
from silian.governance.incentives.models.claims import Claim, ClaimItem
from silian.registers.accounts.models import User


class ClaimPayment(models.Model):
    """One payment that a claim gives a right to (补贴拨付).

    ``set_off`` is the part kept against what the unit still owes; ``paid`` follows the ledger.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField("类别", max_length=10, choices=PaymentKind.choices)
    number = models.PositiveSmallIntegerField("序号")
    amount = yuan_field("金额")
    due_on = models.DateField("应拨付日", null=True, blank=True)
    standing = models.CharField(
        "状态", max_length=10, choices=PaymentStanding.choices, default=PaymentStanding.WAITING
    )
    check_round = models.PositiveSmallIntegerField("核对轮次", default=0)
    checked_at = models.DateTimeField("核对时间", null=True, blank=True)
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    fund_payment = models.ForeignKey(
        FundPayment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_off = yuan_field("已抵扣", default=Decimal(0))
    paid = yuan_field("已到账", default=Decimal(0))
    paid_on = models.DateField("到账日", null=True, blank=True)
    ordered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    attempt = models.PositiveSmallIntegerField("支付次数", default=0)
    failure = models.CharField("失败原因", max_length=200, blank=True)
    reason = models.CharField("取消或补拨原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "补贴拨付"
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="claim_payment_number_once"),
            models.CheckConstraint(
                condition=Q(standing__in=PaymentStanding.values),
                name="claim_payment_standing_known",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, set_off__gte=0, paid__gte=0),
                name="claim_payment_positive",
            ),
            models.CheckConstraint(
                condition=Q(paid__lte=models.F("amount") - models.F("set_off")),
                name="claim_payment_not_overpaid",
            ),
            models.CheckConstraint(
                condition=~Q(standing__in=(PaymentStanding.ORDERED, PaymentStanding.PAID))
                | Q(commitment__isnull=False),
                name="claim_payment_ordered_from_commitment",
            ),
            models.CheckConstraint(
                condition=~Q(standing=PaymentStanding.FAILED) | ~Q(failure=""),
                name="claim_payment_failed_with_reason",
            ),
            models.UniqueConstraint(
                fields=["claim", "kind"],
                condition=Q(kind__in=(PaymentKind.FULL, PaymentKind.ADVANCE, PaymentKind.BALANCE))
                & ~Q(standing=PaymentStanding.CANCELLED),
                name="claim_payment_of_a_kind_once",
            ),
        ]
        indexes = [models.Index(fields=["standing"], name="claim_payment_by_standing")]

    def __str__(self) -> str:
        return f"{self.claim.number} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:claim_payment", kwargs={"payment_id": self.pk})

    @property
    def tone(self) -> str:
        return PAYMENT_TONES[PaymentStanding(self.standing)]

    @property
    def left(self) -> Decimal:
        """What is still to be paid of it, under way included (未到账)."""
        return self.amount - self.set_off - self.paid

    @property
    def division_id(self) -> str:
        return self.claim.division_id


class PaymentGate(models.Model):
    """What one gate said of one payment at one check (拨付条件), kept for ever.

    ``stops`` is whether the gate blocks: mandatory rules and invariants do, soft rules never. An
    override names who, why and until which day.
    """

    payment = models.ForeignKey(ClaimPayment, on_delete=models.CASCADE, related_name="gates")
    check_round = models.PositiveSmallIntegerField("核对轮次")
    code = models.CharField("条件代码", max_length=40)
    title = models.CharField("条件", max_length=120)
    outcome = models.CharField("结论", max_length=8, choices=GateOutcome.choices)
    stops = models.BooleanField("未满足时不能拨付")
    value = models.CharField("事实", max_length=200, blank=True)
    item = models.ForeignKey(
        ClaimItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    force = models.CharField("力度", max_length=20, blank=True)
    clause = models.CharField("依据", max_length=160)
    rule_version = models.CharField("规则版本", max_length=12, blank=True)
    cure = models.CharField("补救", max_length=200, blank=True)
    overridden_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    overridden_at = models.DateTimeField("放行时间", null=True, blank=True)
    override_reason = models.CharField("放行理由", max_length=300, blank=True)
    override_until = models.DateField("放行截止日", null=True, blank=True)

    class Meta:
        verbose_name = "拨付条件"
        ordering = ["payment", "check_round", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=GateOutcome.values), name="payment_gate_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    overridden_by__isnull=True,
                    overridden_at__isnull=True,
                    override_reason="",
                    override_until__isnull=True,
                )
                | (
                    Q(
                        overridden_by__isnull=False,
                        overridden_at__isnull=False,
                        override_until__isnull=False,
                    )
                    & ~Q(override_reason="")
                ),
                name="payment_gate_override_named",
            ),
            models.CheckConstraint(condition=~Q(clause=""), name="payment_gate_has_a_clause"),
        ]
        indexes = [models.Index(fields=["payment", "check_round"], name="payment_gate_by_check")]

    def __str__(self) -> str:
        return f"{self.title} {self.get_outcome_display()}"

    @property
    def tone(self) -> str:
        return GATE_TONES[GateOutcome(self.outcome)]

    @property
    def is_closed(self) -> bool:
        """Whether it blocks the payment unless somebody lets it pass (未满足)."""
        return self.stops and self.outcome in (GateOutcome.FAILED, GateOutcome.UNKNOWN)

    @property
    def division_id(self) -> str:
        return self.payment.claim.division_id
