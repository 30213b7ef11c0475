"""Bodies that policies make responsible, under every name they bore."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.registers.organisations.models import Organisation


class PolicyBody(models.Model):
    """A body as policies name it (责任单位), joined to its organisation where one is registered.

    A merged or renamed office hands over to ``successor``; tasks follow it.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    name = models.CharField("规范名称", max_length=80)
    function = models.CharField("职能", max_length=20, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="对应单位",
        related_name="policy_bodies",
    )
    is_generic = models.BooleanField("泛称", default=False)
    needs_check = models.BooleanField("待核对", default=False)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="职责划入",
        related_name="predecessors",
    )
    ended_on = models.DateField("划出日", null=True, blank=True)

    class Meta:
        verbose_name = "责任单位"
        ordering = ["division", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["division", "name"], name="policy_body_once"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("pk")),
                name="policy_body_succeeds_another",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(ended_on__isnull=False),
                name="policy_body_handed_over_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("policies:body_detail", kwargs={"body_id": self.pk})


class BodyName(models.Model):
    """A name that a body bears or bore (别称), half-open in time."""

    body = models.ForeignKey(PolicyBody, on_delete=models.CASCADE, related_name="names")
    name = models.CharField("名称", max_length=80)
    valid_from = models.DateField("启用日", null=True, blank=True)
    valid_to = models.DateField("停用日（不含）", null=True, blank=True)

    class Meta:
        verbose_name = "责任单位别称"
        ordering = ["body", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "name"], name="policy_body_name_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="policy_body_name_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.name
