"""How django-allauth fits our accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from silian.registers.accounts import rules


class AccountAdapter(DefaultAccountAdapter):
    """Accounts carry one name field, and passwords obey our policy wherever they are set."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name") or user.username
        if commit:
            user.save()
        return user

    def clean_password(self, password: str, user: Any = None) -> str:
        reason = rules.reason_password_weak(
            password=password, username=getattr(user, "username", "") or ""
        )
        if reason:
            raise ValidationError(reason)
        return super().clean_password(password, user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """While a login is locked out not even the right password is tried (登录失败锁定)."""
        if settings.AXES_ENABLED and AxesProxyHandler.is_locked(request, credentials):
            request.axes_locked_out = True  # type: ignore[attr-defined]
            request.axes_credentials = credentials  # type: ignore[attr-defined]
            raise ValidationError("登录已锁定，请稍后再试。")
        super().pre_authenticate(request, **credentials)

    def set_password(self, user: Any, password: str) -> None:
        user.password_changed_at = timezone.now()
        super().set_password(user, password)
