"""Apprenticeships: programmes, apprentices with two identities, wages, rotation, hours, exams."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from silian.foundation.reference.models import Division, Occupation
from silian.operations.placements.choices.orders import (
    APPRENTICES_HELD,
    ApprenticeLevel,
    ApprenticeScheme,
    ApprenticeshipState,
    ApprenticeState,
)
from silian.operations.placements.rules.apprenticeships import APPRENTICE_TONES, PROGRAMME_TONES
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.programmes.models import Programme


class Apprenticeship(models.Model):
    """A programme by which an enterprise and a school train apprentices (学徒培养项目).

    Basis: 职业教育法第三十条; 人社部发〔2018〕66号, 人社部发〔2021〕39号. ``months`` is the
    length of training; hours are of the whole plan for each apprentice.
    """

    number = models.CharField("项目编号", max_length=30, unique=True)
    scheme = models.CharField("形式", max_length=10, choices=ApprenticeScheme.choices)
    title = models.CharField("名称", max_length=120)
    enterprise = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="apprenticeships", verbose_name="企业"
    )
    school = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="joint_apprenticeships",
        verbose_name="院校（培训机构）",
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="专业",
    )
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="职业（工种）",
    )
    level = models.CharField("培养目标", max_length=6, choices=ApprenticeLevel.choices)
    months = models.PositiveSmallIntegerField("培养期（月）")
    theory_hours = models.PositiveSmallIntegerField("理论课时")
    practice_hours = models.PositiveSmallIntegerField("实操课时")
    is_pilot = models.BooleanField("试点项目", default=False)
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("终止日（不含）")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=ApprenticeshipState.choices,
        default=ApprenticeshipState.DRAFT,
    )
    filing_number = models.CharField("备案号", max_length=60, blank=True)
    filed_on = models.DateField("备案日", null=True, blank=True)
    filed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    return_reason = models.CharField("退回或终止原因", max_length=300, blank=True)
    terms = models.JSONField("共同协议条款", default=dict)
    experience = models.TextField("试点经验", blank=True)
    closed_on = models.DateField("完成日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("起草时间", auto_now_add=True)

    class Meta:
        verbose_name = "学徒培养项目"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="apprenticeship_period_ordered"
            ),
            models.CheckConstraint(condition=Q(months__gte=1), name="apprenticeship_has_months"),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[
                        ApprenticeshipState.FILED,
                        ApprenticeshipState.RUNNING,
                        ApprenticeshipState.COMPLETED,
                    ]
                )
                | Q(filed_on__isnull=False),
                name="apprenticeship_runs_after_filing",
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "state"], name="apprenticeship_by_enterprise"),
            models.Index(fields=["school", "state"], name="apprenticeship_by_school"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("placements:apprenticeship_detail", kwargs={"apprenticeship_id": self.pk})

    @property
    def tone(self) -> str:
        """The status light of the state."""
        return PROGRAMME_TONES[ApprenticeshipState(self.state)]


class RotationStep(models.Model):
    """Where apprentices work and learn in which months of the training (轮岗计划)."""

    apprenticeship = models.ForeignKey(
        Apprenticeship, on_delete=models.CASCADE, related_name="rotation"
    )
    order = models.PositiveSmallIntegerField("次序")
    place = models.CharField("岗位或部门", max_length=100)
    tasks = ArrayField(models.CharField(max_length=100), default=list, verbose_name="学习任务")
    first_month = models.PositiveSmallIntegerField("起始月")
    last_month = models.PositiveSmallIntegerField("结束月")

    class Meta:
        verbose_name = "轮岗计划"
        ordering = ["apprenticeship", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month"), first_month__gte=1),
                name="rotation_months_ordered",
            )
        ]

    def __str__(self) -> str:
        return f"第 {self.first_month}–{self.last_month} 月 {self.place}"


class WageStep(models.Model):
    """The pay of apprentices from a month of the training on, yuan a month (学徒工资递增)."""

    apprenticeship = models.ForeignKey(
        Apprenticeship, on_delete=models.CASCADE, related_name="wage_steps"
    )
    from_month = models.PositiveSmallIntegerField("自第几月")
    wage = models.DecimalField("工资（元/月）", max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = "学徒工资递增"
        ordering = ["apprenticeship", "from_month"]
        constraints = [
            models.UniqueConstraint(
                fields=["apprenticeship", "from_month"], name="wage_step_of_a_month_once"
            ),
            models.CheckConstraint(condition=Q(from_month__gte=1), name="wage_step_in_training"),
        ]

    def __str__(self) -> str:
        return f"第 {self.from_month} 月起 {self.wage} 元"


class Apprentice(models.Model):
    """One apprentice: student and employee at once, with two mentors (学徒).

    Under 现代学徒制 the person is a student of the school first; under 企业新型学徒制 an employee
    first, with a labour contract and a training agreement.
    """

    apprenticeship = models.ForeignKey(
        Apprenticeship, on_delete=models.PROTECT, related_name="apprentices"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="apprentice_seats", verbose_name="学徒"
    )
    student_number = models.CharField("学籍（注册）号", max_length=30, blank=True)
    employee_number = models.CharField("工号", max_length=30, blank=True)
    contract_number = models.CharField("劳动合同编号", max_length=60, blank=True)
    contract_starts_on = models.DateField("劳动合同起始日", null=True, blank=True)
    contract_ends_on = models.DateField("劳动合同终止日（不含）", null=True, blank=True)
    enterprise_mentor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="企业导师",
    )
    school_mentor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="院校导师",
    )
    is_full_time_student = models.BooleanField("全日制在校学生", default=False)
    state = models.CharField(
        "状态", max_length=12, choices=ApprenticeState.choices, default=ApprenticeState.ENROLLED
    )
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("终止日（不含）")
    certificate_number = models.CharField("证书编号", max_length=60, blank=True)
    certificate_level = models.CharField("证书等级", max_length=20, blank=True)
    certified_on = models.DateField("发证日", null=True, blank=True)
    reason = models.CharField("离开或不合格原因", max_length=200, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "学徒"
        ordering = ["apprenticeship", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["apprenticeship", "person"], name="apprentice_of_a_programme_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="apprentice_period_ordered"
            ),
            models.CheckConstraint(
                condition=~Q(state=ApprenticeState.LEFT) | ~Q(reason=""),
                name="apprentice_left_with_reason",
            ),
            ExclusionConstraint(
                name="apprentice_in_one_programme",
                expressions=[
                    (Func(F("person"), F("person"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(F("starts_on"), F("ends_on"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=sorted(APPRENTICES_HELD)),
                violation_error_message="该人员在这段时间已是其他项目的学徒。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.apprenticeship}"

    def get_absolute_url(self) -> str:
        return reverse("placements:apprentice_detail", kwargs={"apprentice_id": self.pk})

    @property
    def tone(self) -> str:
        return APPRENTICE_TONES[ApprenticeState(self.state)]


class TrainingMonth(models.Model):
    """Hours that one apprentice was taught and practised in one month (学徒课时记录)."""

    apprentice = models.ForeignKey(Apprentice, on_delete=models.CASCADE, related_name="months")
    month = models.DateField("月份")
    theory_hours = models.PositiveSmallIntegerField("理论课时", default=0)
    practice_hours = models.PositiveSmallIntegerField("实操课时", default=0)
    note = models.CharField("说明", max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "学徒课时记录"
        ordering = ["apprentice", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["apprentice", "month"], name="training_of_a_month_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="training_month_is_a_first"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class ApprenticeExam(models.Model):
    """One assessment of an apprentice (学徒考核)."""

    apprentice = models.ForeignKey(Apprentice, on_delete=models.CASCADE, related_name="exams")
    title = models.CharField("考核", max_length=100)
    taken_on = models.DateField("考核日")
    score = models.DecimalField("成绩", max_digits=5, decimal_places=1)
    pass_mark = models.DecimalField("合格线", max_digits=5, decimal_places=1)
    is_final = models.BooleanField("结业考核", default=False)
    examiner = models.CharField("考核单位", max_length=100)

    class Meta:
        verbose_name = "学徒考核"
        ordering = ["apprentice", "taken_on", "pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.score}"

    @property
    def is_passed(self) -> bool:
        return self.score >= self.pass_mark
