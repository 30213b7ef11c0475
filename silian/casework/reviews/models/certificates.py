"""Certificates of recognitions, and the series from which their numbers come."""

from __future__ import annotations

from django.db import models

from silian.casework.reviews.models.recognitions import Recognition, RecognitionAct
from silian.foundation.kernel.models import StoredFile
from silian.foundation.reference.models import Division


class CertificateSeries(models.Model):
    """The last number given under a prefix in a division and a year (证书编号)."""

    prefix = models.CharField("字头", max_length=20)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年")
    last = models.PositiveIntegerField("最近一号", default=0)

    class Meta:
        verbose_name = "证书编号"
        constraints = [
            models.UniqueConstraint(
                fields=["prefix", "division", "year"], name="certificate_series_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.division_id}-{self.year}"


class Certificate(models.Model):
    """What was handed out for a status (证书): typeset and sealed by a worker, the newest holds."""

    recognition = models.ForeignKey(
        Recognition, on_delete=models.PROTECT, related_name="certificates"
    )
    act = models.OneToOneField(RecognitionAct, on_delete=models.PROTECT, related_name="certificate")
    issued_on = models.DateField("发证日")
    valid_until = models.DateField("有效期止（不含）", null=True, blank=True)
    document = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "证书"
        ordering = ["recognition", "-pk"]

    def __str__(self) -> str:
        return f"{self.recognition} {self.issued_on}"
