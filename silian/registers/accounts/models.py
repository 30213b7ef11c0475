"""Identities that can sign in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models
from django.utils import timezone


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
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name
