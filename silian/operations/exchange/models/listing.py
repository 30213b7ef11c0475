"""Listings: what an organisation needs or offers."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from silian.foundation.reference.models import Division, Industry, Occupation
from silian.foundation.ui.components import Fact
from silian.operations.exchange.choices import (
    ListingSource,
    ListingState,
    PauseCause,
    Side,
    Visibility,
)
from silian.operations.exchange.kinds import kind_of
from silian.operations.exchange.kinds.declaration import FieldType, KindField, ListingKind
from silian.operations.exchange.rules import listing_words
from silian.operations.exchange.rules.listing_content import ListingContent
from silian.operations.exchange.rules.listing_publication import confirmation_due_on
from silian.operations.exchange.rules.listing_words import OCCUPATION_FIELD
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class ListingQuerySet(models.QuerySet["Listing"]):
    def published(self) -> ListingQuerySet:
        return self.filter(state=ListingState.PUBLISHED)

    def of(self, *, organisation_id: int) -> ListingQuerySet:
        return self.filter(organisation_id=organisation_id)

    def for_cards(self) -> ListingQuerySet:
        """With everything that a card shows, and without the heavy text."""
        return self.select_related("organisation__response_record", "division", "occupation").defer(
            "description"
        )


class Listing(models.Model):
    """A published need or offer of any kind (供需信息).

    ``details`` holds the fields that its kind declares (see ``kinds``); money in it is a decimal
    string in yuan. ``capacity_left`` is counted down by deals. ``majors`` are major codes of the
    2021 catalogue.
    """

    kind = models.CharField("类别", max_length=24)
    side = models.CharField("方向", max_length=6, choices=Side.choices)
    title = models.CharField("标题", max_length=80)
    description = models.TextField("说明", max_length=5000, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        db_index=False,  # listing_of_organisation begins with it
        related_name="listings",
        verbose_name="发布单位",
    )
    division = models.ForeignKey(
        Division,
        on_delete=models.PROTECT,
        db_index=False,  # listing_of_division
        related_name="+",
        verbose_name="所在区划",
    )
    place = models.CharField("地点", max_length=120, blank=True)
    industry = models.ForeignKey(
        Industry,
        on_delete=models.PROTECT,
        db_index=False,  # asked through the search entry only
        null=True,
        blank=True,
        related_name="+",
        verbose_name="行业",
    )
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        db_index=False,  # asked through the search entry only
        null=True,
        blank=True,
        related_name="+",
        verbose_name="职业",
    )
    industry_chain = models.CharField("重点产业链", max_length=40, blank=True)
    majors = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    capacity = models.PositiveIntegerField(
        "数量", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    capacity_left = models.PositiveIntegerField("剩余数量", null=True, blank=True)
    price_min = models.DecimalField(
        "价格或报酬下限（元）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    price_max = models.DecimalField(
        "价格或报酬上限（元）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    price_unit = models.CharField("计价单位", max_length=20, blank=True)
    starts_on = models.DateField("开始日", null=True, blank=True)
    ends_on = models.DateField("结束日（不含）", null=True, blank=True)
    details = models.JSONField("专项内容", default=dict, blank=True)
    visibility = models.CharField(
        "可见范围", max_length=8, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    state = models.CharField(
        "状态", max_length=10, choices=ListingState.choices, default=ListingState.DRAFT
    )
    submitted_at = models.DateTimeField("首次提交时间", null=True, blank=True)
    first_published_at = models.DateTimeField("首次发布时间", null=True, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    closed_at = models.DateTimeField("关闭时间", null=True, blank=True)
    close_reason = models.CharField("关闭理由", max_length=300, blank=True)
    pause_cause = models.CharField(
        "暂停原因", max_length=12, choices=PauseCause.choices, blank=True
    )
    expires_on = models.DateField("有效期至（不含）", null=True, blank=True)
    confirmed_on = models.DateField("最近确认日", null=True, blank=True)
    confirm_reminded_on = models.DateField("最近提醒确认日", null=True, blank=True)
    expiry_reminded_on = models.DateField("最近提醒到期日", null=True, blank=True)
    created_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        db_index=False,  # nobody asks for it
        null=True,
        related_name="+",
        verbose_name="经办人",
    )
    source = models.CharField(
        "来源", max_length=8, choices=ListingSource.choices, default=ListingSource.TYPED
    )
    external_id = models.CharField("来源编号", max_length=80, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = "供需信息"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ListingState.values), name="listing_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ListingState.PUBLISHED)
                | Q(published_at__isnull=False, expires_on__isnull=False),
                name="listing_published_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(capacity_left__isnull=True) | Q(capacity_left__lte=F("capacity")),
                name="listing_capacity_left_fits",
            ),
            models.CheckConstraint(
                condition=Q(price_max__isnull=True) | Q(price_max__gte=F("price_min")),
                name="listing_price_ordered",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="listing_period_ordered",
            ),
            models.UniqueConstraint(
                fields=["organisation", "external_id"],
                condition=~Q(external_id=""),
                name="listing_external_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="listing_newest",
                condition=Q(state=ListingState.PUBLISHED),
            ),
            models.Index(fields=["organisation", "state"], name="listing_of_organisation"),
            models.Index(
                fields=["division"],
                name="listing_of_division",
                opclasses=["varchar_pattern_ops"],  # regions are asked by prefix
            ),
            models.Index(
                fields=["expires_on"],
                name="listing_expiring",
                condition=Q(state=ListingState.PUBLISHED),
            ),
            models.Index(
                fields=["confirmed_on"],
                name="listing_to_confirm",
                condition=Q(state=ListingState.PUBLISHED),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchange:listing_detail", kwargs={"listing_id": self.pk})

    @property
    def is_open(self) -> bool:
        return self.state == ListingState.PUBLISHED

    @property
    def declaration(self) -> ListingKind:
        """What its kind declares."""
        return kind_of(self.kind)

    @property
    def content(self) -> ListingContent:
        """Everything that the publisher wrote."""
        values = {name: getattr(self, name) for name in CONTENT_COLUMNS}
        return ListingContent(**{**values, "majors": tuple(self.majors)})

    @property
    def tone(self) -> str:
        """The colour word of its state."""
        return TONES[ListingState(self.state)]

    @property
    def confirm_by(self) -> datetime.date | None:
        """The day from which it is paused when nobody confirms it (应确认日)."""
        if self.state != ListingState.PUBLISHED or self.confirmed_on is None:
            return None
        return confirmation_due_on(confirmed_on=self.confirmed_on)

    @property
    def confirm_before(self) -> datetime.datetime | None:
        """The moment of that pause, for clocks."""
        if self.confirm_by is None:
            return None
        return timezone.make_aware(datetime.datetime.combine(self.confirm_by, datetime.time()))

    @property
    def price_text(self) -> str:
        return listing_words.price_words(
            low=self.price_min, high=self.price_max, unit=self.price_unit
        )

    @property
    def period_text(self) -> str:
        return listing_words.period_words(starts_on=self.starts_on, ends_on=self.ends_on)

    @property
    def capacity_text(self) -> str:
        unit = self.declaration.quantity.unit if self.declaration.quantity else ""
        return listing_words.capacity_words(left=self.capacity_left, total=self.capacity, unit=unit)

    @property
    def common_facts(self) -> list[Fact]:
        """Price, quantity and period, as far as the kind has them (基本要素)."""
        kind = self.declaration
        found = []
        if kind.price and self.price_text != "未设定":
            found.append(Fact(name=kind.price.label, value=self.price_text))
        if kind.quantity and self.capacity_text:
            found.append(Fact(name=kind.quantity.label, value=self.capacity_text))
        if kind.has_period:
            found.append(Fact(name="时间", value=self.period_text))
        return found

    @property
    def place_facts(self) -> list[Fact]:
        """Where, in which trade, for which occupation (归类)."""
        occupation = self.occupation.name if self.occupation else ""
        pairs = [
            ("所在区划", f"{self.division.name} {self.place}".strip()),
            ("对应职业", self._marked(occupation, OCCUPATION_FIELD)),
            ("所属行业", self.industry.name if self.industry else ""),
            ("重点产业链", self.industry_chain),
            ("可见范围", self.get_visibility_display()),
        ]
        return [Fact(name=name, value=value) for name, value in pairs if value]

    @property
    def card_facts(self) -> list[Fact]:
        """The few facts that a card shows (卡片要素)."""
        own = [
            Fact(name=item.label, value=words)
            for item in self.declaration.card_fields
            if (words := self._detail(item))
        ]
        return [*self.common_facts, *own][:MOST_CARD_FACTS]

    @property
    def detail_facts(self) -> list[Fact]:
        """The kind's own fields with their values; long texts are wide (专项内容)."""
        return [
            Fact(
                name=item.label,
                value=words,
                wide=item.type is FieldType.LONG_TEXT or len(words) > LONG_VALUE,
            )
            for item in self.declaration.fields_on(side=self.side)
            if (words := self._detail(item))
        ]

    def _detail(self, item: KindField) -> str:
        words = listing_words.detail_words(self.details.get(item.name), item=item)
        return self._marked(words, item.name)

    def _marked(self, words: str, field: str) -> str:
        return listing_words.marked_words(words, field=field, details=self.details)


TONES = {
    ListingState.DRAFT: "open",
    ListingState.IN_REVIEW: "info",
    ListingState.RETURNED: "late",
    ListingState.PUBLISHED: "ok",
    ListingState.PAUSED: "watch",
    ListingState.FILLED: "info",
    ListingState.EXPIRED: "unset",
    ListingState.WITHDRAWN: "unset",
}
CONTENT_COLUMNS = tuple(ListingContent.__dataclass_fields__)
MOST_CARD_FACTS = 6  # two lines of a card at 1440 px
LONG_VALUE = 24  # more would break into three lines of a column


class ListingRevision(models.Model):
    """What one edit changed (修改记录): ``changes`` maps a field to its old and new text."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="revisions")
    changed_at = models.DateTimeField("时间", auto_now_add=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changes = models.JSONField("变化")

    class Meta:
        verbose_name = "供需信息修改记录"

    def __str__(self) -> str:
        return f"{self.listing_id} {self.changed_at:%Y-%m-%d %H:%M}"


class Finding(models.Model):
    """What the checks before publishing found (发布前检查结果), with the very words."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField("规则", max_length=40)
    blocks = models.BooleanField("须修改")
    field = models.CharField("字段", max_length=40)
    words = models.CharField("原词", max_length=120)
    sentence = models.CharField("说明", max_length=300)
    basis = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "发布前检查结果"

    def __str__(self) -> str:
        return f"{self.code} {self.words}"


class ListingReview(models.Model):
    """One round of human review of a listing (人工审核), with its clock."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="reviews")
    opened_at = models.DateTimeField("提交时间")
    due_at = models.DateTimeField("应审结时间")
    cause = models.CharField("送审原因", max_length=300)
    findings = models.JSONField("检查发现", default=list, blank=True)
    recalled = models.BooleanField("发布单位撤回", default=False)
    decided_at = models.DateTimeField("审结时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved = models.BooleanField("通过", null=True)
    reason = models.CharField("理由", max_length=500, blank=True)

    class Meta:
        verbose_name = "供需信息审核"
        constraints = [
            models.UniqueConstraint(
                fields=["listing"], condition=Q(decided_at__isnull=True), name="review_open_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, approved__isnull=True)
                | Q(decided_at__isnull=False, approved__isnull=False),
                name="review_decided_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="review_queue", condition=Q(decided_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"审核 {self.listing_id}"

    def get_absolute_url(self) -> str:
        return reverse("exchange:review", kwargs={"review_id": self.pk})
