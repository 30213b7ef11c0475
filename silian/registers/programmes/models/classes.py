"""Cohorts, classes and who sits in them."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.registers.people.models import Person
from silian.registers.programmes.choices import MemberState
from silian.registers.programmes.models.programmes import Programme


class Cohort(models.Model):
    """The students of a programme who began in one year (年级)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    year = models.PositiveSmallIntegerField("入学年份")
    starts_on = models.DateField("入学日")
    ends_on = models.DateField("毕业日（不含）")
    graduated_at = models.DateTimeField("毕业办理时间", null=True, blank=True)

    class Meta:
        verbose_name = "年级"
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="cohort_of_a_year_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")), name="cohort_period_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 级{self.programme}"

    def get_absolute_url(self) -> str:
        return reverse("programmes:cohort_detail", args=[self.pk])

    @property
    def label(self) -> str:
        """The year alone, where the programme is named beside it."""
        return f"{self.year} 级"

    @property
    def division_id(self) -> str:
        """Where an act on this cohort belongs in the audit trail."""
        return self.programme.division_id

    def year_of_study(self, *, on: datetime.date) -> int:
        """Which year of study the day lies in, 1 for the first; 0 before it began (年级)."""
        if on < self.starts_on:
            return 0
        began = self.starts_on
        return on.year - began.year + (0 if (on.month, on.day) < (began.month, began.day) else 1)


class SchoolClass(models.Model):
    """One class of a cohort (班级)."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="classes")
    name = models.CharField("班级", max_length=60)
    head_teacher = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="班主任",
    )

    class Meta:
        verbose_name = "班级"
        constraints = [
            models.UniqueConstraint(fields=["cohort", "name"], name="class_of_a_cohort_once")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:class_detail", args=[self.pk])

    @property
    def division_id(self) -> str:
        return self.cohort.programme.division_id


class ClassMemberQuerySet(models.QuerySet["ClassMember"]):
    def in_force(self, *, on: datetime.date) -> ClassMemberQuerySet:
        """Members whose half-open period holds the day."""
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))


class ClassMember(models.Model):
    """A student in a class for a period ``[starts_on, ends_on)`` (班级学生)."""

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="members", verbose_name="班级"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="class_memberships", verbose_name="学生"
    )
    number = models.CharField("学号", max_length=30)
    state = models.CharField(
        "学籍状态", max_length=10, choices=MemberState.choices, default=MemberState.STUDYING
    )
    starts_on = models.DateField("入班日")
    ends_on = models.DateField("离班日（不含）", null=True, blank=True)

    objects = ClassMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "班级学生"
        indexes = [models.Index(fields=["number"], name="class_member_by_number")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MemberState.values), name="class_member_state_known"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state=MemberState.STUDYING, ends_on__isnull=True),
                name="student_in_one_class",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="class_member_period_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.school_class}"

    @property
    def division_id(self) -> str:
        return self.school_class.division_id
