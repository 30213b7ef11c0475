"""Forms that show a refusal beside its box, and keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request


def done_or_refused(form: Any, step: Callable[[], Any]) -> Any:
    """What the command gave, or None with its refusal in the form."""
    if not form.is_valid():
        return None
    try:
        return step()
    except NotAllowed:
        raise
    except DomainError as refusal:
        name = refusal.field if refusal.field in form.fields else None
        form.add_error(name, refusal.sentence)
        return None


def form_page(request: Request, template: str, *, form: Any, context: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)
