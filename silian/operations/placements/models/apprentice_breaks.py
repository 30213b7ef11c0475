"""Days on which an apprentice was not trained."""

from __future__ import annotations

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from silian.operations.placements.models.apprenticeships import Apprentice
from silian.registers.accounts.models import User


class ApprenticeBreak(models.Model):
    """Days ``[starts_on, ends_on)`` on which an apprentice was not trained (培训中断).

    Without an end the break lasts. Corrections stand in the audit trail with what was before.
    """

    apprentice = models.ForeignKey(Apprentice, on_delete=models.CASCADE, related_name="breaks")
    starts_on = models.DateField("中断起始日")
    ends_on = models.DateField("恢复日", null=True, blank=True)
    reason = models.CharField("原因", max_length=200)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "培训中断"
        ordering = ["apprentice", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="apprentice_break_ordered",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="apprentice_break_has_reason"),
            ExclusionConstraint(
                name="apprentice_breaks_apart",
                expressions=[
                    (
                        Func(F("apprentice"), F("apprentice"), Value("[]"), function="int8range"),
                        "&&",
                    ),
                    (
                        Func(F("starts_on"), F("ends_on"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="这段时间已登记过中断。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.reason}"

    @property
    def division_id(self) -> str:
        """The region of the programme, for the audit trail."""
        return self.apprentice.apprenticeship.division_id

    @property
    def days(self) -> int | None:
        """How long it lasted; None while it lasts."""
        return None if self.ends_on is None else (self.ends_on - self.starts_on).days

    @property
    def last_day(self) -> datetime.date | None:
        return None if self.ends_on is None else self.ends_on - datetime.timedelta(days=1)
