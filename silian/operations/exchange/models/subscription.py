"""Subscriptions to the hall, webhook endpoints of organisations, and what was delivered."""

from __future__ import annotations

from django.db import models

from silian.foundation.kernel.encryption import decrypted
from silian.operations.exchange.choices import AlertFrequency, DeliveryState
from silian.operations.exchange.models.listing import Listing
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation


class Subscription(models.Model):
    """A question of the hall that somebody keeps asking (供需订阅).

    ``query`` is the address line of the hall; ``question`` the same as a ``tsquery``, so that
    one statement finds all subscriptions that a listing answers.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="subscriptions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    label = models.CharField("订阅内容", max_length=120)
    query = models.CharField("检索条件", max_length=600, blank=True)
    question = models.TextField("索引条件", editable=False)
    price_at_least = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    starts_within_days = models.PositiveSmallIntegerField("开始时间（天内）", null=True, blank=True)
    frequency = models.CharField("频率", max_length=8, choices=AlertFrequency.choices)
    to_webhook = models.BooleanField("同时推送到本单位接口", default=False)
    unsubscribe_key = models.CharField(max_length=43, unique=True, editable=False)
    created_at = models.DateTimeField("订阅时间")
    stopped_at = models.DateTimeField("退订时间", null=True, blank=True)
    told_at = models.DateTimeField("最近提醒时间", null=True, blank=True)

    class Meta:
        verbose_name = "供需订阅"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "query"],
                condition=models.Q(stopped_at__isnull=True),
                name="subscription_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["frequency"],
                name="subscription_running",
                condition=models.Q(stopped_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.label


class SubscriptionHit(models.Model):
    """A listing that a subscription found (订阅命中)."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="hits")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    found_at = models.DateTimeField("时间")
    told_at = models.DateTimeField("提醒时间", null=True, blank=True)

    class Meta:
        verbose_name = "订阅命中"
        constraints = [models.UniqueConstraint(fields=["subscription", "listing"], name="hit_once")]

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.listing_id}"


class WebhookEndpoint(models.Model):
    """Where an organisation's own system is told (推送接口).

    The secret signs each delivery; it is shown once, when the endpoint is made, and kept encrypted.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="webhook_endpoints"
    )
    url = models.URLField("地址", max_length=300)
    secret_cipher = models.TextField("签名密钥（密文）", editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("登记时间")
    failures = models.PositiveSmallIntegerField("连续失败次数", default=0)
    disabled_at = models.DateTimeField("停用时间", null=True, blank=True)
    disabled_reason = models.CharField("停用原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "推送接口"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(disabled_at__isnull=True),
                name="webhook_one_running",
            )
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def secret(self) -> str:
        """The secret itself, for signing."""
        return decrypted(self.secret_cipher)


class WebhookDelivery(models.Model):
    """One message to an endpoint, with its attempts (推送记录)."""

    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries"
    )
    key = models.CharField("标识", max_length=80)
    payload = models.JSONField("内容")
    state = models.CharField(
        "状态", max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    answer = models.CharField("对方应答", max_length=200, blank=True)
    made_at = models.DateTimeField("生成时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "推送记录"
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "key"], name="webhook_delivery_once")
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def tone(self) -> str:
        """The status light of the state."""
        tones = {DeliveryState.DELIVERED: "ok", DeliveryState.FAILED: "late"}
        return tones.get(DeliveryState(self.state), "open")
