"""Pairings: a zone with a school, a place with a place it helps; their actions and results."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.alliances.choices.pairings import (
    PAIRING_TONES,
    PUBLIC_PAIRINGS,
    PairingKind,
    PairingState,
)
from silian.operations.alliances.models.zones import IndustrialZone
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models import Programme


class PairingQuerySet(models.QuerySet["Pairing"]):
    def running(self, *, on: datetime.date) -> PairingQuerySet:
        """Confirmed pairings whose half-open period held the day, and that had not ended."""
        lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
        return self.filter(
            lasting, state__in=sorted(PUBLIC_PAIRINGS), starts_on__lte=on, ends_on__gt=on
        )


class Pairing(models.Model):
    """A zone with a partner school, or a place with a place that it helps (结对).

    ``division`` is where it counts: that of the zone, or of the place that is helped.
    ``due_at`` is when a proposal must be answered.
    """

    kind = models.CharField("类别", max_length=12, choices=PairingKind.choices)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    zone = models.ForeignKey(
        IndustrialZone,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="产业集聚区",
        related_name="pairings",
    )
    school = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="院校",
        related_name="pairings",
    )
    helper = models.ForeignKey(
        Division,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="帮扶方",
        related_name="+",
    )
    programmes = models.ManyToManyField(
        Programme, blank=True, verbose_name="共建专业", related_name="+"
    )
    agreement_reference = models.CharField("协议编号", max_length=80, blank=True)
    starts_on = models.DateField("起始日")
    ends_on = models.DateField("终止日（不含）")
    plan = models.TextField("合作计划", max_length=2000)
    state = models.CharField(
        "状态", max_length=10, choices=PairingState.choices, default=PairingState.PROPOSED
    )
    proposed_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name="提出单位", related_name="+"
    )
    proposed_by_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    due_at = models.DateTimeField("答复期限")
    answer = models.CharField("退回或结束的理由", max_length=300, blank=True)
    ended_on = models.DateField("结束日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = "结对"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PairingState.values), name="pairing_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=PairingKind.ZONE_SCHOOL,
                    zone__isnull=False,
                    school__isnull=False,
                    helper__isnull=True,
                )
                | Q(
                    kind__in=[PairingKind.COUNTY_AID, PairingKind.COUNTERPART],
                    zone__isnull=True,
                    helper__isnull=False,
                ),
                name="pairing_names_its_sides",
            ),
            models.CheckConstraint(
                condition=Q(helper__isnull=True) | ~Q(helper=F("division")),
                name="pairing_of_two_places",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="pairing_period_ordered"
            ),
            models.CheckConstraint(
                condition=~Q(state=PairingState.ENDED)
                | (Q(ended_on__isnull=False) & ~Q(answer="")),
                name="pairing_ended_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=PairingState.RETURNED) | ~Q(answer=""),
                name="pairing_returned_says_why",
            ),
            models.UniqueConstraint(
                fields=["zone", "school"],
                condition=Q(state__in=[PairingState.PROPOSED, PairingState.RUNNING]),
                name="pairing_of_zone_and_school_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "helper", "division"],
                condition=Q(
                    helper__isnull=False,
                    state__in=[PairingState.PROPOSED, PairingState.RUNNING],
                ),
                name="pairing_of_places_once",
            ),
        ]
        indexes = [models.Index(fields=["zone", "state"], name="pairing_of_zone")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("alliances:pairing_detail", kwargs={"pairing_id": self.pk})

    @property
    def title(self) -> str:
        """Who stands beside whom: zone and school, or the two places."""
        if self.zone is not None:
            return f"{self.zone.name} — {self.school.display_name if self.school else ''}"
        return f"{self.helper.name if self.helper else ''} → {self.division.name}"

    @property
    def tone(self) -> str:
        return PAIRING_TONES[PairingState(self.state)]

    @property
    def last_day(self) -> datetime.date:
        """The last day inside, as papers write it (截止日)."""
        return self.ends_on - datetime.timedelta(days=1)


class PairingAction(models.Model):
    """Something that a pairing is to do by a day, and what came of it (结对行动)."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="actions")
    title = models.CharField("行动", max_length=120)
    due_on = models.DateField("完成期限")
    done_on = models.DateField("完成日", null=True, blank=True)
    result = models.CharField("成效", max_length=500, blank=True)
    people = models.PositiveIntegerField("受益人数", null=True, blank=True)

    class Meta:
        verbose_name = "结对行动"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(result=""),
                name="pairing_action_done_has_result",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def division_id(self) -> str:
        return self.pairing.division_id
