"""Income of a school that is shared among its people, and each person's share."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.governance.incentives.choices.income import (
    TONES,
    ConversionWay,
    IncomeKind,
    ProjectState,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person


class IncomeProject(models.Model):
    """A result, a competition, a training or a service that brought money (收入项目).

    ``gain`` is the net income, the value of the shares or the profit of a conversion, else what
    the school received. The check of the lower bound is kept as it stood when it was confirmed.
    """

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="学校"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=12, choices=IncomeKind.choices)
    title = models.CharField("项目", max_length=120)
    way = models.CharField("转化方式", max_length=12, choices=ConversionWay.choices, blank=True)
    gain = models.DecimalField("收入", max_digits=16, decimal_places=2)
    agreed = models.BooleanField("奖励有规定或约定", default=False)
    agreement = models.CharField("规定或约定", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=ProjectState.choices, default=ProjectState.DRAFT
    )
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    least_reward = models.DecimalField(
        "奖励下限", max_digits=16, decimal_places=2, null=True, blank=True
    )
    verdict = models.CharField("下限核对", max_length=10, blank=True)
    clause = models.CharField("下限依据", max_length=200, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "收入项目"
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(gain__gte=0), name="income_gain_not_negative"),
            models.CheckConstraint(
                condition=Q(kind__in=IncomeKind.values), name="income_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProjectState.values), name="income_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="conversion") | ~Q(way=""), name="income_conversion_has_way"
            ),
            models.CheckConstraint(
                condition=Q(agreed=False) | ~Q(agreement=""), name="income_agreed_says_where"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(confirmed_at__isnull=False),
                name="income_confirmed_some_time",
            ),
        ]
        indexes = [models.Index(fields=["school", "year"], name="income_by_school")]

    def __str__(self) -> str:
        return f"{self.title}（{self.get_kind_display()}）"

    def get_absolute_url(self) -> str:
        return reverse("incentives:income_project", args=[self.pk])

    @property
    def tone(self) -> str:
        return TONES[ProjectState(self.state)]


class IncomeShareQuerySet(models.QuerySet["IncomeShare"]):
    def present(self) -> IncomeShareQuerySet:
        """Shares that no correction replaced."""
        return self.filter(replaced_at__isnull=True)

    def counted(self) -> IncomeShareQuerySet:
        """What statements count: present shares of confirmed projects."""
        return self.present().filter(project__state=ProjectState.CONFIRMED)


class IncomeShare(models.Model):
    """What one person got of an income project; a correction is a new row (个人所得)."""

    project = models.ForeignKey(IncomeProject, on_delete=models.PROTECT, related_name="shares")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name="教师"
    )
    paid_on = models.DateField("发放日")
    amount = models.DecimalField("金额", max_digits=16, decimal_places=2)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    reason = models.CharField("更正理由", max_length=200, blank=True)
    replaced_at = models.DateTimeField("被更正时间", null=True, blank=True)
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    is_demo = models.BooleanField("演示数据", default=False)

    objects = IncomeShareQuerySet.as_manager()

    class Meta:
        verbose_name = "个人所得"
        ordering = ["project", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="income_share_not_negative"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, amount__gt=0)
                | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="income_share_corrected_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["person", "paid_on"], name="income_share_of_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.amount}"
