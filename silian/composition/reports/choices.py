"""Labels of the cockpit."""

from __future__ import annotations

from django.db import models


class Chain(models.TextChoices):
    """The four chains that a target belongs to (四链)."""

    EDUCATION = "edu", "教育链"
    TALENT = "talent", "人才链"
    INDUSTRY = "industry", "产业链"
    INNOVATION = "innov", "创新链"


class Standing(models.TextChoices):
    """How a target stands, as a leader reads it (目标状态)."""

    ON_TIME = "on_time", "按期"
    BEHIND = "behind", "滞后"
    OVERDUE = "overdue", "逾期"
    GAP = "gap", "有差距"
    UNMEASURED = "unmeasured", "尚未测量"
    UNSET = "unset", "未设定"


STANDING_TONES = {
    Standing.ON_TIME: "ok",
    Standing.BEHIND: "watch",
    Standing.OVERDUE: "late",
    Standing.GAP: "info",
    Standing.UNMEASURED: "unset",
    Standing.UNSET: "unset",
}


class Span(models.TextChoices):
    """Since when changes are told (变化的时段)."""

    MONTH = "month", "本月"
    WEEK = "week", "本周"


BULLETIN = "bulletin"  # the kind of publication
