"""Projects with partners of other regions and countries, talent brought in, and forums."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.alliances.choices.cooperation import (
    STAGE_TONES,
    CooperationKind,
    CooperationScope,
    CooperationStage,
    TalentMode,
)
from silian.registers.organisations.models import Organisation

ENDED = (CooperationStage.ENDED, CooperationStage.BROKEN_OFF)


class CooperationProject(models.Model):
    """A project with a partner of another region or country (对外交流合作项目).

    ``starts_on`` is the day of signing; without it nothing is due yet.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        verbose_name="本地承担单位",
        related_name="cooperation_projects",
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    title = models.CharField("项目名称", max_length=120)
    scope = models.CharField("合作范围", max_length=14, choices=CooperationScope.choices)
    kind = models.CharField("合作内容", max_length=14, choices=CooperationKind.choices)
    partner = models.CharField("合作方", max_length=120)
    partner_unit = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="名录中的合作方",
        related_name="+",
    )
    partner_place = models.CharField("国家或地区", max_length=60)
    built = models.CharField("共建的专业或基地", max_length=120, blank=True)
    summary = models.TextField("合作内容说明", max_length=2000)
    agreement_reference = models.CharField("协议编号", max_length=80, blank=True)
    stage = models.CharField(
        "阶段", max_length=12, choices=CooperationStage.choices, default=CooperationStage.EXPLORED
    )
    starts_on = models.DateField("签约日", null=True, blank=True)
    ended_on = models.DateField("结束或中止日", null=True, blank=True)
    end_reason = models.CharField("结束或中止理由", max_length=300, blank=True)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "对外交流合作项目"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=CooperationStage.values), name="cooperation_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[CooperationStage.EXPLORED, CooperationStage.BROKEN_OFF])
                | (Q(starts_on__isnull=False) & ~Q(agreement_reference="")),
                name="cooperation_signed_has_agreement",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=ENDED) | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="cooperation_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ended_on__gte=F("starts_on")),
                name="cooperation_period_ordered",
            ),
        ]
        indexes = [models.Index(fields=["division", "stage"], name="cooperation_of_division")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("alliances:cooperation_detail", kwargs={"project_id": self.pk})

    @property
    def tone(self) -> str:
        return STAGE_TONES[CooperationStage(self.stage)]


class CooperationYear(models.Model):
    """What a project came to in one year: people in each direction, and its result (年度成效)."""

    project = models.ForeignKey(CooperationProject, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField("年度")
    students_out = models.PositiveIntegerField("派出学生", default=0)
    teachers_out = models.PositiveIntegerField("派出教师", default=0)
    students_in = models.PositiveIntegerField("来访学生", default=0)
    experts_in = models.PositiveIntegerField("来访专家教师", default=0)
    result = models.TextField("成效", max_length=2000)
    reported_on = models.DateField("报送日")

    class Meta:
        verbose_name = "对外合作年度成效"
        ordering = ["project", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["project", "year"], name="cooperation_year_once"),
            models.CheckConstraint(condition=~Q(result=""), name="cooperation_year_has_result"),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100), name="cooperation_year_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.year} 年"

    @property
    def division_id(self) -> str:
        return self.project.division_id

    @property
    def people_out(self) -> int:
        return self.students_out + self.teachers_out

    @property
    def people_in(self) -> int:
        return self.students_in + self.experts_in

    @property
    def year_ends_on(self) -> datetime.date:
        """The day on which the year was over."""
        return datetime.date(self.year, 12, 31)


class TalentIntroduction(models.Model):
    """People of high standing brought in through cooperation (高层次人才引进).

    Who they are stays with the unit that brought them; the register keeps field and number.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        verbose_name="引进单位",
        related_name="talent_introductions",
    )
    project = models.ForeignKey(
        CooperationProject,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="所属合作项目",
        related_name="talents",
    )
    mode = models.CharField("引进方式", max_length=10, choices=TalentMode.choices)
    expertise = models.CharField("专业领域和层次", max_length=120)
    origin = models.CharField("来自", max_length=60)
    people = models.PositiveSmallIntegerField("人数", default=1)
    arrived_on = models.DateField("到岗日")
    left_on = models.DateField("离岗日", null=True, blank=True)
    outcome = models.CharField("作用和成效", max_length=500, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "高层次人才引进"
        ordering = ["-arrived_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="talent_at_least_one"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("arrived_on")),
                name="talent_stay_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expertise} {self.people} 人"

    @property
    def division_id(self) -> str:
        return str(self.organisation.division_id)


class Forum(models.Model):
    """A forum that is to be held every year (合作论坛)."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="主办单位", related_name="forums"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    title = models.CharField("名称", max_length=120)
    scope = models.CharField("范围", max_length=14, choices=CooperationScope.choices)
    first_year = models.PositiveSmallIntegerField("首届年份")
    ended_year = models.PositiveSmallIntegerField("停办年份", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "合作论坛"
        ordering = ["division", "title"]
        constraints = [
            models.UniqueConstraint(fields=["division", "title"], name="forum_title_once"),
            models.CheckConstraint(
                condition=Q(first_year__gte=1980, first_year__lte=2100),
                name="forum_first_year_plausible",
            ),
            models.CheckConstraint(
                condition=Q(ended_year__isnull=True) | Q(ended_year__gte=F("first_year")),
                name="forum_years_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("alliances:forum_detail", kwargs={"forum_id": self.pk})


class ForumSession(models.Model):
    """One year's forum: held, or not held for a reason (论坛届次)."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="sessions")
    year = models.PositiveSmallIntegerField("年度")
    held_on = models.DateField("举办日", null=True, blank=True)
    topic = models.CharField("主题", max_length=120, blank=True)
    people = models.PositiveIntegerField("参会人数", null=True, blank=True)
    result = models.CharField("成果", max_length=500, blank=True)
    reason = models.CharField("未举办的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "论坛届次"
        ordering = ["forum", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "year"], name="forum_session_once_a_year"),
            models.CheckConstraint(
                condition=(Q(held_on__isnull=False) & ~Q(topic=""))
                | (Q(held_on__isnull=True) & ~Q(reason="")),
                name="forum_session_held_or_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum} {self.year} 年"

    @property
    def division_id(self) -> str:
        return self.forum.division_id
