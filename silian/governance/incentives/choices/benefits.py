"""Labels of calculators, benefits, facts and simulations."""

from __future__ import annotations

from django.db import models


class Audience(models.TextChoices):
    """For whom a rule is computed (适用对象)."""

    ENTERPRISE = "enterprise", "企业"
    SCHOOL = "school", "院校"
    PERSON = "person", "个人"


class Standing(models.TextChoices):
    """How an organisation stands to a benefit (享受情况)."""

    ENTITLED = "entitled", "可享受"
    NEARLY = "nearly", "差一点"
    UNKNOWN = "unknown", "缺数据"
    NOT = "not", "不符合"


class Origin(models.TextChoices):
    """Where a fact comes from (事实来源)."""

    KNOWN = "known", "平台已知"
    STATED = "stated", "单位自报"
