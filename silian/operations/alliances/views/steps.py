"""What the pages of the registers read from a request."""

from __future__ import annotations

from silian.foundation.kernel.requests import Request


def reason_of(request: Request) -> str:
    return request.POST.get("reason", "")[:500]


def template_for(request: Request, *, page: str, fragment: str) -> str:
    return fragment if request.htmx else page


def typed(text: str) -> str:
    """What was typed into a search line, without what a database cannot take."""
    return text.replace("\x00", "")[:60]
