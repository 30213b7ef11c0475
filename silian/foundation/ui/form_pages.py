"""One form on a page: shown, refused with its sentence beside the box, or sent and left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.requests import Request


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """The words around a form (办理页). ``crumbs`` are (label, address), widest first."""

    title: str
    button: str
    back: str
    lead: str = ""
    help: str = ""
    crumbs: Sequence[tuple[str, str]] = field(default_factory=tuple)
    template: str = "ui/form_page.html"
    context: Mapping[str, Any] = field(default_factory=dict)


def answer_form(
    request: Request,
    *,
    form: forms.BaseForm,
    page: FormPage,
    send: Callable[[dict[str, Any]], Any],
    done: str,
    then: str = "",
) -> HttpResponse:
    """Show the form; when it is sent, run the command and go on to what it made.

    A refusal stands beside its box and everything typed stays; who may not act at all gets the
    refusal page.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = send(form.cleaned_data)
        except NotAllowed:
            raise
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, done)
            return redirect(then or made)
    return form_page(request, form=form, page=page)


def refuse(form: forms.BaseForm, refusal: DomainError) -> None:
    """Put the sentence beside the box it is about, or on top when this form has no such box."""
    name = refusal.field if refusal.field in form.fields else None
    form.add_error(name, refusal.sentence)


def form_page(request: Request, *, form: forms.BaseForm, page: FormPage) -> HttpResponse:
    """The page with its form; 422 when something typed was refused."""
    context = {"form": form, "page": page, **page.context}
    return render(request, page.template, context, status=422 if form.errors else 200)


def given(request: Request) -> tuple[Any, Any]:
    """What was posted and uploaded, or nothing yet."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
