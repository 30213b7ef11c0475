"""Puts the acting identity on each request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.registers.accounts.commands.sessions import end_stale_session
from silian.registers.organisations.choices import CHOSEN_ORGANISATION
from silian.registers.organisations.queries import actor_for


class ActorMiddleware:
    """``request.actor``: who acts, for which of their organisations (当前身份)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor:
        address = str(request.META.get("REMOTE_ADDR", ""))[:45]
        if end_stale_session(request, now=timezone.now()) or not request.user.is_authenticated:
            return Actor(address=address)
        return actor_for(
            user=request.user,
            on=timezone.localdate(),
            organisation_id=request.session.get(CHOSEN_ORGANISATION),
            address=address,
        )
