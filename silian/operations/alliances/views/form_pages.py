"""Forms that show a refusal beside its box, and keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request


def answer_form(
    request: Request,
    template: str,
    *,
    form: Any,
    context: dict[str, Any],
    work: Callable[[], Any],
    done: str,
    to: Any,
) -> HttpResponse:
    """Do the work when the form is good, say so and go on; else show the page with its faults."""
    if request.method == "POST" and form.is_valid():
        try:
            made = work()
        except DomainError as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal.sentence)
        else:
            messages.success(request, done)
            return redirect(to(made) if callable(to) else to)
    status = 422 if form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)
