"""What every request passes: its true address, a log line, counters, refusals as pages."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from silian.foundation.kernel import measurements
from silian.foundation.kernel.errors import DomainError

logger = structlog.get_logger("silian.request")
Next = Callable[[HttpRequest], HttpResponse]
NO_ROUTE = "none"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class TrustedProxyMiddleware:
    """Behind our own proxy, ``REMOTE_ADDR`` becomes the address that the proxy saw.

    The proxy appends it to ``X-Forwarded-For``; everything before the last entry is hearsay.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if settings.TRUSTED_PROXY and forwarded:
            request.META["REMOTE_ADDR"] = forwarded.split(",")[-1].strip()[:45]
        return self.get_response(request)


class RequestLogMiddleware:
    """One line and one count a request: who, what, how long, with which result."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        route = request.resolver_match.view_name if request.resolver_match else NO_ROUTE
        measurements.count_request(
            route=route or NO_ROUTE,
            method=request.method if request.method in METHODS else "other",
            status=response.status_code,
            seconds=seconds,
        )
        actor = getattr(request, "actor", None)
        logger.info(
            "request",
            method=request.method,
            path=request.path,
            route=route,
            status=response.status_code,
            milliseconds=round(seconds * 1000, 1),
            user=actor.user_id if actor else None,
        )
        return response


class DomainErrorMiddleware:
    """A refusal that no form caught becomes a page with its sentence, never a 500."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        return render(request, "ui/refusal.html", {"sentence": error.sentence}, status=error.status)
