"""One-click sign-in of the demonstration; the page does not exist outside demo mode."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from silian.foundation.kernel.requests import Request
from silian.registers.accounts.choices import DemoSeat
from silian.registers.accounts.commands.accounts import note_demo_sign_in
from silian.registers.accounts.models import User
from silian.registers.accounts.queries.accounts import DEMO_PREFIX, demo_cards

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ADMINISTRATORS = (DemoSeat.SYSTEM, DemoSeat.SECURITY, DemoSeat.AUDIT)


@login_not_required
def demo_login(request: Request) -> HttpResponse:
    """Choose who to be (演示登录)."""
    if not settings.DEMO_MODE:
        raise Http404("演示登录只在演示环境提供。")
    if request.method == "POST":
        return signed_in(request, seat=request.POST.get("seat", ""))
    cards = demo_cards()
    context = {
        "cards": [card for card in cards if card.seat not in ADMINISTRATORS],
        "administrators": [card for card in cards if card.seat in ADMINISTRATORS],
        "is_ready": any(card.user for card in cards),
    }
    return render(request, "accounts/demo_login.html", context)


def signed_in(request: Request, *, seat: str) -> HttpResponse:
    """Sign in as the demonstration's person in that seat, and as nobody else."""
    rows = User.objects.filter(is_demo=True, is_active=True)
    user = get_object_or_404(rows, username=f"{DEMO_PREFIX}{seat}")
    logout(request)
    login(request, user, backend=BACKEND)
    note_demo_sign_in(user_id=user.pk, address=request.actor.address)
    messages.success(request, f"现在以{user.name}的身份试用，右上角可退出。")
    return redirect(settings.LOGIN_REDIRECT_URL)
