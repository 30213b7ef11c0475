"""Labels of leading groups, joint conferences and their meetings."""

from __future__ import annotations

from django.db import models


class BodyKind(models.TextChoices):
    """What a coordinating body is (协调机构类别)."""

    LEADING_GROUP = "leading_group", "领导小组"
    JOINT_CONFERENCE = "joint_conference", "联席会议"
    OFFICE = "office", "办公室"
    WORKING_GROUP = "working_group", "专班"


class DecisionState(models.TextChoices):
    DRAFT = "draft", "待签发"
    MADE = "made", "已签发"
    REVOKED = "revoked", "已撤销"
