"""Education groups and alliances: who leads, who belongs, who sits in the council."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division, Industry
from silian.operations.alliances.choices.groups import (
    PRESENT_MEMBER_STATES,
    CouncilRole,
    DesignationKind,
    GroupKind,
    GroupLevel,
    GroupState,
    MemberKind,
    MemberState,
)
from silian.registers.organisations.models import Organisation

TONES = {
    GroupState.PREPARING: "open",
    GroupState.RUNNING: "ok",
    GroupState.SUSPENDED: "watch",
    GroupState.DISSOLVED: "unset",
}
MEMBER_TONES = {
    MemberState.APPLIED: "open",
    MemberState.INVITED: "open",
    MemberState.ACTIVE: "ok",
    MemberState.REFUSED: "unset",
    MemberState.LEFT: "unset",
}


class AllianceGroup(models.Model):
    """An education group, alliance, industry community or city consortium (集团联盟).

    ``entity`` is the organisation that the group became when it works as one (实体化运作).
    """

    kind = models.CharField("类别", max_length=16, choices=GroupKind.choices)
    level = models.CharField(
        "层级", max_length=10, choices=GroupLevel.choices, default=GroupLevel.CITY
    )
    name = models.CharField("名称", max_length=120)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="牵头单位", related_name="led_groups"
    )
    lead_kind = models.CharField(
        "牵头单位类别", max_length=12, choices=MemberKind.choices, default=MemberKind.OTHER
    )
    industry = models.ForeignKey(
        Industry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="面向行业",
        related_name="+",
    )
    park = models.CharField("依托园区", max_length=80, blank=True)
    purpose = models.TextField("宗旨和任务", max_length=2000, blank=True)
    basis = models.CharField("组建依据", max_length=120, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=GroupState.choices, default=GroupState.PREPARING
    )
    founded_on = models.DateField("发起日")
    started_on = models.DateField("运行起", null=True, blank=True)
    suspended_on = models.DateField("暂停日", null=True, blank=True)
    dissolved_on = models.DateField("解散日", null=True, blank=True)
    reason = models.CharField("暂停或解散理由", max_length=300, blank=True)
    is_entity = models.BooleanField("实体化运作", default=False)
    entity = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="运作实体",
        related_name="+",
    )
    entity_since = models.DateField("实体化运作起", null=True, blank=True)
    entity_evidence = models.CharField("实体化运作依据", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "集团联盟"
        ordering = ["division", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=GroupState.values), name="alliance_group_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=GroupKind.values), name="alliance_group_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state=GroupState.PREPARING)
                | Q(state=GroupState.DISSOLVED)
                | Q(started_on__isnull=False),
                name="alliance_group_running_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=GroupState.SUSPENDED)
                | (Q(suspended_on__isnull=False) & ~Q(reason="")),
                name="alliance_group_suspended_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=GroupState.DISSOLVED)
                | (Q(dissolved_on__isnull=False) & ~Q(reason="")),
                name="alliance_group_dissolved_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_entity=False)
                | (Q(entity_since__isnull=False) & ~Q(entity_evidence="")),
                name="alliance_group_entity_is_proven",
            ),
            models.UniqueConstraint(
                fields=["division", "name"],
                condition=~Q(state=GroupState.DISSOLVED),
                name="alliance_group_name_once",
            ),
        ]
        indexes = [models.Index(fields=["division", "kind", "state"], name="group_of_division")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("alliances:group_detail", kwargs={"group_id": self.pk})

    @property
    def public_url(self) -> str:
        return reverse("alliances:group_public", kwargs={"group_id": self.pk})

    @property
    def tone(self) -> str:
        """The status light of the state."""
        return TONES[GroupState(self.state)]

    @property
    def is_consortium(self) -> bool:
        return self.kind == GroupKind.CITY_CONSORTIUM


class DesignationQuerySet(models.QuerySet["GroupDesignation"]):
    def in_force(self, *, on: datetime.date) -> DesignationQuerySet:
        """Designations whose half-open period holds the day."""
        lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
        return self.filter(lasting, starts_on__lte=on)


class GroupDesignation(models.Model):
    """A dated distinction of a group by an authority, with its document (示范认定)."""

    group = models.ForeignKey(AllianceGroup, on_delete=models.CASCADE, related_name="designations")
    kind = models.CharField("名称", max_length=14, choices=DesignationKind.choices)
    level = models.CharField("级别", max_length=10, choices=GroupLevel.choices)
    authority = models.CharField("认定机关", max_length=80)
    document_number = models.CharField("认定文号", max_length=80)
    starts_on = models.DateField("认定日")
    ends_on = models.DateField("失效日（不含）", null=True, blank=True)
    end_reason = models.CharField("失效理由", max_length=300, blank=True)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        verbose_name = "集团联盟认定"
        ordering = ["group", "-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="group_designation_ordered",
            ),
            models.CheckConstraint(
                condition=~Q(document_number=""), name="group_designation_has_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}{self.get_kind_display()}"

    @property
    def division_id(self) -> str:
        return self.group.division_id


class MemberQuerySet(models.QuerySet["GroupMember"]):
    def on(self, day: datetime.date) -> MemberQuerySet:
        """Members whose half-open membership holds the day."""
        lasting = Q(left_on__isnull=True) | Q(left_on__gt=day)
        return self.filter(lasting, joined_on__isnull=False, joined_on__lte=day)


class GroupMember(models.Model):
    """An organisation's place in a group, from application or invitation on (成员)."""

    group = models.ForeignKey(AllianceGroup, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        verbose_name="单位",
        related_name="group_memberships",
    )
    kind = models.CharField("成员类别", max_length=12, choices=MemberKind.choices)
    duty = models.CharField("承担的任务", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=MemberState.choices)
    asked_on = models.DateField("申请或邀请日")
    joined_on = models.DateField("加入日", null=True, blank=True)
    left_on = models.DateField("退出日（不含）", null=True, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "集团联盟成员"
        ordering = ["group", "joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=Q(state__in=sorted(PRESENT_MEMBER_STATES)),
                name="group_member_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=MemberState.ACTIVE)
                | (Q(joined_on__isnull=False) & Q(left_on__isnull=True)),
                name="group_member_active_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=MemberState.LEFT)
                | (Q(left_on__isnull=False) & Q(left_on__gte=F("joined_on"))),
                name="group_member_left_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=MemberState.REFUSED) | ~Q(reason=""),
                name="group_member_refused_says_why",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="group_member_of_unit")]

    def __str__(self) -> str:
        return f"{self.group} {self.organisation}"

    @property
    def division_id(self) -> str:
        return self.group.division_id

    @property
    def tone(self) -> str:
        return MEMBER_TONES[MemberState(self.state)]


class CouncilPost(models.Model):
    """Who sits in the council of a group for a term (理事会任职)."""

    group = models.ForeignKey(AllianceGroup, on_delete=models.CASCADE, related_name="council")
    role = models.CharField("职务", max_length=12, choices=CouncilRole.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    holder = models.CharField("姓名", max_length=40)
    position = models.CharField("单位职务", max_length=80, blank=True)
    starts_on = models.DateField("任期起")
    ends_on = models.DateField("任期止（不含）")
    left_on = models.DateField("离任日", null=True, blank=True)

    class Meta:
        verbose_name = "理事会任职"
        ordering = ["group", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="council_term_ordered"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("starts_on")),
                name="council_left_after_start",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(role=CouncilRole.CHAIR, left_on__isnull=True),
                name="council_one_chair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.holder}"

    @property
    def division_id(self) -> str:
        return self.group.division_id
