"""Credit reports handed to their subject, with a code by which anybody checks them."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from silian.foundation.kernel.check_codes import LONGEST, new_check_code
from silian.foundation.kernel.models import StoredFile
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class CreditReport(models.Model):
    """What stood on record about an organisation on a day (信用报告).

    ``snapshot`` is what the paper says; it never changes. Basis: 河南省社会信用条例第四十条.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="信用主体"
    )
    check_code = models.CharField(
        "查验码", max_length=LONGEST, unique=True, default=new_check_code, editable=False
    )
    issued_on = models.DateField("出具日")
    issued_at = models.DateTimeField("出具时间")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    snapshot = models.JSONField("报告内容")
    document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "信用报告"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["organisation"], name="credit_report_by_subject")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.issued_on}"

    @property
    def check_url(self) -> str:
        return reverse("credit:report_check_code", kwargs={"code": self.check_code})
