"""How enterprises take part in teaching, stage by stage."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.choices import ModuleForm, ParticipationStage
from silian.registers.programmes.models.programmes import Programme


class Participation(models.Model):
    """An enterprise took part in one stage of a programme's teaching (企业参与记录).

    ``confirmed_at`` is when the enterprise said so itself; the files of the record are evidence.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="participations", verbose_name="专业点"
    )
    enterprise = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="企业"
    )
    stage = models.CharField("参与环节", max_length=16, choices=ParticipationStage.choices)
    happened_on = models.DateField("日期")
    activity = models.CharField("做了什么", max_length=500)
    outcome = models.CharField("形成的成果", max_length=300, blank=True)
    people = models.PositiveSmallIntegerField("企业参与人数", default=1)
    hours = models.DecimalField("企业投入时数", max_digits=6, decimal_places=1, default=0)
    evidence_count = models.PositiveSmallIntegerField("证明材料", default=0)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("企业确认时间", null=True, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "企业参与记录"
        indexes = [
            models.Index(fields=["programme", "stage"], name="participation_of_programme"),
            models.Index(fields=["enterprise"], name="participation_of_enterprise"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=ParticipationStage.values), name="participation_stage_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.get_stage_display()}"

    @property
    def division_id(self) -> str:
        return self.programme.division_id


class TaskModule(models.Model):
    """A real task of an enterprise as a unit of teaching (任务模块). Basis: 任务式培养模式."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="task_modules", verbose_name="专业点"
    )
    enterprise = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="企业"
    )
    form = models.CharField("形式", max_length=12, choices=ModuleForm.choices)
    title = models.CharField("任务名称", max_length=120)
    product = models.CharField("交付的产品或服务", max_length=300)
    hours = models.PositiveSmallIntegerField("学时")
    students = models.PositiveSmallIntegerField("参加学生数")
    starts_on = models.DateField("开始日")
    ends_on = models.DateField("结束日（不含）")

    class Meta:
        verbose_name = "任务模块"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")), name="task_module_period_ordered"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def division_id(self) -> str:
        return self.programme.division_id
