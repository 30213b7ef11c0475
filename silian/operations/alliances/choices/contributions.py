"""Labels of the contribution ledger and of yearly assessments."""

from __future__ import annotations

from django.db import models


class Function(models.TextChoices):
    """What a member contributes to a group (贡献类别). Basis: S54 functions of a group."""

    EXCHANGE = "exchange", "人才交流"
    STAFF_TRAINING = "staff_training", "师资及职工培训"
    ORDERS = "orders", "订单培养"
    BASES = "bases", "实训基地"
    COURSES = "courses", "课程开发"
    FORECASTS = "forecasts", "人才需求预测"
    MATCHING = "matching", "供需对接"
    FUNDS = "funds", "投入资金"
    EQUIPMENT = "equipment", "投入设备"
    PLACES = "places", "实习就业岗位"


UNITS = {
    Function.EXCHANGE: "人次",
    Function.STAFF_TRAINING: "人日",
    Function.ORDERS: "人",
    Function.BASES: "个",
    Function.COURSES: "门",
    Function.FORECASTS: "份",
    Function.MATCHING: "次",
    Function.FUNDS: "万元",
    Function.EQUIPMENT: "台套",
    Function.PLACES: "个",
}


class ContributionState(models.TextChoices):
    """How far a contribution is confirmed (贡献确认状态)."""

    RECORDED = "recorded", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "不予确认"


class Grade(models.TextChoices):
    """The result of a yearly assessment (考核结果)."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "合格"
    FAIR = "fair", "基本合格"
    FAILED = "failed", "不合格"
