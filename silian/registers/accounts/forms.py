"""Forms of one's own account and of its notifications."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.http import HttpRequest

from silian.registers.accounts.choices import (
    DEFAULT_DELIVERY,
    MANDATORY_KINDS,
    Delivery,
    NotificationKind,
)
from silian.registers.accounts.models import (
    NotificationPreference,
    NotificationSettings,
    User,
)


class SignUpForm(forms.Form):
    """What an account asks for besides the way to sign in (注册账户).

    The adapter saves the name; allauth asks every such form for ``signup``.
    """

    name = forms.CharField(label="姓名", max_length=60)
    field_order = ("name", "username", "email", "password1", "password2")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more to save."""


class AccountForm(forms.Form):
    """One's name and ways of contact (个人资料)."""

    name = forms.CharField(label="姓名", max_length=60)
    email = forms.EmailField(label="邮箱", required=False, help_text="找回密码和接收通知")
    phone = forms.CharField(label="手机号", max_length=20, required=False)


class NotificationForm(forms.Form):
    """Quiet hours, the hour of the digest, and the way of each kind (通知设置)."""

    quiet_from = forms.TimeField(
        label="免打扰开始", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_to = forms.TimeField(
        label="免打扰结束",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="期间的邮件等到结束时再发，站内消息不受影响",
    )
    digest_hour = forms.IntegerField(
        label="每日汇总时间（时）", min_value=0, max_value=23, help_text="0 至 23，北京时间"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in NotificationKind:
            fixed = kind in MANDATORY_KINDS
            self.fields[f"in_app_{kind}"] = forms.BooleanField(
                label=f"{kind.label}：站内消息", required=False, disabled=fixed
            )
            self.fields[f"email_{kind}"] = forms.ChoiceField(
                label=f"{kind.label}：邮件", choices=Delivery.choices, disabled=fixed
            )

    def ways(self) -> dict[NotificationKind, tuple[bool, Delivery]]:
        data = self.cleaned_data
        return {
            kind: (data[f"in_app_{kind}"], Delivery(data[f"email_{kind}"]))
            for kind in NotificationKind
            if kind not in MANDATORY_KINDS
        }

    def lines(self) -> list[tuple[NotificationKind, Any, Any, bool]]:
        """A row a kind: label, in-app box, e-mail choice, whether it is fixed."""
        return [
            (kind, self[f"in_app_{kind}"], self[f"email_{kind}"], kind in MANDATORY_KINDS)
            for kind in NotificationKind
        ]


def notification_initial(
    *, settings: NotificationSettings, chosen: list[NotificationPreference]
) -> dict[str, Any]:
    """What the form shows at first: the choices made, else the defaults."""
    by_kind = {row.kind: row for row in chosen}
    initial: dict[str, Any] = {
        "quiet_from": clock(settings.quiet_from),
        "quiet_to": clock(settings.quiet_to),
        "digest_hour": settings.digest_hour,
    }
    for kind in NotificationKind:
        row = by_kind.get(kind)
        initial[f"in_app_{kind}"] = row.in_app if row else True
        initial[f"email_{kind}"] = row.delivery if row else DEFAULT_DELIVERY[kind]
    return initial


def clock(at: datetime.time) -> str:
    return f"{at:%H:%M}"
