"""Negotiations: an answer to a listing, what is said, intended, agreed and what came of it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from silian.operations.exchange.choices import DealState, NegotiationState
from silian.operations.exchange.models.listing import Listing
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class Negotiation(models.Model):
    """One organisation's answer to one listing (洽谈).

    ``asker`` answered the listing; ``owner`` published it. ``answer_due_at`` is the clock on the
    owner's silence and is empty once somebody of the owner has written.
    """

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="negotiations")
    asker = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="asked_negotiations",
        verbose_name="发起单位",
    )
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="owned_negotiations",
        verbose_name="发布单位",
    )
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        "状态", max_length=10, choices=NegotiationState.choices, default=NegotiationState.OPEN
    )
    opened_at = models.DateTimeField("发起时间")
    answer_due_at = models.DateTimeField("应回应时间", null=True, blank=True)
    answered_at = models.DateTimeField("首次回应时间", null=True, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    close_reason = models.CharField("结束原因", max_length=300, blank=True)
    last_message_at = models.DateTimeField("最近消息时间")
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "洽谈"
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "asker"],
                condition=Q(state__in=["open", "talking", "intended"]),
                name="negotiation_open_once",
            ),
            models.CheckConstraint(condition=~Q(asker=F("owner")), name="negotiation_between_two"),
            models.CheckConstraint(
                condition=~Q(state=NegotiationState.REFUSED) | ~Q(close_reason=""),
                name="negotiation_refusal_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state", "-last_message_at"], name="negotiation_owned"),
            models.Index(fields=["asker", "state", "-last_message_at"], name="negotiation_asked"),
            models.Index(
                fields=["answer_due_at"], name="negotiation_silent", condition=Q(state="open")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker} ↔ {self.listing}"


class Message(models.Model):
    """A message in a negotiation (消息); ``file_ids`` are stored files of the kernel."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="messages")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField("时间")
    text = models.TextField("内容", max_length=4000)
    file_ids = models.JSONField("附件", default=list, blank=True)

    class Meta:
        verbose_name = "消息"
        indexes = [models.Index(fields=["negotiation", "sent_at"], name="message_in_order")]

    def __str__(self) -> str:
        return self.text[:30]


class Intent(models.Model):
    """Terms that one side proposed and the other accepted or let lie (合作意向)."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="intents")
    proposed_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    proposer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    form = models.CharField("合作形式", max_length=60)
    quantity = models.PositiveIntegerField("数量", validators=[MinValueValidator(1)])
    starts_on = models.DateField("开始日", null=True, blank=True)
    ends_on = models.DateField("结束日（不含）", null=True, blank=True)
    terms = models.TextField("主要条款", max_length=2000)
    accepted_at = models.DateTimeField("接受时间", null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "合作意向"
        constraints = [
            models.UniqueConstraint(
                fields=["negotiation"],
                condition=Q(accepted_at__isnull=False),
                name="intent_accepted_once",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="intent_quantity_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.quantity}"


class Deal(models.Model):
    """A negotiation that came to an agreement (成交), and its outcome."""

    negotiation = models.OneToOneField(Negotiation, on_delete=models.PROTECT, related_name="deal")
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="deals")
    quantity = models.PositiveIntegerField("数量")
    agreement_reference = models.CharField("协议编号", max_length=80)
    agreed_on = models.DateField("签约日")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("登记时间")
    state = models.CharField(
        "状态", max_length=10, choices=DealState.choices, default=DealState.RUNNING
    )
    achieved = models.PositiveIntegerField("实际完成数量", null=True, blank=True)
    outcome = models.TextField("成效", max_length=2000, blank=True)
    closed_on = models.DateField("完成日", null=True, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "成交"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DealState.COMPLETED)
                | Q(achieved__isnull=False, closed_on__isnull=False),
                name="deal_completed_has_result",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_reference}"


class Rating(models.Model):
    """One side's rating of the other after a deal (互评)."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="ratings")
    rater = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rated = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ratings")
    score = models.PositiveSmallIntegerField(
        "评分", validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    comment = models.CharField("评语", max_length=500, blank=True)
    rated_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "互评"
        constraints = [
            models.UniqueConstraint(fields=["deal", "rater"], name="rating_once_a_side"),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="rating_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score}"
