"""Labels of the task ledger."""

from __future__ import annotations

from django.db import models


class TaskState(models.TextChoices):
    """The life of a task (任务状态)."""

    DRAFT = "draft", "待下达"
    ASSIGNED = "assigned", "待签收"
    RUNNING = "running", "推进中"
    CLAIMED = "claimed", "申请办结"
    DONE = "done", "已办结"
    CANCELLED = "cancelled", "已取消"


OPEN_STATES = frozenset({TaskState.ASSIGNED, TaskState.RUNNING, TaskState.CLAIMED})


class TaskOrigin(models.TextChoices):
    """Where a task came from (任务来源)."""

    CLAUSE = "clause", "政策条款"
    DECISION = "decision", "会议决定"
    SUPERVISION = "supervision", "督查整改"
    MANUAL = "manual", "自行添加"


class ChangeKind(models.TextChoices):
    """What can change about a task after it was made (任务变更)."""

    LEAD = "lead", "指定牵头单位"
    DUE = "due", "调整期限"
    OWNER = "owner", "更换责任人"
    HANDED_OVER = "handed_over", "职责划转"
    NEW_VERSION = "new_version", "转入新版文件"
    CANCEL_PROPOSED = "cancel", "建议取消"


class Weather(models.TextChoices):
    """How a task goes, said by a person (推进情况)."""

    NORMAL = "normal", "正常"
    BEHIND = "behind", "滞后"
    BLOCKED = "blocked", "受阻"


class ReportState(models.TextChoices):
    """What became of a progress report (报告状态)."""

    SUBMITTED = "submitted", "已报送"
    CONFIRMED = "confirmed", "已确认办结"
    RETURNED = "returned", "退回补充"


class Light(models.TextChoices):
    """How a target stands against its plan (目标灯号), computed and never typed."""

    REACHED = "reached", "已达成"
    ON_TRACK = "on_track", "按期"
    BEHIND = "behind", "滞后"
    OVERDUE = "overdue", "逾期"
    GAP = "gap", "有差距"
    UNSET = "unset", "未设定"
    NO_METRIC = "no_metric", "暂无指标"
    NO_VALUE = "no_value", "暂无数据"


class Direction(models.TextChoices):
    """Which way a light changed (变化方向)."""

    BETTER = "better", "转好"
    WORSE = "worse", "转差"
    OTHER = "other", "其他"
