"""Labels of the classification catalogues."""

from __future__ import annotations

from django.db import models


class Catalogue(models.TextChoices):
    """The kinds of classification that are kept by edition (分类目录)."""

    DIVISION = "division", "行政区划"
    INDUSTRY = "industry", "国民经济行业"
    OCCUPATION = "occupation", "职业"
    MAJOR = "major", "专业"
