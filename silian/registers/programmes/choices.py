"""Labels of programmes, plans and classes."""

from __future__ import annotations

from django.db import models


class ProgrammeStage(models.TextChoices):
    """Where a programme stands (专业点建设阶段)."""

    PLANNED = "planned", "筹建"
    RUNNING = "running", "在办"
    PAUSED = "paused", "暂停招生"
    CLOSED = "closed", "已撤销"


class MemberState(models.TextChoices):
    """What became of a student of a class (学籍状态)."""

    STUDYING = "studying", "在读"
    ON_LEAVE = "on_leave", "休学"
    GRADUATED = "graduated", "毕业"
    LEFT = "left", "离校"
