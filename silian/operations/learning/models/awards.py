"""What a region gives, lists of those who get it, and each award of a list."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.foundation.reference.models import Division, Occupation
from silian.operations.learning.choices import (
    AWARD_LIST_TONES,
    AWARD_TONES,
    LIVING_AWARDS,
    AwardKind,
    AwardListState,
    AwardState,
    CertificateLevel,
    CompetitionLevel,
    ObjectionState,
    Prize,
    StandardName,
)
from silian.operations.learning.models.competitions import Competition, Entrant
from silian.operations.learning.models.promotions import Promotion
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person


class StandardQuerySet(models.QuerySet["AwardStandard"]):
    def valid(self, *, on: datetime.date) -> StandardQuerySet:
        """Values whose half-open period holds the day and that nothing corrects."""
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
        return self.filter(lasting, valid_from__lte=on, correction__isnull=True)


class AwardStandard(models.Model):
    """A value that a region set by a document of its own (奖补标准).

    No policy gives these numbers: what nobody entered is 未设定. A row is never changed; a later
    first day takes the place of an earlier one, and a mistake is put right by a row that corrects.
    """

    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, verbose_name="地区", related_name="+"
    )
    name = models.CharField("事项", max_length=12, choices=StandardName.choices)
    key = models.CharField("档次", max_length=20, blank=True)
    value = models.DecimalField("数值", max_digits=12, decimal_places=2)
    document = models.CharField("文件", max_length=200)
    clause = models.CharField("条款", max_length=80)
    valid_from = models.DateField("有效期起")
    valid_to = models.DateField("有效期止（不含）", null=True, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    reason = models.CharField("更正理由", max_length=200, blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("设定时间")
    is_demo = models.BooleanField("演示数据", default=False)

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = "奖补标准"
        ordering = ["division", "name", "key", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name", "key", "valid_from"],
                condition=Q(corrects__isnull=True),
                name="award_standard_once",
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="award_standard_positive"),
            models.CheckConstraint(
                condition=~Q(document="") & ~Q(clause=""), name="award_standard_has_basis"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="award_standard_period_ordered",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""),
                name="award_standard_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} {self.key}".strip()

    @property
    def basis(self) -> str:
        return f"{self.document} {self.clause}"

    @property
    def step(self) -> str:
        """The step in words: a level, or a prize of a kind of competition (档次)."""
        level, _, prize = self.key.partition(":")
        if prize:
            return f"{CompetitionLevel(level).label} {Prize(prize).label}"
        return str(CertificateLevel(level).label) if level else ""


class AwardList(models.Model):
    """Awards of a period, made, shown, approved by another person and paid (奖补名单)."""

    title = models.CharField("名称", max_length=120)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="地区"
    )
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="编制部门"
    )
    starts_on = models.DateField("期间起")
    ends_on = models.DateField("期间止（不含）")
    state = models.CharField(
        "状态", max_length=10, choices=AwardListState.choices, default=AwardListState.DRAFT
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("编制时间")
    noticed_at = models.DateTimeField("公示时间", null=True, blank=True)
    notice_until = models.DateField("公示截止日", null=True, blank=True)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    discard_reason = models.CharField("作废理由", max_length=500, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "奖补名单"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AwardListState.values), name="award_list_state_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("ends_on")), name="award_list_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(made_by__isnull=True)
                | ~Q(approved_by=F("made_by")),
                name="award_list_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(AwardListState.APPROVED, AwardListState.CLOSED))
                | Q(approved_at__isnull=False, notice_until__isnull=False),
                name="award_list_approved_after_notice",
            ),
            models.CheckConstraint(
                condition=~Q(state=AwardListState.DISCARDED) | ~Q(discard_reason=""),
                name="award_list_discarded_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("learning:award_list_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        return AWARD_LIST_TONES[AwardListState(self.state)]


class Award(models.Model):
    """One award of a list with what it rests on (奖补).

    ``gates`` keeps every condition as it was found when the list was made. A person is awarded
    once for a level of an occupation and once for a competition; the database says so.
    """

    award_list = models.ForeignKey(AwardList, on_delete=models.CASCADE, related_name="awards")
    kind = models.CharField("事由", max_length=12, choices=AwardKind.choices)
    promotion = models.ForeignKey(
        Promotion, on_delete=models.PROTECT, null=True, blank=True, related_name="awards"
    )
    entrant = models.ForeignKey(
        Entrant, on_delete=models.PROTECT, null=True, blank=True, related_name="awards"
    )
    competition = models.ForeignKey(
        Competition, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name="人员"
    )
    employer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField("等级", max_length=1, choices=CertificateLevel.choices, blank=True)
    reached = models.CharField("奖补事项", max_length=200)
    amount = models.DecimalField("金额", max_digits=12, decimal_places=2, null=True, blank=True)
    standard = models.ForeignKey(
        AwardStandard, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    clause = models.CharField("条款", max_length=300, blank=True)
    gates: models.JSONField[list[dict[str, Any]]] = models.JSONField("核查项", default=list)
    state = models.CharField("状态", max_length=10, choices=AwardState.choices)
    refusal = models.CharField("不发放理由", max_length=500, blank=True)
    attempt = models.PositiveSmallIntegerField("支付次数", default=0)
    payment = models.ForeignKey(
        FundPayment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    paid_on = models.DateField("支付日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "奖补"
        ordering = ["award_list", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "occupation", "level"],
                condition=Q(kind=AwardKind.PROMOTION, state__in=LIVING_AWARDS),
                name="award_once_for_a_level",
            ),
            models.UniqueConstraint(
                fields=["person", "competition"],
                condition=Q(kind=AwardKind.COMPETITION, state__in=LIVING_AWARDS),
                name="award_once_for_a_competition",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AwardState.values), name="award_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=AwardKind.PROMOTION, promotion__isnull=False, entrant__isnull=True)
                | Q(
                    kind=AwardKind.COMPETITION,
                    promotion__isnull=True,
                    entrant__isnull=False,
                    competition__isnull=False,
                ),
                name="award_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=AwardState.REFUSED) | Q(amount__gt=0, standard__isnull=False),
                name="award_living_has_amount_and_standard",
            ),
            models.CheckConstraint(
                condition=~Q(state=AwardState.REFUSED) | ~Q(refusal=""),
                name="award_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(AwardState.ORDERED, AwardState.PAID))
                | Q(payment__isnull=False),
                name="award_ordered_has_payment",
            ),
            models.CheckConstraint(
                condition=~Q(state=AwardState.PAID) | Q(paid_on__isnull=False),
                name="award_paid_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["award_list", "state"], name="award_by_list")]

    def __str__(self) -> str:
        return f"{self.person} {self.reached}"

    @property
    def tone(self) -> str:
        return AWARD_TONES[AwardState(self.state)]

    @property
    def division_id(self) -> str:
        return self.award_list.division_id

    @property
    def due(self) -> Decimal:
        return self.amount or Decimal(0)


class SkillObjection(models.Model):
    """What somebody says against published results or a list shown (异议)."""

    competition = models.ForeignKey(
        Competition, on_delete=models.PROTECT, null=True, blank=True, related_name="objections"
    )
    award_list = models.ForeignKey(
        AwardList, on_delete=models.PROTECT, null=True, blank=True, related_name="objections"
    )
    about = models.CharField("对象", max_length=120)
    text = models.TextField("异议内容", max_length=2000)
    state = models.CharField(
        "状态", max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN
    )
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    raised_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_at = models.DateTimeField("提出时间")
    answer = models.CharField("答复", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "技能异议"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(competition__isnull=True) ^ Q(award_list__isnull=True),
                name="skill_objection_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=ObjectionState.OPEN)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="skill_objection_closed_is_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.about

    @property
    def tone(self) -> str:
        return "watch" if self.state == ObjectionState.OPEN else "ok"

    @property
    def division_id(self) -> str:
        subject = self.competition or self.award_list
        return subject.division_id if subject else ""
