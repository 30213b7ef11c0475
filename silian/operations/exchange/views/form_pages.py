"""Forms that show a refusal beside its box, and keep what was typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request


def field_of(refusal: DomainError, form: Any) -> str | None:
    """The box that a refusal is about, when this form has it."""
    name = {"ends_on": "last_day"}.get(refusal.field or "", refusal.field)
    return name if name in form.fields else None


def form_page(request: Request, template: str, *, form: Any, context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)
