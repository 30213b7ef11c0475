"""Safety training before the start: course, questions, attempts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from silian.operations.placements.choices.learning import (
    CourseState,
)
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.tones import tone_of
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class SafetyCourse(models.Model):
    """What interns read and are tested on before they start (岗前安全培训课程).

    The owner is the school, or a host for its own site. A pass counts for a course of the host
    itself or of the post's trade; ``trades`` are two-digit 专业大类, without any the course is
    general and counts for nobody. A published course is frozen; a change is a new course.
    Basis: 教职成〔2016〕3号第三十四条: untrained or failed, no start.
    """

    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="safety_courses",
        verbose_name="开课单位",
    )
    title = models.CharField("课程名称", max_length=120)
    body = models.TextField("培训内容")
    trades = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name="适用专业大类"
    )
    questions_asked = models.PositiveSmallIntegerField("每次抽题数", default=10)
    pass_mark = models.PositiveSmallIntegerField("合格分", null=True, blank=True)
    valid_months = models.PositiveSmallIntegerField("合格有效期（月）", default=12)
    state = models.CharField(
        "状态", max_length=10, choices=CourseState.choices, default=CourseState.DRAFT
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("起草时间", auto_now_add=True)

    class Meta:
        verbose_name = "岗前安全培训课程"
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_mark__isnull=True) | Q(pass_mark__gte=1, pass_mark__lte=100),
                name="course_pass_mark_of_hundred",
            ),
            models.CheckConstraint(
                condition=Q(questions_asked__gte=1), name="course_asks_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return tone_of(self.state)


class SafetyQuestion(models.Model):
    """One question; ``correct`` are positions of options from 0, which never leave the server."""

    course = models.ForeignKey(SafetyCourse, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField("序号")
    text = models.CharField("题目", max_length=300)
    options = ArrayField(models.CharField(max_length=150), verbose_name="选项")
    correct = ArrayField(models.PositiveSmallIntegerField(), verbose_name="正确选项")
    explanation = models.CharField("解析", max_length=300, blank=True)

    class Meta:
        verbose_name = "安全测试题"
        ordering = ["course", "position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "position"], name="question_position_once"),
            models.CheckConstraint(
                condition=Q(options__len__gte=2, correct__len__gte=1), name="question_answerable"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class TrainingAttempt(models.Model):
    """One sitting of a safety test (安全测试答卷): the paper as asked, the answers, the score."""

    course = models.ForeignKey(SafetyCourse, on_delete=models.PROTECT, related_name="attempts")
    internship = models.ForeignKey(
        Internship, on_delete=models.PROTECT, related_name="training_attempts", verbose_name="实习"
    )
    paper = ArrayField(models.BigIntegerField(), verbose_name="试题")
    answers = models.JSONField("作答", default=dict, blank=True)
    pass_mark = models.PositiveSmallIntegerField("合格分")
    score = models.PositiveSmallIntegerField("得分", null=True, blank=True)
    is_passed = models.BooleanField("合格", default=False)
    started_at = models.DateTimeField("开始时间")
    submitted_at = models.DateTimeField("交卷时间", null=True, blank=True)
    valid_until = models.DateField("有效期至（不含）", null=True, blank=True)

    class Meta:
        verbose_name = "安全测试答卷"
        constraints = [
            models.UniqueConstraint(
                fields=["internship", "course"],
                condition=Q(submitted_at__isnull=True),
                name="attempt_open_once",
            ),
            models.CheckConstraint(
                condition=Q(is_passed=False)
                | Q(
                    submitted_at__isnull=False,
                    valid_until__isnull=False,
                    score__gte=models.F("pass_mark"),
                ),
                name="attempt_passed_by_score",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=100), name="attempt_score_of_hundred"
            ),
        ]
        indexes = [
            models.Index(fields=["internship", "is_passed"], name="attempt_of_internship"),
        ]

    def __str__(self) -> str:
        return f"{self.internship} {self.course}"
