"""Labels of the yearly duties of a city consortium."""

from __future__ import annotations

from django.db import models


class DutyKind(models.TextChoices):
    """What a consortium files each year (年度报送事项)."""

    PLAN = "plan", "年度工作计划"
    SELF_ASSESSMENT = "self", "年度自评"


class DutyState(models.TextChoices):
    """How far a yearly filing is (年度报送状态)."""

    FILED = "filed", "待核对"
    ACCEPTED = "accepted", "已核对"
    RETURNED = "returned", "退回补充"


class RemovalState(models.TextChoices):
    """What became of a proposal of removal (移出建议状态)."""

    PROPOSED = "proposed", "待决定"
    REMOVED = "removed", "移出"
    KEPT = "kept", "保留"
