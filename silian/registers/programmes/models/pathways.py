"""How students come in and go on: pathways between schools, planned and taken seats."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.registers.organisations.models import Organisation
from silian.registers.programmes.choices import PathwayKind, PathwayState
from silian.registers.programmes.models.programmes import Programme


class Pathway(models.Model):
    """A way on from one school's programme to another's, agreed by both (贯通培养项目)."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="pathways", verbose_name="专业点"
    )
    kind = models.CharField("方式", max_length=24, choices=PathwayKind.choices)
    partner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="对接学校",
    )
    partner_programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="对接专业",
    )
    first_year = models.PositiveSmallIntegerField("首届年份")
    seats = models.PositiveSmallIntegerField("每届计划")
    agreement_number = models.CharField("协议或批文编号", max_length=60, blank=True)
    condition = models.CharField("转段条件", max_length=300, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=PathwayState.choices, default=PathwayState.PROPOSED
    )
    confirmed_at = models.DateTimeField("对方确认时间", null=True, blank=True)
    ended_on = models.DateField("结束日", null=True, blank=True)

    class Meta:
        verbose_name = "贯通培养项目"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "partner"],
                condition=~Q(state=PathwayState.ENDED),
                name="pathway_with_a_partner_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=PathwayState.ENDED) | Q(ended_on__isnull=False),
                name="pathway_ended_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("programmes:pathway_detail", args=[self.pk])

    @property
    def division_id(self) -> str:
        return self.programme.division_id


class EnrolmentPlan(models.Model):
    """Seats of a programme in a year by one way of admission, and who came (招生计划)."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="enrolments", verbose_name="专业点"
    )
    year = models.PositiveSmallIntegerField("年份")
    kind = models.CharField("招生方式", max_length=24, choices=PathwayKind.choices)
    planned = models.PositiveSmallIntegerField("计划数")
    adjustment = models.SmallIntegerField("倾斜调整", default=0)
    adjustment_reason = models.CharField("调整理由", max_length=300, blank=True)
    enterprise = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="参与研究计划的企业",
    )
    culture_weight = models.PositiveSmallIntegerField("文化素质权重", null=True, blank=True)
    skill_weight = models.PositiveSmallIntegerField("职业技能权重", null=True, blank=True)
    admitted = models.PositiveSmallIntegerField("实际录取", null=True, blank=True)
    experienced = models.PositiveSmallIntegerField("有工作实践经历", null=True, blank=True)
    registered = models.PositiveSmallIntegerField("报到", null=True, blank=True)

    class Meta:
        verbose_name = "招生计划"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "kind"], name="enrolment_of_a_kind_once"
            ),
            models.CheckConstraint(
                condition=Q(adjustment=0) | ~Q(adjustment_reason=""),
                name="enrolment_adjusted_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(experienced__isnull=True) | Q(experienced__lte=F("admitted")),
                name="enrolment_experienced_among_admitted",
            ),
            models.CheckConstraint(
                condition=Q(registered__isnull=True) | Q(registered__lte=F("admitted")),
                name="enrolment_registered_among_admitted",
            ),
            models.CheckConstraint(
                condition=Q(culture_weight__isnull=True, skill_weight__isnull=True)
                | Q(culture_weight=100 - F("skill_weight")),
                name="enrolment_weights_sum_to_hundred",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年 {self.programme} {self.get_kind_display()}"

    @property
    def seats(self) -> int:
        """Planned seats with the adjustment in favour of the programme."""
        return self.planned + self.adjustment

    @property
    def division_id(self) -> str:
        return self.programme.division_id
