"""Identities that can sign in, and what they are told."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from silian.registers.accounts.choices import Delivery, EmailState, NotificationKind

QUIET_FROM = datetime.time(22, 0)
QUIET_TO = datetime.time(7, 30)
DIGEST_HOUR = 8


class User(AbstractBaseUser):
    """One natural person's account (账号). What it may do comes from memberships, not from here."""

    username = models.CharField("登录名", max_length=40, unique=True)
    email = models.EmailField("邮箱", blank=True)
    phone = models.CharField("手机号", max_length=20, blank=True)
    name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("启用", default=True)
    second_factor_required = models.BooleanField("须两步验证", default=False)
    is_demo = models.BooleanField("演示账号", default=False)
    date_joined = models.DateTimeField("注册时间", default=timezone.now)
    password_changed_at = models.DateTimeField("密码设置时间", default=timezone.now)
    locked_at = models.DateTimeField("锁定时间", null=True, blank=True)
    lock_reason = models.CharField("锁定原因", max_length=200, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "账号"
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=~models.Q(email=""), name="user_email_once"
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True) | (Q(is_active=False) & ~Q(lock_reason="")),
                name="user_locked_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


class NotificationSettings(models.Model):
    """When a person wants e-mail at all (通知设置). Times are of Asia/Shanghai."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="notification_settings"
    )
    quiet_from = models.TimeField("免打扰开始", default=QUIET_FROM)
    quiet_to = models.TimeField("免打扰结束", default=QUIET_TO)
    digest_hour = models.PositiveSmallIntegerField("每日汇总时间（时）", default=DIGEST_HOUR)
    last_digest_on = models.DateField("上次汇总日", null=True, blank=True)

    class Meta:
        verbose_name = "通知设置"
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="digest_hour_of_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.quiet_from:%H:%M}–{self.quiet_to:%H:%M}"


class NotificationPreference(models.Model):
    """The way one person chose for one kind (通知偏好); absent means the default."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField("类别", max_length=16, choices=NotificationKind.choices)
    in_app = models.BooleanField("站内消息", default=True)
    delivery = models.CharField("邮件", max_length=8, choices=Delivery.choices)

    class Meta:
        verbose_name = "通知偏好"
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_kind_display()} {self.get_delivery_display()}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    def in_inbox(self) -> NotificationQuerySet:
        return self.filter(in_app=True)

    def unread(self) -> NotificationQuerySet:
        return self.in_inbox().filter(read_at__isnull=True)


class Notification(models.Model):
    """One thing a person is told (通知). ``key`` makes telling twice harmless."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    organisation_id = models.BigIntegerField("单位编号", null=True, blank=True)
    kind = models.CharField("类别", max_length=16, choices=NotificationKind.choices)
    title = models.CharField("标题", max_length=200)
    detail = models.CharField("内容", max_length=500, blank=True)
    url = models.CharField("去办理", max_length=300, blank=True)
    key = models.CharField("去重键", max_length=120, blank=True)
    in_app = models.BooleanField("站内消息", default=True)
    email_state = models.CharField(
        "邮件状态", max_length=8, choices=EmailState.choices, default=EmailState.NONE
    )
    emailed_at = models.DateTimeField("发送时间", null=True, blank=True)
    created_at = models.DateTimeField("时间", default=timezone.now)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "通知"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], condition=~Q(key=""), name="notification_once_a_key"
            ),
            models.CheckConstraint(
                condition=Q(email_state__in=EmailState.values), name="notification_email_state"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_by_user"),
            models.Index(
                fields=["user"],
                condition=Q(read_at__isnull=True, in_app=True),
                name="notification_unread",
            ),
            models.Index(
                fields=["user"],
                condition=Q(email_state=EmailState.DIGEST),
                name="notification_for_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.title
