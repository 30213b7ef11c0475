"""Sends people to what their account still owes: a second factor, a fresh password."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from silian.registers.accounts import rules
from silian.registers.accounts.models import User

ALLOWED_WITHOUT = (
    "/accounts/2fa/",
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/password/",
    "/accounts/reauthenticate/",
    "/static/",
    "/health/",
)


class SecondFactorMiddleware:
    """An official without TOTP, or with an old password, reaches only the page that cures it.

    Basis: GB/T 22239-2019 8.1.4.1 身份鉴别. Demonstration accounts are exempt in demo mode only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cure = self._cure(request)
        return redirect(cure) if cure else self.get_response(request)

    def _cure(self, request: HttpRequest) -> str:
        """The page that the user must see first, or nothing."""
        user = request.user
        if not isinstance(user, User) or not user.second_factor_required:
            return ""
        if (settings.DEMO_MODE and user.is_demo) or request.path.startswith(ALLOWED_WITHOUT):
            return ""
        if not is_mfa_enabled(user):
            return "mfa_activate_totp"
        if rules.password_is_old(changed_at=user.password_changed_at, now=timezone.now()):
            return "account_change_password"
        return ""
