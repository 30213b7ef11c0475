"""What the frame around every page needs to know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.frame import Frame


def frame(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None) or Actor()
    return {
        "actor": actor,
        "demo_mode": settings.DEMO_MODE,
        "frame": Frame(request=request, actor=actor),
    }
