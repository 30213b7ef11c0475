"""What every request passes: a log line, and refusals turned into pages."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from silian.foundation.kernel.errors import DomainError

logger = structlog.get_logger("silian.request")
Next = Callable[[HttpRequest], HttpResponse]


class RequestLogMiddleware:
    """One line a request: who, what, how long, with which result."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        milliseconds = (time.perf_counter() - started) * 1000
        actor = getattr(request, "actor", None)
        logger.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            milliseconds=round(milliseconds, 1),
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
