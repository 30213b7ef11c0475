"""Competitions: the event, who enters, what came out, and how people trained for it."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division, Occupation
from silian.operations.learning.choices import (
    COMPETITION_TONES,
    CompetitionLevel,
    CompetitionState,
    Prize,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person

BEFORE_OPENING = (CompetitionState.DRAFT, CompetitionState.CANCELLED)


class Competition(models.Model):
    """A competition of workers' skills (职工技能竞赛).

    ``objections_until`` is the last day on which published results may be objected to.
    """

    title = models.CharField("名称", max_length=120)
    level = models.CharField("级别", max_length=10, choices=CompetitionLevel.choices)
    organiser = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="主办单位"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="+", verbose_name="职业"
    )
    base = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="承办基地",
    )
    place = models.CharField("比赛地点", max_length=120, blank=True)
    opens_on = models.DateField("报名开始日")
    closes_on = models.DateField("报名截止日")
    starts_on = models.DateField("比赛开始日")
    ends_on = models.DateField("比赛结束日")
    unit_limit = models.PositiveSmallIntegerField("每单位名额", default=0)
    basis = models.CharField("依据", max_length=200, blank=True)
    text = models.TextField("竞赛说明", max_length=3000, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=CompetitionState.choices, default=CompetitionState.DRAFT
    )
    cancel_reason = models.CharField("取消理由", max_length=500, blank=True)
    results_on = models.DateField("成绩公布日", null=True, blank=True)
    objections_until = models.DateField("异议截止日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "技能竞赛"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CompetitionState.values), name="competition_state_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=CompetitionLevel.values), name="competition_level_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    opens_on__lte=F("closes_on"),
                    closes_on__lt=F("starts_on"),
                    starts_on__lte=F("ends_on"),
                ),
                name="competition_days_ordered",
            ),
            models.CheckConstraint(
                condition=~Q(state=CompetitionState.CANCELLED) | ~Q(cancel_reason=""),
                name="competition_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=CompetitionState.RESULTS)
                | Q(results_on__isnull=False, objections_until__isnull=False),
                name="competition_results_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_on"], name="competition_by_state"),
            models.Index(fields=["organiser"], name="competition_by_organiser"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("learning:competition_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        return COMPETITION_TONES[CompetitionState(self.state)]

    def results_settled_on(self, day: datetime.date) -> bool:
        """Whether the days for objections are over (异议期已满)."""
        return self.objections_until is not None and day > self.objections_until


class JointOrganiser(models.Model):
    """An office or association that organises with another (联合主办单位)."""

    competition = models.ForeignKey(Competition, on_delete=models.CASCADE, related_name="joint")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "联合主办单位"
        ordering = ["competition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "organisation"], name="joint_organiser_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Entrant(models.Model):
    """A worker in a competition, with the employer of that day and the result (参赛人员)."""

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="entrants")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name="人员"
    )
    employer = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="所在单位",
    )
    entered_at = models.DateTimeField("报名时间")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("退出时间", null=True, blank=True)
    is_absent = models.BooleanField("缺赛", default=False)
    rank = models.PositiveIntegerField("名次", null=True, blank=True)
    score = models.DecimalField("成绩", max_digits=7, decimal_places=2, null=True, blank=True)
    prize = models.CharField("奖项", max_length=8, choices=Prize.choices, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "参赛人员"
        ordering = ["competition", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="entrant_once",
            ),
            models.CheckConstraint(
                condition=Q(prize="") | Q(rank__isnull=False, is_absent=False),
                name="entrant_prize_has_rank",
            ),
            models.CheckConstraint(
                condition=Q(prize="") | Q(prize__in=Prize.values), name="entrant_prize_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.competition}"

    @property
    def stated(self) -> dict[str, str]:
        """The result in words, for comparing."""
        return {
            "名次": str(self.rank or "无"),
            "成绩": str(self.score if self.score is not None else "无"),
            "奖项": self.get_prize_display() or "无",
            "缺赛": "是" if self.is_absent else "否",
        }


class ResultCorrection(models.Model):
    """A published result that was put right, with both and why (成绩更正)."""

    entrant = models.ForeignKey(Entrant, on_delete=models.CASCADE, related_name="corrections")
    before: models.JSONField[dict[str, Any]] = models.JSONField("更正前")
    after: models.JSONField[dict[str, Any]] = models.JSONField("更正后")
    reason = models.CharField("理由", max_length=500)
    made_at = models.DateTimeField("更正时间")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "成绩更正"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="result_correction_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.entrant} {self.reason}"


class TrainingSession(models.Model):
    """Training for a competition at a base (竞赛集训)."""

    competition = models.ForeignKey(Competition, on_delete=models.CASCADE, related_name="sessions")
    base = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="集训基地"
    )
    title = models.CharField("名称", max_length=120)
    trainer = models.CharField("教练", max_length=60)
    starts_on = models.DateField("开始日")
    ends_on = models.DateField("结束日")
    hours = models.PositiveSmallIntegerField("学时")
    place = models.CharField("地点", max_length=120, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "竞赛集训"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="training_session_days_ordered"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="training_session_has_hours"),
        ]

    def __str__(self) -> str:
        return self.title


class SessionPlace(models.Model):
    """An entrant in a training session (集训学员); ``attended`` None is not yet known."""

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="places")
    entrant = models.ForeignKey(Entrant, on_delete=models.CASCADE, related_name="places")
    attended = models.BooleanField("到训", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "集训学员"
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "entrant"], name="session_place_once")
        ]

    def __str__(self) -> str:
        return str(self.entrant.person)
