"""Labels of rounds, imports and batches."""

from __future__ import annotations

from django.db import models


class RoundState(models.TextChoices):
    """Where an assignment round stands (轮次状态)."""

    DRAFT = "draft", "筹备"
    WISHING = "wishing", "填报志愿"
    RANKING = "ranking", "单位评分"
    SOLVED = "solved", "待公布"
    PUBLISHED = "published", "已公布"
    OBJECTIONS = "objections", "处理异议"
    CLOSED = "closed", "已结束"
    CANCELLED = "cancelled", "已取消"


PUBLISHED_ROUNDS = frozenset({RoundState.PUBLISHED, RoundState.OBJECTIONS, RoundState.CLOSED})


class PriorityBasis(models.TextChoices):
    """What orders the students who want the same post (排序依据)."""

    SCORE = "score", "按成绩名单"
    LOTTERY = "lottery", "公开抽签"


class ReserveKind(models.TextChoices):
    """The groups for which places are kept or limited (预留组别)."""

    COUNTY = "county", "生源区县"
    MAJOR = "major", "专业对口"
    LODGING = "lodging", "需要住宿"
    MINOR = "minor", "未满18周岁"


class RunState(models.TextChoices):
    """Where a computation of a round stands (试算状态)."""

    WAITING = "waiting", "计算中"
    DONE = "done", "已算完"
    FAILED = "failed", "未算完"


class ObjectionState(models.TextChoices):
    """Where a student's objection stands (异议状态)."""

    OPEN = "open", "待答复"
    UPHELD = "upheld", "成立"
    REJECTED = "rejected", "不成立"


class BulkImportKind(models.TextChoices):
    """What a file brings in (导入内容)."""

    POSTS = "posts", "实习岗位"
    ARRANGEMENT = "arrangement", "实习安排"


class RowMode(models.TextChoices):
    """What happens to a file with bad rows (遇到坏行)."""

    GOOD_ROWS = "good", "导入合格的行"
    ALL_ROWS = "all", "有一行不合格就全部不导入"


class BulkImportState(models.TextChoices):
    """Where a file stands (导入状态)."""

    WAITING = "waiting", "处理中"
    DONE = "done", "已完成"
    REFUSED = "refused", "没有导入"
    FAILED = "failed", "中断"


class BatchItemState(models.TextChoices):
    """How far one agreement of a batch came (办理结果)."""

    WAITING = "waiting", "待办"
    SENT = "sent", "已送签"
    CHASED = "chased", "已催签"
    SIGNED = "signed", "已签齐"
    FAILED = "failed", "未办成"
