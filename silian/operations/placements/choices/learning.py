"""Labels of training, notes, assessments and certificates."""

from __future__ import annotations

from django.db import models


class CourseState(models.TextChoices):
    """Where a safety course stands (安全课程状态)."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已停用"


class NoteState(models.TextChoices):
    """Where a weekly note stands (实习周记状态)."""

    SUBMITTED = "submitted", "待导师确认"
    TICKED = "ticked", "导师已确认"
    RETURNED = "returned", "请补充"


class AssessmentSide(models.TextChoices):
    """Who gives the score (评分方)."""

    HOST = "host", "实习单位"
    SCHOOL = "school", "学校"


class AssessmentComponent(models.TextChoices):
    """What an item of an assessment looks at (考核内容)."""

    LEARNING = "learning", "学习收获"
    TASKS = "tasks", "典型工作任务"
    SAFETY = "safety", "安全与规范"
    CONDUCT = "conduct", "职业素养"
    ATTENDANCE = "attendance", "出勤"
    REPORT = "report", "实习报告"


LEARNING_COMPONENTS = frozenset(
    {AssessmentComponent.LEARNING, AssessmentComponent.TASKS, AssessmentComponent.REPORT}
)


class AssessmentState(models.TextChoices):
    """Where the assessment of one internship stands (实习考核状态)."""

    OPEN = "open", "评分中"
    SHOWN = "shown", "待学生确认"
    DISAGREED = "disagreed", "学生有异议"
    FINAL = "final", "已定"


class CertificateState(models.TextChoices):
    """Where an internship certificate stands (实习证明状态)."""

    VALID = "valid", "有效"
    REVOKED = "revoked", "已撤销"
