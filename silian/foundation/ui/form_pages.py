"""One form on a page: shown, refused with its sentence beside the box, or sent and left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse

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


def page_words(
    title: str, button: str, *, back: Any, register: tuple[str, str], lead: str = "", help: str = ""
) -> FormPage:
    """What a form page says of itself; ``register`` is the label and address name of its list."""
    label, name = register
    return FormPage(
        title=title,
        button=button,
        back=resolve_url(back),
        lead=lead,
        help=help,
        crumbs=((label, reverse(name)),),
    )


def answer_form(
    request: Request,
    *,
    form: forms.BaseForm,
    page: FormPage,
    send: Callable[[dict[str, Any]], Any],
    done: str,
    then: Any = None,
) -> HttpResponse:
    """Show the form; when it is sent, run the command and go on to what it made.

    A refusal stands beside its box and everything typed stays; who may not act at all gets the
    refusal page.
    """
    made = done_or_refused(form, lambda: send(form.cleaned_data))
    if made is not None:
        messages.success(request, done)
        return redirect(then or made)
    return form_page(request, form=form, page=page)


def done_or_said(
    request: Request, work: Callable[[], Any], *, done: str, then: Any
) -> HttpResponse:
    """Take one step by a button and go back to the page; a refusal is said there."""
    try:
        work()
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect(then)


def done_or_refused(
    form: forms.BaseForm,
    step: Callable[[], Any],
    *,
    boxes: Mapping[str, str] | None = None,
    raising: tuple[type[DomainError], ...] = (),
) -> Any:
    """What the step of a form that was sent gave; None when it was not sent, wrong or refused.

    A step that gives nothing counts as True. ``boxes`` as in ``refuse``; the refusals of
    ``raising`` have a page of their own, as that of who may not act has.
    """
    if not form.is_valid():
        return None
    try:
        made = step()
    except DomainError as refusal:
        if isinstance(refusal, (NotAllowed, *raising)):
            raise
        refuse(form, refusal, boxes=boxes)
        return None
    return True if made is None else made


def refuse(
    form: forms.BaseForm, refusal: DomainError, *, boxes: Mapping[str, str] | None = None
) -> None:
    """Put the sentence beside the box it is about, or on top when this form has no such box.

    ``boxes`` names the box of a refused field that the form calls otherwise; the box of the empty
    name takes the sentences about no field.
    """
    name = (boxes or {}).get(refusal.field or "", refusal.field)
    form.add_error(name if name in form.fields else None, refusal.sentence)


def form_page(request: Request, *, form: forms.BaseForm, page: FormPage) -> HttpResponse:
    """The page with its form; 422 when something typed was refused."""
    context = {"form": form, "page": page, **page.context}
    return render(request, page.template, context, status=status_of(form))


def status_of(form: forms.BaseForm) -> int:
    """422 when something typed was refused."""
    return 422 if form.errors else 200


def given(request: Request) -> tuple[Any, Any]:
    """What was posted and uploaded, or nothing yet."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
