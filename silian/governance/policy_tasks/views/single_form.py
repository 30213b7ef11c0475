"""One form on a page: shown, refused with its sentence, or sent and left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.requests import Request


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """The words around a form (办理页)."""

    title: str
    button: str
    back: str
    lead: str = ""
    help: str = ""
    crumbs: Sequence[tuple[str, str]] = field(default_factory=tuple)
    template: str = "policy_tasks/single_form.html"
    context: Mapping[str, Any] = field(default_factory=dict)


def form_answer(
    request: Request,
    *,
    form: forms.Form,
    page: FormPage,
    send: Callable[[dict[str, Any]], Any],
    done: str,
    then: str = "",
) -> HttpResponse:
    """Show the form; when it is sent, run the command and go on to what it made.

    A refusal stands beside its box and everything typed stays.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = send(form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(then or made)
    context = {"form": form, "page": page, **page.context}
    return render(request, page.template, context, status=422 if form.errors else 200)


def given(request: Request) -> tuple[Any, Any]:
    """What was posted and uploaded, or nothing yet."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
