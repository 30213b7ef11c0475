"""Batches for the public credit platform: what changed since the last, once and repeatable."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.credit.choices import BatchAction
from silian.registers.credit.models.records import CreditRecord


class ShareBatch(models.Model):
    """A batch handed to the public credit platform (归集批次); its lines never change."""

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    number = models.CharField("批次号", max_length=30, unique=True)
    made_at = models.DateTimeField("生成时间")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    receipt = models.CharField("平台回执", max_length=80, blank=True)
    received_on = models.DateField("接收日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "信用归集批次"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(receipt="", received_on__isnull=True)
                | (~Q(receipt="") & Q(received_on__isnull=False)),
                name="credit_batch_receipt_with_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("credit:batch_detail", args=[self.pk])


class ShareLine(models.Model):
    """One record as it stood when the batch was made (归集条目).

    ``fingerprint`` says what was told: the same state of a record is told once.
    """

    batch = models.ForeignKey(ShareBatch, on_delete=models.PROTECT, related_name="lines")
    record = models.ForeignKey(CreditRecord, on_delete=models.PROTECT, related_name="shared")
    action = models.CharField("操作", max_length=6, choices=BatchAction.choices)
    cells = models.JSONField("内容")
    fingerprint = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "信用归集条目"
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "record"], name="credit_line_once_a_batch"),
            models.CheckConstraint(
                condition=Q(action__in=BatchAction.values), name="credit_line_action_known"
            ),
        ]
        indexes = [models.Index(fields=["record"], name="credit_line_of_record")]

    def __str__(self) -> str:
        return f"{self.batch} {self.record_id}"
