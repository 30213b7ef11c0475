"""Which office does what for incentives in a region."""

from __future__ import annotations

from django.db import models


class Function(models.TextChoices):
    """What an office answers for (职能)."""

    FINANCE = "finance", "财政"
    TAX = "tax", "税务"
    EDUCATION = "education", "教育"
    LABOUR = "labour", "人力资源社会保障"
    LAND = "land", "自然资源（用地）"
    ZONE = "zone", "园区管理（用地）"


HANDLES_LAND = (Function.LAND, Function.ZONE)
