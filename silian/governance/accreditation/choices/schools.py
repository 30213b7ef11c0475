"""Labels of school building and upgrade projects."""

from __future__ import annotations

from django.db import models


class SchoolProjectKind(models.TextChoices):
    """What a school is to become (建设与升格类别)."""

    HIGH_LEVEL = "high_level", "市级高水平中职学校"
    VOCATIONAL_SITE = "vocational_site", "高职院校（教学点）"
    FIVE_YEAR = "five_year", "五年制职业院校"
    APPLIED_UNIVERSITY = "applied_university", "应用型本科院校"
    DOUBLE_HIGH = "double_high", "“双高计划”学校"
    ZONE_SCHOOL = "zone_school", "职教园区学校"


class SchoolProjectState(models.TextChoices):
    ACTIVE = "active", "推进中"
    ACHIEVED = "achieved", "已建成"
    STOPPED = "stopped", "已终止"


SCHOOL_TONES = {
    SchoolProjectState.ACTIVE: "info",
    SchoolProjectState.ACHIEVED: "ok",
    SchoolProjectState.STOPPED: "unset",
}


class ConditionState(models.TextChoices):
    """Whether a condition is met, as the official found it (条件核对)."""

    OPEN = "open", "待核对"
    MET = "met", "已满足"
    MISSING = "missing", "未满足"


CONDITION_TONES = {
    ConditionState.OPEN: "open",
    ConditionState.MET: "ok",
    ConditionState.MISSING: "watch",
}


class Comparison(models.TextChoices):
    """How a figure is held against its standard (比较方式)."""

    AT_LEAST = "at_least", "不低于"
    AT_MOST = "at_most", "不高于"
    WORDS = "words", "有无"
