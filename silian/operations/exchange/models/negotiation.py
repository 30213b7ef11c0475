"""Negotiations: an answer to a listing, what is said and what is intended."""

from __future__ import annotations

import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from silian.operations.exchange.choices import NegotiationState
from silian.operations.exchange.models.listing import Listing
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation

OPEN_STATES = frozenset(
    {NegotiationState.OPEN, NegotiationState.TALKING, NegotiationState.INTENDED}
)
CONTACT_STATES = frozenset(
    {NegotiationState.TALKING, NegotiationState.INTENDED, NegotiationState.AGREED}
)
TONES = {
    NegotiationState.OPEN: "watch",
    NegotiationState.TALKING: "info",
    NegotiationState.INTENDED: "info",
    NegotiationState.AGREED: "ok",
    NegotiationState.REFUSED: "unset",
    NegotiationState.WITHDRAWN: "unset",
    NegotiationState.LAPSED: "late",
}


class NegotiationQuerySet(models.QuerySet["Negotiation"]):
    def silent(self, *, now: datetime.datetime) -> NegotiationQuerySet:
        """Those whose owner has let the clock run out."""
        return self.filter(state=NegotiationState.OPEN, answer_due_at__lte=now)

    def open_to_both(self) -> NegotiationQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def of_side(self, *, organisation_id: int | None) -> NegotiationQuerySet:
        """Those that the organisation asked for or owns."""
        return self.filter(Q(asker_id=organisation_id) | Q(owner_id=organisation_id))


class Negotiation(models.Model):
    """One organisation's answer to one listing (洽谈).

    ``asker`` answered the listing; ``owner`` published it. ``turn`` is the side whose answer is
    awaited, and ``answer_due_at`` the clock on its silence: the owner's after the first letter,
    the other side's after a proposal. ``answered_minutes`` are the working minutes that the
    owner took to answer for the first time; ``previous`` is the ended negotiation it takes up.
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
    turn = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="待回应单位",
    )
    answer_due_at = models.DateTimeField("应回应时间", null=True, blank=True)
    reminded_at = models.DateTimeField("提醒时间", null=True, blank=True)
    answered_at = models.DateTimeField("首次回应时间", null=True, blank=True)
    answered_minutes = models.PositiveIntegerField(
        "首次回应用时（工作分钟）", null=True, blank=True
    )
    agreement_due_at = models.DateTimeField("应登记协议时间", null=True, blank=True)
    previous = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="接续自",
    )
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    close_reason = models.CharField("结束原因", max_length=300, blank=True)
    last_message_at = models.DateTimeField("最近消息时间")
    is_demo = models.BooleanField("演示数据", default=False)

    objects = NegotiationQuerySet.as_manager()

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
            models.Index(
                fields=["turn", "answer_due_at"],
                name="negotiation_awaited",
                condition=Q(turn__isnull=False),
            ),
            models.Index(fields=["owner", "opened_at"], name="negotiation_received"),
        ]

    def __str__(self) -> str:
        return f"{self.asker} ↔ {self.listing}"

    @property
    def division_id(self) -> str:
        """Where the listing stands; places the audit entry in a jurisdiction."""
        return str(self.listing.division_id)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def tone(self) -> str:
        """The status light of the state."""
        return TONES[NegotiationState(self.state)]

    @property
    def contacts_are_open(self) -> bool:
        """Whether each side reads the other's contact details: once the owner has answered."""
        return self.answered_at is not None and self.state in CONTACT_STATES

    def other_side(self, organisation_id: int | None) -> Organisation:
        """The side opposite to ``organisation_id``."""
        return self.asker if organisation_id == self.owner_id else self.owner


class NegotiationReading(models.Model):
    """How far one member has read (已读位置)."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    last_message_id = models.BigIntegerField("已读到的消息")

    class Meta:
        verbose_name = "洽谈已读位置"
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "user"], name="reading_once_a_member")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.last_message_id}"


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
