"""Coordinating bodies: leading groups, joint conferences, their offices, and who sits in them."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.operations.alliances.choices.coordination import BodyKind, PostRole, Rhythm
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models import PolicyDocument


class CoordinatingBody(models.Model):
    """A leading group, joint conference, or the office of one (协调机构).

    ``seat`` is the organisation that runs the daily work. An empty ``rhythm`` reads 未设定.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    kind = models.CharField("类别", max_length=18, choices=BodyKind.choices)
    name = models.CharField("名称", max_length=120)
    duties = models.TextField("职责", max_length=2000, blank=True)
    seat = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="办公室所在单位",
        related_name="+",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="上级机构",
        related_name="offices",
    )
    basis = models.ForeignKey(
        PolicyDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="设立依据",
        related_name="+",
    )
    rhythm = models.CharField("研究工作周期", max_length=12, choices=Rhythm.choices, blank=True)
    founded_on = models.DateField("成立日")
    ended_on = models.DateField("撤销日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "协调机构"
        ordering = ["division", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("founded_on")),
                name="coordinating_body_life_ordered",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="coordinating_body_not_its_own_office",
            ),
            models.UniqueConstraint(
                fields=["division", "name"],
                condition=Q(ended_on__isnull=True),
                name="coordinating_body_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("alliances:body_detail", kwargs={"body_id": self.pk})


class PostQuerySet(models.QuerySet["Post"]):
    def in_force(self, *, on: datetime.date) -> PostQuerySet:
        """Posts whose half-open period ``[starts_on, ends_on)`` holds the day."""
        lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
        return self.filter(lasting, starts_on__lte=on)


class Post(models.Model):
    """A place in a body that goes with a position, not with a person (成员席位).

    When the holder of the position changes, the post stays and gets a new ``Seat``.
    """

    body = models.ForeignKey(CoordinatingBody, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField("职务", max_length=16, choices=PostRole.choices)
    position = models.CharField("所任职位", max_length=120)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="所在单位",
        related_name="coordination_posts",
    )
    order = models.PositiveSmallIntegerField("次序", default=0)
    starts_on = models.DateField("设立日")
    ends_on = models.DateField("撤销日（不含）", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "成员席位"
        ordering = ["body", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="post_period_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.position}"

    @property
    def division_id(self) -> str:
        return self.body.division_id


class Seat(models.Model):
    """The person who holds a post for a time (任职)."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="seats")
    holder = models.CharField("姓名", max_length=40)
    starts_on = models.DateField("任职起")
    ends_on = models.DateField("任职止（不含）", null=True, blank=True)

    class Meta:
        verbose_name = "任职"
        ordering = ["post", "-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_period_ordered",
            ),
            models.UniqueConstraint(
                fields=["post"], condition=Q(ends_on__isnull=True), name="seat_one_holder"
            ),
        ]

    def __str__(self) -> str:
        return self.holder
