"""Labels of the yearly assessment of enterprises that take interns."""

from __future__ import annotations

from django.db import models


class AssessmentState(models.TextChoices):
    """Where a yearly assessment stands (年度考核状态)."""

    DRAFT = "draft", "拟定中"
    NOTICED = "noticed", "已告知，待陈述"
    PASSED = "passed", "考核通过"
    FAILED = "failed", "考核未通过"


ASSESSMENT_TONES = {
    AssessmentState.DRAFT: "watch",
    AssessmentState.NOTICED: "watch",
    AssessmentState.PASSED: "ok",
    AssessmentState.FAILED: "late",
}
