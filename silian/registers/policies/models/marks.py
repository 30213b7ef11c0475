"""Marks on the original: what was repaired with certainty, what is still in doubt."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from silian.registers.accounts.models import User
from silian.registers.policies.choices import MarkKind
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.documents import PolicyDocument


class Mark(models.Model):
    """A stretch of the original that was repaired or can be read in more than one way (批注).

    ``resolution`` is the reading a person chose; the original text is never changed.
    """

    document = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="marks")
    clause = models.ForeignKey(
        Clause, on_delete=models.SET_NULL, null=True, blank=True, related_name="marks"
    )
    kind = models.CharField("批注", max_length=8, choices=MarkKind.choices)
    cause = models.CharField("情形", max_length=40)
    printed = models.CharField("原文", max_length=400)
    readings = ArrayField(models.CharField(max_length=400), verbose_name="可能的读法", default=list)
    reason = models.CharField("依据", max_length=300, blank=True)
    start = models.PositiveIntegerField("起点")
    end = models.PositiveIntegerField("终点")
    resolution = models.CharField("采用的读法", max_length=400, blank=True)
    resolved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = "原文批注"
        ordering = ["document", "start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(resolved_by__isnull=False),
                name="policy_mark_resolved_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.printed[:20]}"

    @property
    def division_id(self) -> str:
        return self.document.division_id
