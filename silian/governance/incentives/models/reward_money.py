"""Where a rewarded unit is paid, and how paid money of a reward comes back."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.ledgers.models.funds import yuan_field
from silian.casework.ledgers.models.receivables import Receivable
from silian.foundation.kernel.encryption import decrypted
from silian.governance.incentives.choices.recovery import RECOVERY_TONES, RecoveryState
from silian.governance.incentives.models.reward_decisions import RewardCandidate, RewardEntry
from silian.registers.accounts.models import User

DECIDED = (RecoveryState.DECIDED, RecoveryState.SETTLED)
OPEN_STATES = (RecoveryState.NOTICED, RecoveryState.REPLIED)


class RewardAccount(models.Model):
    """The bank account that a rewarded unit named (收款账户); the number is kept encrypted."""

    candidate = models.OneToOneField(
        RewardCandidate, on_delete=models.PROTECT, related_name="account"
    )
    bank_name = models.CharField("开户行", max_length=120)
    account_cipher = models.TextField("收款账号（密文）", editable=False)
    account_tail = models.CharField("账号末四位", max_length=4)
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField("填写时间")

    class Meta:
        verbose_name = "奖励收款账户"
        constraints = [
            models.CheckConstraint(
                condition=~Q(bank_name="") & ~Q(account_cipher=""), name="reward_account_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} **** {self.account_tail}"

    @property
    def number(self) -> str:
        """The whole account, for ordering the payment only."""
        return decrypted(self.account_cipher)

    @property
    def division_id(self) -> str:
        return self.candidate.division_id


class RewardRecovery(models.Model):
    """Paid money of a reward that has to come back: notice, reply, decision (奖励收回).

    The whole of what was paid comes back and the reward is withdrawn; the database refuses a
    decision by whoever gave notice.
    """

    entry = models.ForeignKey(RewardEntry, on_delete=models.PROTECT, related_name="recoveries")
    state = models.CharField(
        "状态", max_length=10, choices=RecoveryState.choices, default=RecoveryState.NOTICED
    )
    amount = yuan_field("告知金额")
    cause = models.CharField("事由", max_length=300)
    basis = models.CharField("依据", max_length=200)
    noticed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    noticed_at = models.DateTimeField("告知时间")
    reply_until = models.DateField("陈述申辩期限")
    reply_basis = models.CharField("陈述申辩期限依据", max_length=200)
    reply = models.TextField("陈述申辩", max_length=2000, blank=True)
    replied_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replied_at = models.DateTimeField("陈述时间", null=True, blank=True)
    decision = models.CharField("决定理由", max_length=500, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    pay_by = models.DateField("退回期限", null=True, blank=True)
    receivable = models.OneToOneField(
        Receivable, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "奖励收回"
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=(*OPEN_STATES, *DECIDED, RecoveryState.DROPPED)),
                name="reward_recovery_state_known",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(cause="") & ~Q(basis=""),
                name="reward_recovery_has_cause_and_basis",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("noticed_by")),
                name="reward_recovery_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED)
                | (Q(receivable__isnull=False, pay_by__isnull=False) & ~Q(decision="")),
                name="reward_recovery_decided_is_owed",
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=OPEN_STATES),
                name="reward_recovery_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("incentives:reward_recovery", kwargs={"recovery_id": self.pk})

    @property
    def tone(self) -> str:
        return RECOVERY_TONES[RecoveryState(self.state)]

    @property
    def left(self) -> Decimal:
        """What has not come back yet (未收回)."""
        return self.receivable.outstanding if self.receivable else Decimal(0)

    @property
    def division_id(self) -> str:
        return self.entry.division_id
