"""Weekly structured notes of interns."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from silian.operations.placements.choices.learning import (
    NoteState,
)
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.tones import tone_of
from silian.registers.accounts.models import User


class WeeklyNote(models.Model):
    """What one intern did and learned in the week that begins on a Monday (实习周记).

    No place is recorded and nobody signs in. ``is_late`` is only shown. ``similarity`` (percent)
    and ``similar_to`` are a hint that the guiding teacher alone reads.
    """

    internship = models.ForeignKey(
        Internship, on_delete=models.CASCADE, related_name="weekly_notes", verbose_name="实习"
    )
    week_on = models.DateField("周一日期")
    tasks = ArrayField(models.CharField(max_length=100), verbose_name="做了哪些典型工作任务")
    other_work = models.CharField("其他工作", max_length=200, blank=True)
    hours = models.DecimalField("本周工时", max_digits=4, decimal_places=1)
    learned = models.TextField("学到了什么", max_length=1000)
    difficulty = models.TextField("遇到的困难", max_length=1000, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=NoteState.choices, default=NoteState.SUBMITTED
    )
    due_at = models.DateTimeField("应交时间")
    submitted_at = models.DateTimeField("提交时间")
    is_late = models.BooleanField("迟交", default=False)
    mentor_comment = models.CharField("导师意见", max_length=300, blank=True)
    ticked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ticked_at = models.DateTimeField("导师确认时间", null=True, blank=True)
    teacher_comment = models.CharField("教师批注", max_length=300, blank=True)
    read_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    read_at = models.DateTimeField("教师批阅时间", null=True, blank=True)
    similar_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    similarity = models.PositiveSmallIntegerField("与相近周记的相似度", null=True, blank=True)

    class Meta:
        verbose_name = "实习周记"
        ordering = ["internship", "week_on"]
        constraints = [
            models.UniqueConstraint(fields=["internship", "week_on"], name="note_of_a_week_once"),
            models.CheckConstraint(
                condition=Q(week_on__iso_week_day=1), name="note_week_begins_on_monday"
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0, hours__lte=168), name="note_hours_of_a_week"
            ),
            models.CheckConstraint(
                condition=~Q(state=NoteState.TICKED) | Q(ticked_at__isnull=False),
                name="note_ticked_at",
            ),
        ]
        indexes = [models.Index(fields=["week_on", "state"], name="note_by_week")]

    def __str__(self) -> str:
        return f"{self.internship} {self.week_on}"

    @property
    def tone(self) -> str:
        return tone_of(self.state)

    @property
    def similarity_words(self) -> str:
        return f"{self.similarity}%" if self.similarity else ""
