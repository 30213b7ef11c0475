"""Opinions of committees on programmes and standards, and what schools answer."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from silian.foundation.reference.models import Occupation
from silian.operations.alliances.choices.committees import OpinionKind, OpinionState, Take
from silian.operations.alliances.models.committees import Committee, CommitteeMeeting
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models import Programme, Standard

TONES = {
    OpinionState.DRAFT: "open",
    OpinionState.ISSUED: "info",
    OpinionState.WITHDRAWN: "unset",
}
TAKE_TONES = {
    Take.WAITING: "open",
    Take.ADOPTED: "ok",
    Take.PARTLY: "watch",
    Take.DECLINED: "unset",
}


class CommitteeOpinion(models.Model):
    """What a committee says about programmes, standards or occupations (委员会意见)."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="opinions")
    meeting = models.ForeignKey(
        CommitteeMeeting,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="形成意见的会议",
        related_name="opinions",
    )
    kind = models.CharField("类别", max_length=12, choices=OpinionKind.choices)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("意见", max_length=4000)
    programmes = models.ManyToManyField(
        Programme, blank=True, related_name="+", verbose_name="涉及专业点"
    )
    standard = models.ForeignKey(
        Standard,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="标准成果",
    )
    occupations = models.ManyToManyField(
        Occupation, blank=True, related_name="+", verbose_name="涉及职业"
    )
    state = models.CharField(
        "状态", max_length=10, choices=OpinionState.choices, default=OpinionState.DRAFT
    )
    issued_on = models.DateField("发出日", null=True, blank=True)
    reason = models.CharField("撤回理由", max_length=300, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "委员会意见"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OpinionState.values), name="opinion_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=OpinionState.DRAFT) | Q(issued_on__isnull=False),
                name="opinion_issued_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=OpinionState.WITHDRAWN) | ~Q(reason=""),
                name="opinion_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OpinionKind.STANDARDS)
                | Q(state=OpinionState.DRAFT)
                | Q(standard__isnull=False),
                name="opinion_standard_output_names_it",
            ),
        ]
        indexes = [models.Index(fields=["state", "issued_on"], name="opinion_by_day")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("alliances:opinion_detail", kwargs={"opinion_id": self.pk})

    @property
    def division_id(self) -> str:
        return self.committee.division_id

    @property
    def tone(self) -> str:
        return TONES[OpinionState(self.state)]


class OpinionAnswer(models.Model):
    """What one school does with an opinion that concerns it (意见答复)."""

    opinion = models.ForeignKey(CommitteeOpinion, on_delete=models.CASCADE, related_name="answers")
    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="学校", related_name="+"
    )
    due_at = models.DateTimeField("答复期限")
    take = models.CharField("采纳情况", max_length=10, choices=Take.choices, default=Take.WAITING)
    text = models.CharField("答复", max_length=1000, blank=True)
    answered_on = models.DateField("答复日", null=True, blank=True)

    class Meta:
        verbose_name = "意见答复"
        ordering = ["opinion", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["opinion", "school"], name="opinion_answer_once"),
            models.CheckConstraint(
                condition=Q(take=Take.WAITING) | (Q(answered_on__isnull=False) & ~Q(text="")),
                name="opinion_answer_says_something",
            ),
        ]
        indexes = [models.Index(fields=["school", "take"], name="opinion_answer_of_school")]

    def __str__(self) -> str:
        return f"{self.opinion} {self.school}"

    @property
    def division_id(self) -> str:
        return self.opinion.division_id

    @property
    def tone(self) -> str:
        return TAKE_TONES[Take(self.take)]

    def was_late(self, *, on: datetime.date) -> bool:
        """Whether the answer came, or stays, behind its last day; ``due_at`` ends that day."""
        return (self.answered_on or on) >= timezone.localdate(self.due_at)
