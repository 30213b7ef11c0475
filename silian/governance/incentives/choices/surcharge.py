"""Labels of the local education surcharge and its use."""

from __future__ import annotations

from django.db import models


class SurchargeKind(models.TextChoices):
    """What an entry says (收支类别)."""

    RECEIPT = "receipt", "征收入库"
    VOCATIONAL = "vocational", "用于职业教育"
