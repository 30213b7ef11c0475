"""Labels of the metrics."""

from __future__ import annotations

from django.db import models


class Timing(models.TextChoices):
    """Whether a metric tells of a day or of a stretch of days (时点数、时期数)."""

    STOCK = "stock", "时点数"
    FLOW = "flow", "时期数"


class PeriodKind(models.TextChoices):
    """The stretch of days that one value is about (统计期)."""

    DAY = "day", "日"
    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    YEAR = "year", "年"
    ACADEMIC_YEAR = "academic", "学年"


class Direction(models.TextChoices):
    """Which way is better (指标方向)."""

    RISING = "rising", "越高越好"
    FALLING = "falling", "越低越好"
    NEUTRAL = "neutral", "无高低之分"


class Periodicity(models.TextChoices):
    """How often the values are brought up to date (更新频率)."""

    LIVE = "live", "实时"
    DAILY = "daily", "每日"
    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"
    YEARLY = "yearly", "每年"


class Level(models.IntegerChoices):
    """The level of a jurisdiction (行政层级)."""

    PROVINCE = 1, "省级"
    CITY = 2, "市级"
    COUNTY = 3, "县级"


class Origin(models.TextChoices):
    """Where a value comes from (数据来源)."""

    COMPUTED = "computed", "系统计算"
    MANUAL = "manual", "人工填报"


class DefinitionState(models.TextChoices):
    """Whether a metric that people report is in use (填报指标状态)."""

    ACTIVE = "active", "使用中"
    RETIRED = "retired", "已停用"


class DisputeState(models.TextChoices):
    """Where an objection to a value stands (数据异议)."""

    RAISED = "raised", "待答复"
    UPHELD = "upheld", "维持原数"
    CORRECTED = "corrected", "已更正"
    WITHDRAWN = "withdrawn", "已撤回"


class Hidden(models.TextChoices):
    """Why a number is not shown to the public (小数保护)."""

    SMALL = "small", "少于5"
    PROTECTING = "protecting", "不公开"
