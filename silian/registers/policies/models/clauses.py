"""Clauses: the leaves of a document, who must act, and what they must reach by when."""

from __future__ import annotations

import re
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from silian.registers.policies.choices import (
    BodyRole,
    ClauseReview,
    Comparator,
    Force,
    Responsibility,
)
from silian.registers.policies.models.bodies import PolicyBody
from silian.registers.policies.models.documents import PolicyDocument

PRINTED_NUMBER = re.compile(
    r"(第[一二三四五六七八九十百零\d]+[编篇章节条]|[（(][一二三四五六七八九十百\d]+[）)]"
    r"|[一二三四五六七八九十百]+(?=、)|\d+(?=[.．、﹒]))"
)


class Clause(models.Model):
    """A leaf of a document's clause tree (条款), with its place in the original."""

    document = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="clauses")
    order = models.PositiveSmallIntegerField("次序")
    path = ArrayField(models.CharField(max_length=120), verbose_name="上级标题", default=list)
    number = models.CharField("序号", max_length=20, blank=True)
    heading = models.CharField("标题", max_length=200, blank=True)
    text = models.TextField("文字")
    start = models.PositiveIntegerField("起点")
    end = models.PositiveIntegerField("终点")
    line_start = models.PositiveIntegerField("起行", default=0)
    line_end = models.PositiveIntegerField("止行", default=0)
    responsibility = models.CharField(
        "责任写明之处",
        max_length=8,
        choices=Responsibility.choices,
        default=Responsibility.NONE,
    )
    tail = models.CharField("条末责任原文", max_length=400, blank=True)
    open_ended = models.BooleanField("责任单位带“等”", default=False)
    is_task = models.BooleanField("生成任务", default=False)
    due_on = models.DateField("办结期限", null=True, blank=True)
    figure_codes = models.JSONField("执行情况指标", default=list, blank=True)
    review = models.CharField(
        "核对", max_length=10, choices=ClauseReview.choices, default=ClauseReview.WAITING
    )
    corrected = models.BooleanField("经人工更正", default=False)

    class Meta:
        verbose_name = "条款"
        ordering = ["document", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "order"],
                name="clause_order_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="clause_span_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.heading}".strip()

    @property
    def place(self) -> str:
        """Where the clause stands, as officials quote it: 二（四）1."""
        numbers = [match.group(1) for part in self.path if (match := PRINTED_NUMBER.match(part))]
        own = self.number.rstrip(".．、")
        above = numbers[:-1] if numbers and numbers[-1] == own else numbers
        return "".join([*above, own])

    @property
    def division_id(self) -> str:
        return self.document.division_id


class ClauseBody(models.Model):
    """A body that a clause makes responsible, in the part the text gives it (责任单位)."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="bodies")
    order = models.PositiveSmallIntegerField("次序")
    body = models.ForeignKey(
        PolicyBody, on_delete=models.PROTECT, null=True, blank=True, related_name="mentions"
    )
    printed = models.CharField("原文名称", max_length=80)
    role = models.CharField("责任方式", max_length=12, choices=BodyRole.choices)
    start = models.PositiveIntegerField("起点", null=True, blank=True)
    end = models.PositiveIntegerField("终点", null=True, blank=True)

    class Meta:
        verbose_name = "条款责任单位"
        ordering = ["clause", "order"]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.printed}"


class ClauseTarget(models.Model):
    """A number that a clause binds somebody to (量化指标).

    ``low`` and ``high`` are in ``unit``; a share of 60 % is 60 with the unit ``%``. One of them
    is empty where the comparator needs only the other.
    """

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="targets")
    order = models.PositiveSmallIntegerField("次序", default=0)
    rule = models.CharField("规则编号", max_length=12, blank=True)
    title = models.CharField("名称", max_length=120)
    phrase = models.CharField("原文", max_length=300)
    low = models.DecimalField("下限", max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField("上限", max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    comparator = models.CharField(
        "比较方式", max_length=6, choices=Comparator.choices, default=Comparator.AT_LEAST
    )
    force = models.CharField("强制程度", max_length=14, choices=Force.choices)
    deadline_on = models.DateField("期限", null=True, blank=True)
    effective_from_on = models.DateField("起算日", null=True, blank=True)
    repeats = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="重复的目标",
        related_name="repetitions",
    )
    metric_code = models.CharField("对应指标", max_length=80, blank=True)
    figure_codes = models.JSONField("执行情况指标", default=list, blank=True)
    start = models.PositiveIntegerField("起点", null=True, blank=True)
    end = models.PositiveIntegerField("终点", null=True, blank=True)

    class Meta:
        verbose_name = "量化指标"
        ordering = ["clause", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
                name="clause_target_range_ordered",
            ),
            models.CheckConstraint(
                condition=Q(repeats__isnull=True) | ~Q(repeats=F("pk")),
                name="clause_target_repeats_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def bound(self) -> str:
        """The value with its comparison and unit, as tables show it: ≥ 3000 条."""
        low, high = plain_number(self.low), plain_number(self.high)
        signs = {
            Comparator.AT_LEAST: f"≥ {low}",
            Comparator.AT_MOST: f"≤ {high or low}",
            Comparator.RANGE: f"{low}–{high}",
            Comparator.ABOUT: f"约 {low}",
        }
        shown = signs.get(Comparator(self.comparator), low)
        return f"{shown} {self.unit}".strip() if low or high else "未设定"


def plain_number(value: Decimal | None) -> str:
    """A number without the zeros that the table adds; empty for None."""
    return "" if value is None else f"{value.normalize():f}"


class ClauseGoal(models.Model):
    """A goal with a date and no number (有期限无数量的目标)."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="goals")
    rule = models.CharField("规则编号", max_length=12, blank=True)
    title = models.CharField("名称", max_length=120)
    phrase = models.CharField("原文", max_length=300)
    deadline_on = models.DateField("期限", null=True, blank=True)
    metric_code = models.CharField("对应指标", max_length=80, blank=True)
    start = models.PositiveIntegerField("起点", null=True, blank=True)
    end = models.PositiveIntegerField("终点", null=True, blank=True)

    class Meta:
        verbose_name = "有期限的目标"
        ordering = ["clause", "pk"]

    def __str__(self) -> str:
        return self.title
