"""Runs of a round, their results, and what students say against them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from silian.operations.placements.choices.rounds import (
    ObjectionState,
    RunState,
)
from silian.operations.placements.models.rounds import Round, RoundPost, RoundStudent
from silian.registers.accounts.models import User


class RoundRun(models.Model):
    """One computation of a round, also of a what-if (试算).

    ``inputs`` is the frozen snapshot that the run was computed from and ``digest`` its SHA-256;
    ``changes`` is what a what-if asked to be different. ``blocking_pairs`` and ``faults`` come
    from the independent checker.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveSmallIntegerField("试算号")
    label = models.CharField("说明", max_length=120, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=RunState.choices, default=RunState.WAITING
    )
    changes = models.JSONField("变动", default=dict, blank=True)
    inputs = models.JSONField("快照", default=dict)
    digest = models.CharField("快照摘要", max_length=64)
    figures = models.JSONField("结果数字", default=dict, blank=True)
    blocking_pairs = models.PositiveIntegerField("破坏稳定的对数", null=True, blank=True)
    faults = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, verbose_name="违反规则"
    )
    took_ms = models.PositiveIntegerField("用时（毫秒）", null=True, blank=True)
    job_id = models.BigIntegerField("后台任务", null=True, blank=True)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField("提交时间", auto_now_add=True)
    solved_at = models.DateTimeField("算完时间", null=True, blank=True)

    class Meta:
        verbose_name = "试算"
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="run_of_a_number_once"),
            models.CheckConstraint(
                condition=~Q(state=RunState.DONE)
                | Q(solved_at__isnull=False, blocking_pairs__isnull=False),
                name="run_done_is_checked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} 第 {self.number} 次试算"


class RoundResult(models.Model):
    """What a run gives one student, and why (分配结果)."""

    run = models.ForeignKey(RoundRun, on_delete=models.CASCADE, related_name="results")
    student = models.ForeignKey(RoundStudent, on_delete=models.CASCADE, related_name="results")
    round_post = models.ForeignKey(
        RoundPost, on_delete=models.PROTECT, null=True, blank=True, related_name="results"
    )
    rank = models.PositiveSmallIntegerField("第几志愿", null=True, blank=True)
    is_reserved = models.BooleanField("属于预留组别", default=False)
    sentence = models.CharField("说明", max_length=300)
    missed = ArrayField(
        models.CharField(max_length=300), default=list, blank=True, verbose_name="更前志愿的说明"
    )
    internship_id = models.BigIntegerField("实习编号", null=True, blank=True)
    refusal = models.CharField("未能安排的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "分配结果"
        constraints = [
            models.UniqueConstraint(fields=["run", "student"], name="result_of_a_student_once"),
            models.CheckConstraint(
                condition=Q(round_post__isnull=True, rank__isnull=True)
                | Q(round_post__isnull=False, rank__isnull=False),
                name="result_post_with_rank",
            ),
        ]
        indexes = [models.Index(fields=["run", "round_post"], name="result_by_post")]

    def __str__(self) -> str:
        return f"{self.student} {self.round_post or '未分配'}"


class RoundObjection(models.Model):
    """A student disagrees with the published result (异议)."""

    result = models.ForeignKey(RoundResult, on_delete=models.PROTECT, related_name="objections")
    reason = models.TextField("理由", max_length=1000)
    state = models.CharField(
        "状态", max_length=8, choices=ObjectionState.choices, default=ObjectionState.OPEN
    )
    raised_at = models.DateTimeField("提出时间")
    due_at = models.DateTimeField("答复期限")
    answer = models.TextField("答复", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "异议"
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["result"],
                condition=Q(state=ObjectionState.OPEN),
                name="objection_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state=ObjectionState.OPEN)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="objection_answered_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.get_state_display()}"
