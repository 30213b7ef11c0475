"""Labels of income and rewards of teachers, distribution plans and pay totals."""

from __future__ import annotations

from django.db import models


class IncomeKind(models.TextChoices):
    """What the money is for (收入类别)."""

    CONVERSION = "conversion", "成果转化现金奖励"
    AWARD = "award", "职业技能竞赛奖励"
    TRAINING = "training", "培训劳务收入"
    SERVICE = "service", "合作与技术服务收入分配"


class ConversionWay(models.TextChoices):
    """How a result was brought into use (转化方式)."""

    TRANSFER = "转让或许可", "转让或许可（净收入）"
    EQUITY = "作价投资", "作价投资（股份价值）"
    PROFIT = "自行或合作实施", "自行或合作实施（年营业利润）"


class ProjectState(models.TextChoices):
    """Where an income project stands (登记状态)."""

    DRAFT = "draft", "登记中"
    CONFIRMED = "confirmed", "已确认"


class PlanState(models.TextChoices):
    """Where a distribution plan stands (分配方案状态)."""

    DRAFT = "draft", "拟定中"
    NOTICED = "noticed", "校内公示中"
    IN_FORCE = "in_force", "施行中"
    REPLACED = "replaced", "已被替代"
    WITHDRAWN = "withdrawn", "已撤下"


class PayTotalState(models.TextChoices):
    """Where the approval of a pay total stands (核定状态)."""

    DRAFT = "draft", "拟报中"
    PROPOSED = "proposed", "待人社核定"
    PASSED = "passed", "待财政核定"
    APPROVED = "approved", "已核定"
    REPLACED = "replaced", "已被更正"


TONES = {
    ProjectState.DRAFT: "open",
    ProjectState.CONFIRMED: "ok",
    PlanState.NOTICED: "info",
    PlanState.IN_FORCE: "ok",
    PlanState.REPLACED: "unset",
    PlanState.WITHDRAWN: "unset",
    PayTotalState.PROPOSED: "info",
    PayTotalState.PASSED: "info",
    PayTotalState.APPROVED: "ok",
}
