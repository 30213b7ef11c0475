"""The journal: entries and their postings, never changed, never deleted."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.casework.ledgers.choices import ENTRY_TONES, EntryKind
from silian.casework.ledgers.models.funds import (
    BudgetLine,
    LedgerAccount,
    LedgerOffice,
    yuan_field,
)
from silian.registers.accounts.models import User


class JournalEntry(models.Model):
    """One booking (记账凭证). ``size`` says how many postings it has, so that none can be added."""

    office = models.ForeignKey(LedgerOffice, on_delete=models.PROTECT, related_name="entries")
    line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, verbose_name="预算项目", related_name="entries"
    )
    kind = models.CharField("凭证类型", max_length=12, choices=EntryKind.choices)
    booked_on = models.DateField("记账日")
    amount = yuan_field("金额")
    size = models.PositiveSmallIntegerField("分录数")
    memo = models.CharField("摘要", max_length=200)
    subject_type = models.CharField("事项类别", max_length=60, blank=True)
    subject_id = models.CharField("事项编号", max_length=40, blank=True)
    subject_label = models.CharField("事项", max_length=120, blank=True)
    payment = models.ForeignKey(
        "ledgers.FundPayment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="支付",
        related_name="entries",
    )
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="冲销的凭证",
        related_name="reversed_by",
    )
    clerk = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, verbose_name="记账人", related_name="+"
    )
    created_at = models.DateTimeField("记账时间", auto_now_add=True)

    class Meta:
        verbose_name = "记账凭证"
        ordering = ["-booked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EntryKind.values), name="journal_entry_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, size__gte=2), name="journal_entry_has_amount"
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.REVERSE, reverses__isnull=False)
                | (~Q(kind=EntryKind.REVERSE) & Q(reverses__isnull=True)),
                name="journal_entry_reverses_one",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "booked_on"], name="journal_entry_by_day"),
            models.Index(fields=["line", "-booked_on"], name="journal_entry_by_line"),
            models.Index(fields=["subject_type", "subject_id"], name="journal_entry_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.memo}"

    def get_absolute_url(self) -> str:
        return reverse("ledgers:entry_detail", kwargs={"entry_id": self.pk})

    @property
    def number(self) -> str:
        """The number as books cite it (凭证号)."""
        return f"{self.booked_on:%Y%m}-{self.pk:06d}"

    @property
    def tone(self) -> str:
        return ENTRY_TONES.get(EntryKind(self.kind), "open")

    @property
    def division_id(self) -> str:
        return self.office.division_id


class Posting(models.Model):
    """One side of an entry on one account (凭证分录): debit positive, credit negative."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="postings")
    amount = yuan_field("金额")

    class Meta:
        verbose_name = "凭证分录"
        ordering = ["entry", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "account"], name="posting_account_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="posting_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"

    @property
    def is_debit(self) -> bool:
        return self.amount > 0

    @property
    def size(self) -> Decimal:
        """The amount without its side."""
        return abs(self.amount)
