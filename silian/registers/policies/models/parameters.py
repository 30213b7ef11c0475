"""Dated parameters: the numbers of policies, and those that a policy leaves open."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.foundation.reference.models import Division
from silian.registers.accounts.models import User
from silian.registers.policies.choices import Comparator, Force
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.documents import PolicyDocument


class ParameterQuerySet(models.QuerySet["Parameter"]):
    def known(self, *, at: datetime.datetime | None = None) -> ParameterQuerySet:
        """Rows as they were known at a moment, now when none is given (当时所知).

        What was put right or withdrawn later still counted then.
        """
        standing = self.filter(withdraws=False)
        if at is None:
            return standing.filter(correction__isnull=True)
        told = Q(set_at__isnull=True) | Q(set_at__lte=at)
        return standing.filter(told).exclude(correction__set_at__lte=at)

    def valid(
        self, *, on: datetime.date, known_at: datetime.datetime | None = None
    ) -> ParameterQuerySet:
        """Parameters whose half-open period holds the day, as known at a moment."""
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
        return self.known(at=known_at).filter(lasting, valid_from__lte=on)


class Parameter(models.Model):
    """A dated value that a policy sets for a jurisdiction (参数).

    A rule that demands a value and gives none has neither ``value`` nor ``low`` nor ``high``: it
    shows as 未设定 and is never guessed. A row is never changed: a later ``valid_from`` takes the
    place of an earlier one from that day on, and a mistake is put right by a row that ``corrects``
    it. A row that ``withdraws`` another says that the other counts no more, and has no value; one
    that ``restores`` an earlier row says again what it said, once its correction is taken back.
    ``meaning`` says what a parameter opened on the platform is for.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    code = models.CharField("编号", max_length=20)
    name = models.CharField("参数名", max_length=80)
    key = models.CharField("档次", max_length=40, blank=True)
    title = models.CharField("中文名称", max_length=120)
    meaning = models.TextField("含义", max_length=500, blank=True)
    value = models.DecimalField("数值", max_digits=18, decimal_places=4, null=True, blank=True)
    low = models.DecimalField("下限", max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField("上限", max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField("单位", max_length=30, blank=True)
    comparator = models.CharField("比较方式", max_length=6, choices=Comparator.choices, blank=True)
    force = models.CharField("强制程度", max_length=14, choices=Force.choices)
    document = models.ForeignKey(
        PolicyDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="parameters"
    )
    clause = models.ForeignKey(
        Clause, on_delete=models.SET_NULL, null=True, blank=True, related_name="parameters"
    )
    source = models.CharField("文号", max_length=80)
    place = models.CharField("条款", max_length=80, blank=True)
    evidence = models.CharField("依据等级", max_length=4, blank=True)
    valid_from = models.DateField("有效期起")
    valid_to = models.DateField("有效期止（不含）", null=True, blank=True)
    review_by = models.DateField("复核期限", null=True, blank=True)
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="更正的参数",
        related_name="correction",
    )
    withdraws = models.BooleanField("撤回", default=False)
    restores = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="恢复的参数",
        related_name="+",
    )
    reason = models.CharField("设定或更正理由", max_length=200, blank=True)
    set_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField("设定时间", null=True, blank=True)

    objects = ParameterQuerySet.as_manager()

    class Meta:
        verbose_name = "参数"
        ordering = ["division", "code", "key", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "code", "name", "key", "valid_from", "source"],
                condition=Q(corrects__isnull=True),
                name="parameter_once",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""),
                name="parameter_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdraws=False)
                | Q(
                    corrects__isnull=False,
                    value__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                ),
                name="parameter_withdrawal_has_no_value",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="parameter_period_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_set(self) -> bool:
        """Whether the policy or the site gives a value; otherwise it shows as 未设定."""
        return (self.value, self.low, self.high) != (None, None, None)

    @property
    def is_entered(self) -> bool:
        """Whether officials entered the row here; the others came with a policy (平台录入)."""
        return self.set_at is not None

    def get_absolute_url(self) -> str:
        return reverse("policies:parameter_detail", kwargs={"parameter_id": self.pk})
