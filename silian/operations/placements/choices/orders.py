"""Labels of order classes and apprenticeships."""

from __future__ import annotations

from django.db import models


class OrderState(models.TextChoices):
    """Where an order class stands (订单班状态)."""

    DRAFT = "draft", "起草"
    SENT = "sent", "协议待签"
    RUNNING = "running", "培养中"
    HIRING = "hiring", "录用核对"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"


class OrderSeat(models.TextChoices):
    """What became of one student of an order class (订单学生状态)."""

    ENROLLED = "enrolled", "在培"
    TRAINED = "trained", "培养合格"
    FAILED = "failed", "培养不合格"
    LEFT = "left", "中途退出"
    HIRED = "hired", "已录用"
    NOT_HIRED = "not_hired", "未录用"


class ApprenticeScheme(models.TextChoices):
    """The two forms of apprenticeship (学徒制形式). Students in one, employees in the other."""

    MODERN = "modern", "现代学徒制"
    ENTERPRISE = "enterprise", "企业新型学徒制"


class ApprenticeLevel(models.TextChoices):
    """The level that an apprenticeship aims at (培养目标等级)."""

    MIDDLE = "中级工", "中级工"
    SENIOR = "高级工", "高级工"
    TECHNICIAN = "技师", "技师"


class ApprenticeshipState(models.TextChoices):
    """Where an apprenticeship programme stands (学徒培养项目状态)."""

    DRAFT = "draft", "起草"
    SUBMITTED = "submitted", "待备案"
    RETURNED = "returned", "退回修改"
    FILED = "filed", "已备案"
    RUNNING = "running", "培养中"
    COMPLETED = "completed", "已完成"
    STOPPED = "stopped", "已终止"


class ApprenticeState(models.TextChoices):
    """Where one apprentice stands (学徒状态)."""

    ENROLLED = "enrolled", "已入册"
    TRAINING = "training", "培养中"
    QUALIFIED = "qualified", "考核合格"
    UNQUALIFIED = "unqualified", "考核不合格"
    LEFT = "left", "中途离开"


APPRENTICES_HELD = frozenset({ApprenticeState.ENROLLED, ApprenticeState.TRAINING})
"""States in which a person is an apprentice; a second apprenticeship may not overlap."""
