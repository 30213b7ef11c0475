"""Doors for machines: alive, ready, measurements."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from silian.foundation.kernel.health import readiness
from silian.foundation.kernel.measurements import exposition
from silian.foundation.kernel.requests import Request

LOOPBACK = frozenset({"127.0.0.1", "::1"})


@login_not_required
@require_safe
def live(request: Request) -> HttpResponse:
    """This process answers; touches neither database nor disk."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def ready(request: Request) -> HttpResponse:
    """Whether requests should come here: 503 while database, migrations or disk say no."""
    findings = readiness()
    fatal = any(not finding.ok and finding.fatal for finding in findings)
    warned = any(not finding.ok for finding in findings)
    body = {
        "status": "unavailable" if fatal else "degraded" if warned else "ok",
        "checks": {finding.name: "ok" if finding.ok else "failed" for finding in findings},
    }
    return JsonResponse(body, status=503 if fatal else 200)


@login_not_required
@require_safe
def metrics(request: Request) -> HttpResponse:
    """Measurements for Prometheus: with METRICS_TOKEN, or from this machine when none is set."""
    if not may_read_metrics(request):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def may_read_metrics(request: Request) -> bool:
    if settings.METRICS_TOKEN:
        given = request.META.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    came_by_proxy = settings.TRUSTED_PROXY or "HTTP_X_FORWARDED_FOR" in request.META
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not came_by_proxy
