"""What members do for a group: targets in common, contributions, weights, yearly results."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from silian.foundation.reference.models import Division
from silian.operations.alliances.choices.contributions import (
    UNITS,
    ContributionState,
    Function,
    Grade,
)
from silian.operations.alliances.models.groups import AllianceGroup
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

TONES = {
    ContributionState.RECORDED: "open",
    ContributionState.CONFIRMED: "ok",
    ContributionState.REFUSED: "unset",
}


class JointTarget(models.Model):
    """What the members of a group want to reach together by a day (联合目标)."""

    group = models.ForeignKey(AllianceGroup, on_delete=models.CASCADE, related_name="targets")
    title = models.CharField("目标", max_length=120)
    unit = models.CharField("单位", max_length=20)
    value = models.DecimalField("目标值", max_digits=14, decimal_places=2)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="负责成员", related_name="+"
    )
    due_on = models.DateField("期限")
    basis = models.CharField("依据", max_length=160, blank=True)
    reached = models.DecimalField("最新进度", max_digits=14, decimal_places=2, default=0)
    reached_on = models.DateField("达成日", null=True, blank=True)
    dropped_on = models.DateField("取消日", null=True, blank=True)
    reason = models.CharField("取消理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "联合目标"
        ordering = ["group", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gt=0), name="joint_target_positive"),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True) | ~Q(reason=""),
                name="joint_target_dropped_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="joint_target_by_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def division_id(self) -> str:
        return self.group.division_id


class TargetNote(models.Model):
    """A note of progress of a joint target; the number is what stands, not what was added."""

    target = models.ForeignKey(JointTarget, on_delete=models.CASCADE, related_name="notes")
    on = models.DateField("截至日")
    value = models.DecimalField("完成值", max_digits=14, decimal_places=2)
    text = models.CharField("进展说明", max_length=500)
    evidence = models.CharField("依据材料", max_length=200)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="填报单位", related_name="+"
    )

    class Meta:
        verbose_name = "联合目标进展"
        ordering = ["target", "-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="target_note_not_negative"),
            models.CheckConstraint(condition=~Q(evidence=""), name="target_note_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.on}"

    @property
    def division_id(self) -> str:
        return self.target.group.division_id


class Contribution(models.Model):
    """One entry of the contribution ledger (贡献台账): who did what for whom, confirmed by whom."""

    group = models.ForeignKey(AllianceGroup, on_delete=models.CASCADE, related_name="contributions")
    contributor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="贡献单位", related_name="+"
    )
    receiver = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="受益单位",
        related_name="+",
    )
    function = models.CharField("贡献类别", max_length=16, choices=Function.choices)
    title = models.CharField("事项", max_length=120)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2)
    on = models.DateField("发生日")
    evidence = models.CharField("证明材料", max_length=200)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=ContributionState.choices,
        default=ContributionState.RECORDED,
    )
    recorded_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="登记单位", related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")
    decided_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="确认单位",
        related_name="+",
    )
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)
    reason = models.CharField("不予确认的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "成员贡献"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="contribution_positive"),
            models.CheckConstraint(
                condition=Q(state__in=ContributionState.values), name="contribution_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ContributionState.RECORDED)
                | (Q(decided_at__isnull=False) & Q(decided_by__isnull=False)),
                name="contribution_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=ContributionState.REFUSED) | ~Q(reason=""),
                name="contribution_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("recorded_by")),
                name="contribution_confirmed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["group", "state", "on"], name="contribution_of_group")]

    def __str__(self) -> str:
        return self.title

    @property
    def division_id(self) -> str:
        return self.group.division_id

    @property
    def tone(self) -> str:
        return TONES[ContributionState(self.state)]

    @property
    def unit(self) -> str:
        """The unit in which this function is counted."""
        return UNITS[Function(self.function)]


class ActivityWeight(models.Model):
    """How many points one unit of a function gives in a region, from a day on (贡献计分权重).

    Without a row the function's weight is 未设定 and no score is computed.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    function = models.CharField("贡献类别", max_length=16, choices=Function.choices)
    points = models.DecimalField("每单位分值", max_digits=8, decimal_places=3)
    ceiling = models.DecimalField(
        "年度上限（分）", max_digits=8, decimal_places=1, null=True, blank=True
    )
    valid_from = models.DateField("生效日")
    basis = models.CharField("依据", max_length=160)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "贡献计分权重"
        ordering = ["division", "function", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "function", "valid_from"], name="activity_weight_once"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0) & (Q(ceiling__isnull=True) | Q(ceiling__gt=0)),
                name="activity_weight_not_negative",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="activity_weight_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.get_function_display()} {self.points.quantize(Decimal('0.001'))}"


class AnnualAssessment(models.Model):
    """The yearly result of a group, with the figures as they stood (年度考核).

    A correction is another version with its reason; the former stays and is no longer current.
    """

    group = models.ForeignKey(AllianceGroup, on_delete=models.CASCADE, related_name="assessments")
    year = models.PositiveSmallIntegerField("年度")
    grade = models.CharField("结果", max_length=10, choices=Grade.choices)
    reason = models.CharField("考核意见", max_length=500)
    figures = models.JSONField("考核数据")
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="考核单位", related_name="+"
    )
    assessed_on = models.DateField("考核日")
    version = models.PositiveSmallIntegerField("版次", default=1)
    is_current = models.BooleanField("现行", default=True)
    correction = models.CharField("更正理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "集团联盟年度考核"
        ordering = ["group", "-year", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year"],
                condition=Q(is_current=True),
                name="group_assessed_once_a_year",
            ),
            models.UniqueConstraint(
                fields=["group", "year", "version"], name="group_assessment_version_once"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(correction=""), name="group_correction_says_why"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="group_assessment_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.year} 年度考核"

    @property
    def division_id(self) -> str:
        return self.group.division_id
