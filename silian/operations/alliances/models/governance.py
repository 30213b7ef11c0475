"""How a school is governed: charter, council and committees, autonomy, office."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.operations.alliances.choices.governance import (
    PROGRESS_TONES,
    GovernanceMatter,
    Organ,
    Progress,
    Side,
)
from silian.registers.organisations.models import Organisation


class GovernanceRecord(models.Model):
    """What a school tells of its governance (学校治理档案). ``office`` None reads 未填报."""

    school = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, verbose_name="学校", related_name="governance"
    )
    office = models.BooleanField("设有产教融合专门机构", null=True, blank=True)
    office_name = models.CharField("机构名称", max_length=80, blank=True)
    office_since = models.DateField("设立日", null=True, blank=True)
    cross_units = models.PositiveSmallIntegerField("跨学科教学科研组织", null=True, blank=True)
    cross_note = models.CharField("跨学科组织说明", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "学校治理档案"
        constraints = [
            models.CheckConstraint(
                condition=~Q(office=True) | (Q(office_since__isnull=False) & ~Q(office_name="")),
                name="governance_office_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} 治理档案"

    def get_absolute_url(self) -> str:
        return reverse("alliances:governance_detail", kwargs={"school_id": self.school_id})

    @property
    def division_id(self) -> str:
        return str(self.school.division_id)


class GovernancePart(models.Model):
    """What belongs to a school's record."""

    class Meta:
        abstract = True

    @property
    def division_id(self) -> str:
        return self.record.division_id  # type: ignore[attr-defined, no-any-return]


class CharterVersion(GovernancePart):
    """One version of a school's charter (学校章程版本). The text is a kept file."""

    record = models.ForeignKey(GovernanceRecord, on_delete=models.CASCADE, related_name="charters")
    version = models.CharField("版本", max_length=40)
    approved_by = models.CharField("核准机关", max_length=120)
    approved_on = models.DateField("核准日")
    in_force_on = models.DateField("生效日")
    note = models.CharField("主要修改", max_length=300, blank=True)

    class Meta:
        verbose_name = "学校章程版本"
        ordering = ["-in_force_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "version"], name="charter_version_once"),
            models.CheckConstraint(
                condition=Q(in_force_on__gte=F("approved_on")),
                name="charter_in_force_after_approval",
            ),
        ]

    def __str__(self) -> str:
        return f"章程 {self.version}"


class SeatHolders(models.QuerySet["GovernanceSeat"]):
    def in_force(self, *, on: datetime.date) -> SeatHolders:
        """Seats whose half-open period ``[starts_on, ends_on)`` holds the day."""
        return self.filter(
            Q(left_on__isnull=True) | Q(left_on__gt=on), starts_on__lte=on, ends_on__gt=on
        )


class GovernanceSeat(GovernancePart):
    """Somebody's seat in the council or a committee, by position and unit (治理机构席位)."""

    record = models.ForeignKey(GovernanceRecord, on_delete=models.CASCADE, related_name="seats")
    organ = models.CharField("机构", max_length=12, choices=Organ.choices)
    side = models.CharField("来源", max_length=12, choices=Side.choices)
    unit = models.CharField("单位", max_length=120)
    position = models.CharField("职务", max_length=80)
    is_chair = models.BooleanField("主持", default=False)
    starts_on = models.DateField("任期起")
    ends_on = models.DateField("任期止（不含）")
    left_on = models.DateField("提前离任日", null=True, blank=True)

    objects = SeatHolders.as_manager()

    class Meta:
        verbose_name = "治理机构席位"
        ordering = ["organ", "-is_chair", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="governance_seat_term_ordered"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("starts_on")),
                name="governance_seat_left_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_organ_display()} {self.unit} {self.position}"


class GovernanceMeeting(GovernancePart):
    """A meeting of the council or a committee, and what it decided (治理机构会议)."""

    record = models.ForeignKey(GovernanceRecord, on_delete=models.CASCADE, related_name="meetings")
    organ = models.CharField("机构", max_length=12, choices=Organ.choices)
    held_on = models.DateField("召开日")
    topic = models.CharField("议题", max_length=200)
    decisions = models.TextField("议定事项", max_length=2000)
    people = models.PositiveSmallIntegerField("到会人数")

    class Meta:
        verbose_name = "治理机构会议"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(people__gt=0), name="governance_meeting_attended"),
        ]

    def __str__(self) -> str:
        return f"{self.get_organ_display()} {self.held_on}"


class GovernanceItem(GovernancePart):
    """How far a matter of autonomy or reform has come, with its evidence (治理事项落实)."""

    record = models.ForeignKey(GovernanceRecord, on_delete=models.CASCADE, related_name="items")
    matter = models.CharField("事项", max_length=20, choices=GovernanceMatter.choices)
    progress = models.CharField("落实情况", max_length=12, choices=Progress.choices)
    evidence = models.CharField("做法和依据", max_length=500)
    told_on = models.DateField("填报日")

    class Meta:
        verbose_name = "治理事项落实"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "matter"], name="governance_item_once"),
            models.CheckConstraint(condition=~Q(evidence=""), name="governance_item_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.get_matter_display()} {self.get_progress_display()}"

    @property
    def tone(self) -> str:
        return PROGRESS_TONES[Progress(self.progress)]
