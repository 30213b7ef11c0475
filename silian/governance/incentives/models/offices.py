"""Offices of a region by what they answer for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.offices import Function
from silian.registers.organisations.models import Organisation


class FunctionOffice(models.Model):
    """The office that answers for a function in a region, half-open in time (职能单位)."""

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    function = models.CharField("职能", max_length=10, choices=Function.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    basis = models.CharField("依据", max_length=160)
    starts_on = models.DateField("起")
    ends_on = models.DateField("止（不含）", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "职能单位"
        ordering = ["division", "function", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "function", "organisation"],
                condition=Q(ends_on__isnull=True),
                name="function_office_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="function_office_ordered",
            ),
            models.CheckConstraint(
                condition=Q(function__in=Function.values), name="function_office_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_function_display()}"
