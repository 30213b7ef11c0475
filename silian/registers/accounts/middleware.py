"""Sends people whose role needs a second factor to set one up."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

ALLOWED_WITHOUT = ("/accounts/", "/static/", "/health/")


class SecondFactorMiddleware:
    """An official without TOTP reaches only the page that sets it up (两步验证).

    Basis: GB/T 22239-2019 8.1.4 身份鉴别. Demonstration accounts are exempt in demo mode only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        user = request.user
        if not user.is_authenticated or not user.second_factor_required:
            return False
        if settings.DEMO_MODE and user.is_demo:
            return False
        if request.path.startswith(ALLOWED_WITHOUT):
            return False
        return not is_mfa_enabled(user)
