"""Labels of expert judgement and site visits."""

from __future__ import annotations

from django.db import models


class ExpertState(models.TextChoices):
    """Whether an expert can be drawn (入库状态)."""

    PROPOSED = "proposed", "待入库"
    ACTIVE = "active", "在库"
    PAUSED = "paused", "暂停抽取"
    LEFT = "left", "已出库"


class AssignmentState(models.TextChoices):
    """Where one expert's work on one dossier stands (评审任务)."""

    INVITED = "invited", "待申明"
    ACCEPTED = "accepted", "评审中"
    SUBMITTED = "submitted", "已提交"
    CONFLICTED = "conflicted", "因利害关系回避"
    DECLINED = "declined", "不能参加"
    LAPSED = "lapsed", "逾期未评"


GONE_STATES = frozenset(
    {AssignmentState.CONFLICTED, AssignmentState.DECLINED, AssignmentState.LAPSED}
)


class VisitState(models.TextChoices):
    """Where a site visit stands (实地核查)."""

    PLANNED = "planned", "已安排"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"
