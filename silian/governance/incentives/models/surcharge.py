"""The local education surcharge: what came in, and what of it served vocational education."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear

from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.surcharge import SurchargeKind
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class SurchargeEntryQuerySet(models.QuerySet["SurchargeEntry"]):
    def present(self) -> SurchargeEntryQuerySet:
        """The entries that count: not corrected, not withdrawn."""
        return self.filter(replaced_at__isnull=True, amount__gt=0)


class SurchargeEntry(models.Model):
    """One sum of a county and year (地方教育附加收支).

    A correction is a new row with its reason; an amount of zero withdraws the corrected entry.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    kind = models.CharField("类别", max_length=10, choices=SurchargeKind.choices)
    year = models.PositiveSmallIntegerField("预算年度")
    booked_on = models.DateField("入账日")
    amount = models.DecimalField("金额", max_digits=16, decimal_places=2)
    item = models.CharField("项目", max_length=120)
    voucher = models.CharField("凭证或文号", max_length=80)
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="填报单位"
    )
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="填报人"
    )
    entered_at = models.DateTimeField("填报时间")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    reason = models.CharField("更正理由", max_length=200, blank=True)
    replaced_at = models.DateTimeField("被更正时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = SurchargeEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "地方教育附加收支"
        ordering = ["-booked_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="surcharge_not_negative"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, amount__gt=0)
                | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="surcharge_corrected_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SurchargeKind.values), name="surcharge_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(year=ExtractYear(F("booked_on"))), name="surcharge_day_of_its_year"
            ),
            models.UniqueConstraint(
                fields=["division", "kind", "voucher", "year"],
                condition=Q(replaced_at__isnull=True),
                name="surcharge_voucher_once",
            ),
        ]
        indexes = [models.Index(fields=["year", "division"], name="surcharge_by_year")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.item}"
