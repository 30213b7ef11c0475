"""Yearly returns: their versions, what the rules said of each, what offices think."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.learning.choices import (
    TONES,
    ReturnState,
    SpendingKind,
    Stance,
    TraineeClass,
)
from silian.operations.learning.models.calls import FundCall
from silian.operations.learning.rules.figures import Figures
from silian.operations.learning.rules.verdicts import TONES as VERDICT_TONES
from silian.registers.accounts.models import User
from silian.registers.credit.models import CorrectionCase
from silian.registers.organisations.models import Organisation

WITH_CASE = (
    ReturnState.ORDERED,
    ReturnState.REPORTED,
    ReturnState.CORRECTED,
    ReturnState.REFUSED,
)


class FundReturn(models.Model):
    """What an enterprise reports for a year (职工教育经费年度报告).

    ``current`` is the version last submitted; a version without ``submitted_at`` is the draft.
    ``covers_until`` is the last day of the year, by which the rules are chosen.
    """

    call = models.ForeignKey(FundCall, on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="fund_returns", verbose_name="企业"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    year = models.PositiveSmallIntegerField("报告年度")
    covers_until = models.DateField("报告年度末")
    state = models.CharField(
        "状态", max_length=10, choices=ReturnState.choices, default=ReturnState.DRAFT
    )
    current = models.ForeignKey(
        "learning.ReturnVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_submitted_at = models.DateTimeField("首次提交时间", null=True, blank=True)
    check_due_at = models.DateTimeField("核对期限", null=True, blank=True)
    was_returned = models.BooleanField("已退回补正", default=False)
    fix_list = models.TextField("补正清单", max_length=3000, blank=True)
    fix_due_at = models.DateTimeField("补正期限", null=True, blank=True)
    conclusion = models.CharField("核对结论", max_length=500, blank=True)
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField("核对时间", null=True, blank=True)
    case = models.ForeignKey(
        CorrectionCase,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="责令改正",
    )
    ordered_on = models.DateField("责令改正日", null=True, blank=True)
    order_ended_on = models.DateField("责令改正办结日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "职工教育经费年度报告"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], name="fund_return_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReturnState.values), name="fund_return_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ReturnState.DRAFT) | Q(current__isnull=False),
                name="fund_return_beyond_draft_has_version",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.FIXING)
                | (Q(was_returned=True, fix_due_at__isnull=False) & ~Q(fix_list="")),
                name="fund_return_fixing_has_list_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_CASE) | Q(case__isnull=False, ordered_on__isnull=False),
                name="fund_return_ordered_has_case",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.CONFIRMED) | Q(checked_at__isnull=False),
                name="fund_return_confirmed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "year", "state"], name="fund_return_by_place"),
            models.Index(fields=["case"], name="fund_return_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year} 年职工教育培训经费报告"

    def get_absolute_url(self) -> str:
        return reverse("learning:return_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How the state is drawn."""
        return TONES[ReturnState(self.state)]


class ReturnVersion(models.Model):
    """One statement of all numbers; once submitted it stays (年度报告版本).

    ``spending`` maps a kind to [amount, front-line part] and ``trainees`` a class to people;
    amounts stand there as decimal text. ``carry_out`` is what the tax rule carries on.
    """

    fund_return = models.ForeignKey(FundReturn, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("版次")
    wages = models.DecimalField("职工工资总额", max_digits=16, decimal_places=2, default=0)
    extracted = models.DecimalField("提取的经费", max_digits=16, decimal_places=2, default=0)
    carried_in = models.DecimalField(
        "以前年度结转未扣除的支出", max_digits=16, decimal_places=2, default=0
    )
    carry_out = models.DecimalField(
        "结转以后年度", max_digits=16, decimal_places=2, null=True, blank=True
    )
    spent = models.DecimalField("支出合计", max_digits=16, decimal_places=2, default=0)
    frontline_spent = models.DecimalField(
        "用于一线职工", max_digits=16, decimal_places=2, default=0
    )
    staff = models.PositiveIntegerField("年末职工人数", default=0)
    frontline_staff = models.PositiveIntegerField("一线职工人数", default=0)
    spending = models.JSONField("分类支出", default=dict, blank=True)
    trainees = models.JSONField("培训人数", default=dict, blank=True)
    note = models.TextField("说明", max_length=2000, blank=True)
    reason = models.CharField("更正理由", max_length=500, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "年度报告版本"
        ordering = ["fund_return", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund_return", "number"], name="return_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["fund_return"],
                condition=Q(submitted_at__isnull=True),
                name="return_version_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(wages__gte=0, extracted__gte=0, carried_in__gte=0, spent__gte=0),
                name="return_version_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | Q(wages__gt=0, frontline_spent__lte=F("spent"), frontline_staff__lte=F("staff")),
                name="return_version_submitted_plausible",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="return_version_later_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 版"

    @property
    def figures(self) -> Figures:
        """The numbers as the rules read them."""
        spending = {
            kind: (Decimal(amount), Decimal(part)) for kind, (amount, part) in self.spending.items()
        }
        return Figures(
            wages=self.wages,
            extracted=self.extracted,
            carried_in=self.carried_in,
            staff=self.staff,
            frontline_staff=self.frontline_staff,
            spending=spending,
            trainees=self.trainees,
            note=self.note,
        )

    def take(self, figures: Figures) -> None:
        """Write numbers into the row, sums included; the caller saves."""
        self.wages, self.extracted = figures.wages, figures.extracted
        self.carried_in = figures.carried_in
        self.staff, self.frontline_staff = figures.staff, figures.frontline_staff
        self.spent, self.frontline_spent = figures.spent, figures.frontline_spent
        self.spending = {
            kind: [str(amount), str(part)] for kind, (amount, part) in figures.spending.items()
        }
        self.trainees = dict(figures.trainees)
        self.note = figures.note

    @property
    def lines(self) -> list[tuple[str, Decimal, Decimal]]:
        """Kinds on which something was spent: label, amount, front-line part (分类支出)."""
        found = self.figures.spending
        return [
            (str(kind.label), *found[kind.value])
            for kind in SpendingKind
            if kind.value in found and any(found[kind.value])
        ]

    @property
    def people(self) -> list[tuple[str, int]]:
        return [(str(each.label), int(self.trainees.get(each.value, 0))) for each in TraineeClass]

    @property
    def stated(self) -> dict[str, Any]:
        """Every number by its label, for comparing versions."""
        found: dict[str, Any] = {
            "职工工资总额": f"{self.wages:,} 元",
            "提取的经费": f"{self.extracted:,} 元",
            "以前年度结转未扣除的支出": f"{self.carried_in:,} 元",
            "年末职工人数": f"{self.staff:,} 人",
            "一线职工人数": f"{self.frontline_staff:,} 人",
        }
        spending = self.figures.spending
        for kind in SpendingKind:
            amount, part = spending.get(kind.value, (Decimal(0), Decimal(0)))
            found[str(kind.label)] = f"{amount:,.2f} 元，其中一线 {part:,.2f} 元"
        for label, people in self.people:
            found[label] = f"{people:,} 人次"
        return {**found, "说明": self.note or "无"}


class ReturnCheck(models.Model):
    """What a rule said of a version when it was submitted (年度报告核对项)."""

    version = models.ForeignKey(ReturnVersion, on_delete=models.CASCADE, related_name="checks")
    rule = models.CharField("规则", max_length=20)
    gate = models.CharField("关口", max_length=40)
    title = models.CharField("核对项", max_length=120)
    word = models.CharField("结论", max_length=10)
    value = models.CharField("数值", max_length=40, blank=True)
    required = models.CharField("规定", max_length=40, blank=True)
    missing = models.DecimalField("差额", max_digits=16, decimal_places=2, null=True, blank=True)
    clause = models.CharField("条款", max_length=160, blank=True)
    force = models.CharField("强制程度", max_length=10, blank=True)
    cure = models.CharField("怎样补救", max_length=200, blank=True)
    is_breach = models.BooleanField("不符合", default=False)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "年度报告核对项"
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "rule", "gate"], name="return_check_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.word}"

    @property
    def tone(self) -> str:
        return VERDICT_TONES.get(self.word, "info")


class ReturnOpinion(models.Model):
    """What a consulted office thinks of a return (部门核对意见)."""

    fund_return = models.ForeignKey(FundReturn, on_delete=models.CASCADE, related_name="opinions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="部门"
    )
    stance = models.CharField("意见", max_length=8, choices=Stance.choices)
    text = models.CharField("说明", max_length=500, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField("提出时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "部门核对意见"
        ordering = ["fund_return", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund_return", "organisation"], name="return_opinion_once"
            ),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="return_opinion_stance_known"
            ),
            models.CheckConstraint(
                condition=~Q(stance=Stance.DOUBTS) | ~Q(text=""),
                name="return_opinion_doubt_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_stance_display()}"

    @property
    def tone(self) -> str:
        return "ok" if self.stance == Stance.AGREES else "watch"
