"""Labels of the kernel."""

from __future__ import annotations

from django.db import models


class JobState(models.TextChoices):
    """The life of a long job (任务状态)."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "办理中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已取消"


ENDED_JOB_STATES = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
JOB_TONES = {
    JobState.QUEUED: "open",
    JobState.RUNNING: "info",
    JobState.DONE: "ok",
    JobState.FAILED: "late",
    JobState.CANCELLED: "unset",
}
