"""Labels of decisions, notices, objections and appeals."""

from __future__ import annotations

from django.db import models


class MeetingState(models.TextChoices):
    """Where a deciding meeting stands (审定会)."""

    CALLED = "called", "已召集"
    OPEN = "open", "表决中"
    CLOSED = "closed", "已结束"


class Ballot(models.TextChoices):
    """One member's vote on one dossier (表决)."""

    FOR = "for", "赞成"
    AGAINST = "against", "反对"
    ABSTAIN = "abstain", "弃权"
    RECUSED = "recused", "回避"


class Standing(models.TextChoices):
    """Where a dossier stands in the ranking (排序位置)."""

    WITHIN = "within", "名额内"
    AT_LINE = "at_line", "并列跨名额线"
    BEYOND = "beyond", "名额外"
    BELOW = "below", "未达合格线"
    UNRANKED = "unranked", "不计分"


class Outcome(models.TextChoices):
    """What was decided on a dossier (审定结果)."""

    RECOGNISE = "recognise", "通过"
    REJECT = "reject", "不通过"


class DecisionGround(models.TextChoices):
    """What a decision rests on (决定依据的程序)."""

    REVIEW = "review", "评审环节"
    VOTE = "vote", "集体表决"
    OBJECTION = "objection", "异议核查"
    APPEAL = "appeal", "申诉复核"


class ObjectionState(models.TextChoices):
    """Where an objection or an appeal stands (异议、申诉)."""

    RAISED = "raised", "核查中"
    UPHELD = "upheld", "成立"
    DISMISSED = "dismissed", "不成立"
    WITHDRAWN = "withdrawn", "已撤回"


class AppealResult(models.TextChoices):
    """What a successful appeal brings (申诉成立的处理)."""

    WITHIN_QUOTA = "within", "名额内补充公示"
    BEYOND_QUOTA = "beyond", "名额外补充公示"
    NEW_LOOK = "new_look", "退回指定环节重新办理"
