"""What the frame around every page needs to know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"actor": getattr(request, "actor", None), "demo_mode": settings.DEMO_MODE}
